//! Changes of a running order: one side proposes another quantity, start or tier, the other answers, and more money asks the policy again.

pub mod api;

use super::booking::{DayPart, bookable};
use super::split::{DrawDown, delivery_split};
use super::state::{MoneyEffect, Outcome, Refusal};
use super::{OrderState, SplitPart};
use crate::catalog::{UnitOfMeasure, words};
use crate::error::FieldError;
use crate::id::PackageId;
use crate::money::Cents;
use crate::time::Date;
use crate::words::orders::change as said;

words! {
    /// Where a proposed change stands.
    ChangeState {
        Proposed = "proposed", "Waits for an answer";
        /// Both sides agree; its money waits for approval.
        Approving = "approving", "Waits for approval";
        Done = "done", "Agreed";
        Refused = "refused", "Refused";
        /// The approver sent it back.
        Returned = "returned", "Not approved";
        Withdrawn = "withdrawn", "Taken back";
        /// The order ended before it was agreed.
        Lapsed = "lapsed", "Lapsed";
    }
}

impl ChangeState {
    /// Whether somebody still has to act. Invariant: one change of an order is open at a time.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Approving)
    }
}

/// What a change adds to the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Addition {
    /// The price stays or falls.
    Nothing,
    /// The school proposed it and reserved what it adds.
    Reserved,
    /// The unit proposed it; nothing is reserved before the school agrees.
    Unreserved,
}

/// Something that somebody does to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeCommand {
    /// The other side agrees.
    Accept {
        adds: Addition,
        needs_approval: bool,
    },
    Refuse {
        reserved: bool,
    },
    Withdraw {
        reserved: bool,
    },
    /// One step of the approval, with more to come.
    ApproveStep,
    /// The last step.
    Approve,
    Return,
    /// The order ends.
    Lapse {
        reserved: bool,
    },
}

impl ChangeCommand {
    /// Every command with every value of its data, for tables and tests.
    pub const ALL: &'static [Self] = &[
        Self::Accept { adds: Addition::Nothing, needs_approval: false },
        Self::Accept { adds: Addition::Nothing, needs_approval: true },
        Self::Accept { adds: Addition::Reserved, needs_approval: false },
        Self::Accept { adds: Addition::Reserved, needs_approval: true },
        Self::Accept { adds: Addition::Unreserved, needs_approval: false },
        Self::Accept { adds: Addition::Unreserved, needs_approval: true },
        Self::Refuse { reserved: false },
        Self::Refuse { reserved: true },
        Self::Withdraw { reserved: false },
        Self::Withdraw { reserved: true },
        Self::ApproveStep,
        Self::Approve,
        Self::Return,
        Self::Lapse { reserved: false },
        Self::Lapse { reserved: true },
    ];
}

const NOT_NOW: Result<Outcome<ChangeState>, Refusal> = Err(Refusal::NotInThisState);

/// The change after `command`, and what becomes of the money it adds or frees.
///
/// Invariant: what it adds is reserved while it is [`ChangeState::Approving`], encumbered once it is done, and free where it ends otherwise.
/// Errors: the command is not possible now.
pub const fn apply(state: ChangeState, command: ChangeCommand) -> Result<Outcome<ChangeState>, Refusal> {
    match state {
        ChangeState::Proposed => proposed(command),
        ChangeState::Approving => approving(command),
        ChangeState::Done | ChangeState::Refused | ChangeState::Returned | ChangeState::Withdrawn | ChangeState::Lapsed => NOT_NOW,
    }
}

const fn done(state: ChangeState, money: MoneyEffect) -> Result<Outcome<ChangeState>, Refusal> {
    Ok(Outcome { state, money })
}

const fn freed(state: ChangeState, reserved: bool) -> Result<Outcome<ChangeState>, Refusal> {
    done(state, if reserved { MoneyEffect::VoidReservation } else { MoneyEffect::Untouched })
}

const fn proposed(command: ChangeCommand) -> Result<Outcome<ChangeState>, Refusal> {
    use ChangeCommand::*;
    match command {
        Accept { adds: Addition::Nothing, needs_approval: false } => done(ChangeState::Done, MoneyEffect::ReleasePart),
        // What costs no more than before was approved already.
        Accept { adds: Addition::Nothing, needs_approval: true } => NOT_NOW,
        Accept { adds: Addition::Reserved, needs_approval: false } => done(ChangeState::Done, MoneyEffect::PostReservation),
        Accept { adds: Addition::Reserved, needs_approval: true } => done(ChangeState::Approving, MoneyEffect::Untouched),
        Accept { adds: Addition::Unreserved, needs_approval: false } => done(ChangeState::Done, MoneyEffect::Encumber),
        Accept { adds: Addition::Unreserved, needs_approval: true } => done(ChangeState::Approving, MoneyEffect::Reserve),
        Refuse { reserved } => freed(ChangeState::Refused, reserved),
        Withdraw { reserved } => freed(ChangeState::Withdrawn, reserved),
        Lapse { reserved } => freed(ChangeState::Lapsed, reserved),
        ApproveStep | Approve | Return => NOT_NOW,
    }
}

