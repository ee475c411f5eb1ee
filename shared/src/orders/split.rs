//! Funding splits: checked to the cent, rescaled with the price, and drawn down delivery by delivery.

use std::collections::HashSet;

use super::SplitPart;
use super::period::{Period, delivered_so_far};
use crate::budget::fundfit::{FundFit, FundOffer, Verdict};
use crate::catalog::Terms;
use crate::error::{ErrorCode, FieldError};
use crate::id::{BudgetLineId, FundId};
use crate::money::{Cents, split_by_weights};
use crate::words::orders as words;

/// The most funds one order may be split over.
pub const PARTS_LIMIT: usize = 12;

/// What is wrong with a split, by the form's fields, and the one code that says it best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitRefusal {
    pub code: ErrorCode,
    pub fields: Vec<FieldError>,
}

/// Checks `parts` against the price and the verdicts of [`crate::budget::fundfit::fund_fit`].
///
/// Invariant: what passes sums to the price exactly, names each line once, and takes from each no more than it may give.
///
/// Errors: by field (`split.1.amount`), with the gravest code: a fund that may not pay, then money, then arithmetic.
pub fn check_split(parts: &[SplitPart], fit: &FundFit) -> Result<(), SplitRefusal> {
    let mut wrong: Vec<(ErrorCode, FieldError)> = Vec::new();
    if parts.len() > PARTS_LIMIT {
        wrong.push((ErrorCode::SplitDoesNotAddUp, FieldError::new("split", words::split_too_many(PARTS_LIMIT))));
    }
    let mut seen: HashSet<BudgetLineId> = HashSet::new();
    for (index, part) in parts.iter().enumerate() {
        if !seen.insert(part.line) {
            wrong.push((ErrorCode::SplitDoesNotAddUp, FieldError::new(format!("split.{index}.line"), words::SPLIT_LINE_TWICE)));
        }
        wrong.extend(check_part(index, *part, fit.offer(part.line)));
    }
    let sum: Cents = parts.iter().map(|part| part.amount).sum();
    if sum != fit.price {
        wrong.push((ErrorCode::SplitDoesNotAddUp, FieldError::new("split", words::split_sum(sum, fit.price))));
    }
    let gravest =
        [ErrorCode::UnknownCode, ErrorCode::FundMayNotPay, ErrorCode::FundUndecided, ErrorCode::GoalNeeded, ErrorCode::NotEnoughMoney];
    let code = gravest.into_iter().find(|code| wrong.iter().any(|(found, _)| found == code)).unwrap_or(ErrorCode::SplitDoesNotAddUp);
    if wrong.is_empty() { Ok(()) } else { Err(SplitRefusal { code, fields: wrong.into_iter().map(|(_, field)| field).collect() }) }
}

fn check_part(index: usize, part: SplitPart, offer: Option<&FundOffer>) -> Option<(ErrorCode, FieldError)> {
    use crate::budget::fundfit::Refusal;
    let line = |code, message: String| Some((code, FieldError::new(format!("split.{index}.line"), message)));
    let amount = |code, message: String| Some((code, FieldError::new(format!("split.{index}.amount"), message)));
    let Some(offer) = offer else { return line(ErrorCode::FundMayNotPay, words::SPLIT_LINE_ELSEWHERE.to_owned()) };
    match &offer.verdict {
        Verdict::No(refusal) => {
            let code = match refusal {
                Refusal::UnknownCode(_) => ErrorCode::UnknownCode,
                Refusal::GoalNeeded => ErrorCode::GoalNeeded,
                Refusal::Category(_) | Refusal::Object | Refusal::EndsBefore { .. } | Refusal::OtherYear { .. } => ErrorCode::FundMayNotPay,
                Refusal::GoalNotInPlan | Refusal::GoalElsewhere { .. } => ErrorCode::FundMayNotPay,
                Refusal::FundNotUnderGoal { .. } | Refusal::CouncilReviewMissing { .. } => ErrorCode::FundMayNotPay,
            };
            line(code, words::split_fund_no(&offer.title, &crate::words::budget::fund_refusal(refusal)))
        }
        Verdict::Undecided => line(ErrorCode::FundUndecided, words::split_fund_no(&offer.title, crate::words::budget::FUND_UNDECIDED)),
        Verdict::Yes(_) if part.amount.get() < 1 => amount(ErrorCode::SplitDoesNotAddUp, words::SPLIT_NOT_POSITIVE.to_owned()),
        Verdict::Yes(_) if part.amount > offer.limit => {
            amount(ErrorCode::NotEnoughMoney, words::split_over_limit(&offer.title, offer.limit))
        }
        Verdict::Yes(_) => None,
    }
}

