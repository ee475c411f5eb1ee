//! The unit's answer, and what the school makes of it: accept, “no, but…”, take an alternative.
