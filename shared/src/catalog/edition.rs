//! A unit's edition for a fiscal year: written, reviewed by a second person, published, closed; and when it is on sale.

pub mod changes;
pub mod next_year;
pub mod reprice;

use serde::{Deserialize, Serialize};

use super::words;
use crate::error::FieldError;
use crate::time::Date;
use crate::words::catalog as texts;

words! {
    /// Where an edition stands.
    MenuState {
        /// Being written; nothing of it is on the shelf.
        Draft = "draft", "Draft";
        /// Waits for a second person, who publishes it or sends it back.
        InReview = "in_review", "In review";
        Published = "published", "Published";
        /// On the shelf as it was published, while changes to it wait for a second person.
        ChangesInReview = "changes_in_review", "Published, changes in review";
        /// Nothing of it is sold any more; what was sold runs on.
        Closed = "closed", "Closed";
    }
}

impl MenuState {
    /// Whether its published services stand on the shelf, within the days of sale.
    pub const fn is_on_shelf(self) -> bool {
        matches!(self, Self::Published | Self::ChangesInReview)
    }

    /// Whether it waits for its reviewer.
    pub const fn is_in_review(self) -> bool {
        matches!(self, Self::InReview | Self::ChangesInReview)
    }
}

words! {
    /// What somebody does to an edition.
    EditionCommand {
        /// Writes a service, takes one off, changes prices or days of sale.
        Change = "change", "change it";
        /// The unit asks a second person to review what it wrote.
        AskReview = "ask_review", "ask for a review";
        /// The unit takes its question back to write on.
        TakeBack = "take_back", "take it back";
        /// The reviewer sends it back with a comment.
        SendBack = "send_back", "send it back";
        Publish = "publish", "publish it";
        Close = "close", "close it";
    }
}

/// What an edition is after `command`.
///
/// # Errors
/// What stands in the way and what to do, in words.
pub const fn turn(state: MenuState, command: EditionCommand) -> Result<MenuState, &'static str> {
    match state {
        MenuState::Draft => match command {
            EditionCommand::Change => Ok(MenuState::Draft),
            EditionCommand::AskReview => Ok(MenuState::InReview),
            EditionCommand::Close => Ok(MenuState::Closed),
            EditionCommand::TakeBack | EditionCommand::SendBack | EditionCommand::Publish => Err(texts::REVIEW_NOT_ASKED),
        },
        MenuState::InReview => match command {
            EditionCommand::Change | EditionCommand::Close => Err(texts::IN_REVIEW_NOW),
            EditionCommand::AskReview => Err(texts::REVIEW_ASKED_ALREADY),
            EditionCommand::TakeBack | EditionCommand::SendBack => Ok(MenuState::Draft),
            EditionCommand::Publish => Ok(MenuState::Published),
        },
        MenuState::Published => match command {
            EditionCommand::Change => Ok(MenuState::Published),
            EditionCommand::AskReview => Ok(MenuState::ChangesInReview),
            EditionCommand::Close => Ok(MenuState::Closed),
            EditionCommand::TakeBack | EditionCommand::SendBack | EditionCommand::Publish => Err(texts::REVIEW_NOT_ASKED),
        },
        MenuState::ChangesInReview => match command {
            EditionCommand::Change => Err(texts::IN_REVIEW_NOW),
            EditionCommand::AskReview => Err(texts::REVIEW_ASKED_ALREADY),
            EditionCommand::TakeBack | EditionCommand::SendBack | EditionCommand::Publish => Ok(MenuState::Published),
            EditionCommand::Close => Ok(MenuState::Closed),
        },
        MenuState::Closed => Err(texts::EDITION_CLOSED),
    }
}

/// From which day until which an edition is sold, both included; without a day its year's own first and last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SaleDays {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl SaleDays {
    pub fn hold(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Days outside the edition's year, or the wrong way round.
    pub fn check(self, (first, last): (Date, Date)) -> Vec<FieldError> {
        let outside = |day: Option<Date>| day.is_some_and(|day| day < first || day > last);
        let mut wrong = Vec::new();
        for (field, day) in [("from", self.from), ("until", self.until)] {
            if outside(day) {
                wrong.push(FieldError::new(field, texts::sale_day_outside(first, last)));
            }
        }
        if wrong.is_empty() && self.from.zip(self.until).is_some_and(|(from, until)| until < from) {
            wrong.push(FieldError::new("until", texts::SALE_DAYS_REVERSED));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn the_editions_table_is_as_reviewed() {
        let mut text = String::new();
        for state in MenuState::ALL {
            writeln!(text, "{state:?}").unwrap();
            for command in EditionCommand::ALL {
                let said = turn(*state, *command).map_or_else(|words| format!("refused: {words}"), |next| format!("{next:?}"));
                writeln!(text, "  {command:?} -> {said}").unwrap();
            }
        }
        insta::assert_snapshot!("edition_states", text);
    }

    #[test]
    fn nothing_reaches_the_shelf_without_a_review() {
        for state in MenuState::ALL.iter().filter(|state| !state.is_on_shelf()) {
            for command in EditionCommand::ALL {
                let after = turn(*state, *command);
                assert!(after.is_err() || after.is_ok_and(|next| !next.is_on_shelf()) || state.is_in_review(), "{state:?} {command:?}");
            }
        }
    }

    #[test]
    fn days_of_sale_hold_their_ends_and_lie_in_the_year() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let days = |from: &str, until: &str| SaleDays { from: Some(day(from)), until: Some(day(until)) };
        let year = (day("2026-07-01"), day("2027-06-30"));
        let spring = days("2027-01-10", "2027-03-31");
        for (today, open) in [("2027-01-09", false), ("2027-01-10", true), ("2027-03-31", true), ("2027-04-01", false)] {
            assert_eq!(spring.hold(day(today)), open, "{today}");
        }
        assert!(SaleDays::default().hold(day("2031-01-01")));
        assert_eq!(spring.check(year), []);
        let fields = |days: SaleDays| days.check(year).into_iter().map(|error| error.field).collect::<Vec<_>>();
        assert_eq!(fields(days("2026-06-30", "2027-07-01")), ["from", "until"]);
        assert_eq!(fields(days("2027-03-31", "2027-01-10")), ["until"]);
    }
}
