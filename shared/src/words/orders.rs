//! Texts of the screens of orders.
