//! The OpenAPI 3.1 document, made from the contract's own types.

use std::sync::Arc;

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use shared::contract::{Access, COMMAND_HEADER, CSRF_HEADER, Endpoint, Kind, Meta, Method, Visitor, Wire, visit_all};
use shared::error::{ApiError, ErrorCode};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder};

use super::cookie;
use super::encode::{Outcome, respond};
use super::head::Head;
use crate::app::App;
use crate::error::AppError;
use crate::reply::Document;

const SESSION: &str = "session";

/// Every schema that some endpoint needs, by name; the same name may come many times.
pub type Schemas = Vec<(String, RefOr<Schema>)>;

/// The document's text, made once.
///
/// # Errors
/// Internal where it has no JSON.
pub fn document() -> Result<Document, AppError> {
    Document::of(&build())
}

pub fn configure(config: &mut ServiceConfig) {
    config.route("/api/openapi.json", web::get().to(send));
}

async fn send(request: HttpRequest, app: Data<App>, document: Data<Document>) -> HttpResponse {
    respond(&Head::of(&request, &app.config), Outcome::Document(Arc::clone(&document)))
}

#[derive(Default)]
struct Writer {
    paths: Vec<(&'static str, HttpMethod, Operation)>,
    schemas: Schemas,
}

impl Visitor for Writer {
    fn visit<E: Endpoint>(&mut self) {
        let operation = self.operation::<E>();
        self.paths.push((E::META.path, method(E::META.method), operation));
    }
}

fn build() -> OpenApi {
    let mut writer = Writer::default();
    let refusal = writer.schema::<ApiError>();
    visit_all(&mut writer);
    let mut paths = PathsBuilder::new().build();
    for (path, method, operation) in writer.paths {
        paths.add_path_operation(path, vec![method], operation);
    }
    let mut components = ComponentsBuilder::new();
    for (name, schema) in writer.schemas {
        components = components.schema(name, schema);
    }
    let cookie = ApiKeyValue::with_description(cookie::SESSION, "The session, given by SignIn.");
    let components = components.security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(cookie))).response(
        "Refusal",
        ResponseBuilder::new()
            .description(codes())
            .content("application/json", ContentBuilder::new().schema(Some(refusal)).build())
            .build(),
    );
    let info = InfoBuilder::new()
        .title("Chalkline")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("A marketplace of central-office services that schools buy. Made from the types that server and clients share."));
    OpenApiBuilder::new().info(info.build()).paths(paths).components(Some(components.build())).build()
}

/// Every schema of the contract as it comes, for the test that refuses two of one name.
pub fn schemas() -> Schemas {
    let mut writer = Writer::default();
    visit_all(&mut writer);
    writer.schemas
}

fn codes() -> String {
    let lines = ErrorCode::ALL.iter().map(|code| format!("- `{}` ({}): {}", code.wire(), code.status(), code.text()));
    format!("Refused; `code` says why.\n{}", lines.collect::<Vec<_>>().join("\n"))
}

const fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Delete => HttpMethod::Delete,
    }
}

