//! Next year's edition begins as a copy of this one: the same words, with days a year on.

use crate::catalog::api::ServiceDraft;
use crate::time::Date;

/// The service for the next year: its days are a year later, its tiers are new ones.
pub fn for_next_year(draft: &ServiceDraft) -> ServiceDraft {
    let mut next = draft.clone();
    next.content.terms.hand_back_until = next.content.terms.hand_back_until.map(a_year_on);
    for package in &mut next.packages {
        package.id = None;
        package.content.starts = package.content.starts.map(a_year_on);
        if let Some(early) = &mut package.content.extras.early {
            early.until = a_year_on(early.until);
        }
    }
    next
}

/// The same day of the next year; the leap day becomes the last of February.
pub fn a_year_on(day: Date) -> Date {
    let year = day.year().saturating_add(1);
    Date::new(year, day.month(), day.day()).or_else(|_| Date::new(year, day.month(), day.day() - 1)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_day_a_year_on() {
        for (day, next) in [("2027-03-31", "2028-03-31"), ("2028-02-29", "2029-02-28"), ("2027-12-31", "2028-12-31")] {
            assert_eq!(a_year_on(day.parse().unwrap()).to_string(), next);
        }
    }
}
