//! Submitting: drafts of one school become orders, all or none, in one transaction.
//!
//! Everything is judged before the transaction; the transaction decides by conditional writes alone, so that what changed
//! meanwhile refuses. Who has to decide is judged anew where another submission was faster. Money moves last.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::catalog::price::measure;
use shared::error::ErrorCode;
use shared::id::{BudgetLineId, OrderId, SchoolId, UnitId};
use shared::identity::policy::Permission;
use shared::ledger::Movement;
use shared::money::Cents;
use shared::orders::api::{CartSubmission, SubmitReply, SubmittedDraft};
use shared::orders::approval::{ApprovalPolicy, Asked, Needed, PolicyStep, SellerSum, needed, window_start};
use shared::orders::state::OrderCommand;
use shared::orders::{OrderState, SplitPart};
use shared::time::{Date, Timestamp};
use shared::words::orders as words;

use super::cart::{Judged, judge_all, search_words, units_of};
use super::cart_edit::split_rows;
use super::contract;
use super::delegate;
use super::facts::{self, OnSale, PlanLimit, SchoolSide, check_plan, school_side};
use super::forecast;
use super::money;
use super::notices::{Letters, Told, address};
use super::view::{summary, tier_name};
use super::waiting;
use crate::app::App;
use crate::catalog::service::take_guaranteed;
use crate::db::{DbError, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};
use crate::orders::rules::turn;
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, Purchase, Round, Share, SplitRow};

/// So often a submission is judged. The second judgement sees whoever was faster; only orders ended meanwhile let it fail again.
const JUDGEMENTS: u32 = 4;

/// One order as it will stand.
#[derive(Clone)]
struct Planned {
    before: OrderRow,
    after: OrderRow,
    splits: Vec<SplitRow>,
    shares: Vec<Share>,
    needed: Needed,
    found: OnSale,
}

/// A whole submission, judged.
#[derive(Clone)]
struct Submission {
    school: SchoolId,
    orders: Vec<Planned>,
    events: Vec<NewEvent>,
    letters: Letters,
    day: Date,
    /// The funds' titles, for the words of a refusal.
    titles: BTreeMap<BudgetLineId, String>,
    plan_limits: Vec<PlanLimit>,
    weighed: Weighed,
}

/// What the policy was asked, to be asked again where nobody can come between.
#[derive(Clone)]
struct Weighed {
    policy: ApprovalPolicy,
    /// The first day whose orders count together with these.
    since: Date,
    orders: Vec<WeighedOrder>,
    target: Target,
    /// Up to how much of one seller the caller may buy, where the principal lets them.
    cap: Option<Cents>,
}

#[derive(Clone)]
struct WeighedOrder {
    sum: SellerSum,
    asked: Asked,
    steps: Vec<PolicyStep>,
}

/// Why nothing was written.
enum Unwritten {
    /// Another submission made the sum so large that others have to decide, or the policy changed: this one is judged again.
    Overtaken,
    Failed(AppError),
}

impl From<AppError> for Unwritten {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}

