//! iCalendar files (RFC 5545): what is written into a calendar program, with the district's zone spelled out.

use std::fmt::Write as _;

use jiff::civil::{DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use shared::time::{Date, Timestamp};

use crate::error::AppError;

/// Octets of one line, its break left aside (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;
/// More changes of the clocks than any zone has within the years that a file covers.
const CHANGES_LIMIT: usize = 40;

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    WholeDay(Date),
    /// From and until, on the clocks of the district.
    Between(Date, Time, Time),
}

impl When {
    const fn day(self) -> Date {
        match self {
            Self::WholeDay(day) | Self::Between(day, ..) => day,
        }
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same thing in every file, in all the world.
    pub uid: String,
    pub changed: Timestamp,
    pub when: When,
    pub summary: String,
    pub location: String,
    pub detail: String,
}

/// What a file says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub product: &'a str,
    pub name: &'a str,
    /// IANA name of the district's zone.
    pub zone: &'a str,
}

/// The file.
///
/// # Errors
/// Internal where the zone is unknown.
pub fn file(head: Head<'_>, events: &[Event]) -> Result<String, AppError> {
    let mut out = String::new();
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    line(&mut out, "PRODID", &text(head.product));
    line(&mut out, "CALSCALE", "GREGORIAN");
    line(&mut out, "METHOD", "PUBLISH");
    line(&mut out, "NAME", &text(head.name));
    line(&mut out, "X-WR-CALNAME", &text(head.name));
    line(&mut out, "X-WR-TIMEZONE", &text(head.zone));
    zone(&mut out, head.zone, events)?;
    for event in events {
        entry(&mut out, head.zone, event);
    }
    line(&mut out, "END", "VCALENDAR");
    Ok(out)
}

fn entry(out: &mut String, zone: &str, event: &Event) {
    line(out, "BEGIN", "VEVENT");
    line(out, "UID", &text(&event.uid));
    line(out, "DTSTAMP", &instant(event.changed));
    match event.when {
        When::WholeDay(day) => {
            line(out, "DTSTART;VALUE=DATE", &basic(day));
            // The end is the first day that no longer belongs to it.
            line(out, "DTEND;VALUE=DATE", &basic(day.plus_days(1)));
        }
        When::Between(day, from, until) => {
            let at = |time| local(day.civil().to_datetime(time));
            line(out, &format!("DTSTART;TZID={zone}"), &at(from));
            line(out, &format!("DTEND;TZID={zone}"), &at(until));
        }
    }
    line(out, "SUMMARY", &text(&event.summary));
    line(out, "LOCATION", &text(&event.location));
    line(out, "DESCRIPTION", &text(&event.detail));
    line(out, "TRANSP", "OPAQUE");
    line(out, "END", "VEVENT");
}

/// The zone as its clocks stand before the first entry and as they change until after the last: no program need know its name.
fn zone(out: &mut String, name: &str, events: &[Event]) -> Result<(), AppError> {
    let days = || events.iter().map(|event| event.when.day());
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(()) };
    let zone = TimeZone::get(name).map_err(|e| AppError::internal(format!("zone {name}: {e}")))?;
    let start = first.plus_days(-1).civil().to_zoned(zone.clone()).map_err(|e| AppError::internal(format!("day {first}: {e}")))?;
    let end = last.plus_days(2).civil().to_zoned(zone.clone()).map_err(|e| AppError::internal(format!("day {last}: {e}")))?;
    line(out, "BEGIN", "VTIMEZONE");
    line(out, "TZID", name);
    let info = zone.to_offset_info(start.timestamp());
    let mut before = info.offset();
    observance(out, (info.dst().is_dst(), start.datetime()), (before, before), info.abbreviation());
    for change in zone.following(start.timestamp()).take(CHANGES_LIMIT).take_while(|change| change.timestamp() < end.timestamp()) {
        let (after, at) = (change.offset(), before.to_datetime(change.timestamp()));
        observance(out, (change.dst().is_dst(), at), (before, after), change.abbreviation());
        before = after;
    }
    line(out, "END", "VTIMEZONE");
    Ok(())
}

fn observance(out: &mut String, (summer, at): (bool, DateTime), (from, to): (Offset, Offset), name: &str) {
    let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
    line(out, "BEGIN", kind);
    line(out, "DTSTART", &local(at));
    line(out, "TZOFFSETFROM", &offset(from));
    line(out, "TZOFFSETTO", &offset(to));
    line(out, "TZNAME", &text(name));
    line(out, "END", kind);
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn local(at: DateTime) -> String {
    format!("{}T{:02}{:02}{:02}", basic(Date::from_civil(at.date())), at.hour(), at.minute(), at.second())
}

/// `20261121T232000Z`
fn instant(at: Timestamp) -> String {
    at.to_rfc3339().chars().take(19).filter(|letter| letter.is_ascii_alphanumeric()).chain(['Z']).collect()
}

/// A TEXT value (RFC 5545, 3.3.11); control characters, which no value may hold, become spaces.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for letter in raw.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// One content line, folded: what goes on begins with a space, and no letter is cut in two.
fn line(out: &mut String, name: &str, value: &str) {
    let mut used = 0;
    for letter in format!("{name}:{value}").chars() {
        if used + letter.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(letter);
        used += letter.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Head<'_> = Head { product: "-//Test//Test//EN", name: "Lincoln: bookings", zone: "America/Los_Angeles" };

    fn event(when: When, summary: &str) -> Event {
        Event {
            uid: "bkg_1@chalkline.example".to_owned(),
            // 21 November 2026, 23:20 UTC.
            changed: Timestamp::from_micros(1_795_303_200_000_000),
            when,
            summary: summary.to_owned(),
            location: "Lincoln Elementary".to_owned(),
            detail: "Order 1042\nMathematics".to_owned(),
        }
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn morning(day: Date) -> When {
        When::Between(day, Time::constant(8, 0, 0, 0), Time::constant(12, 0, 0, 0))
    }

    #[test]
    fn a_file_spells_the_zone_out_through_both_changes_of_the_clocks() {
        // Clocks go back on 1 November 2026 and forward on 14 March 2027.
        let events = [event(morning(day("2026-10-30")), "Coaching"), event(When::WholeDay(day("2027-03-15")), "Coaching")];
        let file = file(HEAD, &events).expect("a file");
        insta::assert_snapshot!(file.replace("\r\n", "\n"));
    }

    #[test]
    fn what_would_break_a_line_is_escaped() {
        assert_eq!(text("a\\b;c,d\r\ne\u{7}f: “g”"), "a\\\\b\\;c\\,d\\ne f: “g”");
    }

    #[test]
    fn every_line_is_at_most_75_octets_ends_with_crlf_and_unfolds_to_what_was_said() {
        let summary = "Zweisprachige Elternabende für Familien – Übung №".repeat(6);
        let file = file(HEAD, &[event(morning(day("2026-12-03")), &summary)]).expect("a file");
        assert!(file.ends_with("END:VCALENDAR\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']));
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_OCTETS), "{file}");
        let unfolded = file.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("\r\nSUMMARY:{summary}\r\n")));
        assert!(unfolded.contains("\r\nDESCRIPTION:Order 1042\\nMathematics\r\n"));
        assert!(unfolded.contains("\r\nDTSTART;TZID=America/Los_Angeles:20261203T080000\r\n"));
        assert!(unfolded.contains("\r\nDTSTAMP:20261121T232000Z\r\n"));
    }

    #[test]
    fn a_file_without_entries_is_whole() {
        let file = file(HEAD, &[]).expect("a file");
        assert!(!file.contains("VTIMEZONE") && file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    }
}
