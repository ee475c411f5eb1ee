//! The ledger on a real database.
