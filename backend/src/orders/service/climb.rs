//! What nobody answered in the promised time climbs: a job by the policy's rows; it tells its people, and acts for nobody.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::catalog::Division;
use shared::error::ErrorCode;
use shared::id::{ChangeId, ClimbId, OrderId, QuestionId, SchoolId, UnitId};
use shared::identity::Role;
use shared::identity::policy::Permission;
use shared::orders::OrderState;
use shared::orders::change::ChangeState;
use shared::orders::climb::{ClimbStep, Duty, ToWhom, to_climb};
use shared::orders::questions::{QuestionState, Side};
use shared::time::{Date, Timestamp};
use shared::words::orders as words;
use shared::words::orders::change as change_words;

use super::notices::{Audience, Told, tell};
use crate::app::App;
use crate::calendar::service::{self as calendar, WorkingTime};
use crate::catalog::service as catalog;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::service::{self as identity, Contact};
use crate::identity::{CommandContext, Fact, Target};
use crate::orders::rules::duty;
use crate::orders::store::{self, EventKind, NewClimb, NewEvent};

/// The name of the policy's own command, as the audit record shows it.
const CLIMB: &str = "ClimbOverdue";

/// What waits, whichever kind it is.
#[derive(Clone, Debug)]
struct Waiting {
    duty: Duty,
    order: Option<OrderId>,
    question: Option<QuestionId>,
    /// A change of the order that waits for the unit, or for approval.
    change: Option<ChangeId>,
    school: SchoolId,
    unit: UnitId,
    division: Division,
    /// Whose step of the approval is open.
    approver: Option<Role>,
    /// `Order 1042 of Lincoln Elementary`.
    title: String,
    due: Timestamp,
    link: String,
}

impl Waiting {
    fn object(&self) -> String {
        if let Some(change) = self.change {
            return change.to_string();
        }
        let order = self.order.filter(|_| self.duty != Duty::Question).map(|id| id.to_string());
        order.or_else(|| self.question.map(|id| id.to_string())).unwrap_or_default()
    }
}

/// Lets everything climb whose promised time has passed. A job: runs as often as one likes and takes each step once.
///
/// # Errors
/// Those of the database. What one step refuses stands in the log and holds up no other.
pub async fn climb_overdue(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let time = calendar::time(&reader).await?;
    // Nobody is called on a day on which no clock runs.
    if !time.runs(ClockOf::Office, now)? {
        return Ok(());
    }
    let today = time.district.day_of(now)?;
    for waiting in overdue(&reader, now).await? {
        let steps = store::climb_steps(&reader, waiting.duty, today).await?;
        let late = time.left(ClockOf::Office, waiting.due, now)?;
        let taken = store::level(&reader, &waiting.object(), waiting.due).await?;
        for step in to_climb(&steps, late, taken) {
            if let Err(error) = climb(app, (&waiting, step), (today, &time), now).await {
                tracing::warn!(%error, object = waiting.object(), "an overdue step did not climb; the next run tries again");
                break;
            }
        }
    }
    Ok(())
}

async fn overdue<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<Waiting>, AppError> {
    let mut found = Vec::new();
    for order in store::overdue_orders(query, now).await? {
        // While an approval is open, the unit's answer runs beside it.
        let answer = duty(&order).filter(|(side, ..)| *side == Side::Unit).map(|(_, _, due)| (Duty::Answer, due, None));
        let approval = (order.state == OrderState::Submitted).then_some(()).and(order.due).map(|due| (Duty::Approve, due, order.open_step));
        for (duty, due, approver) in [approval, answer].into_iter().flatten().filter(|(_, due, _)| *due <= now) {
            found.push(Waiting {
                duty,
                order: Some(order.id),
                question: None,
                change: None,
                school: order.school,
                unit: order.unit,
                division: order.division,
                approver,
                title: words::order_of(order.number, &order.school_name),
                due,
                link: words::order_link(order.id),
            });
        }
    }
    for question in store::overdue_questions(query, now).await? {
        found.push(Waiting {
            duty: Duty::Question,
            order: question.order.map(|(id, _)| id),
            question: Some(question.id),
            change: None,
            school: question.school,
            unit: question.unit,
            division: catalog::unit_contact(query, question.unit).await?.division,
            approver: None,
            title: words::question_of(&question.school_name, &question.unit_name),
            due: question.due,
            link: question.order.map_or_else(|| words::question_link(question.id), |(order, _)| words::order_link(order)),
        });
    }
    found.extend(overdue_changes(query, now).await?);
    Ok(found)
}

/// Changes of running orders: the unit's answer, and the approval.
async fn overdue_changes<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<Waiting>, AppError> {
    let mut found = Vec::new();
    for row in store::overdue_changes(query, now).await? {
        let (Some(order), Some(due)) = (store::order(query, row.order).await?, row.due) else { continue };
        found.push(Waiting {
            duty: if row.state == ChangeState::Approving { Duty::Approve } else { Duty::Answer },
            order: Some(order.id),
            question: None,
            change: Some(row.id),
            school: order.school,
            unit: order.unit,
            division: order.division,
            approver: order.open_step,
            title: change_words::title(order.number, &order.school_name),
            due,
            link: words::order_link(order.id),
        });
    }
    Ok(found)
}

