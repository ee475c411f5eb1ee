//! What the shelf remembers: a person's filters, what schools look for and at, and what schools alike bought.

use std::collections::BTreeSet;

use shared::catalog::api::{AlikeShelf, NewSavedFilter, SavedFilter, ShelfNotes};
use shared::catalog::interest::{FILTERS_LIMIT, NOTES_LIMIT, counted_search};
use shared::contract::Empty;
use shared::id::{SavedFilterId, SchoolId, ServiceId};
use shared::identity::policy::Permission;
use shared::time::Date;
use shared::words::catalog as words;

use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::rules;
use crate::catalog::store::memory::{self as store, EmptySearch, Look};
use crate::db::{Query, Technical, Tx};
use crate::error::AppError;
use crate::identity::{Actor, Allowance, Target, service as identity};

/// Notes of one person: thirty at once, then one in twenty seconds. More is not counted, and nobody is troubled with it.
const NOTES: Allowance = Allowance { burst: 30, interval_seconds: 20 };
/// Searches are kept for a year and a bit, so that a year can be compared with the one before.
const SEARCH_DAYS: i32 = 400;
/// A search is told of once it was typed so often: a slip of one moment says nothing, and might name somebody.
const LEAST_TIMES: u32 = 2;

/// The caller's filters, by name.
///
/// # Errors
/// Those of the database.
pub async fn filters(app: &App, actor: &Actor) -> Result<Vec<SavedFilter>, AppError> {
    Ok(store::filters(&app.db.reader(), actor.person).await?)
}

/// Keeps a filter for the caller; one with the same name is replaced.
///
/// # Errors
/// `BadInput` by field, also where the caller keeps too many.
pub async fn save_filter(app: &App, actor: &Actor, new: NewSavedFilter) -> Result<Vec<SavedFilter>, AppError> {
    let NewSavedFilter { name, address } = new.clean().map_err(AppError::fields)?;
    let now = app.now();
    let filter = SavedFilter { id: app.id(now), name, address };
    app.db
        .technical((actor.person, filter), move |mut tx, (person, filter)| async move {
            let known = store::filters(&tx, person).await?;
            if known.len() >= FILTERS_LIMIT && known.iter().all(|other| other.name != filter.name) {
                return Err(AppError::field("name", words::too_many_filters(FILTERS_LIMIT)));
            }
            store::put_filter(&mut tx, person, &filter, now).await?;
            Ok::<(), AppError>(tx.commit_technical(Technical::Personal).await?)
        })
        .await?;
    filters(app, actor).await
}

/// Forgets one of the caller's filters.
///
/// # Errors
/// `NotFound` where the caller keeps none like it.
pub async fn forget_filter(app: &App, actor: &Actor, filter: SavedFilterId) -> Result<Vec<SavedFilter>, AppError> {
    app.db
        .technical((actor.person, filter), |mut tx, (person, filter)| async move {
            if !store::delete_filter(&mut tx, person, filter).await? {
                return Err(AppError::not_found());
            }
            Ok(tx.commit_technical(Technical::Personal).await?)
        })
        .await?;
    filters(app, actor).await
}

/// Counts what a school looked for and at. What comes too often, or may name somebody, is left out in silence.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope; `BadInput` where too much comes at once.
pub async fn note(app: &App, actor: &Actor, notes: ShelfNotes) -> Result<Empty, AppError> {
    let reader = app.db.reader();
    let network = budget::network_of(&reader, notes.school).await?;
    actor.demand(Permission::DraftOrder, &Target::School(notes.school, network))?;
    for (field, many) in [("searches", notes.searches.len()), ("looks", notes.looks.len())] {
        if many > NOTES_LIMIT {
            return Err(AppError::field(field, words::too_many_notes(NOTES_LIMIT)));
        }
    }
    let now = app.now();
    let day = identity::district(&reader).await?.day_of(now)?;
    let key = format!("shelf {}", actor.person);
    let input = (key, day, notes);
    app.db
        .technical(input, move |mut tx, (key, day, notes)| async move {
            if identity::take_try(&mut tx, &key, NOTES, now).await? {
                count(&mut tx, day, &notes).await?;
            }
            Ok(tx.commit_technical(Technical::Interest).await?)
        })
        .await
        .map(|()| Empty {})
}

/// Counts notes within a larger transaction; the caller commits.
///
/// # Errors
/// Those of the database.
pub async fn count(tx: &mut Tx, day: Date, notes: &ShelfNotes) -> Result<(), AppError> {
    // In one order, so that two who count the same never wait for each other in a circle.
    let mut searches: Vec<(String, u32)> =
        notes.searches.iter().filter_map(|note| Some((counted_search(&note.words)?, note.found))).collect();
    searches.sort();
    searches.dedup_by(|one, other| one.0 == other.0);
    for (words, found) in &searches {
        store::count_search(tx, day, words, *found).await?;
    }
    let looks: BTreeSet<_> = notes.looks.iter().copied().collect();
    for look in looks {
        store::count_look(tx, day, notes.school, (look.package, look.kind)).await?;
    }
    Ok(store::forget_searches(tx, day.plus_days(-SEARCH_DAYS)).await?)
}

/// What schools like `school` bought, service by service.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn alike_shelf(app: &App, actor: &Actor, school: SchoolId) -> Result<AlikeShelf, AppError> {
    let reader = app.db.reader();
    let network = budget::network_of(&reader, school).await?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(school, network))?;
    let schools = budget::list_schools(&reader).await?;
    let mine = schools.iter().find(|candidate| candidate.id == school).ok_or_else(AppError::not_found)?;
    let (likeness, alike) = rules::alike(mine, &schools);
    let services = store::bought_by(&reader, &alike).await?;
    Ok(AlikeShelf { likeness, schools: u32::try_from(alike.len()).unwrap_or(u32::MAX), services })
}

/// What was looked for since a day and not found, what was typed most often first.
///
/// # Errors
/// Those of the database.
pub async fn empty_searches<Q: Query>(query: &Q, since: Date) -> Result<Vec<EmptySearch>, AppError> {
    Ok(store::empty_searches(query, since, LEAST_TIMES).await?)
}

/// Which schools looked at and compared which packages of these services, between two days.
///
/// # Errors
/// Those of the database.
pub async fn looks<Q: Query>(query: &Q, services: &[ServiceId], between: (Date, Date)) -> Result<Vec<Look>, AppError> {
    Ok(store::looks(query, services, between).await?)
}
