//! My desk: what waits for me by due time, what I wait for with owner and clock, and two or three numbers.

use shared::budget::FundRules;
use shared::id::{SchoolId, UnitId};
use shared::identity::policy::Permission;
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::desk::{DeskItem, DeskNumber, DeskView};
use shared::time::Timestamp;
use shared::words::catalog as catalog_words;
use shared::words::orders as words;

use super::desk_changes;
use super::desk_choices;
use super::desk_questions;
use super::desk_renewals;
use super::desk_waiting;
use super::pending;
use super::support;
use super::view::waits_for;
use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, service as identity};
use crate::orders::store::{self, OrderRow, Whose};

/// The states in which a school has committed money and nothing is delivered yet, or not all.
const RUNNING: [OrderState; 4] = [OrderState::Approved, OrderState::Countered, OrderState::Accepted, OrderState::InDelivery];

/// A desk being laid.
struct Laying {
    now: Timestamp,
    desk: DeskView,
}

impl Laying {
    fn item(&self, order: &OrderRow, action: &str) -> DeskItem {
        let owner = waits_for(order).map(|waits| waits.owner).unwrap_or_default();
        let title = words::desk_title(order.number, &order.title, &order.school_name);
        DeskItem {
            title,
            action: if order.rests.is_some() { words::at_rest(action) } else { action.to_owned() },
            owner,
            due: order.due.filter(|_| order.rests.is_none()),
            overdue: order.rests.is_none() && order.due.is_some_and(|due| due < self.now),
            amount: (!order.price.is_zero()).then_some(order.price),
            link: words::order_link(order.id),
        }
    }

    fn mine(&mut self, orders: &[OrderRow], action: &str) {
        let items: Vec<DeskItem> = orders.iter().map(|order| self.item(order, action)).collect();
        self.desk.mine.extend(items);
    }

    fn theirs(&mut self, orders: &[OrderRow]) {
        let items: Vec<DeskItem> = orders
            .iter()
            .filter_map(|order| waits_for(order).map(|waits| (order, waits.action)))
            .map(|(order, action)| self.item(order, &action))
            .collect();
        self.desk.theirs.extend(items);
    }

    fn number(&mut self, label: &str, value: impl ToString, link: impl Into<String>) {
        self.desk.numbers.push(DeskNumber { label: label.to_owned(), value: value.to_string(), link: link.into() });
    }
}

/// The caller's desk, for all roles they hold.
///
/// # Errors
/// Those of the database.
pub async fn desk(app: &App, actor: &Actor, now: Timestamp) -> Result<DeskView, AppError> {
    let reader = app.db.reader();
    let mut laying = Laying { now, desk: DeskView { mine: Vec::new(), theirs: Vec::new(), numbers: Vec::new() } };
    let climbed = store::climbed_orders(&reader, &actor.conflicts()).await?;
    laying.mine(&climbed, words::DO_SEE_TO_IT);
    desk_questions::lay(&mut laying.desk, &reader, actor, now).await?;
    desk_waiting::lay(&mut laying.desk, &reader, actor, now).await?;
    desk_renewals::lay(&mut laying.desk, &reader, actor, now).await?;
    desk_choices::lay(&mut laying.desk, &reader, actor, now).await?;
    desk_changes::lay(&mut laying.desk, &reader, actor, now).await?;
    for lent in &actor.lent {
        if let (Role::UnitHead, Scope::Unit(unit)) = (lent.grant.role, lent.grant.scope) {
            let whose = Whose::Of(vec![Scope::Unit(unit)]);
            let waiting = store::in_states(&reader, &whose, &[OrderState::Approved]).await?;
            laying.mine(&waiting, &words::for_absent(words::DO_ANSWER, &lent.name));
        }
    }
    for grant in actor.seats() {
        match (grant.role, grant.scope) {
            (Role::Principal, Scope::School(school)) => principal(&mut laying, &reader, actor, school).await?,
            // Who acts as principal of their own school has it all from that seat.
            (Role::SchoolStaff, Scope::School(school)) if actor.acting_at(school).is_some() => {}
            (Role::SchoolStaff, Scope::School(school)) => school_staff(&mut laying, &reader, actor, school).await?,
            (Role::UnitHead, Scope::Unit(unit)) => unit_head(&mut laying, &reader, unit).await?,
            (Role::UnitStaff, Scope::Unit(unit)) => unit_staff(&mut laying, &reader, unit).await?,
            (Role::NetworkOfficer, Scope::Network(network)) => {
                onlooker(&mut laying, &reader, &Whose::Of(vec![Scope::Network(network)])).await?;
                let open = support::open_items(&reader, Scope::Network(network)).await?;
                laying.desk.theirs.extend(open);
            }
            (Role::BudgetOfficer, _) => budget_officer(&mut laying, app, &reader, actor).await?,
            (Role::Auditor | Role::Executive, _) => onlooker(&mut laying, &reader, &Whose::Everyone).await?,
            (Role::SystemAdministrator, _) => accounts(&mut laying, &reader).await?,
            _ => {}
        }
    }
    if actor.holds(Permission::ApproveOrder) {
        approver(&mut laying, &reader, actor).await?;
    }
    let DeskView { mine, theirs, .. } = &mut laying.desk;
    for list in [mine, theirs] {
        list.sort_by(|a, b| (a.due.is_none(), a.due).cmp(&(b.due.is_none(), b.due)));
        let mut seen = std::collections::BTreeSet::new();
        list.retain(|item| seen.insert((item.link.clone(), item.action.clone())));
    }
    Ok(laying.desk)
}

