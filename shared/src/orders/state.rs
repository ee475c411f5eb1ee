//! The order's state machine and that of its delivery entries: which command is possible when, and what it does to the money.
//!
//! Who may give a command is the server's to decide; what is possible at all is decided here, for server and browser alike.

use super::{DeliveryState, OrderState};

/// Something that somebody does to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderCommand {
    /// Changes quantity, start, goal or split; a returned order comes back into the cart.
    Edit,
    /// Takes it out of the cart.
    Remove,
    /// Submits for approval.
    Submit,
    /// Submits, and the policy approves at once.
    ApproveByPolicy,
    Approve {
        then: Landing,
    },
    Return,
    /// The unit says yes; beside the approval while that is open.
    Accept,
    Counter,
    /// The school takes what the unit offered.
    TakeAlternative {
        needs_approval: bool,
        /// It is another unit's, which has yet to answer.
        elsewhere: bool,
    },
    Withdraw,
    /// Ends an accepted order by its terms; not while an entry waits for its receiver.
    Cancel {
        deliveries_open: bool,
    },
    LogDelivery,
    ConfirmDelivery {
        /// This entry brings the last of the ordered units.
        completes: bool,
    },
    DisputeDelivery,
    /// The unit corrects a disputed entry, or stands by it.
    AnswerDispute,
    /// A receiver disputes what silence confirmed; the budget office lets it stand.
    ContestDelivery,
    RetractDelivery,
    ReverseDelivery,
    /// Some of the rest goes back, or to another school.
    TakeOff {
        /// What stays is delivered already.
        completes: bool,
    },
    /// The whole rest is swapped for another package, which becomes an order of its own; not while an entry is open.
    SwapRest {
        /// Something was delivered before.
        delivered: bool,
        deliveries_open: bool,
    },
    /// Both sides agreed to a change, and what it costs is approved.
    Change {
        /// What stays is delivered already.
        completes: bool,
    },
    /// An order that comes of another: its unit has accepted already.
    TakeOver,
    Close,
}

impl OrderCommand {
    /// Every command with every value of its data, for tables and tests.
    pub const ALL: &'static [Self] = &[
        Self::Edit,
        Self::Remove,
        Self::Submit,
        Self::ApproveByPolicy,
        Self::Approve { then: Landing::NextStep },
        Self::Approve { then: Landing::Unanswered },
        Self::Approve { then: Landing::Available },
        Self::Approve { then: Landing::Countered },
        Self::Return,
        Self::Accept,
        Self::Counter,
        Self::TakeAlternative { needs_approval: false, elsewhere: false },
        Self::TakeAlternative { needs_approval: false, elsewhere: true },
        Self::TakeAlternative { needs_approval: true, elsewhere: false },
        Self::TakeAlternative { needs_approval: true, elsewhere: true },
        Self::Withdraw,
        Self::Cancel { deliveries_open: false },
        Self::Cancel { deliveries_open: true },
        Self::LogDelivery,
        Self::ConfirmDelivery { completes: false },
        Self::ConfirmDelivery { completes: true },
        Self::DisputeDelivery,
        Self::AnswerDispute,
        Self::ContestDelivery,
        Self::RetractDelivery,
        Self::ReverseDelivery,
        Self::TakeOff { completes: false },
        Self::TakeOff { completes: true },
        Self::SwapRest { delivered: false, deliveries_open: false },
        Self::SwapRest { delivered: true, deliveries_open: false },
        Self::SwapRest { delivered: true, deliveries_open: true },
        Self::Change { completes: false },
        Self::Change { completes: true },
        Self::TakeOver,
        Self::Close,
    ];
}

/// What an approval meets when it lands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Landing {
    /// Another step of the approval is still to come.
    NextStep,
    /// The last step; the unit has not answered yet.
    Unanswered,
    /// The last step; the unit has said that it can.
    Available,
    /// The last step; the unit has said “no, but…”, and the school has yet to choose.
    Countered,
}

