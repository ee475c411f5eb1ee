//! The books: how a new edition differs from what stands, and posting exactly the difference.

use std::collections::{BTreeMap, HashMap};

use shared::budget::CauseKind;
use shared::budget::api::ExceptionKind;
use shared::budget::import::rows::BooksRow;
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, ImportId, SchoolId};
use shared::ledger::{Cause, NewTransfer, TransferKind};
use shared::money::Cents;
use shared::time::Timestamp;
use shared::words::budget as words;

use crate::budget::rules::{self, Moves, Posted, Target};
use crate::budget::service::ledger_error;
use crate::budget::store::books::{self, Place, Position};
use crate::budget::store::exception::{self, NewException, Place as ExceptionPlace};
use crate::budget::store::fund;
use crate::budget::store::line::{self, NewLine};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::ledger;

/// One school and fund in one year: what the books want, and what has to happen.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub school: SchoolId,
    pub fund: FundId,
    pub sacs_fund: String,
    /// Absent where the line is yet to be opened.
    pub line: Option<BudgetLineId>,
    pub budget: Cents,
    pub actual: Cents,
    pub target: Target,
    pub posted: Posted,
    pub moves: Moves,
}

/// Everything one year of an edition would do.
#[derive(Clone, Debug)]
pub(super) struct YearPlan {
    pub year: FiscalYear,
    pub changes: Vec<Change>,
    pub open: BTreeMap<ExceptionPlace, Cents>,
}

/// Works out what publishing `places` does in `year`, against the district as `q` sees it.
pub(super) async fn plan(q: &impl Query, year: FiscalYear, places: Vec<Place>) -> Result<YearPlan, AppError> {
    let lines: HashMap<(SchoolId, FundId), (BudgetLineId, String)> = line::ids_of_year(q, year).await?;
    let positions = books::positions(q, year).await?;
    let ids: Vec<BudgetLineId> = positions.keys().copied().collect();
    let states = ledger::states(q, &ids).await?;
    let mut wanted: BTreeMap<(SchoolId, FundId), Place> = places.into_iter().map(|p| ((p.school, p.fund), p)).collect();
    // Lines that the new edition no longer names go to zero.
    for ((school, fund), (id, sacs_fund)) in &lines {
        if positions.contains_key(id) && !wanted.contains_key(&(*school, *fund)) {
            let gone = Place { year, school: *school, fund: *fund, sacs_fund: sacs_fund.clone(), budget: Cents::ZERO, actual: Cents::ZERO };
            wanted.insert((*school, *fund), gone);
        }
    }
    let change = |((school, fund), place): ((SchoolId, FundId), Place)| {
        let line = lines.get(&(school, fund)).map(|(id, _)| *id);
        let position = line.and_then(|id| positions.get(&id)).copied().unwrap_or_default();
        let posted = Posted { allocated: position.allocated, spent: position.spent };
        let available = line.and_then(|id| states.get(&id)).map_or(Cents::ZERO, |s| s.available);
        let target = rules::target(place.budget, place.actual);
        let moves = rules::moves(target, posted, available);
        let (sacs_fund, budget, actual) = (place.sacs_fund, place.budget, place.actual);
        Change { school, fund, sacs_fund, line, budget, actual, target, posted, moves }
    };
    let changes = wanted.into_iter().map(change).collect();
    Ok(YearPlan { year, changes, open: exception::open(q, year, None).await? })
}

impl YearPlan {
    /// What it does, in sentences with figures.
    pub fn sentences(&self) -> Vec<String> {
        let sum = |of: fn(&Change) -> Cents| self.changes.iter().map(of).sum::<Cents>().to_string();
        let year = self.year.to_string();
        let opened = self.changes.iter().filter(|c| c.line.is_none()).count();
        let moved = self.changes.iter().filter(|c| c.line.is_some() && c.moves.after(c.posted) != c.posted).count();
        let count = |of: fn(&Change) -> Cents| self.changes.iter().filter(|c| of(c) > Cents::ZERO).count();
        let spent = self.changes.iter().map(|c| c.moves.spend.saturating_sub(c.moves.unspend)).sum::<Cents>().to_string();
        vec![
            words::lines_difference(&year, opened, moved),
            words::money_difference(&year, &sum(|c| c.moves.allocate), &sum(|c| c.moves.cut), &spent),
            words::exceptions_opened(
                &year,
                count(|c| c.target.deficit),
                &sum(|c| c.target.deficit),
                count(|c| c.moves.shortfall),
                &sum(|c| c.moves.shortfall),
            ),
        ]
    }
}

/// What a file says of each year: rows and signed sums.
pub(super) fn totals(rows: &[BooksRow]) -> Vec<String> {
    let mut sums: BTreeMap<FiscalYear, (usize, Cents, Cents)> = BTreeMap::new();
    for row in rows {
        let sum = sums.entry(row.year).or_default();
        *sum = (sum.0 + 1, sum.1.saturating_add(row.budget), sum.2.saturating_add(row.actual));
    }
    let say = |(year, (rows, budget, actual)): (FiscalYear, (usize, Cents, Cents))| {
        words::year_totals(&year.to_string(), rows, &budget.to_string(), &actual.to_string())
    };
    sums.into_iter().map(say).collect()
}

