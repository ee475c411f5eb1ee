//! What the database promises, tried on a real one.
