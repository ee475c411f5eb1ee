//! Calls of the contract over fetch: one function, the anti-forgery token, refusals as data.

use gloo_net::http::{Method as HttpMethod, Request, RequestBuilder, Response};
use shared::contract::{COMMAND_HEADER, CSRF_HEADER, Endpoint, Kind, Meta, Method, PathParams as _, Wire, with_query};
use shared::error::{ApiError, ErrorCode, FieldError};
use shared::id::{CommandId, Id as _, bits_from_parts};
use shared::words::shell as words;
use yew::prelude::*;

use crate::clock::device_time;
use crate::upload::{self, Upload, refusal};

/// Why a call has no reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No answer: the outcome is unknown; repeating with the same command id is safe.
    Unreachable,
    /// The server refused and says why.
    Refused(Box<ApiError>),
    /// The answer is not of the contract.
    Unreadable,
}

impl Failure {
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(error) => Some(error.code),
            Self::Unreachable | Self::Unreadable => None,
        }
    }

    /// What happened and what to do next.
    pub fn message(&self) -> &str {
        match self {
            Self::Unreachable => words::OFFLINE,
            Self::Refused(error) => &error.message,
            Self::Unreadable => words::UNREADABLE,
        }
    }

    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused(error) => &error.fields,
            Self::Unreachable | Self::Unreadable => &[],
        }
    }

    /// To quote when asking for help.
    pub fn request_id(&self) -> Option<AttrValue> {
        match self {
            Self::Refused(error) => error.request_id.map(|id| AttrValue::from(id.to_string())),
            Self::Unreachable | Self::Unreadable => None,
        }
    }
}

/// What goes into a call besides its endpoint.
pub struct Call<E: Endpoint> {
    path: E::Path,
    query: E::Query,
    body: Option<E::Body>,
    upload: Option<web_sys::Blob>,
    onprogress: Callback<(u64, u64)>,
    command: Option<CommandId>,
}

impl<E: Endpoint> Call<E> {
    pub fn to(path: E::Path) -> Self {
        Self { path, query: E::Query::default(), body: None, upload: None, onprogress: Callback::noop(), command: None }
    }

    #[must_use]
    pub fn query(self, query: E::Query) -> Self {
        Self { query, ..self }
    }

    #[must_use]
    pub fn body(self, body: E::Body) -> Self {
        Self { body: Some(body), ..self }
    }

    /// A file for [`Wire::Upload`].
    #[must_use]
    pub fn upload(self, file: web_sys::Blob) -> Self {
        Self { upload: Some(file), ..self }
    }

    /// Told the bytes sent and the bytes in all while a file is on its way.
    #[must_use]
    pub fn onprogress(self, onprogress: Callback<(u64, u64)>) -> Self {
        Self { onprogress, ..self }
    }

    #[must_use]
    pub fn command(self, command: CommandId) -> Self {
        Self { command: Some(command), ..self }
    }

    /// The address with path values and query; also for links to files.
    pub fn address(&self) -> String {
        let query = serde_json::to_value(&self.query).unwrap_or_default();
        with_query(&E::META.fill(&self.path.segments()), &query)
    }
}

/// A call as it travels, without its types: what sends it exists once and not once for each endpoint.
pub struct Prepared {
    meta: Meta,
    address: String,
    body: Option<String>,
    upload: Option<web_sys::Blob>,
    onprogress: Callback<(u64, u64)>,
    command: Option<CommandId>,
}

impl<E: Endpoint> Call<E> {
    pub fn prepare(self) -> Prepared {
        Prepared {
            meta: E::META,
            address: self.address(),
            body: self.body.as_ref().and_then(|body| serde_json::to_string(body).ok()),
            upload: self.upload,
            onprogress: self.onprogress,
            command: self.command,
        }
    }
}

impl Prepared {
    #[must_use]
    pub fn numbered(self, command: Option<CommandId>) -> Self {
        Self { command: command.or(self.command), ..self }
    }

    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Reads a reply's text.
pub fn decoded<E: Endpoint>(text: &str) -> Result<E::Reply, Failure> {
    serde_json::from_str(text).map_err(|_| Failure::Unreadable)
}

/// The way to the server; a context, renewed when somebody signs in or out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    pub csrf_token: Option<AttrValue>,
    /// Called when the server no longer knows the session.
    pub signed_out: Callback<()>,
}

/// The nearest [`Api`].
#[hook]
pub fn use_api() -> Api {
    use_context::<Api>().unwrap_or_default()
}

impl Api {
    /// Sends one call and reads its reply.
    pub async fn call<E: Endpoint>(&self, call: Call<E>) -> Result<E::Reply, Failure> {
        decoded::<E>(&self.send(call.prepare()).await?)
    }

    /// Sends one call; the reply's text. A lost session is told to the shell, which leads to the door and back.
    pub async fn send(&self, call: Prepared) -> Result<String, Failure> {
        let answer = match (call.meta.wire, call.upload.clone()) {
            (Wire::Upload, Some(file)) => upload::send(self.upload(&call, file)).await,
            _ => answer(self.request(&call)?).await,
        };
        if let Err(failure) = &answer
            && failure.code() == Some(ErrorCode::SignInNeeded)
        {
            self.signed_out.emit(());
        }
        answer
    }

    fn upload(&self, call: &Prepared, file: web_sys::Blob) -> Upload {
        Upload {
            method: call.meta.method.name(),
            address: call.address.clone(),
            file,
            csrf_token: self.csrf_token.clone(),
            command: call.command,
            onprogress: call.onprogress.clone(),
        }
    }

    fn request(&self, call: &Prepared) -> Result<Request, Failure> {
        let mut builder = RequestBuilder::new(&call.address).method(http_method(call.meta.method)).header("accept", "application/json");
        if call.meta.kind == Kind::Read {
            return builder.build().map_err(|_| Failure::Unreadable);
        }
        if let Some(token) = &self.csrf_token {
            builder = builder.header(CSRF_HEADER, token);
        }
        if let Some(command) = call.command {
            builder = builder.header(COMMAND_HEADER, &command.to_string());
        }
        let body = call.body.as_deref().unwrap_or("{}");
        builder.header("content-type", "application/json").body(body).map_err(|_| Failure::Unreadable)
    }
}

/// The reply's text, or why there is none.
async fn answer(request: Request) -> Result<String, Failure> {
    let response: Response = request.send().await.map_err(|_| Failure::Unreachable)?;
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() { Ok(text) } else { Err(refusal(response.status(), &text)) }
}

const fn http_method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    }
}

/// A new command id: the device's time and the browser's chance. `None` where the browser has no source of chance.
pub fn new_command() -> Option<CommandId> {
    let mut bytes = [0_u8; 16];
    let crypto = gloo::utils::window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    let millis = u64::try_from(device_time().micros() / 1_000).unwrap_or(0);
    Some(CommandId::from_bits(bits_from_parts(millis, u128::from_le_bytes(bytes))))
}
