//! The way in: every route is mounted by its [`shared::contract::Endpoint`] and no other way.

pub mod call;
pub mod mount;

pub use call::{Answer, Call, Caller};
pub use mount::{Csv, Document, Routes, mount, mount_csv, mount_document};
