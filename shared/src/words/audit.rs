//! Texts of the screens of audit.
