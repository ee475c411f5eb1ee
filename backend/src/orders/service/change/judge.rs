//! What a change makes of an order: priced, paid and weighed by the rules of a purchase, as read where it is decided.

use shared::catalog::price::{Buying, measure, price_of};
use shared::error::{ErrorCode, FieldError};
use shared::id::PackageId;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::approval::{Needed, SellerSum};
use shared::orders::change::{Running, Wanted as Priced, beyond, difference, faults, freed_parts};
use shared::orders::split::{check_split, rescale};
use shared::time::{Date, Timestamp};
use shared::words::orders as words;
use shared::words::orders::change as said;

use super::super::cart::{search_words, units_of};
use super::super::child::weigh_order;
use super::super::contract;
use super::super::facts::{self, OnSale, SchoolSide, ordered_on, side_of};
use super::super::stretch::{lay_out, lay_out_anew};
use super::super::view::tier_name;
use crate::budget::service as budget;
use crate::db::Query;
use crate::error::AppError;
use crate::orders::rules::draw_down;
use crate::orders::store::{self, BookingRow, ChangeRow, OrderRow, SplitRow};

/// What is wanted: priced by the version and the day on which it was seen first.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub package: PackageId,
    /// Absent: as it is on the shelf now.
    pub version: Option<u32>,
    pub quantity: u32,
    pub start: Date,
    pub seen: Timestamp,
    /// What of the unit's capacity is kept for it already.
    pub kept: u32,
}

impl Wanted {
    /// What a proposed change wants.
    pub const fn of(row: &ChangeRow) -> Self {
        Self {
            package: row.package,
            version: Some(row.package_version),
            quantity: row.quantity,
            start: row.start,
            seen: row.proposed,
            kept: row.kept,
        }
    }
}

/// A change as it would stand.
pub struct Judged {
    pub side: SchoolSide,
    pub found: OnSale,
    /// As it is, laid out.
    pub before: OrderRow,
    /// As it would be; its state is left as it is.
    pub after: OrderRow,
    /// The order's shares as they are.
    pub splits: Vec<SplitRow>,
    pub added: Cents,
    pub freed: Cents,
    /// Who pays what is added.
    pub addition: Vec<SplitPart>,
    /// Who gets back what is freed.
    pub frees: Vec<SplitPart>,
    /// Booked days that no longer fit.
    pub bookings: Vec<BookingRow>,
    /// What stands against it, by the form's fields.
    pub faults: Vec<FieldError>,
    pub problems: Vec<(ErrorCode, String)>,
}

impl Judged {
    /// # Errors
    /// The first thing that stands against it, in words.
    pub fn refuse(&self) -> Result<(), AppError> {
        if !self.faults.is_empty() {
            return Err(AppError::Refused { code: ErrorCode::BadInput, message: None, fields: self.faults.clone() });
        }
        match self.problems.first() {
            Some((code, message)) => Err(AppError::saying(*code, message.clone())),
            None => Ok(()),
        }
    }

    /// Whether it stays within what was approved.
    pub fn within(&self) -> bool {
        self.added.is_zero() || self.after.price <= self.before.envelope
    }

    /// Who has to decide on the new total, and with what it counts together. The policy that is asked is the side's.
    pub async fn weigh<Q: Query>(&self, query: &Q, shares: &[SplitPart]) -> Result<(SellerSum, Needed), AppError> {
        let paying: Vec<SplitPart> = store_parts(&self.splits).into_iter().chain(shares.iter().copied()).collect();
        let asked = self.side.asked(&self.found, self.after.price, &paying);
        let (sum, needed) = weigh_order(query, (&self.side, &self.side.policy), (&self.after, &asked), &self.before).await?;
        if self.within() {
            let because = words::approved_within(self.before.envelope);
            return Ok((sum, Needed { steps: Vec::new(), because }));
        }
        Ok((sum, needed))
    }
}

