//! Texts of the screens of identity.
