//! One change of one order: read, judged, written conditionally, told to whom it concerns, audited.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::policy::Permission;
use shared::ledger::Movement;
use shared::orders::OrderState;
use shared::orders::api::OrderAction;
use shared::orders::state::{MoneyEffect, OrderCommand};

use super::bench;
use super::money;
use super::notices::{Told, tell};
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Lent, Target};
use crate::orders::rules::{Bench, Standing, turn};
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, SplitRow};

/// What a command carries into its transaction, again on each try.
#[derive(Clone)]
pub struct Errand<B> {
    pub app: Arc<App>,
    pub ctx: CommandContext,
    pub order: OrderId,
    pub body: B,
}

/// An order being changed inside a transaction.
pub struct Step {
    pub tx: Tx,
    pub app: Arc<App>,
    pub ctx: CommandContext,
    /// As it was read.
    pub before: OrderRow,
    /// As it will be written.
    pub after: OrderRow,
    pub standing: Standing,
    /// How the caller stands to the open step of the approval.
    pub bench: Bench,
    /// For whom a deputy acts by this.
    absent: Option<Lent>,
    events: Vec<NewEvent>,
    told: Vec<Told>,
}

impl Step {
    /// Reads the order and how the caller stands to it.
    ///
    /// # Errors
    /// `NotFound` alike for what is not there and for what the caller may not see.
    pub async fn open<B>(tx: Tx, errand: &Errand<B>) -> Result<Self, AppError> {
        let before = store::order(&tx, errand.order).await?.ok_or_else(AppError::not_found)?;
        let known = errand.ctx.actor.known().is_some();
        let bench = if known { bench::of(&tx, &errand.ctx.actor, &before, errand.ctx.now).await? } else { Bench::default() };
        let standing = if known { Standing::of(&errand.ctx.actor, &before, &bench) } else { Standing::of_policy() };
        if !standing.sees {
            return Err(AppError::not_found());
        }
        Ok(Self { bench, ..Self::on(tx, errand, (before, standing)) })
    }

    /// The step of an order that was read already, by somebody whom the use case let in for another reason than its scope.
    pub fn on<B>(tx: Tx, errand: &Errand<B>, (before, standing): (OrderRow, Standing)) -> Self {
        let (after, bench) = (before.clone(), Bench::default());
        let (app, ctx) = (Arc::clone(&errand.app), errand.ctx.clone());
        Self { tx, app, ctx, before, after, standing, bench, absent: None, events: Vec::new(), told: Vec::new() }
    }

    /// Refuses what the caller may not do, and a form that was looked at before the last change.
    ///
    /// # Errors
    /// `NotAllowed`, `NotYourOwn`, `NotInThisState` or `Stale`.
    pub fn demand(&self, action: OrderAction, version: u32) -> Result<(), AppError> {
        match (self.standing.may(action), self.standing.bar) {
            (Err(ErrorCode::NotYourOwn), Some(bar)) => return Err(AppError::saying(ErrorCode::NotYourOwn, bar.words())),
            (may, _) => may?,
        }
        self.same_version(version)
    }

    /// # Errors
    /// `Stale` where the caller saw another version.
    pub fn same_version(&self, version: u32) -> Result<(), AppError> {
        if version == self.before.version { Ok(()) } else { Err(ErrorCode::Stale.into()) }
    }

    /// What the order is after `command`, and what that does to its money.
    ///
    /// # Errors
    /// `NotInThisState`.
    pub fn turn(&mut self, command: OrderCommand) -> Result<MoneyEffect, AppError> {
        let outcome = turn(self.before.state, command)?;
        self.after.state = outcome.state;
        Ok(outcome.money)
    }

    /// Adds a fact to the timeline.
    pub fn event(&mut self, kind: EventKind, text: impl Into<String>, detail: impl Into<String>) {
        let person = self.ctx.actor.known().filter(|_| kind != EventKind::Policy);
        let (order, at) = (self.before.id, self.ctx.now);
        let absent = self.absent(kind).or_else(|| self.ctx.actor.acting_at(self.before.school).filter(|_| person.is_some()).cloned());
        let for_person = absent.as_ref().map(|lent| lent.person);
        self.absent = absent.or(self.absent.take());
        self.events.push(NewEvent { order, at, person, kind, text: text.into(), detail: detail.into(), for_person });
    }

