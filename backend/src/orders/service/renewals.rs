//! Renewals as they are seen: by the school with next year's price and money, by the unit, and over all schools.

use std::collections::BTreeMap;

use shared::catalog::choice::Choices;
use shared::catalog::price::price_of;
use shared::catalog::price::Buying;
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, PackageId, PlanGoalId, SchoolId, UnitId};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::dates::{YearlyDates, YearlyKind};
use shared::orders::renewal::{
    Answered, NextFund, NextMoney, NextYear, RenewalLine, RenewalRoundView, RenewalState, RenewalsView, RoundPhase, SchoolRound,
    UnitRenewalsView, changes, goes_on, round_phase,
};
use shared::time::{Date, Timestamp};
use shared::words::orders as words;

use super::dates::dates_of;
use super::facts::{self, OnSale, SchoolSide, side_on};
use super::view::tier_name;
use crate::app::App;
use crate::budget::service::{self as budget, School};
use crate::catalog::service as catalog;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Target, service as identity};
use crate::orders::store::{self, OrderRow, RenewalRow};

/// The round of the year that is open on a day.
pub(super) struct Round {
    /// The year that is decided about.
    pub next: FiscalYear,
    pub dates: YearlyDates,
    pub phase: RoundPhase,
    pub today: Date,
    /// The first day of the year that is decided about.
    pub begins: Option<Date>,
}

/// The round in which this year's orders are decided about.
pub(super) async fn round_on<Q: Query>(query: &Q, now: Timestamp) -> Result<Round, AppError> {
    let district = identity::district(query).await?;
    let today = district.day_of(now)?;
    let year = district.calendar.year_of(today);
    let dates = dates_of(query, year).await?;
    let next = FiscalYear(year.0 + 1);
    Ok(Round { next, phase: round_phase(&dates, today), dates, today, begins: district.calendar.first_day(next) })
}

impl Round {
    pub fn opens(&self) -> Option<Date> {
        self.dates.day(YearlyKind::RenewalOpens)
    }

    pub fn closes(&self) -> Option<Date> {
        self.dates.day(YearlyKind::RenewalCloses)
    }

    /// A school's side on the first day of the next year.
    pub async fn side<Q: Query>(&self, query: &Q, school: School) -> Result<SchoolSide, AppError> {
        side_on(query, school, self.begins.unwrap_or(self.today)).await
    }
}

/// The package that goes on with this one in `year`, where its edition is published and has it.
pub(super) async fn next_edition<Q: Query>(query: &Q, package: PackageId, year: FiscalYear) -> Result<Option<OnSale>, AppError> {
    let Some(package) = catalog::successor(query, package).await? else { return Ok(None) };
    Ok(facts::on_sale(query, package).await?.filter(|found| found.service.menu_year == year))
}

/// What next year offers in place of an order, for so many; and as what it would be paid.
pub(super) async fn next_year<Q: Query>(
    query: &Q,
    (order, quantity): (&OrderRow, u32),
    side: &SchoolSide,
) -> Result<(NextYear, Option<OnSale>), AppError> {
    let found = next_edition(query, order.package, side.year).await?;
    let in_term = goes_on(order.term_year, order.choices.years);
    if found.is_none() && catalog::has_published(query, order.unit, side.year).await? {
        return Ok((NextYear::Retired { in_term }, None));
    }
    if in_term && quantity == order.quantity {
        let locked = NextYear::Locked { price: order.price, year_of_term: order.term_year + 1, years: order.choices.years };
        return Ok((locked, found));
    }
    let next = match &found {
        Some(next) => published(query, (order, quantity), side, next).await?,
        None => not_yet(query, (order, quantity), side).await?,
    };
    Ok((next, found))
}

async fn published<Q: Query>(
    query: &Q,
    (order, quantity): (&OrderRow, u32),
    side: &SchoolSide,
    next: &OnSale,
) -> Result<NextYear, AppError> {
    let priced = match side.price(next, quantity, &one_year(order, next)) {
        Ok(priced) => priced,
        Err(error) => return Ok(NextYear::NoPrice { why: error.message() }),
    };
    let now = facts::bought(query, order).await?;
    let written = |found: &'_ OnSale| (found.service.content.clone(), found.package.content.clone());
    let (before, after) = (written(&now), written(next));
    Ok(NextYear::Published {
        title: after.0.title.clone(),
        tier_name: tier_name(next),
        price: priced.total,
        working: priced.working,
        changes: changes((&before.0, &before.1), (&after.0, &after.1)),
    })
}

