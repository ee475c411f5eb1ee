//! Delivery entries as the caller may see them: on their order, and over all orders on one page for a phone.

use std::collections::BTreeMap;

use shared::id::{DeliveryId, OrderId};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::identity::Scope;
use shared::money::Cents;
use shared::orders::api::{DeliveriesView, DeliveryView, EntryItem, EntryMay, EntryMessage, ToLog};
use shared::orders::period::is_stretch;
use shared::orders::state::OrderCommand;
use shared::orders::{DeliveryState, OrderState};
use shared::time::Timestamp;

use super::bench;
use super::silence;
use super::stretch::next_day;
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach, service as identity};
use crate::orders::rules::{Standing, progress, turn};
use crate::orders::store::{self, DeliveryRow, OrderRow, SplitRow, Whose};

/// The entries of one order with what the caller may do about each.
///
/// # Errors
/// Those of the database.
pub async fn views<Q: Query>(
    query: &Q,
    (order, splits): (&OrderRow, &[SplitRow]),
    entries: &[DeliveryRow],
    standing: &Standing,
) -> Result<Vec<DeliveryView>, AppError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let time = calendar::school_time(query, order.school).await?;
    let mut said: BTreeMap<DeliveryId, Vec<EntryMessage>> = BTreeMap::new();
    for (entry, message) in store::said(query, order.id).await? {
        said.entry(entry).or_default().push(message);
    }
    let progress = progress(order, splits);
    let mut views = Vec::with_capacity(entries.len());
    for entry in entries {
        let confirms = match entry.state {
            DeliveryState::Logged => silence::confirms_at(&silence::of_order(query, order, entry.logged).await?, &time, entry)?,
            DeliveryState::Confirmed
            | DeliveryState::Disputed
            | DeliveryState::StoodBy
            | DeliveryState::Contested
            | DeliveryState::Reversed => None,
        };
        let amount = if entry.state.is_open() { progress.next_amount(entry.quantity).unwrap_or(Cents::ZERO) } else { entry.amount };
        views.push(DeliveryView {
            id: entry.id,
            first: entry.first,
            day: entry.day,
            quantity: entry.quantity,
            note: entry.note.clone(),
            state: entry.state,
            amount,
            logged_by: PersonRef { id: entry.logged_by, name: entry.logged_by_name.clone() },
            answered_by: entry.answered_by.zip(entry.answered_by_name.clone()).map(|(id, name)| PersonRef { id, name }),
            by_policy: entry.by_policy,
            confirms,
            dispute: entry.dispute,
            reason: entry.reason.clone(),
            messages: said.remove(&entry.id).unwrap_or_default(),
            may: may(order, entry, standing),
        });
    }
    Ok(views)
}

/// Exactly what the commands would let through.
fn may(order: &OrderRow, entry: &DeliveryRow, standing: &Standing) -> EntryMay {
    let can = |command| turn(order.state, command).is_ok();
    EntryMay {
        answer: can(OrderCommand::DisputeDelivery) && standing.may_answer(entry).is_ok(),
        contest: can(OrderCommand::ContestDelivery) && standing.may_contest(entry).is_ok(),
        correct: can(OrderCommand::AnswerDispute) && standing.may_retract(entry).is_ok(),
        stand_by: can(OrderCommand::AnswerDispute) && standing.may_stand_by(entry).is_ok(),
        retract: can(OrderCommand::RetractDelivery) && standing.may_retract(entry).is_ok(),
        settle: can(OrderCommand::ContestDelivery) && standing.may_settle(entry).is_ok(),
        reverse: entry.state == DeliveryState::Confirmed && can(OrderCommand::ReverseDelivery) && standing.may_reverse(entry).is_ok(),
        talk: standing.may_talk(entry).is_ok(),
    }
}

