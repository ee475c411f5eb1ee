//! One school's facts, budget and plan, down to the movements behind a line.

use std::collections::{BTreeMap, BTreeSet};

use shared::budget::MoneyStates;
use shared::budget::api::{
    BudgetLineDetail, BudgetLineView, ExceptionKind, MovementView, NetworkRef, Places, PlanGoalView, SchoolBudget, SchoolView,
};
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, NetworkId, SchoolId};
use shared::identity::api::{PersonRef, SchoolRef};
use shared::identity::policy::Permission;
use shared::money::Cents;

use crate::app::App;
use crate::budget::store::exception::{self, Place};
use crate::budget::store::line::{self, Line};
use crate::budget::store::school::School;
use crate::budget::store::{books, movement, plan as plans, school as schools};
use crate::db::Query;
use crate::error::AppError;
use crate::identity::service as identity;
use crate::identity::{Actor, Target};
use crate::ledger;

/// Most movements that one line's page lists.
const MOVEMENTS_LIMIT: u32 = 1_000;

fn view(school: School) -> SchoolView {
    SchoolView {
        id: school.id,
        code: school.code,
        name: school.name,
        span: school.span,
        network: school.network_name,
        facts: school.facts,
        facts_source: school.facts_source,
    }
}

/// One school with its counts.
///
/// # Errors
/// Not found where there is no such school; those of the database.
pub async fn school(q: &impl Query, id: SchoolId) -> Result<SchoolView, AppError> {
    Ok(view(school_facts(q, id).await?))
}

/// One school as stored, with its network's id.
///
/// # Errors
/// Not found where there is no such school; those of the database.
pub async fn school_facts(q: &impl Query, id: SchoolId) -> Result<School, AppError> {
    schools::school(q, id).await?.ok_or(AppError::not_found())
}

/// All schools by name, with their counts.
///
/// # Errors
/// Those of the database.
pub async fn list_schools(q: &impl Query) -> Result<Vec<SchoolView>, AppError> {
    Ok(schools::schools(q).await?.into_iter().map(view).collect())
}

/// The schools of these networks, by name.
///
/// # Errors
/// Those of the database.
pub async fn schools_of(q: &impl Query, networks: &BTreeSet<NetworkId>) -> Result<Vec<School>, AppError> {
    let all = schools::schools(q).await?;
    Ok(all.into_iter().filter(|school| school.network.is_some_and(|network| networks.contains(&network))).collect())
}

/// The network a school is part of: what scopes are asked with.
///
/// # Errors
/// Not found where there is no such school; those of the database.
pub async fn network_of(q: &impl Query, id: SchoolId) -> Result<Option<NetworkId>, AppError> {
    Ok(school_facts(q, id).await?.network)
}

/// A school's budget lines of one year with their money, and what stands beside them.
///
/// # Errors
/// Not found where there is no such school; those of the database.
pub async fn school_budget(q: &impl Query, id: SchoolId, year: FiscalYear) -> Result<SchoolBudget, AppError> {
    let school = school_facts(q, id).await?;
    let lines = line::of_school(q, id, year).await?;
    let lines = with_money(q, lines, &year_facts(q, id, year).await?).await?;
    let books = match books::editions(q).await?.get(&year) {
        Some((_, at)) => Some(identity::district(q).await?.day_of(*at)?),
        None => None,
    };
    Ok(SchoolBudget {
        school: SchoolRef { id, name: school.name },
        school_code: school.code,
        year,
        years: line::years(q, Some(id)).await?,
        total: lines.iter().fold(MoneyStates::default(), |sum, line| sum.plus(line.money)),
        opening_deficit: lines.iter().map(|line| line.opening_deficit).sum(),
        books_as_of: books,
        lines,
    })
}

/// A school's budget lines of one year with what they hold, and nothing beside them: what deciding on a purchase needs.
///
/// # Errors
/// Those of the database.
pub async fn spendable(q: &impl Query, id: SchoolId, year: FiscalYear) -> Result<Vec<BudgetLineView>, AppError> {
    with_money(q, line::of_school(q, id, year).await?, &YearFacts::default()).await
}

/// What is known of a school's funds beside the ledger.
#[derive(Default)]
struct YearFacts {
    deficits: BTreeMap<Place, Cents>,
    planned: BTreeMap<FundId, Cents>,
}

async fn year_facts(q: &impl Query, school: SchoolId, year: FiscalYear) -> Result<YearFacts, AppError> {
    Ok(YearFacts { deficits: exception::open(q, year, Some(school)).await?, planned: plans::planned(q, school, year).await? })
}

async fn with_money(q: &impl Query, lines: Vec<Line>, facts: &YearFacts) -> Result<Vec<BudgetLineView>, AppError> {
    let ids: Vec<BudgetLineId> = lines.iter().map(|line| line.id).collect();
    let states = ledger::states(q, &ids).await?;
    let view = |line: Line| {
        let place = Place { school: line.school, fund: line.fund.id, kind: ExceptionKind::OpeningDeficit };
        let planned = facts.planned.get(&line.fund.id).copied();
        let mut fund = line.fund;
        fund.sacs_fund = line.sacs_fund;
        BudgetLineView {
            id: line.id,
            money: states.get(&line.id).copied().unwrap_or_default(),
            opening_deficit: facts.deficits.get(&place).copied().unwrap_or_default(),
            planned,
            fund,
        }
    };
    Ok(lines.into_iter().map(view).collect())
}