const fn approving(command: ChangeCommand) -> Result<Outcome<ChangeState>, Refusal> {
    use ChangeCommand::*;
    match command {
        ApproveStep => done(ChangeState::Approving, MoneyEffect::Untouched),
        Approve => done(ChangeState::Done, MoneyEffect::PostReservation),
        Return => freed(ChangeState::Returned, true),
        Withdraw { reserved: true } => freed(ChangeState::Withdrawn, true),
        Lapse { reserved: true } => freed(ChangeState::Lapsed, true),
        Accept { .. } | Refuse { .. } | Withdraw { reserved: false } | Lapse { reserved: false } => NOT_NOW,
    }
}

/// A running order as a change looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    pub state: OrderState,
    pub package: PackageId,
    pub quantity: u32,
    pub start: Date,
    /// Units logged, whoever has confirmed them.
    pub logged: u32,
    /// Units offered to another school.
    pub promised: u32,
    /// What deliveries have posted.
    pub spent: Cents,
}

/// What is wanted instead, priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub package: PackageId,
    pub quantity: u32,
    pub start: Date,
    pub units: u32,
    pub price: Cents,
}

/// Whether an order can be changed in this state.
pub const fn is_changeable(state: OrderState) -> bool {
    matches!(state, OrderState::Approved | OrderState::Accepted | OrderState::InDelivery)
}

/// What stands against a change, by the form's fields; `year` holds the order's first and last day.
///
/// Invariant: nothing that was delivered or paid is undercut, and what is logged keeps its package and its start.
pub fn faults(running: &Running, wanted: &Wanted, (today, year): (Date, (Date, Date))) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut fault = |field: &str, message: String| found.push(FieldError::new(field, message));
    let (other, moved) = (wanted.package != running.package, wanted.start != running.start);
    if !other && !moved && wanted.quantity == running.quantity {
        fault("quantity", said::NOTHING_CHANGES.to_owned());
    }
    let kept = running.logged.saturating_add(running.promised);
    if wanted.units < kept {
        fault("quantity", said::below_delivered(kept));
    } else if wanted.price < running.spent {
        fault("quantity", said::below_spent(running.spent));
    }
    if other && running.logged > 0 {
        fault("package", said::DELIVERED_KEEPS_TIER.to_owned());
    }
    if moved && running.logged > 0 {
        fault("start", said::DELIVERED_KEEPS_START.to_owned());
    } else if moved && wanted.start < today {
        fault("start", said::START_PASSED.to_owned());
    } else if moved && (wanted.start < year.0 || wanted.start > year.1) {
        fault("start", said::START_OTHER_YEAR.to_owned());
    }
    found
}

/// What a new price adds to the old one, and what it frees; one of them is nothing.
pub fn difference(before: Cents, after: Cents) -> (Cents, Cents) {
    (after.saturating_sub(before).max(Cents::ZERO), before.saturating_sub(after).max(Cents::ZERO))
}

/// What each fund gets back where the price falls to `price`, in proportion to what each still holds.
///
/// Invariant: what the funds hold after it, with what they have posted, is `price`. `None` where more is posted already.
pub fn freed_parts(funds: &[DrawDown], price: Cents) -> Option<Vec<SplitPart>> {
    let posted: Cents = funds.iter().map(|fund| fund.posted).sum();
    let held: Cents = funds.iter().map(|fund| fund.remaining()).sum();
    let stays = price.checked_sub(posted).filter(|stays| !stays.is_negative())?;
    delivery_split(funds, held.saturating_sub(stays).max(Cents::ZERO))
}

/// Which bookings no longer fit, by their places in `booked`, which stands in the order of its days: those before a new start, and the
/// last ones beyond the new number of units.
pub fn beyond(measure: UnitOfMeasure, units: u32, new_start: Option<Date>, booked: &[(Date, DayPart)]) -> Vec<usize> {
    let (mut kept, mut out): (Vec<DayPart>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, (day, part)) in booked.iter().enumerate() {
        let early = new_start.is_some_and(|start| *day < start);
        if !early && bookable(measure, units, kept.iter().copied()).takes(*part) {
            kept.push(*part);
        } else {
            out.push(at);
        }
    }
    out
}

#[cfg(test)]
mod tests;
