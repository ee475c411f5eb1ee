//! Texts of yearly choices.

use crate::orders::selection::{ChoicePhase, NotChoosable};
use crate::time::Date;

pub const LINK: &str = "/choices";
pub const TITLE: &str = "Yearly choices";
pub const LEAD: &str = "Each school chooses exactly one offer of each group for the next year. What too few choose is not given.";
pub const NONE: &str = "No group is set up for the next year. The budget office sets groups up here, before the window opens.";
pub const CHOOSE: &str = "Choose";
pub const SWITCH: &str = "Switch to this";
pub const CHOSEN: &str = "Your choice";
pub const SAVED: &str = "Chosen.";
pub const NOTHING_CHOSEN: &str = "Nothing is chosen yet.";
pub const ASSIGNED: &str = "Given by the budget office";
pub const FEE: &str = "Fee for your school";
pub const NO_FEE: &str = "no price for your school";
pub const THIS_YEARS_FEE: &str = "This year's fee stands in until next year's menu is published.";
pub const TAKE_UP: &str = "Schools";
pub const ROOM: &str = "Room for";
pub const FAILED: &str = "Too few schools: not given";
pub const SHORT: &str = "Below the minimum";
pub const FULL: &str = "Full";
pub const OFFER: &str = "Offer";
pub const STANDING: &str = "Standing";
pub const ENOUGH: &str = "Enough schools";
pub const WITHOUT: &str = "Schools without a choice that stands";
pub const ALL_CHOSE: &str = "Every school holds a choice that stands.";
pub const ASSIGN: &str = "Give the proposed offer";
pub const ASSIGNED_DONE: &str = "Given; the school knows.";
pub const REOPEN: &str = "Let them choose again";
pub const REOPENED: &str = "Reopened; the schools without a choice know.";
pub const UNTIL: &str = "Until";
pub const NEW_GROUP: &str = "New group";
pub const GROUP_TITLE: &str = "What is chosen";
pub const GROUP_ABOUT: &str = "What it is about";
pub const MINIMUM: &str = "Schools an offer needs at least";
pub const PROPOSED: &str = "Proposed to schools that choose none";
pub const NO_PROPOSAL: &str = "Nothing is proposed";
pub const OFFERS: &str = "Offers";
pub const SERVICE: &str = "Service";
pub const CAPACITY: &str = "Room for schools";
pub const ADD_OFFER: &str = "Add an offer";
pub const MAKE: &str = "Set the group up";
pub const MADE: &str = "The group is set up.";
pub const IN_CART: &str = "In the cart";

pub const OFFER_FULL: &str = "It has room for no more schools. Choose another, or ask the unit.";
pub const ALREADY_YOURS: &str = "That is your choice already.";
pub const SERVICE_GONE: &str = "Choose a service that is on the shelf, each only once.";
pub const CAPACITY_RANGE: &str = "Room for 1 to 10,000 schools.";
pub const CHOOSE_OFFERS: &str = "A group has 2 to 12 offers.";
pub const MINIMUM_RANGE: &str = "At least 1, and no more than each offer has room for.";
pub const PROPOSED_ELSEWHERE: &str = "Propose one of the group's own offers.";
pub const TOO_LATE_FOR_GROUP: &str = "The window of this year's choices has closed. Set a later last day under “Dates of the year” first.";
pub const STILL_OPEN: &str = "The window has not closed yet; every school can choose in it.";
pub const REOPEN_UNTIL: &str = "Choose a day from today on, before the year that is chosen for begins.";
pub const NOTHING_PROPOSED: &str = "This group proposes nothing. Let the school choose again.";
pub const ASSIGN_LATER: &str = "Schools can still choose for themselves. This is possible once the last day to choose again has passed.";
pub const HAS_CHOSEN: &str = "This school has chosen, and its choice stands.";
pub const ALL_OFFERS_STAND: &str = "The window closed; every offer found enough schools";

pub const fn phase_title(phase: ChoicePhase) -> &'static str {
    match phase {
        ChoicePhase::Before => "Not open yet",
        ChoicePhase::Open => "Open",
        ChoicePhase::Again => "Open to choose again",
        ChoicePhase::Over => "Closed",
    }
}

