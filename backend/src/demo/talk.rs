//! What is said outside orders: questions to units with their answers, the library, who is away, and who is chief of which division.

use serde::Deserialize;
use shared::catalog::{Division, Tier};
use shared::identity::Role;
use shared::identity::absence::NewAbsence;
use shared::identity::api::{NameChief, SetAbsence};
use shared::identity::chief::NewChief;
use shared::orders::questions::{
    AnswerQuestion, AskUnit, LibraryText, NewAnswer, NewQuestion, PublishAnswer, QuestionView, RateAnswer, Usefulness,
};

use super::cast::Cast;
use super::days::Days;
use super::opening::{Offer, Offers};
use super::stage::Stage;
use crate::catalog::service as catalog;
use crate::error::AppError;
use crate::identity::service as identity;
use crate::orders::service as orders;

const TALK: &str = include_str!("../../demo/talk.json");
/// When a question is asked, answered, rated and published, in minutes after midnight.
const ASKED: u32 = 11 * 60;
const ANSWERED: u32 = 15 * 60;

#[derive(Deserialize)]
struct TalkData {
    questions: Vec<QuestionData>,
    absences: Vec<AbsenceData>,
    chiefs: Vec<Division>,
}

#[derive(Deserialize)]
struct QuestionData {
    school: String,
    service: String,
    ago: i32,
    text: String,
    answer: Option<String>,
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    instead: String,
    useful: Option<bool>,
    title: Option<String>,
    library: Option<String>,
}

#[derive(Deserialize)]
struct AbsenceData {
    unit: String,
    /// Days after the anchor.
    first: i32,
    last: i32,
    note: String,
}

/// Plays what is said outside orders.
///
/// # Errors
/// What a person would be told.
pub async fn play(stage: &Stage, (cast, offers): (&Cast, &Offers), days: &Days) -> Result<(), AppError> {
    let data: TalkData = serde_json::from_str(TALK).map_err(AppError::internal)?;
    for (number, question) in (0..).zip(&data.questions) {
        ask(stage, (cast, offers), question, (days, number)).await?;
    }
    for absence in &data.absences {
        let Some(unit) = cast.units.get(&absence.unit) else { continue };
        let Some(deputy) = unit.staff.first() else { continue };
        let ctx = stage.command::<SetAbsence>(&unit.head, days.at(days.ago(1), ASKED + 30)?);
        let (first, last) = (days.ahead(absence.first), days.ahead(absence.last));
        let body = NewAbsence { deputy: deputy.person, first, last, note: absence.note.clone() };
        identity::set_absence(&stage.app, &ctx, body).await?;
    }
    let executive = cast.officers.get(&Role::Executive).and_then(|all| all.first());
    for (number, division) in (0..).zip(&data.chiefs) {
        let Some(executive) = executive else { continue };
        let ctx = stage.command::<NameChief>(executive, days.at(days.ago(40), ASKED + number)?);
        identity::name_chief(&stage.app, &ctx, NewChief { division: *division, person: executive.person }).await?;
    }
    Ok(())
}

/// Any tier of the service tells which service it is.
fn offer<'a>(offers: &'a Offers, service: &str) -> Option<&'a Offer> {
    Tier::ALL.iter().find_map(|tier| offers.get(&(service.to_owned(), *tier)))
}

async fn ask(stage: &Stage, (cast, offers): (&Cast, &Offers), data: &QuestionData, (days, number): (&Days, u32)) -> Result<(), AppError> {
    let (Some(school), Some(offer)) = (cast.schools.get(&data.school), offer(offers, &data.service)) else {
        return Err(AppError::internal(format!("demo talk: {} for {}", data.service, data.school)));
    };
    let Some(unit) = cast.units.get(&offer.unit) else { return Ok(()) };
    let service = catalog::for_sale(&stage.app.db.reader(), offer.package).await?.service.id;
    let day = days.ago(data.ago);
    let ctx = stage.command::<AskUnit>(&school.principal, days.at(day, ASKED + number)?);
    let body = NewQuestion { school: school.id, service: Some(service), text: data.text.clone(), follows: None };
    let view = orders::ask_unit(&stage.app, &ctx, unit.id, body).await?;
    let Some(answer) = &data.answer else { return Ok(()) };
    let (id, version) = (view.summary.id, view.summary.version);
    let ctx = stage.command::<AnswerQuestion>(unit.staff.first().unwrap_or(&unit.head), days.at(day, ANSWERED + number)?);
    let body = NewAnswer { version, text: answer.clone(), refused: data.refused, instead: data.instead.clone() };
    let mut view: QuestionView = orders::answer_question(&stage.app, &ctx, id, body).await?;
    if let Some(useful) = data.useful {
        let ctx = stage.command::<RateAnswer>(&school.principal, days.at(day, ANSWERED + 30 + number)?);
        view = orders::rate_answer(&stage.app, &ctx, id, Usefulness { version: view.summary.version, useful }).await?;
    }
    if let (Some(title), Some(text)) = (&data.title, &data.library) {
        let ctx = stage.command::<PublishAnswer>(&unit.head, days.at(day, ANSWERED + 60 + number)?);
        let body = LibraryText { title: title.clone(), text: text.clone() };
        orders::publish_answer(&stage.app, &ctx, view.summary.id, body).await?;
    }
    Ok(())
}
