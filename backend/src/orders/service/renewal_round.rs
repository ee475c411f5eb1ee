//! The round by the clock: offers when it opens, reminders, lapsing after the last day, and what was renewed into the new year's cart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::catalog::choice::Choices;
use shared::catalog::edition::next_year::a_year_on;
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{OrderId, SchoolId};
use shared::identity::policy::Permission;
use shared::orders::api::NewDraft;
use shared::orders::dates::YearlyKind;
use shared::orders::renewal::{RenewsOrder, RoundPhase, goes_on, round_phase};
use shared::time::{Date, Timestamp};
use shared::words::orders as order_words;
use shared::words::orders::renewal as words;

use super::cart::{new_draft, put_draft};
use super::dates::dates_of;
use super::facts::{OnSale, SchoolSide, side_on};
use super::notices::{Audience, Told, tell};
use super::renewals::{goal_titles, lines_of, next_edition, one_year, round_on, same_goal};
use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, RenewalRow};

/// Everything of the round that a clock does. A job: runs as often as one likes.
///
/// # Errors
/// Those of the database. What one school or order refuses stands in the log and holds up no other.
pub async fn attend_renewals(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    lapse(app, now).await?;
    offer(app, now).await?;
    remind(app, now).await?;
    into_carts(app, now).await
}

fn principals(school: SchoolId, text: String, link: &str) -> Told {
    Told { audience: Audience::Who(Permission::SubmitOrder, Target::School(school, None)), text, link: link.to_owned() }
}

/// A fact of the timeline that nobody did.
fn by_clock(order: &OrderRow, at: Timestamp, text: String) -> NewEvent {
    NewEvent { order: order.id, at, person: None, kind: EventKind::Renewal, text, detail: String::new(), for_person: None }
}

/// Makes the offers of a round that is open: one for each order, once.
pub(super) async fn offer(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let round = round_on(&reader, now).await?;
    if round.phase != RoundPhase::Open {
        return Ok(());
    }
    let mut by_school: BTreeMap<SchoolId, Vec<OrderRow>> = BTreeMap::new();
    for order in store::not_offered(&reader, round.dates.year).await? {
        by_school.entry(order.school).or_default().push(order);
    }
    for (school, orders) in by_school {
        let last = orders.iter().map(|order| order.id).max();
        let ctx = CommandContext::of_policy("OfferRenewals", &format!("{school}/{}", last.map(|id| id.to_string()).unwrap_or_default()), now);
        let input = (Arc::clone(app), ctx.clone(), (orders, round.next, round.closes()));
        if let Err(error) = app.db.command(&ctx.key(), school, input, |tx, (app, ctx, what)| write_offers(tx, (app, ctx), what)).await {
            tracing::warn!(%error, %school, "the renewals of a school could not be offered; the next run tries again");
        }
    }
    Ok(())
}

type Offers = (Vec<OrderRow>, FiscalYear, Option<Date>);

async fn write_offers(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), (orders, year, closes): Offers) -> Result<(), AppError> {
    let Some(first) = orders.first() else { return Err(AppError::internal("offers of no order")) };
    for order in &orders {
        store::offer_renewal(&mut tx, order, ctx.now).await?;
    }
    let told = principals(first.school, words::tell_offered(orders.len(), &year.to_string(), closes), words::LINK);
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let summary = words::offered(orders.len(), &year.to_string());
    let fact = Fact { object: first.school.to_string(), object_title: first.school_name.clone(), school: Some(first.school), summary, ..Fact::default() };
    let record = ctx.record(fact).about(orders.iter().map(|order| order.id.to_string()));
    Ok(tx.commit(record, effects).await?)
}

/// Reminds schools of what waits: once from the day of the reminder on, and once on the last day.
async fn remind(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let round = round_on(&reader, now).await?;
    let reminds = round.dates.day(YearlyKind::RenewalReminds);
    let last_day = round.closes() == Some(round.today);
    if round.phase != RoundPhase::Open || !(last_day || reminds.is_some_and(|day| day <= round.today)) {
        return Ok(());
    }
    let occasion = if last_day { round.closes() } else { reminds };
    for school in store::schools_with_open(&reader, round.next).await? {
        let day = occasion.map(|day| day.to_string()).unwrap_or_default();
        let ctx = CommandContext::of_policy("RemindRenewals", &format!("{school}/{}/{day}", round.next), now);
        if app.db.answered(&ctx.key()).await?.is_some() {
            continue;
        }
        let known = budget::school_facts(&reader, school).await?;
        let name = known.name.clone();
        let offers = store::renewals_of(&reader, school, round.next).await?;
        let (lines, _) = lines_of(&reader, round.side(&reader, known).await?, &offers).await?;
        let waiting = lines.iter().filter(|line| line.waits()).count();
        if waiting == 0 {
            continue;
        }
        let fact = Fact { object: school.to_string(), object_title: name, school: Some(school), summary: words::reminded(waiting), ..Fact::default() };
        let told = principals(school, words::tell_reminder(waiting, round.closes()), words::LINK);
        let input = (Arc::clone(app), ctx.clone(), (fact, told));
        let done = app.db.command(&ctx.key(), school, input, |tx, (app, ctx, (fact, told))| say(tx, (app, ctx), fact, told)).await;
        if let Err(error) = done {
            tracing::warn!(%error, %school, "a school could not be reminded of its renewals; the next run tries again");
        }
    }
    Ok(())
}

