//! Changing the cart: a draft's quantity, start, goal and split; taking it out.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::SplitPart;
use shared::orders::api::{CartView, DraftEdit, OrderVersion};
use shared::orders::split::PARTS_LIMIT;
use shared::orders::state::OrderCommand;
use shared::text;
use shared::words::orders as words;

use super::cart::{units_of, view};
use super::facts::{self, SchoolSide, school_side};
use super::step::{Errand, Step};
use super::waiting;
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Target};
use crate::orders::store::{self, EventKind, OrderRow, SplitRow};

/// Changes a draft: quantity, start, goal, split, note. A returned order comes back into the cart by it.
///
/// # Errors
/// `Stale`, `NotInThisState`, or `BadInput` by field.
pub async fn edit(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: DraftEdit) -> Result<CartView, AppError> {
    let row = store::order(&app.db.reader(), order).await?.ok_or_else(AppError::not_found)?;
    let side = school_side(app, (&ctx.actor, ctx.now), Permission::DraftOrder, row.school).await?;
    let found = facts::on_sale(&app.db.reader(), row.package).await?.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    let mut after = row.clone();
    if body.quantity != row.quantity || body.choices != row.choices {
        // What was agreed for a term of years was agreed for this quantity and these choices.
        (after.locked, after.term_year) = (None, 1);
    }
    (after.quantity, after.choices) = (body.quantity, body.choices.clone());
    let priced = side.price_of_draft(&found, &after).map_err(facts::no_price)?;
    check_edit(&side, &body)?;
    let note = text::optional(&body.note, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("note", error.message()))?;
    after.state = OrderState::Draft;
    (after.package_version, after.units) = (found.package.version, units_of(&found.package, body.quantity)?);
    (after.start, after.goal, after.note) = (body.start, body.goal, note);
    (after.price, after.working, after.split_typed) = (priced.total, priced.working, body.split.is_some());
    after.price_lines = priced.lines;
    (after.submitted, after.due, after.buyer, after.year) = (None, None, None, side.year);
    after.bought_for = None;
    // What the unit said was about the order as it was.
    (after.answered, after.answer_due, after.counter, after.countered_by) = (None, None, None, None);
    after.contact = String::new();
    let input = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body: (after, body.version, body.split.unwrap_or_default()) };
    app.db.command(&ctx.key(), order, input, write_edit).await?;
    view(app, &ctx.actor, row.school).await
}

fn check_edit(side: &SchoolSide, body: &DraftEdit) -> Result<(), AppError> {
    if body.start < side.today {
        return Err(AppError::field("start", words::START_PASSED));
    }
    if body.goal.is_some_and(|goal| side.plan.iter().all(|known| known.id != goal)) {
        return Err(AppError::field("goal", words::GOAL_UNKNOWN));
    }
    let Some(parts) = &body.split else { return Ok(()) };
    let known = |part: &SplitPart| side.lines.iter().any(|line| line.id == part.line);
    let once = |at: usize, part: &SplitPart| parts[..at].iter().all(|other| other.line != part.line);
    let wrong = parts.iter().enumerate().find(|(at, part)| part.amount.get() < 1 || !known(part) || !once(*at, part));
    match wrong {
        _ if parts.len() > PARTS_LIMIT => Err(AppError::field("split", words::split_too_many(PARTS_LIMIT))),
        Some((at, part)) if part.amount.get() < 1 => Err(AppError::field(&format!("split.{at}.amount"), words::SPLIT_NOT_POSITIVE)),
        Some((at, part)) if known(part) => Err(AppError::field(&format!("split.{at}.line"), words::SPLIT_LINE_TWICE)),
        Some((at, _)) => Err(AppError::field(&format!("split.{at}.line"), words::SPLIT_LINE_ELSEWHERE)),
        None => Ok(()),
    }
}

type Edited = (OrderRow, u32, Vec<SplitPart>);

async fn write_edit(tx: Tx, errand: Errand<Edited>) -> Result<(), AppError> {
    let (after, version, parts) = errand.body.clone();
    let mut step = Step::open(tx, &errand).await?;
    step.same_version(version)?;
    step.after = after;
    step.turn(OrderCommand::Edit)?;
    let text = if step.before.state == OrderState::Returned { words::BACK_IN_CART } else { words::EDITED };
    step.event(EventKind::Edited, text, step.after.working.clone());
    step.write().await?;
    store::forget_splits(&mut step.tx, &[errand.order]).await?;
    store::insert_splits(&mut step.tx, &split_rows(errand.order, &parts)).await?;
    let summary = words::edited_summary(&step.after.title, step.after.price);
    step.commit(summary, "").await
}

/// New shares, nothing spent, nothing pending.
pub fn split_rows(order: OrderId, parts: &[SplitPart]) -> Vec<SplitRow> {
    let row = |(position, part): (usize, &SplitPart)| SplitRow {
        order,
        position: u32::try_from(position).unwrap_or(u32::MAX),
        line: part.line,
        amount: part.amount,
        spent: Cents::ZERO,
        released: Cents::ZERO,
        pending: None,
    };
    parts.iter().enumerate().map(row).collect()
}

/// Takes a draft out of the cart; its timeline stays.
///
/// # Errors
/// `Stale` or `NotInThisState`.
pub async fn remove(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderVersion) -> Result<CartView, AppError> {
    let row = store::order(&app.db.reader(), order).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::DraftOrder, &Target::School(row.school, row.network))?;
    let input = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, input, write_removal).await?;
    view(app, &ctx.actor, row.school).await
}

async fn write_removal(tx: Tx, errand: Errand<OrderVersion>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.same_version(errand.body.version)?;
    step.turn(OrderCommand::Remove)?;
    step.event(EventKind::Withdrawn, words::REMOVED, "");
    step.write().await?;
    store::forget_splits(&mut step.tx, &[errand.order]).await?;
    waiting::give_up(&mut step.tx, errand.order).await?;
    let summary = words::removed_summary(&step.after.title);
    step.commit(summary, "").await
}
