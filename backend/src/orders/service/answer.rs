//! The unit's answer, and what the school makes of it: accept, “no, but…”, take an alternative.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::catalog::price::{Buying, price_of};
use shared::error::{ErrorCode, FieldError};
use shared::id::{FundId, OrderId};
use shared::identity::policy::Permission;
use shared::ledger::Movement;
use shared::money::Cents;
use shared::orders::api::{Acceptance, Counter, OrderAction, OrderView, Taking};
use shared::orders::approval::{Asked, Needed};
use shared::orders::split::{check_split, preferring, rescale};
use shared::orders::state::{MoneyEffect, OrderCommand};
use shared::orders::{Alternative, OrderState, SplitPart};
use shared::text;
use shared::time::{Date, Timestamp};
use shared::words::orders as words;

use super::cart::{parts_of, search_words, units_of};
use super::cart_edit::split_rows;
use super::child::weigh_order;
use super::change;
use super::contract;
use super::facts::{self, OnSale, SchoolSide, check_plan, ordered_on, school_side, side_of};
use super::money;
use super::notices::Told;
use super::rest;
use super::step::{Errand, Step};
use super::submit::shares;
use super::view::{self, tier_name};
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, service as identity};
use crate::orders::rules::answered_beside;
use crate::orders::store::{self, EventKind, OrderRow, Purchase, Round, SplitRow};

/// The most alternatives that one answer offers.
const ALTERNATIVES_LIMIT: usize = 3;
/// The school has so many of its working days to choose.
pub const CHOOSE_DAYS: u16 = 2;

/// The unit accepts, names who comes and when it starts; while the approval is open, it says by this that it can.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` by field.
pub async fn accept(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: Acceptance) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_acceptance).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_acceptance(tx: Tx, errand: Errand<Acceptance>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    let body = &errand.body;
    step.demand(OrderAction::Accept, body.version)?;
    not_answered(&step)?;
    let contact = text::required(&body.contact, text::TITLE_LIMIT).map_err(|error| AppError::field("contact", error.message()))?;
    let note = text::optional(&body.note, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("note", error.message()))?;
    let district = identity::district(&step.tx).await?;
    if district.calendar.year_of(body.start) != step.before.year {
        return Err(AppError::field("start", words::START_OTHER_YEAR));
    }
    let late = rest::lateness(&step.tx, &step.before, step.ctx.now).await?;
    step.turn(OrderCommand::Accept)?;
    step.after.answered = Some(step.ctx.now);
    step.after.contact.clone_from(&contact);
    step.after.start = body.start;
    let order = step.after.clone();
    let text = if order.state == OrderState::Submitted {
        step.event(EventKind::Available, words::AVAILABLE, words::and_late_words(&words::accepted_detail(&contact, body.start, &note), &late));
        words::tell_available(order.number, &order.unit_name)
    } else {
        step.after.due = Some(start_due(&step, body.start, &district)?);
        step.event(EventKind::Accepted, words::accepted(&contact, body.start), words::and_late_words(&note, &late));
        words::tell_accepted(order.number, &order.unit_name, body.start)
    };
    step.tell(Told::buyer(&order, text.clone()));
    step.write().await?;
    start_moved(&mut step).await?;
    step.commit(text, "").await
}

/// Beside an open approval the unit answers once.
fn not_answered(step: &Step) -> Result<(), AppError> {
    if answered_beside(&step.before) { Err(ErrorCode::NotInThisState.into()) } else { Ok(()) }
}

/// Another start draws on another part of the year; the unit itself chose it, so nobody's turn is passed.
async fn start_moved(step: &mut Step) -> Result<(), AppError> {
    let (before, after) = (step.before.draw(), step.after.draw());
    if before == after {
        return Ok(());
    }
    catalog::release_capacity(&mut step.tx, before, step.before.quantity).await?;
    let moved = catalog::reserve_in_turn(&mut step.tx, after, step.before.quantity).await;
    moved.map_err(|error| if error.code() == ErrorCode::NoCapacity { AppError::field("start", words::START_FULL) } else { error })
}

