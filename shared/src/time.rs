//! Instants and dates. `now` is always an argument; only the outermost code asks a clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant in microseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = i64, description = "microseconds since 1970-01-01 UTC"))]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days * 86_400)
    }

    /// Whole seconds from `earlier` to `self`; negative where `self` is earlier.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }

    /// `2026-11-21T23:20:00Z`, for exports and canonical bytes.
    pub fn to_rfc3339(self) -> String {
        const DAY: i64 = 86_400_000_000;
        let date = from_day_number(self.0.div_euclid(DAY)).map(|date| date.to_string()).unwrap_or_default();
        let within = self.0.rem_euclid(DAY);
        let (seconds, micros) = (within / 1_000_000, within % 1_000_000);
        let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}").trim_end_matches('0').to_owned() };
        format!("{date}T{:02}:{:02}:{:02}{fraction}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

/// Days of 400 years, and of the time from 0000-03-01 to 1970-01-01.
const ERA_DAYS: i64 = 146_097;
const EPOCH: i64 = 719_468;

/// The day that is `number` days after 1970-01-01; `None` beyond the calendar.
fn from_day_number(number: i64) -> Option<Date> {
    let number = number + EPOCH;
    let of_era = number.rem_euclid(ERA_DAYS);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = number.div_euclid(ERA_DAYS) * 400 + year_of_era + i64::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A calendar day in the district's own zone, written `2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
pub struct Date(jiff::civil::Date);

/// A text or three numbers that are no calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateError;

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date; write it as 2026-11-21")
    }
}

impl Date {
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        jiff::civil::Date::new(year, month, day).map(Self).map_err(|_| DateError)
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn month(self) -> i8 {
        self.0.month()
    }

    pub fn day(self) -> i8 {
        self.0.day()
    }

    pub const fn civil(self) -> jiff::civil::Date {
        self.0
    }

    pub const fn from_civil(date: jiff::civil::Date) -> Self {
        Self(date)
    }

    /// `days` later (earlier when negative); stays at the calendar's end where there is no such day.
    pub fn plus_days(self, days: i32) -> Self {
        let end = if days < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX };
        from_day_number(self.day_number() + i64::from(days)).unwrap_or(Self(end))
    }

    /// Whole days from `earlier` to `self`.
    pub fn days_since(self, earlier: Self) -> i32 {
        i32::try_from(self.day_number() - earlier.day_number()).unwrap_or(0)
    }

    /// Days since 1970-01-01.
    fn day_number(self) -> i64 {
        // Years begin in March, so that the leap day is the last of its year; 400 of them repeat.
        let shifted = i64::from(self.month()) + if self.month() > 2 { -3 } else { 9 };
        let year = i64::from(self.year()) - i64::from(self.month() <= 2);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * shifted + 2) / 5 + i64::from(self.day()) - 1;
        year.div_euclid(400) * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH
    }

    /// Days since Sunday: 0 for a Sunday, 6 for a Saturday.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.day_number() + 4).rem_euclid(7)).unwrap_or(0)
    }

    pub fn is_weekend(self) -> bool {
        matches!(self.weekday(), 0 | 6)
    }

    /// `21 Nov 2026`, as the screens print it.
    pub fn to_words(self) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = usize::try_from(self.month() - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("");
        format!("{} {month} {}", self.day(), self.year())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let digits = |range: std::ops::Range<usize>| -> Option<i16> {
            let part = text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
            part.parse().ok()
        };
        let in_shape = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
        let (year, month, day) = (digits(0..4), digits(5..7), digits(8..10));
        let (Some(year), Some(month), Some(day), true) = (year, month, day, in_shape) else { return Err(DateError) };
        Self::new(year, i8::try_from(month).map_err(|_| DateError)?, i8::try_from(day).map_err(|_| DateError)?)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|e: DateError| serde::de::Error::custom(e))
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_that_is_no_day_is_refused() {
        for bad in ["", "2026-1-01", "2026-02-29", "2026/11/21", "2026-11-2x", "+026-11-21", "2026-13-01", "2026-11-21T"] {
            assert_eq!(bad.parse::<Date>(), Err(DateError), "{bad}");
        }
        assert_eq!("2024-02-29".parse::<Date>().map(|day| day.to_words()), Ok("29 Feb 2024".to_owned()));
    }

    // Our own arithmetic keeps the library's parser and printer out of the browser; it must agree with the library.
    proptest! {
        #[test]
        fn days_are_the_library_s_days(year in 1i16..9999, month in 1i8..=12, day in 1i8..=28, days in -200_000i32..200_000) {
            let library = jiff::civil::Date::new(year, month, day).map_err(|e| TestCaseError::fail(e.to_string()))?;
            let ours = Date::from_civil(library);
            prop_assert_eq!(ours.to_string(), library.to_string());
            prop_assert_eq!(ours.to_string().parse::<Date>(), Ok(ours));
            let moved = library.saturating_add(days.days());
            prop_assert_eq!(ours.plus_days(days).civil(), moved);
            prop_assert_eq!(Date::from_civil(moved).days_since(ours), library.until(moved).map(|s| s.get_days()).unwrap_or(0));
            prop_assert_eq!(ours.is_weekend(), library.weekday().to_monday_zero_offset() >= 5);
        }

        #[test]
        fn instants_print_as_the_library_prints_them(micros in -62_000_000_000_000_000i64..250_000_000_000_000_000) {
            let library = jiff::Timestamp::from_microsecond(micros).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(Timestamp::from_micros(micros).to_rfc3339(), library.to_string());
        }
    }
}