    /// The absent colleague whose role the caller takes up by this.
    fn absent(&self, kind: EventKind) -> Option<Lent> {
        let permission = if matches!(kind, EventKind::Accepted | EventKind::Available | EventKind::Countered)
            || (self.standing.answers && matches!(kind, EventKind::ChangeProposed | EventKind::ChangeAgreed | EventKind::ChangeRefused))
        {
            Permission::AnswerOrder
        } else if matches!(kind, EventKind::Logged | EventKind::Retracted) {
            Permission::LogDelivery
        } else {
            return None;
        };
        self.ctx.actor.stands_in(permission, &Target::Unit(self.before.unit)).cloned()
    }

    /// Tells people in the product and by mail, once the change stands.
    pub fn tell(&mut self, told: Told) {
        self.told.push(told);
    }

    /// Writes the order conditionally, its timeline and its projection; money moves after this, last in the transaction.
    ///
    /// # Errors
    /// `Stale` where somebody else changed the order meanwhile.
    pub async fn write(&mut self) -> Result<(), AppError> {
        if !store::change(&mut self.tx, &self.before, &self.after).await? {
            return Err(ErrorCode::Stale.into());
        }
        store::append(&mut self.tx, &std::mem::take(&mut self.events)).await?;
        let was_bought = self.before.state != OrderState::Draft;
        if was_bought && self.before.state != self.after.state {
            store::purchase_state(&mut self.tx, self.before.id, self.after.state).await?;
        }
        Ok(())
    }

    /// Writes the timeline alone; for a comment, which changes nothing else.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn append(&mut self) -> Result<(), AppError> {
        Ok(store::append(&mut self.tx, &std::mem::take(&mut self.events)).await?)
    }

    /// Moves the order's money: reads its shares, changes them by `how`, posts, and writes what became of them.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn move_money(&mut self, how: fn(&mut [SplitRow]) -> Vec<Movement>) -> Result<(), AppError> {
        let mut splits = store::splits(&self.tx, &[self.before.id]).await?;
        let movements = how(&mut splits);
        self.book(&splits, &movements).await
    }

    /// Posts movements and writes what became of the shares.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn book(&mut self, splits: &[SplitRow], movements: &[Movement]) -> Result<(), AppError> {
        for split in splits {
            store::change_split(&mut self.tx, split).await?;
        }
        money::apply(&mut self.tx, movements, money::unnamed).await.map(|_| ())
    }

    /// Ends the command: notices, mail, audit record, commit.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn commit(self, summary: impl Into<String>, reason: &str) -> Result<(), AppError> {
        self.commit_about(summary, reason, Vec::new()).await
    }

    /// As [`Step::commit`], for a command that changed more than the order: found in the trail by each of `others` too.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn commit_about(mut self, summary: impl Into<String>, reason: &str, others: Vec<String>) -> Result<(), AppError> {
        let effects = tell(&mut self.tx, &self.app, &self.ctx, &self.told).await?;
        let object = self.after.id.to_string();
        // An acting appointment is told by the record itself.
        let absent = self.absent.filter(|absent| !absent.appointed);
        let summary = match &absent {
            Some(absent) => shared::words::orders::acted_for(&summary.into(), &absent.name),
            None => summary.into(),
        };
        let mut record = self.ctx.record(fact(&self.after, summary, reason)).about(std::iter::once(object).chain(others));
        record.others.extend(absent.map(|absent| absent.person.to_string()));
        Ok(self.tx.commit(record, effects).await?)
    }
}

/// What the audit record says of one order.
pub fn fact(order: &OrderRow, summary: String, reason: &str) -> Fact {
    let object_title = shared::words::orders::order_title(order.number);
    Fact { object: order.id.to_string(), object_title, school: Some(order.school), summary, reason: reason.to_owned() }
}
