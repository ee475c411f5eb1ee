//! Calls below the typed client: any path, any body, the answer as it came.

use shared::contract::{COMMAND_HEADER, CSRF_HEADER, Kind, Meta, Method, Wire};
use shared::id::{Id as _, *};

use crate::actor::{Actor, new_command};

/// An answer as it came over the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawAnswer {
    pub status: u16,
    pub text: String,
}

impl RawAnswer {
    /// The answer without the one part that differs from call to call.
    pub fn without_request_id(&self) -> (u16, String) {
        let mut value: serde_json::Value = serde_json::from_str(&self.text).unwrap_or_default();
        if let Some(object) = value.as_object_mut() {
            object.remove("request_id");
        }
        (self.status, value.to_string())
    }
}

/// Sends `body` to `path` as the actor, with all headers that the endpoint wants.
pub async fn send(actor: &mut Actor, meta: &Meta, path: &str, body: &str) -> RawAnswer {
    let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let method = match meta.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut request = http.request(method, format!("{}{path}", actor.client.base()));
    if let Some(cookie) = &actor.client.cookie {
        request = request.header("cookie", cookie);
    }
    if let Some(token) = &actor.client.csrf_token {
        request = request.header(CSRF_HEADER, token);
    }
    if meta.kind != Kind::Read {
        let kind = if meta.wire == Wire::Upload { "application/octet-stream" } else { "application/json" };
        request = request.header("content-type", kind).header(COMMAND_HEADER, new_command().to_string()).body(body.to_owned());
    }
    let response = request.send().await.expect("an answer");
    RawAnswer { status: response.status().as_u16(), text: response.text().await.expect("a body") }
}

/// An identifier of the placeholder's kind that names nothing.
pub fn unknown_id(placeholder: &str) -> String {
    match placeholder {
        "{person}" => PersonId::from_bits(1).to_string(),
        "{absence}" => AbsenceId::from_bits(1).to_string(),
        "{acting}" => ActingId::from_bits(1).to_string(),
        "{role}" => RoleGrantId::from_bits(1).to_string(),
        "{school}" => SchoolId::from_bits(1).to_string(),
        "{line}" => BudgetLineId::from_bits(1).to_string(),
        "{fund}" => FundId::from_bits(1).to_string(),
        "{import}" => ImportId::from_bits(1).to_string(),
        "{day}" => CalendarDayId::from_bits(1).to_string(),
        "{service}" => ServiceId::from_bits(1).to_string(),
        "{unit}" => UnitId::from_bits(1).to_string(),
        "{menu}" => MenuId::from_bits(1).to_string(),
        "{suggestion}" => SuggestionId::from_bits(1).to_string(),
        "{review}" => ReviewId::from_bits(1).to_string(),
        "{package}" => PackageId::from_bits(1).to_string(),
        "{filter}" => SavedFilterId::from_bits(1).to_string(),
        "{order}" => OrderId::from_bits(1).to_string(),
        "{question}" => QuestionId::from_bits(1).to_string(),
        "{entry}" => LibraryEntryId::from_bits(1).to_string(),
        "{change}" => ChangeId::from_bits(1).to_string(),
        "{group}" => ChoiceGroupId::from_bits(1).to_string(),
        "{gift}" => GiftId::from_bits(1).to_string(),
        "{delivery}" => DeliveryId::from_bits(1).to_string(),
        "{place}" => PlaceId::from_bits(1).to_string(),
        "{booking}" => BookingId::from_bits(1).to_string(),
        "{away}" => AwayId::from_bits(1).to_string(),
        "{record}" => AuditRecordId::from_bits(1).to_string(),
        "{provider}" => ProviderId::from_bits(1).to_string(),
        "{paper}" => VettingId::from_bits(1).to_string(),
        "{policy}" => PolicyId::from_bits(1).to_string(),
        "{delegation}" => DelegationId::from_bits(1).to_string(),
        "{manager}" => ManagerId::from_bits(1).to_string(),
        "{notice}" => NoticeId::from_bits(1).to_string(),
        "{token}" => "unknown-token".to_owned(),
        other => panic!("no identifier is known for {other}: name it here"),
    }
}

/// Bodies that reach the use case: an empty object, and one with the fields that most commands have.
pub fn bodies(meta: &Meta) -> Vec<String> {
    if meta.kind == Kind::Read {
        return vec![String::new()];
    }
    let package = PackageId::from_bits(1);
    let usual = format!(
        r#"{{"version":1,"dispute":"other_day","stands":true,"reason":"Because.","text":"Hello.","orders":[],"package":"{package}","quantity":1,"day":"2026-11-20","start":"2026-12-01","contact":"x","note":"","alternative":0,"stars":5,"helped":"yes","hours_saved":0,"comment":"","explanation":"x","alternatives":[],"rule_quoted":"x","offer_to_talk":"x"}}"#
    );
    vec!["{}".to_owned(), usual.clone(), usual.replace("\"reason\":\"Because.\"", "\"reason\":\"no_capacity\"")]
}
