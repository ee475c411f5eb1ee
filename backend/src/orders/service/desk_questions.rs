//! Questions on My desk: what one's unit or school was asked, and what one waits for.

use shared::identity::policy::Permission;
use shared::identity::{Role, Scope};
use shared::orders::desk::{DeskItem, DeskView};
use shared::orders::questions::Side;
use shared::time::Timestamp;
use shared::words::orders as words;

use super::questions::owner;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach};
use crate::orders::store::{self, QuestionRow, Whose};

/// An answer waits so long for the word whether it was of use.
const RATE_DAYS: i64 = 21;

fn item(question: &QuestionRow, action: &str, now: Timestamp) -> DeskItem {
    let link = question.order.map_or_else(|| words::question_link(question.id), |(order, _)| words::order_link(order));
    DeskItem {
        title: words::question_on_desk(&question.text, &question.school_name, &question.unit_name),
        action: action.to_owned(),
        owner: owner(question),
        due: Some(question.due),
        overdue: question.due < now,
        amount: None,
        link,
    }
}

/// Lays the caller's questions onto the desk.
pub async fn lay<Q: Query>(desk: &mut DeskView, query: &Q, actor: &Actor, now: Timestamp) -> Result<(), AppError> {
    for question in store::climbed_questions(query, &actor.conflicts()).await? {
        desk.mine.push(item(&question, words::DO_SEE_TO_IT, now));
    }
    let Reach::Parts { schools, units, .. } = actor.reach(Permission::AskQuestion) else { return Ok(()) };
    let units = Whose::Of(units.into_iter().map(Scope::Unit).collect());
    let schools = Whose::Of(schools.into_iter().map(Scope::School).collect());
    for (whose, side) in [(&units, Side::School), (&schools, Side::Unit)] {
        for question in store::open_questions(query, whose, side).await? {
            let lent = actor.lent.iter().find(|lent| (lent.grant.role, lent.grant.scope) == (Role::UnitHead, Scope::Unit(question.unit)));
            let action = lent.map_or_else(|| words::DO_REPLY.to_owned(), |lent| words::for_absent(words::DO_REPLY, &lent.name));
            desk.mine.push(item(&question, &action, now));
        }
    }
    for (whose, side) in [(&schools, Side::School), (&units, Side::Unit)] {
        desk.theirs.extend(store::open_questions(query, whose, side).await?.iter().map(|question| item(question, words::DO_REPLY, now)));
    }
    let unrated = store::unrated(query, actor.person, now.plus_days(-RATE_DAYS)).await?;
    desk.mine.extend(unrated.iter().map(|question| DeskItem { due: None, overdue: false, ..item(question, words::DO_RATE_ANSWER, now) }));
    Ok(())
}
