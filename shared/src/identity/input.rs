//! Raw entries of identity's forms made into valid ones, the same in browser and server.

use crate::error::FieldError;
use crate::text::compatible;

/// Shortest password when it is the only factor. Source: NIST SP 800-63B-4.
pub const PASSWORD_MIN_CHARS: usize = 15;
/// Longest password taken, in characters.
pub const PASSWORD_MAX_CHARS: usize = 256;
/// Longest e-mail address. Source: RFC 5321, 4.5.3.1.
pub const EMAIL_LIMIT: usize = 254;

/// An e-mail address in the one spelling that accounts are found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Trimmed and in lower case; a sanity check, since only mail itself proves an address.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let text = raw.trim().to_lowercase();
        let parts: Vec<&str> = text.split('@').collect();
        let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
        match parts.as_slice() {
            [local, domain]
                if plain
                    && !local.is_empty()
                    && domain.contains('.')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
                    && text.len() <= EMAIL_LIMIT =>
            {
                Ok(Self(text))
            }
            _ => Err("Write an e-mail address such as ana@district.example."),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password as it is compared: in NFKC, so that every keyboard's spelling of it is the same.
pub fn password_as_typed(raw: &str) -> String {
    compatible(raw).chars().take(PASSWORD_MAX_CHARS).collect()
}

/// A new password in NFKC. No rules of composition; the blocklist is short, and district words are passed in.
pub fn new_password(raw: &str, district_words: &[&str]) -> Result<String, &'static str> {
    let text = compatible(raw);
    let count = text.chars().count();
    if count < PASSWORD_MIN_CHARS {
        return Err("Use at least 15 characters; three or four unrelated words work well.");
    }
    if count > PASSWORD_MAX_CHARS {
        return Err("Use at most 256 characters.");
    }
    let lower = text.to_lowercase();
    let distinct = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    let commonplace = ["password", "chalkline", "123456", "qwerty", "letmein"].into_iter().chain(district_words.iter().copied());
    let stripped = commonplace.filter(|w| w.chars().count() >= 4).fold(lower, |rest, word| rest.replace(&word.to_lowercase(), ""));
    if distinct < 5 || stripped.chars().count() < 6 {
        return Err("This is too easy to guess. Use words that have nothing to do with each other or with the district.");
    }
    Ok(text)
}

/// Collects the fields that need another look.
pub fn field<T, M: Into<String>>(errors: &mut Vec<FieldError>, name: &str, result: Result<T, M>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(message) => {
            errors.push(FieldError::new(name, message));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_spelling() {
        assert_eq!(
            Email::parse(" Ana.Whitfield@Riverbend.Example ").map(|e| e.as_str().to_owned()),
            Ok("ana.whitfield@riverbend.example".to_owned())
        );
        for bad in ["", "ana", "ana@", "@x.y", "a b@x.y", "ana@x", "a@b@c.d", "a@.x"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn easy_passwords_are_refused() {
        assert!(new_password("correct horse battery", &[]).is_ok());
        for bad in ["short", "aaaaaaaaaaaaaaaaaaaa", "passwordpassword", "chalkline-riverbend", "riverbendriverbend"] {
            assert!(new_password(bad, &["riverbend"]).is_err(), "{bad}");
        }
    }
}