/// Next year's edition is not there: this year's price stands in, and for another quantity what it would cost today.
async fn not_yet<Q: Query>(query: &Q, (order, quantity): (&OrderRow, u32), side: &SchoolSide) -> Result<NextYear, AppError> {
    if quantity == order.quantity {
        return Ok(NextYear::NotYet { price: order.price });
    }
    let bought = facts::bought(query, order).await?;
    let buying = Buying { facts: &side.school.facts, day: side.today, quote: None };
    let priced = price_of(&bought.package.content, quantity, &Choices { years: 1, ..order.choices.clone() }, &buying);
    Ok(match priced {
        Ok(priced) => NextYear::NotYet { price: priced.total },
        Err(error) => NextYear::NoPrice { why: error.message() },
    })
}

/// What was chosen, as far as the next edition offers it, for one year: a new term is a new decision.
pub(super) fn one_year(order: &OrderRow, next: &OnSale) -> Choices {
    Choices { years: 1, ..order.choices.offered_by(&next.package.content.extras) }
}

/// The goal of next year's plan that has the name of the one an order serves.
pub(super) fn same_goal(title: Option<&str>, side: &SchoolSide) -> Option<PlanGoalId> {
    let title = title?;
    side.plan.iter().find(|goal| goal.title == title).map(|goal| goal.id)
}

/// The titles of the goals that orders of a school name.
pub(super) async fn goal_titles<Q: Query>(query: &Q, school: SchoolId, year: FiscalYear) -> Result<BTreeMap<PlanGoalId, (u8, String)>, AppError> {
    let plan = budget::plan(query, school, year).await?;
    Ok(plan.into_iter().map(|goal| (goal.id, (goal.number, goal.title))).collect())
}

/// A school's lines, and what they would take of next year's money one after the other.
pub(super) async fn lines_of<Q: Query>(
    query: &Q,
    mut side: SchoolSide,
    offers: &[(RenewalRow, OrderRow)],
) -> Result<(Vec<RenewalLine>, Option<NextMoney>), AppError> {
    let goals = goal_titles(query, side.school.id, FiscalYear(side.year.0 - 1)).await?;
    let before: Vec<(BudgetLineId, Cents)> = side.lines.iter().map(|line| (line.id, line.money.available)).collect();
    let (mut lines, mut short) = (Vec::new(), Cents::ZERO);
    for (row, order) in offers {
        let (next, found) = next_year(query, (order, wanted(row, order)), &side).await?;
        let goal = order.goal.and_then(|id| goals.get(&id));
        let kept = same_goal(goal.map(|(_, title)| title.as_str()), &side);
        let line = line(row, order, next, (goal.map(|(number, title)| words::goal_title(*number, title)), kept.is_some() || side.plan.is_empty()));
        let counts = row.state.goes_on() || line.waits();
        if let Some(price) = line.next.price().filter(|_| counts) {
            let found = match found {
                Some(found) => found,
                None => facts::bought(query, order).await?,
            };
            let start = side.district.calendar.first_day(side.year).unwrap_or(side.today);
            let fit = side.fit(&found, &OrderRow { goal: kept, start, ..order.clone() }, price);
            short = short.saturating_add(fit.shortfall);
            side.take(&fit.proposal(), kept);
        }
        lines.push(line);
    }
    let funds = side.lines.iter().zip(before).map(|(line, (_, available))| NextFund {
        title: line.fund.title.clone(),
        available,
        asked: available.saturating_sub(line.money.available),
    });
    let money = NextMoney { funds: funds.collect(), short };
    Ok((lines, (!side.lines.is_empty()).then_some(money)))
}

/// As answered; until then as ordered, also where the order changed since the offer was made.
const fn wanted(row: &RenewalRow, order: &OrderRow) -> u32 {
    if matches!(row.state, RenewalState::Open) { order.quantity } else { row.quantity }
}