/// What the caller has to log, to confirm and to settle.
///
/// # Errors
/// Those of the database.
pub async fn deliveries(app: &App, actor: &Actor, now: Timestamp) -> Result<DeliveriesView, AppError> {
    let reader = app.db.reader();
    let today = identity::district(&reader).await?.day_of(now)?;
    let mut view = DeliveriesView { today, to_log: Vec::new(), to_answer: Vec::new(), in_dispute: Vec::new() };
    let logs = reach(actor, Permission::LogDelivery);
    let work = store::in_states(&reader, &logs, &[OrderState::Accepted, OrderState::InDelivery]).await?;
    let ids: Vec<OrderId> = work.iter().map(|order| order.id).collect();
    let entries = store::deliveries_of(&reader, &ids).await?;
    view.to_log = work.iter().filter(|order| order.logged_units < order.units && order.start <= today).map(|order| to_log(order, &entries)).collect();
    // Where somebody was last, somebody is likely to be again.
    view.to_log.sort_by(|a, b| b.last_day.cmp(&a.last_day).then(a.number.cmp(&b.number)));
    let mut seen: Vec<OrderId> = Vec::new();
    for permission in [Permission::ConfirmDelivery, Permission::LogDelivery, Permission::ReverseDelivery] {
        for order in store::with_unsettled(&reader, &reach(actor, permission)).await? {
            if !seen.contains(&order.id) {
                seen.push(order.id);
                waiting(&reader, (actor, &order), &mut view).await?;
            }
        }
    }
    view.to_answer.sort_by_key(|item| (item.entry.day, item.entry.id));
    view.in_dispute.sort_by_key(|item| (item.entry.day, item.entry.id));
    Ok(view)
}

/// The scopes over which the caller holds a permission.
fn reach(actor: &Actor, permission: Permission) -> Whose {
    match actor.reach(permission) {
        Reach::Everything => Whose::Everyone,
        Reach::Parts { schools, networks, units } => {
            let scopes = schools.into_iter().map(Scope::School).chain(networks.into_iter().map(Scope::Network));
            Whose::Of(scopes.chain(units.into_iter().map(Scope::Unit)).collect())
        }
    }
}

fn to_log(order: &OrderRow, entries: &[DeliveryRow]) -> ToLog {
    let last = entries.iter().filter(|entry| entry.order == order.id && entry.state != DeliveryState::Reversed).max_by_key(|entry| (entry.day, entry.id));
    let left = order.units.saturating_sub(order.logged_units);
    ToLog {
        order: order.id,
        number: order.number,
        version: order.version,
        school: SchoolRef { id: order.school, name: order.school_name.clone() },
        title: order.title.clone(),
        tier_name: order.tier_name.clone(),
        measure: order.measure,
        start: order.start,
        logged_units: order.logged_units,
        ordered_units: order.units,
        usual: last.map_or(1, |entry| entry.quantity).min(left),
        last_day: last.map(|entry| entry.day),
        from: is_stretch(order.measure).then(|| next_day(order, entries)),
    }
}

/// Puts the entries of one order where the caller looks for them.
async fn waiting<Q: Query>(query: &Q, (actor, order): (&Actor, &OrderRow), into: &mut DeliveriesView) -> Result<(), AppError> {
    let standing = Standing::of(actor, order, &bench::bought_more(query, actor, order).await?);
    let splits = store::splits(query, &[order.id]).await?;
    let entries = store::deliveries(query, order.id).await?;
    for entry in views(query, (order, &splits), &entries, &standing).await? {
        let list = if entry.may.answer {
            &mut into.to_answer
        } else if entry.state.is_in_dispute() {
            &mut into.in_dispute
        } else {
            continue;
        };
        list.push(EntryItem {
            order: order.id,
            number: order.number,
            version: order.version,
            title: order.title.clone(),
            school: SchoolRef { id: order.school, name: order.school_name.clone() },
            unit: UnitRef { id: order.unit, name: order.unit_name.clone() },
            measure: order.measure,
            entry,
        });
    }
    Ok(())
}
