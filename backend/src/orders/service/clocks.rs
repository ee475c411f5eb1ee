//! The district's own clocks: read by everybody, set by the budget office for days to come.

use shared::error::FieldError;
use shared::id::{CalendarDayId, Id as _};
use shared::identity::policy::Permission;
use shared::orders::climb::Duty;
use shared::orders::clocks::{ClimbingRow, Clocks, NewClimbing, NewSilence, SilenceRow, check_climbing, check_silence, holding};
use shared::text;
use shared::words::orders::clocks as words;

use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};
use crate::orders::store;

/// All dated rows.
///
/// # Errors
/// Those of the database.
pub async fn clocks(app: &App, actor: &Actor) -> Result<Clocks, AppError> {
    let reader = app.db.reader();
    let today = identity::district(&reader).await?.day_of(app.now())?;
    let rows = store::silence_rows(&reader).await?;
    let holds = holding(rows.iter().map(|(from, _, _)| *from), today);
    let silence = rows.into_iter().zip(holds).map(|((from, policy, source), holds)| SilenceRow { from, policy, holds, source }).collect();
    let mut climbing = Vec::new();
    for duty in Duty::ALL {
        let rows = store::climbing_rows(&reader, *duty).await?;
        let holds = holding(rows.iter().map(|(from, _, _)| *from), today);
        climbing.extend(rows.into_iter().zip(holds).map(|((from, steps, source), holds)| ClimbingRow { duty: *duty, from, steps, holds, source }));
    }
    Ok(Clocks { silence, climbing, may: actor.may(Permission::SetPolicy, &Target::District) })
}

fn reason(text: &str, mut faults: Vec<FieldError>) -> Result<String, AppError> {
    match text::required(text, text::PARAGRAPH_LIMIT) {
        Ok(reason) if faults.is_empty() => Ok(reason),
        Ok(_) => Err(AppError::fields(faults)),
        Err(error) => {
            faults.push(FieldError::new("reason", error.message()));
            Err(AppError::fields(faults))
        }
    }
}

/// From a day to come on, silence confirms after so many school days.
///
/// # Errors
/// `BadInput` by field.
pub async fn set_silence(app: &App, ctx: CommandContext, new: NewSilence) -> Result<Clocks, AppError> {
    ctx.actor.demand(Permission::SetPolicy, &Target::District)?;
    let today = identity::district(&app.db.reader()).await?.day_of(ctx.now)?;
    let new = NewSilence { reason: reason(&new.reason, check_silence(&new, today))?, ..new };
    let id = CalendarDayId::from_bits(ctx.command_id.bits());
    app.db.command(&ctx.key(), id, (ctx.clone(), new), |tx, (ctx, new)| write_silence(tx, ctx, new)).await?;
    clocks(app, &ctx.actor).await
}

async fn write_silence(mut tx: Tx, ctx: CommandContext, new: NewSilence) -> Result<(), AppError> {
    store::set_silence(&mut tx, &new).await?;
    let said = words::silence_words(new.days, new.notice_days);
    commit(tx, &ctx, "silence_policy", (words::set(&said, &new.from.to_string()), new.reason)).await
}

/// From a day to come on, what is late of one duty climbs this way.
///
/// # Errors
/// `BadInput` by field.
pub async fn set_climbing(app: &App, ctx: CommandContext, new: NewClimbing) -> Result<Clocks, AppError> {
    ctx.actor.demand(Permission::SetPolicy, &Target::District)?;
    let today = identity::district(&app.db.reader()).await?.day_of(ctx.now)?;
    let new = NewClimbing { reason: reason(&new.reason, check_climbing(&new, today))?, ..new };
    let id = CalendarDayId::from_bits(ctx.command_id.bits());
    app.db.command(&ctx.key(), id, (ctx.clone(), new), |tx, (ctx, new)| write_climbing(tx, ctx, new)).await?;
    clocks(app, &ctx.actor).await
}

async fn write_climbing(mut tx: Tx, ctx: CommandContext, new: NewClimbing) -> Result<(), AppError> {
    store::set_climbing(&mut tx, &new).await?;
    let steps: Vec<String> = new.steps.iter().map(|step| words::step_words(step.after_days, step.to.title())).collect();
    let said = format!("{}: {}", new.duty.title(), steps.join(", "));
    commit(tx, &ctx, "climb_step", (words::set(&said, &new.from.to_string()), new.reason)).await
}

async fn commit(tx: Tx, ctx: &CommandContext, object: &str, (summary, reason): (String, String)) -> Result<(), AppError> {
    let fact = Fact { object: object.to_owned(), object_title: words::TITLE.to_owned(), summary, reason, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}