fn school_only(school: SchoolId) -> Whose {
    Whose::Of(vec![Scope::School(school)])
}

async fn principal<Q: Query>(laying: &mut Laying, query: &Q, actor: &Actor, school: SchoolId) -> Result<(), AppError> {
    let whose = school_only(school);
    laying.mine(&store::in_states(query, &whose, &[OrderState::Returned]).await?, words::DO_CORRECT);
    laying.mine(&store::in_states(query, &whose, &[OrderState::Countered]).await?, words::DO_CHOOSE);
    let submitted = store::in_states(query, &whose, &[OrderState::Submitted]).await?;
    let countered: Vec<OrderRow> = submitted.into_iter().filter(|order| order.counter.is_some()).collect();
    laying.mine(&countered, words::DO_CHOOSE);
    let delivered = store::in_states(query, &whose, &[OrderState::Delivered]).await?;
    let own: Vec<OrderRow> = delivered.into_iter().filter(|order| order.is_bought_by(actor)).collect();
    laying.mine(&own, words::DO_CLOSE);
    receiver(laying, query, actor, &whose).await?;
    cart(laying, query, school).await?;
    laying.desk.mine.extend(support::open_items(query, Scope::School(school)).await?);
    let waiting = [OrderState::Submitted, OrderState::Approved, OrderState::Accepted, OrderState::InDelivery];
    laying.theirs(&store::in_states(query, &whose, &waiting).await?);
    let district = identity::district(query).await?;
    let lines = budget::school_budget(query, school, district.year_of(laying.now)?).await?;
    laying.number(words::NUMBER_AVAILABLE, lines.total.available, words::BUDGET_LINK);
    laying.number(words::NUMBER_COMMITTED, lines.total.encumbered.saturating_add(lines.total.pre_encumbered), words::ORDERS_LINK);
    let (running, _) = store::tally(query, &whose, &RUNNING).await?;
    laying.number(words::NUMBER_RUNNING, running, words::ORDERS_LINK);
    Ok(())
}

async fn cart<Q: Query>(laying: &mut Laying, query: &Q, school: SchoolId) -> Result<(), AppError> {
    let (many, total) = store::tally(query, &school_only(school), &[OrderState::Draft]).await?;
    if many > 0 {
        laying.desk.mine.push(DeskItem {
            title: words::cart_title(many),
            action: words::DO_SUBMIT.to_owned(),
            owner: String::new(),
            due: None,
            overdue: false,
            amount: (!total.is_zero()).then_some(total),
            link: words::CART_LINK.to_owned(),
        });
    }
    Ok(())
}

