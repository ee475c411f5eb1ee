//! Mounting: the only way to add a route. Decodes, checks, runs the handler on the main runtime, encodes.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde_json::Value;
use shared::contract::{Endpoint, Kind, Meta, Method, Wire};
use shared::error::ErrorCode;
use shared::id::RequestId;

use super::call::{Answer, Call, Caller};
use super::cookie::Cookie;
use super::encode::{self, Outcome, respond};
use super::error::refuse;
use super::head::{Head, request_id};
use super::{body, guard};
use crate::app::App;
use crate::error::AppError;
use crate::reply::{CalendarFile, Csv, Document};

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

    fn add(&mut self, mounted: Mounted) {
        let method = match mounted.meta.method {
            Method::Get => actix_web::http::Method::GET,
            Method::Post => actix_web::http::Method::POST,
            Method::Put => actix_web::http::Method::PUT,
            Method::Delete => actix_web::http::Method::DELETE,
        };
        let (meta, mounted) = (mounted.meta, Arc::new(mounted));
        let handler = move |request: HttpRequest, payload: web::Payload| answer(request, payload, Arc::clone(&mounted));
        self.mounted.push(meta);
        self.routes.push((meta.path, web::method(method).to(handler)));
    }

    /// Hands everything mounted to actix.
    pub fn register(self, config: &mut ServiceConfig) {
        for (path, route) in self.routes {
            config.route(path, route);
        }
    }
}

type Work<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// An endpoint without its types: the router, the guard and the runtime handle all of them with the same code, which keeps the
/// program small and quick to compile.
struct Mounted {
    meta: Meta,
    is_path: fn(&[String]) -> bool,
    run: Box<dyn Fn(Raw) -> Work<Outcome> + Send + Sync>,
}

/// A call that passed the guard, before its types are read.
struct Raw {
    app: Arc<App>,
    head: Arc<Head>,
    path: Vec<String>,
    body: Vec<u8>,
    request_id: RequestId,
    caller: Caller,
}

/// Mounts an endpoint whose reply is JSON.
pub fn mount<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Answer<E>> + Send + 'static,
{
    const { assert!(!matches!(E::META.wire, Wire::Csv | Wire::Calendar)) }
    let encode = |reply: E::Reply| match E::META.wire {
        Wire::Document => Document::of(&reply).map(|document| Outcome::Document(Arc::new(document))),
        Wire::Json | Wire::Upload | Wire::Csv | Wire::Calendar => encode::json(&reply, Vec::new()),
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

/// Mounts an endpoint whose reply is an iCalendar file.
pub fn mount_calendar<E, F>(routes: &mut Routes, handler: impl Fn(Call<E>) -> F + Send + Sync + 'static)
where
    E: Endpoint,
    F: Future<Output = Result<CalendarFile, AppError>> + Send + 'static,
{
    const { assert!(matches!(E::META.wire, Wire::Calendar)) }
    let encode = |file| Ok(Outcome::Calendar(file));
    add::<E, CalendarFile>(routes, Wired { handle: Box::new(move |call| Box::pin(handler(call))), encode });
}

/// A handler with the way its result becomes an outcome.
struct Wired<E: Endpoint, T> {
    handle: Box<dyn Fn(Call<E>) -> Work<T> + Send + Sync>,
    encode: fn(T) -> Result<Outcome, AppError>,
}

fn add<E: Endpoint, T: Send + 'static>(routes: &mut Routes, wired: Wired<E, T>) {
    let Wired { handle, encode } = wired;
    let run = move |raw: Raw| -> Work<Outcome> {
        match decode::<E>(raw) {
            Ok(call) => {
                let work = handle(call);
                Box::pin(async move { encode(work.await?) })
            }
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    };
    let is_path = |segments: &[String]| path_of::<E>(segments).is_some();
    routes.add(Mounted { meta: E::META, is_path, run: Box::new(run) });
}

/// The typed path of the values between the slashes.
fn path_of<E: Endpoint>(segments: &[String]) -> Option<E::Path> {
    let value = match segments {
        [] => Value::Null,
        [one] => Value::String(one.clone()),
        many => many.iter().cloned().map(Value::String).collect(),
    };
    serde_json::from_value(value).ok()
}

fn decode<E: Endpoint>(raw: Raw) -> Result<Call<E>, AppError> {
    let Raw { app, head, path, body, request_id, caller } = raw;
    let path = path_of::<E>(&path).ok_or(AppError::not_found())?;
    let query = web::Query::<E::Query>::from_query(&head.query).map_err(|e| unread("query", &e))?.into_inner();
    let command = guard::command_mark(&E::META, &head, &body)?;
    let is_upload = E::META.wire == Wire::Upload;
    let json: &[u8] = if is_upload || body.is_empty() { b"{}" } else { &body };
    let decoded = serde_json::from_slice(json).map_err(|e| unread("body", &e))?;
    let now = app.now();
    let upload = if is_upload { body } else { Vec::new() };
    Ok(Call { app, path, query, body: decoded, upload, now, request_id, caller, command })
}

fn unread(what: &str, error: &dyn std::fmt::Display) -> AppError {
    AppError::saying(ErrorCode::Unreadable, format!("The {what} is not what this address takes ({error}). Correct it and send it again."))
}

async fn answer(request: HttpRequest, payload: web::Payload, mounted: Arc<Mounted>) -> HttpResponse {
    let request_id = request_id(&request);
    let Some(app) = request.app_data::<web::Data<App>>().map(|data| Arc::clone(data)) else {
        return refuse(&AppError::internal("no application"), request_id);
    };
    let head = Arc::new(Head::of(&request, &app.config));
    let path = request.match_info().load::<Vec<String>>().unwrap_or_default();
    let begun = Begun { app, head: Arc::clone(&head), path, payload, request_id };
    match carry(begun, mounted).await {
        Ok(outcome) => respond(&head, outcome),
        Err(error) => refuse(&error, request_id),
    }
}

struct Begun {
    app: Arc<App>,
    head: Arc<Head>,
    path: Vec<String>,
    payload: web::Payload,
    request_id: RequestId,
}

/// Guard, body, handler. Guard and handler run on the main runtime and go on when the connection closes.
async fn carry(begun: Begun, mounted: Arc<Mounted>) -> Result<Outcome, AppError> {
    let Begun { app, head, path, payload, request_id } = begun;
    let (runtime, guarded) = (app.runtime.clone(), Arc::clone(&mounted));
    if mounted.meta.kind == Kind::Read {
        let work = async move {
            let caller = guard::admit(&app, &mounted.meta, &head).await?;
            (mounted.run)(Raw { app, head, path, body: Vec::new(), request_id, caller }).await
        };
        return joined(runtime.spawn(work).await);
    }
    let (own_app, own_head) = (Arc::clone(&app), Arc::clone(&head));
    let caller = joined(runtime.spawn(async move { guard::admit(&own_app, &guarded.meta, &own_head).await }).await)?;
    if !(mounted.is_path)(&path) {
        // What cannot be an identifier does not exist; not even its body is read.
        return Err(AppError::not_found());
    }
    let body = body::read(payload, &mounted.meta).await?;
    joined(runtime.spawn(async move { (mounted.run)(Raw { app, head, path, body, request_id, caller }).await }).await)
}

fn joined<T>(done: Result<Result<T, AppError>, tokio::task::JoinError>) -> Result<T, AppError> {
    done.unwrap_or_else(|broken| Err(AppError::internal(format!("the handler broke off: {broken}"))))
}
