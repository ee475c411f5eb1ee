//! The review board decides, the unit answers, and who answers for what is not sold is named.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::{PackageId, ReviewId, ServiceId, UnitId};
use shared::identity::api::PersonRef;
use shared::identity::policy::Permission;
use shared::scorecards::api::UnsoldOwner;
use shared::scorecards::seller::{NewReview, ReviewReply, SellerView, ServiceReview};
use shared::text;
use shared::words::scorecards as words;

use super::seller::{people_of, seller_view};
use crate::app::App;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};
use crate::orders::service::{Audience, Told, tell};
use crate::scorecards::store;

/// Decides about a service for the open year, with the figures of this moment.
///
/// # Errors
/// `NotFound` for a service outside the caller's scope; `NotYourOwn` for who heads its unit; `BadInput` by field; `Stale` where
/// somebody else decided at the same moment.
pub async fn decide(app: &Arc<App>, ctx: &CommandContext, service: ServiceId, body: NewReview) -> Result<SellerView, AppError> {
    let unit = catalog::unit_of_service(&app.db.reader(), service).await?;
    ctx.actor.demand(Permission::DecideService, &Target::Unit(unit))?;
    // Invariant: nobody judges what they head (RELIABILITY 4).
    if ctx.actor.may(Permission::EditMenu, &Target::Unit(unit)) {
        return Err(AppError::saying(ErrorCode::NotYourOwn, words::OWN_UNIT));
    }
    let NewReview { decision, evidence, reason } = body.clean().map_err(AppError::fields)?;
    let view = seller_view(app, &ctx.actor, unit).await?;
    let known = view.services.iter().find(|known| known.id == service).ok_or_else(AppError::not_found)?;
    let id: ReviewId = app.id(ctx.now);
    let review = ServiceReview {
        id,
        service,
        title: known.title.clone(),
        year: view.year,
        revision: 0,
        decision,
        figures: words::figures(known),
        evidence,
        reason,
        by: PersonRef { id: ctx.actor.person, name: ctx.actor.name.clone() },
        at: ctx.now,
        reply: String::new(),
        replied_by: None,
        replied: None,
        may_reply: false,
    };
    let input = (Arc::clone(app), ctx.clone(), (unit, review));
    app.db.command(&ctx.key(), id, input, write).await?;
    seller_view(app, &ctx.actor, unit).await
}

async fn write(mut tx: Tx, (app, ctx, (unit, mut review)): (Arc<App>, CommandContext, (UnitId, ServiceReview))) -> Result<(), AppError> {
    review.revision = store::revisions(&tx, review.service, review.year).await? + 1;
    if !store::insert_review(&mut tx, unit, &review).await? {
        return Err(ErrorCode::Stale.into());
    }
    let told = Told {
        audience: Audience::Who(Permission::EditMenu, Target::Unit(unit)),
        text: words::tell_decided(&review.title, review.decision),
        link: words::SELLER_LINK.to_owned(),
    };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let fact = Fact {
        object: review.service.to_string(),
        object_title: review.title.clone(),
        summary: words::decided_summary(review.decision, review.year),
        reason: review.reason.clone(),
        ..Fact::default()
    };
    let objects = [review.service.to_string(), review.id.to_string()];
    Ok(tx.commit(ctx.record(fact).about(objects), effects).await?)
}

/// The unit's answer to a decision; it has one.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotInThisState` where it has answered; `BadInput` where it is empty.
pub async fn reply(app: &Arc<App>, ctx: &CommandContext, id: ReviewId, body: ReviewReply) -> Result<SellerView, AppError> {
    let (unit, review) = store::review(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let said = text::required(&body.text, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("text", error.message()))?;
    let name = catalog::unit_contact(&app.db.reader(), unit).await?.name;
    let input = (Arc::clone(app), ctx.clone(), review, (said, name));
    app.db
        .command(&ctx.key(), id, input, |mut tx, (app, ctx, review, (said, unit))| async move {
            if !store::put_reply(&mut tx, review.id, (ctx.actor.person, ctx.now, &said)).await? {
                return Err(AppError::saying(ErrorCode::NotInThisState, words::REPLIED_ALREADY));
            }
            let told = Told {
                audience: Audience::People(vec![review.by.id]),
                text: words::tell_replied(&unit, &review.title),
                link: words::SELLER_LINK.to_owned(),
            };
            let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
            let summary = words::REPLIED_SUMMARY.to_owned();
            let fact = Fact { object: review.id.to_string(), object_title: review.title.clone(), summary, ..Fact::default() };
            Ok::<(), AppError>(tx.commit(ctx.record(fact), effects).await?)
        })
        .await?;
    seller_view(app, &ctx.actor, unit).await
}

/// Names somebody of the unit who answers for what of a package is not sold.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` for somebody who does not work for it.
pub async fn name_owner(app: &Arc<App>, ctx: &CommandContext, package: PackageId, body: UnsoldOwner) -> Result<SellerView, AppError> {
    let reader = app.db.reader();
    let found = catalog::at_version(&reader, package, 1).await?;
    let unit = found.service.unit;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let people = people_of(&reader, unit).await?;
    let Some(owner) = people.into_iter().find(|person| person.id == body.owner) else {
        return Err(AppError::field("owner", words::NOT_OF_UNIT));
    };
    let input = (ctx.clone(), owner, found.service.content.title);
    app.db
        .command(&ctx.key(), package, input, move |mut tx, (ctx, owner, title)| async move {
            store::put_owner(&mut tx, package, (owner.id, ctx.actor.person, ctx.now)).await?;
            let summary = words::named_owner(&owner.name);
            let fact = Fact { object: package.to_string(), object_title: title, summary, ..Fact::default() };
            Ok::<(), AppError>(tx.commit(ctx.record(fact), Vec::new()).await?)
        })
        .await?;
    seller_view(app, &ctx.actor, unit).await
}
