//! An order as the caller may see it: the same judgement as the commands, so that a screen offers exactly what is allowed.

use shared::budget::fundfit;
use shared::catalog::price::{Buying, price_of};
use shared::id::{OrderId, PersonId};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::api::{
    ApprovalStepView, CounterView, OfferView, OrderAction, OrderFilter, OrderSplitView, OrderSummary, OrderView, TimelineEntry, WaitsFor,
};
use shared::orders::questions::Side;
use shared::orders::state::Landing;
use shared::orders::{OrderState, SplitPart};
use shared::page::Page;
use shared::time::Timestamp;
use shared::words::orders as words;

use super::bench;
use super::contract;
use super::facts::{self, OnSale};
use super::questions;
use super::stretch::{lay_out, pace_of, pace_view};
use super::{entries, silence};
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach, Target, service as identity};
use crate::orders::rules::{Bar, Standing, duty, landing, possible, questionable};
use crate::orders::store::{self, DeliveryRow, ORDERS_PAGE, OrderRow, SplitRow, Whose};

/// The orders that the caller may see.
pub fn whose(actor: &Actor) -> Whose {
    match actor.reach(Permission::ViewOrders) {
        Reach::Everything => Whose::Everyone,
        Reach::Parts { schools, networks, units } => {
            use shared::identity::Scope;
            let scopes = schools.into_iter().map(Scope::School).chain(networks.into_iter().map(Scope::Network));
            Whose::Of(scopes.chain(units.into_iter().map(Scope::Unit)).collect())
        }
    }
}

/// Orders within the caller's scope, newest first.
///
/// # Errors
/// `BadInput` for a cursor that is not one of ours.
pub async fn list(app: &App, actor: &Actor, filter: &OrderFilter) -> Result<Page<OrderSummary>, AppError> {
    let after = filter.after.as_deref().map(str::parse::<u32>).transpose().map_err(|_| AppError::field("after", words::BAD_CURSOR))?;
    let mut rows = store::page(&app.db.reader(), &whose(actor), filter, after).await?;
    let more = rows.len() > ORDERS_PAGE;
    rows.truncate(ORDERS_PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.number.to_string());
    // The district's days are near enough for a list; the order's page counts the school's own too.
    let time = calendar::time(&app.db.reader()).await?;
    let today = time.district.day_of(app.now())?;
    let line = |row: &OrderRow| OrderSummary { pace: pace_of(row, &time, today).map(|pace| pace.verdict), ..summary(row) };
    Ok(Page { items: rows.iter().map(line).collect(), next })
}

/// One line of a list.
pub fn summary(order: &OrderRow) -> OrderSummary {
    OrderSummary {
        id: order.id,
        number: order.number,
        school: SchoolRef { id: order.school, name: order.school_name.clone() },
        unit: UnitRef { id: order.unit, name: order.unit_name.clone() },
        division: order.division,
        title: order.title.clone(),
        tier_name: order.tier_name.clone(),
        state: order.state,
        price: order.price,
        submitted: order.submitted,
        start: order.start,
        waits_for: waits_for(order),
        delivered_units: order.confirmed_units,
        ordered_units: order.units,
        pace: None,
    }
}

/// The summary, and who acts meanwhile where whoever has to act next is away.
async fn with_deputy<Q: Query>(query: &Q, order: &OrderRow, now: Timestamp) -> Result<OrderSummary, AppError> {
    let mut summary = summary(order);
    let Some(waits) = &mut summary.waits_for else { return Ok(summary) };
    let people: Vec<PersonId> = match duty(order).map(|(side, ..)| side) {
        Some(Side::Unit) => {
            let heads = identity::contacts(query, Permission::AnswerOrder, &Target::Unit(order.unit)).await?;
            heads.into_iter().map(|head| head.id).collect()
        }
        Some(Side::School) => order.buyers().collect(),
        None => Vec::new(),
    };
    let away = identity::away(query, &people, now).await?;
    waits.deputy = away.first().map(|absence| words::away_and_deputy(&absence.person.name, absence.last, &absence.deputy.name));
    Ok(summary)
}

