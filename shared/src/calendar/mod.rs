//! The calendar: which days are school days, on which days a clock runs, and on which nobody may be booked.
//!
//! One type, [`SchoolCalendar`], answers for the server and the browser; which hour a day begins at is the district's zone's matter.

pub mod api;
pub mod file;
pub mod month;

use serde::{Deserialize, Serialize};

use crate::catalog::words;
use crate::time::Date;

/// How many days a search may cross before it gives up: longer than any break.
const HORIZON_DAYS: i32 = 4_000;
/// The most days that one row may cover: a whole year, for a school that is closed for rebuilding.
pub const SPAN_LIMIT_DAYS: i32 = 370;

words! {
    /// Why a day is not like others.
    DayKind {
        /// Everybody is away: no school, no office, no clock.
        Holiday = "holiday", "Holiday";
        /// The schools are away, the central office works.
        Break = "break", "Break";
        /// School is held and wants to be left alone: nobody is booked, no clock runs.
        Protected = "protected", "Protected";
    }
}

/// Whose time a deadline is counted in: that of whoever has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockOf {
    /// Units and the budget office: they work in the schools' breaks.
    Office,
    /// A school: its clocks also rest in breaks and on the days that it protects itself.
    School,
}

/// A run of days of one kind, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DaySpan {
    pub kind: DayKind,
    pub first: Date,
    pub last: Date,
    /// `Thanksgiving`, `State tests`.
    pub title: String,
}

impl DaySpan {
    pub fn holds(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The days from first to last; none where they are in the wrong order.
    pub fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let (first, count) = (self.first, (self.last.days_since(self.first) + 1).clamp(0, SPAN_LIMIT_DAYS));
        (0..count).map(move |offset| first.plus_days(offset))
    }
}

/// Why nobody can be booked on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Weekend,
    Day(DaySpan),
}

impl Block {
    /// `a weekend`, `Thanksgiving (holiday)`.
    pub fn words(&self) -> String {
        match self {
            Self::Weekend => "a weekend".to_owned(),
            Self::Day(span) => format!("{} ({})", span.title, span.kind.title().to_lowercase()),
        }
    }
}

const HOLIDAY: u8 = 1;
const BREAK: u8 = 2;
const PROTECTED: u8 = 4;
/// Protected by the school itself: its own clocks rest, those of the office do not.
const OWN: u8 = 8;

/// The days of the district, and of one school where its own protected days are added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolCalendar {
    /// Each day that is not like others, in order, with what it is.
    marks: Vec<(Date, u8)>,
    spans: Vec<DaySpan>,
}

impl SchoolCalendar {
    /// Weekends only.
    pub const EMPTY: Self = Self { marks: Vec::new(), spans: Vec::new() };

    /// The district's calendar.
    pub fn new(district: Vec<DaySpan>) -> Self {
        let mut calendar = Self::default();
        calendar.add(district, |kind| match kind {
            DayKind::Holiday => HOLIDAY,
            DayKind::Break => BREAK,
            DayKind::Protected => PROTECTED,
        });
        calendar
    }

    /// The same calendar with the days that one school protects for itself.
    #[must_use]
    pub fn with_own(mut self, own: Vec<DaySpan>) -> Self {
        self.add(own, |_| OWN);
        self
    }

    fn add(&mut self, spans: Vec<DaySpan>, mark: fn(DayKind) -> u8) {
        for span in &spans {
            self.marks.extend(span.days().map(|day| (day, mark(span.kind))));
        }
        self.marks.sort_unstable();
        // One entry for each day, with all of its marks.
        self.marks.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 |= later.1;
            }
            same
        });
        self.spans.extend(spans);
    }

    fn marks(&self, day: Date) -> u8 {
        self.marks.binary_search_by_key(&day, |(marked, _)| *marked).map_or(0, |at| self.marks[at].1)
    }

    /// Whether school is held: no weekend, holiday or break.
    pub fn is_school_day(&self, day: Date) -> bool {
        !day.is_weekend() && self.marks(day) & (HOLIDAY | BREAK) == 0
    }

    /// Whether the schools are in a break (the weekends in it included), when nothing is confirmed by silence.
    pub fn in_break(&self, day: Date) -> bool {
        self.marks(day) & BREAK != 0
    }

    /// Whether a clock runs on this day.
    ///
    /// Invariant: none runs on weekends, holidays and the district's protected days; a school's rests in breaks and on its own
    /// protected days too.
    pub fn runs(&self, clock: ClockOf, day: Date) -> bool {
        let stops = match clock {
            ClockOf::Office => HOLIDAY | PROTECTED,
            ClockOf::School => HOLIDAY | BREAK | PROTECTED | OWN,
        };
        !day.is_weekend() && self.marks(day) & stops == 0
    }

    /// Why nobody can be booked on this day; nothing where somebody can. Holidays are named before breaks, breaks before protected days.
    pub fn block(&self, day: Date) -> Option<Block> {
        let found = self.spans.iter().filter(|span| span.holds(day)).min_by_key(|span| span.kind);
        match found {
            Some(span) => Some(Block::Day(span.clone())),
            None if day.is_weekend() => Some(Block::Weekend),
            None => None,
        }
    }

    /// The rows it was made of, in the order in which they were given.
    pub fn spans(&self) -> &[DaySpan] {
        &self.spans
    }

    /// The rows that hold `day`, in the order in which they were given.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &DaySpan> {
        self.spans.iter().filter(move |span| span.holds(day))
    }

    /// The `count`th day after `day` on which the clock runs; for zero `day` itself, or the next such day.
    pub fn after(&self, clock: ClockOf, day: Date, count: u16) -> Date {
        nth(day, count, |day| self.runs(clock, day))
    }

    /// As [`SchoolCalendar::after`], in school days: when something that needs the school can start.
    pub fn school_days_after(&self, day: Date, count: u16) -> Date {
        nth(day, count, |day| self.is_school_day(day))
    }

    /// The first day of the window of `count` school days that ends with `day`, `day` included where it is one.
    pub fn window_start(&self, day: Date, count: u16) -> Date {
        days(day, -1).filter(|day| self.is_school_day(*day)).nth(usize::from(count.max(1)) - 1).unwrap_or(day)
    }

    /// Days on which the clock runs after `from` up to and including `until`; zero where `until` is not later.
    pub fn between(&self, clock: ClockOf, from: Date, until: Date) -> u32 {
        count(from, until, |day| self.runs(clock, day))
    }

    /// School days from `first` to `last`, both included.
    pub fn school_days(&self, first: Date, last: Date) -> u32 {
        count(first.plus_days(-1), last, |day| self.is_school_day(day))
    }
}

fn days(from: Date, step: i32) -> impl Iterator<Item = Date> {
    (0..HORIZON_DAYS).map(move |offset| from.plus_days(offset * step))
}

fn nth(day: Date, count: u16, fits: impl Fn(Date) -> bool) -> Date {
    let from = if count == 0 { day } else { day.plus_days(1) };
    days(from, 1).filter(|day| fits(*day)).nth(usize::from(count.max(1)) - 1).unwrap_or(day)
}

fn count(from: Date, until: Date, fits: impl Fn(Date) -> bool) -> u32 {
    let found = days(from.plus_days(1), 1).take_while(|day| *day <= until).filter(|day| fits(*day)).count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
