//! The two cookies: the session, and the mark of a browser that has signed in before.

use actix_web::HttpRequest;
use actix_web::http::header;

/// `__Host-`: only over a secure connection (or loopback), for this host alone, for every path.
pub const SESSION: &str = "__Host-chalkline";
pub const DEVICE: &str = "__Host-chalkline-device";

/// Half a year: how long a browser stays known.
const DEVICE_SECONDS: u32 = 180 * 86_400;

/// What a reply does to the browser's cookies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session's secret; ends with the browser.
    Session(String),
    NoSession,
    Device(String),
}

impl Cookie {
    /// The value of `Set-Cookie`.
    pub fn header(&self) -> String {
        let (name, value, age) = match self {
            Self::Session(secret) => (SESSION, secret.as_str(), String::new()),
            Self::NoSession => (SESSION, "", "; Max-Age=0".to_owned()),
            Self::Device(secret) => (DEVICE, secret.as_str(), format!("; Max-Age={DEVICE_SECONDS}")),
        };
        format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}")
    }
}

/// The value of the named cookie.
pub fn find(request: &HttpRequest, name: &str) -> Option<String> {
    let lists = request.headers().get_all(header::COOKIE).filter_map(|value| value.to_str().ok());
    let pairs = lists.flat_map(|list| list.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(own, value)| *own == name && !value.is_empty()).map(|(_, value)| value.to_owned()).next()
}