/// What a command does to the order's money; the server posts exactly this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyEffect {
    Untouched,
    /// Available → encumbered, pending: pre-encumbered.
    Reserve,
    /// Available → encumbered, posted at once.
    Encumber,
    /// The pending transfer is posted.
    PostReservation,
    /// The pending transfer is voided.
    VoidReservation,
    /// What is encumbered becomes available.
    Release,
    /// What is encumbered becomes available and the new price is encumbered.
    Reencumber,
    /// What is encumbered becomes available and the new price is reserved.
    ReleaseAndReserve,
    /// The pending transfer is voided and the new price is reserved.
    VoidAndReserve,
    /// The pending transfer is voided and the new price is encumbered.
    VoidAndEncumber,
    /// What was not delivered becomes available, less what the terms keep.
    ReleaseByTerms,
    /// A part of what is encumbered becomes available.
    ReleasePart,
    /// What is encumbered is brought to another price: more is posted, or a part becomes available.
    Adjust,
    /// All that was not delivered becomes available, less what the terms keep; what was delivered stays.
    ReleaseRest,
    /// Encumbered → spent, and earned by the unit.
    Spend,
    /// Spent → encumbered, and the unit's earning is taken back.
    Unspend,
    /// As `Unspend`, and then available: the order has ended already.
    UnspendAndRelease,
}

/// What an order is after a command, and what happens to its money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome<State> {
    pub state: State,
    pub money: MoneyEffect,
}

/// Why a command is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotInThisState,
    /// A delivery waits for its receiver; it is confirmed, disputed or taken back first.
    DeliveryOpen,
}

type Step = Result<Outcome<OrderState>, Refusal>;

const fn step(state: OrderState, money: MoneyEffect) -> Step {
    Ok(Outcome { state, money })
}

const NOT_NOW: Step = Err(Refusal::NotInThisState);

/// The order after `command`.
///
/// Invariant: money is pre-encumbered in `Submitted` only, encumbered from `Approved` until `Delivered`, and free in every
/// state that has ended without delivery. Errors: the command is not possible now.
pub const fn apply(state: OrderState, command: OrderCommand) -> Result<Outcome<OrderState>, Refusal> {
    match state {
        OrderState::Draft | OrderState::Returned => in_cart(state, command),
        OrderState::Submitted => submitted(command),
        OrderState::Approved => approved(command),
        OrderState::Countered => countered(command),
        OrderState::Accepted | OrderState::InDelivery => in_work(state, command),
        OrderState::Delivered | OrderState::Closed | OrderState::Withdrawn | OrderState::Cancelled => ended(state, command),
    }
}

