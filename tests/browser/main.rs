//! The people's days in a real Chromium.