/// Who has to act next and by when.
pub fn waits_for(order: &OrderRow) -> Option<WaitsFor> {
    let buyer = order.buyer_name.as_deref().unwrap_or(&order.drafted_by_name);
    let school = words::of_school(buyer, &order.school_name);
    let unit = words::of_unit(if order.contact.is_empty() { &order.unit_contact } else { &order.contact }, &order.unit_name);
    let (owner, action) = match order.state {
        OrderState::Draft => (school, words::DO_SUBMIT),
        OrderState::Submitted => (order.open_step.map_or(words::BUDGET_OFFICE, words::decider).to_owned(), words::DO_APPROVE),
        OrderState::Approved => (unit, words::DO_ANSWER),
        OrderState::Returned => (school, words::DO_CORRECT),
        OrderState::Countered => (school, words::DO_CHOOSE),
        OrderState::Accepted | OrderState::InDelivery if order.logged_units > order.confirmed_units => {
            (words::of_school(words::RECEIVER, &order.school_name), words::DO_CONFIRM)
        }
        OrderState::Accepted | OrderState::InDelivery => (unit, words::DO_DELIVER),
        OrderState::Delivered => (school, words::DO_CLOSE),
        OrderState::Closed | OrderState::Withdrawn | OrderState::Cancelled => return None,
    };
    let since = match order.state {
        OrderState::Submitted => order.submitted,
        OrderState::Approved => order.approved,
        OrderState::Countered => order.answered,
        OrderState::Draft | OrderState::Returned | OrderState::Accepted | OrderState::InDelivery | OrderState::Delivered => None,
        OrderState::Closed | OrderState::Withdrawn | OrderState::Cancelled => None,
    };
    let (action, climbed_to) = (action.to_owned(), order.climbed_to.clone());
    Some(WaitsFor { owner, action, due: order.due, rests: order.rests, since, climbed_to, deputy: None })
}

/// One order whole.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn order(app: &App, actor: &Actor, id: OrderId) -> Result<OrderView, AppError> {
    let reader = app.db.reader();
    let row = seen(app, &reader, actor, id).await?;
    let bench = bench::of(&reader, actor, &row, app.now()).await?;
    let standing = Standing::of(actor, &row, &bench);
    let steps = store::steps(&reader, id).await?;
    let bought = facts::bought(&reader, &row).await?;
    let splits = store::splits(&reader, &[id]).await?;
    let deliveries = store::deliveries(&reader, id).await?;
    let time = calendar::school_time(&reader, row.school).await?;
    let mut row = row;
    lay_out(&mut row, &time);
    let timeline = store::timeline(&reader, id).await?;
    let questions = store::questions_of(&reader, id).await?;
    let committed = !matches!(row.state, OrderState::Draft | OrderState::Submitted | OrderState::Returned | OrderState::Withdrawn);
    let buyer = match (row.buyer, &row.buyer_name) {
        (Some(id), Some(name)) => PersonRef { id, name: name.clone() },
        _ => PersonRef { id: row.drafted_by, name: row.drafted_by_name.clone() },
    };
    let entry = |event: store::EventRow| TimelineEntry {
        at: event.at,
        by: event.person.map(|(id, name)| PersonRef { id, name }),
        on_behalf_of: event.for_person.map(|(id, name)| PersonRef { id, name }),
        text: event.text,
        detail: event.detail,
        comment: event.comment,
    };
    Ok(OrderView {
        summary: OrderSummary {
            pace: pace_of(&row, &time, time.district.day_of(app.now())?).map(|pace| pace.verdict),
            ..with_deputy(&reader, &row, app.now()).await?
        },
        version: row.version,
        year: row.year,
        quantity: row.quantity,
        measure: row.measure,
        working: row.working.clone(),
        price_lines: row.price_lines.clone(),
        choices: row.choices.clone(),
        goal: goal_title(app, &row).await?,
        goal_id: row.goal,
        note: row.note.clone(),
        buyer,
        bought_for: row.bought_for.clone().map(|(id, name)| PersonRef { id, name }),
        split: if standing.sees_money { split_views(app, &row, &bought, &splits).await? } else { Vec::new() },
        encumbered: if committed { splits.iter().map(SplitRow::open).sum() } else { Cents::ZERO },
        spent: splits.iter().map(|split| split.spent).sum(),
        deliveries: entries::views(&reader, (&row, &splits), &deliveries, &standing).await?,
        silence: silence::of_order(&reader, &row, app.now()).await?,
        periods: row.periods.clone(),
        pace: pace_view(&row, &deliveries, &time, time.district.day_of(app.now())?),
        rescue: standing.buys && matches!(row.state, OrderState::Accepted | OrderState::InDelivery) && row.logged_units < row.units,
        counter: counter(app, &row).await?,
        provider: contract::shown(&row, &bought, identity::district(&reader).await?.day_of(app.now())?),
        approvals: steps.into_iter().map(approval_step).collect(),
        answer_due: row.answer_due.filter(|_| row.state == OrderState::Submitted && row.answered.is_none()),
        available: row.state == OrderState::Submitted && landing(&row, false) == Landing::Available,
        barred: bench.bar.map(Bar::words).map(str::to_owned),
        timeline: timeline.into_iter().map(entry).collect(),
        actions: actions(&standing, &row, &deliveries),
        rating: row.rating.clone(),
        renews: row.renews,
        questions: questions.iter().map(|question| questions::summary(question, actor)).collect(),
        may_ask: standing.asks.is_some() && questionable(&row),
        service: bought.service,
        package: bought.package,
    })
}

