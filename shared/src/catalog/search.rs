//! Typo-tolerant search and facets over the catalog.