/// Judges a change of `order`. `reserved` are the shares that a proposal reserved already.
///
/// # Errors
/// `BadInput` where there is no such package or price; those of the database.
pub async fn judge<Q: Query>(query: &Q, order: &OrderRow, wanted: Wanted, (now, reserved): (Timestamp, &[SplitPart])) -> Result<Judged, AppError> {
    let side = side_of(query, now, budget::school_facts(query, order.school).await?).await?;
    let mut before = order.clone();
    lay_out(&mut before, &side.time);
    let found = package(query, &before, wanted).await?;
    let mut after = priced(&side, &found, &before, wanted)?;
    if !before.periods.is_empty() {
        lay_out_anew(&mut after, &side.time);
    }
    let splits = store::splits(query, &[order.id]).await?;
    let (added, freed) = difference(before.price, after.price);
    let promised = store::promised(query, order.id).await?;
    let spent = splits.iter().map(|split| split.spent).sum();
    let running = Running {
        state: before.state,
        package: before.package,
        quantity: before.quantity,
        start: before.start,
        logged: before.logged_units,
        promised,
        spent,
    };
    let (package, quantity, start, units, price) = (after.package, after.quantity, after.start, after.units, after.price);
    let calendar = side.district.calendar;
    let year = (calendar.first_day(before.year).unwrap_or(side.today), calendar.last_day(before.year).unwrap_or(side.today));
    let faults = faults(&running, &Priced { package, quantity, start, units, price }, (side.today, year));
    let frees = freed_parts(&draw_down(&splits), price).unwrap_or_default();
    let bookings = no_longer_fit(query, (&before, &after), side.today).await?;
    let addition = reserved.to_vec();
    let mut judged = Judged { side, found, before, after, splits, added, freed, addition, frees, bookings, faults, problems: Vec::new() };
    if reserved.is_empty() {
        judged.pay();
    }
    judged.ask_unit(wanted.kept);
    if judged.before.year != judged.side.year {
        judged.problems.insert(0, (ErrorCode::NotInThisState, said::YEAR_OVER.to_owned()));
    }
    Ok(judged)
}

/// The version that was bought stays where only quantity or start change; another tier comes as it is on the shelf, or was when it was proposed.
async fn package<Q: Query>(query: &Q, order: &OrderRow, wanted: Wanted) -> Result<OnSale, AppError> {
    let found = match wanted.version {
        _ if wanted.package == order.package => facts::bought(query, order).await?,
        Some(package_version) => {
            let row = OrderRow { package: wanted.package, package_version, ..order.clone() };
            facts::bought(query, &row).await?
        }
        None => facts::on_sale(query, wanted.package).await?.ok_or_else(|| AppError::field("package", words::ALTERNATIVE_GONE))?,
    };
    if found.service.id == order.service { Ok(found) } else { Err(AppError::field("package", said::OTHER_SERVICE)) }
}

fn priced(side: &SchoolSide, found: &OnSale, before: &OrderRow, wanted: Wanted) -> Result<OrderRow, AppError> {
    let same = wanted.package == before.package;
    if same && wanted.quantity == before.quantity {
        return moved(found, before, wanted.start);
    }
    let choices = if same { before.choices.clone() } else { before.choices.offered_by(&found.package.content.extras) };
    let day = if same { ordered_on(&side.district, before, wanted.seen)? } else { side.district.day_of(wanted.seen)? };
    let buying = Buying { facts: &side.school.facts, day, quote: None };
    let priced = price_of(&found.package.content, wanted.quantity, &choices, &buying).map_err(facts::no_price)?;
    let mut after = before.clone();
    (after.package, after.package_version) = (found.package.id, found.package.version);
    (after.quantity, after.units) = (wanted.quantity, units_of(&found.package, wanted.quantity)?);
    (after.measure, after.periods) = (measure(&found.package.content), Vec::new());
    (after.title, after.tier, after.tier_name) = (found.service.content.title.clone(), found.package.content.tier, tier_name(found));
    (after.choices, after.price_lines) = (choices, priced.lines);
    (after.start, after.price, after.working) = (wanted.start, priced.total, priced.working);
    // A price that was agreed for a term is that of the quantity it was agreed for.
    (after.locked, after.term_year) = (None, 1);
    after.contract_draw = contract::provider_part(found, priced.total, wanted.quantity);
    after.words = search_words(&after);
    Ok(after)
}

/// Another start alone leaves the price as it is.
fn moved(found: &OnSale, before: &OrderRow, start: Date) -> Result<OrderRow, AppError> {
    let mut after = OrderRow { start, ..before.clone() };
    if !before.periods.is_empty() {
        (after.units, after.periods) = (units_of(&found.package, before.quantity)?, Vec::new());
    }
    Ok(after)
}

