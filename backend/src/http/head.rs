//! What the head of a call says, read once and passed to the main runtime.

use actix_web::HttpMessage as _;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderName};
use shared::contract::{COMMAND_HEADER, CSRF_HEADER};
use shared::id::{Id as _, RequestId};

use super::cookie;
use crate::config::Config;

/// Longest piece of the browser's own words that is kept.
const BROWSER_LIMIT: usize = 160;

/// The parts of a call's head that decide about it.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub is_read: bool,
    pub path: String,
    pub query: String,
    pub host: String,
    pub origin: Option<String>,
    pub fetch_site: Option<String>,
    pub content_type: String,
    pub if_none_match: Option<String>,
    pub takes_brotli: bool,
    pub csrf_token: Option<String>,
    pub command: Option<String>,
    pub session_secret: Option<String>,
    pub device_secret: Option<String>,
    pub address: String,
    pub browser: String,
}

impl Head {
    pub fn of(request: &HttpRequest, config: &Config) -> Self {
        let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let named = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let accept = text(header::ACCEPT_ENCODING).unwrap_or_default();
        Self {
            is_read: request.method() == actix_web::http::Method::GET,
            path: request.path().to_owned(),
            query: request.query_string().to_owned(),
            host: text(header::HOST).unwrap_or_default(),
            origin: text(header::ORIGIN),
            fetch_site: named("sec-fetch-site"),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
            if_none_match: text(header::IF_NONE_MATCH),
            takes_brotli: takes(&accept, "br"),
            csrf_token: named(CSRF_HEADER),
            command: named(COMMAND_HEADER),
            session_secret: cookie::find(request, cookie::SESSION),
            device_secret: cookie::find(request, cookie::DEVICE),
            address: address(request, config),
            browser: text(header::USER_AGENT).unwrap_or_default().chars().filter(|c| !c.is_control()).take(BROWSER_LIMIT).collect(),
        }
    }
}

/// Whether an `Accept-Encoding` names `coding` without switching it off.
pub fn takes(accept: &str, coding: &str) -> bool {
    accept.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next() == Some(coding);
        named && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The caller's address: the peer's, or what the trusted proxy says it is. Anybody else's word is ignored.
fn address(request: &HttpRequest, config: &Config) -> String {
    let Some(peer) = request.peer_addr() else { return String::new() };
    let trusted = config.trusted_proxy == Some(peer.ip());
    // The proxy adds its word last, on a line of its own or after a comma; what stands before it anybody may have written.
    let forwarded = request.headers().get_all("x-forwarded-for").last().and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim);
    let named = last.and_then(|text| text.parse::<std::net::IpAddr>().ok());
    match named {
        Some(address) if trusted => address.to_string(),
        Some(_) | None => peer.ip().to_string(),
    }
}

/// The id that the envelope gave this call.
pub fn request_id(request: &HttpRequest) -> RequestId {
    request.extensions().get::<RequestId>().copied().unwrap_or(RequestId::from_bits(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_unless_switched_off() {
        assert!(takes("gzip, deflate, br", "br"));
        assert!(takes("br;q=0.5", "br"));
        assert!(!takes("br;q=0, gzip", "br"));
        assert!(!takes("brotli", "br"));
    }

    #[test]
    fn only_the_trusted_proxy_is_believed_about_addresses() -> Result<(), std::net::AddrParseError> {
        let request = |peer: &str| -> Result<HttpRequest, std::net::AddrParseError> {
            let request = actix_web::test::TestRequest::default().peer_addr(peer.parse()?);
            let request = request.append_header(("x-forwarded-for", "6.6.6.6")).append_header(("x-forwarded-for", "7.7.7.7, 192.0.2.9"));
            Ok(request.to_http_request())
        };
        let mut config = Config::local(std::path::Path::new("."));
        config.trusted_proxy = Some("10.0.0.1".parse()?);
        assert_eq!(address(&request("10.0.0.1:443")?, &config), "192.0.2.9");
        assert_eq!(address(&request("10.0.0.2:443")?, &config), "10.0.0.2");
        Ok(())
    }
}
