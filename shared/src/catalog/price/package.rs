//! What a package costs with everything chosen beside the quantity: early price, term, add-ons, or the unit's own quote.

use super::{PriceError, PriceLine, Priced, price, within_limit};
use crate::catalog::api::PackageContent;
use crate::catalog::choice::{AddOnCount, Choices, EarlyPrice, Reduction};
use crate::catalog::{PriceModel, SchoolFacts};
use crate::money::{BasisPoints, Cents};
use crate::time::Date;

/// Who buys, and when.
#[derive(Clone, Copy, Debug)]
pub struct Buying<'a> {
    pub facts: &'a SchoolFacts,
    /// The day of ordering: an early price holds until its day.
    pub day: Date,
    /// What the unit quoted this school, where it did; it stands in place of a price on request.
    pub quote: Option<Cents>,
}

/// The district's fee in the price of `quantity` of a brokered package; zero for everything else.
pub fn brokerage(content: &PackageContent, quantity: u32) -> Cents {
    let PriceModel::Brokered { provider_price, brokerage } = content.price else { return Cents::ZERO };
    provider_price.checked_mul(i64::from(quantity)).and_then(|base| brokerage.of(base)).unwrap_or(Cents::ZERO)
}

/// What `quantity` of a package costs with what was chosen; every part is a line that explains itself.
///
/// Invariant: the lines sum to the total. Reductions apply to the package's own price, never to add-ons, and never below zero.
///
/// # Errors
/// As [`price`], or a term or add-on that the package does not offer.
pub fn price_of(content: &PackageContent, quantity: u32, choices: &Choices, buying: &Buying<'_>) -> Result<Priced, PriceError> {
    let mut priced = match (&content.price, buying.quote) {
        (PriceModel::Quote | PriceModel::CostPlus { cost: None, .. }, Some(sum)) => {
            Priced::of(sum, "Quoted by the unit for your school".to_owned(), None)
        }
        (model, Some(_) | None) => price(model, quantity, buying.facts)?,
    };
    if let Some(early) = content.extras.early.filter(|early| buying.day <= early.until) {
        reduce(&mut priced, early.less, format!("Early price until {}", early.until.to_words()))?;
    }
    if choices.years != 1 {
        let term = content.extras.term(choices.years).ok_or(PriceError::TermNotOffered { years: choices.years })?;
        let title = format!("{}-year term, the price stays", term.years);
        reduce(&mut priced, Reduction::Share { share: term.less }, title)?;
    }
    for key in &choices.add_ons {
        let add_on = content.extras.add_on(*key).ok_or(PriceError::AddOnNotOffered)?;
        let count = match add_on.count {
            AddOnCount::Once => 1,
            AddOnCount::WithEach => quantity,
        };
        let own = price(&add_on.price, count, buying.facts)?;
        add(&mut priced, PriceLine { title: add_on.title.clone(), working: own.working, amount: own.total })?;
    }
    within_limit(priced)
}

/// What an early price saves on a sum, never more than the sum.
fn saved(less: Reduction, sum: Cents) -> Option<(Cents, String)> {
    let (off, words) = match less {
        Reduction::Share { share } => (share.of(sum)?, format!("{share} less")),
        Reduction::Sum { sum } => (sum, format!("{sum} less")),
    };
    Some((off.clamp(Cents::ZERO, sum.max(Cents::ZERO)), words))
}

fn reduce(priced: &mut Priced, less: Reduction, title: String) -> Result<(), PriceError> {
    let (off, words) = saved(less, priced.total).ok_or(PriceError::TooLarge)?;
    let working = if less == (Reduction::Share { share: BasisPoints(0) }) { String::new() } else { words };
    let amount = Cents::ZERO.saturating_sub(off);
    priced.unit_price = None;
    add(priced, PriceLine { title, working, amount })
}

fn add(priced: &mut Priced, line: PriceLine) -> Result<(), PriceError> {
    priced.total = priced.total.checked_add(line.amount).ok_or(PriceError::TooLarge)?;
    let sum = match line.amount.get() {
        0 => String::new(),
        below if below < 0 => format!(" {}", line.amount),
        _ => format!(" +{}", line.amount),
    };
    priced.working = format!("{}; {}{sum}", priced.working, line.title);
    priced.lines.push(line);
    Ok(())
}

impl EarlyPrice {
    /// `10 % less until 15 May 2027`.
    pub fn words(&self) -> String {
        let less = match self.less {
            Reduction::Share { share } => share.to_string(),
            Reduction::Sum { sum } => sum.to_string(),
        };
        format!("{less} less if ordered until {}", self.until.to_words())
    }
}
