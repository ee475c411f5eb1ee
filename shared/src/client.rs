//! The typed client for native programs. The browser has its own over fetch.

use reqwest::header::{HeaderMap, HeaderValue};

use crate::contract::{COMMAND_HEADER, CSRF_HEADER, Endpoint, Kind, Method, Wire};
use crate::error::{ApiError, ErrorCode};
use crate::id::CommandId;

/// One caller: a base address, a cookie and the anti-forgery token that belongs to it.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    pub cookie: Option<String>,
    pub csrf_token: Option<String>,
}

/// A call without answer, or with a refusal.
#[derive(Debug)]
pub enum CallError {
    /// The server could not be reached or broke off: the outcome is unknown; repeat with the same command id.
    Wire(reqwest::Error),
    /// The server refused, and says why.
    Refused(u16, Box<ApiError>),
    /// The answer is not of the contract.
    Unexpected(u16, String),
}

impl CallError {
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(_, error) => Some(error.code),
            Self::Wire(_) | Self::Unexpected(..) => None,
        }
    }
}

/// What goes into a call besides its endpoint.
#[derive(Debug)]
pub struct Call<E: Endpoint> {
    pub path: E::Path,
    pub query: E::Query,
    pub body: Option<E::Body>,
    /// Raw bytes for [`Wire::Upload`].
    pub upload: Vec<u8>,
    pub command: Option<CommandId>,
}

impl<E: Endpoint> Call<E> {
    pub fn to(path: E::Path) -> Self {
        Self { path, query: E::Query::default(), body: None, upload: Vec::new(), command: None }
    }

    #[must_use]
    pub fn query(mut self, query: E::Query) -> Self {
        self.query = query;
        self
    }

    #[must_use]
    pub fn body(mut self, body: E::Body) -> Self {
        self.body = Some(body);
        self
    }

    #[must_use]
    pub fn upload(mut self, bytes: Vec<u8>) -> Self {
        self.upload = bytes;
        self
    }

    #[must_use]
    pub fn command(mut self, command: CommandId) -> Self {
        self.command = Some(command);
        self
    }
}

impl Client {
    /// `base` without a trailing slash, e.g. `http://127.0.0.1:8080`.
    pub fn new(http: reqwest::Client, base: impl Into<String>) -> Self {
        Self { http, base: base.into(), cookie: None, csrf_token: None }
    }

    /// The same caller at another address, over the same connections.
    #[must_use]
    pub fn at(&self, base: impl Into<String>) -> Self {
        Self { base: base.into(), ..self.clone() }
    }

    /// The address that paths are added to.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Sends a call and reads its JSON reply; keeps the session cookie that the server sets.
    pub async fn call<E: Endpoint>(&mut self, call: Call<E>) -> Result<E::Reply, CallError> {
        let response = self.send(call).await?;
        let status = response.status().as_u16();
        let text = response.text().await.map_err(CallError::Wire)?;
        serde_json::from_str(&text).map_err(|error| CallError::Unexpected(status, format!("{error}: {text}")))
    }

    /// Sends a call and returns the reply's text, for [`Wire::Csv`] and [`Wire::Calendar`].
    pub async fn call_text<E: Endpoint>(&mut self, call: Call<E>) -> Result<String, CallError> {
        self.send(call).await?.text().await.map_err(CallError::Wire)
    }

    async fn send<E: Endpoint>(&mut self, call: Call<E>) -> Result<reqwest::Response, CallError> {
        let meta = E::META;
        let address = format!("{}{}", self.base, meta.fill(&crate::contract::PathParams::segments(&call.path)));
        let query = serde_json::to_value(&call.query).map_err(|e| CallError::Unexpected(0, e.to_string()))?;
        let method = match meta.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.http.request(method, crate::contract::with_query(&address, &query)).headers(self.headers(&call));
        if meta.kind != Kind::Read {
            builder = match (meta.wire, &call.body) {
                (Wire::Upload, _) => builder.header("content-type", "application/octet-stream").body(call.upload),
                (_, Some(body)) => builder.json(body),
                (_, None) => builder.header("content-type", "application/json").body("{}"),
            };
        }
        let response = builder.send().await.map_err(CallError::Wire)?;
        self.keep_cookie(&response);
        let status = response.status().as_u16();
        if response.status().is_success() {
            return Ok(response);
        }
        let text = response.text().await.map_err(CallError::Wire)?;
        match serde_json::from_str::<ApiError>(&text) {
            Ok(error) => Err(CallError::Refused(status, Box::new(error))),
            Err(_) => Err(CallError::Unexpected(status, text)),
        }
    }

    fn headers<E: Endpoint>(&self, call: &Call<E>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let command = call.command.map(|id| id.to_string());
        let pairs = [("cookie", self.cookie.clone()), (CSRF_HEADER, self.csrf_token.clone()), (COMMAND_HEADER, command)];
        for (name, value) in pairs {
            let value = value.and_then(|text| HeaderValue::from_str(&text).ok());
            let name = reqwest::header::HeaderName::from_bytes(name.as_bytes()).ok();
            if let (Some(name), Some(value)) = (name, value) {
                headers.insert(name, value);
            }
        }
        headers
    }

    fn keep_cookie(&mut self, response: &reqwest::Response) {
        for header in response.headers().get_all("set-cookie") {
            let pair = header.to_str().ok().and_then(|text| text.split(';').next()).map(str::to_owned);
            self.cookie = pair.filter(|p| !p.ends_with('=')).or(self.cookie.take());
        }
    }
}
