//! The one table of what can go wrong on the wire: code, HTTP status and the words a person reads.

use serde::{Deserialize, Serialize};

use crate::id::RequestId;

macro_rules! error_codes {
    ($($name:ident = $wire:literal, $status:literal, $text:literal;)*) => {
        /// A fact about a refused request. The wire name is stable; the text may be reworded.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum ErrorCode {
            $(#[serde(rename = $wire)] $name,)*
        }

        crate::names::read_by_name!(ErrorCode, [$($wire),*]);

        impl ErrorCode {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name on the wire.
            pub const fn wire(self) -> &'static str { match self { $(Self::$name => $wire),* } }

            /// The HTTP status that carries it.
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status),* } }

            /// What happened and what to do next, in plain words.
            pub const fn text(self) -> &'static str { match self { $(Self::$name => $text),* } }
        }
    };
}

error_codes! {
    // the caller
    SignInNeeded = "sign_in_needed", 401, "Sign in to go on.";
    SignInFailed = "sign_in_failed", 401, "That e-mail address and password do not match an account. Check both, or ask for a new password.";
    SignInThrottled = "sign_in_throttled", 429, "Too many tries. Wait a few minutes, or set a new password by mail.";
    LinkExpired = "link_expired", 410, "This link was used already or has expired. Ask for a new one.";
    NotAllowed = "not_allowed", 403, "Your role does not allow this. “What may I decide?” shows who can.";
    NotFound = "not_found", 404, "There is nothing here that you can see. Check the address, or ask whoever sent it.";
    CrossSite = "cross_site", 403, "This came from another site or an old page and was refused. Load the page again.";
    // the message
    BadInput = "bad_input", 422, "Some entries need another look.";
    Unreadable = "unreadable", 400, "The server could not read this. Load the page again and retry.";
    TooLarge = "too_large", 413, "This is larger than the server takes. Split it and send the parts.";
    WrongMediaType = "wrong_media_type", 415, "The server takes JSON here.";
    CommandMissing = "command_missing", 400, "A change needs its Command-Id header. Load the page again.";
    CommandReused = "command_reused", 409, "This command was used for something else. Load the page again and retry.";
    Stale = "stale", 409, "Somebody changed this while you were looking at it. Look at the new state, then decide again.";
    // money and rules
    NotEnoughMoney = "not_enough_money", 409, "A budget line does not hold enough. Choose another fund or a smaller package.";
    FundMayNotPay = "fund_may_not_pay", 409, "This fund may not pay for that. See the rule beside the fund and choose another.";
    FundUndecided = "fund_undecided", 409, "The budget office has yet to decide what this fund may pay for. Choose another fund or ask the budget office.";
    UnknownCode = "unknown_code", 422, "An account code is unknown or blank. Correct it; unknown codes are never skipped.";
    SplitDoesNotAddUp = "split_does_not_add_up", 422, "The funding split does not add up to the price. Adjust it until it does.";
    PriceChanged = "price_changed", 409, "The price changed since you looked. Look at the new price, then submit again.";
    PackageNotOnSale = "package_not_on_sale", 409, "This package is not on sale now. Choose another tier or ask the unit.";
    QuoteNeeded = "quote_needed", 409, "This is priced on request. Ask the unit; it can go into the cart once you have its quote.";
    GoalNeeded = "goal_needed", 422, "Name the plan goal this serves; the fund's rule asks for it.";
    ProviderNotVetted = "provider_not_vetted", 409, "The papers of this outside provider are not in order, so nothing of it can be sold. Ask the unit.";
    ContractExhausted = "contract_exhausted", 409, "The contract with this outside provider does not allow so much more this year. Choose a smaller package or ask the unit.";
    NoCapacity = "no_capacity", 409, "The unit has no capacity left for this. Join the waiting list, or choose another date or tier.";
    PeriodClosed = "period_closed", 409, "That fiscal year is closed. Use a budget line of the open year.";
    NotInThisState = "not_in_this_state", 409, "This is no longer possible at this stage. Look at the timeline for what is.";
    NotYourOwn = "not_your_own", 403, "Nobody decides on what they asked for themselves. Another person has to do this.";
    AnswerNeedsReason = "answer_needs_reason", 422, "A no needs its reason, and either an alternative or the rule with an offer to talk.";
    NotPublishable = "not_publishable", 422, "The menu is not ready. The checklist shows what is missing.";
    ImportNotReady = "import_not_ready", 409, "This import cannot be published. See its report.";
    AlreadyExists = "already_exists", 409, "There is one of these already.";
    // the machinery
    Busy = "busy", 503, "The server is busy. Your work is kept here; try again in a moment.";
    DiskFull = "disk_full", 507, "The server cannot store anything now. Your work is kept here; tell your administrator.";
    Internal = "internal", 500, "Something went wrong on our side and was logged. Nothing was changed. Try again, and quote the number below if it stays.";
}

/// One entry of a form that needs another look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The form's own name of the field, `lines.2.amount` for parts of lists.
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A refusal as it travels. `message` may be more exact than the code's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApiError {
    pub code: ErrorCode,
    pub message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
}

impl ApiError {
    pub fn new(code: ErrorCode) -> Self {
        Self { code, message: code.text().to_owned(), fields: Vec::new(), request_id: None }
    }

    pub fn with_fields(code: ErrorCode, fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::new(code) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_says_what_to_do_in_a_sentence() {
        for code in ErrorCode::ALL {
            assert!(code.text().ends_with('.'), "{}", code.wire());
            assert!((400..600).contains(&code.status()), "{}", code.wire());
        }
        assert_eq!(ErrorCode::ALL.iter().map(|c| c.wire()).collect::<HashSet<_>>().len(), ErrorCode::ALL.len());
    }
}
