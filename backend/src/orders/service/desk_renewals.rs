//! Renewals on My desk: how many wait for one's answer, until the last day of the round.

use shared::identity::policy::Permission;
use shared::orders::desk::{DeskItem, DeskView};
use shared::orders::renewal::{RenewalState, RoundPhase};
use shared::time::Timestamp;
use shared::words::orders::renewal as words;

use super::renewals::round_on;
use crate::budget::service as budget;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach, service as identity};
use crate::orders::store;

/// Lays the open renewals of the caller's schools onto the desk.
pub async fn lay<Q: Query>(desk: &mut DeskView, query: &Q, actor: &Actor, now: Timestamp) -> Result<(), AppError> {
    let Reach::Parts { schools, .. } = actor.reach(Permission::SubmitOrder) else { return Ok(()) };
    if schools.is_empty() {
        return Ok(());
    }
    let round = round_on(query, now).await?;
    if round.phase != RoundPhase::Open {
        return Ok(());
    }
    let counted = store::round(query, round.next).await?;
    let due = match round.closes() {
        Some(day) => Some(identity::district(query).await?.start_of(day.plus_days(1))?.plus_seconds(-1)),
        None => None,
    };
    for school in schools {
        let open = counted.iter().filter(|row| row.school == school && row.state == RenewalState::Open).map(|row| row.many).sum::<u32>();
        if open > 0 {
            let name = budget::school_facts(query, school).await?.name;
            let title = words::on_desk(usize::try_from(open).unwrap_or(usize::MAX), &name);
            let (action, link) = (words::DO_ANSWER.to_owned(), words::LINK.to_owned());
            desk.mine.push(DeskItem { title, action, owner: name, due, overdue: false, amount: None, link });
        }
    }
    Ok(())
}
