//! Texts of the screens of budget.
