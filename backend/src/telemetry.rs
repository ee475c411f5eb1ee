//! Logs as JSON lines, with request id and redaction.
