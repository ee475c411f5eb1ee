//! What an order does to money, in the ledger's movements. Pure but for [`apply`], which is the last thing a command does.

use shared::budget::CauseKind;
use shared::error::ErrorCode;
use shared::id::{DeliveryId, OrderId, TransferId, UnitId};
use shared::ledger::{Cause, LedgerError, Movement, NewTransfer, Resolution, TransferKind};
use shared::money::Cents;
use shared::orders::split::Release;
use shared::orders::{OrderState, SplitPart};

use crate::db::Tx;
use crate::error::AppError;
use crate::ledger;
use crate::orders::store::{PartRow, SplitRow};

fn of_order(order: OrderId) -> Cause {
    Cause::new(CauseKind::Order, order)
}

/// Commits the shares of a new order: reserved while it awaits approval, encumbered where the policy approved.
pub fn commit(state: OrderState, splits: &[SplitRow]) -> Vec<Movement> {
    let movement = |split: &SplitRow| {
        let transfer = |kind| NewTransfer::on_line(kind, split.line, split.amount, of_order(split.order));
        if state == OrderState::Submitted {
            Movement::Reserve(transfer(TransferKind::OrderReserved))
        } else {
            Movement::Post(transfer(TransferKind::OrderEncumbered))
        }
    };
    splits.iter().map(movement).collect()
}

/// Posts what was reserved.
pub fn approve(splits: &mut [SplitRow]) -> Vec<Movement> {
    resolve(splits, |split| Resolution::Post(split.amount))
}

/// Gives back what was reserved.
pub fn give_back(splits: &mut [SplitRow]) -> Vec<Movement> {
    let movements = resolve(splits, |_| Resolution::Void);
    splits.iter_mut().for_each(|split| split.released = split.amount);
    movements
}

fn resolve(splits: &mut [SplitRow], how: impl Fn(&SplitRow) -> Resolution) -> Vec<Movement> {
    let one = |split: &mut SplitRow| {
        let resolution = how(split);
        split.pending.take().map(|pending| Movement::Resolve { pending, resolution })
    };
    splits.iter_mut().filter_map(one).collect()
}

/// Frees what is encumbered.
pub fn release(splits: &mut [SplitRow]) -> Vec<Movement> {
    let one = |split: &mut SplitRow| {
        let open = split.open();
        split.released = split.released.saturating_add(open);
        (!open.is_zero())
            .then(|| Movement::Post(NewTransfer::on_line(TransferKind::OrderReleased, split.line, open, of_order(split.order))))
    };
    splits.iter_mut().filter_map(one).collect()
}

/// Who earns by which delivery; without a delivery the order itself is the cause.
#[derive(Clone, Copy, Debug)]
pub struct Earning {
    pub order: OrderId,
    pub unit: UnitId,
    pub delivery: Option<DeliveryId>,
}

impl Earning {
    fn cause(self) -> Cause {
        self.delivery.map_or_else(|| of_order(self.order), |delivery| Cause::new(CauseKind::Delivery, delivery))
    }

    fn both(self, spent: TransferKind, earned: TransferKind, line: shared::id::BudgetLineId, amount: Cents) -> [Movement; 2] {
        let spent = NewTransfer::on_line(spent, line, amount, self.cause());
        let earned = NewTransfer::for_unit(earned, line, self.unit, amount, self.cause());
        [Movement::Post(spent), Movement::Post(earned)]
    }
}

/// Spends parts of what is encumbered; the unit earns them.
pub fn spend(earning: Earning, splits: &mut [SplitRow], parts: &[SplitPart]) -> Vec<Movement> {
    let mut movements = Vec::with_capacity(parts.len() * 2);
    for part in parts {
        if let Some(split) = splits.iter_mut().find(|split| split.line == part.line) {
            split.spent = split.spent.saturating_add(part.amount);
        }
        movements.extend(earning.both(TransferKind::DeliverySpent, TransferKind::DeliveryEarned, part.line, part.amount));
    }
    movements
}

/// Takes back what a delivery spent: it is encumbered again, and the unit's earning goes.
pub fn unspend(earning: Earning, splits: &mut [SplitRow], parts: &[PartRow]) -> Vec<Movement> {
    let mut movements = Vec::with_capacity(parts.len() * 2);
    for part in parts {
        if let Some(split) = splits.iter_mut().find(|split| split.line == part.line) {
            split.spent = split.spent.saturating_sub(part.amount);
        }
        movements.extend(earning.both(TransferKind::DeliverySpentReversal, TransferKind::DeliveryEarnedReversal, part.line, part.amount));
    }
    movements
}

/// Ends an order by its terms: the kept share is spent and earned, the rest is available again.
pub fn end(earning: Earning, splits: &mut [SplitRow], releases: &[Release]) -> Vec<Movement> {
    let kept: Vec<SplitPart> = releases.iter().filter(|r| !r.kept.is_zero()).map(|r| SplitPart { line: r.line, amount: r.kept }).collect();
    let mut movements = spend(earning, splits, &kept);
    movements.extend(release(splits));
    movements
}

/// Moves the money: all or nothing. Answers with the transfers' ids in order.
///
/// # Errors
/// `NotEnoughMoney` naming the lines by `name`, `PeriodClosed`, or `NotInThisState` where a reservation was resolved before.
pub async fn apply<N>(tx: &mut Tx, movements: &[Movement], name: N) -> Result<Vec<TransferId>, AppError>
where
    N: Fn(shared::id::BudgetLineId) -> Option<String> + Send,
{
    if movements.is_empty() {
        return Ok(Vec::new());
    }
    match ledger::apply(tx, movements).await {
        Ok(ids) => Ok(ids),
        Err(ledger::LedgerFailure::Refused(LedgerError::NotEnough(lacks))) => {
            let told = |lack: &shared::ledger::Lack| {
                let fund = lack.account.line().and_then(&name)?;
                Some(shared::words::orders::fund_short(&fund, lack.there))
            };
            let words: Vec<String> = lacks.iter().filter_map(told).collect();
            if words.is_empty() {
                Err(ErrorCode::NotEnoughMoney.into())
            } else {
                Err(AppError::saying(ErrorCode::NotEnoughMoney, words.join(" ")))
            }
        }
        Err(failure) => Err(failure.into()),
    }
}

/// For commands whose lines are encumbered already, so that nothing can be short.
pub fn unnamed(_: shared::id::BudgetLineId) -> Option<String> {
    None
}