/// The unit owes its first delivery on the day it starts, and now where that day has come.
pub fn start_due(step: &Step, start: Date, district: &crate::identity::District) -> Result<Timestamp, AppError> {
    let today = district.day_of(step.ctx.now)?;
    district.same_hour_on(step.ctx.now, start.max(today.plus_days(1)))
}

/// The unit answers “no, but…”.
///
/// # Errors
/// `AnswerNeedsReason` for a bare no: it takes alternatives, or the quoted rule with an offer to talk.
pub async fn counter(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: Counter) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_counter).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_counter(tx: Tx, errand: Errand<Counter>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.demand(OrderAction::Counter, errand.body.version)?;
    not_answered(&step)?;
    change::none_open(&step).await?;
    let counter = checked(&errand.body)?;
    for (at, alternative) in counter.alternatives.iter().enumerate() {
        check_alternative(&step, at, alternative).await?;
    }
    let time = calendar::school_time(&step.tx, step.before.school).await?;
    let late = rest::lateness(&step.tx, &step.before, step.ctx.now).await?;
    step.turn(OrderCommand::Counter)?;
    step.after.answered = Some(step.ctx.now);
    if step.after.state == OrderState::Countered {
        step.after.due = Some(time.later(ClockOf::School, step.ctx.now, CHOOSE_DAYS)?);
    }
    step.after.countered_by = Some(step.ctx.actor.person);
    step.event(EventKind::Countered, words::countered(counter.reason), words::and_late_words(&counter.explanation, &late));
    let explanation = counter.explanation.clone();
    step.after.counter = Some(counter);
    let order = step.after.clone();
    let text = words::tell_countered(order.number, &order.unit_name);
    step.tell(Told::buyer(&order, text.clone()));
    step.write().await?;
    step.commit(text, &explanation).await
}

/// Invariant: never a bare no.
fn checked(body: &Counter) -> Result<Counter, AppError> {
    let bare = |field: &str, message: &str| AppError::Refused {
        code: ErrorCode::AnswerNeedsReason,
        message: None,
        fields: vec![FieldError::new(field, message)],
    };
    let paragraph =
        |field: &str, raw: &str| text::optional(raw, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field(field, error.message()));
    let explanation = paragraph("explanation", &body.explanation)?;
    let rule_quoted = paragraph("rule_quoted", &body.rule_quoted)?;
    let offer_to_talk = paragraph("offer_to_talk", &body.offer_to_talk)?;
    if explanation.is_empty() {
        return Err(bare("explanation", words::SAY_WHY));
    }
    if body.alternatives.len() > ALTERNATIVES_LIMIT {
        return Err(AppError::field("alternatives", words::too_many_alternatives(ALTERNATIVES_LIMIT)));
    }
    if body.alternatives.is_empty() && rule_quoted.is_empty() {
        return Err(bare("alternatives", words::NO_NEEDS_BUT));
    }
    if body.alternatives.is_empty() && offer_to_talk.is_empty() {
        return Err(bare("offer_to_talk", words::OFFER_TO_TALK));
    }
    Ok(Counter { explanation, rule_quoted, offer_to_talk, ..body.clone() })
}

async fn check_alternative(step: &Step, at: usize, alternative: &Alternative) -> Result<(), AppError> {
    let field = |name: &str| format!("alternatives.{at}.{name}");
    let Some(found) = facts::on_sale(&step.tx, alternative.package).await? else {
        return Err(AppError::field(&field("package"), words::ALTERNATIVE_GONE));
    };
    let side = side_of(&step.tx, step.ctx.now, budget::school_facts(&step.tx, step.before.school).await?).await?;
    let choices = step.before.choices.offered_by(&found.package.content.extras);
    let buying = Buying { facts: &side.school.facts, day: ordered_on(&side.district, &step.before, step.ctx.now)?, quote: None };
    let priced = price_of(&found.package.content, alternative.quantity, &choices, &buying)
        .map_err(|error| AppError::field(&field("quantity"), error.message()))?;
    if let Some(fund) = alternative.fund {
        let order = OrderRow { start: alternative.start, ..step.before.clone() };
        // Whether it may pay at all; how much there is stays the school's own.
        if !side.fit(&found, &order, priced.total).offers.iter().any(|offer| offer.fund == fund && offer.verdict.is_yes()) {
            return Err(AppError::field(&field("fund"), words::FUND_UNFIT));
        }
    }
    text::optional(&alternative.note, text::LINE_LIMIT).map_err(|error| AppError::field(&field("note"), error.message()))?;
    Ok(())
}

