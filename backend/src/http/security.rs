//! The envelope of every call: request id, security headers, access log, counters.

use std::time::Instant;

use actix_web::HttpMessage as _;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;

use super::error::Refusal;
use crate::app::App;
use crate::config::Config;

/// Two years, as browsers' preload lists want it.
const HSTS: &str = "max-age=63072000; includeSubDomains";
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
                           payment=(), usb=(), interest-cohort=()";

/// The headers that every response carries.
pub struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    /// `script_hashes` are those of the page's own inline scripts, as `sha256-…`.
    pub fn new(config: &Config, script_hashes: &[String]) -> Self {
        let hashes: String = script_hashes.iter().map(|hash| format!(" '{hash}'")).collect();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
             font-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        );
        let mut all = vec![
            ("content-security-policy", policy),
            ("x-content-type-options", "nosniff".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            ("cross-origin-opener-policy", "same-origin".to_owned()),
            ("cross-origin-resource-policy", "same-origin".to_owned()),
            ("permissions-policy", PERMISSIONS.to_owned()),
        ];
        if config.is_https() {
            all.push(("strict-transport-security", HSTS.to_owned()));
        }
        let header = |(name, value): (&'static str, String)| Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?));
        Self(all.into_iter().filter_map(header).collect())
    }

    fn add(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.insert(name.clone(), value.clone());
        }
        if !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// Around every call.
pub async fn envelope(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let begun = Instant::now();
    let app = request.app_data::<web::Data<App>>().cloned();
    let headers = request.app_data::<web::Data<Headers>>().cloned();
    let request_id: Option<shared::id::RequestId> = app.as_ref().map(|app| app.id(app.now()));
    if let Some(id) = request_id {
        request.extensions_mut().insert(id);
    }
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let mut response = next.call(request).await?;
    if let Some(headers) = headers {
        headers.add(response.headers_mut());
    }
    let status = response.status().as_u16();
    let took = begun.elapsed();
    let Some((app, id)) = app.zip(request_id) else { return Ok(response) };
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HeaderName::from_static("request-id"), value);
    }
    app.metrics.answered(status, took);
    let code = response.response().extensions().get::<Refusal>().map(|refusal| refusal.0.wire());
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if path.starts_with("/api/") {
        // Tokens travel in the path of two endpoints; the log keeps only what precedes them.
        let shown = if path.starts_with("/api/invitations/") { "/api/invitations/…" } else { path.as_str() };
        tracing::info!(request = %id, %method, path = shown, status, code, micros, "call");
    } else {
        tracing::debug!(request = %id, %method, status, micros, "file");
    }
    Ok(response)
}
