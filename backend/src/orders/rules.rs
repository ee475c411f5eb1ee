//! Who may do what to an order: one function for the actions that a screen offers and for what a command enforces.

use std::collections::BTreeSet;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::id::PersonId;
use shared::identity::policy::Permission;
use shared::orders::api::OrderAction;
use shared::orders::change::is_changeable;
use shared::orders::questions as talk;
use shared::orders::split::{DrawDown, Progress};
use shared::orders::state::{self, DeliveryCommand, Landing, OrderCommand, Outcome, Refusal};
use shared::orders::{DeliveryState, OrderState};
use shared::time::Timestamp;
use shared::words::orders as words;

use super::store::{DeliveryRow, OrderRow, SplitRow};
use crate::error::AppError;
use crate::identity::{Actor, Target};

/// How the caller stands to one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub person: PersonId,
    /// Sees it at all: school, unit, network or district.
    pub sees: bool,
    /// Sees the school's side: funds, budget lines, account strings.
    pub sees_money: bool,
    /// Buys for the school.
    pub buys: bool,
    /// Drafts for the school.
    pub drafts: bool,
    /// Receives for the school.
    pub receives: bool,
    /// Decides the open step of the approval.
    pub approves: bool,
    /// Answers for the unit.
    pub answers: bool,
    /// Delivers for the unit.
    pub delivers: bool,
    /// Corrects what was confirmed.
    pub reverses: bool,
    /// On which side the caller asks and answers questions.
    pub asks: Option<talk::Side>,
    /// Bought this order.
    pub is_buyer: bool,
    /// Bought it or a part of it, or stands in for whoever did.
    pub is_as_buyer: bool,
    /// Why the caller, whose role decides the open step, may not.
    pub bar: Option<Bar>,
}

/// Why somebody may not decide on an order although their role would (RELIABILITY 4, HARD).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// Rule 1: drafted, edited or bought it, or stands in for somebody who did.
    Requester,
    /// Rule 3: reports, directly or not, to somebody who asked for it.
    Subordinate,
    /// Decided on an earlier step; every step takes another person.
    EarlierStep,
    /// Rule 7: recorded or checked papers of the outside provider lately.
    Papers,
}

impl Bar {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Requester => words::BARRED_REQUESTER,
            Self::Subordinate => words::BARRED_SUBORDINATE,
            Self::EarlierStep => words::BARRED_EARLIER,
            Self::Papers => words::BARRED_PAPERS,
        }
    }
}

/// Somebody on whose behalf a decision would be made, with everybody above them.
#[derive(Clone, Debug)]
pub struct Side {
    pub person: PersonId,
    pub above: BTreeSet<PersonId>,
}

/// Whether the sides, the one who decides and whom they stand in for, may decide. Either one's conflict bars both (rule 14).
pub fn bar(sides: &[Side], requesters: &BTreeSet<PersonId>, earlier: &BTreeSet<PersonId>) -> Option<Bar> {
    let any = |of: &dyn Fn(&Side) -> bool| sides.iter().any(of);
    if any(&|side| requesters.contains(&side.person)) {
        Some(Bar::Requester)
    } else if any(&|side| !side.above.is_disjoint(requesters)) {
        Some(Bar::Subordinate)
    } else if any(&|side| earlier.contains(&side.person)) {
        Some(Bar::EarlierStep)
    } else {
        None
    }
}

/// How somebody stands to the open step of an order's approval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bench {
    /// Their role decides it, or they stand in for somebody whose role does.
    pub decides: bool,
    pub acting_for: Option<PersonId>,
    pub bar: Option<Bar>,
    /// They, or whom they stand in for, made the order cost more than its buyer did: they bought it too.
    pub bought_more: bool,
}

