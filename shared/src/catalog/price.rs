//! The price of a package for a school, with its working.
