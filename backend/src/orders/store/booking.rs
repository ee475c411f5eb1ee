//! Bookings. Who is where is decided by the key of `booking_half`, however many book at once.

use shared::id::{BookingId, OrderId, PersonId, SchoolId, StaffId, UnitId};
use shared::orders::booking::{DayPart, Taken};
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// More bookings than fall into what is shown at once.
const BOOKINGS_LIMIT: u32 = 5_000;

/// A booking with the words of what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingRow {
    pub id: BookingId,
    pub order: OrderId,
    pub number: u32,
    pub title: String,
    pub unit: UnitId,
    pub unit_name: String,
    pub school: SchoolId,
    pub school_name: String,
    pub staff: StaffId,
    pub staff_name: String,
    pub day: Date,
    pub part: DayPart,
    pub booked: Timestamp,
}

/// What is written of a new booking.
#[derive(Clone, Copy, Debug)]
pub struct NewBookingRow {
    pub id: BookingId,
    pub order: OrderId,
    pub unit: UnitId,
    pub school: SchoolId,
    pub staff: StaffId,
    pub day: Date,
    pub part: DayPart,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

const COLUMNS: &str = "SELECT b.id, b.order_id, o.number, o.title, b.unit, u.name AS unit_name, b.school, s.name AS school_name, b.staff, \
                       p.name AS staff_name, b.day, b.part, b.booked_at FROM booking b JOIN orders o ON o.id = b.order_id \
                       JOIN unit u ON u.id = b.unit JOIN school s ON s.id = b.school JOIN unit_staff p ON p.id = b.staff";

fn read(row: &Row) -> Result<BookingRow, DbError> {
    Ok(BookingRow {
        id: row.get("id")?,
        order: row.get("order_id")?,
        number: row.get("number")?,
        title: row.get("title")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        school: row.get("school")?,
        school_name: row.get("school_name")?,
        staff: row.get("staff")?,
        staff_name: row.get("staff_name")?,
        day: row.get("day")?,
        part: row.word("part")?,
        booked: row.get("booked_at")?,
    })
}

/// One booking.
pub async fn booking<Q: Query>(query: &Q, id: BookingId) -> Result<Option<BookingRow>, DbError> {
    query.one(&format!("{COLUMNS} WHERE b.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// The bookings of an order, by day.
pub async fn bookings_of_order<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<BookingRow>, DbError> {
    let sql = format!("{COLUMNS} WHERE b.order_id = $1 ORDER BY b.day, b.id LIMIT {BOOKINGS_LIMIT}");
    query.all(&sql, values![order]).await?.iter().map(read).collect()
}

/// A unit's bookings between two days.
pub async fn bookings_of_unit<Q: Query>(query: &Q, unit: UnitId, (first, last): (Date, Date)) -> Result<Vec<BookingRow>, DbError> {
    let sql = format!("{COLUMNS} WHERE b.unit = $1 AND b.day BETWEEN $2 AND $3 ORDER BY b.day, b.id LIMIT {BOOKINGS_LIMIT}");
    query.all(&sql, values![unit, first, last]).await?.iter().map(read).collect()
}

/// A school's bookings between two days.
pub async fn bookings_of_school<Q: Query>(query: &Q, school: SchoolId, (first, last): (Date, Date)) -> Result<Vec<BookingRow>, DbError> {
    let sql = format!("{COLUMNS} WHERE b.school = $1 AND b.day BETWEEN $2 AND $3 ORDER BY b.day, b.id LIMIT {BOOKINGS_LIMIT}");
    query.all(&sql, values![school, first, last]).await?.iter().map(read).collect()
}

/// The halves of a unit's people that are taken from `since` on.
pub async fn taken<Q: Query>(query: &Q, unit: UnitId, since: Date) -> Result<Vec<Taken>, DbError> {
    let sql = format!("SELECT staff, day, part FROM booking WHERE unit = $1 AND day >= $2 ORDER BY day LIMIT {BOOKINGS_LIMIT}");
    let read = |row: &Row| Ok(Taken { staff: row.get("staff")?, day: row.get("day")?, part: row.word("part")? });
    query.all(&sql, values![unit, since]).await?.iter().map(read).collect()
}

/// What is booked of orders of a unit: for what is left to book.
pub async fn parts_of_unit<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<(OrderId, DayPart)>, DbError> {
    let sql = "SELECT b.order_id, b.part FROM booking b JOIN orders o ON o.id = b.order_id \
               WHERE b.unit = $1 AND o.state IN ('accepted', 'in_delivery') ORDER BY b.day LIMIT 20000";
    query.all(sql, values![unit]).await?.iter().map(|row| Ok((row.get("order_id")?, row.word("part")?))).collect()
}

/// Writes a booking with its halves; false where somebody has one of them already, and then the transaction must not be kept.
///
/// Invariant: the key decides.
pub async fn insert_booking(tx: &mut Tx, new: &NewBookingRow) -> Result<bool, DbError> {
    let sql = "INSERT INTO booking (id, order_id, unit, school, staff, day, part, booked_by, booked_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let NewBookingRow { id, order, unit, school, staff, day, part, by, at } = new;
    tx.execute(sql, values![id, order, unit, school, staff, day, word(part)?, by, at]).await?;
    for half in part.halves() {
        let sql = "INSERT INTO booking_half (staff, day, half, booking) VALUES ($1, $2, $3, $4) ON CONFLICT (staff, day, half) DO NOTHING";
        if tx.execute(sql, values![staff, day, word(half)?, id]).await? != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes a booking out; false where somebody was first.
pub async fn delete_booking(tx: &mut Tx, id: BookingId) -> Result<bool, DbError> {
    tx.execute("DELETE FROM booking_half WHERE booking = $1", values![id]).await?;
    Ok(tx.execute("DELETE FROM booking WHERE id = $1", values![id]).await? == 1)
}

/// Takes out what is booked of an order from `since` on: it has ended.
pub async fn free_bookings(tx: &mut Tx, order: OrderId, since: Date) -> Result<u64, DbError> {
    let sql = "DELETE FROM booking_half WHERE booking IN (SELECT id FROM booking WHERE order_id = $1 AND day >= $2)";
    tx.execute(sql, values![order, since]).await?;
    tx.execute("DELETE FROM booking WHERE order_id = $1 AND day >= $2", values![order, since]).await
}
