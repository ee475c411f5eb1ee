//! Mounting: the only way to add a route. Decodes, checks, runs the handler on the main runtime, encodes.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::BoxStream;
use shared::contract::{Endpoint, Meta, Wire};

use super::call::{Answer, Call};
use crate::error::AppError;

/// A reply made once and sent many times: its bytes and its strong entity tag.
pub struct Document {
    pub bytes: Vec<u8>,
    pub etag: String,
}

/// A CSV file as a stream of chunks.
pub struct Csv {
    /// Without path; ends in `.csv`.
    pub name: String,
    pub chunks: BoxStream<'static, Result<Vec<u8>, AppError>>,
}

/// What the router is made of, and the record of what is mounted.
#[derive(Default)]
pub struct Routes {
    mounted: Vec<Meta>,
}

impl Routes {
    pub fn mounted(&self) -> &[Meta] {
        &self.mounted
    }
}

type Work<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// Mounts an endpoint whose reply is JSON.
pub fn mount<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Clone + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Answer<E>> + Send + 'static,
{
    const { assert!(!matches!(E::META.wire, Wire::Csv)) }
    add::<E, E::Reply>(routes, move |call| Box::pin(handler(call)));
}

/// Mounts an endpoint whose reply's bytes are kept and shared.
pub fn mount_document<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Clone + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Result<Arc<Document>, AppError>> + Send + 'static,
{
    const { assert!(matches!(E::META.wire, Wire::Document)) }
    add::<E, Arc<Document>>(routes, move |call| Box::pin(handler(call)));
}

/// Mounts an endpoint whose reply is a streamed CSV file.
pub fn mount_csv<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Clone + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Result<Csv, AppError>> + Send + 'static,
{
    const { assert!(matches!(E::META.wire, Wire::Csv)) }
    add::<E, Csv>(routes, move |call| Box::pin(handler(call)));
}

fn add<E: Endpoint, T>(routes: &mut Routes, _handler: impl Fn(Call<E>) -> Work<T> + Clone + Send + Sync + 'static) {
    routes.mounted.push(E::META);
}
