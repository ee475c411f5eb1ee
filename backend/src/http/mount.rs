//! Mounting: the only way to add a route. Decodes, checks, runs the handler on the main runtime, encodes.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Route};
use shared::contract::{Endpoint, Kind, Meta, Method, Wire};
use shared::error::ErrorCode;

use super::call::{Answer, Call, Caller};
use super::cookie::Cookie;
use super::encode::{self, Outcome, respond};
use super::error::refuse;
use super::head::{Head, request_id};
use super::{body, guard};
use crate::app::App;
use crate::error::AppError;
use crate::reply::{Csv, Document};

/// What the router is made of, and the record of what is mounted.
#[derive(Default)]
pub struct Routes {
    mounted: Vec<Meta>,
    routes: Vec<(&'static str, Route)>,
}

impl Routes {
    pub fn mounted(&self) -> &[Meta] {
        &self.mounted
    }

    /// Hands everything mounted to actix.
    pub fn register(self, config: &mut ServiceConfig) {
        for (path, route) in self.routes {
            config.route(path, route);
        }
    }
}

type Work<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// A handler with the way its result becomes an outcome.
struct Wired<E: Endpoint, T> {
    handle: Box<dyn Fn(Call<E>) -> Work<T> + Send + Sync>,
    encode: fn(T) -> Result<Outcome, AppError>,
}

/// Mounts an endpoint whose reply is JSON.
pub fn mount<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Answer<E>> + Send + 'static,
{
    const { assert!(!matches!(E::META.wire, Wire::Csv)) }
    let encode = |reply: E::Reply| match E::META.wire {
        Wire::Document => Document::of(&reply).map(|document| Outcome::Document(Arc::new(document))),
        Wire::Json | Wire::Upload | Wire::Csv => encode::json(&reply, Vec::new()),
    };
    add::<E, E::Reply>(routes, Wired { handle: Box::new(move |call| Box::pin(handler(call))), encode });
}

/// Mounts an endpoint whose reply is JSON with cookies beside it.
pub fn mount_with_cookies<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Result<(E::Reply, Vec<Cookie>), AppError>> + Send + 'static,
{
    const { assert!(matches!(E::META.wire, Wire::Json)) }
    let encode = |(reply, cookies): (E::Reply, Vec<Cookie>)| encode::json(&reply, cookies);
    add::<E, (E::Reply, Vec<Cookie>)>(routes, Wired { handle: Box::new(move |call| Box::pin(handler(call))), encode });
}

/// Mounts an endpoint whose reply's bytes are kept and shared.
pub fn mount_document<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Result<Arc<Document>, AppError>> + Send + 'static,
{
    const { assert!(matches!(E::META.wire, Wire::Document)) }
    let encode = |document| Ok(Outcome::Document(document));
    add::<E, Arc<Document>>(routes, Wired { handle: Box::new(move |call| Box::pin(handler(call))), encode });
}

/// Mounts an endpoint whose reply is a streamed CSV file.
pub fn mount_csv<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Result<Csv, AppError>> + Send + 'static,
{
    const { assert!(matches!(E::META.wire, Wire::Csv)) }
    add::<E, Csv>(routes, Wired { handle: Box::new(move |call| Box::pin(handler(call))), encode: |file| Ok(encode::csv(file)) });
}

fn add<E: Endpoint, T: Send + 'static>(routes: &mut Routes, wired: Wired<E, T>) {
    let method = match E::META.method {
        Method::Get => actix_web::http::Method::GET,
        Method::Post => actix_web::http::Method::POST,
        Method::Put => actix_web::http::Method::PUT,
        Method::Delete => actix_web::http::Method::DELETE,
    };
    let wired = Arc::new(wired);
    let handler = move |request: HttpRequest, payload: web::Payload| answer(request, payload, Arc::clone(&wired));
    routes.mounted.push(E::META);
    routes.routes.push((E::META.path, web::method(method).to(handler)));
}

