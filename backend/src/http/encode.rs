//! From a use case's result to the bytes of a response.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::{StreamExt as _, stream};
use serde::Serialize;

use super::cookie::Cookie;
use super::head::Head;
use crate::error::AppError;
use crate::reply::{CalendarFile, Csv, Document};

/// Chunks of an export that wait between the database and a slow reader.
const CSV_CHUNKS_WAITING: usize = 2;

/// A result that has left the main runtime.
pub enum Outcome {
    Json(Vec<u8>, Vec<Cookie>),
    Document(Arc<Document>),
    Csv(String, tokio::sync::mpsc::Receiver<Vec<u8>>),
    Calendar(CalendarFile),
}

pub fn json<T: Serialize>(value: &T, cookies: Vec<Cookie>) -> Result<Outcome, AppError> {
    let bytes = serde_json::to_vec(value).map_err(|e| AppError::internal(format!("reply: {e}")))?;
    Ok(Outcome::Json(bytes, cookies))
}

/// Reads the export on the main runtime, a few chunks ahead of whoever takes them.
pub fn csv(file: Csv) -> Outcome {
    let (send, receive) = tokio::sync::mpsc::channel(CSV_CHUNKS_WAITING);
    let mut chunks = file.chunks;
    tokio::spawn(async move {
        while let Some(chunk) = chunks.next().await {
            match chunk {
                Ok(bytes) => {
                    if send.send(bytes).await.is_err() {
                        return;
                    }
                }
                Err(error) => return tracing::error!(what = %error, "export broke off"),
            }
        }
    });
    Outcome::Csv(file.name, receive)
}

/// The response, on actix's side.
pub fn respond(head: &Head, outcome: Outcome) -> HttpResponse {
    match outcome {
        Outcome::Json(bytes, cookies) => {
            let mut response = HttpResponse::Ok();
            for cookie in cookies {
                response.append_header((header::SET_COOKIE, cookie.header()));
            }
            response.insert_header((header::CONTENT_TYPE, "application/json")).body(bytes)
        }
        Outcome::Document(document) => respond_document(head, &document),
        Outcome::Csv(name, receive) => {
            let chunks = stream::unfold(receive, |mut receive| async move {
                let chunk = receive.recv().await?;
                Some((Ok::<Bytes, actix_web::Error>(Bytes::from(chunk)), receive))
            });
            HttpResponse::Ok()
                .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
                .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
                .streaming(chunks)
        }
        Outcome::Calendar(file) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "text/calendar; charset=utf-8"))
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
            .body(file.text),
    }
}

fn respond_document(head: &Head, document: &Document) -> HttpResponse {
    let (tag, bytes) = match (head.takes_brotli, document.brotli()) {
        (true, packed) if !packed.is_empty() => (format!("\"{}-br\"", document.tag), packed),
        (true | false, _) => (format!("\"{}\"", document.tag), document.bytes.as_slice()),
    };
    let known = head.if_none_match.as_deref().is_some_and(|list| list.split(',').any(|one| one.trim() == tag || one.trim() == "*"));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // Kept by the browser, asked about each time.
    response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    response.insert_header((header::VARY, "accept-encoding, cookie"));
    response.insert_header((header::ETAG, tag.clone()));
    if known {
        return response.finish();
    }
    if tag.ends_with("-br\"") {
        response.insert_header((header::CONTENT_ENCODING, "br"));
    }
    response.insert_header((header::CONTENT_TYPE, "application/json")).body(bytes.to_vec())
}
