//! Changes of running orders: proposed by one side, answered by the other; what costs more than was approved is approved again.

mod apply;
mod approve;
mod end;
mod judge;
mod view;

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::id::{ChangeId, OrderId};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::api::OrderView;
use shared::orders::approval::{Needed, SellerSum};
use shared::orders::change::api::{AcceptingChange, NewChange};
use shared::orders::change::{Addition, ChangeCommand, ChangeState, apply as turn, is_changeable};
use shared::orders::questions::Side;
use shared::time::Timestamp;
use shared::words::orders as words;
use shared::words::orders::change as said;

use super::answer::CHOOSE_DAYS;
use super::approve::reason;
use super::delegate;
use super::facts;
use super::notices::{Audience, Told};
use super::rest;
use super::step::{Errand, Step};
use super::view::{self as order_view};
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Target};
use crate::orders::store::{self, ChangeRow, EventKind, OrderRow};
pub use apply::lapse;
pub use approve::{approve, send_back};
use end::may_withdraw;
pub use end::{refuse, withdraw};
use judge::{Judged, Wanted, judge};
pub use view::{changes, preview, waits_for};

/// On which side of the order the caller may change it.
pub(super) fn side_of_caller(actor: &Actor, order: &OrderRow) -> Option<Side> {
    if actor.may(Permission::ChangeOrder, &Target::Unit(order.unit)) {
        return Some(Side::Unit);
    }
    actor.may(Permission::ChangeOrder, &Target::School(order.school, order.network)).then_some(Side::School)
}

/// Whoever binds the school buys for it: by their role, or by the principal's leave up to its amount.
async fn may_bind<Q: Query>(query: &Q, actor: &Actor, order: &OrderRow, now: Timestamp) -> Result<Option<Cents>, AppError> {
    let today = calendar::time(query).await?.district.day_of(now)?;
    delegate::buying_limit(query, actor, &Target::School(order.school, order.network), today).await
}

fn within_cap(cap: Option<Cents>, sum: &SellerSum) -> Result<(), AppError> {
    match cap.filter(|cap| sum.total() > *cap) {
        Some(cap) => Err(AppError::saying(ErrorCode::NotAllowed, words::over_cap(sum.total(), cap))),
        None => Ok(()),
    }
}

/// Refuses what would pull the order away from under an open change.
///
/// # Errors
/// `NotInThisState`, saying what comes first.
pub(super) async fn none_open(step: &Step) -> Result<(), AppError> {
    match store::open_change(&step.tx, step.before.id).await? {
        Some(_) => Err(AppError::saying(ErrorCode::NotInThisState, said::OPEN_FIRST)),
        None => Ok(()),
    }
}

/// The order before and after, in words.
fn sides(row: &ChangeRow) -> (String, String, (Cents, Cents)) {
    let before = said::side_words(row.was_quantity, &row.was_tier, row.was_start);
    (before, said::side_words(row.quantity, &row.tier_name, row.start), (row.was_price, row.price))
}

fn name_of(side: Side, order: &OrderRow) -> &str {
    match side {
        Side::School => &order.school_name,
        Side::Unit => &order.unit_name,
    }
}

/// Those who answer for one side.
fn audience(side: Side, order: &OrderRow) -> Audience {
    match side {
        Side::School => Audience::Who(Permission::SubmitOrder, Target::School(order.school, order.network)),
        Side::Unit => Audience::Who(Permission::AnswerOrder, Target::Unit(order.unit)),
    }
}

/// When the other side should have answered what `by` proposes.
async fn answer_due(step: &Step, by: Side) -> Result<Timestamp, AppError> {
    let now = step.ctx.now;
    match by {
        Side::School => {
            let bought = facts::bought(&step.tx, &step.before).await?;
            calendar::time(&step.tx).await?.later(ClockOf::Office, now, u16::from(bought.service.content.level.reply_days))
        }
        Side::Unit => calendar::school_time(&step.tx, step.before.school).await?.later(ClockOf::School, now, CHOOSE_DAYS),
    }
}

