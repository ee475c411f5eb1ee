//! What is made of an order's rest: the page that shows it first, and handing back; swaps and gifts stand beside.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::budget::CauseKind;
use shared::id::{OrderId, TransferId};
use shared::ledger::{Cause, Movement, NewTransfer, TransferKind};
use shared::identity::api::SchoolRef;
use shared::money::Cents;
use shared::orders::api::{HandingBack, OrderView, RescueView, Rest};
use shared::orders::dates::YearlyKind;
use shared::orders::period::shortened;
use shared::orders::rescue::{HandBack, hand_back, kept_share};
use shared::orders::split::delivery_split;
use shared::orders::state::OrderCommand;
use shared::orders::OrderState;
use shared::time::Timestamp;
use shared::words::orders as words;

use super::approve::reason;
use super::bench;
use super::change;
use super::contract;
use super::dates::dates_of;
use super::facts::{self, OnSale};
use super::gift;
use super::money;
use super::notices::Told;
use super::step::{Errand, Step};
use super::stretch::lay_out;
use super::view;
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::catalog::service as catalog;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext};
use crate::orders::rules::{Standing, draw_down};
use crate::orders::store::{self, EventKind, OrderRow, SplitRow};

/// The rest of an order; it is laid out.
pub(super) fn rest_of(order: &OrderRow) -> Rest {
    Rest {
        price: order.price,
        units: order.units,
        logged: order.logged_units,
        confirmed: order.confirmed_units,
        periods: order.periods.clone(),
    }
}

/// Until when an order's rest can be handed back, by its own terms and the district's day.
pub(super) async fn cut_off<Q: Query>(query: &Q, order: &OrderRow, bought: &OnSale, now: Timestamp) -> Result<HandBack, AppError> {
    let time = calendar::time(query).await?;
    let district = dates_of(query, order.year).await?.day(YearlyKind::HandBack);
    Ok(hand_back(&bought.service.content.terms, district, time.district.day_of(now)?))
}

/// What can be made of an order's rest, and what each way does to the money.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn rescue(app: &App, actor: &Actor, id: OrderId) -> Result<RescueView, AppError> {
    let reader = app.db.reader();
    let mut order = view::seen(app, &reader, actor, id).await?;
    let standing = Standing::of(actor, &order, &bench::of(&reader, actor, &order, app.now()).await?);
    if !standing.sees_money {
        return Err(AppError::not_found());
    }
    let time = calendar::school_time(&reader, order.school).await?;
    lay_out(&mut order, &time);
    let bought = facts::bought(&reader, &order).await?;
    let until = cut_off(&reader, &order, &bought, app.now()).await?;
    let rest = rest_of(&order);
    let why_not = match order.state {
        OrderState::Accepted | OrderState::InDelivery if rest.left() == 0 => words::NOTHING_LEFT,
        OrderState::Accepted | OrderState::InDelivery => "",
        OrderState::Draft
        | OrderState::Submitted
        | OrderState::Approved
        | OrderState::Returned
        | OrderState::Countered
        | OrderState::Delivered
        | OrderState::Closed
        | OrderState::Withdrawn
        | OrderState::Cancelled => words::ONLY_IN_WORK,
    };
    let mut schools = Vec::new();
    if standing.buys {
        let known = budget::list_schools(&reader).await?;
        schools = known.into_iter().filter(|s| s.id != order.school).map(|s| SchoolRef { id: s.id, name: s.name }).collect();
    }
    Ok(RescueView {
        order: id,
        version: order.version,
        measure: order.measure,
        hand_back: until,
        kept_elsewhere: kept_share(&bought.service.content.terms, until, false),
        may: standing.buys && why_not.is_empty(),
        why_not: why_not.to_owned(),
        schools,
        gifts: gift::views(actor, store::gifts_of(&reader, id).await?),
        rest,
    })
}

/// Opens a step for the buyer's side of a rescue: in work, seen as it stands, laid out.
pub(super) async fn open<B>(tx: Tx, errand: &Errand<B>, version: u32) -> Result<Step, AppError> {
    let mut step = Step::open(tx, errand).await?;
    if !step.standing.buys {
        return Err(ErrorCode::NotAllowed.into());
    }
    step.same_version(version)?;
    prepare(&mut step).await?;
    Ok(step)
}

/// Lays the order out, and refuses one that is not in work.
pub(super) async fn prepare(step: &mut Step) -> Result<(), AppError> {
    if !matches!(step.before.state, OrderState::Accepted | OrderState::InDelivery) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::ONLY_IN_WORK));
    }
    change::none_open(step).await?;
    let time = calendar::school_time(&step.tx, step.before.school).await?;
    lay_out(&mut step.after, &time);
    Ok(())
}

/// What went off an order.
pub(super) struct TakenOff {
    pub value: Cents,
    pub movements: Vec<Movement>,
    pub splits: Vec<SplitRow>,
}

