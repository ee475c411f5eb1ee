//! How each price model comes to its price, with the working in words.

use super::{PriceError, PriceLine, Priced, counted};
use crate::catalog::{EnrollmentBand, QuantityBand, SchoolFacts, UnitOfMeasure};
use crate::money::{BasisPoints, Cents};

pub fn once(quantity: u32) -> Result<(), PriceError> {
    if quantity == 1 { Ok(()) } else { Err(PriceError::OncePerSchool) }
}

pub fn enrollment(facts: &SchoolFacts) -> Result<u32, PriceError> {
    if facts.enrollment == 0 { Err(PriceError::EnrollmentUnknown) } else { Ok(facts.enrollment) }
}

pub fn times(each: Cents, quantity: u32) -> Result<Cents, PriceError> {
    each.checked_mul(i64::from(quantity)).ok_or(PriceError::TooLarge)
}

pub fn flat(each: Cents, quantity: u32) -> Result<Priced, PriceError> {
    let working = if quantity == 1 { "One price for every school".to_owned() } else { format!("{quantity} × {each}") };
    Ok(Priced::of(times(each, quantity)?, working, Some(each)))
}

/// So much a head, within limits.
pub struct PerHead {
    pub each: Cents,
    pub floor: Option<Cents>,
    pub cap: Option<Cents>,
}

pub fn per_pupil(base: Cents, model: PerHead, students: u32) -> Result<Priced, PriceError> {
    let by_heads = times(model.each, students)?.checked_add(base).ok_or(PriceError::TooLarge)?;
    let heads = format!("{students} {} × {}", if students == 1 { "student" } else { "students" }, model.each);
    let sum = if base.is_zero() { heads } else { format!("{base} + {heads}") };
    Ok(limited(&model, by_heads, sum))
}

pub fn per_post(model: PerHead, posts: u32) -> Result<Priced, PriceError> {
    if posts == 0 {
        return Err(PriceError::PostsUnknown);
    }
    let heads = format!("{posts} {} × {}", if posts == 1 { "post" } else { "posts" }, model.each);
    Ok(limited(&model, times(model.each, posts)?, heads))
}

fn limited(model: &PerHead, sum: Cents, text: String) -> Priced {
    let (total, working) = match (model.floor, model.cap) {
        (_, Some(cap)) if sum > cap => (cap, format!("{text} = {sum}, capped at {cap}")),
        (Some(floor), _) if sum < floor => (floor, format!("{text} = {sum}, raised to the least of {floor}")),
        (Some(_) | None, Some(_) | None) => (sum, text),
    };
    Priced::of(total, working, None)
}

/// `0.4 of a position` for 40 hundredths.
pub fn share_words(hundredths: u32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if hundredths == 100 {
        "1 position".to_owned()
    } else if hundredths > 100 {
        format!("{text} positions")
    } else {
        format!("{text} of a position")
    }
}

pub fn post_share(full_time: Cents, hundredths: u32) -> Result<Priced, PriceError> {
    let total = full_time.checked_ratio(i64::from(hundredths), 100).ok_or(PriceError::TooLarge)?;
    Ok(Priced::of(total, format!("{} × {full_time} for a full position", share_words(hundredths)), None))
}

pub fn band_of(bands: &[QuantityBand], quantity: u32) -> Option<&QuantityBand> {
    bands.iter().rev().find(|band| band.from <= quantity)
}

pub fn by_quantity(measure: UnitOfMeasure, bands: &[QuantityBand], quantity: u32) -> Result<Priced, PriceError> {
    let least = bands.first().map_or(1, |first| first.from);
    if quantity < least {
        return Err(PriceError::BelowMinimum { least });
    }
    let band = band_of(bands, quantity).ok_or(PriceError::QuantityOutsideBands { quantity })?;
    let volume = if band.from > least { " — volume price" } else { "" };
    let working = format!("{} × {}{volume}", counted(quantity, measure), band.each);
    Ok(Priced::of(times(band.each, quantity)?, working, Some(band.each)))
}

pub fn by_enrollment(bands: &[EnrollmentBand], up_to: Option<u32>, enrollment: u32) -> Result<Priced, PriceError> {
    let outside = PriceError::EnrollmentOutsideBands { enrollment };
    let at = bands.iter().rposition(|band| band.from <= enrollment).ok_or(outside)?;
    if up_to.is_some_and(|last| enrollment > last) {
        return Err(outside);
    }
    let last = bands.get(at + 1).map(|next| next.from.saturating_sub(1)).or(up_to);
    let range = match last {
        Some(last) => format!("{} to {last} students", bands[at].from),
        None => format!("{} students or more", bands[at].from),
    };
    Ok(Priced::of(bands[at].price, format!("Price for schools of {range}"), None))
}

/// The provider's price, and the brokerage as a line of its own.
pub fn brokered(provider_price: Cents, brokerage: BasisPoints, quantity: u32) -> Result<Priced, PriceError> {
    let titles = ("Provider's price", "Brokerage");
    let words = format!("{brokerage} brokerage");
    plus_share((provider_price, quantity), (brokerage, &words), titles)
}

/// What it costs the unit, and its share on top as a line of its own.
pub fn cost_plus(cost: Cents, plus: BasisPoints, quantity: u32) -> Result<Priced, PriceError> {
    let words = format!("{plus} on top");
    plus_share((cost, quantity), (plus, &words), ("Cost", "On top"))
}

fn plus_share((each, quantity): (Cents, u32), (share, words): (BasisPoints, &str), titles: (&str, &str)) -> Result<Priced, PriceError> {
    let base = times(each, quantity)?;
    let fee = share.of(base).ok_or(PriceError::TooLarge)?;
    let of_base = if quantity == 1 { each.to_string() } else { format!("{quantity} × {each}") };
    let total = base.checked_add(fee).ok_or(PriceError::TooLarge)?;
    let line = |title: &str, working: String, amount| PriceLine { title: title.to_owned(), working, amount };
    let lines = vec![line(titles.0, of_base.clone(), base), line(titles.1, format!("{share} of {base}"), fee)];
    Ok(Priced { total, working: format!("{of_base} + {words}"), unit_price: None, lines })
}
