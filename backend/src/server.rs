//! The server: binding, workers, graceful stop.
