//! Endpoints of the calendar: the district's days, and the days that a school protects for itself.

use serde::{Deserialize, Serialize};

use super::{DayKind, DaySpan};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{CalendarDayId, SchoolId};
use crate::identity::api::SchoolRef;
use crate::time::Date;

endpoints! {
    /// The district's holidays, breaks and protected days.
    GetCalendar: Get "/api/calendar" Inside Read Json, path (), query Empty, body Empty, reply CalendarView;
    /// The district's days as a CSV file that can be taken in again.
    ExportCalendar: Get "/api/calendar/export" Inside Read Csv, path (), query Empty, body Empty, reply Empty;
    /// Adds days to the district's calendar.
    AddCalendarDays: Post "/api/calendar/days" May(KeepCalendar) Command Json, path (), query Empty, body NewCalendarDays, reply CalendarView;
    /// Takes days off the district's calendar.
    RemoveCalendarDays: Post "/api/calendar/days/{day}/remove" May(KeepCalendar) Command Json, path CalendarDayId, query Empty, body CalendarVersion, reply CalendarView;
    /// Takes a CSV of dates in; it replaces what stands of the fiscal years that it names.
    ImportCalendar: Post "/api/calendar/import" May(KeepCalendar) Command Json, path (), query Empty, body CalendarFile, reply CalendarView;
    /// The days that a school protects for itself, and how many it still may.
    GetProtectedDays: Get "/api/schools/{school}/protected-days" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply ProtectedDaysView;
    /// The principal protects days: nobody is booked, the school's clocks rest.
    ProtectDays: Post "/api/schools/{school}/protected-days" May(ProtectDays) Command Json, path SchoolId, query Empty, body NewProtectedDays, reply ProtectedDaysView;
    /// The principal gives protected days free again.
    FreeDays: Post "/api/protected-days/{day}/remove" May(ProtectDays) Command Json, path CalendarDayId, query Empty, body Empty, reply ProtectedDaysView;
}

/// The district's calendar as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CalendarView {
    /// Counts changes; an edit carries the one it read.
    pub version: u32,
    pub today: Date,
    pub year: FiscalYear,
    /// By first day.
    pub days: Vec<CalendarDay>,
}

/// A row of a calendar with its identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CalendarDay {
    pub id: CalendarDayId,
    pub span: DaySpan,
    /// Days on which school is held or would be, were it not for this row.
    pub weekdays: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewCalendarDays {
    pub version: u32,
    pub kind: DayKind,
    pub first: Date,
    /// Absent: one day.
    pub last: Option<Date>,
    pub title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CalendarVersion {
    pub version: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CalendarFile {
    pub version: u32,
    /// `kind,first,last,title`, a row for each run of days.
    pub csv: String,
}

/// What a school protects for itself this fiscal year and the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProtectedDaysView {
    pub school: SchoolRef,
    pub today: Date,
    pub year: FiscalYear,
    pub days: Vec<CalendarDay>,
    /// School days protected in the open year, and the most that may be.
    pub used: u32,
    pub most: u32,
    /// Whether the caller may protect and free days.
    pub may_change: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewProtectedDays {
    pub first: Date,
    /// Absent: one day.
    pub last: Option<Date>,
    pub title: String,
}
