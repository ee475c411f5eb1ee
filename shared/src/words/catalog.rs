//! Texts of the screens of catalog.
