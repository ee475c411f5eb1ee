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
    RetractDelivery,
    ReverseDelivery,
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
        Self::TakeAlternative { needs_approval: false },
        Self::TakeAlternative { needs_approval: true },
        Self::Withdraw,
        Self::Cancel { deliveries_open: false },
        Self::Cancel { deliveries_open: true },
        Self::LogDelivery,
        Self::ConfirmDelivery { completes: false },
        Self::ConfirmDelivery { completes: true },
        Self::DisputeDelivery,
        Self::RetractDelivery,
        Self::ReverseDelivery,
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
        Submit | ApproveByPolicy | Withdraw | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        TakeAlternative { needs_approval: true | false } | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | RetractDelivery | ReverseDelivery | Close => NOT_NOW,
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
        TakeAlternative { needs_approval: true } => step(OrderState::Submitted, MoneyEffect::VoidAndReserve),
        TakeAlternative { needs_approval: false } => step(OrderState::Accepted, MoneyEffect::VoidAndEncumber),
        Edit | Remove | Submit | ApproveByPolicy | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn approved(command: OrderCommand) -> Step {
    use OrderCommand::*;
    match command {
        Accept => step(OrderState::Accepted, MoneyEffect::Untouched),
        Counter => step(OrderState::Countered, MoneyEffect::Untouched),
        Withdraw => step(OrderState::Withdrawn, MoneyEffect::Release),
        Edit | Remove | Submit | ApproveByPolicy | Approve { .. } | Return => NOT_NOW,
        TakeAlternative { needs_approval: true | false } | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn countered(command: OrderCommand) -> Step {
    use OrderCommand::*;
    match command {
        // The unit offered it, so taking it is an agreement: nobody is asked again.
        TakeAlternative { needs_approval: false } => step(OrderState::Accepted, MoneyEffect::Reencumber),
        TakeAlternative { needs_approval: true } => step(OrderState::Submitted, MoneyEffect::ReleaseAndReserve),
        Withdraw => step(OrderState::Withdrawn, MoneyEffect::Release),
        Edit | Remove | Submit | ApproveByPolicy | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        Cancel { deliveries_open: true | false } | LogDelivery | ConfirmDelivery { completes: true | false } => NOT_NOW,
        DisputeDelivery | RetractDelivery | ReverseDelivery | Close => NOT_NOW,
    }
}

const fn in_work(state: OrderState, command: OrderCommand) -> Step {
    use OrderCommand::*;
    let delivering = matches!(state, OrderState::InDelivery);
    match command {
        LogDelivery => step(OrderState::InDelivery, MoneyEffect::Untouched),
        Cancel { deliveries_open: false } => step(OrderState::Cancelled, MoneyEffect::ReleaseByTerms),
        Cancel { deliveries_open: true } => Err(Refusal::DeliveryOpen),
        ConfirmDelivery { completes: false } if delivering => step(OrderState::InDelivery, MoneyEffect::Spend),
        ConfirmDelivery { completes: true } if delivering => step(OrderState::Delivered, MoneyEffect::Spend),
        DisputeDelivery | RetractDelivery if delivering => step(OrderState::InDelivery, MoneyEffect::Untouched),
        ReverseDelivery if delivering => step(OrderState::InDelivery, MoneyEffect::Unspend),
        ConfirmDelivery { completes: true | false } | DisputeDelivery | RetractDelivery | ReverseDelivery => NOT_NOW,
        Edit | Remove | Submit | ApproveByPolicy | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        TakeAlternative { needs_approval: true | false } | Withdraw | Close => NOT_NOW,
    }
}

const fn ended(state: OrderState, command: OrderCommand) -> Step {
    use OrderCommand::*;
    let delivered = matches!(state, OrderState::Delivered);
    let delivered_once = matches!(state, OrderState::Delivered | OrderState::Closed);
    let cancelled = matches!(state, OrderState::Cancelled);
    match command {
        Close if delivered => step(OrderState::Closed, MoneyEffect::Untouched),
        // What was confirmed in error is owed again.
        ReverseDelivery if delivered_once => step(OrderState::InDelivery, MoneyEffect::Unspend),
        ReverseDelivery if cancelled => step(OrderState::Cancelled, MoneyEffect::UnspendAndRelease),
        Close | ReverseDelivery | Edit | Remove | Submit | ApproveByPolicy | Approve { .. } | Return | Accept | Counter => NOT_NOW,
        TakeAlternative { needs_approval: true | false } | Withdraw | Cancel { deliveries_open: true | false } => NOT_NOW,
        LogDelivery | ConfirmDelivery { completes: true | false } | DisputeDelivery | RetractDelivery => NOT_NOW,
    }
}

/// Something that somebody does to a delivery entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryCommand {
    Confirm,
    Dispute,
    /// The unit takes it back before it is confirmed.
    Retract,
    /// The budget office takes it back after.
    Reverse,
}

impl DeliveryCommand {
    pub const ALL: &'static [Self] = &[Self::Confirm, Self::Dispute, Self::Retract, Self::Reverse];
}

/// The entry after `command`. A dispute is settled by the unit taking the entry back and logging what is right.
///
/// Errors: the command is not possible now.
pub const fn apply_delivery(state: DeliveryState, command: DeliveryCommand) -> Result<Outcome<DeliveryState>, Refusal> {
    use DeliveryCommand::*;
    let (state, money) = match state {
        DeliveryState::Logged => match command {
            Confirm => (DeliveryState::Confirmed, MoneyEffect::Spend),
            Dispute => (DeliveryState::Disputed, MoneyEffect::Untouched),
            Retract => (DeliveryState::Reversed, MoneyEffect::Untouched),
            Reverse => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Disputed => match command {
            Retract => (DeliveryState::Reversed, MoneyEffect::Untouched),
            Confirm | Dispute | Reverse => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Confirmed => match command {
            Reverse => (DeliveryState::Reversed, MoneyEffect::Unspend),
            Confirm | Dispute | Retract => return Err(Refusal::NotInThisState),
        },
        DeliveryState::Reversed => match command {
            Confirm | Dispute | Retract | Reverse => return Err(Refusal::NotInThisState),
        },
    };
    Ok(Outcome { state, money })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fmt::{Debug, Write as _};

    use super::*;

    const DELIVERY_STATES: [DeliveryState; 4] =
        [DeliveryState::Logged, DeliveryState::Confirmed, DeliveryState::Disputed, DeliveryState::Reversed];

    fn table<S: Debug + Copy, C: Debug + Copy>(states: &[S], commands: &[C], apply: fn(S, C) -> Result<Outcome<S>, Refusal>) -> String {
        let mut text = String::new();
        for state in states {
            writeln!(text, "{state:?}").unwrap();
            for command in commands {
                let said = match apply(*state, *command) {
                    Ok(outcome) => format!("{:?}, money {:?}", outcome.state, outcome.money),
                    Err(Refusal::NotInThisState) => continue,
                    Err(Refusal::DeliveryOpen) => "refused: a delivery is open".to_owned(),
                };
                writeln!(text, "  {command:?} -> {said}").unwrap();
            }
        }
        text
    }

    #[test]
    fn the_orders_table_is_as_reviewed() {
        insta::assert_snapshot!("order_states", table(OrderState::ALL, OrderCommand::ALL, apply));
    }

    #[test]
    fn the_deliveries_table_is_as_reviewed() {
        insta::assert_snapshot!("delivery_states", table(&DELIVERY_STATES, DeliveryCommand::ALL, apply_delivery));
    }

    /// Where the price of an order stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    enum Money {
        Free,
        Reserved,
        Encumbered,
    }

    fn after(money: Money, effect: MoneyEffect) -> Option<Money> {
        match (money, effect) {
            (_, MoneyEffect::Untouched) => Some(money),
            (Money::Free, MoneyEffect::Reserve) => Some(Money::Reserved),
            (Money::Free, MoneyEffect::Encumber) => Some(Money::Encumbered),
            (Money::Reserved, MoneyEffect::PostReservation) => Some(Money::Encumbered),
            (Money::Reserved, MoneyEffect::VoidReservation) => Some(Money::Free),
            (Money::Reserved, MoneyEffect::VoidAndReserve) => Some(Money::Reserved),
            (Money::Reserved, MoneyEffect::VoidAndEncumber) => Some(Money::Encumbered),
            (Money::Encumbered, MoneyEffect::Release | MoneyEffect::ReleaseByTerms) => Some(Money::Free),
            (Money::Encumbered, MoneyEffect::Reencumber | MoneyEffect::Spend | MoneyEffect::Unspend) => Some(Money::Encumbered),
            (Money::Encumbered, MoneyEffect::ReleaseAndReserve) => Some(Money::Reserved),
            (Money::Free, MoneyEffect::UnspendAndRelease) => Some(Money::Free),
            (Money::Free | Money::Reserved | Money::Encumbered, _) => None,
        }
    }

    #[test]
    fn money_is_where_the_state_says_on_every_path() {
        let mut seen = HashSet::from([(OrderState::Draft, Money::Free)]);
        let mut open: Vec<(OrderState, Money)> = seen.iter().copied().collect();
        while let Some((state, money)) = open.pop() {
            for command in OrderCommand::ALL {
                let Ok(outcome) = apply(state, *command) else { continue };
                let money =
                    after(money, outcome.money).unwrap_or_else(|| panic!("{state:?} {command:?}: {:?} on {money:?}", outcome.money));
                if seen.insert((outcome.state, money)) {
                    open.push((outcome.state, money));
                }
            }
        }
        let reached: HashSet<OrderState> = seen.iter().map(|(state, _)| *state).collect();
        assert_eq!(reached.len(), OrderState::ALL.len(), "every state is reached");
        assert_eq!(seen.len(), OrderState::ALL.len(), "each state knows where its money is: {seen:?}");
    }
}
