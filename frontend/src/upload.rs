//! Uploads over XMLHttpRequest, because fetch tells no progress.

use shared::contract::{COMMAND_HEADER, CSRF_HEADER};
use shared::error::ApiError;
use shared::id::CommandId;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};
use yew::prelude::*;

use crate::api::Failure;

/// One file on its way to the server.
pub struct Upload {
    pub method: &'static str,
    pub address: String,
    pub file: Blob,
    pub csrf_token: Option<AttrValue>,
    pub command: Option<CommandId>,
    /// Bytes sent and bytes in all.
    pub onprogress: Callback<(u64, u64)>,
}

/// Sends the file; the reply's text, or why there is none.
pub async fn send(upload: Upload) -> Result<String, Failure> {
    let request = prepared(&upload).map_err(|_| Failure::Unreadable)?;
    let told = upload.onprogress.clone();
    let onprogress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| told.emit(bytes(&event)));
    if let Ok(target) = request.upload() {
        target.set_onprogress(Some(onprogress.as_ref().unchecked_ref()));
    }
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(&upload.file)).map_err(|_| Failure::Unreachable)?;
    JsFuture::from(ended).await.map_err(|_| Failure::Unreachable)?;
    request.set_onloadend(None);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or(0) {
        200..=299 => Ok(text),
        // Nothing arrived: the connection broke.
        0 => Err(Failure::Unreachable),
        status => Err(refusal(status, &text)),
    }
}

fn prepared(upload: &Upload) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open(upload.method, &upload.address)?;
    request.set_request_header("accept", "application/json")?;
    request.set_request_header("content-type", "application/octet-stream")?;
    if let Some(token) = &upload.csrf_token {
        request.set_request_header(CSRF_HEADER, token)?;
    }
    if let Some(command) = upload.command {
        request.set_request_header(COMMAND_HEADER, &command.to_string())?;
    }
    Ok(request)
}

/// A refusal of the contract, or what an answer that is none means for its outcome.
pub fn refusal(status: u16, text: &str) -> Failure {
    match serde_json::from_str::<ApiError>(text) {
        Ok(error) => Failure::Refused(Box::new(error)),
        // A proxy's or a stopping server's answer: nothing is known of the outcome.
        Err(_) if status >= 500 => Failure::Unreachable,
        Err(_) => Failure::Unreadable,
    }
}

/// The browser counts bytes as floats; they are whole.
fn bytes(event: &ProgressEvent) -> (u64, u64) {
    (event.loaded() as u64, event.total() as u64)
}

#[cfg(test)]
mod tests {
    use shared::error::ErrorCode;

    use super::*;

    #[test]
    fn an_answer_that_is_not_ours_leaves_the_outcome_open() {
        assert_eq!(refusal(502, "<html>Bad gateway</html>"), Failure::Unreachable);
        assert_eq!(refusal(404, "<html>Not here</html>"), Failure::Unreadable);
        let ours = serde_json::to_string(&ApiError::new(ErrorCode::Busy)).unwrap_or_default();
        assert_eq!(refusal(503, &ours).code(), Some(ErrorCode::Busy));
    }
}