/// Who owns it on this level.
async fn owners<Q: Query>(query: &Q, waiting: &Waiting, to: ToWhom, today: Date) -> Result<Vec<Contact>, AppError> {
    match (to, waiting.duty) {
        (ToWhom::Owner, Duty::Answer | Duty::Question) => identity::contacts(query, Permission::AnswerOrder, &Target::Unit(waiting.unit)).await,
        (ToWhom::Owner, Duty::Approve) => {
            let roles: Vec<Role> = waiting.approver.into_iter().collect();
            identity::role_holders(query, &roles, &Target::School(waiting.school, None)).await
        }
        (ToWhom::Chief, _) => identity::chief_of(query, waiting.division, today).await,
        (ToWhom::Executive, _) => identity::executives(query).await,
    }
}

#[derive(Clone)]
struct Planned {
    app: Arc<App>,
    ctx: CommandContext,
    waiting: Waiting,
    climb: NewClimb,
    late_days: u32,
}

async fn climb(app: &Arc<App>, (waiting, step): (&Waiting, ClimbStep), (today, time): (Date, &WorkingTime), now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let people = owners(&reader, waiting, step.to, today).await?;
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let (object, id): (String, ClimbId) = (waiting.object(), app.id(now));
    let climb = NewClimb {
        id,
        duty: waiting.duty,
        object: object.clone(),
        due: waiting.due,
        level: step.level,
        to: step.to,
        to_name: words::climb_owner(step.to, waiting.division, &names),
        owners: people.iter().map(|person| person.id).collect(),
        at: now,
    };
    let ctx = CommandContext::of_policy(CLIMB, &format!("{object}/{}/{}", waiting.due.micros(), step.level), now);
    let late_days = time.left(ClockOf::Office, waiting.due, now)?;
    let planned = Planned { app: Arc::clone(app), ctx: ctx.clone(), waiting: waiting.clone(), climb, late_days };
    app.db.command(&ctx.key(), id, planned, write).await.map(|_| ())
}

async fn write(mut tx: Tx, planned: Planned) -> Result<(), AppError> {
    let Planned { app, ctx, waiting, climb, late_days } = planned;
    if !still_waits(&mut tx, &waiting).await? || !store::insert_climb(&mut tx, &climb).await? {
        return Err(ErrorCode::Stale.into());
    }
    let text = words::climbed_text(climb.to, waiting.duty, &climb.to_name, late_days);
    if let Some(order) = waiting.order {
        let event = NewEvent {
            order,
            at: ctx.now,
            person: None,
            kind: EventKind::Climbed,
            text: text.clone(),
            detail: String::new(),
            for_person: None,
        };
        store::append(&mut tx, &[event]).await?;
    }
    let told = words::tell_climbed(climb.to, waiting.duty, &waiting.title, late_days);
    let told = Told { audience: Audience::People(climb.owners.clone()), text: told, link: waiting.link.clone() };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let fact = Fact { object: climb.object.clone(), object_title: waiting.title, school: Some(waiting.school), summary: text, reason: String::new() };
    let mut record = ctx.record(fact);
    record.others.extend(climb.owners.iter().map(ToString::to_string));
    Ok(tx.commit(record, effects).await?)
}

/// Whether it still waits with the same promise. The order's row is held from here on.
async fn still_waits(tx: &mut Tx, waiting: &Waiting) -> Result<bool, AppError> {
    if let Some(order) = waiting.order {
        store::hold(tx, order).await?;
    }
    if let Some(change) = waiting.change {
        let found = store::change_by_id(&*tx, change).await?;
        return Ok(found.is_some_and(|row| row.state.is_open() && row.due == Some(waiting.due) && row.rests.is_none()));
    }
    match waiting.duty {
        Duty::Question => {
            let Some(id) = waiting.question else { return Ok(false) };
            let found = store::question(&*tx, id).await?;
            Ok(found.is_some_and(|question| question.state == QuestionState::Open && question.due == waiting.due))
        }
        Duty::Answer | Duty::Approve => {
            let Some(id) = waiting.order else { return Ok(false) };
            let Some(order) = store::order(&*tx, id).await? else { return Ok(false) };
            let waits = match waiting.duty {
                Duty::Approve => order.state == OrderState::Submitted && order.due == Some(waiting.due),
                Duty::Answer | Duty::Question => {
                    let unit = duty(&order).is_some_and(|(side, _, due)| side == Side::Unit && due == waiting.due);
                    unit && matches!(order.state, OrderState::Submitted | OrderState::Approved)
                }
            };
            Ok(waits && order.rests.is_none())
        }
    }
}
