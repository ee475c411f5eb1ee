//! The order's state machine.
