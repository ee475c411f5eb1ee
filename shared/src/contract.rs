//! The contract between server and clients: each route is a type. The server can only mount it, a client can only call it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::identity::policy::Permission;

/// Header that carries the client's command id on every [`Kind::Command`].
pub const COMMAND_HEADER: &str = "Command-Id";
/// Header that carries the session's anti-forgery token on everything but GET.
pub const CSRF_HEADER: &str = "Csrf-Token";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may call. The scope (which school, which unit) is decided by the service on top of this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Public,
    SignedIn,
    /// Signed in and of the district: closed to people of outside providers.
    Inside,
    May(Permission),
}

/// What a call does to the record of the district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing.
    Read,
    /// One command, one audit record, one command id.
    Command,
    /// Only the machinery's own tables (sessions, throttles, read marks).
    Technical,
}

/// How body and reply travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// JSON in, JSON out.
    Json,
    /// JSON out with an entity tag; 304 where the client has it.
    Document,
    /// A file's raw bytes in, JSON out. The endpoint's `Body` is [`Empty`].
    Upload,
    /// A CSV file out, streamed. The endpoint's `Reply` is [`Empty`].
    Csv,
    /// An iCalendar file out. The endpoint's `Reply` is [`Empty`].
    Calendar,
}

/// No path, query, body or reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Empty {}

/// A type with a JSON schema wherever schemas are compiled in.
#[cfg(feature = "schema")]
pub trait Shape: utoipa::ToSchema {}
#[cfg(feature = "schema")]
impl<T: utoipa::ToSchema> Shape for T {}
#[cfg(not(feature = "schema"))]
pub trait Shape {}
#[cfg(not(feature = "schema"))]
impl<T> Shape for T {}

/// The values that stand in a path template's braces, in order.
pub trait PathParams: DeserializeOwned + Clone + Send + 'static {
    fn segments(&self) -> Vec<String>;
}

impl PathParams for () {
    fn segments(&self) -> Vec<String> {
        Vec::new()
    }
}

impl PathParams for String {
    fn segments(&self) -> Vec<String> {
        vec![self.clone()]
    }
}

impl<I: Id + DeserializeOwned> PathParams for I {
    fn segments(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

/// A query object as `?a=b&c=d`; absent values are left out.
pub fn with_query(address: &str, query: &serde_json::Value) -> String {
    let Some(object) = query.as_object() else { return address.to_owned() };
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let pairs: Vec<String> = object.iter().filter_map(|(name, value)| text(value).map(|v| format!("{name}={}", encode(&v)))).collect();
    if pairs.is_empty() { address.to_owned() } else { format!("{address}?{}", pairs.join("&")) }
}

/// One route. Implemented by [`endpoints!`] only, which also lists it.
pub trait Endpoint: 'static {
    const META: Meta;
    type Path: PathParams;
    type Query: Serialize + DeserializeOwned + Shape + Default + Send + 'static;
    type Body: Serialize + DeserializeOwned + Shape + Send + 'static;
    type Reply: Serialize + DeserializeOwned + Shape + Send + 'static;
}

/// What the list knows of a route without its types.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    pub name: &'static str,
    pub summary: &'static str,
    pub method: Method,
    /// `/api/orders/{order}`; every segment in braces is one path value.
    pub path: &'static str,
    pub access: Access,
    pub kind: Kind,
    pub wire: Wire,
}

impl Meta {
    /// The template with `values` in its braces, percent-encoded.
    pub fn fill(&self, values: &[String]) -> String {
        let mut values = values.iter();
        let filled = self.path.split('/').map(|segment| match segment.starts_with('{') {
            true => values.next().map(|v| encode(v)).unwrap_or_default(),
            false => segment.to_owned(),
        });
        filled.collect::<Vec<_>>().join("/")
    }
}

