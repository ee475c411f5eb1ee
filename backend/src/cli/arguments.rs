//! The words of the command line.

use super::Failure;

/// What has not been taken yet.
pub struct Arguments(Vec<String>);

impl Arguments {
    pub fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// The next word that is no option.
    pub fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|word| !word.starts_with("--"))?;
        Some(self.0.remove(at))
    }

    /// Takes the next word that is no option if it is this one.
    pub fn is_next(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|word| !word.starts_with("--")).filter(|at| self.0[*at] == name);
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// Whether the option stands there.
    pub fn flag(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|word| word == name);
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// The word after the option.
    ///
    /// # Errors
    /// Where the option stands last.
    pub fn value(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let Some(at) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        self.0.remove(at);
        if at < self.0.len() { Ok(Some(self.0.remove(at))) } else { Err(Failure(format!("{name} wants a value."))) }
    }

    /// As [`Arguments::value`], but it must be there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn needed(&mut self, name: &str) -> Result<String, Failure> {
        self.value(name)?.ok_or_else(|| Failure(format!("{name} is missing.")))
    }

    /// # Errors
    /// Where words are left that nothing took.
    pub fn finish(self) -> Result<(), Failure> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Failure(format!("`{word}` is not understood here."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_may_stand_anywhere_and_strangers_are_refused() -> Result<(), Failure> {
        let words = ["--data", "here", "serve", "--demo", "--what"].map(str::to_owned);
        let mut arguments = Arguments::new(words.to_vec());
        assert_eq!(arguments.value("--data")?.as_deref(), Some("here"));
        assert_eq!(arguments.word().as_deref(), Some("serve"));
        assert!(arguments.flag("--demo") && !arguments.flag("--demo"));
        assert!(arguments.finish().is_err());
        Ok(())
    }
}
