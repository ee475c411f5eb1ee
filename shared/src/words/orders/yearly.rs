//! Texts of renewals and yearly choices.

use crate::money::Cents;
use crate::orders::renewal::Decision;
use crate::orders::selection::{NotChoosable, Phase};
use crate::time::Date;

// Renewals.
pub const RENEWALS: &str = "Renewals";
pub const RENEWALS_LINK: &str = "/renewals";
pub const RENEWALS_LEAD: &str = "This year's orders for the next year, with next year's price. Renewed ones stand in the cart on the first day of that year.";
pub const RENEW_ALL: &str = "Renew all that are open";
pub const SAVE_DECISIONS: &str = "Save decisions";
pub const DECISION: &str = "Next year";
pub const PRICE_NOW: &str = "This year";
pub const PRICE_NEXT: &str = "Next year's price";
pub const LOCKED: &str = "Locked price";
pub const NOT_PUBLISHED_YET: &str = "Next year's menu is not published yet; this year's price stands in.";
pub const GONE_NEXT_YEAR: &str = "Not offered next year. Drop it, and look on the shelf for something like it.";
pub const NO_RENEWALS: &str = "Nothing to renew. Orders that the unit accepted this year stand here once renewals open.";
pub const WHO_RENEWS: &str = "Who renews";
pub const WHO_RENEWS_LEAD: &str = "What schools decided about next year, and who has not yet.";
pub const UNDECIDED: &str = "Undecided";
pub const WHY_DROPPED: &str = "Why not";
pub const SAY_WHY_DROPPED: &str = "Say in a sentence why you drop it; the unit learns from it.";
pub const GONE_CANNOT_RENEW: &str = "It is not offered next year, so it can only be dropped.";
pub const LOCKED_QUANTITY: &str = "The locked price is for the quantity that was agreed. Renew it as it is, or change it at next year's price.";
pub const RENEWALS_SHUT: &str = "Renewals are not open.";

pub fn renewals_window(opens: Option<Date>, closes: Option<Date>) -> String {
    match (opens, closes) {
        (Some(opens), Some(closes)) => format!("Open {} to {}.", opens.to_words(), closes.to_words()),
        (Some(_) | None, _) => String::new(),
    }
}

pub fn decided_of(done: usize, all: usize) -> String {
    format!("{done} of {all} decided")
}

pub fn locked_words(year: u8, years: u8) -> String {
    format!("Year {year} of {years} at the locked price")
}

pub fn price_change(now: Cents, next: Cents) -> String {
    if next == now {
        "as this year".to_owned()
    } else if next > now {
        format!("+{}", next.saturating_sub(now))
    } else {
        format!("-{}", now.saturating_sub(next))
    }
}

pub fn totals(now: Cents, next: Cents) -> String {
    format!("{now} this year, {next} next year")
}

pub fn decided(many: usize) -> String {
    if many == 1 { "Decided about 1 renewal".to_owned() } else { format!("Decided about {many} renewals") }
}

pub const fn decision_title(decision: Option<Decision>) -> &'static str {
    match decision {
        Some(decision) => decision.title(),
        None => UNDECIDED,
    }
}

pub fn tell_renewals_open(year: &str, closes: Date) -> String {
    format!("Renewals for {year} are open until {}: renew, change or drop this year's orders", closes.to_words())
}

pub fn tell_dropped(school: &str, title: &str, reason: &str) -> String {
    format!("{school} does not renew {title}: {reason}")
}

pub fn tell_renewed_in_cart(many: usize) -> String {
    if many == 1 { "Your renewal stands in the cart of the new year; submit it".to_owned() } else { format!("Your {many} renewals stand in the cart of the new year; submit them") }
}

pub fn renewed_from(number: u32) -> String {
    format!("Renewed from order {number}")
}

