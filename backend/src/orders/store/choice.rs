//! Yearly choices as rows. A place of an offer is taken by one conditional write.

use shared::fiscal::FiscalYear;
use shared::id::{ChoiceGroupId, OrderId, PackageId, PersonId, SchoolId, ServiceId};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// A group of offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    pub id: ChoiceGroupId,
    pub year: FiscalYear,
    pub title: String,
    pub about: String,
    pub minimum: u32,
    pub proposed: Option<ServiceId>,
}

/// One of a group's offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferRow {
    pub service: ServiceId,
    pub capacity: u32,
    pub chosen: u32,
    pub failed: bool,
}

/// What a school chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceRow {
    pub group: ChoiceGroupId,
    pub school: SchoolId,
    pub service: ServiceId,
    pub package: PackageId,
    pub version: u32,
    pub assigned: bool,
    pub by: (PersonId, String),
    pub at: Timestamp,
    pub draft: Option<OrderId>,
}

fn group(row: &Row) -> Result<GroupRow, DbError> {
    Ok(GroupRow {
        id: row.get("id")?,
        year: row.get("year")?,
        title: row.get("title")?,
        about: row.get("about")?,
        minimum: row.get("minimum")?,
        proposed: row.get("proposed")?,
    })
}

/// The groups that are chosen for a year.
pub async fn choice_groups<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<GroupRow>, DbError> {
    query.all("SELECT * FROM choice_group WHERE year = $1 ORDER BY id", values![year]).await?.iter().map(group).collect()
}

/// One group.
pub async fn choice_group<Q: Query>(query: &Q, id: ChoiceGroupId) -> Result<Option<GroupRow>, DbError> {
    query.one("SELECT * FROM choice_group WHERE id = $1", values![id]).await?.as_ref().map(group).transpose()
}

/// A group's offers, in their order.
pub async fn choice_offers<Q: Query>(query: &Q, group: ChoiceGroupId) -> Result<Vec<OfferRow>, DbError> {
    let sql = "SELECT service, capacity, chosen, failed FROM choice_offer WHERE group_id = $1 ORDER BY position";
    let read = |row: &Row| {
        Ok(OfferRow {
            service: row.get("service")?,
            capacity: row.get("capacity")?,
            chosen: row.get("chosen")?,
            failed: row.get("failed")?,
        })
    };
    query.all(sql, values![group]).await?.iter().map(read).collect()
}

/// What schools chose of a group.
pub async fn choices<Q: Query>(query: &Q, group: ChoiceGroupId) -> Result<Vec<ChoiceRow>, DbError> {
    let sql = "SELECT c.*, p.name AS by_name FROM choice c JOIN person p ON p.id = c.chosen_by WHERE c.group_id = $1 ORDER BY c.school";
    let read = |row: &Row| {
        Ok(ChoiceRow {
            group: row.get("group_id")?,
            school: row.get("school")?,
            service: row.get("service")?,
            package: row.get("package")?,
            version: row.get("version")?,
            assigned: row.get("assigned")?,
            by: (row.get("chosen_by")?, row.get("by_name")?),
            at: row.get("chosen")?,
            draft: row.get("draft")?,
        })
    };
    query.all(sql, values![group]).await?.iter().map(read).collect()
}

/// Writes a group with its offers.
pub async fn insert_group(tx: &mut Tx, row: &GroupRow, offers: &[(ServiceId, u32)], (by, at): (PersonId, Timestamp)) -> Result<(), DbError> {
    let sql = "INSERT INTO choice_group (id, year, title, about, minimum, proposed, made_by, made) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.execute(sql, values![row.id, row.year, row.title, row.about, row.minimum, row.proposed, by, at]).await?;
    for (position, (service, capacity)) in offers.iter().enumerate() {
        let sql = "INSERT INTO choice_offer (group_id, service, position, capacity) VALUES ($1, $2, $3, $4)";
        tx.execute(sql, values![row.id, *service, position, *capacity]).await?;
    }
    Ok(())
}

/// Takes a place of an offer where one is left and it did not fail. Invariant: the decision is in the write.
pub async fn take_place(tx: &mut Tx, group: ChoiceGroupId, service: ServiceId) -> Result<bool, DbError> {
    let sql = "UPDATE choice_offer SET chosen = chosen + 1 WHERE group_id = $1 AND service = $2 AND chosen < capacity AND failed = FALSE";
    Ok(tx.execute(sql, values![group, service]).await? == 1)
}

/// Gives a place of an offer free.
pub async fn free_place(tx: &mut Tx, group: ChoiceGroupId, service: ServiceId) -> Result<(), DbError> {
    let sql = "UPDATE choice_offer SET chosen = chosen - 1 WHERE group_id = $1 AND service = $2 AND chosen > 0";
    tx.execute(sql, values![group, service]).await.map(|_| ())
}

/// Writes a school's first choice; false where it has one already. Invariant: exactly one, the key decides.
pub async fn insert_choice(tx: &mut Tx, row: &ChoiceRow) -> Result<bool, DbError> {
    let sql = "INSERT INTO choice (group_id, school, service, package, version, assigned, chosen_by, chosen) \
         VALUES ($1, $2, $3, $4, 1, $5, $6, $7) ON CONFLICT (group_id, school) DO NOTHING";
    Ok(tx.execute(sql, values![row.group, row.school, row.service, row.package, row.assigned, row.by.0, row.at]).await? == 1)
}

/// Switches a school's choice, where it is still the one that was seen and stands in no cart.
pub async fn switch_choice(tx: &mut Tx, before: &ChoiceRow, after: &ChoiceRow) -> Result<bool, DbError> {
    let sql = "UPDATE choice SET service = $4, package = $5, version = version + 1, assigned = $6, chosen_by = $7, chosen = $8 \
         WHERE group_id = $1 AND school = $2 AND version = $3 AND draft IS NULL";
    let values =
        values![before.group, before.school, before.version, after.service, after.package, after.assigned, after.by.0, after.at];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Notes the draft that a choice became; false where another run was first.
pub async fn choice_drafted(tx: &mut Tx, group: ChoiceGroupId, school: SchoolId, draft: OrderId) -> Result<bool, DbError> {
    let sql = "UPDATE choice SET draft = $3, version = version + 1 WHERE group_id = $1 AND school = $2 AND draft IS NULL";
    Ok(tx.execute(sql, values![group, school, draft]).await? == 1)
}

/// Marks an offer that found too few; false where it was marked before or has found enough meanwhile.
pub async fn fail_offer(tx: &mut Tx, group: ChoiceGroupId, service: ServiceId, minimum: u32) -> Result<bool, DbError> {
    let sql = "UPDATE choice_offer SET failed = TRUE WHERE group_id = $1 AND service = $2 AND failed = FALSE AND chosen < $3";
    Ok(tx.execute(sql, values![group, service, minimum]).await? == 1)
}
