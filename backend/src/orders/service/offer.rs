//! The waiting list's job: passes on what was not answered in time, and offers what is free, each to the first in line.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::orders::waiting::{PlaceState, offered};
use shared::time::Timestamp;
use shared::words::orders::waiting as words;

use super::waiting::{Errand, end};
use crate::app::App;
use crate::calendar::service as calendar;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, service as identity};
use crate::orders::store::{self, PlaceRow};

/// A school has so many school days to answer an offer.
const OFFER_DAYS: u16 = 2;
/// More offers than one run of the job makes.
const OFFERS_LIMIT: usize = 1_000;
/// The names of what the policy does by itself, as the audit record shows them.
const OFFER: &str = "OfferPlace";
const PASS_ON: &str = "PassPlaceOn";

/// Passes on what was not answered in time, and offers what is free, each to the first in line. A job: runs as often as one likes
/// and does each thing once.
///
/// # Errors
/// Those of the database.
pub async fn offer_freed(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let year = identity::district(&app.db.reader()).await?.year_of(now)?;
    for place in store::places_before(&app.db.reader(), year).await? {
        pass_on(app, place, now).await?;
    }
    for place in store::overdue_places(&app.db.reader(), now).await? {
        pass_on(app, place, now).await?;
    }
    let mut offers = 0;
    for (package, year) in catalog::waited_for(&app.db.reader()).await? {
        for place in store::line(&app.db.reader(), package, year).await? {
            if offers < OFFERS_LIMIT && catalog::free_capacity(&app.db.reader(), place.draw()).await? > 0 {
                offers += usize::from(offer(app, place, now).await?);
            }
        }
    }
    Ok(())
}

/// Offers to one who waits; false where nothing is free after all, or somebody before it takes it.
async fn offer(app: &Arc<App>, place: PlaceRow, now: Timestamp) -> Result<bool, AppError> {
    // A place is offered once for each time it was taken.
    let ctx = CommandContext::of_policy(OFFER, &place.id.to_string(), now);
    let errand = Errand::of(app, &ctx, place).await?;
    match app.db.command(&ctx.key(), errand.place.id, errand, write_offer).await {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.code(), ErrorCode::NoCapacity | ErrorCode::Stale) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn write_offer(mut tx: Tx, errand: Errand) -> Result<(), AppError> {
    let place = &errand.place;
    catalog::take_turn(&mut tx, place.package, place.year).await?;
    // Behind the package's lock: nobody before this one who wants the same part of the year is still without an offer.
    let Some(held) = offered(catalog::free_capacity(&tx, place.draw()).await?, place.quantity) else {
        return Err(ErrorCode::NoCapacity.into());
    };
    for earlier in store::line(&tx, place.package, place.year).await?.iter().take_while(|other| other.id != place.id) {
        if catalog::free_capacity(&tx, earlier.draw()).await? > 0 {
            return Err(ErrorCode::NoCapacity.into());
        }
    }
    let time = calendar::school_time(&tx, place.school).await?;
    let expires = time.later(ClockOf::School, errand.ctx.now, OFFER_DAYS)?;
    let after = PlaceRow { state: PlaceState::Offered, held, expires: Some(expires), ..place.clone() };
    if !store::change_place(&mut tx, PlaceState::Waiting, &after).await? {
        return Err(ErrorCode::Stale.into());
    }
    catalog::wait_no_longer(&mut tx, place.draw()).await?;
    catalog::reserve_in_turn(&mut tx, place.draw(), held).await?;
    let until = time.district.day_of(expires)?;
    let told = errand.told_school(words::tell_offered(held, &errand.title, until));
    errand.finish(tx, words::offered(&place.school_name, held, &errand.title), vec![told]).await
}

async fn pass_on(app: &Arc<App>, place: PlaceRow, now: Timestamp) -> Result<(), AppError> {
    let occasion = format!("{}/{}", place.id, place.state.name());
    let ctx = CommandContext::of_policy(PASS_ON, &occasion, now);
    let errand = Errand::of(app, &ctx, place).await?;
    match app.db.command(&ctx.key(), errand.place.id, errand, write_passing).await {
        Ok(_) => Ok(()),
        // Answered in the last moment.
        Err(error) if error.code() == ErrorCode::Stale => Ok(()),
        Err(error) => Err(error),
    }
}

async fn write_passing(mut tx: Tx, errand: Errand) -> Result<(), AppError> {
    let place = &errand.place;
    let year = identity::district(&tx).await?.year_of(errand.ctx.now)?;
    end(&mut tx, place, PlaceState::Passed).await?;
    let ended = place.year < year;
    let (summary, text) = if ended {
        (words::ended(&place.school_name, &errand.title), words::tell_ended(&errand.title))
    } else {
        (words::passed(&place.school_name, &errand.title), words::tell_passed(&errand.title))
    };
    let told = errand.told_school(text);
    errand.finish(tx, summary, vec![told]).await
}
