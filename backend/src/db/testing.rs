//! A fresh database for each test: SQLite in a temporary file, PostgreSQL too where `CHALKLINE_TEST_POSTGRES` names one.