fn line(row: &RenewalRow, order: &OrderRow, next: NextYear, (goal, goal_stays): (Option<String>, bool)) -> RenewalLine {
    RenewalLine {
        order: order.id,
        version: row.version,
        number: order.number,
        school: SchoolRef { id: order.school, name: order.school_name.clone() },
        unit: UnitRef { id: order.unit, name: order.unit_name.clone() },
        title: order.title.clone(),
        tier_name: order.tier_name.clone(),
        quantity: order.quantity,
        measure: order.measure,
        goal_stays: goal_stays || goal.is_none(),
        goal,
        price_now: order.price,
        next,
        stars: order.rating.as_ref().map(|rating| rating.stars),
        state: row.state,
        wanted: wanted(row, order),
        reason: row.reason.clone(),
        answered: row.by.as_ref().zip(row.answered).map(|((id, name), at)| Answered { by: PersonRef { id: *id, name: name.clone() }, at }),
        draft: row.draft,
    }
}

/// A school's renewals.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn renewals(app: &App, actor: &Actor, school: SchoolId) -> Result<RenewalsView, AppError> {
    let reader = app.db.reader();
    let school = budget::school_facts(&reader, school).await?;
    let target = Target::School(school.id, school.network);
    actor.demand(Permission::ViewSchoolBudget, &target)?;
    let round = round_on(&reader, app.now()).await?;
    let name = SchoolRef { id: school.id, name: school.name.clone() };
    let offers = store::renewals_of(&reader, school.id, round.next).await?;
    let side = round.side(&reader, school).await?;
    let (lines, money) = lines_of(&reader, side, &offers).await?;
    Ok(RenewalsView {
        school: name,
        year: round.next,
        phase: round.phase,
        opens: round.opens(),
        closes: round.closes(),
        begins: round.begins,
        may: round.phase == RoundPhase::Open && actor.may(Permission::SubmitOrder, &target),
        lines,
        money,
    })
}

/// Who renews with a unit, who drops, and who has not answered yet.
///
/// # Errors
/// `NotFound` for a unit outside the caller's scope.
pub async fn unit_renewals(app: &App, actor: &Actor, unit: UnitId) -> Result<UnitRenewalsView, AppError> {
    actor.demand(Permission::LogDelivery, &Target::Unit(unit))?;
    let reader = app.db.reader();
    let round = round_on(&reader, app.now()).await?;
    let mut by_school: BTreeMap<SchoolId, Vec<(RenewalRow, OrderRow)>> = BTreeMap::new();
    for offer in store::renewals_with(&reader, unit, round.next).await? {
        by_school.entry(offer.1.school).or_default().push(offer);
    }
    let mut lines = Vec::new();
    for (school, offers) in by_school {
        let side = round.side(&reader, budget::school_facts(&reader, school).await?).await?;
        lines.extend(lines_of(&reader, side, &offers).await?.0);
    }
    let name = catalog::unit_contact(&reader, unit).await?.name;
    let (opens, closes) = (round.opens(), round.closes());
    Ok(UnitRenewalsView { unit: UnitRef { id: unit, name }, year: round.next, phase: round.phase, opens, closes, lines })
}

/// The round over all schools.
///
/// # Errors
/// Those of the database.
pub async fn renewal_round(app: &App, actor: &Actor) -> Result<RenewalRoundView, AppError> {
    actor.demand(Permission::ViewDistrictBudget, &Target::District)?;
    let reader = app.db.reader();
    let round = round_on(&reader, app.now()).await?;
    let rows = store::round(&reader, round.next).await?;
    let mut schools = Vec::new();
    for school in budget::list_schools(&reader).await? {
        let own: Vec<_> = rows.iter().filter(|row| row.school == school.id).collect();
        let many = |state: RenewalState| own.iter().filter(|row| row.state == state).map(|row| row.many).sum::<u32>();
        if !own.is_empty() {
            schools.push(SchoolRound {
                school: SchoolRef { id: school.id, name: school.name },
                open: many(RenewalState::Open),
                renewed: many(RenewalState::Renewed) + many(RenewalState::Changed),
                dropped: many(RenewalState::Dropped) + many(RenewalState::Gone),
                lapsed: many(RenewalState::Lapsed),
                sum: own.iter().filter(|row| row.state.goes_on()).map(|row| row.sum).sum(),
            });
        }
    }
    Ok(RenewalRoundView {
        year: round.next,
        phase: round.phase,
        opens: round.opens(),
        reminds: round.dates.day(YearlyKind::RenewalReminds),
        closes: round.closes(),
        may_open: round.phase == RoundPhase::Before && actor.may(Permission::KeepCalendar, &Target::District),
        schools,
    })
}
