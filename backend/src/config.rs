//! The typed configuration: read from the environment once, wrong values refused, printed redacted.

/// Everything that an operator chooses.
#[derive(Clone, Debug)]
pub struct Config {
    pub database_url: String,
}