/// The same shares of another price, by largest remainder; parts that come to nothing fall away.
pub fn rescale(parts: &[SplitPart], price: Cents) -> Vec<SplitPart> {
    let weights: Vec<i64> = parts.iter().map(|part| part.amount.get()).collect();
    let shares = parts.iter().zip(split_by_weights(price, &weights));
    shares.map(|(part, amount)| SplitPart { line: part.line, amount }).filter(|part| !part.amount.is_zero()).collect()
}

/// A split that takes what it can from one fund first, and the rest as the product proposes: the most restricted money that may pay.
///
/// Invariant: nothing beyond what each fund may give, and never more than the price. It is less than the price where the funds are short.
pub fn preferring(fund: FundId, fit: &FundFit) -> Vec<SplitPart> {
    let (first, others): (Vec<&FundOffer>, Vec<&FundOffer>) = fit.offers.iter().partition(|offer| offer.fund == fund);
    let mut missing = fit.price;
    let mut parts = Vec::new();
    for offer in first.into_iter().chain(others).filter(|offer| offer.verdict.is_yes()) {
        let amount = offer.limit.min(missing);
        if amount > Cents::ZERO {
            parts.push(SplitPart { line: offer.line, amount });
            missing = missing.saturating_sub(amount);
        }
    }
    parts
}

/// One fund's part of an order, and what has been posted to it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawDown {
    pub line: BudgetLineId,
    pub part: Cents,
    pub posted: Cents,
}

impl DrawDown {
    /// What is still encumbered.
    pub fn remaining(self) -> Cents {
        self.part.saturating_sub(self.posted).max(Cents::ZERO)
    }
}

/// How far an order's deliveries have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    pub price: Cents,
    pub ordered_units: u32,
    /// Units of deliveries confirmed and not reversed.
    pub confirmed_units: u32,
    /// Sum of what those deliveries posted.
    pub posted: Cents,
    /// Where the units are school days of these periods; empty where they are pieces.
    pub periods: &'a [Period],
}

impl Progress<'_> {
    /// What confirming a delivery of `quantity` units posts; `None` where that is more than is left to deliver.
    ///
    /// Invariant: once every unit is confirmed, whatever was reversed on the way, the sum is the price to the cent.
    pub fn next_amount(self, quantity: u32) -> Option<Cents> {
        let until = self.confirmed_units.checked_add(quantity).filter(|until| *until <= self.ordered_units)?;
        let due = delivered_so_far(self.price, self.ordered_units, self.periods, until);
        Some(due.saturating_sub(self.posted).max(Cents::ZERO))
    }

    /// Whether a confirmed delivery of `quantity` units is the last one.
    pub fn completes(self, quantity: u32) -> bool {
        self.confirmed_units.checked_add(quantity) == Some(self.ordered_units)
    }
}

/// Splits what a delivery comes to over the order's funds, in proportion to what each still holds.
///
/// Invariant: no fund ever posts more than its part, and when the whole price is posted each fund has posted its part to the
/// cent. Errors: `None` where `amount` is more than all funds still hold.
pub fn delivery_split(funds: &[DrawDown], amount: Cents) -> Option<Vec<SplitPart>> {
    let weights: Vec<i64> = funds.iter().map(|fund| fund.remaining().get()).collect();
    let left: Cents = funds.iter().map(|fund| fund.remaining()).sum();
    if amount.is_negative() || amount > left {
        return None;
    }
    let shares = funds.iter().zip(split_by_weights(amount, &weights));
    Some(shares.map(|(fund, amount)| SplitPart { line: fund.line, amount }).filter(|part| !part.amount.is_zero()).collect())
}

/// What ending an order does to one fund's rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    pub line: BudgetLineId,
    /// Goes back to available.
    pub freed: Cents,
    /// Kept by the terms: becomes spent and is earned by the unit.
    pub kept: Cents,
}