/// What a school can do in a phase, and until when.
pub fn phase_words(phase: ChoicePhase, opens: Option<Date>, closes: Option<Date>, again: Option<Date>) -> String {
    let day = |day: Option<Date>| day.map_or_else(String::new, Date::to_words);
    match phase {
        ChoicePhase::Before => format!("Opens {}, closes {}.", day(opens), day(closes)),
        ChoicePhase::Open => format!("Choose until {}; until then you can switch as often as you like.", day(closes)),
        ChoicePhase::Again => format!("Schools whose offer found too few, or that have not chosen, choose until {}; all others keep their choice.", day(again)),
        ChoicePhase::Over => "The choices stand for the year.".to_owned(),
    }
}

/// What a choice does and does not do.
pub fn intention(begins: Option<Date>) -> String {
    let day = begins.map_or_else(String::new, Date::to_words);
    format!("A choice takes a place, and no money. On {day}, or as soon after it as your new budget and the unit's new menu are there, it goes into your cart, and you submit it like any order.")
}

pub fn not_choosable(why: NotChoosable) -> String {
    match why {
        NotChoosable::NotOpen(ChoicePhase::Before) => "The window has not opened yet. Its day stands beside the group.".to_owned(),
        NotChoosable::NotOpen(_) => "The window has closed. Ask the budget office if something changed.".to_owned(),
        NotChoosable::Failed => "This offer found too few schools and is not given. Choose another.".to_owned(),
        NotChoosable::Stands => "The window has closed and your choice stands. Ask the budget office if something changed.".to_owned(),
    }
}

pub fn minimum_words(minimum: u32) -> String {
    format!("An offer is given from {minimum} schools on.")
}

pub fn take_up(chosen: u32, capacity: u32) -> String {
    format!("{chosen} of {capacity}")
}

pub fn choose_tier(title: &str, tier: &str) -> String {
    format!("Choose {title}, {tier}")
}

pub fn assign_to(school: &str) -> String {
    format!("Give the proposed offer to {school}")
}

pub fn on_desk(group: &str, school: &str) -> String {
    format!("{group}, {school}")
}

pub fn group_made(title: &str, offers: usize) -> String {
    format!("Set up {title} with {offers} offers")
}

pub fn chose(title: &str, tier: &str) -> String {
    format!("Chose {title}, {tier}")
}

pub fn switched(from: &str, to: &str, tier: &str) -> String {
    format!("Switched from {from} to {to}, {tier}")
}

pub fn assigned(title: &str, school: &str) -> String {
    format!("Gave {title} to {school}, which had not chosen")
}

pub fn reopened(until: Date) -> String {
    format!("Reopened the choices until {}", until.to_words())
}

pub fn offer_failed(title: &str, chosen: u32, minimum: u32) -> String {
    format!("{title} found {chosen} of at least {minimum} schools and is not given")
}

pub fn drafted_from(group: &str) -> String {
    format!("Chosen under {group}")
}

pub fn tell_open(group: &str, closes: Date) -> String {
    format!("{group}: choose for the next year until {}", closes.to_words())
}

pub fn tell_reminder(group: &str, closes: Date) -> String {
    format!("{group}: your school has not chosen yet; choose until {}", closes.to_words())
}

pub fn tell_choose_again(group: &str, offer: &str, until: Date) -> String {
    format!("{group}: {offer} found too few schools; choose another until {}", until.to_words())
}

pub fn tell_not_chosen(group: &str, until: Date) -> String {
    format!("{group}: the window has closed and your school has not chosen; choose until {}", until.to_words())
}

pub fn tell_reopened(group: &str, until: Date) -> String {
    format!("{group}: you can choose again until {}", until.to_words())
}

pub fn tell_offer_failed(group: &str, offer: &str) -> String {
    format!("{group}: {offer} found too few schools and is not given next year; keep, redesign or retire it")
}

pub fn tell_assigned(group: &str, offer: &str) -> String {
    format!("{group}: your school had not chosen, and the budget office gave it {offer}. Talk to it if that does not fit")
}

pub fn tell_in_cart(title: &str) -> String {
    format!("{title}, which your school chose for the year, stands in your cart; look at it and submit it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_says_until_when() {
        let day = |text: &str| text.parse::<Date>().ok();
        let said = |phase| phase_words(phase, day("2027-04-16"), day("2027-05-15"), day("2027-05-31"));
        assert!(said(ChoicePhase::Open).contains("15 May 2027") && said(ChoicePhase::Again).contains("31 May 2027"));
    }
}
