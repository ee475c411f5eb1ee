//! The waiting list on My desk: what was offered to one's school and until when, and what it waits for.

use shared::identity::policy::Permission;
use shared::orders::desk::{DeskItem, DeskView};
use shared::orders::waiting::PlaceState;
use shared::time::Timestamp;
use shared::words::orders::waiting as words;

use super::waiting::views;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach};
use crate::orders::store;

/// Lays the places of the caller's schools onto the desk.
pub async fn lay<Q: Query>(desk: &mut DeskView, query: &Q, actor: &Actor, now: Timestamp) -> Result<(), AppError> {
    let Reach::Parts { schools, .. } = actor.reach(Permission::DraftOrder) else { return Ok(()) };
    for school in schools {
        for place in views(query, store::places_of_school(query, school, now).await?).await? {
            let title = words::on_desk(&place.title, &place.tier_name, &place.school.name);
            let item = |action: &str, owner: &str| DeskItem {
                title: title.clone(),
                action: action.to_owned(),
                owner: owner.to_owned(),
                due: place.expires,
                overdue: place.expires.is_some_and(|expires| expires < now),
                amount: None,
                link: words::LINK.to_owned(),
            };
            match place.state {
                PlaceState::Offered => desk.mine.push(item(words::DO_ANSWER, &place.school.name)),
                PlaceState::Accepted => desk.mine.push(item(words::DO_SUBMIT, &place.school.name)),
                PlaceState::Waiting => desk.theirs.push(item(words::DO_WAIT, &place.unit.name)),
                PlaceState::Ordered | PlaceState::Left | PlaceState::Passed => {}
            }
        }
    }
    Ok(())
}