/// Deliveries that the caller may confirm: those of orders that somebody else bought.
async fn receiver<Q: Query>(laying: &mut Laying, query: &Q, actor: &Actor, whose: &Whose) -> Result<(), AppError> {
    let open = store::with_open_deliveries(query, whose).await?;
    let conflicts = actor.conflicts();
    let others: Vec<OrderRow> = open.into_iter().filter(|order| order.buyers().all(|buyer| !conflicts.contains(&buyer))).collect();
    laying.mine(&others, words::DO_CONFIRM);
    Ok(())
}

async fn school_staff<Q: Query>(laying: &mut Laying, query: &Q, actor: &Actor, school: SchoolId) -> Result<(), AppError> {
    let whose = school_only(school);
    receiver(laying, query, actor, &whose).await?;
    laying.theirs(&store::in_states(query, &whose, &[OrderState::Accepted, OrderState::InDelivery]).await?);
    let (drafts, total) = store::tally(query, &whose, &[OrderState::Draft]).await?;
    laying.number(words::NUMBER_IN_CART, words::many_for(drafts, total), words::CART_LINK);
    let (running, _) = store::tally(query, &whose, &RUNNING).await?;
    laying.number(words::NUMBER_RUNNING, running, words::ORDERS_LINK);
    Ok(())
}

async fn unit_head<Q: Query>(laying: &mut Laying, query: &Q, unit: UnitId) -> Result<(), AppError> {
    let whose = Whose::Of(vec![Scope::Unit(unit)]);
    laying.mine(&store::in_states(query, &whose, &[OrderState::Approved]).await?, words::DO_ANSWER);
    let submitted = store::in_states(query, &whose, &[OrderState::Submitted]).await?;
    let (answered, asked): (Vec<OrderRow>, Vec<OrderRow>) = submitted.into_iter().partition(|order| order.answered.is_some());
    // The unit's own clock runs beside the approval.
    let asked: Vec<OrderRow> = asked.into_iter().map(|order| OrderRow { due: order.answer_due, ..order }).collect();
    laying.mine(&asked, words::DO_CHECK);
    unit_work(laying, query, &whose).await?;
    laying.theirs(&answered);
    laying.theirs(&store::in_states(query, &whose, &[OrderState::Countered]).await?);
    papers(laying, query, unit).await?;
    let (asked, _) = store::tally(query, &whose, &[OrderState::Approved]).await?;
    laying.number(words::NUMBER_TO_ANSWER, asked, words::ORDERS_LINK);
    let (running, committed) = store::tally(query, &whose, &[OrderState::Accepted, OrderState::InDelivery]).await?;
    laying.number(words::NUMBER_IN_WORK, words::many_for(running, committed), words::ORDERS_LINK);
    let earned = crate::ledger::earned(query, &[unit]).await?;
    laying.number(words::NUMBER_EARNED, earned.into_values().sum::<Cents>(), words::ORDERS_LINK);
    Ok(())
}

async fn unit_staff<Q: Query>(laying: &mut Laying, query: &Q, unit: UnitId) -> Result<(), AppError> {
    let whose = Whose::Of(vec![Scope::Unit(unit)]);
    unit_work(laying, query, &whose).await?;
    let (running, _) = store::tally(query, &whose, &[OrderState::Accepted, OrderState::InDelivery]).await?;
    laying.number(words::NUMBER_IN_WORK, running, words::ORDERS_LINK);
    Ok(())
}

/// Papers of the unit's outside providers that are missing, over or about to end.
async fn papers<Q: Query>(laying: &mut Laying, query: &Q, unit: UnitId) -> Result<(), AppError> {
    let district = identity::district(query).await?;
    for (title, until) in catalog::paper_warnings(query, unit, district.day_of(laying.now)?).await? {
        let due = until.map(|day| district.start_of(day.plus_days(1))).transpose()?;
        let item = office_item(title, catalog_words::DO_RENEW, catalog_words::PROVIDERS_LINK);
        laying.desk.mine.push(DeskItem { owner: String::new(), due, overdue: until.is_none(), ..item });
    }
    Ok(())
}