impl Standing {
    /// How the policy itself stands to an order: it sees it, and what it may do is judged by its own rule.
    pub fn of_policy() -> Self {
        Self {
            person: shared::id::Id::from_bits(0),
            sees: true,
            sees_money: false,
            buys: false,
            drafts: false,
            receives: false,
            approves: false,
            answers: false,
            delivers: false,
            reverses: false,
            is_buyer: false,
            is_as_buyer: false,
            asks: None,
            bar: None,
        }
    }

    /// How `actor` stands to `order`; `bench` says how to the open step of its approval.
    pub fn of(actor: &Actor, order: &OrderRow, bench: &Bench) -> Self {
        let school = Target::School(order.school, order.network);
        let unit = Target::Unit(order.unit);
        let submitted = order.submitted.is_some();
        Self {
            person: actor.person,
            // A unit sees what was submitted to it, never a school's plans.
            sees: bench.decides || actor.may(Permission::ViewOrders, &school) || (submitted && actor.may(Permission::ViewOrders, &unit)),
            sees_money: actor.may(Permission::ViewSchoolBudget, &school),
            buys: actor.may(Permission::SubmitOrder, &school),
            drafts: actor.may(Permission::DraftOrder, &school),
            receives: actor.may(Permission::ConfirmDelivery, &school),
            approves: bench.decides,
            answers: actor.may(Permission::AnswerOrder, &unit),
            delivers: actor.may(Permission::LogDelivery, &unit),
            reverses: actor.may(Permission::ReverseDelivery, &school),
            asks: if actor.may(Permission::AskQuestion, &unit) {
                Some(talk::Side::Unit)
            } else {
                actor.may(Permission::AskQuestion, &school).then_some(talk::Side::School)
            },
            is_buyer: order.is_bought_by(actor),
            bar: bench.bar,
            is_as_buyer: bench.bought_more || order.buyers().any(|one| actor.conflicts().contains(&one)),
        }
    }

    /// Whether the caller may do this to the order, its state left aside.
    ///
    /// Invariant: nobody approves what they drafted, edited or bought, at any step; only the buyer rates.
    pub fn may(&self, action: OrderAction) -> Result<(), ErrorCode> {
        self.sees()?;
        let holds = match action {
            OrderAction::Edit => self.drafts,
            OrderAction::Approve | OrderAction::Return => self.approves,
            OrderAction::Accept | OrderAction::Counter => self.answers,
            OrderAction::Take | OrderAction::Cancel => self.buys,
            // Who bought by the principal's leave looks after what they bought.
            OrderAction::Withdraw | OrderAction::Close => self.buys || (self.is_buyer && self.drafts),
            OrderAction::LogDelivery => self.delivers,
            OrderAction::Comment => true,
        };
        if !holds {
            return Err(ErrorCode::NotAllowed);
        }
        match action {
            OrderAction::Approve | OrderAction::Return if self.bar.is_some() => Err(ErrorCode::NotYourOwn),
            OrderAction::Close if !self.is_buyer => Err(ErrorCode::NotAllowed),
            OrderAction::Edit
            | OrderAction::Approve
            | OrderAction::Return
            | OrderAction::Accept
            | OrderAction::Counter
            | OrderAction::Take
            | OrderAction::Withdraw
            | OrderAction::Cancel
            | OrderAction::LogDelivery
            | OrderAction::Close
            | OrderAction::Comment => Ok(()),
        }
    }

    /// Whether the caller may answer an entry. Invariant: who bought does not receive, nor does whoever stands in for them.
    pub fn may_answer(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.sees()?;
        match (self.receives, self.is_as_buyer) {
            (false, _) => Err(ErrorCode::NotAllowed),
            (true, true) => Err(ErrorCode::NotYourOwn),
            (true, false) => in_state(entry.state == DeliveryState::Logged),
        }
    }

    /// Whether the caller may dispute what silence confirmed. Invariant: who bought does not receive.
    pub fn may_contest(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.sees()?;
        match (self.receives, self.is_as_buyer) {
            (true, false) => in_state(entry.state == DeliveryState::Confirmed && entry.by_policy && entry.answered_by.is_none()),
            (receives, _) => Err(if receives { ErrorCode::NotYourOwn } else { ErrorCode::NotAllowed }),
        }
    }

