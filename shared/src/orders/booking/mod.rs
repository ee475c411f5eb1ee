//! Bookings: a named person of the unit on a day for an order; why a day cannot be had, and which is the next that can.

pub mod api;

use serde::{Deserialize, Serialize};

use crate::calendar::{Block, SchoolCalendar};
use crate::catalog::{UnitOfMeasure, words};
use crate::id::StaffId;
use crate::time::Date;
use crate::words::orders::booking as said;

/// So far a search looks for a free day.
const HORIZON_DAYS: i32 = 400;

words! {
    /// How much of a day.
    DayPart {
        Whole = "whole", "whole day";
        Morning = "morning", "morning";
        Afternoon = "afternoon", "afternoon";
    }
}

impl DayPart {
    /// The halves that it takes.
    pub const fn halves(self) -> &'static [Self] {
        match self {
            Self::Whole => &[Self::Morning, Self::Afternoon],
            Self::Morning => &[Self::Morning],
            Self::Afternoon => &[Self::Afternoon],
        }
    }

    /// Whether both take the same half.
    pub fn meets(self, other: Self) -> bool {
        self.halves().iter().any(|half| other.halves().contains(half))
    }
}

/// The weekdays on which somebody works: Monday is the first bit, Friday the fifth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = u8, description = "Monday 1, Tuesday 2, Wednesday 4, Thursday 8, Friday 16"))]
pub struct Weekdays(pub u8);

impl Weekdays {
    pub const ALL: Self = Self(31);

    /// Monday is 1, Friday 5, as [`Date::weekday`] counts.
    pub const fn has(self, weekday: u8) -> bool {
        weekday >= 1 && weekday <= 5 && self.0 & (1 << (weekday - 1)) != 0
    }

    pub fn holds(self, day: Date) -> bool {
        self.has(day.weekday())
    }

    #[must_use]
    pub const fn switched(self, weekday: u8, on: bool) -> Self {
        if weekday < 1 || weekday > 5 {
            return self;
        }
        let bit = 1 << (weekday - 1);
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }
}

/// Somebody who can be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    pub weekdays: Weekdays,
    /// Who left is no longer booked; what was booked stays.
    pub active: bool,
}

/// Days on which a person, or the whole unit, cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Away {
    /// Absent: the whole unit.
    pub staff: Option<StaffId>,
    pub first: Date,
    pub last: Date,
    pub title: String,
}

impl Away {
    pub fn holds(&self, staff: StaffId, day: Date) -> bool {
        self.staff.is_none_or(|who| who == staff) && self.first <= day && day <= self.last
    }
}

/// A half or whole day that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub staff: StaffId,
    pub day: Date,
    pub part: DayPart,
}

/// Why somebody cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    Past,
    /// Outside the order's fiscal year.
    OtherYear,
    /// A weekend, or what the district's or the school's calendar says.
    Calendar(Block),
    /// A blackout day of the whole unit.
    UnitAway(String),
    StaffAway(String),
    NotAtWork,
    Booked(DayPart),
    Gone,
}

impl Hindrance {
    /// `Maria Santos is not there: training.`
    pub fn words(&self, name: &str, day: Date) -> String {
        match self {
            Self::Past => said::DAY_PASSED.to_owned(),
            Self::OtherYear => said::OTHER_YEAR.to_owned(),
            Self::Calendar(block) => said::day_is(day, &block.words()),
            Self::UnitAway(title) => said::unit_away(day, title),
            Self::StaffAway(title) => said::staff_away(name, day, title),
            Self::NotAtWork => said::not_at_work(name, day),
            Self::Booked(part) => said::booked_already(name, day, part.title()),
            Self::Gone => said::gone(name),
        }
    }
}

/// All that decides whether somebody can be booked for one school.
pub struct Agenda<'a> {
    /// The school's: the district's days and its own.
    pub calendar: &'a SchoolCalendar,
    pub away: &'a [Away],
    pub taken: &'a [Taken],
    pub today: Date,
    /// The order's fiscal year.
    pub year: (Date, Date),
}

impl Agenda<'_> {
    /// Why `staff` cannot be booked; nothing where it can.
    pub fn hindrance(&self, staff: &Staff, day: Date, part: DayPart) -> Option<Hindrance> {
        if !staff.active {
            return Some(Hindrance::Gone);
        }
        if day < self.today {
            return Some(Hindrance::Past);
        }
        if day < self.year.0 || day > self.year.1 {
            return Some(Hindrance::OtherYear);
        }
        if let Some(block) = self.calendar.block(day) {
            return Some(Hindrance::Calendar(block));
        }
        if let Some(away) = self.away.iter().find(|away| away.holds(staff.id, day)) {
            let title = away.title.clone();
            return Some(if away.staff.is_none() { Hindrance::UnitAway(title) } else { Hindrance::StaffAway(title) });
        }
        if !staff.weekdays.holds(day) {
            return Some(Hindrance::NotAtWork);
        }
        let met = self.taken.iter().find(|taken| taken.staff == staff.id && taken.day == day && taken.part.meets(part));
        met.map(|taken| Hindrance::Booked(taken.part))
    }

    /// The first day from `from` on when `staff` can be booked.
    pub fn next_free(&self, staff: &Staff, from: Date, part: DayPart) -> Option<Date> {
        let from = from.max(self.today).max(self.year.0);
        (0..HORIZON_DAYS).map(|offset| from.plus_days(offset)).find(|day| self.hindrance(staff, *day, part).is_none())
    }
}

/// How many halves one unit of what was ordered takes; nothing where a booking is one unit whatever its length.
const fn halves_of(measure: UnitOfMeasure) -> Option<u32> {
    match measure {
        UnitOfMeasure::CoachingDay | UnitOfMeasure::Day => Some(2),
        UnitOfMeasure::HalfDay => Some(1),
        UnitOfMeasure::WeeklyDay
        | UnitOfMeasure::StudentDay
        | UnitOfMeasure::Session
        | UnitOfMeasure::Event
        | UnitOfMeasure::Visit
        | UnitOfMeasure::Hour
        | UnitOfMeasure::Seat
        | UnitOfMeasure::Item
        | UnitOfMeasure::Month
        | UnitOfMeasure::Milestone
        | UnitOfMeasure::Year => None,
    }
}

/// What can still be booked of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bookable {
    /// In halves of a day for what is counted in days, else in bookings.
    pub left: u32,
    /// Whether `left` counts halves.
    pub halves: bool,
}

/// What is left to book of `units` after `booked`.
pub fn bookable(measure: UnitOfMeasure, units: u32, booked: impl Iterator<Item = DayPart>) -> Bookable {
    match halves_of(measure) {
        Some(halves) => {
            let used = booked.map(|part| part.halves().len()).sum::<usize>();
            let left = units.saturating_mul(halves).saturating_sub(u32::try_from(used).unwrap_or(u32::MAX));
            Bookable { left, halves: true }
        }
        None => Bookable { left: units.saturating_sub(u32::try_from(booked.count()).unwrap_or(u32::MAX)), halves: false },
    }
}

impl Bookable {
    /// Whether `part` still fits.
    pub fn takes(self, part: DayPart) -> bool {
        let wanted = if self.halves { u32::try_from(part.halves().len()).unwrap_or(u32::MAX) } else { 1 };
        wanted <= self.left
    }
}

#[cfg(test)]
mod tests;
