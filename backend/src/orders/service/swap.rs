//! Swapping an order's rest for another package of the same or another unit: shown first, then done in one transaction.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::catalog::choice::Choices;
use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::api::UnitRef;
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::api::{OrderView, Swap, SwapPreview, SwapQuery};
use shared::orders::approval::Needed;
use shared::orders::rescue::kept_share;
use shared::orders::split::{Release, release};
use shared::orders::state::OrderCommand;
use shared::orders::OrderState;
use shared::time::Timestamp;
use shared::words::orders as words;

use super::approve::reason;
use super::child::{Begin, Bought, Child, bear, conceive, settle, take_capacity, weigh, weigh_again};
use super::contract;
use super::facts::{self, OnSale, SchoolSide, no_price, school_side};
use super::money::{self, Earning};
use super::notices::Told;
use super::rescue::{self, cut_off};
use super::step::Errand;
use super::view::{self, tier_name};
use crate::app::App;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext};
use crate::orders::rules::{deliveries_open, draw_down};
use crate::orders::store::{self, EventKind, OrderRow, Round};

/// A swap judged before its transaction.
#[derive(Clone)]
struct Judged {
    body: Swap,
    releases: Vec<Release>,
    child: Child,
    side: Arc<SchoolSide>,
    /// The new price is within what becomes free.
    inside: bool,
    needed: Needed,
    found: OnSale,
}

impl Judged {
    fn freed(&self) -> Cents {
        self.releases.iter().map(|release| release.freed).sum()
    }

    fn kept(&self) -> Cents {
        self.releases.iter().map(|release| release.kept).sum()
    }
}

async fn judge(app: &App, (actor, now): (&Actor, Timestamp), order: &OrderRow, body: Swap) -> Result<Judged, AppError> {
    let reader = app.db.reader();
    if body.package == order.package {
        return Err(AppError::field("package", words::SAME_PACKAGE));
    }
    let found = facts::on_sale(&reader, body.package).await?.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    let mut side = school_side(app, (actor, now), Permission::SubmitOrder, order.school).await?;
    let bought = facts::bought(&reader, order).await?;
    let until = cut_off(&reader, order, &bought, now).await?;
    let splits = store::splits(&reader, &[order.id]).await?;
    let fee = kept_share(&bought.service.content.terms, until, found.service.unit == order.unit);
    let releases = release(&draw_down(&splits), fee);
    // What the rest frees can pay for the new order.
    side.free(&splits, order.goal);
    for one in releases.iter().filter(|one| !one.kept.is_zero()) {
        side.take(&[shared::orders::SplitPart { line: one.line, amount: one.kept }], order.goal);
    }
    let priced = side.price(&found, body.quantity, &Choices::default()).map_err(no_price)?;
    let freed: Cents = releases.iter().map(|release| release.freed).sum();
    let inside = priced.total <= freed;
    let buyer = (actor.person, actor.name.clone());
    let bought_for = actor.acting_at(order.school).map(|absent| (absent.person, absent.name.clone()));
    let begin = Begin { buyer, bought_for, now, command: OrderCommand::ApproveByPolicy, due: None, contact: String::new() };
    let new = Bought {
        quantity: body.quantity,
        units: None,
        price: priced.total,
        working: priced.working,
        price_lines: priced.lines,
        choices: Choices::default(),
        start: order.start.max(side.today),
        goal: order.goal,
    };
    let id = app.id(now);
    let mut child = conceive(id, &side, &found, &new, &begin)?;
    let needed = if inside {
        Needed { steps: Vec::new(), because: words::approved_within(freed) }
    } else {
        weigh(&reader, (&side, &found), &child, order.id).await?
    };
    let (command, days) = match needed.steps.first() {
        Some(first) => (OrderCommand::Submit, first.days),
        None => (OrderCommand::ApproveByPolicy, u16::from(found.service.content.level.reply_days)),
    };
    let due = Some(side.time.later(ClockOf::Office, now, days)?);
    if !needed.by_policy() {
        child = conceive(id, &side, &found, &new, &Begin { command, ..begin.clone() })?;
    }
    (child.after.due, child.after.answer_due) = (due, due);
    Ok(Judged { body, releases, child, side: Arc::new(side), inside, needed, found })
}

/// What swapping the rest for another package would do to the money.
///
/// # Errors
/// `NotFound` outside the caller's school; `BadInput` where there is no price.
pub async fn preview(app: &App, actor: &Actor, order: OrderId, (asked, now): (SwapQuery, Timestamp)) -> Result<SwapPreview, AppError> {
    let reader = app.db.reader();
    let row = view::seen(app, &reader, actor, order).await?;
    let package = asked.package.ok_or_else(|| AppError::field("package", words::SAME_PACKAGE))?;
    let body = Swap { version: row.version, package, quantity: asked.quantity, price: Cents::ZERO, reason: String::new() };
    let judged = judge(app, (actor, now), &row, body).await?;
    let mut problems = Vec::new();
    if deliveries_open(&store::deliveries(&reader, order).await?) {
        problems.push(words::DELIVERY_OPEN.to_owned());
    }
    if store::promised(&reader, order).await? > 0 {
        problems.push(words::GIFT_OPEN.to_owned());
    }
    if judged.found.package.left.is_some_and(|left| left < asked.quantity) {
        problems.push(words::capacity_left(judged.found.package.left.unwrap_or(0)));
    }
    Ok(SwapPreview {
        title: judged.found.service.content.title.clone(),
        tier_name: tier_name(&judged.found),
        unit: UnitRef { id: judged.found.unit.id, name: judged.found.unit.name.clone() },
        price: judged.child.after.price,
        working: judged.child.after.working.clone(),
        freed: judged.freed(),
        kept: judged.kept(),
        needs_approval: !judged.needed.by_policy(),
        because: judged.needed.because.clone(),
        problems,
    })
}