/// Whether ending on `today` an order that starts on `start` is free of charge.
pub fn cancels_free(terms: &Terms, start: crate::time::Date, today: crate::time::Date) -> bool {
    start.days_since(today) >= i32::from(terms.cancel_free_days)
}

/// Frees what was not delivered, less the late fee of the terms where ending it is no longer free.
///
/// Invariant: freed and kept sum to each fund's rest.
pub fn release(funds: &[DrawDown], fee: crate::money::BasisPoints) -> Vec<Release> {
    let weights: Vec<i64> = funds.iter().map(|fund| fund.remaining().get()).collect();
    let left: Cents = funds.iter().map(|fund| fund.remaining()).sum();
    let kept = fee.of(left).unwrap_or(Cents::ZERO).clamp(Cents::ZERO, left);
    let shares = funds.iter().zip(split_by_weights(kept, &weights));
    shares.map(|(fund, kept)| Release { line: fund.line, freed: fund.remaining().saturating_sub(kept), kept }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::budget::fundfit::{Because, Refusal};
    use crate::id::Id as _;
    use crate::money::BasisPoints;

    fn line(number: u128) -> BudgetLineId {
        BudgetLineId::from_bits(number)
    }

    fn part(number: u128, cents: i64) -> SplitPart {
        SplitPart { line: line(number), amount: Cents::new(cents) }
    }

    fn offer(number: u128, verdict: Verdict, limit: i64) -> FundOffer {
        FundOffer {
            line: line(number),
            fund: FundId::from_bits(number),
            title: format!("Fund {number}"),
            code: number.to_string(),
            verdict,
            quote: String::new(),
            source: String::new(),
            account: None,
            available: Cents::new(limit),
            limit: Cents::new(limit),
            this_order: Cents::ZERO,
            left_after: Cents::new(limit),
        }
    }

    fn fit(price: i64) -> FundFit {
        let yes = || Verdict::Yes(Because::default());
        let offers = vec![
            offer(1, yes(), 500),
            offer(2, yes(), 900),
            offer(3, Verdict::No(Refusal::Object), 0),
            offer(4, Verdict::Undecided, 0),
            offer(5, Verdict::No(Refusal::GoalNeeded), 0),
        ];
        FundFit { price: Cents::new(price), offers, shortfall: Cents::ZERO }
    }

    #[test]
    fn the_named_fund_pays_what_it_can_and_the_others_the_rest() {
        let named = |number: u128, price: i64| preferring(FundId::from_bits(number), &fit(price));
        assert_eq!(named(2, 700), [part(2, 700)]);
        assert_eq!(named(2, 1_200), [part(2, 900), part(1, 300)]);
        assert_eq!(named(3, 400), [part(1, 400)], "what may not pay does not");
        assert_eq!(named(9, 1_400), [part(1, 500), part(2, 900)]);
        assert_eq!(named(1, 9_999).iter().map(|part| part.amount).sum::<Cents>(), Cents::new(1_400), "never beyond what there is");
    }

    #[track_caller]
    fn refused(price: i64, parts: &[SplitPart], code: ErrorCode, fields: &[&str]) {
        let refusal = check_split(parts, &fit(price)).unwrap_err();
        let found: Vec<&str> = refusal.fields.iter().map(|error| error.field.as_str()).collect();
        assert_eq!((refusal.code, found), (code, fields.to_vec()));
    }

    #[test]
    fn a_split_that_adds_up_within_what_the_funds_may_give_passes() {
        assert_eq!(check_split(&[part(1, 500), part(2, 500)], &fit(1_000)), Ok(()));
        assert_eq!(check_split(&[], &fit(0)), Ok(()));
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        refused(1_000, &[part(1, 500)], ErrorCode::SplitDoesNotAddUp, &["split"]);
        refused(1_000, &[part(1, 300), part(1, 200), part(2, 500)], ErrorCode::SplitDoesNotAddUp, &["split.1.line"]);
        refused(501, &[part(1, 501)], ErrorCode::NotEnoughMoney, &["split.0.amount"]);
        refused(500, &[part(1, 500), part(2, 0)], ErrorCode::SplitDoesNotAddUp, &["split.1.amount"]);
        refused(500, &[part(3, 500)], ErrorCode::FundMayNotPay, &["split.0.line"]);
        refused(500, &[part(4, 500)], ErrorCode::FundUndecided, &["split.0.line"]);
        refused(500, &[part(5, 500)], ErrorCode::GoalNeeded, &["split.0.line"]);
        refused(500, &[part(9, 500)], ErrorCode::FundMayNotPay, &["split.0.line"]);
        refused(0, &[part(1, 5)], ErrorCode::SplitDoesNotAddUp, &["split"]);
    }

    #[test]
    fn a_cancellation_is_free_until_the_day_of_the_terms() {
        let terms = Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(2_000), hand_back_until: None };
        let day = |text: &str| text.parse().unwrap();
        assert!(cancels_free(&terms, day("2027-01-15"), day("2027-01-01")));
        assert!(!cancels_free(&terms, day("2027-01-15"), day("2027-01-02")));
    }

    #[test]
    fn more_than_was_ordered_is_never_drawn() {
        let progress = Progress { price: Cents::new(1_000), ordered_units: 3, confirmed_units: 2, posted: Cents::new(667), periods: &[] };
        assert_eq!(progress.next_amount(1), Some(Cents::new(333)));
        assert_eq!(progress.next_amount(2), None);
        assert!(progress.completes(1) && !progress.completes(0));
        let funds = [DrawDown { line: line(1), part: Cents::new(10), posted: Cents::new(4) }];
        assert_eq!(delivery_split(&funds, Cents::new(7)), None);
    }

    proptest! {
        #[test]
        fn a_rescaled_split_sums_to_the_new_price(parts in prop::collection::vec(1i64..1_000_000, 1..8), price in 0i64..10_000_000) {
            let parts: Vec<SplitPart> = parts.into_iter().enumerate().map(|(at, cents)| part(at as u128, cents)).collect();
            let sum: Cents = rescale(&parts, Cents::new(price)).iter().map(|part| part.amount).sum();
            prop_assert_eq!(sum, Cents::new(price));
        }

        #[test]
        fn after_all_deliveries_each_fund_has_paid_its_part(
            parts in prop::collection::vec(0i64..1_000_000, 1..6), steps in prop::collection::vec((1u32..9, any::<bool>()), 1..20),
        ) {
            let mut funds: Vec<DrawDown> =
                parts.iter().enumerate().map(|(at, cents)| DrawDown { line: line(at as u128), part: Cents::new(*cents), posted: Cents::ZERO }).collect();
            let price: Cents = funds.iter().map(|fund| fund.part).sum();
            let ordered_units = steps.iter().map(|(units, _)| units).sum();
            let mut progress = Progress { price, ordered_units, confirmed_units: 0, posted: Cents::ZERO, periods: &[] };
            let mut again = Vec::new();
            let mut todo: Vec<(u32, bool)> = steps;
            while let Some((units, reverse)) = todo.pop().or_else(|| again.pop().map(|units| (units, false))) {
                let amount = progress.next_amount(units).unwrap();
                let shares = delivery_split(&funds, amount).unwrap();
                prop_assert_eq!(shares.iter().map(|share| share.amount).sum::<Cents>(), amount);
                if reverse {
                    again.push(units);
                    continue;
                }
                for share in shares {
                    let fund = funds.iter_mut().find(|fund| fund.line == share.line).unwrap();
                    fund.posted = fund.posted.saturating_add(share.amount);
                    prop_assert!(fund.posted <= fund.part);
                }
                progress.confirmed_units += units;
                progress.posted = progress.posted.saturating_add(amount);
            }
            prop_assert!(funds.iter().all(|fund| fund.posted == fund.part));
        }

        #[test]
        fn freed_and_kept_sum_to_the_rest(parts in prop::collection::vec((0i64..1_000_000, 0i64..1_000_000), 1..6), fee in 0i64..=10_000) {
            let funds: Vec<DrawDown> = parts
                .iter()
                .enumerate()
                .map(|(at, (rest, posted))| DrawDown { line: line(at as u128), part: Cents::new(rest + posted), posted: Cents::new(*posted) })
                .collect();
            for (fund, release) in funds.iter().zip(release(&funds, BasisPoints(fee))) {
                prop_assert_eq!(release.freed.saturating_add(release.kept), fund.remaining());
                prop_assert!(!release.freed.is_negative() && !release.kept.is_negative());
            }
        }
    }
}
