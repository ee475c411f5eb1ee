//! What pages of the shelf note as somebody looks on: for the person on this device, and as counts for the units.

use gloo::storage::{LocalStorage, Storage as _};
use shared::catalog::api::{CatalogService, NoteInterest, ShelfNotes};
use shared::catalog::interest::{Interest, LookNote};
use shared::id::{PackageId, PersonId, SchoolId};
use shared::identity::policy::Permission;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api::{Call, use_api};
use crate::session::{Session, use_session};

/// So many services are remembered as seen.
const SEEN_LIMIT: usize = 6;

/// The school that looks counts; units, the district and who may not buy do not.
pub fn counted_school(session: &Session) -> Option<SchoolId> {
    session.school().filter(|_| session.may(Permission::DraftOrder)).map(|school| school.id)
}

/// Sends notes; one that is lost is not worth a word.
#[hook]
pub fn use_notes() -> Callback<ShelfNotes> {
    let api = use_api();
    Callback::from(move |notes: ShelfNotes| {
        let api = api.clone();
        spawn_local(async move {
            let _ = api.call(Call::<NoteInterest>::to(()).body(notes)).await;
        });
    })
}

/// Counts that a school looks at these packages, once for each list.
#[hook]
pub fn use_looks(packages: Vec<PackageId>, kind: Interest) {
    let (school, send) = (counted_school(&use_session()), use_notes());
    use_effect_with((school, packages), move |(school, packages)| {
        if let Some(school) = school.filter(|_| !packages.is_empty()) {
            let looks = packages.iter().map(|package| LookNote { package: *package, kind }).collect();
            send.emit(ShelfNotes { school, searches: Vec::new(), looks });
        }
    });
}

/// A service as this device remembers it.
pub type Seen = (String, String);

fn place(person: PersonId) -> String {
    format!("chalkline.seen.{person}")
}

/// What the person looked at last on this device, newest first.
pub fn seen(person: PersonId) -> Vec<Seen> {
    LocalStorage::get(place(person)).unwrap_or_default()
}

pub fn forget_seen(person: PersonId) {
    LocalStorage::delete(place(person));
}

/// `seen` with one more in front.
fn with_seen(seen: Vec<Seen>, newest: Seen) -> Vec<Seen> {
    let others = seen.into_iter().filter(|(service, _)| *service != newest.0);
    std::iter::once(newest.clone()).chain(others).take(SEEN_LIMIT).collect()
}

/// Somebody looks at a service, at one of its tiers: counted for the unit, remembered for the person.
#[hook]
pub fn use_visit(service: Option<&CatalogService>, package: Option<PackageId>) {
    use_looks(package.into_iter().collect(), Interest::Viewed);
    use_remembered(service);
}

/// Remembers that the person looked at a service.
#[hook]
fn use_remembered(service: Option<&CatalogService>) {
    let person = use_session().view().map(|view| view.person.id);
    let newest = service.map(|service| (service.id.to_string(), service.content.title.clone()));
    use_effect_with((person, newest), |(person, newest)| {
        if let (Some(person), Some(newest)) = (person, newest) {
            let _ = LocalStorage::set(place(*person), with_seen(seen(*person), newest.clone()));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stands_first_and_once() {
        let one = |name: &str| (name.to_owned(), name.to_uppercase());
        let mut seen = Vec::new();
        for name in ["a", "b", "c", "d", "e", "f", "g", "b"] {
            seen = with_seen(seen, one(name));
        }
        assert_eq!(seen, ["b", "g", "f", "e", "d", "c"].map(one));
    }
}