impl Writer {
    /// A reference to the named schema of `T`; a schema in place where `T` is a list or the like.
    fn schema<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(&mut self.schemas);
        if std::any::type_name::<T>().contains('<') {
            return T::schema();
        }
        let name = T::name().into_owned();
        self.schemas.push((name.clone(), T::schema()));
        Ref::from_schema_name(name).into()
    }

    fn operation<E: Endpoint>(&mut self) -> Operation {
        let meta = E::META;
        let mut operation = OperationBuilder::new()
            .operation_id(Some(meta.name))
            .summary(Some(meta.summary))
            .description(Some(describe(&meta)))
            .tag(meta.path.split('/').nth(2).unwrap_or_default());
        for parameter in path_parameters(meta.path).into_iter().chain(query_parameters::<E::Query>()).chain(head_parameters(&meta)) {
            operation = operation.parameter(parameter);
        }
        E::Query::schemas(&mut self.schemas);
        if meta.kind != Kind::Read {
            let (media, schema) = match meta.wire {
                Wire::Upload => ("application/octet-stream", text_schema()),
                Wire::Json | Wire::Document | Wire::Csv | Wire::Calendar => ("application/json", self.schema::<E::Body>()),
            };
            let content = ContentBuilder::new().schema(Some(schema)).build();
            operation =
                operation.request_body(Some(RequestBodyBuilder::new().content(media, content).required(Some(Required::True)).build()));
        }
        let (media, schema) = match meta.wire {
            Wire::Csv => ("text/csv", text_schema()),
            Wire::Calendar => ("text/calendar", text_schema()),
            Wire::Json | Wire::Document | Wire::Upload => ("application/json", self.schema::<E::Reply>()),
        };
        let content = ContentBuilder::new().schema(Some(schema)).build();
        operation = operation.response("200", ResponseBuilder::new().description("Done.").content(media, content).build());
        if meta.wire == Wire::Document {
            operation = operation.response("304", ResponseBuilder::new().description("Unchanged.").build());
        }
        if meta.access != Access::Public {
            operation = operation.security(SecurityRequirement::new(SESSION, Vec::<String>::new()));
        }
        for range in ["4XX", "5XX"] {
            operation = operation.response(range, Ref::from_response_name("Refusal"));
        }
        operation.build()
    }
}

fn describe(meta: &Meta) -> String {
    let access = match meta.access {
        Access::Public => "Open to everybody.".to_owned(),
        Access::SignedIn => "For everybody who is signed in, within their scope.".to_owned(),
        Access::Inside => "For everybody of the district who is signed in, within their scope; not for people of outside providers.".to_owned(),
        Access::May(permission) => {
            let roles: Vec<&str> = permission.roles().iter().map(|role| role.title()).collect();
            format!("For: {}; each within their scope.", roles.join(", "))
        }
    };
    let kind = match meta.kind {
        Kind::Read => "Changes nothing.",
        Kind::Command => "A command: sent again with the same Command-Id it has one effect and the same answer.",
        Kind::Technical => "Leaves no audit record.",
    };
    format!("{access} {kind}")
}

fn text_schema() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

fn path_parameters(path: &str) -> Vec<Parameter> {
    let names = path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let parameter =
        |name| ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True).schema(Some(text_schema()));
    names.map(|name| parameter(name).build()).collect()
}

fn query_parameters<Q: ToSchema>() -> Vec<Parameter> {
    let RefOr::T(Schema::Object(object)) = Q::schema() else { return Vec::new() };
    let parameter = |(name, schema): (String, RefOr<Schema>)| {
        let required = if object.required.contains(&name) { Required::True } else { Required::False };
        ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(required).schema(Some(schema)).build()
    };
    object.properties.clone().into_iter().map(parameter).collect()
}

fn head_parameters(meta: &Meta) -> Vec<Parameter> {
    let parameter = |name: &str, words: &str| {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).required(Required::True);
        parameter.description(Some(words)).schema(Some(text_schema())).build()
    };
    let mut parameters = Vec::new();
    if meta.kind != Kind::Read && meta.access != Access::Public {
        parameters.push(parameter(CSRF_HEADER, "The session's `csrf_token`."));
    }
    if meta.kind == Kind::Command {
        parameters.push(parameter(COMMAND_HEADER, "`cmd_` and 26 letters, chosen by the client for this change."));
    }
    parameters
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn no_two_types_share_a_schema_name() -> Result<(), serde_json::Error> {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for (name, schema) in schemas() {
            let text = serde_json::to_string(&schema)?;
            let first = known.entry(name.clone()).or_insert_with(|| text.clone());
            assert_eq!(*first, text, "two types are called {name}");
        }
        Ok(())
    }

    #[test]
    fn every_endpoint_stands_in_the_document_and_every_reference_resolves() -> Result<(), serde_json::Error> {
        let document = serde_json::to_value(build())?;
        assert_eq!(document["openapi"], "3.1.0");
        for meta in shared::contract::ENDPOINTS.iter().flat_map(|slice| slice.iter()) {
            let operation = &document["paths"][meta.path][meta.method.name().to_lowercase()];
            assert_eq!(operation["operationId"], meta.name);
        }
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document.pointer(reference).is_some(), "{reference}");
        }
        Ok(())
    }
}