const fn in_cart(state: OrderState, command: OrderCommand) -> Step {
    use OrderCommand::*;
    let returned = matches!(state, OrderState::Returned);
    match command {
        Edit => step(OrderState::Draft, MoneyEffect::Untouched),
        Remove => step(OrderState::Withdrawn, MoneyEffect::Untouched),
        Withdraw if returned => step(OrderState::Withdrawn, MoneyEffect::Untouched),
        Submit if !returned => step(OrderState::Submitted, MoneyEffect::Reserve),
        ApproveByPolicy if !returned => step(OrderState::Approved, MoneyEffect::Encumber),
        TakeOver if !returned => step(OrderState::Accepted, MoneyEffect::Encumber),
        Submit | ApproveByPolicy | TakeOver | Withdraw | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        TakeAlternative { .. } | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | AnswerDispute | ContestDelivery => NOT_NOW,
        TakeOff { completes: true | false } | Change { completes: true | false } => NOT_NOW,
        SwapRest { delivered: true | false, deliveries_open: true | false } => NOT_NOW,
        RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn submitted(command: OrderCommand) -> Step {
    use OrderCommand::*;
    match command {
        Approve { then: Landing::NextStep } => step(OrderState::Submitted, MoneyEffect::Untouched),
        Approve { then: Landing::Unanswered } => step(OrderState::Approved, MoneyEffect::PostReservation),
        Approve { then: Landing::Available } => step(OrderState::Accepted, MoneyEffect::PostReservation),
        Approve { then: Landing::Countered } => step(OrderState::Countered, MoneyEffect::PostReservation),
        Return => step(OrderState::Returned, MoneyEffect::VoidReservation),
        Withdraw => step(OrderState::Withdrawn, MoneyEffect::VoidReservation),
        // The unit looks at it beside the approval; what it says waits for that to land.
        Accept | Counter => step(OrderState::Submitted, MoneyEffect::Untouched),
        TakeAlternative { needs_approval: true, .. } => step(OrderState::Submitted, MoneyEffect::VoidAndReserve),
        TakeAlternative { elsewhere: true, .. } => step(OrderState::Approved, MoneyEffect::VoidAndEncumber),
        TakeAlternative { .. } => step(OrderState::Accepted, MoneyEffect::VoidAndEncumber),
        Edit | Remove | Submit | ApproveByPolicy | TakeOver | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | AnswerDispute | ContestDelivery => NOT_NOW,
        TakeOff { completes: true | false } | Change { completes: true | false } => NOT_NOW,
        SwapRest { delivered: true | false, deliveries_open: true | false } => NOT_NOW,
        RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn approved(command: OrderCommand) -> Step {
    use OrderCommand::*;
    match command {
        Accept => step(OrderState::Accepted, MoneyEffect::Untouched),
        Counter => step(OrderState::Countered, MoneyEffect::Untouched),
        Withdraw => step(OrderState::Withdrawn, MoneyEffect::Release),
        Change { completes: false } => step(OrderState::Approved, MoneyEffect::Adjust),
        Edit | Remove | Submit | ApproveByPolicy | TakeOver | Approve { .. } | Return => NOT_NOW,
        TakeAlternative { .. } | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | AnswerDispute | ContestDelivery => NOT_NOW,
        TakeOff { completes: true | false } | Change { completes: true } => NOT_NOW,
        SwapRest { delivered: true | false, deliveries_open: true | false } => NOT_NOW,
        RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn countered(command: OrderCommand) -> Step {
    use OrderCommand::*;
    match command {
        // The unit offered it, so taking it is an agreement: nobody is asked again.
        TakeAlternative { needs_approval: true, .. } => step(OrderState::Submitted, MoneyEffect::ReleaseAndReserve),
        TakeAlternative { elsewhere: true, .. } => step(OrderState::Approved, MoneyEffect::Reencumber),
        TakeAlternative { .. } => step(OrderState::Accepted, MoneyEffect::Reencumber),
        Withdraw => step(OrderState::Withdrawn, MoneyEffect::Release),
        Edit | Remove | Submit | ApproveByPolicy | TakeOver | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        Cancel { deliveries_open: true | false } | LogDelivery | ConfirmDelivery { completes: true | false } => NOT_NOW,
        TakeOff { completes: true | false } | Change { completes: true | false } => NOT_NOW,
        SwapRest { delivered: true | false, deliveries_open: true | false } => NOT_NOW,
        DisputeDelivery | AnswerDispute | ContestDelivery | RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn in_work(state: OrderState, command: OrderCommand) -> Step {
    use OrderCommand::*;
    let delivering = matches!(state, OrderState::InDelivery);
    match command {
        LogDelivery => step(OrderState::InDelivery, MoneyEffect::Untouched),
        Cancel { deliveries_open: false } => step(OrderState::Cancelled, MoneyEffect::ReleaseByTerms),
        Cancel { deliveries_open: true } | SwapRest { deliveries_open: true, .. } => Err(Refusal::DeliveryOpen),
        TakeOff { completes: false } => step(state, MoneyEffect::ReleasePart),
        TakeOff { completes: true } if delivering => step(OrderState::Delivered, MoneyEffect::ReleasePart),
        Change { completes: false } => step(state, MoneyEffect::Adjust),
        Change { completes: true } if delivering => step(OrderState::Delivered, MoneyEffect::Adjust),
        SwapRest { delivered: false, deliveries_open: false } => step(OrderState::Cancelled, MoneyEffect::ReleaseByTerms),
        SwapRest { delivered: true, deliveries_open: false } if delivering => step(OrderState::Delivered, MoneyEffect::ReleaseRest),
        ConfirmDelivery { completes: false } if delivering => step(OrderState::InDelivery, MoneyEffect::Spend),
        ConfirmDelivery { completes: true } if delivering => step(OrderState::Delivered, MoneyEffect::Spend),
        DisputeDelivery | AnswerDispute | ContestDelivery | RetractDelivery if delivering => {
            step(OrderState::InDelivery, MoneyEffect::Untouched)
        }
        ReverseDelivery if delivering => step(OrderState::InDelivery, MoneyEffect::Unspend),
        ConfirmDelivery { completes: true | false } | DisputeDelivery | AnswerDispute | ContestDelivery => NOT_NOW,
        RetractDelivery | ReverseDelivery | TakeOff { completes: true } | Change { completes: true } => NOT_NOW,
        SwapRest { delivered: true, deliveries_open: false } => NOT_NOW,
        Edit | Remove | Submit | ApproveByPolicy | TakeOver | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        TakeAlternative { .. } | Withdraw | Close => NOT_NOW,
    }
}

const fn ended(state: OrderState, command: OrderCommand) -> Step {
    use OrderCommand::*;
    let delivered = matches!(state, OrderState::Delivered);
    let delivered_once = matches!(state, OrderState::Delivered | OrderState::Closed);
    let cancelled = matches!(state, OrderState::Cancelled);
    match command {
        Close if delivered => step(OrderState::Closed, MoneyEffect::Untouched),
        ContestDelivery if delivered_once || cancelled => step(state, MoneyEffect::Untouched),
        // What was confirmed in error is owed again.
        ReverseDelivery if delivered_once => step(OrderState::InDelivery, MoneyEffect::Unspend),
        ReverseDelivery if cancelled => step(OrderState::Cancelled, MoneyEffect::UnspendAndRelease),
        Close | ReverseDelivery | Edit | Remove | Submit | ApproveByPolicy | TakeOver | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        TakeAlternative { .. } | Withdraw | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | AnswerDispute | ContestDelivery => NOT_NOW,
        TakeOff { completes: true | false } | Change { completes: true | false } => NOT_NOW,
        SwapRest { delivered: true | false, deliveries_open: true | false } => NOT_NOW,
        RetractDelivery => NOT_NOW,
    }
}

/// Something that somebody does to a delivery entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryCommand {
    Confirm,
    Dispute,
    /// The unit writes it anew; it waits for the receiver again.
    Correct,
    /// The unit says that a disputed entry is right.
    StandBy,
    /// A receiver disputes what silence confirmed.
    Contest,
    /// The budget office finds the unit right.
    Uphold,
    /// The budget office finds the school right before anything was spent.
    Overrule,
    /// The unit takes it back before it is confirmed.
    Retract,
    /// The budget office takes it back after.
    Reverse,
}

impl DeliveryCommand {
    pub const ALL: &'static [Self] = &[
        Self::Confirm,
        Self::Dispute,
        Self::Correct,
        Self::StandBy,
        Self::Contest,
        Self::Uphold,
        Self::Overrule,
        Self::Retract,
        Self::Reverse,
    ];
}

/// The entry after `command`. A dispute is settled by the unit correcting the entry or taking it back; where it stands by it, by the
/// budget office.
///
/// Errors: the command is not possible now.
pub const fn apply_delivery(state: DeliveryState, command: DeliveryCommand) -> Result<Outcome<DeliveryState>, Refusal> {
    use DeliveryCommand::*;
    let (state, money) = match state {
        DeliveryState::Logged => match command {
            Confirm => (DeliveryState::Confirmed, MoneyEffect::Spend),
            Dispute => (DeliveryState::Disputed, MoneyEffect::Untouched),
            Correct => (DeliveryState::Logged, MoneyEffect::Untouched),
            Retract => (DeliveryState::Reversed, MoneyEffect::Untouched),
            StandBy | Contest | Uphold | Overrule | Reverse => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Disputed => match command {
            Correct => (DeliveryState::Logged, MoneyEffect::Untouched),
            StandBy => (DeliveryState::StoodBy, MoneyEffect::Untouched),
            Retract => (DeliveryState::Reversed, MoneyEffect::Untouched),
            Confirm | Dispute | Contest | Uphold | Overrule | Reverse => return Err(Refusal::NotInThisState),
        },
        DeliveryState::StoodBy => match command {
            Correct => (DeliveryState::Logged, MoneyEffect::Untouched),
            Uphold => (DeliveryState::Confirmed, MoneyEffect::Spend),
            Overrule | Retract => (DeliveryState::Reversed, MoneyEffect::Untouched),
            Confirm | Dispute | StandBy | Contest | Reverse => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Confirmed => match command {
            Contest => (DeliveryState::Contested, MoneyEffect::Untouched),
            Reverse => (DeliveryState::Reversed, MoneyEffect::Unspend),
            Confirm | Dispute | Correct | StandBy | Uphold | Overrule | Retract => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Contested => match command {
            Uphold => (DeliveryState::Confirmed, MoneyEffect::Untouched),
            Reverse => (DeliveryState::Reversed, MoneyEffect::Unspend),
            Confirm | Dispute | Correct | StandBy | Contest | Overrule | Retract => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Reversed => match command {
            Confirm | Dispute | Correct | StandBy | Contest | Uphold | Overrule | Retract | Reverse => {
                return Err(Refusal::NotInThisState);
            }
        },
    };
    Ok(Outcome { state, money })
}

#[cfg(test)]
mod tests;