/// School or unit proposes a change; what it adds is reserved at once where the school proposes it.
///
/// # Errors
/// `NotAllowed`, `NotInThisState`, also while another change is open; `Stale`, `PriceChanged`, `BadInput` by field; as submitting.
pub async fn propose(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: NewChange) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body: (app.id(ctx.now), body) };
    app.db.command(&ctx.key(), order, errand, write_proposal).await?;
    order_view::order(app, &ctx.actor, order).await
}

async fn write_proposal(tx: Tx, errand: Errand<(ChangeId, NewChange)>) -> Result<(), AppError> {
    let (id, body) = errand.body.clone();
    let mut step = Step::open(tx, &errand).await?;
    let by = side_of_caller(&step.ctx.actor, &step.before).ok_or(AppError::refused(ErrorCode::NotAllowed))?;
    let cap = if by == Side::School { may_bind(&step.tx, &step.ctx.actor, &step.before, step.ctx.now).await? } else { None };
    step.same_version(body.version)?;
    if !is_changeable(step.before.state) {
        return Err(AppError::saying(ErrorCode::NotInThisState, said::NOT_CHANGEABLE));
    }
    if store::open_change(&step.tx, step.before.id).await?.is_some() {
        return Err(AppError::saying(ErrorCode::NotInThisState, said::OPEN_ALREADY));
    }
    let why = reason(&body.reason)?;
    let now = step.ctx.now;
    let wanted = Wanted { package: body.package, version: None, quantity: body.quantity, start: body.start, seen: now, kept: 0 };
    let judged = judge(&step.tx, &step.before, wanted, (now, &[])).await?;
    judged.refuse()?;
    seen_price(body.price, &judged)?;
    within_cap(cap, &judged.weigh(&step.tx, &judged.addition).await?.0)?;
    let row = proposed(&step, (id, by), &judged, &why).await?;
    let (before, after, prices) = sides(&row);
    let text = said::proposed(&before, &after, prices);
    let reserves = by == Side::School && !judged.added.is_zero();
    let detail = if reserves { words::and_late_words(&why, &said::reserved(judged.added)) } else { why.clone() };
    step.event(EventKind::ChangeProposed, text.clone(), detail);
    let order = step.before.clone();
    step.tell(Told::of(audience(by.other(), &order), &order, said::tell_proposed(order.number, name_of(by, &order), &after)));
    step.write().await?;
    store::insert_change(&mut step.tx, &row).await?;
    if reserves {
        apply::reserve(&mut step, &row, &judged).await?;
    }
    step.commit_about(text, &why, vec![id.to_string()]).await
}

fn seen_price(seen: Cents, judged: &Judged) -> Result<(), AppError> {
    if seen == judged.after.price { Ok(()) } else { Err(AppError::saying(ErrorCode::PriceChanged, said::price_now(judged.after.price))) }
}

/// Whoever adds to the price for the school buys what is added.
fn bought_by(step: &Step, by: Side, judged: &Judged) -> Option<shared::id::PersonId> {
    (by == Side::School && !judged.added.is_zero()).then_some(step.ctx.actor.person)
}

async fn proposed(step: &Step, (id, side): (ChangeId, Side), judged: &Judged, why: &str) -> Result<ChangeRow, AppError> {
    let (before, after) = (&judged.before, &judged.after);
    Ok(ChangeRow {
        id,
        order: before.id,
        side,
        state: ChangeState::Proposed,
        was_package: before.package,
        was_tier: before.tier_name.clone(),
        was_quantity: before.quantity,
        was_start: before.start,
        was_price: before.price,
        package: after.package,
        package_version: after.package_version,
        tier_name: after.tier_name.clone(),
        quantity: after.quantity,
        start: after.start,
        price: after.price,
        working: after.working.clone(),
        reason: why.to_owned(),
        proposed_by: (step.ctx.actor.person, step.ctx.actor.name.clone()),
        proposed: step.ctx.now,
        due: Some(answer_due(step, side).await?),
        rests: None,
        answered_by: None,
        answered: None,
        answer: String::new(),
        bought_by: bought_by(step, side, judged),
        kept: 0,
        climbed_to: None,
    })
}

