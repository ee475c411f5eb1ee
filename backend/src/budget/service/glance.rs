//! The district at a glance: by school, by fund, and what stands in the exception register.

use std::collections::BTreeMap;

use shared::budget::api::{DistrictBudget, ExceptionKind, ExceptionView, FundTotal, SchoolTotal};
use shared::budget::{FundRules, MoneyStates};
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, SchoolId};
use shared::identity::api::SchoolRef;
use shared::identity::policy::Permission;
use shared::money::Cents;

use crate::app::App;
use crate::budget::store::{exception, fund, line};
use crate::db::Reader;
use crate::error::AppError;
use crate::identity::service as identity;
use crate::identity::{Actor, Target};
use crate::ledger;

/// The sums of one year by school and by fund. Only open exceptions are counted.
///
/// # Errors
/// Not found outside the caller's scope; those of the database.
pub async fn district_budget(app: &App, actor: &Actor, year: Option<FiscalYear>) -> Result<DistrictBudget, AppError> {
    actor.demand(Permission::ViewDistrictBudget, &Target::District)?;
    let reader = app.db.reader();
    let years = line::years(&reader, None).await?;
    let year = chosen(app, &reader, year, &years).await?;
    let lines = line::of_year(&reader, year).await?;
    let ids: Vec<BudgetLineId> = lines.iter().map(|line| line.id).collect();
    let states = ledger::states(&reader, &ids).await?;
    let open = exception::open(&reader, year, None).await?;
    let deficits = open.iter().filter(|(place, _)| place.kind == ExceptionKind::OpeningDeficit);
    let (mut by_school, mut by_fund): (BTreeMap<SchoolId, Cents>, BTreeMap<FundId, Cents>) = Default::default();
    for (place, amount) in deficits {
        for sum in [by_school.entry(place.school).or_default(), by_fund.entry(place.fund).or_default()] {
            *sum = sum.saturating_add(*amount);
        }
    }
    let (mut schools, mut funds): (BTreeMap<SchoolId, SchoolTotal>, BTreeMap<FundId, FundTotal>) = Default::default();
    let mut total = MoneyStates::default();
    for line in lines {
        let money = states.get(&line.id).copied().unwrap_or_default();
        total = total.plus(money);
        let school = schools.entry(line.school).or_insert_with(|| SchoolTotal {
            school: SchoolRef { id: line.school, name: line.school_name.clone() },
            code: line.school_code.clone(),
            money: MoneyStates::default(),
            opening_deficit: by_school.get(&line.school).copied().unwrap_or_default(),
        });
        school.money = school.money.plus(money);
        let id = line.fund.id;
        let opening_deficit = by_fund.get(&id).copied().unwrap_or_default();
        let fund = funds.entry(id).or_insert(FundTotal { fund: line.fund, money: MoneyStates::default(), opening_deficit });
        fund.money = fund.money.plus(money);
    }
    let (mut schools, mut funds): (Vec<_>, Vec<_>) = (schools.into_values().collect(), funds.into_values().collect());
    schools.sort_by(|a, b| a.school.name.cmp(&b.school.name));
    funds.sort_by(|a, b| a.fund.code.cmp(&b.fund.code));
    let undecided = fund::funds(&reader).await?.iter().filter(|f| f.rules == FundRules::Undecided).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(DistrictBudget { year, years, total, schools, funds, undecided_funds: count(undecided), exceptions: count(open.len()) })
}

async fn chosen(app: &App, reader: &Reader, year: Option<FiscalYear>, years: &[FiscalYear]) -> Result<FiscalYear, AppError> {
    match year {
        Some(year) => Ok(year),
        None => {
            let open = identity::district(reader).await?.year_of(app.now())?;
            Ok(if years.contains(&open) { open } else { years.first().copied().unwrap_or(open) })
        }
    }
}

/// The exception register of one year.
///
/// # Errors
/// Not found outside the caller's scope; those of the database.
pub async fn exceptions(app: &App, actor: &Actor, year: Option<FiscalYear>) -> Result<Vec<ExceptionView>, AppError> {
    actor.demand(Permission::ViewDistrictBudget, &Target::District)?;
    let reader = app.db.reader();
    let years = line::years(&reader, None).await?;
    let year = chosen(app, &reader, year, &years).await?;
    Ok(exception::of_year(&reader, year).await?)
}
