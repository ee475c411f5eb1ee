//! The timeline of orders.

use std::collections::BTreeSet;

use shared::id::{OrderId, PersonId};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Tx, Value};
use crate::values;

/// What kind of fact a timeline entry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Drafted,
    Edited,
    Submitted,
    Approved,
    /// One step of the approval, with more to come.
    Step,
    /// The unit said beside the approval that it can.
    Available,
    /// The policy approved, nobody decided.
    Policy,
    Returned,
    Accepted,
    Countered,
    Taken,
    Withdrawn,
    Cancelled,
    Logged,
    Confirmed,
    Disputed,
    Retracted,
    Reversed,
    /// The unit wrote an entry anew.
    Corrected,
    StoodBy,
    Contested,
    Upheld,
    Overruled,
    HandedBack,
    Swapped,
    /// Days went to another school, or came from one.
    Given,
    Received,
    /// At half of the year it was behind its plan.
    Behind,
    /// What becomes of it in the next year.
    Renewal,
    Closed,
    Comment,
    /// A question that the other side owes an answer to.
    Asked,
    Replied,
    /// Nobody acted in the promised time, and it reached somebody else.
    Climbed,
    /// One side proposed to change the order; the other agreed or refused.
    ChangeProposed,
    ChangeAgreed,
    ChangeRefused,
    ChangeWithdrawn,
    ChangeLapsed,
    /// A change holds from here on.
    Changed,
    /// A day was booked, or taken back.
    Booked,
    Unbooked,
}

impl EventKind {
    /// The stable name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Edited => "edited",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Step => "step",
            Self::Available => "available",
            Self::Policy => "policy",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Countered => "countered",
            Self::Taken => "taken",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
            Self::Logged => "logged",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Retracted => "retracted",
            Self::Reversed => "reversed",
            Self::Corrected => "corrected",
            Self::StoodBy => "stood_by",
            Self::Contested => "contested",
            Self::Upheld => "upheld",
            Self::Overruled => "overruled",
            Self::HandedBack => "handed_back",
            Self::Swapped => "swapped",
            Self::Given => "given",
            Self::Received => "received",
            Self::Behind => "behind",
            Self::Renewal => "renewal",
            Self::Closed => "closed",
            Self::Comment => "comment",
            Self::Asked => "asked",
            Self::Replied => "replied",
            Self::Climbed => "climbed",
            Self::ChangeProposed => "change_proposed",
            Self::ChangeAgreed => "change_agreed",
            Self::ChangeRefused => "change_refused",
            Self::ChangeWithdrawn => "change_withdrawn",
            Self::ChangeLapsed => "change_lapsed",
            Self::Changed => "changed",
            Self::Booked => "booked",
            Self::Unbooked => "unbooked",
        }
    }
}

/// A fact to be written onto a timeline.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub order: OrderId,
    pub at: Timestamp,
    /// Absent where the policy itself acted.
    pub person: Option<PersonId>,
    pub kind: EventKind,
    pub text: String,
    pub detail: String,
    /// The absent colleague for whom a deputy acted.
    pub for_person: Option<PersonId>,
}

/// A fact as it stands on the timeline.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub at: Timestamp,
    pub person: Option<(PersonId, String)>,
    /// The absent colleague for whom that person acted.
    pub for_person: Option<(PersonId, String)>,
    pub comment: bool,
    pub text: String,
    pub detail: String,
}

/// Appends facts, numbered after those that stand. The caller holds the orders' rows, so that numbers do not meet.
pub async fn append(tx: &mut Tx, events: &[NewEvent]) -> Result<(), DbError> {
    if events.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(events.len());
    let mut values: Vec<Value> = Vec::with_capacity(events.len() * 7);
    for (at, event) in events.iter().enumerate() {
        let earlier = events[..at].iter().filter(|other| other.order == event.order).count();
        let p = |column: usize| at * 7 + column;
        rows.push(format!(
            "(${0}, (SELECT COALESCE(MAX(position), 0) FROM order_event WHERE order_id = ${0}) + {1}, ${2}, ${3}, ${4}, ${5}, ${6}, ${7})",
            p(1),
            earlier + 1,
            p(2),
            p(3),
            p(4),
            p(5),
            p(6),
            p(7)
        ));
        values.extend(values![event.order, event.at, event.person, event.kind.name(), event.text, event.detail, event.for_person]);
    }
    let sql =
        format!("INSERT INTO order_event (order_id, position, at, person, kind, text, detail, for_person) VALUES {}", rows.join(", "));
    tx.execute(&sql, values).await.map(|_| ())
}

/// The timeline, oldest first.
pub async fn timeline<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<EventRow>, DbError> {
    let sql = "SELECT e.at, e.person, p.name, e.kind, e.text, e.detail, e.for_person, f.name AS for_name FROM order_event e \
         LEFT JOIN person p ON p.id = e.person LEFT JOIN person f ON f.id = e.for_person WHERE e.order_id = $1 ORDER BY e.position";
    let rows = query.all(sql, values![order]).await?;
    let read = |row: &crate::db::Row| {
        let person: Option<PersonId> = row.get("person")?;
        let name: Option<String> = row.get("name")?;
        let kind: String = row.get("kind")?;
        let comment = [EventKind::Comment, EventKind::Asked, EventKind::Replied].iter().any(|message| message.name() == kind);
        let (absent, absent_name): (Option<PersonId>, Option<String>) = (row.get("for_person")?, row.get("for_name")?);
        let (person, for_person) = (person.zip(name), absent.zip(absent_name));
        Ok(EventRow { at: row.get("at")?, person, for_person, comment, text: row.get("text")?, detail: row.get("detail")? })
    };
    rows.iter().map(read).collect()
}

/// Who drafted, edited, submitted or re-priced the order, and for whom they acted: its requesters (RELIABILITY 4, rule 1, HARD).
pub async fn requesters<Q: Query>(query: &Q, order: OrderId) -> Result<BTreeSet<PersonId>, DbError> {
    const ASKED: &str = "('drafted', 'edited', 'submitted', 'taken', 'change_proposed', 'change_agreed')";
    let sql = format!(
        "SELECT person FROM order_event WHERE order_id = $1 AND person IS NOT NULL AND kind IN {ASKED} \
         UNION SELECT for_person FROM order_event WHERE order_id = $1 AND for_person IS NOT NULL AND kind IN {ASKED}"
    );
    let sql = &sql;
    query.all(sql, values![order]).await?.iter().map(|row| row.get("person")).collect()
}

/// Takes the order's row without changing it, so that a comment's number meets no other.
pub async fn hold(tx: &mut Tx, order: OrderId) -> Result<(), DbError> {
    tx.execute("UPDATE orders SET version = version WHERE id = $1", values![order]).await.map(|_| ())
}
