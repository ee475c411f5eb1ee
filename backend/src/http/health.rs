//! What operators and balancers ask: alive, ready, counters.

use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, http::header};

use crate::app::App;
use crate::db::Query as _;
use crate::worker::outbox::{Backlog, Outbox};

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
    if !app.clock_watch.is_ready() {
        return HttpResponse::ServiceUnavailable().body("the clock is off\n");
    }
    let asked = Arc::clone(&app);
    let answered = app.runtime.spawn(async move { asked.db.reader().one("SELECT 1 AS one", Vec::new()).await }).await;
    match answered {
        Ok(Ok(Some(_))) => HttpResponse::Ok().body("ready\n"),
        Ok(Ok(None) | Err(_)) | Err(_) => HttpResponse::ServiceUnavailable().body("the database does not answer\n"),
    }
}

async fn metrics(app: web::Data<App>) -> HttpResponse {
    let outbox = Outbox::new(&app.tools());
    let backlog = app.runtime.spawn(async move { outbox.backlog().await }).await;
    let mut text = app.metrics.text();
    if let Ok(Ok(Backlog { waiting, failed })) = backlog {
        text.push_str(&format!("# TYPE chalkline_outbox gauge\nchalkline_outbox{{state=\"waiting\"}} {waiting}\n"));
        text.push_str(&format!("chalkline_outbox{{state=\"failed\"}} {failed}\n"));
    }
    if let Some(offset) = app.clock_watch.offset_micros() {
        text.push_str(&format!("# TYPE chalkline_clock_offset_microseconds gauge\nchalkline_clock_offset_microseconds {offset}\n"));
    }
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4")).body(text)
}
