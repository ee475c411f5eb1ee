//! The yearly choice of the demo district: its window is open, and some schools have chosen their support organization.

use serde::Deserialize;
use shared::catalog::Tier;
use shared::catalog::api::CatalogService;
use shared::error::ErrorCode;
use shared::id::ServiceId;
use shared::identity::Role;
use shared::orders::api::{NewYearlyDate, SetYearlyDate};
use shared::orders::dates::YearlyKind;
use shared::orders::selection::{Choose, Choosing, MakeChoiceGroup, NewChoiceGroup, NewChoiceOffer};
use shared::time::{Date, Timestamp};

use super::cast::Cast;
use super::data::Data;
use super::days::Days;
use super::renewals::{first, title_of};
use super::stage::Stage;
use crate::catalog::service as catalog;
use crate::error::AppError;
use crate::orders::service as orders;

const CHOICES: &str = include_str!("../../demo/choices.json");
/// The first minute of the night in which all this is done, when renewals are through.
const NIGHT: u32 = 22 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicesData {
    opened_days_ago: i32,
    /// Days from the anchor to the last day to choose, and to choose again.
    days_left: i32,
    again_days: i32,
    title: String,
    about: String,
    minimum: u32,
    /// Services with the schools that each has room for.
    offers: Vec<(String, u32)>,
    proposed: String,
    /// School, service, tier.
    choices: Vec<(String, String, Tier)>,
}

/// Sets the window and the group up, and lets some schools choose.
///
/// # Errors
/// What a person would be told.
pub async fn play(stage: &Stage, data: &Data, cast: &Cast, days: &Days) -> Result<(), AppError> {
    let story: ChoicesData = serde_json::from_str(CHOICES).map_err(|error| AppError::internal(format!("demo choices: {error}")))?;
    let officer = first(cast, Role::BudgetOfficer)?;
    let mut now = open(stage, cast, days, (&story, days.at(days.ago(1), NIGHT)?)).await?;
    stage.turn(now);
    let shelf = catalog::catalog(&stage.app).await?.services;
    let mut offers = Vec::new();
    for (key, capacity) in &story.offers {
        offers.push(NewChoiceOffer { service: service(&shelf, title_of(data, key)?)?.id, capacity: *capacity });
    }
    let proposed: Option<ServiceId> = Some(service(&shelf, title_of(data, &story.proposed)?)?.id);
    let (title, about, minimum) = (story.title.clone(), story.about.clone(), story.minimum);
    let ctx = stage.command::<MakeChoiceGroup>(officer, now);
    let groups = orders::make_group(&stage.app, &ctx, NewChoiceGroup { title, about, minimum, offers, proposed }).await?;
    let group = groups.first().ok_or_else(|| AppError::internal("demo choices: no group"))?.id;
    orders::attend_choices(&stage.app, now).await?;
    for (school, key, tier) in &story.choices {
        now = now.plus_seconds(60);
        let place = cast.schools.get(school).ok_or_else(|| AppError::internal(format!("demo choices: no school {school}")))?;
        let found = service(&shelf, title_of(data, key)?)?.packages.iter().find(|package| package.content.tier == *tier);
        let package = found.ok_or_else(|| AppError::internal(format!("demo choices: no such tier of {key}")))?.id;
        let ctx = stage.command::<Choose>(&place.principal, now);
        orders::choose(&stage.app, &ctx, group, Choosing { school: place.id, package }).await?;
    }
    Ok(())
}

fn service<'a>(shelf: &'a [CatalogService], title: &str) -> Result<&'a CatalogService, AppError> {
    let found = shelf.iter().find(|service| service.content.title == title);
    found.ok_or_else(|| AppError::internal(format!("demo choices: {title} is not on the shelf")))
}

/// Sets the three days of the window, whatever day of the year it is: each as soon as it comes in order with the others.
async fn open(stage: &Stage, cast: &Cast, days: &Days, (story, mut now): (&ChoicesData, Timestamp)) -> Result<Timestamp, AppError> {
    let officer = first(cast, Role::BudgetOfficer)?;
    let mut wanted: Vec<(YearlyKind, Date)> = vec![
        (YearlyKind::ChoiceOpens, days.ago(story.opened_days_ago)),
        (YearlyKind::ChoiceCloses, days.ahead(story.days_left)),
        (YearlyKind::ChooseAgain, days.ahead(story.again_days)),
    ];
    for _ in 0..wanted.len() {
        let mut later = Vec::new();
        for (kind, day) in wanted {
            now = now.plus_seconds(30);
            let ctx = stage.command::<SetYearlyDate>(officer, now);
            match orders::set_yearly_date(&stage.app, ctx, NewYearlyDate { year: days.year, kind, day }).await {
                Ok(_) => {}
                Err(error) if error.code() == ErrorCode::BadInput => later.push((kind, day)),
                Err(error) => return Err(error),
            }
        }
        wanted = later;
    }
    if wanted.is_empty() { Ok(now) } else { Err(AppError::internal("demo choices: the days of the window come in no order")) }
}
