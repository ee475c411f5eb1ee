//! Texts that people type: normalised, of a named length, without control characters.

/// A name or title.
pub const TITLE_LIMIT: usize = 120;
/// One line of explanation.
pub const LINE_LIMIT: usize = 300;
/// A paragraph: notes, reasons, descriptions.
pub const PARAGRAPH_LIMIT: usize = 4_000;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    Missing,
    TooLong { limit: usize },
    ControlCharacter,
}

impl TextError {
    /// What the field says.
    pub fn message(self) -> String {
        match self {
            Self::Missing => "Please fill this in.".to_owned(),
            Self::TooLong { limit } => format!("Please keep this to {limit} characters."),
            Self::ControlCharacter => "This holds a character that cannot be shown. Type it again.".to_owned(),
        }
    }
}

/// `raw` in NFC without surrounding white space; line breaks are kept only where `limit` is that of a paragraph.
pub fn required(raw: &str, limit: usize) -> Result<String, TextError> {
    let text = optional(raw, limit)?;
    if text.is_empty() { Err(TextError::Missing) } else { Ok(text) }
}

/// `raw` in Unicode's canonical composition, NFC.
#[cfg(not(target_arch = "wasm32"))]
pub fn composed(raw: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(raw).collect()
}

/// In the browser a text stays as typed: the tables would cost 45 KB, and the server composes what arrives.
#[cfg(target_arch = "wasm32")]
pub fn composed(raw: &str) -> String {
    raw.to_owned()
}

/// `raw` in Unicode's compatible composition, NFKC: every keyboard's spelling is the same.
#[cfg(not(target_arch = "wasm32"))]
pub fn compatible(raw: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(raw).collect()
}

/// As [`composed`]: the browser leaves it to the server.
#[cfg(target_arch = "wasm32")]
pub fn compatible(raw: &str) -> String {
    raw.to_owned()
}

/// As [`required`], but empty is allowed.
pub fn optional(raw: &str, limit: usize) -> Result<String, TextError> {
    let text = composed(raw.trim());
    let breaks_allowed = limit >= PARAGRAPH_LIMIT;
    if text.chars().any(|c| c.is_control() && !(breaks_allowed && (c == '\n' || c == '\t'))) {
        return Err(TextError::ControlCharacter);
    }
    if text.chars().count() > limit {
        return Err(TextError::TooLong { limit });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_normalised_and_bounded() {
        assert_eq!(required("  Cafe\u{301} ", TITLE_LIMIT), Ok("Café".to_owned()));
        assert_eq!(required("   ", TITLE_LIMIT), Err(TextError::Missing));
        assert_eq!(required("a\nb", TITLE_LIMIT), Err(TextError::ControlCharacter));
        assert_eq!(required("a\nb", PARAGRAPH_LIMIT), Ok("a\nb".to_owned()));
        assert_eq!(required(&"x".repeat(121), TITLE_LIMIT), Err(TextError::TooLong { limit: 120 }));
    }
}