impl From<DbError> for Unwritten {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// Submits drafts of one school, all or none.
///
/// # Errors
/// `Stale`, `PriceChanged`, `PackageNotOnSale`, `FundMayNotPay`, `FundUndecided`, `GoalNeeded`, `NotEnoughMoney`, `NoCapacity`,
/// `SplitDoesNotAddUp`: each in words, with nothing changed.
pub async fn submit(app: &Arc<App>, ctx: &CommandContext, school: SchoolId, body: CartSubmission) -> Result<SubmitReply, AppError> {
    let ids: Vec<OrderId> = body.orders.iter().map(|draft| draft.order).collect();
    if ids.is_empty() {
        return Err(AppError::field("orders", words::CART_EMPTY));
    }
    for _ in 0..JUDGEMENTS {
        let planned = match plan(app, ctx, school, &body.orders).await {
            Ok(planned) => planned,
            // Sent a second time: what it did stands in the way of doing it again, and is the answer.
            Err(_) if app.db.answered(&ctx.key()).await?.is_some() => return answer(app, &ids).await,
            Err(error) => return Err(error),
        };
        match app.db.command(&ctx.key(), school, (ctx.clone(), planned), |tx, (ctx, submission)| write(tx, ctx, submission)).await {
            Ok(_) => return answer(app, &ids).await,
            Err(Unwritten::Overtaken) => {}
            Err(Unwritten::Failed(error)) => return Err(error),
        }
    }
    Err(DbError::Conflict.into())
}

async fn answer(app: &App, ids: &[OrderId]) -> Result<SubmitReply, AppError> {
    let orders = store::orders(&app.db.reader(), ids).await?;
    Ok(SubmitReply { orders: orders.iter().map(summary).collect() })
}

async fn plan(app: &App, ctx: &CommandContext, school: SchoolId, asked: &[SubmittedDraft]) -> Result<Submission, AppError> {
    let mut side = school_side(app, (&ctx.actor, ctx.now), Permission::DraftOrder, school).await?;
    let ids: Vec<OrderId> = asked.iter().map(|draft| draft.order).collect();
    let drafts = store::orders(&app.db.reader(), &ids).await?;
    let seen = |draft: &OrderRow| asked.iter().find(|asked| asked.order == draft.id);
    if drafts.len() != asked.len() || drafts.iter().any(|draft| draft.school != school) {
        return Err(AppError::not_found());
    }
    for draft in &drafts {
        if draft.state != OrderState::Draft {
            return Err(ErrorCode::NotInThisState.into());
        }
        if seen(draft).is_none_or(|asked| asked.version != draft.version) {
            return Err(ErrorCode::Stale.into());
        }
    }
    let judged = judge_all(app, &mut side, &drafts).await?;
    for (draft, judged) in drafts.iter().zip(&judged) {
        refuse(draft, judged, seen(draft).map(|asked| asked.price))?;
    }
    let recent = forecast::recent(&app.db.reader(), &side).await?;
    let needed = forecast::all_needed(&side, &recent, &drafts, &judged);
    let target = Target::School(school, side.school.network);
    let cap = delegate::buying_limit(&app.db.reader(), &ctx.actor, &target, side.today).await?;
    let weighed = weigh(&side, &judged, &needed, (target, cap));
    within_cap(&weighed, |order| order.sum.total())?;
    let mut orders = Vec::with_capacity(drafts.len());
    for ((draft, judged), (_, needed)) in drafts.into_iter().zip(judged).zip(needed) {
        orders.push(planned(ctx, &side, (draft, judged), needed)?);
    }
    let told: Vec<Told> = orders.iter().flat_map(tell).collect();
    let letters = address(&app.db.reader(), app, ctx, &told).await?;
    let events = orders.iter().flat_map(|order| events(ctx, order)).collect();
    let titles = side.lines.iter().map(|line| (line.id, line.fund.title.clone())).collect();
    let parts = |order: &Planned| order.splits.iter().map(|split| SplitPart { line: split.line, amount: split.amount }).collect::<Vec<_>>();
    let plan_limits = orders.iter().flat_map(|order| side.plan_limits(&parts(order), order.after.goal)).collect();
    Ok(Submission { school, orders, events, letters, day: side.today, titles, plan_limits, weighed })
}

/// What costs nothing is decided by nobody, whatever else is ordered.
fn weigh(side: &SchoolSide, judged: &[Judged], needed: &[(SellerSum, Needed)], (target, cap): (Target, Option<Cents>)) -> Weighed {
    let one = |(judged, (sum, needed)): (&Judged, &(SellerSum, Needed))| {
        let asked = side.asked(judged.found.as_ref()?, judged.price, &judged.split);
        (!judged.price.is_zero()).then(|| WeighedOrder { sum: sum.clone(), asked, steps: needed.steps.clone() })
    };
    let orders = judged.iter().zip(needed).filter_map(one).collect();
    let since = window_start(side.today, &side.time.days, side.policy.window_days);
    Weighed { policy: side.policy.clone(), since, orders, target, cap }
}

/// Whoever buys by the principal's leave buys up to its amount of one seller, however it is cut up.
fn within_cap(weighed: &Weighed, total: impl Fn(&WeighedOrder) -> Cents) -> Result<(), AppError> {
    let Some(cap) = weighed.cap else { return Ok(()) };
    match weighed.orders.iter().map(total).max().filter(|most| *most > cap) {
        Some(most) => Err(AppError::saying(ErrorCode::NotAllowed, words::over_cap(most, cap))),
        None => Ok(()),
    }
}

/// Invariant: whoever has to decide is found by the sum of a school's orders to a seller within the window, however many are submitted
/// at once. Their own rows are written already; whoever comes second waits here for the first to end, and then sees it.
async fn check_sums(tx: &mut Tx, (ctx, school, day): (&CommandContext, SchoolId, Date), weighed: &Weighed) -> Result<(), Unwritten> {
    if weighed.orders.is_empty() {
        return Ok(());
    }
    let units: BTreeSet<UnitId> = weighed.orders.iter().map(|order| order.sum.unit).collect();
    store::take_turns(tx, school, &units).await?;
    if facts::policy_on(&*tx, day).await? != weighed.policy {
        return Err(Unwritten::Overtaken);
    }
    if weighed.cap != delegate::buying_limit(&*tx, &ctx.actor, &weighed.target, day).await? {
        return Err(Unwritten::Overtaken);
    }
    let found = store::recent_by_seller(&*tx, school, weighed.since).await?;
    let total = |order: &WeighedOrder| {
        let together = found.iter().find(|known| known.unit == order.sum.unit && known.provider == order.sum.provider);
        together.map_or(order.sum.drafts, |known| known.total)
    };
    within_cap(weighed, total)?;
    let changed = weighed.orders.iter().any(|order| {
        let sum = SellerSum { recent: total(order).saturating_sub(order.sum.drafts), ..order.sum.clone() };
        needed(&weighed.policy, &order.asked, &sum).steps != order.steps
    });
    if changed { Err(Unwritten::Overtaken) } else { Ok(()) }
}

/// The first problem, as a refusal; a changed price comes first because everything else follows from it.
fn refuse(draft: &OrderRow, judged: &Judged, asked: Option<Cents>) -> Result<(), AppError> {
    let gone = judged.found.is_none();
    if !gone && asked != Some(judged.price) {
        return Err(AppError::saying(ErrorCode::PriceChanged, words::price_now(&draft.title, judged.price)));
    }
    match judged.problems.first() {
        None => Ok(()),
        Some((code, message)) => Err(AppError::Refused { code: *code, message: Some(message.clone()), fields: judged.fields.clone() }),
    }
}

fn planned(ctx: &CommandContext, side: &SchoolSide, (before, judged): (OrderRow, Judged), needed: Needed) -> Result<Planned, AppError> {
    let found = judged.found.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    let mut after = before.clone();
    (after.price, after.working, after.price_lines) = (judged.price, judged.working, judged.price_lines);
    (after.package_version, after.units) = (found.package.version, units_of(&found.package, after.quantity)?);
    (after.title, after.tier_name) = (found.service.content.title.clone(), tier_name(&found));
    (after.tier, after.measure) = (found.package.content.tier, measure(&found.package.content));
    (after.buyer, after.submitted) = (Some(ctx.actor.person), Some(ctx.now));
    after.buyer_name = Some(ctx.actor.name.clone());
    after.bought_for = ctx.acting_for(after.school);
    after.words = search_words(&after);
    (after.provider, after.category) = (found.service.content.provider.clone(), Some(found.service.content.category));
    after.contract_draw = contract::provider_part(&found, judged.price, after.quantity);
    after.state = turn(before.state, if needed.by_policy() { OrderCommand::ApproveByPolicy } else { OrderCommand::Submit })?.state;
    after.answer_due = Some(answer_due(side, ctx, &found)?);
    match needed.steps.first() {
        None => (after.approved, after.envelope, after.due) = (Some(ctx.now), judged.price, after.answer_due),
        Some(first) => after.due = Some(side.time.later(ClockOf::Office, ctx.now, first.days)?),
    }
    let shares = shares(side, &judged.split)?;
    Ok(Planned { splits: split_rows(before.id, &judged.split), before, after, shares, needed, found })
}

/// The shares with the funds behind their lines.
pub fn shares(side: &SchoolSide, parts: &[SplitPart]) -> Result<Vec<Share>, AppError> {
    let one = |part: &SplitPart| {
        let line = side.lines.iter().find(|line| line.id == part.line);
        let line = line.ok_or_else(|| AppError::internal("a share of a line that the school does not have"))?;
        Ok(Share { line: part.line, fund: line.fund.id, amount: part.amount })
    };
    parts.iter().map(one).collect()
}

fn answer_due(side: &SchoolSide, ctx: &CommandContext, found: &OnSale) -> Result<Timestamp, AppError> {
    side.time.later(ClockOf::Office, ctx.now, u16::from(found.service.content.level.reply_days))
}

/// Whoever decides first, and the unit, which looks at it beside.
fn tell(planned: &Planned) -> Vec<Told> {
    let order = &planned.after;
    match planned.needed.steps.first() {
        None => vec![Told::unit(order, words::tell_unit(order.number, &order.school_name, &order.title))],
        Some(first) => vec![
            Told::approvers(order, first.role, words::tell_approver(order.number, &order.school_name, order.price)),
            Told::unit(order, words::tell_unit_beside(order.number, &order.school_name, &order.title)),
        ],
    }
}

fn events(ctx: &CommandContext, planned: &Planned) -> Vec<NewEvent> {
    let order = planned.after.id;
    let event = |kind, person, text: &str, detail: String| NewEvent {
        order,
        at: ctx.now,
        person,
        kind,
        text: text.to_owned(),
        detail,
        for_person: person.and(ctx.acting_for(planned.after.school)).map(|(id, _)| id),
    };
    let because = planned.needed.because.clone();
    let by_policy = planned.needed.by_policy();
    let waits = if by_policy { String::new() } else { because.clone() };
    let mut events = vec![event(EventKind::Submitted, Some(ctx.actor.person), words::SUBMITTED, waits)];
    if by_policy {
        events.push(event(EventKind::Policy, None, words::APPROVED_BY_POLICY, because));
    }
    events
}

fn round<'a>(ctx: &CommandContext, planned: &'a Planned) -> Round<'a> {
    Round { order: planned.after.id, needed: &planned.needed, opened: ctx.now, due: planned.after.due.unwrap_or(ctx.now) }
}