/// What taking an alternative makes of the order, judged before the transaction.
#[derive(Clone)]
struct Taken {
    version: u32,
    after: OrderRow,
    parts: Vec<SplitPart>,
    side: Arc<SchoolSide>,
    found: OnSale,
    asked: Asked,
}

/// The school takes one of the alternatives; inside the approved envelope no new approval is needed.
///
/// # Errors
/// As submitting: the fund rules, the money and the capacity are looked at anew.
pub async fn take(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: Taking) -> Result<OrderView, AppError> {
    match judge(app, ctx, order, body).await {
        Ok(taken) => {
            let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body: taken };
            app.db.command(&ctx.key(), order, errand, write_taking).await?;
        }
        Err(error) if app.db.answered(&ctx.key()).await?.is_none() => return Err(error),
        Err(_) => {}
    }
    view::order(app, &ctx.actor, order).await
}

async fn judge(app: &App, ctx: &CommandContext, id: OrderId, body: Taking) -> Result<Taken, AppError> {
    let reader = app.db.reader();
    let row = view::seen(app, &reader, &ctx.actor, id).await?;
    let at = usize::try_from(body.alternative).unwrap_or(usize::MAX);
    let offers = row.counter.as_ref().map(|counter| counter.alternatives.as_slice()).unwrap_or_default();
    let chosen = offers.get(at).ok_or(AppError::refused(ErrorCode::NotInThisState))?;
    let found = facts::on_sale(&reader, chosen.package).await?.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    let mut side = school_side(app, (&ctx.actor, ctx.now), Permission::SubmitOrder, row.school).await?;
    let choices = row.choices.offered_by(&found.package.content.extras);
    let buying = Buying { facts: &side.school.facts, day: ordered_on(&side.district, &row, ctx.now)?, quote: None };
    let priced = price_of(&found.package.content, chosen.quantity, &choices, &buying);
    let priced = priced.map_err(|error| AppError::saying(ErrorCode::PriceChanged, error.message()))?;
    let mut after = row.clone();
    (after.choices, after.price_lines) = (choices, priced.lines);
    (after.service, after.package, after.package_version) = (found.service.id, found.package.id, found.package.version);
    (after.quantity, after.units) = (chosen.quantity, units_of(&found.package, chosen.quantity)?);
    after.measure = shared::catalog::price::measure(&found.package.content);
    (after.provider, after.category) = (found.service.content.provider.clone(), Some(found.service.content.category));
    after.contract_draw = contract::provider_part(&found, priced.total, chosen.quantity);
    (after.title, after.tier, after.tier_name) = (found.service.content.title.clone(), found.package.content.tier, tier_name(&found));
    (after.start, after.price, after.working) = (chosen.start.max(side.today), priced.total, priced.working);
    after.words = search_words(&after);
    let old = store::splits(&reader, &[id]).await?;
    move_to(&mut after, &found);
    // What was agreed for a term was agreed for the package as it was ordered.
    (after.locked, after.term_year) = (None, 1);
    side.free(&old, row.goal);
    let parts = split_for(&side, &found, &after, (chosen.fund, &parts_of(id, &old)))?;
    let asked = side.asked(&found, after.price, &parts);
    Ok(Taken { version: body.version, after, parts, side: Arc::new(side), found, asked })
}

/// Another unit's package makes the order that unit's.
fn move_to(order: &mut OrderRow, found: &OnSale) {
    if order.unit == found.service.unit {
        return;
    }
    (order.unit, order.unit_name, order.division) = (found.service.unit, found.unit.name.clone(), found.unit.division);
    order.unit_contact.clone_from(&found.unit.contact);
    order.words = search_words(order);
}

