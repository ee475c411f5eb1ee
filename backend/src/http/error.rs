//! The outermost ring of errors: from [`AppError`] to the contract's [`ApiError`]. The only place that logs them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use shared::error::{ApiError, ErrorCode};
use shared::id::RequestId;

use crate::error::AppError;

/// The code of a refusal, left on the response for the access log and the counters.
#[derive(Clone, Copy, Debug)]
pub struct Refusal(pub ErrorCode);

/// The refusal as it travels. What broke on our side is logged here and named to nobody.
pub fn refuse(error: &AppError, request_id: RequestId) -> HttpResponse {
    match error {
        AppError::Internal(what) => tracing::error!(request = %request_id, what, "internal error"),
        AppError::Busy(what) => tracing::warn!(request = %request_id, what, "busy"),
        AppError::DiskFull(what) => tracing::error!(request = %request_id, what, "disk full"),
        AppError::Refused { .. } => {}
    }
    let code = error.code();
    let body = ApiError { request_id: Some(request_id), ..api_error(error) };
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    if matches!(code, ErrorCode::Busy) {
        response.insert_header(("retry-after", "1"));
    }
    let mut response = response.json(body);
    response.extensions_mut().insert(Refusal(code));
    response
}

fn api_error(error: &AppError) -> ApiError {
    match error {
        AppError::Refused { code, message, fields } => {
            let plain = ApiError::with_fields(*code, fields.clone());
            ApiError { message: message.clone().unwrap_or(plain.message), code: plain.code, fields: plain.fields, request_id: None }
        }
        AppError::Busy(_) | AppError::DiskFull(_) | AppError::Internal(_) => ApiError::new(error.code()),
    }
}
