//! Money as whole cents: parsing, printing, percentages and fair splits. No floats anywhere.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The largest sum one transfer or price may have, in cents: ten billion dollars.
pub const AMOUNT_LIMIT_CENTS: i64 = 1_000_000_000_000;

/// A signed sum of money in cents of the district's one currency.
///
/// Arithmetic is checked: an overflow is a fact (`None`), never a wrapped number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = i64, description = "whole cents"))]
pub struct Cents(i64);

impl Cents {
    pub const ZERO: Self = Self(0);

    pub const fn new(cents: i64) -> Self {
        Self(cents)
    }

    pub const fn get(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `self` times a whole quantity.
    pub fn checked_mul(self, quantity: i64) -> Option<Self> {
        self.0.checked_mul(quantity).map(Self)
    }

    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `self × numerator / denominator`, rounded half away from zero; `None` on overflow or a zero denominator.
    pub fn checked_ratio(self, numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let product = i128::from(self.0) * i128::from(numerator);
        let divisor = i128::from(denominator);
        let half = divisor.abs() / 2;
        let rounded = if (product < 0) == (divisor < 0) { product + half * divisor.signum() } else { product - half * divisor.signum() };
        i64::try_from(rounded / divisor).ok().map(Self)
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Self::saturating_add)
    }
}

/// Prints `$1,234.56`, negative as `-$1,234.56`.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let grouped = whole(magnitude / 100);
        write!(f, "{sign}${grouped}.{:02}", magnitude % 100)
    }
}

/// A count as people read it: `59,060`.
pub fn whole(count: impl TryInto<u64>) -> String {
    let digits = count.try_into().unwrap_or(u64::MAX).to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Why a text is not a sum of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    Empty,
    NotANumber,
    TooManyDecimals,
    TooLarge,
}

/// Reads `1234.5`, `1,234.56`, `$1,234.56`, `-12`, `(12.00)`; commas only between groups of three.
impl FromStr for Cents {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let trimmed = text.trim();
        let (negative, body) = match trimmed.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
            Some(inner) => (true, inner),
            None => match trimmed.strip_prefix('-') {
                Some(rest) => (true, rest),
                None => (false, trimmed),
            },
        };
        let body = body.strip_prefix('$').unwrap_or(body);
        if body.is_empty() {
            return Err(MoneyError::Empty);
        }
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let cents = match fraction.len() {
            _ if !fraction.bytes().all(|b| b.is_ascii_digit()) => return Err(MoneyError::NotANumber),
            0 => 0,
            1 => digits(fraction)? * 10,
            2 => digits(fraction)?,
            _ => return Err(MoneyError::TooManyDecimals),
        };
        let magnitude = dollars(whole)?.checked_mul(100).and_then(|c| c.checked_add(cents)).ok_or(MoneyError::TooLarge)?;
        if magnitude > AMOUNT_LIMIT_CENTS {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self(if negative { -magnitude } else { magnitude }))
    }
}

fn dollars(text: &str) -> Result<i64, MoneyError> {
    if text.is_empty() {
        return Ok(0);
    }
    let groups: Vec<&str> = text.split(',').collect();
    let grouped_well = groups.len() == 1 || (groups[0].len() <= 3 && !groups[0].is_empty() && groups[1..].iter().all(|g| g.len() == 3));
    if !grouped_well {
        return Err(MoneyError::NotANumber);
    }
    digits(&groups.concat())
}

fn digits(text: &str) -> Result<i64, MoneyError> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MoneyError::NotANumber);
    }
    text.parse().map_err(|_| MoneyError::TooLarge)
}

/// A share in hundredths of a percent: 15 % is 1500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = i64, description = "hundredths of a percent"))]
pub struct BasisPoints(pub i64);

impl BasisPoints {
    /// This share of `sum`, rounded half away from zero.
    pub fn of(self, sum: Cents) -> Option<Cents> {
        sum.checked_ratio(self.0, 10_000)
    }
}

/// Prints `15 %` or `7.5 %`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:02}", self.0 / 100, (self.0 % 100).abs());
        write!(f, "{} %", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// Splits `total` in proportion to `weights` by largest remainder, ties to the earlier part.
///
/// Invariant: the parts sum to `total` exactly. Negative weights count as zero; with no weight at all the first part takes everything.
pub fn split_by_weights(total: Cents, weights: &[i64]) -> Vec<Cents> {
    let weights: Vec<i128> = weights.iter().map(|w| i128::from((*w).max(0))).collect();
    let sum: i128 = weights.iter().sum();
    if weights.is_empty() {
        return Vec::new();
    }
    if sum == 0 {
        let mut parts = vec![Cents::ZERO; weights.len()];
        parts[0] = total;
        return parts;
    }
    let negative = total.0 < 0;
    let magnitude = i128::from(total.0).abs();
    let mut parts: Vec<i128> = weights.iter().map(|w| magnitude * w / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(magnitude * weights[i] % sum));
    let missing = magnitude - parts.iter().sum::<i128>();
    for &index in order.iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[index] += 1;
    }
    let signed = |part: i128| i64::try_from(if negative { -part } else { part }).unwrap_or(i64::MAX);
    parts.into_iter().map(|part| Cents(signed(part))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<i64, MoneyError>) {
        assert_eq!(text.parse::<Cents>().map(Cents::get), expected, "{text}");
    }

    #[test]
    fn sums_are_read_as_people_write_them() {
        check("1234.5", Ok(123_450));
        check("$1,234.56", Ok(123_456));
        check(" -12 ", Ok(-1_200));
        check("(12.00)", Ok(-1_200));
        check(".50", Ok(50));
        check("", Err(MoneyError::Empty));
        check("1,23.00", Err(MoneyError::NotANumber));
        check("12.345", Err(MoneyError::TooManyDecimals));
        check("1e5", Err(MoneyError::NotANumber));
        check("99999999999999999999", Err(MoneyError::TooLarge));
    }

    #[test]
    fn counts_print_in_groups_of_three() {
        assert_eq!([whole(0u32), whole(999u32), whole(59_060u32), whole(1_000_000u64)], ["0", "999", "59,060", "1,000,000"]);
    }

    #[test]
    fn percentages_print_without_idle_zeros() {
        assert_eq!(BasisPoints(1_500).to_string(), "15 %");
        assert_eq!(BasisPoints(750).to_string(), "7.5 %");
    }

    #[test]
    fn ratios_round_half_away_from_zero() {
        assert_eq!(Cents(5).checked_ratio(1, 2), Some(Cents(3)));
        assert_eq!(Cents(-5).checked_ratio(1, 2), Some(Cents(-3)));
        assert_eq!(Cents(100).checked_ratio(1, 0), None);
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(cents in -AMOUNT_LIMIT_CENTS..=AMOUNT_LIMIT_CENTS) {
            prop_assert_eq!(Cents(cents).to_string().parse::<Cents>(), Ok(Cents(cents)));
        }

        #[test]
        fn parts_sum_to_the_whole(total in -AMOUNT_LIMIT_CENTS..=AMOUNT_LIMIT_CENTS, weights in prop::collection::vec(0i64..1_000_000, 1..12)) {
            let parts = split_by_weights(Cents(total), &weights);
            prop_assert_eq!(parts.iter().map(|p| p.get()).sum::<i64>(), total);
        }
    }
}
