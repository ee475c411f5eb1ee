//! Reading a call's body: bounded in size, and in time as a whole.

use std::time::Duration;

use actix_web::web;
use futures_util::StreamExt as _;
use shared::contract::{Kind, Meta, Wire};
use shared::error::ErrorCode;

use crate::error::AppError;

/// Most bytes of a JSON body.
const JSON_LIMIT: usize = 256 * 1024;
/// Most bytes of an uploaded file.
const UPLOAD_LIMIT: usize = 64 * 1024 * 1024;
/// A JSON body must have arrived by then, however slowly it trickles.
const JSON_DEADLINE: Duration = Duration::from_secs(20);
/// A file must have arrived by then: 64 MiB at half a megabyte a second.
const UPLOAD_DEADLINE: Duration = Duration::from_secs(120);

/// All bytes of the body; none for a read.
///
/// # Errors
/// [`ErrorCode::TooLarge`], or [`ErrorCode::Unreadable`] where the body breaks off or is late.
pub async fn read(payload: web::Payload, meta: &Meta) -> Result<Vec<u8>, AppError> {
    if meta.kind == Kind::Read {
        return Ok(Vec::new());
    }
    let (limit, deadline) = match meta.wire {
        Wire::Upload => (UPLOAD_LIMIT, UPLOAD_DEADLINE),
        Wire::Json | Wire::Document | Wire::Csv | Wire::Calendar => (JSON_LIMIT, JSON_DEADLINE),
    };
    match actix_web::rt::time::timeout(deadline, collect(payload, limit)).await {
        Ok(read) => read,
        Err(_) => Err(AppError::saying(ErrorCode::Unreadable, "This arrived too slowly and was given up. Try again.")),
    }
}

async fn collect(mut payload: web::Payload, limit: usize) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| AppError::from(ErrorCode::Unreadable))?;
        if bytes.len() + chunk.len() > limit {
            return Err(ErrorCode::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