/// The order's row, where the caller may see it.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn seen<Q: Query>(app: &App, query: &Q, actor: &Actor, id: OrderId) -> Result<OrderRow, AppError> {
    let row = store::order(query, id).await?.ok_or_else(AppError::not_found)?;
    if Standing::of(actor, &row, &bench::of(query, actor, &row, app.now()).await?).sees { Ok(row) } else { Err(AppError::not_found()) }
}

/// What the caller may do now: exactly what the commands would let through.
fn actions(standing: &Standing, order: &OrderRow, deliveries: &[DeliveryRow]) -> Vec<OrderAction> {
    const ALL: [OrderAction; 11] = [
        OrderAction::Edit,
        OrderAction::Approve,
        OrderAction::Return,
        OrderAction::Accept,
        OrderAction::Counter,
        OrderAction::Take,
        OrderAction::Withdraw,
        OrderAction::Cancel,
        OrderAction::LogDelivery,
        OrderAction::Close,
        OrderAction::Comment,
    ];
    ALL.into_iter().filter(|action| standing.may(*action).is_ok() && possible(*action, order, deliveries)).collect()
}

fn approval_step(step: store::ApprovalRow) -> ApprovalStepView {
    let person = |id: Option<PersonId>, name: Option<String>| id.zip(name).map(|(id, name)| PersonRef { id, name });
    ApprovalStepView {
        role: step.role,
        state: step.state,
        due: step.due,
        decided_by: person(step.decided_by, step.decided_by_name),
        acting_for: person(step.acting_for, step.acting_for_name),
        decided: step.decided,
    }
}

async fn goal_title(app: &App, order: &OrderRow) -> Result<Option<String>, AppError> {
    let Some(goal) = order.goal else { return Ok(None) };
    let plan = budget::plan(&app.db.reader(), order.school, order.year).await?;
    Ok(plan.into_iter().find(|known| known.id == goal).map(|known| words::goal_title(known.number, &known.title)))
}

async fn split_views(app: &App, order: &OrderRow, bought: &OnSale, splits: &[SplitRow]) -> Result<Vec<OrderSplitView>, AppError> {
    let budget = budget::school_budget(&app.db.reader(), order.school, order.year).await?;
    let view = |split: &SplitRow| {
        let line = budget.lines.iter().find(|line| line.id == split.line);
        let account = line.and_then(|line| fundfit::account(&bought.service.content, &budget.school_code, line).ok());
        OrderSplitView {
            part: SplitPart { line: split.line, amount: split.amount },
            fund_title: line.map_or_else(String::new, |line| line.fund.title.clone()),
            account: account.map_or_else(String::new, |account| account.to_string()),
        }
    };
    Ok(splits.iter().map(view).collect())
}

/// The unit's “no, but…” while it waits for the school, with today's prices.
async fn counter(app: &App, order: &OrderRow) -> Result<Option<CounterView>, AppError> {
    let (Some(counter), Some(by), Some(name)) = (&order.counter, order.countered_by, &order.countered_by_name) else { return Ok(None) };
    let school = budget::school(&app.db.reader(), order.school).await?;
    let day = facts::ordered_on(&identity::district(&app.db.reader()).await?, order, app.now())?;
    let buying = Buying { facts: &school.facts, day, quote: None };
    let funds = budget::list_funds(app).await?;
    let mut offers = Vec::with_capacity(counter.alternatives.len());
    for alternative in &counter.alternatives {
        let Some(found) = facts::on_sale(&app.db.reader(), alternative.package).await? else { continue };
        let choices = order.choices.offered_by(&found.package.content.extras);
        let Ok(priced) = price_of(&found.package.content, alternative.quantity, &choices, &buying) else { continue };
        offers.push(OfferView {
            alternative: alternative.clone(),
            title: found.service.content.title.clone(),
            tier_name: tier_name(&found),
            unit: UnitRef { id: found.unit.id, name: found.unit.name.clone() },
            fund_title: alternative.fund.and_then(|id| funds.iter().find(|fund| fund.id == id)).map(|fund| fund.title.clone()),
            needs_approval: priced.total > order.envelope,
            price: priced.total,
            working: priced.working,
        });
    }
    let by = PersonRef { id: by, name: name.clone() };
    Ok(Some(CounterView { counter: counter.clone(), offers, by, at: order.answered.unwrap_or(order.drafted) }))
}

/// The unit's own name of the tier, or the tier's title.
pub fn tier_name(found: &OnSale) -> String {
    let content = &found.package.content;
    if content.name.is_empty() { content.tier.title().to_owned() } else { content.name.clone() }
}
