//! Yearly choices on My desk: the groups of which one's school holds no choice that stands, until the window closes.

use shared::identity::policy::Permission;
use shared::orders::dates::YearlyKind;
use shared::orders::desk::{DeskItem, DeskView};
use shared::orders::selection::ChoicePhase;
use shared::time::Timestamp;
use shared::words::orders::selection as words;

use super::choices::window_on;
use crate::budget::service as budget;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach, service as identity};
use crate::orders::store;

/// Lays what the caller's schools have to choose onto the desk.
pub async fn lay<Q: Query>(desk: &mut DeskView, query: &Q, actor: &Actor, now: Timestamp) -> Result<(), AppError> {
    let Reach::Parts { schools, .. } = actor.reach(Permission::SubmitOrder) else { return Ok(()) };
    if schools.is_empty() {
        return Ok(());
    }
    let window = window_on(query, now).await?;
    let last = match window.phase {
        ChoicePhase::Open => window.day(YearlyKind::ChoiceCloses),
        ChoicePhase::Again => window.day(YearlyKind::ChooseAgain),
        ChoicePhase::Before | ChoicePhase::Over => return Ok(()),
    };
    let due = match last {
        Some(day) => Some(identity::district(query).await?.start_of(day.plus_days(1))?.plus_seconds(-1)),
        None => None,
    };
    for group in store::choice_groups(query, window.year).await? {
        let (offers, chosen) = (store::choice_offers(query, group.id).await?, store::choices(query, group.id).await?);
        for school in &schools {
            let own = chosen.iter().find(|choice| choice.school == *school);
            if own.is_some_and(|own| offers.iter().any(|offer| offer.service == own.service && !offer.failed)) {
                continue;
            }
            let name = budget::school_facts(query, *school).await?.name;
            let (title, action) = (words::on_desk(&group.title, &name), words::CHOOSE.to_owned());
            desk.mine.push(DeskItem { title, action, owner: name, due, overdue: false, amount: None, link: words::LINK.to_owned() });
        }
    }
    Ok(())
}