/// Makes an import the books of the plan's year and posts the difference. The ledger comes last.
pub(super) async fn publish(tx: &mut Tx, import: ImportId, plan: YearPlan, now: Timestamp) -> Result<(), AppError> {
    let year = plan.year;
    books::flip(tx, year, import, now).await?;
    let mut changes = plan.changes;
    let mut opened = Vec::new();
    for change in changes.iter_mut().filter(|c| c.line.is_none()) {
        let id: BudgetLineId = tx.new_id(now);
        change.line = Some(id);
        let (school, fund, sacs_fund) = (change.school, change.fund, change.sacs_fund.clone());
        opened.push(NewLine { id, school, fund, year, sacs_fund });
    }
    line::insert_lines(tx, &opened).await?;
    let ids: Vec<BudgetLineId> = opened.iter().map(|l| l.id).collect();
    ledger::open_lines(tx, &ids).await?;
    register(tx, &Register { year, import, now, open: &plan.open }, &changes).await?;
    for (fund, sacs) in sacs_funds(&changes) {
        fund::set_sacs_fund(tx, fund, &sacs).await?;
    }
    let after = |c: &Change| {
        let posted = c.moves.after(c.posted);
        c.line.map(|line| (line, Position { allocated: posted.allocated, spent: posted.spent }))
    };
    let is_new = |c: &&Change| c.moves.after(c.posted) != c.posted || c.line.is_some_and(|line| ids.contains(&line));
    let positions: Vec<_> = changes.iter().filter(is_new).filter_map(after).collect();
    books::put_positions(tx, &positions).await?;
    ledger::post(tx, &transfers(&changes, import)).await.map_err(ledger_error)?;
    Ok(())
}

/// In which SACS fund most money of each resource sits, by these changes.
fn sacs_funds(changes: &[Change]) -> BTreeMap<FundId, String> {
    let mut sums: BTreeMap<(FundId, &str), Cents> = BTreeMap::new();
    for change in changes {
        let sum = sums.entry((change.fund, &change.sacs_fund)).or_default();
        *sum = sum.saturating_add(change.target.allocated);
    }
    let mut largest: BTreeMap<FundId, (Cents, &str)> = BTreeMap::new();
    for ((fund, sacs), sum) in sums {
        let best = largest.entry(fund).or_insert((sum, sacs));
        if sum > best.0 {
            *best = (sum, sacs);
        }
    }
    largest.into_iter().map(|(fund, (_, sacs))| (fund, sacs.to_owned())).collect()
}

/// The transfers of all changes, what frees money before what takes it.
fn transfers(changes: &[Change], import: ImportId) -> Vec<NewTransfer> {
    let cause = || Cause::new(CauseKind::Import, import);
    let of = |c: &Change| {
        let kinds = [
            (TransferKind::BooksActualReversal, c.moves.unspend),
            (TransferKind::Allocation, c.moves.allocate),
            (TransferKind::BooksActual, c.moves.spend),
            (TransferKind::AllocationCut, c.moves.cut),
        ];
        let line = c.line;
        kinds.into_iter().filter(|(_, amount)| *amount > Cents::ZERO).filter_map(move |(kind, amount)| line.map(|l| (kind, l, amount)))
    };
    changes.iter().flat_map(of).map(|(kind, line, amount)| NewTransfer::on_line(kind, line, amount, cause())).collect()
}

/// The register as it stands, and the edition that changes it.
struct Register<'a> {
    year: FiscalYear,
    import: ImportId,
    now: Timestamp,
    open: &'a BTreeMap<ExceptionPlace, Cents>,
}

/// Opens, changes and closes exceptions so that the register says what the changes leave.
async fn register(tx: &mut Tx, edition: &Register<'_>, changes: &[Change]) -> Result<(), AppError> {
    let Register { year, import, now, open } = *edition;
    let mut fresh = Vec::new();
    for change in changes {
        let (school, fund) = (change.school, change.fund);
        let both = [(ExceptionKind::OpeningDeficit, change.target.deficit), (ExceptionKind::Shortfall, change.moves.shortfall)];
        for (kind, amount) in both {
            let place = ExceptionPlace { school, fund, kind };
            let stands = open.get(&place).copied();
            if stands == Some(amount) || (stands.is_none() && amount.is_zero()) {
                continue;
            }
            if stands.is_some() {
                exception::close(tx, year, place, now).await?;
            }
            if !amount.is_zero() {
                let reason = match kind {
                    ExceptionKind::OpeningDeficit => words::deficit_reason(&change.budget.to_string(), &change.actual.to_string()),
                    ExceptionKind::Shortfall => words::shortfall_reason(&change.target.allocated.to_string()),
                };
                fresh.push(NewException { id: tx.new_id(now), school, fund, year, kind, amount, reason, import: Some(import), at: now });
            }
        }
    }
    Ok(exception::insert(tx, &fresh).await?)
}
