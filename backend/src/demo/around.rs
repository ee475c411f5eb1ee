//! What goes on around the orders: what schools look for and at, filters that people keep, carts that network officers suggest.

use std::sync::Arc;

use serde::Deserialize;
use shared::catalog::Tier;
use shared::catalog::api::{NewSavedFilter, ShelfNotes};
use shared::catalog::interest::{Interest, LookNote, SearchNote};
use shared::id::{PackageId, SchoolId};
use shared::identity::Role;
use shared::orders::api::{AdoptSuggestion, Comment, CommentCart, DeclineSuggestion, SuggestCart};
use shared::orders::support::{Adoption, Declining, NewSuggestedLine, NewSuggestion};
use shared::scorecards::api::{DecideService, ReplyToReview};
use shared::scorecards::seller::{Decision, NewReview, ReviewReply};
use shared::time::{Date, Timestamp};

use super::cast::{Cast, SchoolCast};
use super::data::Data;
use super::days::Days;
use super::opening::Offers;
use super::stage::Stage;
use crate::catalog::service as catalog;
use crate::db::Technical;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service as orders;
use crate::scorecards::service as scorecards;

/// The first minute of the evening on which all this is done, when the day's orders are through.
const EVENING: u32 = 19 * 60;
/// Whoever orders has looked at the tier so many days before.
const LOOKED_BEFORE: i32 = 3;
/// Every so many orders the school has compared the tier with others.
const COMPARED_EACH: usize = 3;

/// The file of what goes on around the orders.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AroundData {
    /// Words, how many packages they found, how often they were typed, so many days before the anchor.
    searches: Vec<(String, u32, usize, i32)>,
    looks: Vec<(String, String, Tier, Interest, i32)>,
    /// School, name, address.
    filters: Vec<(String, String, String)>,
    suggestions: Vec<SuggestionData>,
    reviews: Vec<ReviewData>,
    /// School, who speaks, what is said.
    comments: Vec<(String, Speaker, String)>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SuggestionData {
    officer: String,
    school: String,
    title: String,
    note: String,
    /// Service, tier, why.
    lines: Vec<(String, Tier, String)>,
    /// The lines that the principal takes, counted from one.
    take: Vec<u32>,
    /// The word with which it is declined; empty where it is not.
    decline: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewData {
    service: String,
    tier: Tier,
    decision: Decision,
    evidence: String,
    reason: String,
    /// The unit's answer; empty where it has not answered yet.
    reply: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Speaker {
    Officer,
    Principal,
}

/// A count with its day.
type Counted = (Date, ShelfNotes);

/// Plays it all, and then nothing of the day before the anchor is left to happen.
///
/// # Errors
/// What a person would be told.
pub async fn play(stage: &Stage, data: &Data, (cast, offers): (&Cast, &Offers), days: &Days) -> Result<(), AppError> {
    count(stage, looks(data, (cast, offers), days)?).await?;
    count(stage, searches(&data.around, cast, days)).await?;
    let mut now = days.at(days.ago(1), EVENING)?;
    for (school, name, address) in &data.around.filters {
        let new = NewSavedFilter { name: name.clone(), address: address.clone() };
        catalog::save_filter(&stage.app, &place(cast, school)?.principal, new).await?;
    }
    for suggestion in &data.around.suggestions {
        now = suggest(stage, (cast, offers), suggestion, (days, now)).await?;
    }
    for review in &data.around.reviews {
        now = decide(stage, (cast, offers), review, now).await?;
    }
    for (school, who, text) in &data.around.comments {
        now = now.plus_seconds(300);
        let school = place(cast, school)?;
        let first = data.around.suggestions.first().map_or("", |one| one.officer.as_str());
        let speaker = match who {
            Speaker::Officer => officer(cast, first)?,
            Speaker::Principal => &school.principal,
        };
        let ctx = stage.command::<CommentCart>(speaker, now);
        orders::comment_cart(&stage.app, &ctx, school.id, Comment { text: text.clone() }).await?;
    }
    Ok(())
}

fn place<'a>(cast: &'a Cast, code: &str) -> Result<&'a SchoolCast, AppError> {
    cast.schools.get(code).ok_or_else(|| AppError::internal(format!("demo: no school {code}")))
}

fn package(offers: &Offers, service: &str, tier: Tier) -> Result<PackageId, AppError> {
    let offer = offers.get(&(service.to_owned(), tier));
    offer.map(|offer| offer.package).ok_or_else(|| AppError::internal(format!("demo: no {tier:?} tier of {service}")))
}

fn officer<'a>(cast: &'a Cast, name: &str) -> Result<&'a Arc<Actor>, AppError> {
    let officers = cast.officers.get(&Role::NetworkOfficer).into_iter().flatten();
    officers.into_iter().find(|officer| officer.name == name).ok_or_else(|| AppError::internal(format!("demo: no officer {name}")))
}