/// The offered fund first, or the old shares at the new price, where the funds allow it; else the product's proposal.
fn split_for(
    side: &SchoolSide,
    found: &OnSale,
    order: &OrderRow,
    (fund, old): (Option<FundId>, &[SplitPart]),
) -> Result<Vec<SplitPart>, AppError> {
    let fit = side.fit(found, order, order.price);
    let scaled = fund.map_or_else(|| rescale(old, order.price), |fund| preferring(fund, &fit));
    if check_split(&scaled, &fit).is_ok() {
        return Ok(scaled);
    }
    let proposal = fit.proposal();
    match check_split(&proposal, &fit) {
        Ok(()) => Ok(proposal),
        Err(_) if !fit.shortfall.is_zero() => Err(AppError::saying(ErrorCode::NotEnoughMoney, words::not_fundable(fit.shortfall))),
        Err(refusal) => Err(AppError::Refused { code: refusal.code, message: None, fields: refusal.fields }),
    }
}

async fn write_taking(tx: Tx, errand: Errand<Taken>) -> Result<(), AppError> {
    let Taken { version, after, parts, side, found, asked } = errand.body.clone();
    let mut step = Step::open(tx, &errand).await?;
    step.demand(OrderAction::Take, version)?;
    if step.before.counter.is_none() {
        return Err(ErrorCode::NotInThisState.into());
    }
    let inside = step.before.state == OrderState::Countered && after.price <= step.before.envelope;
    step.after = after;
    let needed = if inside { None } else { Some(weigh_again(&mut step, &side, &asked).await?) };
    let needs_approval = needed.as_ref().is_some_and(|needed| !needed.by_policy());
    let elsewhere = step.after.unit != step.before.unit;
    let effect = step.turn(OrderCommand::TakeAlternative { needs_approval, elsewhere })?;
    (step.after.counter, step.after.countered_by) = (None, None);
    hand_over(&mut step, (&found, &side), elsewhere)?;
    (step.after.buyer, step.after.submitted) = (Some(step.ctx.actor.person), Some(step.ctx.now));
    step.after.bought_for = step.ctx.acting_for(step.before.school);
    match &needed {
        Some(needed) if needs_approval => ask_again(&mut step, &side, needed)?,
        _ => agreed(&mut step, &side, needed.as_ref())?,
    }
    let order = step.after.clone();
    step.write().await?;
    store::void_steps(&mut step.tx, order.id).await?;
    if let Some(needed) = needed.as_ref().filter(|_| needs_approval) {
        let round = Round { order: order.id, needed, opened: step.ctx.now, due: order.due.unwrap_or(step.ctx.now) };
        store::begin_rounds(&mut step.tx, &[round]).await?;
    }
    contract::give_back_all(&mut step.tx, &step.before).await?;
    contract::draw(&mut step.tx, &found, &order, side.today).await?;
    rebook(&mut step, &parts, effect, &side).await?;
    step.commit(words::took(&order.title, order.price), "").await
}

/// The unit offered it, so it has said that it can; where it is another one's, that one has yet to answer. Both are told.
fn hand_over(step: &mut Step, (found, side): (&OnSale, &SchoolSide), elsewhere: bool) -> Result<(), AppError> {
    let text = words::took(&step.after.tier_name, step.after.price);
    let moved = if elsewhere { words::moved_to(&step.after.unit_name) } else { String::new() };
    step.event(EventKind::Taken, text, words::and_late_words(&step.after.working.clone(), &moved));
    let order = step.after.clone();
    if !elsewhere {
        step.after.answered = step.before.answered.or(Some(step.ctx.now));
        step.after.contact.clone_from(&found.unit.contact);
        step.tell(Told::unit(&order, words::tell_taken(order.number, &order.school_name)));
        return Ok(());
    }
    (step.after.answered, step.after.contact) = (None, String::new());
    step.after.answer_due = Some(side.time.later(ClockOf::Office, step.ctx.now, u16::from(found.service.content.level.reply_days))?);
    let text = words::tell_moved(order.number, &order.school_name, &order.unit_name);
    step.tell(Told { link: words::ORDERS_LINK.to_owned(), ..Told::unit(&step.before, text) });
    step.tell(Told::unit(&order, words::tell_unit(order.number, &order.school_name, &order.title)));
    Ok(())
}