/// Takes the last `units` off an order in memory: its price, its shares, what is released. The caller writes, books and commits.
///
/// Invariant: what goes and what stays sum to the price; nothing that is logged goes.
///
/// # Errors
/// `BadInput` at `units`.
pub(super) async fn take_off(step: &mut Step, units: u32) -> Result<TakenOff, AppError> {
    let rest = rest_of(&step.after);
    let free = rest.left().saturating_sub(step_promised(step).await?);
    if units == 0 || units > free {
        return Err(AppError::field("units", words::NO_REST));
    }
    if units == rest.units {
        return Err(AppError::field("units", words::ALL_IS_CANCEL));
    }
    let value = rest.value_of(units);
    let mut splits = store::splits(&step.tx, &[step.before.id]).await?;
    let parts = delivery_split(&draw_down(&splits), value).ok_or_else(|| AppError::internal("a rest above what is encumbered"))?;
    let mut movements = Vec::with_capacity(parts.len());
    for part in parts {
        if let Some(split) = splits.iter_mut().find(|split| split.line == part.line) {
            split.released = split.released.saturating_add(part.amount);
        }
        let cause = Cause::new(CauseKind::Order, step.before.id);
        movements.push(Movement::Post(NewTransfer::on_line(TransferKind::OrderReleased, part.line, part.amount, cause)));
    }
    let stays = rest.units - units;
    step.turn(OrderCommand::TakeOff { completes: stays == rest.confirmed })?;
    let after = &mut step.after;
    (after.price, after.periods, after.units) = (rest.price_without(units), shortened(&rest.periods, stays), stays);
    after.envelope = after.envelope.saturating_sub(value).max(Cents::ZERO);
    let undrawn = contract::share_of(&step.before, value);
    contract::give_back(&mut step.tx, &step.before, undrawn).await?;
    step.after.contract_draw = step.before.contract_draw.saturating_sub(undrawn);
    Ok(TakenOff { value, movements, splits })
}

/// Units that are offered to another school stay until that is settled.
async fn step_promised(step: &Step) -> Result<u32, AppError> {
    Ok(store::promised(&step.tx, step.before.id).await?)
}

/// Gives the capacity of so many units back, and keeps the order's quantity in step with its units.
pub(super) async fn free_capacity(step: &mut Step, units: u32) -> Result<(), AppError> {
    let before = rest_of(&step.before).units.max(1);
    let was = if step.before.periods.is_empty() && !step.after.periods.is_empty() { step.after.units + units } else { before };
    let quantity = u64::from(step.before.quantity) * u64::from(units) / u64::from(was.max(1));
    let quantity = u32::try_from(quantity).unwrap_or(0).min(step.before.quantity.saturating_sub(1));
    if quantity > 0 {
        let draw = step.before.draw();
        catalog::release_capacity(&mut step.tx, draw, quantity).await?;
        step.after.quantity = step.before.quantity - quantity;
    }
    Ok(())
}

/// Writes the smaller order with its shares and projection, then moves the money.
pub(super) async fn write_smaller(step: &mut Step, off: &TakenOff, more: &[Movement]) -> Result<Vec<TransferId>, AppError> {
    step.write().await?;
    for split in &off.splits {
        store::change_split(&mut step.tx, split).await?;
        store::purchase_left(&mut step.tx, split).await?;
    }
    let movements: Vec<Movement> = off.movements.iter().chain(more).cloned().collect();
    money::apply(&mut step.tx, &movements, money::unnamed).await
}

/// The school hands back some of the rest, before the cut-off of the terms, at its full value.
///
/// # Errors
/// `NotInThisState` once the cut-off has passed, `Stale`, `PriceChanged` where the value is another than was seen, `BadInput` by field.
pub async fn hand_back_units(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: HandingBack) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_handing_back).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_handing_back(tx: Tx, errand: Errand<HandingBack>) -> Result<(), AppError> {
    let body = &errand.body;
    let mut step = open(tx, &errand, body.version).await?;
    let reason = reason(&body.reason)?;
    let bought = facts::bought(&step.tx, &step.before).await?;
    let until = cut_off(&step.tx, &step.before, &bought, step.ctx.now).await?;
    if !matches!(until, HandBack::Until { .. }) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::hand_back_words(until)));
    }
    let off = take_off(&mut step, body.units).await?;
    if off.value != body.value {
        return Err(AppError::saying(ErrorCode::PriceChanged, words::value_now(off.value)));
    }
    free_capacity(&mut step, body.units).await?;
    let counted = words::counted(body.units, step.after.unit_word());
    let text = words::handed_back(&counted, off.value);
    step.event(EventKind::HandedBack, text.clone(), reason.clone());
    let order = step.before.clone();
    step.tell(Told::unit(&order, words::tell_handed_back(order.number, &order.school_name, &counted)));
    if step.after.state == OrderState::Delivered {
        step.tell(Told::buyer(&order, words::tell_delivered(order.number)));
    }
    write_smaller(&mut step, &off, &[]).await?;
    step.commit(text, &reason).await
}