/// Swaps the rest: the old order ends with what was delivered, a new one begins with its own approval where it costs more.
///
/// # Errors
/// As submitting; `NotInThisState` while a delivery is open or days are offered to another school.
pub async fn swap(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: Swap) -> Result<OrderView, AppError> {
    let row = view::seen(app, &app.db.reader(), &ctx.actor, order).await?;
    let judged = match judge(app, (&ctx.actor, ctx.now), &row, body).await {
        Ok(judged) => judged,
        Err(error) => {
            let Some(earlier) = app.db.answered(&ctx.key()).await? else { return Err(error) };
            let earlier = earlier.parse().map_err(|_| AppError::internal("a swap that became no order"))?;
            return view::order(app, &ctx.actor, earlier).await;
        }
    };
    let child = judged.child.after.id;
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body: judged };
    let child = app.db.command(&ctx.key(), child, errand, write_swap).await?;
    view::order(app, &ctx.actor, child).await
}

async fn write_swap(tx: Tx, errand: Errand<Judged>) -> Result<(), AppError> {
    let judged = errand.body.clone();
    let Judged { body, mut child, side, .. } = judged.clone();
    let mut step = rescue::open(tx, &errand, body.version).await?;
    let said = reason(&body.reason)?;
    if body.price != child.after.price {
        return Err(AppError::saying(ErrorCode::PriceChanged, words::price_now(&child.after.title, child.after.price)));
    }
    if store::promised(&step.tx, step.before.id).await? > 0 {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::GIFT_OPEN));
    }
    let entries = store::deliveries(&step.tx, step.before.id).await?;
    let (order, delivered) = (step.before.clone(), step.before.confirmed_units > 0);
    step.turn(OrderCommand::SwapRest { delivered, deliveries_open: deliveries_open(&entries) })?;
    let mut splits = store::splits(&step.tx, &[order.id]).await?;
    if release_total(&release(&draw_down(&splits), shared::money::BasisPoints(0))) != judged.freed().saturating_add(judged.kept()) {
        return Err(ErrorCode::Stale.into());
    }
    if !judged.inside {
        weigh_again(&mut step.tx, (&side, &judged.found), (&child, &judged.needed), order.id).await?;
    }
    let told = swap_told(&judged, order.number);
    let born = bear(&mut step.tx, &mut child, (order.id, side.today), &told).await?;
    if delivered {
        let spent: Cents = splits.iter().map(|split| split.spent).sum();
        step.after.price = spent.saturating_add(judged.kept());
        step.after.periods = shared::orders::period::shortened(&step.after.periods, order.confirmed_units);
        step.after.units = order.confirmed_units;
    }
    step.after.due = None;
    let text = words::swapped(judged.freed(), judged.kept(), child.after.number);
    step.event(EventKind::Swapped, text.clone(), said.clone());
    step.tell(Told::unit(&order, words::tell_swapped(order.number, &order.school_name)));
    if step.after.state == OrderState::Delivered {
        step.tell(Told::buyer(&order, words::tell_delivered(order.number)));
    }
    let new = child.after.clone();
    step.tell(match judged.needed.steps.first() {
        Some(first) => Told::approvers(&new, first.role, words::tell_approver(new.number, &new.school_name, new.price)),
        None => Told::unit(&new, words::tell_unit(new.number, &new.school_name, &new.title)),
    });
    step.write().await?;
    if !judged.needed.by_policy() {
        let round = Round { order: new.id, needed: &judged.needed, opened: step.ctx.now, due: new.due.unwrap_or(step.ctx.now) };
        store::begin_rounds(&mut step.tx, &[round]).await?;
    }
    let undelivered = order.quantity.saturating_mul(order.units.saturating_sub(order.confirmed_units)) / order.units.max(1);
    catalog::release_capacity(&mut step.tx, order.draw(), undelivered).await?;
    take_capacity(&mut step.tx, &child).await?;
    contract::give_back(&mut step.tx, &order, contract::share_of(&order, judged.freed())).await?;
    contract::draw(&mut step.tx, &judged.found, &child.after, side.today).await?;
    let mut movements = money::end(Earning { order: order.id, unit: order.unit, delivery: None }, &mut splits, &judged.releases);
    for split in &splits {
        store::change_split(&mut step.tx, split).await?;
        store::purchase_amount(&mut step.tx, split).await?;
    }
    let freed = movements.len();
    movements.extend(born.movements.iter().cloned());
    let ids = money::apply(&mut step.tx, &movements, |line| side.title_of(line)).await?;
    settle(&mut step.tx, &child, born, (ids.get(freed..).unwrap_or_default(), &side)).await?;
    step.commit_about(text, &said, vec![child.after.id.to_string()]).await
}

fn release_total(releases: &[Release]) -> Cents {
    releases.iter().map(|release| release.freed.saturating_add(release.kept)).sum()
}

fn swap_told(judged: &Judged, number: u32) -> Vec<(EventKind, String)> {
    let came = (EventKind::Submitted, words::swapped_from(number));
    if judged.needed.by_policy() { vec![came, (EventKind::Policy, judged.needed.because.clone())] } else { vec![came] }
}
