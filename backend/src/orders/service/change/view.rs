//! Changes as the caller may see them, and what one would do before it is proposed.

use shared::id::OrderId;
use shared::identity::api::PersonRef;
use shared::identity::policy::Permission;
use shared::orders::change::api::{AddedShare, ChangePreview, ChangeQuery, ChangeSide, ChangeView, ChangesView};
use shared::orders::change::{ChangeState, is_changeable};
use shared::orders::questions::Side;
use shared::error::ErrorCode;
use shared::time::Timestamp;
use shared::words::orders as words;
use shared::words::orders::booking as booking_words;

use super::super::view as order_view;
use super::judge::{Judged, Wanted, judge};
use super::{may_bind, may_withdraw, side_of_caller};
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Target};
use crate::orders::store::{self, BookingRow, ChangeRow, OrderRow};

/// What was proposed for an order, the open one first.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn changes(app: &App, actor: &Actor, id: OrderId) -> Result<ChangesView, AppError> {
    let (reader, now) = (app.db.reader(), app.now());
    let order = order_view::seen(app, &reader, actor, id).await?;
    let by = match side_of_caller(actor, &order) {
        // Staff of the school act where the principal lets them buy.
        Some(Side::School) => may_bind(&reader, actor, &order, now).await.is_ok().then_some(Side::School),
        other => other,
    };
    let calendar = calendar::time(&reader).await?.district.calendar;
    let (mut open, mut past) = (None, Vec::new());
    for row in store::changes_of(&reader, id).await? {
        if row.state.is_open() {
            open = Some(view(&reader, (&order, &row), by, now).await?);
        } else {
            past.push(view(&reader, (&order, &row), by, now).await?);
        }
    }
    let may_propose = open.is_none() && by.is_some() && is_changeable(order.state);
    Ok(ChangesView { order: id, version: order.version, open, past, may_propose, year_end: calendar.last_day(order.year) })
}

async fn view<Q: Query>(query: &Q, (order, row): (&OrderRow, &ChangeRow), by: Option<Side>, now: Timestamp) -> Result<ChangeView, AppError> {
    let bookings = if row.state.is_open() {
        let reserved = store::added(query, row.id).await?;
        let reserved: Vec<_> = reserved.iter().map(|part| shared::orders::SplitPart { line: part.line, amount: part.amount }).collect();
        judge(query, order, Wanted::of(row), (now, &reserved)).await.map(|judged| booked(&judged.bookings)).unwrap_or_default()
    } else {
        Vec::new()
    };
    let person = |(id, name): &(shared::id::PersonId, String)| PersonRef { id: *id, name: name.clone() };
    Ok(ChangeView {
        id: row.id,
        state: row.state,
        side: row.side,
        before: side(&row.was_tier, (row.was_quantity, row.was_start, row.was_price)),
        after: side(&row.tier_name, (row.quantity, row.start, row.price)),
        working: row.working.clone(),
        reason: row.reason.clone(),
        proposed_by: person(&row.proposed_by),
        proposed: row.proposed,
        answered_by: row.answered_by.as_ref().map(person),
        answer: row.answer.clone(),
        waits_for: waits_for(order, row),
        due: row.due,
        rests: row.rests.map(|(since, _)| since),
        climbed_to: row.climbed_to.clone(),
        bookings,
        may_answer: row.state == ChangeState::Proposed && by == Some(row.side.other()),
        may_withdraw: by.is_some_and(|by| may_withdraw(by, row)),
    })
}

fn side(tier: &str, (quantity, start, price): (u32, shared::time::Date, shared::money::Cents)) -> ChangeSide {
    ChangeSide { tier_name: tier.to_owned(), quantity, start, price }
}

/// Who has to act next, in words.
pub fn waits_for(order: &OrderRow, row: &ChangeRow) -> String {
    match (row.state, row.side) {
        (ChangeState::Proposed, Side::School) => words::of_unit(&order.unit_contact, &order.unit_name),
        (ChangeState::Proposed, Side::Unit) => {
            words::of_school(order.buyer_name.as_deref().unwrap_or(&order.drafted_by_name), &order.school_name)
        }
        (ChangeState::Approving, _) => order.open_step.map_or(words::BUDGET_OFFICE, words::decider).to_owned(),
        (ChangeState::Done | ChangeState::Refused | ChangeState::Returned | ChangeState::Withdrawn | ChangeState::Lapsed, _) => String::new(),
    }
}

fn booked(rows: &[BookingRow]) -> Vec<String> {
    rows.iter().map(|row| booking_words::booked(&row.staff_name, row.day, row.part.title())).collect()
}

/// What a change would do to price, money, approval and booked days.
///
/// # Errors
/// `NotFound` outside the caller's scope, `NotAllowed` for who is on neither side; `BadInput` where there is no price.
pub async fn preview(app: &App, actor: &Actor, id: OrderId, (asked, now): (ChangeQuery, Timestamp)) -> Result<ChangePreview, AppError> {
    let reader = app.db.reader();
    let order = order_view::seen(app, &reader, actor, id).await?;
    side_of_caller(actor, &order).ok_or(AppError::refused(ErrorCode::NotAllowed))?;
    let package = asked.package.unwrap_or(order.package);
    let quantity = if asked.quantity == 0 { order.quantity } else { asked.quantity };
    let wanted = Wanted { package, version: None, quantity, start: asked.start.unwrap_or(order.start), seen: now, kept: 0 };
    let judged = judge(&reader, &order, wanted, (now, &[])).await?;
    let (_, needed) = judged.weigh(&reader, &judged.addition).await?;
    let sees_money = actor.may(Permission::ViewSchoolBudget, &Target::School(order.school, order.network));
    Ok(ChangePreview {
        before: of_order(&judged.before),
        after: of_order(&judged.after),
        working: judged.after.working.clone(),
        added: judged.added,
        freed: judged.freed,
        pays: if sees_money { pays(&judged) } else { Vec::new() },
        needs_approval: !needed.by_policy(),
        because: if judged.added.is_zero() { String::new() } else { needed.because },
        bookings: booked(&judged.bookings),
        problems: problems(&judged, sees_money),
    })
}

fn of_order(order: &OrderRow) -> ChangeSide {
    side(&order.tier_name, (order.quantity, order.start, order.price))
}

fn pays(judged: &Judged) -> Vec<AddedShare> {
    let share = |part: &shared::orders::SplitPart| AddedShare { fund_title: judged.side.title_of(part.line).unwrap_or_default(), amount: part.amount };
    judged.addition.iter().map(share).collect()
}

/// A unit reads what concerns the order, and nothing of the school's funds.
fn problems(judged: &Judged, sees_money: bool) -> Vec<String> {
    let about_order = [ErrorCode::NoCapacity, ErrorCode::NotInThisState, ErrorCode::ProviderNotVetted, ErrorCode::ContractExhausted];
    let shown = judged.problems.iter().filter(|(code, _)| sees_money || about_order.contains(code)).map(|(_, message)| message.clone());
    judged.faults.iter().map(|fault| fault.message.clone()).chain(shown).collect()
}