    /// Whether the caller may dispute an entry, before or after silence confirmed it.
    pub fn may_dispute(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        if entry.state == DeliveryState::Confirmed { self.may_contest(entry) } else { self.may_answer(entry) }
    }

    /// Whether the caller may correct an entry or take it back before it is confirmed.
    pub fn may_retract(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.sees()?;
        if !self.delivers {
            return Err(ErrorCode::NotAllowed);
        }
        in_state(entry.state.is_open())
    }

    /// Whether the caller may stand by a disputed entry.
    pub fn may_stand_by(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.may_retract(entry)?;
        in_state(entry.state == DeliveryState::Disputed)
    }

    /// Whether the caller may decide between school and unit. Nobody decides about what they bought, logged or answered themselves.
    pub fn may_settle(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.sees()?;
        if !self.reverses {
            return Err(ErrorCode::NotAllowed);
        }
        if self.is_as_buyer || entry.answered_by == Some(self.person) || entry.logged_by == self.person {
            return Err(ErrorCode::NotYourOwn);
        }
        in_state(matches!(entry.state, DeliveryState::StoodBy | DeliveryState::Contested))
    }

    /// Whether the caller is a side of a dispute, or decides it.
    pub fn may_talk(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.sees()?;
        if !(self.receives || self.buys || self.delivers || self.reverses) {
            return Err(ErrorCode::NotAllowed);
        }
        in_state(entry.state.is_in_dispute())
    }

    /// Whether the caller may reverse a confirmed entry. Nobody reverses what they confirmed or logged themselves.
    pub fn may_reverse(&self, entry: &DeliveryRow) -> Result<(), ErrorCode> {
        self.sees()?;
        if !self.reverses {
            return Err(ErrorCode::NotAllowed);
        }
        if entry.answered_by == Some(self.person) || entry.logged_by == self.person {
            return Err(ErrorCode::NotYourOwn);
        }
        in_state(matches!(entry.state, DeliveryState::Confirmed | DeliveryState::Contested))
    }

    fn sees(&self) -> Result<(), ErrorCode> {
        if self.sees { Ok(()) } else { Err(ErrorCode::NotFound) }
    }
}

/// What an order is after `command`.
///
/// # Errors
/// `NotInThisState`, with what comes first where a delivery stands in the way.
pub fn turn(state: OrderState, command: OrderCommand) -> Result<Outcome<OrderState>, AppError> {
    state::apply(state, command).map_err(|refusal| match refusal {
        Refusal::NotInThisState => ErrorCode::NotInThisState.into(),
        Refusal::DeliveryOpen => AppError::saying(ErrorCode::NotInThisState, words::DELIVERY_OPEN),
    })
}

/// What an entry is after `command`.
///
/// # Errors
/// `NotInThisState`.
pub fn turn_delivery(state: DeliveryState, command: DeliveryCommand) -> Result<DeliveryState, AppError> {
    state::apply_delivery(state, command).map(|outcome| outcome.state).map_err(|_| ErrorCode::NotInThisState.into())
}

/// Whether an entry waits for its receiver, or is in dispute.
pub fn deliveries_open(deliveries: &[DeliveryRow]) -> bool {
    deliveries.iter().any(|entry| entry.state.is_open())
}

