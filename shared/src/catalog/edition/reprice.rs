//! Changing prices by a share, rounded: one step for a whole edition, and what it means for a school.

use crate::catalog::choice::{AddOn, Extras};
use crate::catalog::{EnrollmentBand, PriceModel, QuantityBand, words};
use crate::money::{AMOUNT_LIMIT_CENTS, BasisPoints, Cents};

words! {
    /// To what new prices are rounded.
    Rounding {
        Cent = "cent", "the cent";
        Dollar = "dollar", "whole dollars";
        FiveDollars = "five_dollars", "5 dollars";
        TenDollars = "ten_dollars", "10 dollars";
        FiftyDollars = "fifty_dollars", "50 dollars";
    }
}

impl Rounding {
    const fn step(self) -> i64 {
        match self {
            Self::Cent => 1,
            Self::Dollar => 100,
            Self::FiveDollars => 500,
            Self::TenDollars => 1_000,
            Self::FiftyDollars => 5_000,
        }
    }
}

/// By how much prices change: 3 % up is 300, 2 % down is -200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repricing {
    pub by: BasisPoints,
    pub to: Rounding,
}

/// The least and the most that one step may change, in basis points.
pub const CHANGE_LIMITS: (i64, i64) = (-5_000, 10_000);

impl Repricing {
    /// A sum changed and rounded, halves upwards. A sum below the step is rounded to the cent, so that small prices stay prices.
    pub fn sum(self, old: Cents) -> Cents {
        let changed = i128::from(old.get()) * i128::from(10_000 + self.by.0);
        let rounded = |step: i64| {
            let step = i128::from(step) * 10_000;
            (changed + step / 2).div_euclid(step) * (step / 10_000)
        };
        let to_step = rounded(self.to.step());
        let exact = if to_step == 0 { rounded(1) } else { to_step };
        Cents::new(i64::try_from(exact).unwrap_or(AMOUNT_LIMIT_CENTS).clamp(-AMOUNT_LIMIT_CENTS, AMOUNT_LIMIT_CENTS))
    }

    /// The model with its own prices changed. What others set stays: a provider's price, a quote; shares stay shares.
    pub fn model(self, old: &PriceModel) -> PriceModel {
        let some = |sum: Option<Cents>| sum.map(|sum| self.sum(sum));
        match old {
            PriceModel::Included => PriceModel::Included,
            PriceModel::Flat { price } => PriceModel::Flat { price: self.sum(*price) },
            PriceModel::PerPupil { base, each, floor, cap } => {
                PriceModel::PerPupil { base: self.sum(*base), each: self.sum(*each), floor: some(*floor), cap: some(*cap) }
            }
            PriceModel::QuantityBands { measure, default_quantity, bands } => PriceModel::QuantityBands {
                measure: *measure,
                default_quantity: *default_quantity,
                bands: bands.iter().map(|band| QuantityBand { each: self.sum(band.each), ..*band }).collect(),
            },
            PriceModel::EnrollmentBands { bands, up_to } => PriceModel::EnrollmentBands {
                bands: bands.iter().map(|band| EnrollmentBand { price: self.sum(band.price), ..*band }).collect(),
                up_to: *up_to,
            },
            PriceModel::PerPost { each, floor, cap } => PriceModel::PerPost { each: self.sum(*each), floor: some(*floor), cap: some(*cap) },
            PriceModel::PostShare { full_time, usual_hundredths } => {
                PriceModel::PostShare { full_time: self.sum(*full_time), usual_hundredths: *usual_hundredths }
            }
            PriceModel::Brokered { .. } | PriceModel::Quote => old.clone(),
            PriceModel::CostPlus { cost, plus } => PriceModel::CostPlus { cost: some(*cost), plus: *plus },
        }
    }

    /// What stands beside a price: add-ons change with it, reductions by a share stay.
    pub fn extras(self, old: &Extras) -> Extras {
        let add_ons = old.add_ons.iter().map(|add_on| AddOn { price: self.model(&add_on.price), ..add_on.clone() });
        Extras { add_ons: add_ons.collect(), ..old.clone() }
    }
}

/// What a price change is for one school: in money and as a share of the old price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub before: Cents,
    pub after: Cents,
    pub by: Cents,
    /// `None` where there was no price before.
    pub share: Option<BasisPoints>,
}

impl Moved {
    pub fn between(before: Cents, after: Cents) -> Self {
        let by = after.saturating_sub(before);
        let share = |whole: i64| {
            let parts = i128::from(by.get()) * 10_000;
            let half = i128::from(whole) / 2;
            let rounded = if parts < 0 { (parts - half) / i128::from(whole) } else { (parts + half) / i128::from(whole) };
            i64::try_from(rounded).ok().map(BasisPoints)
        };
        Self { before, after, by, share: (before.get() > 0).then(|| share(before.get())).flatten() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::UnitOfMeasure;

    fn by(points: i64, to: Rounding) -> Repricing {
        Repricing { by: BasisPoints(points), to }
    }

    #[test]
    fn prices_move_by_a_share_and_are_rounded() {
        let up = by(300, Rounding::FiveDollars);
        // $950.00 and 3 % are $978.50: to the next five $980.00.
        assert_eq!(up.sum(Cents::new(95_000)), Cents::new(98_000));
        assert_eq!(by(300, Rounding::Cent).sum(Cents::new(90_250)), Cents::new(92_958));
        assert_eq!(by(-1_000, Rounding::Dollar).sum(Cents::new(9_995)), Cents::new(9_000));
        // 35 cents a student stay a price.
        assert_eq!(up.sum(Cents::new(35)), Cents::new(36));
        assert_eq!(up.sum(Cents::ZERO), Cents::ZERO);
    }

    #[test]
    fn what_others_set_stays() {
        let up = by(1_000, Rounding::Dollar);
        let brokered = PriceModel::Brokered { provider_price: Cents::new(100_000), brokerage: BasisPoints(1_500) };
        assert_eq!(up.model(&brokered), brokered);
        let bands = vec![QuantityBand { from: 1, each: Cents::new(95_000) }, QuantityBand { from: 11, each: Cents::new(90_250) }];
        let model = PriceModel::QuantityBands { measure: UnitOfMeasure::Day, default_quantity: 6, bands };
        let PriceModel::QuantityBands { bands, .. } = up.model(&model) else { panic!("another model") };
        assert_eq!(bands.iter().map(|band| (band.from, band.each.get())).collect::<Vec<_>>(), [(1, 104_500), (11, 99_300)]);
    }

    #[test]
    fn a_move_tells_money_and_share() {
        let moved = Moved::between(Cents::new(570_000), Cents::new(588_000));
        assert_eq!((moved.by, moved.share), (Cents::new(18_000), Some(BasisPoints(316))));
        assert_eq!(Moved::between(Cents::new(300), Cents::new(200)).share, Some(BasisPoints(-3_333)));
        assert_eq!(Moved::between(Cents::ZERO, Cents::new(100)).share, None);
    }

    proptest! {
        #[test]
        fn a_rounded_price_is_within_half_a_step_and_stays_a_price(old in 1i64..100_000_000, points in -5_000i64..=10_000) {
            for to in Rounding::ALL {
                let new = by(points, *to).sum(Cents::new(old));
                let off = (i128::from(new.get()) * 10_000 - i128::from(old) * i128::from(10_000 + points)).abs();
                prop_assert!(off <= i128::from(to.step()) * 5_000);
                prop_assert!(new.get() > 0 || old == 1);
            }
        }
    }
}
