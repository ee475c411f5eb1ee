//! Who stands in for whom: an acting principal, somebody who buys up to an amount, decisions handed to a colleague; and a change of the
//! approval policy that waits for its second person.

use std::sync::Arc;

use serde::Deserialize;
use shared::identity::Role;
use shared::identity::acting::NewActing;
use shared::identity::api::{ConfirmActing, ProposeActing};
use shared::money::Cents;
use shared::orders::api::{Delegate, NewDelegation, NewPolicy, ProposePolicy};
use shared::time::Timestamp;

use super::cast::{Cast, SchoolCast};
use super::days::Days;
use super::stage::Stage;
use crate::error::AppError;
use crate::identity::{Actor, service as identity};
use crate::orders::service as orders;

const STANDING: &str = include_str!("../../demo/standing.json");
/// In minutes after midnight of the day before the anchor, when all else is through.
const LATE: u32 = 20 * 60 + 15;

#[derive(Deserialize)]
struct StandingData {
    acting: ActingData,
    buying: BuyingData,
    deciding: DecidingData,
    policy: PolicyData,
}

#[derive(Deserialize)]
struct ActingData {
    school: String,
    /// Days after the anchor; likewise below.
    until: i32,
    reason: String,
}

#[derive(Deserialize)]
struct BuyingData {
    school: String,
    until: i32,
    cap: Cents,
}

#[derive(Deserialize)]
struct DecidingData {
    giver: String,
    taker: String,
    from: i32,
    until: i32,
}

#[derive(Deserialize)]
struct PolicyData {
    by: String,
    from: i32,
    small_order_up_to: Cents,
    reason: String,
}

/// Plays it all on the evening before the anchor.
///
/// # Errors
/// What a person would be told.
pub async fn play(stage: &Stage, cast: &Cast, days: &Days) -> Result<(), AppError> {
    let data: StandingData = serde_json::from_str(STANDING).map_err(AppError::internal)?;
    let at = |minute: u32| days.at(days.ago(1), LATE + minute);
    appoint(stage, cast, &data.acting, (days, at(0)?)).await?;
    let school = place(cast, &data.buying.school)?;
    let taker = school.staff.first().ok_or_else(|| AppError::internal("demo: a school without staff"))?;
    let new = NewDelegation {
        taker: taker.person,
        role: Role::Principal,
        school: Some(school.id),
        first: days.ahead(0),
        last: days.ahead(data.buying.until),
        cap: Some(data.buying.cap),
    };
    orders::delegate(&stage.app, stage.command::<Delegate>(&school.principal, at(10)?), new).await?;
    let (giver, taker) = (officer(cast, &data.deciding.giver)?, officer(cast, &data.deciding.taker)?);
    let (first, last) = (days.ahead(data.deciding.from), days.ahead(data.deciding.until));
    let new = NewDelegation { taker: taker.person, role: Role::BudgetOfficer, school: None, first, last, cap: None };
    orders::delegate(&stage.app, stage.command::<Delegate>(giver, at(20)?), new).await?;
    propose(stage, officer(cast, &data.policy.by)?, &data.policy, (days, at(30)?)).await
}

fn place<'a>(cast: &'a Cast, code: &str) -> Result<&'a SchoolCast, AppError> {
    cast.schools.get(code).ok_or_else(|| AppError::internal(format!("demo: no school {code}")))
}

fn officer<'a>(cast: &'a Cast, name: &str) -> Result<&'a Arc<Actor>, AppError> {
    let found = cast.officers.values().flatten().find(|officer| officer.name == name);
    found.ok_or_else(|| AppError::internal(format!("demo: no officer {name}")))
}

fn first_of(cast: &Cast, role: Role) -> Result<&Arc<Actor>, AppError> {
    let found = cast.officers.get(&role).and_then(|officers| officers.first());
    found.ok_or_else(|| AppError::internal(format!("demo: no {}", role.name())))
}

/// An executive proposes, the budget office confirms.
async fn appoint(stage: &Stage, cast: &Cast, data: &ActingData, (days, now): (&Days, Timestamp)) -> Result<(), AppError> {
    let school = place(cast, &data.school)?;
    let deputy = school.staff.first().ok_or_else(|| AppError::internal("demo: a school without staff"))?;
    let new = NewActing {
        school: school.id,
        person: school.principal.person,
        deputy: deputy.person,
        first: days.ago(1),
        last: days.ahead(data.until),
        reason: data.reason.clone(),
    };
    let ctx = stage.command::<ProposeActing>(first_of(cast, Role::Executive)?, now);
    let view = identity::propose_acting(&stage.app, &ctx, new).await?;
    let Some(made) = view.appointments.first() else { return Ok(()) };
    let ctx = stage.command::<ConfirmActing>(first_of(cast, Role::BudgetOfficer)?, now.plus_seconds(300));
    identity::confirm_acting(&stage.app, &ctx, made.id).await.map(|_| ())
}

/// The rows that are in force, with small orders a little larger.
async fn propose(stage: &Stage, by: &Arc<Actor>, data: &PolicyData, (days, now): (&Days, Timestamp)) -> Result<(), AppError> {
    let ctx = stage.command::<ProposePolicy>(by, now);
    let known = orders::policies(&stage.app, by).await?;
    let Some(held) = known.into_iter().find(|version| version.in_force).map(|version| version.policy) else { return Ok(()) };
    let new = NewPolicy {
        from: days.ahead(data.from),
        small_order_up_to: data.small_order_up_to,
        window_days: held.window_days,
        rows: held.rows,
        reason: data.reason.clone(),
    };
    orders::propose_policy(&stage.app, ctx, new).await.map(|_| ())
}