/// What is done to a change.
#[derive(Clone)]
struct ToChange<B> {
    change: ChangeId,
    version: u32,
    body: B,
}

/// Does something to a change in a transaction of its order.
async fn run<B, F, Fut>(app: &Arc<App>, ctx: &CommandContext, what: ToChange<B>, write: F) -> Result<OrderView, AppError>
where
    B: Clone + Send + Sync + 'static,
    F: Fn(Tx, Errand<ToChange<B>>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let row = store::change_by_id(&app.db.reader(), what.change).await?.ok_or_else(AppError::not_found)?;
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order: row.order, body: what };
    app.db.command(&ctx.key(), row.order, errand, write).await?;
    order_view::order(app, &ctx.actor, row.order).await
}

/// A change with its order, being answered or taken back.
struct Answer {
    step: Step,
    row: ChangeRow,
    /// The caller's side.
    by: Side,
}

async fn open<B>(tx: Tx, errand: &Errand<ToChange<B>>) -> Result<Answer, AppError> {
    let step = Step::open(tx, errand).await?;
    let row = store::change_by_id(&step.tx, errand.body.change).await?.ok_or_else(AppError::not_found)?;
    let by = side_of_caller(&step.ctx.actor, &step.before).ok_or(AppError::refused(ErrorCode::NotAllowed))?;
    if !row.state.is_open() {
        return Err(ErrorCode::NotInThisState.into());
    }
    step.same_version(errand.body.version)?;
    Ok(Answer { step, row, by })
}

impl Answer {
    /// Refuses whoever proposed it.
    fn demand_other_side(&self) -> Result<(), AppError> {
        if self.row.side == self.by { Err(AppError::saying(ErrorCode::NotYourOwn, said::NOT_YOUR_ANSWER)) } else { Ok(()) }
    }

    /// The row as answered now.
    fn answered(&self, state: ChangeState, answer: &str) -> ChangeRow {
        let by = (self.step.ctx.actor.person, self.step.ctx.actor.name.clone());
        ChangeRow {
            state,
            answered_by: Some(by),
            answered: Some(self.step.ctx.now),
            answer: answer.to_owned(),
            due: None,
            rests: None,
            kept: 0,
            ..self.row.clone()
        }
    }

    /// How late the answer comes, in words; empty where it is in time.
    async fn lateness(&self) -> Result<String, AppError> {
        rest::change_lateness(&self.step.tx, &self.row, (self.step.before.school, self.step.ctx.now)).await
    }
}

/// The other side agrees. Within what was approved it holds at once; beyond it the policy says who approves the new total.
///
/// # Errors
/// `NotYourOwn` for the side that proposed it; `NotInThisState`, `Stale`, `PriceChanged`, `NoCapacity`; as submitting.
pub async fn accept(app: &Arc<App>, ctx: &CommandContext, change: ChangeId, body: AcceptingChange) -> Result<OrderView, AppError> {
    run(app, ctx, ToChange { change, version: body.version, body: body.price }, write_acceptance).await
}

