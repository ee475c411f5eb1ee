//! Renewing: the budget office opens the round, principals answer, several offers at once.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::{CalendarDayId, Id as _, SchoolId};
use shared::identity::policy::Permission;
use shared::orders::dates::YearlyKind;
use shared::orders::renewal::{
    AnsweredOrder, NextYear, RenewalAnswer, RenewalAnswers, RenewalRoundView, RenewalState, RenewalsView, RoundPhase, answered,
};
use shared::text;
use shared::words::orders as order_words;
use shared::words::orders::renewal as words;

use super::facts::SchoolSide;
use super::notices::{Told, tell};
use super::renewal_round;
use super::renewals::{Round, next_year, renewal_round as round_view, renewals, round_on};
use crate::app::App;
use crate::budget::service::{self as budget, School};
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, RenewalRow};

/// Opens the round today: the first day moves here, and every school gets its offers at once.
///
/// # Errors
/// `NotInThisState` where it is open, or over.
pub async fn open_renewals(app: &Arc<App>, ctx: &CommandContext) -> Result<RenewalRoundView, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let id = CalendarDayId::from_bits(ctx.command_id.bits());
    app.db.command(&ctx.key(), id, ctx.clone(), open).await?;
    renewal_round::offer(app, ctx.now).await?;
    round_view(app, &ctx.actor).await
}

async fn open(mut tx: Tx, ctx: CommandContext) -> Result<(), AppError> {
    let round = round_on(&tx, ctx.now).await?;
    match round.phase {
        RoundPhase::Open => return Err(AppError::saying(ErrorCode::NotInThisState, words::ALREADY_OPEN)),
        RoundPhase::Over => return Err(AppError::saying(ErrorCode::NotInThisState, words::ROUND_OVER)),
        RoundPhase::Before => {}
    }
    store::set_yearly_date(&mut tx, round.dates.year, (YearlyKind::RenewalOpens, round.today)).await?;
    let summary = words::opened(round.today);
    let fact = Fact { object: "yearly_dates".to_owned(), object_title: round.dates.year.to_string(), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// The principal keeps, changes or drops: several at once, all or none.
///
/// # Errors
/// `NotFound` outside the caller's school, `NotInThisState` outside the window, `Stale`, or `BadInput` by field.
pub async fn answer_renewals(app: &Arc<App>, ctx: &CommandContext, school: SchoolId, body: RenewalAnswers) -> Result<RenewalsView, AppError> {
    let known = budget::school_facts(&app.db.reader(), school).await?;
    ctx.actor.demand(Permission::SubmitOrder, &Target::School(known.id, known.network))?;
    let input = (Arc::clone(app), ctx.clone(), (known, body));
    app.db.command(&ctx.key(), school, input, |tx, (app, ctx, (school, body))| write(tx, (app, ctx), school, body)).await?;
    renewals(app, &ctx.actor, school).await
}

async fn write(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), school: School, body: RenewalAnswers) -> Result<(), AppError> {
    if body.answers.is_empty() {
        return Err(AppError::field("answers", words::NO_ANSWERS));
    }
    let round = round_on(&tx, ctx.now).await?;
    let (id, name) = (school.id, school.name.clone());
    let offers = store::renewals_of(&tx, id, round.next).await?;
    let side = round.side(&tx, school).await?;
    let (mut told, mut events) = (Vec::new(), Vec::new());
    for answer in &body.answers {
        let (row, order) = offers.iter().find(|(row, _)| row.order == answer.order).ok_or_else(AppError::not_found)?;
        let after = judged(&tx, &round, (row, order), (&side, answer)).await?;
        let after = RenewalRow { by: Some((ctx.actor.person, ctx.actor.name.clone())), answered: Some(ctx.now), ..after };
        if !store::answer_renewal(&mut tx, answer.version, &after).await? {
            return Err(ErrorCode::Stale.into());
        }
        if after.state == RenewalState::Dropped {
            told.push(Told { link: words::LINK.to_owned(), ..Told::unit(order, words::tell_dropped(&name, &order.title, &after.reason)) });
        }
        store::hold(&mut tx, order.id).await?;
        events.push(event(&ctx, order, &after));
    }
    store::append(&mut tx, &events).await?;
    let effects = tell(&mut tx, &app, &ctx, &told).await?;
    let summary = words::answered(body.answers.len());
    let fact = Fact { object: id.to_string(), object_title: name, school: Some(id), summary, ..Fact::default() };
    let record = ctx.record(fact).about(body.answers.iter().map(|answer| answer.order.to_string()));
    Ok(tx.commit(record, effects).await?)
}

/// What the offer becomes, or why not, at the field of the form.
async fn judged(
    tx: &Tx,
    round: &Round,
    (row, order): (&RenewalRow, &OrderRow),
    (side, answer): (&SchoolSide, &AnsweredOrder),
) -> Result<RenewalRow, AppError> {
    let at = |name: &str| format!("{}.{name}", order.id);
    let reason = text::optional(&answer.reason, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field(&at("reason"), error.message()))?;
    let quantity = if answer.answer == RenewalAnswer::Change { answer.quantity } else { order.quantity };
    let (next, _): (NextYear, _) = next_year(tx, (order, quantity.max(1)), side).await?;
    let standing = (round.phase, row.draft.is_some(), row.state);
    let state = answered(standing, &next, (answer.answer, quantity, &reason), order.quantity).map_err(|refusal| {
        use shared::orders::renewal::AnswerRefusal::{NoPrice, NotOpen, Quantity, ReasonMissing, Retired, Settled};
        let says = words::refusal(refusal, round.opens(), round.closes());
        match refusal {
            NotOpen(_) | Settled => AppError::saying(ErrorCode::NotInThisState, says),
            Retired => AppError::field(&at("answer"), says),
            NoPrice | Quantity => AppError::field(&at("quantity"), says),
            ReasonMissing => AppError::field(&at("reason"), says),
        }
    })?;
    let price = next.price().filter(|_| state.goes_on());
    Ok(RenewalRow { state, quantity, reason, price, ..row.clone() })
}

fn event(ctx: &CommandContext, order: &OrderRow, after: &RenewalRow) -> NewEvent {
    let year = after.year.to_string();
    let counted = order_words::counted(after.quantity, order.measure.title());
    let text = match after.state {
        RenewalState::Changed => words::fact_renewed(&year, Some(&counted)),
        RenewalState::Dropped => words::fact_dropped(&year),
        RenewalState::Open | RenewalState::Renewed | RenewalState::Lapsed | RenewalState::Gone => words::fact_renewed(&year, None),
    };
    let (person, detail) = (Some(ctx.actor.person), after.reason.clone());
    NewEvent { order: order.id, at: ctx.now, person, kind: EventKind::Renewal, text, detail, for_person: None }
}