/// What is booked beyond the new quantity, or before the new start; what has passed stays.
async fn no_longer_fit<Q: Query>(query: &Q, (before, after): (&OrderRow, &OrderRow), today: Date) -> Result<Vec<BookingRow>, AppError> {
    let rows = store::bookings_of_order(query, before.id).await?;
    let booked: Vec<_> = rows.iter().map(|row| (row.day, row.part)).collect();
    let new_start = Some(after.start).filter(|start| *start != before.start);
    let out = beyond(after.measure, after.units, new_start, &booked);
    Ok(rows.into_iter().enumerate().filter(|(at, row)| out.contains(at) && row.day >= today).map(|(_, row)| row).collect())
}

/// What of an order each fund still pays for.
pub fn store_parts(splits: &[SplitRow]) -> Vec<SplitPart> {
    let part = |split: &SplitRow| SplitPart { line: split.line, amount: split.amount.saturating_sub(split.released) };
    splits.iter().map(part).filter(|part| !part.amount.is_zero()).collect()
}

impl Judged {
    /// Finds who pays what is added, in the shares of the order where the funds allow it; all that is still to be paid must be lawful.
    fn pay(&mut self) {
        let shares = store_parts(&self.splits);
        if !self.added.is_zero() {
            let fit = self.side.fit(&self.found, &self.after, self.added);
            let scaled = rescale(&shares, self.added);
            self.addition = if check_split(&scaled, &fit).is_ok() { scaled } else { fit.proposal() };
            if !fit.shortfall.is_zero() && check_split(&self.addition, &fit).is_err() {
                self.problems.push((ErrorCode::NotEnoughMoney, words::not_fundable(fit.shortfall)));
                return;
            }
            if self.after.goal.is_none() && self.side.policy.goal_needed(self.after.price) {
                self.problems.push((ErrorCode::GoalNeeded, words::GOAL_FOR_LARGE.to_owned()));
            }
        }
        let rest = self.rest_parts();
        self.side.free(&self.splits, self.before.goal);
        let open: Cents = rest.iter().map(|part| part.amount).sum();
        let fit = self.side.fit(&self.found, &self.after, open);
        if let Err(refusal) = check_split(&rest, &fit) {
            self.problems.extend(refusal.fields.into_iter().map(|field| (refusal.code, field.message)));
        }
    }

    /// What each fund would still have to pay.
    fn rest_parts(&self) -> Vec<SplitPart> {
        let mut rest: Vec<SplitPart> = self.splits.iter().map(|split| SplitPart { line: split.line, amount: split.open() }).collect();
        for part in &self.addition {
            match rest.iter_mut().find(|known| known.line == part.line) {
                Some(known) => known.amount = known.amount.saturating_add(part.amount),
                None => rest.push(*part),
            }
        }
        for part in &self.frees {
            if let Some(known) = rest.iter_mut().find(|known| known.line == part.line) {
                known.amount = known.amount.saturating_sub(part.amount);
            }
        }
        rest.retain(|part| !part.amount.is_zero());
        rest
    }

    /// Whether the unit, or the provider behind it, has so much left.
    fn ask_unit(&mut self, kept: u32) {
        let more = more_capacity(&self.before, &self.after).saturating_sub(kept);
        if let Some(left) = self.found.package.left_on(self.after.start).filter(|left| *left < more) {
            self.problems.push((ErrorCode::NoCapacity, words::capacity_left(left)));
        }
        if !self.added.is_zero() {
            let held = self.before.contract_draw;
            self.problems.extend(contract::problems_beyond(&self.side, &self.found, (self.after.price, self.after.quantity), held));
        }
    }
}

/// How much of the unit's capacity a change takes beyond what the order holds there.
pub fn more_capacity(before: &OrderRow, after: &OrderRow) -> u32 {
    if same_pool(before, after) { after.quantity.saturating_sub(before.quantity) } else { after.quantity }
}

/// Whether both draw on the same months of the same package.
pub fn same_pool(before: &OrderRow, after: &OrderRow) -> bool {
    let month = |day: Date| (day.year(), day.month());
    before.package == after.package && month(before.start) == month(after.start)
}
