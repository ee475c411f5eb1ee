//! Endpoints of bookings: the unit's team and calendar, the days of an order, and both sides' calendars as files.

use serde::{Deserialize, Serialize};

use super::{Bookable, DayPart, Staff, Weekdays};
use crate::calendar::DaySpan;
use crate::catalog::starts::{PartLeft, StartLimit};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{AwayId, BookingId, OrderId, PackageId, SchoolId, StaffId, UnitId};
use crate::identity::api::{SchoolRef, UnitRef};
use crate::time::Date;

endpoints! {
    /// The unit's team, absences and bookings between two days.
    GetUnitCalendar: Get "/api/units/{unit}/calendar" May(LogDelivery) Read Json, path UnitId, query CalendarRange, body Empty, reply UnitCalendar;
    /// Adds somebody to the unit's team, or changes name and working days.
    SetStaff: Put "/api/units/{unit}/staff" May(AnswerOrder) Command Json, path UnitId, query Empty, body StaffEdit, reply UnitCalendar;
    /// Enters days on which the unit, or one person, cannot be booked.
    AddAway: Post "/api/units/{unit}/away" May(AnswerOrder) Command Json, path UnitId, query Empty, body NewAway, reply UnitCalendar;
    /// Takes such days out again.
    RemoveAway: Post "/api/away/{away}/remove" May(AnswerOrder) Command Json, path AwayId, query Empty, body Empty, reply UnitCalendar;
    /// What each of the unit's packages has sold, has left and makes wait.
    GetUnitCapacity: Get "/api/units/{unit}/capacity" May(LogDelivery) Read Json, path UnitId, query Empty, body Empty, reply UnitCapacity;
    /// Says how many may start in one term or month.
    SetStartLimit: Put "/api/packages/{package}/start-limit" May(EditMenu) Command Json, path PackageId, query Empty, body NewStartLimit, reply UnitCapacity;
    /// The days that are booked for an order, and who could come when.
    GetBookings: Get "/api/orders/{order}/bookings" May(ViewOrders) Read Json, path OrderId, query Empty, body Empty, reply OrderBookings;
    /// Books somebody of the unit on a day of an order.
    BookDay: Post "/api/orders/{order}/bookings" May(LogDelivery) Command Json, path OrderId, query Empty, body NewBooking, reply OrderBookings;
    /// Takes a booking back.
    CancelBooking: Post "/api/bookings/{booking}/cancel" May(LogDelivery) Command Json, path BookingId, query Empty, body Empty, reply OrderBookings;
    /// The days on which a school is visited.
    GetSchoolBookings: Get "/api/schools/{school}/bookings" May(ViewSchoolBudget) Read Json, path SchoolId, query CalendarRange, body Empty, reply Vec<BookingView>;
    /// The unit's bookings as an iCalendar file.
    ExportUnitCalendar: Get "/api/units/{unit}/calendar.ics" May(LogDelivery) Read Calendar, path UnitId, query Empty, body Empty, reply Empty;
    /// The school's bookings as an iCalendar file.
    ExportSchoolCalendar: Get "/api/schools/{school}/calendar.ics" May(ViewSchoolBudget) Read Calendar, path SchoolId, query Empty, body Empty, reply Empty;
}

/// From when until when; six weeks at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CalendarRange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
}

/// The longest range that is answered at once.
pub const RANGE_DAYS: i32 = 42;

impl CalendarRange {
    /// Both ends; from the week of `today` on where nothing is said.
    pub fn ends(self, today: Date) -> (Date, Date) {
        let first = self.first.unwrap_or_else(|| crate::calendar::month::week_of(today)[0]);
        let longest = first.plus_days(RANGE_DAYS - 1);
        (first, self.last.unwrap_or(longest).clamp(first, longest))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitCalendar {
    pub unit: UnitRef,
    pub today: Date,
    pub first: Date,
    pub last: Date,
    pub team: Vec<Staff>,
    pub away: Vec<AwayView>,
    /// The district's days in the range.
    pub days: Vec<DaySpan>,
    pub bookings: Vec<BookingView>,
    /// Accepted orders of which something is still to be booked.
    pub to_book: Vec<ToBook>,
    pub may_keep: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AwayView {
    pub id: AwayId,
    pub away: super::Away,
}

/// An order with days to book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ToBook {
    pub order: OrderId,
    pub number: u32,
    pub title: String,
    pub school: SchoolRef,
    pub left: Bookable,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BookingView {
    pub id: BookingId,
    pub order: OrderId,
    pub number: u32,
    pub title: String,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub staff: StaffId,
    pub staff_name: String,
    pub day: Date,
    pub part: DayPart,
    /// What has come in the way since it was booked.
    pub conflict: Option<String>,
}

/// Somebody of the team; without `id` a new person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StaffEdit {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<StaffId>,
    pub name: String,
    pub weekdays: Weekdays,
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewAway {
    /// Absent: the whole unit.
    pub staff: Option<StaffId>,
    pub first: Date,
    /// Absent: one day.
    pub last: Option<Date>,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderBookings {
    /// By day.
    pub bookings: Vec<BookingView>,
    pub left: Bookable,
    /// Whether the caller may book and take back.
    pub may_book: bool,
    /// Who could come, with the first whole day that is free; for those who may book.
    pub team: Vec<StaffChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StaffChoice {
    pub id: StaffId,
    pub name: String,
    pub next_free: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewBooking {
    pub staff: StaffId,
    pub day: Date,
    pub part: DayPart,
}

/// The unit's packages with what they have sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitCapacity {
    pub unit: UnitRef,
    pub year: FiscalYear,
    pub packages: Vec<PackageCapacity>,
    pub may_limit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PackageCapacity {
    pub package: PackageId,
    pub title: String,
    pub tier_name: String,
    /// In the year; absent where not counted.
    pub capacity: Option<u32>,
    pub sold: u32,
    pub waiting: u32,
    pub limit: Option<StartLimit>,
    pub parts: Vec<PartLeft>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewStartLimit {
    /// Absent: the year alone counts.
    pub limit: Option<StartLimit>,
}