/// Who has to decide on the alternative: the policy is asked where no other submission of the school to this unit can come between.
async fn weigh_again(step: &mut Step, side: &SchoolSide, asked: &Asked) -> Result<Needed, AppError> {
    store::take_turns(&mut step.tx, step.after.school, &BTreeSet::from([step.after.unit])).await?;
    let policy = facts::policy_on(&step.tx, side.today).await?;
    // The order itself may be among what was ordered lately; it counts once.
    Ok(weigh_order(&step.tx, (side, &policy), (&step.after, asked), &step.before).await?.1)
}

/// The alternative waits for an approval of its own.
fn ask_again(step: &mut Step, side: &SchoolSide, needed: &Needed) -> Result<(), AppError> {
    (step.after.approved, step.after.envelope) = (None, Cents::ZERO);
    let Some(first) = needed.steps.first() else { return Ok(()) };
    step.after.due = Some(side.time.later(ClockOf::Office, step.ctx.now, first.days)?);
    let order = step.after.clone();
    step.tell(Told::approvers(&order, first.role, words::tell_approver(order.number, &order.school_name, order.price)));
    Ok(())
}

/// Nobody has to be asked: inside what was approved, or by policy.
fn agreed(step: &mut Step, side: &SchoolSide, needed: Option<&Needed>) -> Result<(), AppError> {
    match needed {
        None => {
            let envelope = step.before.envelope;
            step.event(EventKind::Policy, words::approved_within(envelope), "");
        }
        Some(needed) => {
            step.event(EventKind::Policy, words::APPROVED_BY_POLICY, needed.because.clone());
            (step.after.approved, step.after.envelope) = (Some(step.ctx.now), step.after.price);
        }
    }
    step.after.due = if step.after.state == OrderState::Approved { step.after.answer_due } else { Some(start_due(step, step.after.start, &side.district)?) };
    Ok(())
}

/// Frees the old shares and commits the new ones; capacity and projection follow.
async fn rebook(step: &mut Step, parts: &[SplitPart], effect: MoneyEffect, side: &SchoolSide) -> Result<(), AppError> {
    let (before, after) = (step.before.clone(), step.after.clone());
    catalog::release_capacity(&mut step.tx, before.draw(), before.quantity).await?;
    catalog::reserve_capacity(&mut step.tx, after.draw(), after.quantity).await?;
    catalog::give_guaranteed_back(&mut step.tx, before.guarantee(), before.quantity).await?;
    let guaranteed = facts::bought(&step.tx, &after).await?.package.content.extras.guaranteed;
    catalog::take_guaranteed(&mut step.tx, after.guarantee(), after.quantity, guaranteed).await?;
    store::forget_purchase(&mut step.tx, after.id).await?;
    let shares = shares(side, parts)?;
    store::insert_purchases(&mut step.tx, &[Purchase { order: &after, shares: &shares, day: side.today }]).await?;
    let mut old = store::splits(&step.tx, &[after.id]).await?;
    let mut new: Vec<SplitRow> = split_rows(after.id, parts);
    let pending = matches!(effect, MoneyEffect::VoidAndReserve | MoneyEffect::VoidAndEncumber);
    let mut movements: Vec<Movement> = if pending { money::give_back(&mut old) } else { money::release(&mut old) };
    let freed = movements.len();
    let reserve = matches!(effect, MoneyEffect::ReleaseAndReserve | MoneyEffect::VoidAndReserve);
    let state = if reserve { OrderState::Submitted } else { OrderState::Approved };
    movements.extend(money::commit(state, &new));
    let ids = money::apply(&mut step.tx, &movements, |line| side.title_of(line)).await?;
    check_plan(&step.tx, &side.plan_limits(parts, after.goal)).await?;
    for (split, id) in new.iter_mut().zip(ids.into_iter().skip(freed)) {
        split.pending = (state == OrderState::Submitted).then_some(id);
    }
    store::forget_splits(&mut step.tx, &[after.id]).await?;
    Ok(store::insert_splits(&mut step.tx, &new).await?)
}