/// Looks named in the data, and those that came before each order.
fn looks(data: &Data, (cast, offers): (&Cast, &Offers), days: &Days) -> Result<Vec<Counted>, AppError> {
    let look = |school: SchoolId, package, kind, ago| {
        (days.ago(ago), ShelfNotes { school, searches: Vec::new(), looks: vec![LookNote { package, kind }] })
    };
    let mut all = Vec::new();
    for (school, service, tier, kind, ago) in &data.around.looks {
        all.push(look(place(cast, school)?.id, package(offers, service, *tier)?, *kind, *ago));
    }
    for (at, (school, service, tier, ago, _)) in data.history.orders.iter().enumerate() {
        let (school, package) = (place(cast, school)?.id, package(offers, service, *tier)?);
        all.push(look(school, package, Interest::Viewed, ago + LOOKED_BEFORE));
        all.extend((at % COMPARED_EACH == 0).then(|| look(school, package, Interest::Compared, ago + LOOKED_BEFORE)));
    }
    Ok(all)
}

fn searches(around: &AroundData, cast: &Cast, days: &Days) -> Vec<Counted> {
    let Some(school) = cast.schools.values().next() else { return Vec::new() };
    let one = |(words, found, times, ago): &(String, u32, usize, i32)| {
        let note = SearchNote { words: words.clone(), found: *found };
        std::iter::repeat_n((days.ago(*ago), ShelfNotes { school: school.id, searches: vec![note], looks: Vec::new() }), *times)
    };
    around.searches.iter().flat_map(one).collect()
}

async fn count(stage: &Stage, counted: Vec<Counted>) -> Result<(), AppError> {
    stage
        .app
        .db
        .technical(counted, |mut tx, counted| async move {
            for (day, notes) in &counted {
                catalog::count_notes(&mut tx, *day, notes).await?;
            }
            Ok(tx.commit_technical(Technical::Interest).await?)
        })
        .await
}

async fn suggest(
    stage: &Stage,
    (cast, offers): (&Cast, &Offers),
    data: &SuggestionData,
    (days, now): (&Days, Timestamp),
) -> Result<Timestamp, AppError> {
    let school = place(cast, &data.school)?;
    let mut lines = Vec::new();
    for (service, tier, reason) in &data.lines {
        let offer = offers.get(&(service.clone(), *tier));
        let goal = offer.and_then(|offer| school.goal_for(offer.category));
        let (package, start) = (package(offers, service, *tier)?, Some(days.ahead(40)));
        lines.push(NewSuggestedLine { package, quantity: 0, start, goal, reason: reason.clone() });
    }
    let ctx = stage.command::<SuggestCart>(officer(cast, &data.officer)?, now);
    let body = NewSuggestion { title: data.title.clone(), note: data.note.clone(), lines };
    let made = orders::suggest(&stage.app, &ctx, school.id, body).await?;
    let Some(made) = made.first() else { return Ok(now) };
    let later = now.plus_seconds(1_200);
    if !data.take.is_empty() {
        let ctx = stage.command::<AdoptSuggestion>(&school.principal, later);
        orders::adopt(&stage.app, &ctx, made.id, Adoption { version: made.version, lines: data.take.clone() }).await?;
    } else if !data.decline.is_empty() {
        let ctx = stage.command::<DeclineSuggestion>(&school.principal, later);
        orders::decline(&stage.app, &ctx, made.id, Declining { version: made.version, word: data.decline.clone() }).await?;
    }
    Ok(later.plus_seconds(600))
}

async fn decide(stage: &Stage, (cast, offers): (&Cast, &Offers), data: &ReviewData, now: Timestamp) -> Result<Timestamp, AppError> {
    let offer = offers.get(&(data.service.clone(), data.tier)).ok_or_else(|| AppError::internal("demo: a review of nothing"))?;
    let chiefs = cast.officers.get(&Role::Executive).map(Vec::as_slice).unwrap_or_default();
    let chief = chiefs.first().ok_or_else(|| AppError::internal("demo: nobody to decide"))?;
    let unit = cast.units.get(&offer.unit).ok_or_else(|| AppError::internal("demo: no unit"))?;
    let service = catalog::for_sale(&stage.app.db.reader(), offer.package).await?.service.id;
    let ReviewData { decision, evidence, reason, .. } = data.clone();
    let ctx = stage.command::<DecideService>(chief, now);
    let view = scorecards::decide(&stage.app, &ctx, service, NewReview { decision, evidence, reason }).await?;
    let later = now.plus_seconds(900);
    if let Some(review) = view.reviews.first().filter(|_| !data.reply.is_empty()) {
        let ctx = stage.command::<ReplyToReview>(&unit.head, later);
        scorecards::reply(&stage.app, &ctx, review.id, ReviewReply { text: data.reply.clone() }).await?;
    }
    Ok(later.plus_seconds(300))
}