async fn answer<E: Endpoint, T: Send + 'static>(request: HttpRequest, payload: web::Payload, wired: Arc<Wired<E, T>>) -> HttpResponse {
    let request_id = request_id(&request);
    let Some(app) = request.app_data::<web::Data<App>>().map(|data| Arc::clone(data)) else {
        return refuse(&AppError::internal("no application"), request_id);
    };
    let head = Arc::new(Head::of(&request, &app.config));
    let done = match request.match_info().load::<E::Path>() {
        // What cannot be an identifier does not exist; said only after the guard, to whoever may ask.
        Err(_) => admit::<E>(&app, &head).await.and_then(|_| Err(AppError::not_found())),
        Ok(path) => carry(app, Arc::clone(&head), Parts { path, payload, request_id }, wired).await,
    };
    done.map_or_else(|error| refuse(&error, request_id), |outcome| respond(&head, outcome))
}

struct Parts<E: Endpoint> {
    path: E::Path,
    payload: web::Payload,
    request_id: shared::id::RequestId,
}

/// Guard, body, handler. Guard and handler run on the main runtime and go on when the connection closes.
async fn carry<E: Endpoint, T: Send + 'static>(
    app: Arc<App>,
    head: Arc<Head>,
    parts: Parts<E>,
    wired: Arc<Wired<E, T>>,
) -> Result<Outcome, AppError> {
    let Parts { path, payload, request_id } = parts;
    let runtime = app.runtime.clone();
    if E::META.kind == Kind::Read {
        let work = async move {
            let caller = guard::admit(&app, &E::META, &head).await?;
            let call = decode::<E>(Decoding { app, head: &head, path, body: Vec::new(), request_id, caller })?;
            (wired.encode)((wired.handle)(call).await?)
        };
        return joined(runtime.spawn(work).await);
    }
    let caller = admit::<E>(&app, &head).await?;
    let body = body::read(payload, &E::META).await?;
    let work = async move {
        let call = decode::<E>(Decoding { app, head: &head, path, body, request_id, caller })?;
        (wired.encode)((wired.handle)(call).await?)
    };
    joined(runtime.spawn(work).await)
}

async fn admit<E: Endpoint>(app: &Arc<App>, head: &Arc<Head>) -> Result<Caller, AppError> {
    let (app, head) = (Arc::clone(app), Arc::clone(head));
    let runtime = app.runtime.clone();
    joined(runtime.spawn(async move { guard::admit(&app, &E::META, &head).await }).await)
}

fn joined<T>(done: Result<Result<T, AppError>, tokio::task::JoinError>) -> Result<T, AppError> {
    done.unwrap_or_else(|broken| Err(AppError::internal(format!("the handler broke off: {broken}"))))
}

struct Decoding<'a, E: Endpoint> {
    app: Arc<App>,
    head: &'a Head,
    path: E::Path,
    body: Vec<u8>,
    request_id: shared::id::RequestId,
    caller: Caller,
}

fn decode<E: Endpoint>(from: Decoding<'_, E>) -> Result<Call<E>, AppError> {
    let Decoding { app, head, path, body, request_id, caller } = from;
    let unread = |what: &str, error: &dyn std::fmt::Display| {
        AppError::saying(
            ErrorCode::Unreadable,
            format!("The {what} is not what this address takes ({error}). Correct it and send it again."),
        )
    };
    let query = web::Query::<E::Query>::from_query(&head.query).map_err(|e| unread("query", &e))?.into_inner();
    let command = guard::command_mark(&E::META, head, &body)?;
    let is_upload = E::META.wire == Wire::Upload;
    let json: &[u8] = if is_upload || body.is_empty() { b"{}" } else { &body };
    let decoded = serde_json::from_slice(json).map_err(|e| unread("body", &e))?;
    let now = app.now();
    let upload = if is_upload { body } else { Vec::new() };
    Ok(Call { app, path, query, body: decoded, upload, now, request_id, caller, command })
}