async fn say(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), fact: Fact, told: Told) -> Result<(), AppError> {
    let effects = tell(&mut tx, &app, &ctx, std::slice::from_ref(&told)).await?;
    Ok(tx.commit(ctx.record(fact), effects).await?)
}

/// After the last day what nobody answered lapses. Invariant: silence never renews.
async fn lapse(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(now)?;
    let open = district.calendar.year_of(today);
    // Whoever starts the program in the new year finds the old round unended.
    for year in [FiscalYear(open.0 - 1), open] {
        let dates = dates_of(&reader, year).await?;
        let (next, closes) = (FiscalYear(year.0 + 1), dates.day(YearlyKind::RenewalCloses));
        if round_phase(&dates, today) != RoundPhase::Over {
            continue;
        }
        for school in store::schools_with_open(&reader, next).await? {
            let day = closes.map(|day| day.to_string()).unwrap_or_default();
            let ctx = CommandContext::of_policy("LapseRenewals", &format!("{school}/{next}/{day}"), now);
            // What the next menu does not have ends by itself, and nobody failed to answer.
            let side = side_on(&reader, budget::school_facts(&reader, school).await?, district.calendar.first_day(next).unwrap_or(today)).await?;
            let (lines, _) = lines_of(&reader, side, &store::renewals_of(&reader, school, next).await?).await?;
            let waiting: BTreeSet<OrderId> = lines.iter().filter(|line| line.waits()).map(|line| line.order).collect();
            let input = (Arc::clone(app), ctx.clone(), (school, next, closes, waiting));
            if let Err(error) = app.db.command(&ctx.key(), school, input, |tx, (app, ctx, what)| write_lapse(tx, (app, ctx), what)).await {
                tracing::warn!(%error, %school, "the renewals of a school could not lapse; the next run tries again");
            }
        }
    }
    Ok(())
}

type Lapsing = (SchoolId, FiscalYear, Option<Date>, BTreeSet<OrderId>);

async fn write_lapse(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), (school, next, closes, waiting): Lapsing) -> Result<(), AppError> {
    let mut ended = Vec::new();
    for (row, order) in store::renewals_of(&tx, school, next).await? {
        if store::lapse_renewal(&mut tx, row.order).await? {
            store::hold(&mut tx, order.id).await?;
            ended.push(order);
        }
    }
    let Some(first) = ended.first() else { return Err(ErrorCode::Stale.into()) };
    let name = first.school_name.clone();
    let event = |order: &OrderRow| {
        let text = if waiting.contains(&order.id) { words::lapses(closes) } else { words::ENDS.to_owned() };
        by_clock(order, ctx.now, text)
    };
    store::append(&mut tx, &ended.iter().map(event).collect::<Vec<_>>()).await?;
    let lapsed: Vec<&OrderRow> = ended.iter().filter(|order| waiting.contains(&order.id)).collect();
    let mut told = Vec::new();
    if !lapsed.is_empty() {
        told.push(principals(school, words::tell_lapsed_school(lapsed.len()), words::LINK));
    }
    let units: BTreeSet<_> = lapsed.iter().map(|order| order.unit).collect();
    for unit in units {
        let many = lapsed.iter().filter(|order| order.unit == unit).count();
        let audience = Audience::Who(Permission::AnswerOrder, Target::Unit(unit));
        told.push(Told { audience, text: words::tell_lapsed_unit(&name, many), link: words::LINK.to_owned() });
    }
    let effects = tell(&mut tx, &app, &ctx, &told).await?;
    let summary = words::lapsed(lapsed.len(), ended.len() - lapsed.len());
    let fact = Fact { object: school.to_string(), object_title: name, school: Some(school), summary, ..Fact::default() };
    let record = ctx.record(fact).about(ended.iter().map(|order| order.id.to_string()));
    Ok(tx.commit(record, effects).await?)
}

/// Puts what was renewed into the carts of the year that has begun, once its budget and the unit's menu are there.
async fn into_carts(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(now)?;
    for renewal in store::renewals_without_draft(&reader, district.calendar.year_of(today)).await? {
        let order = renewal.order;
        if let Err(error) = into_cart(app, (now, today), renewal).await {
            tracing::warn!(%error, %order, "a renewal could not be put into the cart; the next run tries again");
        }
    }
    Ok(())
}

