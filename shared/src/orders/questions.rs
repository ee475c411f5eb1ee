//! Questions: a school asks a unit, or inside an order one side asks the other; each has an owner, a promised time and a clock.

use serde::{Deserialize, Serialize};

use crate::catalog::words;
use crate::contract::Empty;
use crate::endpoints;
use crate::error::FieldError;
use crate::id::{LibraryEntryId, OrderId, QuestionId, SchoolId, ServiceId, UnitId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::orders::api::OrderView;
use crate::page::Page;
use crate::text;
use crate::time::Timestamp;
use crate::words::orders as words;

endpoints! {
    /// Questions within the caller's scope, newest first.
    ListQuestions: Get "/api/questions" May(ViewOrders) Read Json, path (), query QuestionFilter, body Empty, reply Page<QuestionSummary>;
    /// One question whole: answer, what came before, what the caller may do now.
    GetQuestion: Get "/api/questions/{question}" May(ViewOrders) Read Json, path QuestionId, query Empty, body Empty, reply QuestionView;
    /// A school asks a unit, about one of its services or in general.
    AskUnit: Post "/api/units/{unit}/questions" May(AskQuestion) Command Json, path UnitId, query Empty, body NewQuestion, reply QuestionView;
    /// One side of an order asks the other; the clock of what the asker owes rests meanwhile.
    AskInOrder: Post "/api/orders/{order}/questions" May(AskQuestion) Command Json, path OrderId, query Empty, body OrderQuestion, reply OrderView;
    /// The side that was asked answers, or says “no, but…”.
    AnswerQuestion: Post "/api/questions/{question}/answer" May(AskQuestion) Command Json, path QuestionId, query Empty, body NewAnswer, reply QuestionView;
    /// The asker takes an open question back.
    WithdrawQuestion: Post "/api/questions/{question}/withdraw" May(AskQuestion) Command Json, path QuestionId, query Empty, body QuestionVersion, reply QuestionView;
    /// The asker says whether the answer was of use; a no counts too.
    RateAnswer: Post "/api/questions/{question}/rate" May(AskQuestion) Command Json, path QuestionId, query Empty, body Usefulness, reply QuestionView;
    /// The unit publishes an answer in edited words, so that the shelf's search finds it.
    PublishAnswer: Post "/api/questions/{question}/publish" May(PublishAnswer) Command Json, path QuestionId, query Empty, body LibraryText, reply QuestionView;
    /// The unit takes an answer out of the library.
    RemoveAnswer: Post "/api/library/{entry}/remove" May(PublishAnswer) Command Json, path LibraryEntryId, query Empty, body Empty, reply QuestionView;
    /// What units published, newest first: the shelf searches it in the browser.
    GetLibrary: Get "/api/library" Inside Read Json, path (), query Empty, body Empty, reply Vec<LibraryEntry>;
}

words! {
    /// One side of an order or a question.
    Side {
        School = "school", "School";
        Unit = "unit", "Unit";
    }
}

words! {
    /// Where a question stands.
    QuestionState {
        Open = "open", "Waits for an answer";
        Answered = "answered", "Answered";
        Withdrawn = "withdrawn", "Taken back";
    }
}

impl Side {
    /// Who has to answer what this side asked.
    pub const fn other(self) -> Self {
        match self {
            Self::School => Self::Unit,
            Self::Unit => Self::School,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuestionFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<QuestionState>,
    /// Words in the question, its answer, the service, school or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuestionSummary {
    pub id: QuestionId,
    pub side: Side,
    pub state: QuestionState,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub service: Option<ServiceId>,
    pub service_title: String,
    pub order: Option<OrderRef>,
    pub text: String,
    pub asked_by: PersonRef,
    pub asked: Timestamp,
    /// Who owes the answer, in words.
    pub owner: String,
    pub due: Timestamp,
    /// To whom it has climbed, where the promised time has passed.
    pub climbed_to: Option<String>,
    pub answer: Option<AnswerView>,
    pub useful: Option<bool>,
    /// True where the unit published the answer.
    pub published: bool,
    /// Whether the caller may answer it now.
    pub may_answer: bool,
    pub version: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderRef {
    pub id: OrderId,
    pub number: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AnswerView {
    pub by: PersonRef,
    /// The absent colleague for whom that person answered.
    pub on_behalf_of: Option<PersonRef>,
    pub at: Timestamp,
    pub text: String,
    /// True for “no, but…”; `instead` says what the asker can do.
    pub refused: bool,
    pub instead: String,
    /// True where it came after the promised time.
    pub late: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuestionView {
    pub summary: QuestionSummary,
    /// The questions that this one follows up, oldest first, and those that follow it.
    pub thread: Vec<QuestionSummary>,
    pub library: Option<LibraryEntry>,
    /// What the caller may do now.
    pub actions: Vec<QuestionAction>,
}

/// What can be done to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionAction {
    Answer,
    Withdraw,
    Rate,
    FollowUp,
    Publish,
    Unpublish,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewQuestion {
    pub school: SchoolId,
    pub service: Option<ServiceId>,
    pub text: String,
    /// The question that this one follows up.
    #[serde(default)]
    pub follows: Option<QuestionId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderQuestion {
    pub text: String,
}

/// Invariant: never a bare no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewAnswer {
    pub version: u32,
    pub text: String,
    #[serde(default)]
    pub refused: bool,
    /// What the asker can do instead; asked for with a no.
    #[serde(default)]
    pub instead: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuestionVersion {
    pub version: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Usefulness {
    pub version: u32,
    pub useful: bool,
}

/// An answer as others read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LibraryText {
    /// The question in general words.
    pub title: String,
    pub text: String,
}

/// A published answer with its owner and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LibraryEntry {
    pub id: LibraryEntryId,
    pub unit: UnitRef,
    pub service: Option<ServiceId>,
    pub service_title: String,
    pub title: String,
    pub text: String,
    pub owner: PersonRef,
    pub published: Timestamp,
}

/// An answer as it may be stored.
///
/// Errors: by field; a no without anything instead.
pub fn check_answer(answer: &NewAnswer) -> Result<NewAnswer, FieldError> {
    let paragraph = |field: &str, raw: &str| text::optional(raw, text::PARAGRAPH_LIMIT).map_err(|e| FieldError::new(field, e.message()));
    let said = text::required(&answer.text, text::PARAGRAPH_LIMIT).map_err(|e| FieldError::new("text", e.message()))?;
    let instead = paragraph("instead", &answer.instead)?;
    if answer.refused && instead.is_empty() {
        return Err(FieldError::new("instead", words::ANSWER_NEEDS_BUT));
    }
    Ok(NewAnswer { text: said, instead: if answer.refused { instead } else { String::new() }, ..answer.clone() })
}

/// Words that must not stand in a published answer: the names of schools, and of who asked.
///
/// Errors: the first name found, at its field.
pub fn check_library(entry: &LibraryText, names: &[&str]) -> Result<LibraryText, FieldError> {
    let title = text::required(&entry.title, text::TITLE_LIMIT).map_err(|e| FieldError::new("title", e.message()))?;
    let body = text::required(&entry.text, text::PARAGRAPH_LIMIT).map_err(|e| FieldError::new("text", e.message()))?;
    for (field, text) in [("title", &title), ("text", &body)] {
        let lower = text.to_lowercase();
        if let Some(name) = names.iter().find(|name| !name.is_empty() && lower.contains(&name.to_lowercase())) {
            return Err(FieldError::new(field, words::library_names(name)));
        }
    }
    Ok(LibraryText { title, text: body })
}

/// Whether every word wanted stands in a published answer; how often it is said decides the order.
pub fn library_score(entry: &LibraryEntry, wanted: &str) -> Option<u32> {
    let (title, rest) = (entry.title.to_lowercase(), format!("{} {} {}", entry.text, entry.service_title, entry.unit.name).to_lowercase());
    let mut score = 0;
    for word in wanted.to_lowercase().split_whitespace() {
        let (in_title, in_rest) = (title.contains(word), rest.contains(word));
        if !in_title && !in_rest {
            return None;
        }
        score += if in_title { 3 } else { 1 };
    }
    (score > 0).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Id as _, PersonId};

    fn answer(refused: bool, instead: &str) -> NewAnswer {
        NewAnswer { version: 1, text: "We cannot come in May.".to_owned(), refused, instead: instead.to_owned() }
    }

    #[test]
    fn a_no_says_what_to_do_instead() {
        assert_eq!(check_answer(&answer(true, " ")).unwrap_err().field, "instead");
        assert_eq!(check_answer(&answer(true, "Come in June.")).unwrap().instead, "Come in June.");
        assert_eq!(check_answer(&answer(false, "")).unwrap().text, "We cannot come in May.");
    }

    #[test]
    fn a_published_answer_names_no_school() {
        let text = |title: &str, text: &str| LibraryText { title: title.to_owned(), text: text.to_owned() };
        let names = ["Lincoln Elementary", "Ana Whitfield"];
        assert_eq!(check_library(&text("Release time", "As at lincoln elementary."), &names).unwrap_err().field, "text");
        assert!(check_library(&text("Release time", "Half a day for two teachers."), &names).is_ok());
    }

    #[test]
    fn search_finds_answers_by_all_words_titles_first() {
        let entry = LibraryEntry {
            id: LibraryEntryId::from_bits(1),
            unit: UnitRef { id: UnitId::from_bits(1), name: "Mathematics".to_owned() },
            service: None,
            service_title: "Coaching".to_owned(),
            title: "How much release time?".to_owned(),
            text: "Half a day.".to_owned(),
            owner: PersonRef { id: PersonId::from_bits(1), name: "Rosa".to_owned() },
            published: Timestamp::from_micros(0),
        };
        assert_eq!(library_score(&entry, "release math"), Some(4));
        assert_eq!(library_score(&entry, "release bus"), None);
        assert_eq!(library_score(&entry, " "), None);
    }
}
