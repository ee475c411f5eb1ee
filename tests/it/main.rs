//! The real program over real HTTP, on both databases.