async fn write(mut tx: Tx, ctx: CommandContext, submission: Submission) -> Result<(), Unwritten> {
    let Submission { school, mut orders, events, letters, day, titles, plan_limits, weighed } = submission;
    for order in &orders {
        if !store::change(&mut tx, &order.before, &order.after).await? {
            return Err(AppError::from(ErrorCode::Stale).into());
        }
    }
    let typed: Vec<OrderId> = orders.iter().filter(|order| order.before.split_typed).map(|order| order.before.id).collect();
    store::forget_splits(&mut tx, &typed).await?;
    store::append(&mut tx, &events).await?;
    let purchases: Vec<Purchase<'_>> = orders.iter().map(|order| Purchase { order: &order.after, shares: &order.shares, day }).collect();
    store::insert_purchases(&mut tx, &purchases).await?;
    store::insert_notices(&mut tx, &letters.notices).await?;
    let rounds: Vec<Round<'_>> = orders.iter().map(|order| round(&ctx, order)).collect();
    store::begin_rounds(&mut tx, &rounds).await?;
    check_sums(&mut tx, (&ctx, school, day), &weighed).await?;
    for order in &orders {
        contract::draw(&mut tx, &order.found, &order.after, day).await?;
        waiting::draw(&mut tx, &order.after).await?;
        take_guaranteed(&mut tx, order.after.guarantee(), order.after.quantity, order.found.package.content.extras.guaranteed).await?;
    }
    let movements: Vec<Movement> = orders.iter().flat_map(|order| money::commit(order.after.state, &order.splits)).collect();
    let ids = money::apply(&mut tx, &movements, |line| titles.get(&line).cloned()).await?;
    check_plan(&tx, &plan_limits).await?;
    let of_state = orders.iter_mut().flat_map(|order| order.splits.iter_mut().map(|split| (order.after.state, split)));
    for ((state, split), id) in of_state.zip(ids) {
        split.pending = (state == OrderState::Submitted).then_some(id);
    }
    let splits: Vec<SplitRow> = orders.iter().flat_map(|order| order.splits.clone()).collect();
    store::insert_splits(&mut tx, &splits).await?;
    let numbers: Vec<String> = orders.iter().map(|order| words::order_title(order.after.number)).collect();
    let total: Cents = orders.iter().map(|order| order.after.price).sum();
    let fact = Fact {
        object: String::new(),
        object_title: numbers.join(", "),
        school: Some(school),
        summary: words::submitted_summary(&numbers.join(", "), total),
        reason: String::new(),
    };
    let record = ctx.record(fact).about(orders.iter().map(|order| order.after.id.to_string()));
    Ok(tx.commit(record, letters.mails).await?)
}