async fn write_acceptance(tx: Tx, errand: Errand<ToChange<Cents>>) -> Result<(), AppError> {
    let mut answer = open(tx, &errand).await?;
    answer.demand_other_side()?;
    let order = answer.step.before.clone();
    let cap = if answer.by == Side::School { may_bind(&answer.step.tx, &answer.step.ctx.actor, &order, answer.step.ctx.now).await? } else { None };
    store::take_turns(&mut answer.step.tx, order.school, &BTreeSet::from([order.unit])).await?;
    let judged = judge_again(&answer.step, &answer.row).await?;
    seen_price(errand.body.body, &judged)?;
    let (sum, needed) = judged.weigh(&answer.step.tx, &judged.addition).await?;
    within_cap(cap, &sum)?;
    let adds = match (judged.added.is_zero(), answer.row.side) {
        (true, _) => Addition::Nothing,
        (false, Side::School) => Addition::Reserved,
        (false, Side::Unit) => Addition::Unreserved,
    };
    let command = ChangeCommand::Accept { adds, needs_approval: !needed.by_policy() };
    let outcome = turn(answer.row.state, command).map_err(|_| AppError::refused(ErrorCode::NotInThisState))?;
    let (_, after, _) = sides(&answer.row);
    let late = answer.lateness().await?;
    answer.step.event(EventKind::ChangeAgreed, said::agreed(&after), late);
    let mut next = answer.answered(outcome.state, "");
    next.bought_by = answer.row.bought_by.or(bought_by(&answer.step, answer.by, &judged));
    let who = name_of(answer.by, &order).to_owned();
    let proposer = Audience::People(vec![answer.row.proposed_by.0]);
    if outcome.state == ChangeState::Done {
        answer.step.tell(Told::of(proposer, &order, said::tell_agreed(order.number, &who)));
        let Answer { mut step, row, .. } = answer;
        let summary = apply::carry_out(&mut step, (&row, &next), judged, (outcome.money, &needed)).await?;
        return step.commit_about(summary, "", vec![row.id.to_string()]).await;
    }
    answer.step.tell(Told::of(proposer, &order, said::tell_agreed_waits(order.number, &who)));
    wait_for_approval(answer, next, judged, &needed).await
}

/// Judges a proposed change on the order as it stands now.
///
/// # Errors
/// `Stale` where the order, or the price, is another than it was proposed on.
async fn judge_again(step: &Step, row: &ChangeRow) -> Result<Judged, AppError> {
    let reserved: Vec<SplitPart> =
        store::added(&step.tx, row.id).await?.iter().map(|part| SplitPart { line: part.line, amount: part.amount }).collect();
    let mut wanted = Wanted::of(row);
    // Where the start was not to change, it is that of the order, whatever the unit has agreed on meanwhile.
    if row.start == row.was_start {
        wanted.start = step.before.start;
    }
    let judged = judge(&step.tx, &step.before, wanted, (step.ctx.now, &reserved)).await?;
    let before = &judged.before;
    if (before.package, before.quantity, before.price) != (row.was_package, row.was_quantity, row.was_price) || judged.after.price != row.price {
        return Err(AppError::saying(ErrorCode::Stale, said::ORDER_MOVED));
    }
    judged.refuse()?;
    Ok(judged)
}

/// Both agree; what it adds is reserved, the unit's capacity is kept, and the first step of the approval begins.
async fn wait_for_approval(answer: Answer, mut next: ChangeRow, judged: Judged, needed: &Needed) -> Result<(), AppError> {
    let Answer { mut step, row, .. } = answer;
    let Some(first) = needed.steps.first() else { return Err(AppError::internal("an approval without a step")) };
    let due = judged.side.time.later(ClockOf::Office, step.ctx.now, first.days)?;
    next.due = Some(due);
    next.kept = judge::more_capacity(&judged.before, &judged.after);
    let order = step.before.clone();
    step.tell(Told::approvers(&order, first.role, said::tell_approver(order.number, &order.school_name, row.price)));
    step.write().await?;
    apply::change(&mut step, &row, &next).await?;
    store::begin_rounds(&mut step.tx, &[store::Round { order: order.id, needed, opened: step.ctx.now, due }]).await?;
    apply::keep_capacity(&mut step, &judged, next.kept).await?;
    if row.side == Side::Unit {
        apply::reserve(&mut step, &row, &judged).await?;
    }
    let (_, after, _) = sides(&row);
    step.commit_about(said::agreed(&after), &needed.because, vec![row.id.to_string()]).await
}
