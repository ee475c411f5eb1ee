//! Texts of “Away and standing in”: one page for absences, delegations and acting appointments.

use crate::time::Date;

pub const AWAY: &str = "Away and standing in";
pub const AWAY_LEAD: &str =
    "Say from when to when you are away and who stands in for what. Both names are kept with everything they do, and it ends by itself.";
pub const LET_STAND_IN: &str = "Somebody stands in for me";
pub const STANDS_IN: &str = "Who stands in, and for what";
pub const CHOOSE_STAND_IN: &str = "Choose who stands in";
pub const SET_STAND_IN: &str = "Set it";
pub const SET_STAND_IN_DONE: &str = "Set. Both names will stand with what is done.";
pub const AWAY_FIRST: &str = "First day";
pub const AWAY_LAST: &str = "Last day";
pub const AWAY_NOTE: &str = "What they should know";
pub const DAY_NEEDED: &str = "Choose the day.";
pub const FOR_ME: &str = "Who stands in for me";
pub const FOR_OTHERS: &str = "For whom I stand in";
pub const NOBODY_FOR_ME: &str = "Nobody stands in for you. Set it before you leave, so that nobody waits.";
pub const FOR_NOBODY: &str = "You stand in for nobody.";
pub const NOBODY_COULD: &str =
    "Nobody else works in your unit, holds your role or is on your school's staff. Ask your administrator for a second person.";
pub const WHAT_IT_MEANS: &str = "What they may then do";
pub const MEANS_ANSWER: &str =
    "Answer orders and questions and record deliveries of your unit, or see what waits at your school. Nothing is approved, bought or published for you; at most 30 days.";
pub const MEANS_DECIDE: &str =
    "Decide on orders as you would, under both names. They hold the same role, do not report to you, and inherit your conflicts; at most 30 days.";
pub const MEANS_BUY: &str =
    "Buy for the school up to the amount, counted for each seller. Approving is never handed down; neither may they confirm what they bought.";
pub const LONG_LEAVE: &str =
    "For a longer leave, an executive or the budget office appoints an acting principal: the whole seat, for dated days, confirmed by a second person.";
pub const NOW_RUNNING: &str = "now";

pub fn answers(name: &str, role: &str) -> String {
    format!("{name}: answers meanwhile ({role})")
}

/// `Ken Morita answers for Rosa Delgado`.
pub fn answers_for(deputy: &str, absent: &str) -> String {
    format!("{deputy} answers for {absent}")
}

pub fn from_until(first: Date, last: Date) -> String {
    crate::words::identity::away_span(first, last)
}
