//! Texts of outside providers: papers, the contract, and why nothing can be sold.

use crate::catalog::provider::PaperKind;
use crate::money::Cents;
use crate::time::Date;

pub const PROVIDERS: &str = "Providers";
pub const PROVIDERS_LEAD: &str =
    "Outside providers whose services units broker. What one person records another checks; nothing is sold without all three papers.";
pub const NO_PROVIDERS: &str = "No outside provider yet";
pub const NO_PROVIDERS_TEXT: &str = "Add the provider by the name that your services give it; then record its contract, insurance and clearance.";
pub const ADD_PROVIDER: &str = "Add a provider";
pub const PROVIDER_NAME: &str = "Name";
pub const PROVIDER_NAME_HINT: &str = "As your services name it; it does not change later.";
pub const PROVIDER_MAIL: &str = "E-mail of its contact";
pub const PROVIDER_ADDED: &str = "Added. Record its papers next.";
pub const RECORD_PAPER: &str = "Record a paper";
pub const PAPER: &str = "Paper";
pub const PAPERS: &str = "Papers";
pub const REFERENCE: &str = "Reference";
pub const REFERENCE_HINT: &str = "The contract's or policy's number, or where it is filed.";
pub const UNTIL: &str = "Good until";
pub const NOT_TO_EXCEED: &str = "Not to exceed, this fiscal year";
pub const PAPER_RECORDED: &str = "Recorded. It counts once somebody else has checked it.";
pub const CHECK_GOOD: &str = "It is as recorded";
pub const CHECK_BAD: &str = "Refuse";
pub const CHECK_NOTE: &str = "Why it is refused";
pub const CHECK_DONE: &str = "Noted.";
pub const CAN_BE_SOLD: &str = "Can be sold";
pub const CANNOT_BE_SOLD: &str = "Cannot be sold";
pub const CONTRACT_USED: &str = "Drawn from the contract";
pub const PROVIDER_TAKEN: &str = "This unit has a provider of that name already.";
pub const AMOUNT_FOR_CONTRACT: &str = "Write what the orders of this fiscal year may come to.";
pub const ALREADY_OVER: &str = "This day has passed. Record a paper that still holds.";
pub const CONTRACTED_OUT: &str = "Contracted out";
pub const CONTRACTED_OUT_TEXT: &str = "An outside provider delivers this, not the district's own staff.";
pub const BROKERAGE_FEE: &str = "Brokerage in the price";
pub const PROVIDER_PEOPLE: &str = "People who sign in";
pub const NO_PROVIDER_PEOPLE: &str = "Nobody of this provider signs in. Invite whoever delivers, so that they see their orders and record their days.";
pub const INVITE_PROVIDER_PERSON: &str = "Invite a person of the provider";
pub const INVITE_PROVIDER_NOTE: &str =
    "They see this provider's orders: what, where, when. Never budgets, prices, approvals, questions, ratings or other providers. When a paper runs out they see nothing new.";
pub const PROVIDER_PERSON_NAME: &str = "Name of the person";
pub const PROVIDER_PERSON_MAIL: &str = "E-mail address of the person";
pub const PROVIDER_PERSON_INVITED: &str = "The invitation is on its way.";
pub const PROVIDER_PERSON_ENDED: &str = "Ended. They see nothing more.";
pub const NOT_ACCEPTED_YET: &str = "invitation not accepted";
pub const END_ACCESS: &str = "End access";
pub const DO_RENEW: &str = "Renew the papers";
pub const DO_CHECK_PAPERS: &str = "Check the papers";
pub const PROVIDERS_LINK: &str = "/providers";

fn paper(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Contract => "contract",
        PaperKind::Insurance => "insurance",
        PaperKind::Clearance => "clearance",
    }
}

pub fn paper_missing(provider: &str, kind: PaperKind) -> String {
    format!("{provider} has no checked {} on file. The unit records it and the budget office checks it; until then nothing is sold.", paper(kind))
}

pub fn paper_over(provider: &str, kind: PaperKind, until: Date) -> String {
    format!("The {} of {provider} ran out on {}. The unit records a new one; until it is checked nothing is sold.", paper(kind), until.to_words())
}

pub fn paper_ending(provider: &str, kind: PaperKind, until: Date) -> String {
    format!("The {} of {provider} ends on {}", paper(kind), until.to_words())
}

pub fn papers_lacking(provider: &str) -> String {
    format!("{provider} cannot be sold: papers are missing or over")
}

pub fn papers_to_check(many: usize) -> String {
    if many == 1 { "1 paper of a provider waits for its check".to_owned() } else { format!("{many} papers of providers wait for their check") }
}

pub fn provider_unknown(provider: &str) -> String {
    format!("{provider} is not among the unit's vetted providers. Ask the unit; until its papers are checked nothing is sold.")
}

pub fn contract_left(provider: &str, left: Cents) -> String {
    format!("The contract with {provider} has only {left} left this fiscal year. Choose a smaller package, or ask the unit to have it raised.")
}

pub fn brokerage_in_price(fee: Cents) -> String {
    format!("The price holds {fee} of brokerage, the district's fee for vetting and the contract.")
}

pub fn drawn_of(drawn: Cents, most: Cents) -> String {
    format!("{drawn} of {most}")
}

pub fn end_access(name: &str) -> String {
    format!("End access of {name}")
}

/// On the shelf's card: the district's fee inside the price.
pub fn brokerage_share(share: crate::money::BasisPoints) -> String {
    format!("{} brokerage", percent(share))
}

/// `15 %`, `12.5 %`.
fn percent(share: crate::money::BasisPoints) -> String {
    let (whole, rest) = (share.0 / 100, share.0 % 100);
    match rest {
        0 => format!("{whole} %"),
        rest if rest % 10 == 0 => format!("{whole}.{} %", rest / 10),
        rest => format!("{whole}.{rest:02} %"),
    }
}

pub fn recorded_by(name: &str) -> String {
    format!("recorded by {name}")
}

pub fn checked_by(name: &str) -> String {
    format!("checked by {name}")
}