async fn into_cart(app: &Arc<App>, (now, today): (Timestamp, Date), renewal: RenewalRow) -> Result<(), AppError> {
    let reader = app.db.reader();
    let Some(old) = store::order(&reader, renewal.order).await? else { return Ok(()) };
    let side = side_on(&reader, budget::school_facts(&reader, renewal.school).await?, today).await?;
    let Some(found) = next_edition(&reader, old.package, side.year).await? else {
        return if catalog::has_published(&reader, old.unit, side.year).await? { gone(app, now, (old, words::NOT_ON_MENU.to_owned())).await } else { Ok(()) };
    };
    if side.lines.is_empty() {
        return Ok(());
    }
    let titles = goal_titles(&reader, old.school, old.year).await?;
    let goal = same_goal(old.goal.and_then(|id| titles.get(&id)).map(|(_, title)| title.as_str()), &side);
    let ctx = CommandContext::of_policy("DraftRenewal", &renewal.order.to_string(), now);
    let body = NewDraft {
        package: found.package.id,
        quantity: renewal.quantity,
        start: Some(found.package.content.starts.map_or(a_year_on(old.start), |starts| starts.max(a_year_on(old.start)))),
        goal,
        choices: one_year(&old, &found),
    };
    let decider = renewal.by.clone().unwrap_or((old.drafted_by, String::new()));
    let as_decider = CommandContext { actor: Arc::new(Actor { person: decider.0, name: decider.1, ..Actor::policy() }), ..ctx.clone() };
    let draft = match drafted(app, &as_decider, (&side, &found), (&old, &body)) {
        Ok(draft) => draft,
        Err(AppError::Refused { message, fields, code }) => {
            let why = fields.first().map(|field| field.message.clone()).or(message).unwrap_or_else(|| code.text().to_owned());
            return gone(app, now, (old, why)).await;
        }
        Err(error) => return Err(error),
    };
    let input = (Arc::clone(app), ctx.clone(), (as_decider, draft, old));
    app.db.command(&ctx.key(), renewal.order, input, |tx, (app, ctx, what)| write_draft(tx, (app, ctx), what)).await.map(|_| ())
}

/// The draft, at the price that was agreed where the term goes on with the same quantity.
fn drafted(
    app: &App,
    as_decider: &CommandContext,
    (side, found): (&SchoolSide, &OnSale),
    (old, body): (&OrderRow, &NewDraft),
) -> Result<OrderRow, AppError> {
    let mut draft = new_draft(app, as_decider, side, (found, body))?;
    draft.renews = Some(RenewsOrder { order: old.id, number: old.number });
    draft.note.clone_from(&old.note);
    if goes_on(old.term_year, old.choices.years) && body.quantity == old.quantity {
        (draft.locked, draft.term_year) = (Some(old.price), old.term_year + 1);
        draft.choices = Choices { years: old.choices.years, ..body.choices.clone() };
        let priced = side.price_of_draft(found, &draft).map_err(super::facts::no_price)?;
        (draft.price, draft.working, draft.price_lines) = (priced.total, priced.working, priced.lines);
    }
    Ok(draft)
}

async fn write_draft(
    mut tx: Tx,
    (app, ctx): (Arc<App>, CommandContext),
    (as_decider, draft, old): (CommandContext, OrderRow, OrderRow),
) -> Result<(), AppError> {
    let decider = as_decider.actor.person;
    let draft = put_draft(&mut tx, &as_decider, draft, words::renewed_from(old.number)).await?;
    if !store::renewal_drafted(&mut tx, old.id, draft.id).await? {
        return Err(ErrorCode::Stale.into());
    }
    let text = words::into_cart(old.number, draft.number);
    store::hold(&mut tx, old.id).await?;
    store::append(&mut tx, &[by_clock(&old, ctx.now, text.clone())]).await?;
    let (audience, link) = (Audience::People(vec![decider]), order_words::CART_LINK.to_owned());
    let effects = tell(&mut tx, &app, &ctx, &[Told { audience, text: words::tell_in_cart(&draft.title), link }]).await?;
    let record = ctx.record(super::step::fact(&draft, text, "")).about([draft.id.to_string(), old.id.to_string()]);
    Ok(tx.commit(record, effects).await?)
}

/// Says once that what was renewed cannot be ordered.
async fn gone(app: &Arc<App>, now: Timestamp, what: (OrderRow, String)) -> Result<(), AppError> {
    let ctx = CommandContext::of_policy("EndRenewal", &what.0.id.to_string(), now);
    let (id, input) = (what.0.id, (Arc::clone(app), ctx.clone(), what));
    app.db.command(&ctx.key(), id, input, |tx, (app, ctx, what)| write_gone(tx, (app, ctx), what)).await.map(|_| ())
}

async fn write_gone(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), (order, why): (OrderRow, String)) -> Result<(), AppError> {
    if !store::renewal_gone(&mut tx, order.id).await? {
        return Err(ErrorCode::Stale.into());
    }
    let text = words::gone(order.number, &why);
    store::hold(&mut tx, order.id).await?;
    store::append(&mut tx, &[by_clock(&order, ctx.now, text.clone())]).await?;
    let told = principals(order.school, words::tell_gone(&order.title, &why), words::LINK);
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    Ok(tx.commit(ctx.record(super::step::fact(&order, text, "")), effects).await?)
}