/// A line with every movement behind its money, named by the document that caused it, and the books' own rows.
///
/// # Errors
/// Not found where there is no such line; those of the database.
pub async fn budget_line(q: &impl Query, id: BudgetLineId) -> Result<BudgetLineDetail, AppError> {
    let line = line::line(q, id).await?.ok_or(AppError::not_found())?;
    let (school, year) = (SchoolRef { id: line.school, name: line.school_name.clone() }, line.year);
    let books = books::rows_of_line(q, year, &line.school_code, &line.fund.code).await?;
    let facts = year_facts(q, line.school, year).await?;
    let view = with_money(q, vec![line], &facts).await?.pop().ok_or(AppError::not_found())?;
    Ok(BudgetLineDetail { school, year, line: view, movements: movements(q, id).await?, books })
}

async fn movements(q: &impl Query, id: BudgetLineId) -> Result<Vec<MovementView>, AppError> {
    let moved = ledger::movements(q, id, None, MOVEMENTS_LIMIT).await?;
    let titles = movement::titles(q, id).await?;
    let people: Vec<_> = moved.iter().filter_map(|m| m.by).collect();
    let names = identity::names(q, &people).await?;
    let view = |m: ledger::LedgerMovement| {
        let titled = movement::title_of(&titles, &m.cause);
        MovementView {
            transfer: m.id,
            at: m.at,
            kind: m.kind,
            change: m.change,
            cause: m.cause.kind,
            cause_id: titled.id,
            cause_title: titled.title,
            by: m.by.and_then(|id| names.get(&id).map(|name| PersonRef { id, name: name.clone() })),
        }
    };
    // What a delivery earns a unit moves nothing on the school's line.
    Ok(moved.into_iter().filter(|m| m.unit.is_none()).map(view).collect())
}

/// The school's plan of one year: goals, the funds behind them, and what was ordered for each.
///
/// # Errors
/// Those of the database.
pub async fn plan(q: &impl Query, id: SchoolId, year: FiscalYear) -> Result<Vec<PlanGoalView>, AppError> {
    Ok(plans::goals(q, id, year).await?)
}

async fn year_or_open(app: &App, year: Option<FiscalYear>) -> Result<FiscalYear, AppError> {
    match year {
        Some(year) => Ok(year),
        None => identity::district(&app.db.reader()).await?.year_of(app.now()),
    }
}

/// All schools as a signed-in person may see them: a unit looks at its menu as any of them would.
///
/// # Errors
/// Those of the database.
pub async fn see_schools(app: &App) -> Result<Vec<SchoolView>, AppError> {
    list_schools(&app.db.reader()).await
}

/// A school as a signed-in person may see it: facts are no secret inside the district.
///
/// # Errors
/// Not found where there is no such school; those of the database.
pub async fn see_school(app: &App, id: SchoolId) -> Result<SchoolView, AppError> {
    school(&app.db.reader(), id).await
}

/// A school's budget, for those whose scope holds the school.
///
/// # Errors
/// Not found outside the caller's scope; those of the database.
pub async fn see_school_budget(app: &App, actor: &Actor, id: SchoolId, year: Option<FiscalYear>) -> Result<SchoolBudget, AppError> {
    let reader = app.db.reader();
    let network = network_of(&reader, id).await?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(id, network))?;
    let year = match year {
        Some(year) => year,
        None => latest_year(app, id).await?,
    };
    school_budget(&reader, id, year).await
}

/// The open year where the school has lines in it, else the newest that it has.
async fn latest_year(app: &App, id: SchoolId) -> Result<FiscalYear, AppError> {
    let open = year_or_open(app, None).await?;
    let years = line::years(&app.db.reader(), Some(id)).await?;
    Ok(if years.contains(&open) { open } else { years.first().copied().unwrap_or(open) })
}

/// A budget line, for those whose scope holds its school.
///
/// # Errors
/// Not found outside the caller's scope; those of the database.
pub async fn see_line(app: &App, actor: &Actor, id: BudgetLineId) -> Result<BudgetLineDetail, AppError> {
    let reader = app.db.reader();
    let line = line::line(&reader, id).await?.ok_or(AppError::not_found())?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(line.school, line.network))?;
    budget_line(&reader, id).await
}

/// A school's plan, for those whose scope holds the school.
///
/// # Errors
/// Not found outside the caller's scope; those of the database.
pub async fn see_plan(app: &App, actor: &Actor, id: SchoolId, year: Option<FiscalYear>) -> Result<Vec<PlanGoalView>, AppError> {
    let reader = app.db.reader();
    let network = network_of(&reader, id).await?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(id, network))?;
    plan(&reader, id, year_or_open(app, year).await?).await
}

/// Schools and networks by name, for whoever looks after roles.
///
/// # Errors
/// Those of the database.
pub async fn places(app: &App) -> Result<Places, AppError> {
    let reader = app.db.reader();
    let schools = schools::schools(&reader).await?.into_iter().map(|s| SchoolRef { id: s.id, name: s.name }).collect();
    let networks = schools::networks(&reader).await?.into_iter().map(|(id, name)| NetworkRef { id, name }).collect();
    Ok(Places { schools, networks })
}
