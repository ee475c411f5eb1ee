//! The tables of the seller's view as files.

use futures_util::StreamExt as _;
use futures_util::stream;
use shared::export::safe_cell;
use shared::id::UnitId;
use shared::money::Cents;
use shared::scorecards::api::SellerTable;
use shared::scorecards::seller::{SellerService, SellerTier, SellerView};
use shared::words::scorecards as words;

use super::seller::seller_view;
use crate::app::App;
use crate::error::AppError;
use crate::identity::Actor;
use crate::reply::Csv;

/// One table as a CSV file.
///
/// # Errors
/// As [`seller_view`].
pub async fn export(app: &App, actor: &Actor, unit: UnitId, table: Option<SellerTable>) -> Result<Csv, AppError> {
    let view = seller_view(app, actor, unit).await?;
    let table = table.unwrap_or(SellerTable::Tiers);
    let bytes = written(&rows(&view, table))?;
    Ok(Csv { name: format!("{}.csv", table.name()), chunks: stream::iter([Ok(bytes)]).boxed() })
}

fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| safe_cell(cell))).map_err(AppError::internal)?;
    }
    writer.into_inner().map_err(AppError::internal)
}

/// A table with its head.
pub fn rows(view: &SellerView, table: SellerTable) -> Vec<Vec<String>> {
    match table {
        SellerTable::Demand => demand(view),
        SellerTable::Tiers => tiers(view),
        SellerTable::Searches => searches(view),
        SellerTable::Hurt => hurt(view),
    }
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn demand(view: &SellerView) -> Vec<Vec<String>> {
    let mut rows = vec![head(&[words::MONTH, words::VIEWED, words::COMPARED, words::DRAFTED, words::ORDERED])];
    rows.extend(view.months.iter().map(|month| {
        let counts = [month.viewed, month.compared, month.drafted, month.ordered].map(|count| count.to_string());
        std::iter::once(month.month.to_string()).chain(counts).collect()
    }));
    rows
}

/// Plain dollars and cents, so that a spreadsheet reads a number.
fn plain(sum: Cents) -> String {
    let cents = sum.get().unsigned_abs();
    format!("{}{}.{:02}", if sum.is_negative() { "-" } else { "" }, cents / 100, cents % 100)
}

fn tiers(view: &SellerView) -> Vec<Vec<String>> {
    let mut rows = vec![head(&[
        words::SERVICE,
        words::TIER,
        words::VIEWED,
        words::COMPARED,
        words::DRAFTED,
        words::ORDERED,
        words::SCHOOLS,
        words::EARNED,
        words::COMMITTED,
        words::COST,
        words::BREAK_EVEN,
        words::CAPACITY,
        words::SOLD,
        words::DELIVERED,
        words::UNSOLD,
        words::OWNER,
        words::DECISION,
    ])];
    rows.extend(view.services.iter().flat_map(|service| service.tiers.iter().map(move |tier| tier_row(service, tier))));
    rows
}

fn tier_row(service: &SellerService, tier: &SellerTier) -> Vec<String> {
    let optional = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    let mut row = vec![service.title.clone(), tier.name.clone()];
    row.extend([tier.viewed, tier.compared, tier.drafted, tier.ordered, tier.schools].map(|count| count.to_string()));
    row.extend([plain(tier.earned), plain(tier.committed), tier.cost.map(plain).unwrap_or_default(), words::take_up(tier.break_even)]);
    row.extend([optional(tier.capacity), tier.sold.to_string(), tier.delivered.to_string(), optional(tier.unsold())]);
    row.push(tier.owner.name.clone());
    row.push(service.decision.map(|decision| decision.title().to_owned()).unwrap_or_default());
    row
}

fn searches(view: &SellerView) -> Vec<Vec<String>> {
    let mut rows = vec![head(&[words::WORDS, words::TIMES, words::LAST])];
    rows.extend(view.searches.iter().map(|one| vec![one.words.clone(), one.times.to_string(), one.last.to_string()]));
    rows
}

fn hurt(view: &SellerView) -> Vec<Vec<String>> {
    let mut rows = vec![head(&[words::SERVICE, words::SCHOOL, words::GOAL, words::DOLLARS])];
    for service in &view.services {
        let schools = service.hurt.schools.iter();
        rows.extend(schools.map(|one| vec![service.title.clone(), one.school.name.clone(), String::new(), plain(one.dollars)]));
        let goals = service.hurt.goals.iter();
        rows.extend(goals.map(|one| vec![service.title.clone(), String::new(), one.title.clone(), plain(one.dollars)]));
    }
    rows
}
