//! Fund-fit: which funds may pay for a package, and the split the product proposes.