/// Deliveries to log, and those that a receiver has yet to confirm.
async fn unit_work<Q: Query>(laying: &mut Laying, query: &Q, whose: &Whose) -> Result<(), AppError> {
    let work = store::in_states(query, whose, &[OrderState::Accepted, OrderState::InDelivery]).await?;
    let (to_log, logged): (Vec<OrderRow>, Vec<OrderRow>) = work.into_iter().partition(|order| order.logged_units < order.units);
    laying.mine(&to_log, words::DO_DELIVER);
    laying.theirs(&logged);
    Ok(())
}

async fn budget_officer<Q: Query>(laying: &mut Laying, app: &App, query: &Q, actor: &Actor) -> Result<(), AppError> {
    laying.mine(&store::to_settle(query).await?, words::DO_SETTLE);
    let funds = budget::list_funds(app).await?;
    let undecided = funds.iter().filter(|fund| fund.rules == FundRules::Undecided).count();
    if undecided > 0 {
        laying.desk.mine.push(office_item(words::undecided_funds(undecided), words::DO_DECIDE, words::FUNDS_LINK));
    }
    let unchecked = catalog::papers_to_check(query, actor.person).await?;
    if unchecked > 0 {
        let title = catalog_words::papers_to_check(unchecked);
        laying.desk.mine.push(office_item(title, catalog_words::DO_CHECK_PAPERS, catalog_words::PROVIDERS_LINK));
    }
    let exceptions = budget::exceptions(app, actor, None).await?.iter().filter(|exception| exception.closed.is_none()).count();
    if exceptions > 0 {
        laying.desk.mine.push(office_item(words::open_exceptions(exceptions), words::DO_LOOK, words::EXCEPTIONS_LINK));
    }
    let (many, total) = store::tally(query, &Whose::Everyone, &[OrderState::Submitted]).await?;
    laying.number(words::NUMBER_TO_APPROVE, words::many_for(many, total), words::APPROVALS_LINK);
    let (running, committed) = store::tally(query, &Whose::Everyone, &RUNNING).await?;
    laying.number(words::NUMBER_RUNNING, words::many_for(running, committed), words::ORDERS_LINK);
    laying.number(words::NUMBER_EXCEPTIONS, exceptions, words::EXCEPTIONS_LINK);
    Ok(())
}

/// Steps of approvals that the caller may decide.
async fn approver<Q: Query>(laying: &mut Laying, query: &Q, actor: &Actor) -> Result<(), AppError> {
    let found = pending::to_decide(query, actor, laying.now).await?;
    let orders: Vec<OrderRow> = found.into_iter().filter(|(_, pending)| pending.barred.is_none()).map(|(order, _)| order).collect();
    laying.mine(&orders, words::DO_APPROVE);
    Ok(())
}

fn office_item(title: String, action: &str, link: &str) -> DeskItem {
    let (action, owner, link) = (action.to_owned(), words::BUDGET_OFFICE.to_owned(), link.to_owned());
    DeskItem { title, action, owner, due: None, overdue: false, amount: None, link }
}

/// Who looks on: what is late, and how much is under way.
async fn onlooker<Q: Query>(laying: &mut Laying, query: &Q, whose: &Whose) -> Result<(), AppError> {
    let waiting = [OrderState::Submitted, OrderState::Approved, OrderState::Countered, OrderState::Accepted, OrderState::InDelivery];
    let orders = store::in_states(query, whose, &waiting).await?;
    let late: Vec<OrderRow> = orders.into_iter().filter(|order| order.due.is_some_and(|due| due < laying.now)).collect();
    laying.theirs(&late);
    let (running, committed) = store::tally(query, whose, &RUNNING).await?;
    laying.number(words::NUMBER_RUNNING, words::many_for(running, committed), words::ORDERS_LINK);
    let (done, spent) = store::tally(query, whose, &[OrderState::Delivered, OrderState::Closed]).await?;
    laying.number(words::NUMBER_DELIVERED, words::many_for(done, spent), words::ORDERS_LINK);
    laying.number(words::NUMBER_LATE, late.len(), words::ORDERS_LINK);
    Ok(())
}

/// The administrator sees no business, only accounts.
async fn accounts<Q: Query>(laying: &mut Laying, query: &Q) -> Result<(), AppError> {
    let people = identity::people_count(query).await?;
    laying.number(words::NUMBER_ACCOUNTS, people, words::PEOPLE_LINK);
    Ok(())
}
