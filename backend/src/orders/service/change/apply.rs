//! What an agreed change does to the order: its words, capacity, bookings, contract and money; and what is put back where it ends otherwise.

use shared::budget::CauseKind;
use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::ledger::{Cause, Movement, NewTransfer, Resolution, TransferKind};
use shared::money::Cents;
use shared::orders::approval::Needed;
use shared::orders::change::{ChangeCommand, ChangeState, apply as turn};
use shared::orders::questions::Side;
use shared::orders::state::{MoneyEffect, OrderCommand};
use shared::orders::{OrderState, SplitPart};
use shared::words::orders as words;
use shared::words::orders::booking as booking_words;
use shared::words::orders::change as said;

use super::super::answer::start_due;
use super::super::contract;
use super::super::deliver::CLOSE_DAYS;
use super::super::facts::check_plan;
use super::super::money;
use super::super::notices::Told;
use super::super::step::Step;
use super::super::submit::shares;
use super::judge::{Judged, more_capacity, same_pool, store_parts};
use super::{audience, sides};
use crate::catalog::service::{self as catalog, Draw};
use crate::error::AppError;
use crate::orders::store::{self, ChangeRow, EventKind, OrderRow, Purchase, SplitRow};

/// Writes the change's next state.
///
/// # Errors
/// `Stale` where somebody was first.
pub(super) async fn change(step: &mut Step, row: &ChangeRow, next: &ChangeRow) -> Result<(), AppError> {
    if store::change_change(&mut step.tx, row, next).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

/// Reserves what a change adds, and lets sums and plan see it.
///
/// # Errors
/// `NotEnoughMoney` naming the fund.
pub(super) async fn reserve(step: &mut Step, row: &ChangeRow, judged: &Judged) -> Result<(), AppError> {
    let order = OrderRow { state: OrderState::Submitted, ..judged.after.clone() };
    let shares = shares(&judged.side, &judged.addition)?;
    store::insert_added_purchase(&mut step.tx, &Purchase { order: &order, shares: &shares, day: judged.side.today }).await?;
    let reserved = |part: &SplitPart| Movement::Reserve(on_line(TransferKind::OrderReserved, part, row));
    let movements: Vec<Movement> = judged.addition.iter().map(reserved).collect();
    let ids = money::apply(&mut step.tx, &movements, |line| judged.side.title_of(line)).await?;
    check_plan(&step.tx, &judged.side.plan_limits(&judged.addition, judged.after.goal)).await?;
    Ok(store::insert_added(&mut step.tx, row.id, &judged.addition, &ids).await?)
}

fn on_line(kind: TransferKind, part: &SplitPart, row: &ChangeRow) -> NewTransfer {
    NewTransfer::on_line(kind, part.line, part.amount, Cause::new(CauseKind::Order, row.order))
}

/// Keeps what a change needs of the unit's capacity until it is approved.
///
/// # Errors
/// `NoCapacity`.
pub(super) async fn keep_capacity(step: &mut Step, judged: &Judged, units: u32) -> Result<(), AppError> {
    if units == 0 {
        return Ok(());
    }
    catalog::reserve_capacity(&mut step.tx, judged.after.draw(), units).await
}

/// Lets an agreed, and where it must be approved change hold. The caller told its timeline who agreed, and commits with the answer.
///
/// # Errors
/// `Stale`, `NotInThisState`, `NoCapacity`, `NotEnoughMoney`.
pub(super) async fn carry_out(
    step: &mut Step,
    (row, next): (&ChangeRow, &ChangeRow),
    judged: Judged,
    (effect, needed): (MoneyEffect, &Needed),
) -> Result<String, AppError> {
    let completes = judged.after.units == step.before.confirmed_units;
    step.after = judged.after.clone();
    step.turn(OrderCommand::Change { completes })?;
    take_up(step, &judged, needed).await?;
    let (before, after, prices) = sides(row);
    let text = said::changed(&before, &after, prices);
    let freed = if judged.freed.is_zero() { String::new() } else { said::released(judged.freed) };
    step.event(EventKind::Changed, text.clone(), words::and_late_words(&row.working, &freed));
    for booking in &judged.bookings {
        step.event(EventKind::Unbooked, booking_words::unbooked(&booking.staff_name, booking.day), "");
    }
    if step.after.state == OrderState::Delivered {
        step.tell(Told::buyer(&step.before, words::tell_delivered(step.before.number)));
    }
    step.write().await?;
    change(step, row, next).await?;
    free_bookings(step, &judged).await?;
    move_capacity(step, row.kept, &judged).await?;
    contract::adjust(&mut step.tx, &judged.found, (&judged.before, &judged.after), judged.side.today).await?;
    move_money(step, row, judged, effect).await?;
    Ok(text)
}

/// Envelope, clock and what the policy says.
async fn take_up(step: &mut Step, judged: &Judged, needed: &Needed) -> Result<(), AppError> {
    let (before, now) = (&step.before, step.ctx.now);
    let by_policy = !judged.within() && needed.by_policy();
    let mut after = step.after.clone();
    after.envelope = if judged.added.is_zero() {
        before.envelope.saturating_sub(judged.freed).max(after.price)
    } else if judged.within() {
        before.envelope
    } else {
        after.approved = Some(now);
        after.price
    };
    if after.state == OrderState::Delivered {
        after.due = Some(judged.side.time.later(ClockOf::School, now, CLOSE_DAYS)?);
    } else if after.state == OrderState::Accepted && after.start != before.start {
        after.due = Some(start_due(step, after.start, &judged.side.district)?);
    }
    step.after = after;
    if by_policy {
        step.event(EventKind::Policy, words::APPROVED_BY_POLICY, needed.because.clone());
    } else if judged.within() && !judged.added.is_zero() {
        step.event(EventKind::Policy, words::approved_within(judged.before.envelope), "");
    }
    Ok(())
}

/// The booked days that no longer fit; the order's row is held, the unit's calendar comes after it.
async fn free_bookings(step: &mut Step, judged: &Judged) -> Result<(), AppError> {
    if judged.bookings.is_empty() {
        return Ok(());
    }
    store::take_calendar(&mut step.tx, judged.before.unit).await?;
    for booking in &judged.bookings {
        if !store::delete_booking(&mut step.tx, booking.id).await? {
            return Err(ErrorCode::Stale.into());
        }
    }
    Ok(())
}

/// Brings what is sold of the package to the new quantity, start and tier; `kept` of it is kept already.
async fn move_capacity(step: &mut Step, kept: u32, judged: &Judged) -> Result<(), AppError> {
    let (before, after) = (&judged.before, &judged.after);
    let gone = if same_pool(before, after) { before.quantity.saturating_sub(after.quantity) } else { before.quantity };
    if gone > 0 {
        catalog::release_capacity(&mut step.tx, before.draw(), gone).await?;
    }
    let more = more_capacity(before, after).saturating_sub(kept);
    let moved_only = before.package == after.package && after.quantity <= before.quantity;
    if more > 0 && moved_only {
        // What the school holds already passes nobody.
        catalog::reserve_in_turn(&mut step.tx, after.draw(), more).await?;
    } else if more > 0 {
        catalog::reserve_capacity(&mut step.tx, after.draw(), more).await?;
    }
    if (before.package, before.quantity) != (after.package, after.quantity) {
        catalog::give_guaranteed_back(&mut step.tx, before.guarantee(), before.quantity).await?;
        let guaranteed = judged.found.package.content.extras.guaranteed;
        catalog::take_guaranteed(&mut step.tx, after.guarantee(), after.quantity, guaranteed).await?;
    }
    Ok(())
}

/// Moves the money last: what is added is encumbered, what is freed becomes available; shares and projection follow.
async fn move_money(step: &mut Step, row: &ChangeRow, judged: Judged, effect: MoneyEffect) -> Result<(), AppError> {
    let Judged { side, after, mut splits, added, addition, frees, .. } = judged;
    let day = store::purchase_day(&step.tx, row.order).await?.filter(|_| added.is_zero()).unwrap_or(side.today);
    let mut movements: Vec<Movement> = match effect {
        MoneyEffect::PostReservation => resolved(step, row, |amount| Resolution::Post(amount)).await?,
        MoneyEffect::Encumber => addition.iter().map(|part| Movement::Post(on_line(TransferKind::OrderEncumbered, part, row))).collect(),
        MoneyEffect::ReleasePart => Vec::new(),
        other => return Err(AppError::internal(format!("a change that does {other:?}"))),
    };
    movements.extend(frees.iter().map(|part| Movement::Post(on_line(TransferKind::OrderReleased, part, row))));
    let known = splits.len();
    shift(&mut splits, row, (&addition, &frees));
    for split in splits.iter().take(known) {
        store::change_split(&mut step.tx, split).await?;
    }
    store::insert_splits(&mut step.tx, splits.get(known..).unwrap_or_default()).await?;
    let parts = store_parts(&splits);
    let state = step.after.state;
    let order = OrderRow { state, ..after.clone() };
    store::forget_purchase(&mut step.tx, row.order).await?;
    store::insert_purchases(&mut step.tx, &[Purchase { order: &order, shares: &shares(&side, &parts)?, day }]).await?;
    money::apply(&mut step.tx, &movements, |line| side.title_of(line)).await?;
    if added.is_zero() { Ok(()) } else { check_plan(&step.tx, &side.plan_limits(&parts, after.goal)).await }
}

/// Adds and frees each line's part; a fund that pays only what is added gets a share of its own.
fn shift(splits: &mut Vec<SplitRow>, row: &ChangeRow, (addition, frees): (&[SplitPart], &[SplitPart])) {
    for part in addition {
        if let Some(split) = splits.iter_mut().find(|split| split.line == part.line) {
            split.amount = split.amount.saturating_add(part.amount);
            continue;
        }
        let position = splits.iter().map(|split| split.position + 1).max().unwrap_or(0);
        splits.push(SplitRow {
            order: row.order,
            position,
            line: part.line,
            amount: part.amount,
            spent: Cents::ZERO,
            released: Cents::ZERO,
            pending: None,
        });
    }
    for part in frees {
        if let Some(split) = splits.iter_mut().find(|split| split.line == part.line) {
            split.released = split.released.saturating_add(part.amount);
        }
    }
}

/// Resolves what a change reserved.
async fn resolved(step: &mut Step, row: &ChangeRow, how: fn(Cents) -> Resolution) -> Result<Vec<Movement>, AppError> {
    let parts = store::added(&step.tx, row.id).await?;
    store::settle_added(&mut step.tx, row.id).await?;
    let one = |part: &store::AddedRow| part.pending.map(|pending| Movement::Resolve { pending, resolution: how(part.amount) });
    Ok(parts.iter().filter_map(one).collect())
}

/// Puts back what was reserved and kept for a change that ends without holding; answers with what the money does.
///
/// # Errors
/// `Stale` where somebody was first.
pub(super) async fn put_back(step: &mut Step, row: &ChangeRow, next: &ChangeRow) -> Result<Vec<Movement>, AppError> {
    change(step, row, next).await?;
    if row.state == ChangeState::Approving {
        store::void_steps(&mut step.tx, row.order).await?;
    }
    if row.kept > 0 {
        let draw = Draw { package: row.package, year: step.before.year, start: row.start };
        catalog::release_capacity(&mut step.tx, draw, row.kept).await?;
    }
    store::forget_added_purchase(&mut step.tx, row.order).await?;
    resolved(step, row, |_| Resolution::Void).await
}

/// Lets the order's open change lapse, as the order ends; the caller writes the order and moves the money that this answers with.
///
/// # Errors
/// `Stale` where somebody was first.
pub async fn lapse(step: &mut Step) -> Result<Vec<Movement>, AppError> {
    let Some(row) = store::open_change(&step.tx, step.before.id).await? else { return Ok(Vec::new()) };
    let reserved = store::added(&step.tx, row.id).await?.iter().any(|part| part.pending.is_some());
    let outcome = turn(row.state, ChangeCommand::Lapse { reserved }).map_err(|_| AppError::refused(ErrorCode::NotInThisState))?;
    let next = ChangeRow { state: outcome.state, due: None, rests: None, kept: 0, ..row.clone() };
    let (_, after, _) = sides(&row);
    step.event(EventKind::ChangeLapsed, said::lapsed(&after), said::LAPSED_WHY);
    let order = step.before.clone();
    for side in [Side::School, Side::Unit] {
        step.tell(Told::of(audience(side, &order), &order, said::tell_lapsed(order.number)));
    }
    put_back(step, &row, &next).await
}
