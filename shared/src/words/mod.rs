//! Every text of the screens, by slice; English first, one place to translate.

pub mod shell;