/// Percent-encoding of one path segment or query value.
pub fn encode(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Something done once for each endpoint with its types at hand: OpenAPI, the access matrix, coverage tests.
pub trait Visitor {
    fn visit<E: Endpoint>(&mut self);
}

/// Declares a slice's endpoints: the types, their metadata and the slice's visitor.
///
/// ```text
/// endpoints! {
///     /// The words for the OpenAPI document.
///     GetOrder: Get "/api/orders/{order}" SignedIn Read Json, path OrderId, query Empty, body Empty, reply OrderView;
/// }
/// ```
/// Access is written `Public`, `SignedIn` or `May(Permission)`.
#[macro_export]
macro_rules! endpoints {
    ($(
        #[doc = $summary:literal]
        $name:ident: $method:ident $path:literal $access:ident $(($permission:ident))? $kind:ident $wire:ident,
        path $path_type:ty, query $query:ty, body $body:ty, reply $reply:ty;
    )*) => {
        $(
            #[doc = $summary]
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl $crate::contract::Endpoint for $name {
                const META: $crate::contract::Meta = $crate::contract::Meta {
                    name: stringify!($name),
                    summary: $summary.trim_ascii(),
                    method: $crate::contract::Method::$method,
                    path: $path,
                    access: $crate::contract::Access::$access $(($crate::identity::policy::Permission::$permission))?,
                    kind: $crate::contract::Kind::$kind,
                    wire: $crate::contract::Wire::$wire,
                };
                type Path = $path_type;
                type Query = $query;
                type Body = $body;
                type Reply = $reply;
            }
        )*

        /// The slice's endpoints in reading order.
        pub const ENDPOINTS: &[$crate::contract::Meta] = &[$(<$name as $crate::contract::Endpoint>::META),*];

        /// Visits each endpoint of the slice.
        pub fn visit<V: $crate::contract::Visitor>(visitor: &mut V) {
            $(visitor.visit::<$name>();)*
        }
    };
}

/// Every endpoint of the product, by slice in dependency order.
pub const ENDPOINTS: &[&[Meta]] = &[
    crate::identity::api::ENDPOINTS,
    crate::budget::api::ENDPOINTS,
    crate::calendar::api::ENDPOINTS,
    crate::catalog::api::ENDPOINTS,
    crate::orders::api::ENDPOINTS,
    crate::orders::questions::ENDPOINTS,
    crate::orders::waiting::ENDPOINTS,
    crate::orders::booking::api::ENDPOINTS,
    crate::orders::renewal::ENDPOINTS,
    crate::orders::change::api::ENDPOINTS,
    crate::orders::selection::ENDPOINTS,
    crate::orders::clocks::ENDPOINTS,
    crate::orders::outside::ENDPOINTS,
    crate::scorecards::api::ENDPOINTS,
    crate::audit::api::ENDPOINTS,
];

/// Visits every endpoint of the product.
pub fn visit_all<V: Visitor>(visitor: &mut V) {
    crate::identity::api::visit(visitor);
    crate::budget::api::visit(visitor);
    crate::calendar::api::visit(visitor);
    crate::catalog::api::visit(visitor);
    crate::orders::api::visit(visitor);
    crate::orders::questions::visit(visitor);
    crate::orders::waiting::visit(visitor);
    crate::orders::booking::api::visit(visitor);
    crate::orders::renewal::visit(visitor);
    crate::orders::change::api::visit(visitor);
    crate::orders::selection::visit(visitor);
    crate::orders::clocks::visit(visitor);
    crate::orders::outside::visit(visitor);
    crate::scorecards::api::visit(visitor);
    crate::audit::api::visit(visitor);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    struct Counts(Vec<(&'static str, usize, usize)>);

    impl Visitor for Counts {
        fn visit<E: Endpoint>(&mut self) {
            self.0.push((E::META.name, E::META.path.matches('{').count(), E::META.path.matches('}').count()));
        }
    }

    #[test]
    fn every_endpoint_is_listed_once() {
        let all: Vec<&Meta> = ENDPOINTS.iter().flat_map(|slice| slice.iter()).collect();
        assert_eq!(all.iter().map(|m| m.name).collect::<HashSet<_>>().len(), all.len());
        assert_eq!(all.iter().map(|m| (m.method, m.path)).collect::<HashSet<_>>().len(), all.len());
        let mut counts = Counts(Vec::new());
        visit_all(&mut counts);
        assert_eq!(counts.0.iter().map(|c| c.0).collect::<Vec<_>>(), all.iter().map(|m| m.name).collect::<Vec<_>>());
        assert!(counts.0.iter().all(|c| c.1 == c.2));
    }

    #[test]
    fn a_read_is_a_get_and_a_get_is_a_read() {
        for meta in ENDPOINTS.iter().flat_map(|slice| slice.iter()) {
            assert_eq!(meta.method == Method::Get, meta.kind == Kind::Read, "{}", meta.name);
        }
    }

    #[test]
    fn path_values_are_encoded() {
        let meta = Meta { path: "/api/a/{x}/b", ..<crate::orders::api::GetOrder as Endpoint>::META };
        assert_eq!(meta.fill(&["1/2 ä".to_owned()]), "/api/a/1%2F2%20%C3%A4/b");
    }
}