// Yearly choices.
pub const CHOICES: &str = "Yearly choices";
pub const CHOICES_LINK: &str = "/choices";
pub const CHOICES_LEAD: &str = "Each school chooses exactly one of each group for the next year.";
pub const NO_CHOICES: &str = "No group is open for choosing. The budget office sets them up here before the window opens.";
pub const CHOOSE_THIS: &str = "Choose";
pub const CHOSEN: &str = "Chosen";
pub const YOUR_CHOICE: &str = "Your choice";
pub const NOTHING_CHOSEN: &str = "Nothing is chosen yet";
pub const FEE: &str = "Fee for your school";
pub const TAKE_UP: &str = "Schools";
pub const FAILED: &str = "Too few schools";
pub const SHORT: &str = "Below the minimum";
pub const WITHOUT_CHOICE: &str = "Schools without a choice that stands";
pub const ALL_CHOSE: &str = "Every school has chosen.";
pub const NEW_GROUP: &str = "New group";
pub const GROUP_TITLE: &str = "What is chosen";
pub const GROUP_ABOUT: &str = "What it is about";
pub const MINIMUM: &str = "Schools an offer needs at least";
pub const CAPACITY: &str = "Room for schools";
pub const GROUP_OFFERS: &str = "Offers";
pub const CHOOSE_OFFERS: &str = "Choose at least two services.";
pub const CAPACITY_RANGE: &str = "Room for 1 to 10,000 schools.";
pub const MINIMUM_RANGE: &str = "At least 1 and at most as many as there is room for.";
pub const SERVICE_GONE: &str = "One of the services is not on the shelf any more. Choose again.";
pub const OFFER_FULL: &str = "It has room for no more schools. Choose another, or ask the unit.";
pub const ALL_OFFERS_STAND: &str = "The window closed; every offer found enough schools.";
pub const ALREADY_YOURS: &str = "That is your choice already.";

pub const fn phase_title(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "Not open yet",
        Phase::Open => "Open",
        Phase::Again => "Open to choose again",
        Phase::Over => "Closed",
    }
}

/// What a school can do in a phase, and until when.
pub fn phase_words(phase: Phase, opens: Option<Date>, closes: Option<Date>, again: Option<Date>) -> String {
    let day = |day: Option<Date>| day.map_or_else(String::new, Date::to_words);
    match phase {
        Phase::Before => format!("Opens {}.", day(opens)),
        Phase::Open => format!("Choose until {}; until then you can switch as often as you like.", day(closes)),
        Phase::Again => format!("Schools whose offer found too few choose again until {}; all others keep their choice.", day(again)),
        Phase::Over => "The choices stand for the year.".to_owned(),
    }
}

pub fn not_choosable(why: NotChoosable) -> String {
    match why {
        NotChoosable::NotOpen(Phase::Before) => "The window has not opened yet. Its day stands beside the group.".to_owned(),
        NotChoosable::NotOpen(_) => "The window has closed. Ask the budget office if something changed.".to_owned(),
        NotChoosable::Failed => "This offer found too few schools and is not given. Choose another.".to_owned(),
        NotChoosable::Stands => "The window has closed and your choice stands. Ask the budget office if something changed.".to_owned(),
    }
}

pub fn take_up(chosen: u32, capacity: u32) -> String {
    format!("{chosen} of {capacity}")
}

pub fn chose(title: &str, tier: &str) -> String {
    format!("Chose {title}, {tier}")
}

pub fn switched(from: &str, to: &str) -> String {
    format!("Switched from {from} to {to}")
}

pub fn group_made(title: &str, offers: usize) -> String {
    format!("Set up {title} with {offers} offers")
}

pub fn offer_failed(title: &str, chosen: u32, minimum: u32) -> String {
    format!("{title} found {chosen} of at least {minimum} schools and is not given")
}

pub fn tell_choice_open(group: &str, closes: Date) -> String {
    format!("{group}: choose for the next year until {}", closes.to_words())
}

pub fn tell_choose_again(group: &str, offer: &str, until: Date) -> String {
    format!("{group}: {offer} found too few schools; choose another until {}", until.to_words())
}

pub fn tell_offer_failed(group: &str, offer: &str) -> String {
    format!("{group}: {offer} found too few schools and is not given next year; keep, redesign or retire it")
}