/// Whether an action is possible now at all, whoever asks.
pub fn possible(action: OrderAction, order: &OrderRow, deliveries: &[DeliveryRow]) -> bool {
    let can = |command| state::apply(order.state, command).is_ok();
    match action {
        OrderAction::Edit => order.state == OrderState::Returned && can(OrderCommand::Edit),
        OrderAction::Approve => can(OrderCommand::Approve { then: landing(order, false) }) || change_in_approval(order),
        OrderAction::Return => can(OrderCommand::Return) || change_in_approval(order),
        OrderAction::Accept => can(OrderCommand::Accept) && !answered_beside(order),
        OrderAction::Counter => can(OrderCommand::Counter) && !answered_beside(order),
        OrderAction::Take => order.counter.is_some() && can(OrderCommand::TakeAlternative { needs_approval: false, elsewhere: false }),
        OrderAction::Withdraw => can(OrderCommand::Withdraw),
        OrderAction::Cancel => can(OrderCommand::Cancel { deliveries_open: deliveries_open(deliveries) }),
        OrderAction::LogDelivery => can(OrderCommand::LogDelivery) && order.logged_units < order.units,
        OrderAction::Close => can(OrderCommand::Close),
        OrderAction::Comment => order.submitted.is_some(),
    }
}

/// Whether the open step of the approval is about a change: the order itself is running.
pub fn change_in_approval(order: &OrderRow) -> bool {
    order.open_step.is_some() && is_changeable(order.state)
}

/// What an approval of the order meets when it lands.
pub fn landing(order: &OrderRow, more_steps: bool) -> Landing {
    match (more_steps, order.counter.is_some(), order.answered.is_some()) {
        (true, _, _) => Landing::NextStep,
        (false, true, _) => Landing::Countered,
        (false, false, true) => Landing::Available,
        (false, false, false) => Landing::Unanswered,
    }
}

/// Whether the unit has said beside the open approval what it can do.
pub fn answered_beside(order: &OrderRow) -> bool {
    order.state == OrderState::Submitted && order.answered.is_some()
}

/// Whether the sides of an order may still ask each other.
pub const fn questionable(order: &OrderRow) -> bool {
    match order.state {
        OrderState::Draft | OrderState::Returned => false,
        OrderState::Submitted | OrderState::Approved | OrderState::Countered => true,
        OrderState::Accepted | OrderState::InDelivery | OrderState::Delivered => true,
        OrderState::Closed | OrderState::Withdrawn | OrderState::Cancelled => false,
    }
}

/// Which side owes the next step of an order in time, whose time its clock counts, and when it is due; nothing where that is an
/// approver, or nobody. The unit's answer runs beside an open approval.
pub fn duty(order: &OrderRow) -> Option<(talk::Side, ClockOf, Timestamp)> {
    use talk::Side::{School, Unit};
    let (side, clock, due) = match order.state {
        OrderState::Submitted if order.answered.is_none() => (Unit, ClockOf::Office, order.answer_due),
        OrderState::Approved => (Unit, ClockOf::Office, order.due),
        OrderState::Countered | OrderState::Delivered => (School, ClockOf::School, order.due),
        OrderState::Accepted | OrderState::InDelivery if order.logged_units > order.confirmed_units => (School, ClockOf::School, order.due),
        OrderState::Accepted | OrderState::InDelivery => (Unit, ClockOf::Office, order.due),
        OrderState::Draft | OrderState::Submitted | OrderState::Returned => return None,
        OrderState::Closed | OrderState::Withdrawn | OrderState::Cancelled => return None,
    };
    due.map(|due| (side, clock, due))
}

/// How far the deliveries of an order have come.
pub fn progress<'a>(order: &'a OrderRow, splits: &[SplitRow]) -> Progress<'a> {
    let posted = splits.iter().map(|split| split.spent).sum();
    Progress { price: order.price, ordered_units: order.units, confirmed_units: order.confirmed_units, posted, periods: &order.periods }
}

/// The order's funds as its deliveries draw them down.
pub fn draw_down(splits: &[SplitRow]) -> Vec<DrawDown> {
    let one = |split: &SplitRow| DrawDown { line: split.line, part: split.amount.saturating_sub(split.released), posted: split.spent };
    splits.iter().map(one).collect()
}

fn in_state(right: bool) -> Result<(), ErrorCode> {
    if right { Ok(()) } else { Err(ErrorCode::NotInThisState) }
}

#[cfg(test)]
mod tests;
