//! School plans: goals, and plan lines that say which fund stands behind a goal with how much.

use std::collections::BTreeMap;

use shared::budget::api::{PlanGoalView, PlanLineView};
use shared::fiscal::FiscalYear;
use shared::id::{FundId, PlanGoalId, SchoolId};
use shared::money::Cents;

use super::insert_many;
use crate::db::{DbError, Query, Tx, json};
use crate::values;

/// The goals of a school's plan with their lines and what was ordered for each.
pub async fn goals(q: &impl Query, school: SchoolId, year: FiscalYear) -> Result<Vec<PlanGoalView>, DbError> {
    let sql = "SELECT id, number, title, indicator, categories FROM plan_goal WHERE school = $1 AND year = $2 ORDER BY number";
    let rows = q.all(sql, values![school, year]).await?;
    let ordered = ordered(q, school, year).await?;
    let mut lines = lines(q, school, year, &ordered).await?;
    let read = |row: crate::db::Row| {
        let id: PlanGoalId = row.get("id")?;
        Ok(PlanGoalView {
            id,
            number: row.get("number")?,
            title: row.get("title")?,
            indicator: row.get("indicator")?,
            categories: row.json("categories")?,
            lines: lines.remove(&id).unwrap_or_default(),
            ordered: ordered.iter().filter(|((goal, _), _)| *goal == id).map(|(_, amount)| *amount).sum(),
        })
    };
    rows.into_iter().map(read).collect()
}

/// What was ordered by goal and fund; the fund is absent where nothing is charged.
type Ordered = BTreeMap<(PlanGoalId, Option<FundId>), Cents>;

async fn lines(
    q: &impl Query,
    school: SchoolId,
    year: FiscalYear,
    ordered: &Ordered,
) -> Result<BTreeMap<PlanGoalId, Vec<PlanLineView>>, DbError> {
    let sql = "SELECT p.goal, p.fund, p.amount_cents, p.council_reviewed, p.board_approved FROM plan_line p \
               JOIN plan_goal g ON g.id = p.goal JOIN fund f ON f.id = p.fund WHERE g.school = $1 AND g.year = $2 ORDER BY f.code";
    let mut found: BTreeMap<PlanGoalId, Vec<PlanLineView>> = BTreeMap::new();
    for row in q.all(sql, values![school, year]).await? {
        let (goal, fund) = (row.get("goal")?, row.get("fund")?);
        found.entry(goal).or_default().push(PlanLineView {
            fund,
            ordered: ordered.get(&(goal, Some(fund))).copied().unwrap_or_default(),
            amount: row.get("amount_cents")?,
            council_reviewed: row.get("council_reviewed")?,
            board_approved: row.get("board_approved")?,
        });
    }
    Ok(found)
}

/// From the projection of purchases.
async fn ordered(q: &impl Query, school: SchoolId, year: FiscalYear) -> Result<Ordered, DbError> {
    let sql = "SELECT goal, fund, CAST(SUM(amount) AS BIGINT) AS total FROM purchase_line WHERE school = $1 AND year = $2 AND goal IS NOT NULL \
               AND state NOT IN ('returned', 'withdrawn', 'cancelled') GROUP BY goal, fund";
    let rows = q.all(sql, values![school, year]).await?;
    rows.iter().map(|row| Ok(((row.get("goal")?, row.get("fund")?), row.get("total")?))).collect()
}

/// What the plan sets aside of each fund.
pub async fn planned(q: &impl Query, school: SchoolId, year: FiscalYear) -> Result<BTreeMap<FundId, Cents>, DbError> {
    let sql = "SELECT p.fund, CAST(SUM(p.amount_cents) AS BIGINT) AS total FROM plan_line p JOIN plan_goal g ON g.id = p.goal \
               WHERE g.school = $1 AND g.year = $2 GROUP BY p.fund";
    let rows = q.all(sql, values![school, year]).await?;
    rows.iter().map(|row| Ok((row.get("fund")?, row.get("total")?))).collect()
}

/// Writes a goal with its lines; an existing one is replaced.
pub async fn put_goal(tx: &mut Tx, school: SchoolId, year: FiscalYear, goal: &PlanGoalView) -> Result<(), DbError> {
    let sql = "INSERT INTO plan_goal (id, school, year, number, title, indicator, categories) VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (id) DO UPDATE SET number = excluded.number, title = excluded.title, indicator = excluded.indicator, \
               categories = excluded.categories";
    tx.execute(sql, values![goal.id, school, year, goal.number, goal.title, goal.indicator, json(&goal.categories)?]).await?;
    tx.execute("DELETE FROM plan_line WHERE goal = $1", values![goal.id]).await?;
    let row = |l: &PlanLineView| values![goal.id, l.fund, l.amount, l.council_reviewed, l.board_approved];
    let head = "INSERT INTO plan_line (goal, fund, amount_cents, council_reviewed, board_approved)";
    insert_many(tx, head, "", goal.lines.iter().map(row).collect()).await.map(|_| ())
}
