//! The words after a command: flags, options with a value, and what is left over.

use crate::process::{Failure, Outcome};

/// Words not yet taken. What nobody took is an error, so that a misspelt flag is never ignored.
pub struct Args(Vec<String>);

impl Args {
    pub fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Takes `--name`; true where it stood.
    pub fn flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|word| word == name);
        place.map(|at| self.0.remove(at)).is_some()
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let glued = format!("{name}=");
        if let Some(at) = self.0.iter().position(|word| word.starts_with(&glued)) {
            return Ok(Some(self.0.remove(at)[glued.len()..].to_owned()));
        }
        let Some(at) = self.0.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if at + 1 == self.0.len() {
            return Err(Failure(format!("{name} wants a value after it")));
        }
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// Takes the first word that is not a flag.
    pub fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|word| !word.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    /// Takes everything that is left.
    pub fn rest(self) -> Vec<String> {
        self.0
    }

    /// Refuses words that no one knows.
    pub fn finish(self) -> Outcome {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Failure(format!("`{word}` is not understood here; `cargo xtask` alone prints the usage"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::new(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn flags_values_and_words_are_taken_in_any_order() {
        let mut args = args("--port 8080 an_order --release --data=here");
        assert!(args.flag("--release"));
        assert_eq!(args.value("--port").ok().flatten().as_deref(), Some("8080"));
        assert_eq!(args.value("--data").ok().flatten().as_deref(), Some("here"));
        assert_eq!(args.word().as_deref(), Some("an_order"));
        assert!(args.finish().is_ok());
    }

    #[test]
    fn an_unknown_flag_is_refused() {
        let mut args = args("--relase");
        assert!(!args.flag("--release"));
        assert!(args.finish().is_err());
    }

    #[test]
    fn a_value_that_is_missing_is_refused() {
        assert!(args("--port").value("--port").is_err());
    }
}
