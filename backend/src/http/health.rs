//! What operators and balancers ask: alive, ready, counters.

use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, http::header};

use crate::app::App;

/// A replica whose clock is further off than this takes no work. Source: ARCHITECTURE, Databases.
const CLOCK_LIMIT_MICROS: u64 = 1_000_000;

pub fn configure(config: &mut ServiceConfig) {
    config.route("/healthz", web::get().to(alive));
    config.route("/readyz", web::get().to(ready));
    config.route("/metrics", web::get().to(metrics));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().body("alive\n")
}

async fn ready(app: web::Data<App>) -> HttpResponse {
    if !app.metrics.is_ready() {
        return HttpResponse::ServiceUnavailable().body("stopping or starting\n");
    }
    let asked = Arc::clone(&app);
    let offset = app.runtime.spawn(async move { asked.db.clock_offset_micros(asked.clock.as_ref()).await }).await;
    match offset {
        Ok(Ok(micros)) if micros.unsigned_abs() <= CLOCK_LIMIT_MICROS => HttpResponse::Ok().body("ready\n"),
        Ok(Ok(_)) => HttpResponse::ServiceUnavailable().body("the clock is off\n"),
        Ok(Err(_)) | Err(_) => HttpResponse::ServiceUnavailable().body("the database does not answer\n"),
    }
}

async fn metrics(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4")).body(app.metrics.text())
}
