//! Texts that people type: normalised, of a named length, without control characters.

use unicode_normalization::UnicodeNormalization as _;

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

/// As [`required`], but empty is allowed.
pub fn optional(raw: &str, limit: usize) -> Result<String, TextError> {
    let text: String = raw.trim().nfc().collect();
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
