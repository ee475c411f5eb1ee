//! Playing the history: every step is the use case that a person's click would run.

use std::sync::Arc;

use shared::catalog::PriceModel;
use shared::catalog::choice::Choices;
use shared::catalog::price::{default_quantity, measure, ordered_units};
use shared::contract::Endpoint;
use shared::error::ErrorCode;
use shared::id::{DeliveryId, OrderId};
use shared::identity::Role;
use shared::orders::api::{
    AcceptOrder, Acceptance, AddToCart, ApproveOrder, CancelOrder, CartSubmission, CloseOrder, Closing, Comment, CommentOrder,
    ConfirmDelivery, Counter, CounterOrder, Dispute, DisputeDelivery, LogDelivery, NewDelivery, NewDraft, OrderReason, OrderVersion, OrderView,
    RemoveDraft, RetractDelivery, ReturnOrder, ReverseDelivery, SubmitCart, SubmittedDraft, TakeAlternative, Taking, WithdrawOrder,
};
use shared::orders::period::is_stretch;
use shared::orders::{Alternative, DeliveryState, DisputeReason, NoReason, OrderState};
use shared::time::{Date, Timestamp};

use super::cast::{Cast, SchoolCast, UnitCast};
use super::chance::Chance;
use super::data::{Data, HistoryData};
use super::days::Days;
use super::history::{Step, Story, steps};
use super::opening::{Offer, Offers};
use super::stage::Stage;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext};
use crate::orders::service as orders;

/// The first minute of a day on which anybody does anything.
const MORNING: u32 = 8 * 60;
/// Between two steps of one day.
const STEP_MINUTES: u32 = 12;

/// One order on its way through its story.
struct Play<'a> {
    school: &'a SchoolCast,
    unit: &'a UnitCast,
    offer: &'a Offer,
    /// A tier of the same service that can be offered instead.
    other: Option<&'a Offer>,
    quantity: u32,
    story: Story,
    asked: i32,
    /// Who reads it as it stands now.
    order: Option<OrderId>,
    version: u32,
    state: OrderState,
    entry: Option<DeliveryId>,
    /// True once the district refused it: the school could not pay for it after all.
    over: bool,
}

/// What every step may look at.
struct Scene<'a> {
    stage: &'a Stage,
    days: &'a Days,
    history: &'a HistoryData,
    cast: &'a Cast,
}

/// One person doing one thing at one time.
struct Act<'a> {
    now: Timestamp,
    day: Date,
    step: Step,
    chance: &'a mut Chance,
}

/// Plays all orders day by day, and tells how many were submitted.
///
/// # Errors
/// What a person would be told, except that an order which its school cannot pay for leaves the cart again.
pub async fn play(stage: &Stage, data: &Data, (cast, offers): (&Cast, &Offers), (days, seed): (&Days, u64)) -> Result<u32, AppError> {
    let scene = Scene { stage, days, history: &data.history, cast };
    let mut chance = Chance::new(seed ^ 0x5eed);
    let mut plays = Vec::new();
    for (school, service, tier, ago, story) in &data.history.orders {
        let found = (cast.schools.get(school), offers.get(&(service.clone(), *tier)));
        let (Some(school), Some(offer)) = found else { return Err(AppError::internal(format!("demo history: {service} for {school}"))) };
        let Some(unit) = cast.units.get(&offer.unit) else { continue };
        let sold = |offer: &&Offer| offer.content.price != PriceModel::Included;
        let other = offers.iter().filter(|((key, rung), _)| key == service && rung != tier).map(|(_, offer)| offer).find(sold);
        let (quantity, asked, story) = (default_quantity(&offer.content.price), *ago, in_time(*story, offer));
        let state = OrderState::Draft;
        plays.push(Play { school, unit, offer, other, quantity, story, asked, order: None, version: 0, state, entry: None, over: false });
    }
    // One line of time for all orders, so that numbers and audit records rise with the days.
    let mut line: Vec<(Date, usize, usize, Step)> = Vec::new();
    for (number, play) in plays.iter().enumerate() {
        let units = ordered_units(&play.offer.content, play.quantity).unwrap_or(1);
        let told = steps(play.story, play.asked, units).into_iter().enumerate();
        line.extend(told.map(|(at, (ago, step))| (days.ago(ago), at, number, step)));
    }
    line.sort_by_key(|(day, at, number, _)| (*day, *at, *number));
    let (mut today, mut minutes) = (None, MORNING);
    for (day, _, number, step) in line {
        (today, minutes) = if today == Some(day) {
            (today, minutes + STEP_MINUTES.min(1 + chance.below(STEP_MINUTES)))
        } else {
            (Some(day), MORNING + chance.below(45))
        };
        let now = scene.days.at(day, minutes.min(23 * 60))?.plus_seconds(i64::from(chance.below(60)));
        let Some(play) = plays.get_mut(number) else { continue };
        if !play.over {
            let act = Act { now, day, step, chance: &mut chance };
            play.act(&scene, act).await?;
        }
    }
    Ok(u32::try_from(plays.iter().filter(|play| !play.over && play.story != Story::Draft).count()).unwrap_or(u32::MAX))
}

/// What is bought for a stretch of time is not over before the time is.
fn in_time(story: Story, offer: &Offer) -> Story {
    let over = matches!(story, Story::Delivered | Story::Closed);
    if over && is_stretch(measure(&offer.content)) { Story::InDelivery } else { story }
}

impl Play<'_> {
    async fn act(&mut self, scene: &Scene<'_>, mut act: Act<'_>) -> Result<(), AppError> {
        match act.step {
            Step::Add => self.add(scene, &act).await,
            Step::Submit => self.submit(scene, &act).await,
            Step::Approve if self.state != OrderState::Submitted => Ok(()),
            Step::Approve | Step::Return | Step::Withdraw | Step::Cancel | Step::Close => self.school_side(scene, &mut act).await,
            Step::Accept | Step::Counter | Step::Take | Step::Log(_) => self.unit_side(scene, &mut act).await,
            Step::Confirm | Step::Dispute | Step::Retract | Step::Reverse => self.entries(scene, &mut act).await,
            Step::Ask => self.ask(scene, &mut act).await,
        }
    }

    fn order(&self) -> Result<OrderId, AppError> {
        self.order.ok_or_else(|| AppError::internal("demo history: a step before its order"))
    }

    fn receiver(&self) -> Result<&Arc<Actor>, AppError> {
        self.school.staff.first().ok_or_else(|| AppError::internal("demo history: a school without staff"))
    }

    fn deliverer(&self) -> &Arc<Actor> {
        self.unit.staff.first().unwrap_or(&self.unit.head)
    }

    fn keep(&mut self, view: &OrderView) {
        (self.version, self.state) = (view.version, view.summary.state);
        let open = view.deliveries.iter().filter(|entry| entry.state != DeliveryState::Reversed);
        self.entry = open.max_by_key(|entry| entry.id).map(|entry| entry.id);
    }

    async fn add(&mut self, scene: &Scene<'_>, act: &Act<'_>) -> Result<(), AppError> {
        // Every third order is drafted by the school's staff.
        let drafter = if self.asked % 3 == 0 { self.receiver()? } else { &self.school.principal };
        let ctx = scene.stage.command::<AddToCart>(drafter, act.now);
        let soon = if self.story.is_delivered() { scene.days.ago(self.asked - 4).max(act.day) } else { scene.days.ahead(12) };
        let body = NewDraft {
            package: self.offer.package,
            quantity: self.quantity,
            start: Some(self.offer.content.starts.map_or(soon, |starts| starts.max(soon))),
            goal: self.school.goal_for(self.offer.category),
            choices: Choices::default(),
        };
        let cart = orders::add(&scene.stage.app, &ctx, self.school.id, body).await?;
        let line = cart.lines.iter().filter(|line| line.package == self.offer.package).max_by_key(|line| line.order);
        let line = line.ok_or_else(|| AppError::internal("demo history: the cart lost a draft"))?;
        (self.order, self.version) = (Some(line.order), line.version);
        Ok(())
    }

    async fn submit(&mut self, scene: &Scene<'_>, act: &Act<'_>) -> Result<(), AppError> {
        let order = self.order()?;
        let cart = orders::cart(&scene.stage.app, &self.school.principal, self.school.id).await?;
        let line = cart.lines.iter().find(|line| line.order == order).ok_or_else(|| AppError::internal("demo history: no such draft"))?;
        let ctx = scene.stage.command::<SubmitCart>(&self.school.principal, act.now);
        let body = CartSubmission { orders: vec![SubmittedDraft { order, version: line.version, price: line.price }] };
        match orders::submit(&scene.stage.app, &ctx, self.school.id, body).await {
            Ok(_) => {
                let view = orders::order(&scene.stage.app, &self.school.principal, order).await?;
                self.keep(&view);
                Ok(())
            }
            Err(AppError::Refused { .. }) => {
                let ctx = scene.stage.command::<RemoveDraft>(&self.school.principal, act.now.plus_seconds(1));
                orders::remove(&scene.stage.app, &ctx, order, OrderVersion { version: line.version }).await?;
                self.over = true;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn reason(&self, act: &mut Act<'_>, from: &[String]) -> OrderReason {
        OrderReason { version: self.version, reason: act.chance.pick(from).cloned().unwrap_or_default() }
    }

    async fn school_side(&mut self, scene: &Scene<'_>, act: &mut Act<'_>) -> Result<(), AppError> {
        let (app, order, principal) = (&scene.stage.app, self.order()?, &self.school.principal);
        let view = match act.step {
            Step::Approve => {
                let ctx = command::<ApproveOrder>(scene, officer(scene, act)?, act);
                orders::approve(app, &ctx, order, OrderVersion { version: self.version }).await?
            }
            Step::Return => {
                let ctx = command::<ReturnOrder>(scene, officer(scene, act)?, act);
                orders::send_back(app, &ctx, order, self.reason(act, &scene.history.returns)).await?
            }
            Step::Withdraw => {
                let ctx = command::<WithdrawOrder>(scene, principal, act);
                orders::withdraw(app, &ctx, order, self.reason(act, &scene.history.withdrawals)).await?
            }
            Step::Cancel => {
                let ctx = command::<CancelOrder>(scene, principal, act);
                orders::cancel(app, &ctx, order, self.reason(act, &scene.history.cancellations)).await?
            }
            _ => {
                let ctx = command::<CloseOrder>(scene, principal, act);
                let Some((stars, helped, hours, comment)) = act.chance.pick(&scene.history.closings).cloned() else { return Ok(()) };
                let body = Closing { version: self.version, stars, helped, hours_saved: hours, comment };
                orders::close(app, &ctx, order, body).await?
            }
        };
        self.keep(&view);
        Ok(())
    }

    async fn unit_side(&mut self, scene: &Scene<'_>, act: &mut Act<'_>) -> Result<(), AppError> {
        let (app, order) = (&scene.stage.app, self.order()?);
        let view = match act.step {
            Step::Counter => {
                let ctx = command::<CounterOrder>(scene, &self.unit.head, act);
                orders::counter(app, &ctx, order, self.no_but(scene.days)).await?
            }
            Step::Take => {
                let ctx = command::<TakeAlternative>(scene, &self.school.principal, act);
                orders::take(app, &ctx, order, Taking { version: self.version, alternative: 0 }).await?
            }
            Step::Log(quantity) => {
                let ctx = command::<LogDelivery>(scene, self.deliverer(), act);
                let note = act.chance.pick(&scene.history.log_notes).cloned().unwrap_or_default();
                let body = NewDelivery { version: self.version, first: None, day: act.day, quantity, note };
                match orders::log(app, &ctx, order, body).await {
                    // Since the last entry there was no school: nothing of a stretch of time was delivered, and the story rests.
                    Err(AppError::Refused { code: ErrorCode::BadInput, .. }) if is_stretch(measure(&self.offer.content)) => {
                        self.over = true;
                        return Ok(());
                    }
                    logged => logged?,
                }
            }
            _ => {
                let ctx = command::<AcceptOrder>(scene, &self.unit.head, act);
                let waits = self.story == Story::Accepted;
                let start = if waits { scene.days.ahead(5) } else { act.day };
                let body = Acceptance { version: self.version, contact: self.deliverer().name.clone(), start, note: String::new() };
                orders::accept(app, &ctx, order, body).await?
            }
        };
        self.keep(&view);
        Ok(())
    }

    /// The same tier later, and another tier now.
    fn no_but(&self, days: &Days) -> Counter {
        let later = Alternative {
            package: self.offer.package,
            quantity: self.quantity,
            start: days.ahead(35),
            fund: None,
            note: "The same, when our next team is free.".to_owned(),
        };
        let instead = self.other.map(|other| Alternative {
            package: other.package,
            quantity: default_quantity(&other.content.price),
            start: days.ahead(8),
            fund: None,
            note: "Sooner, in this form.".to_owned(),
        });
        Counter {
            version: self.version,
            reason: NoReason::DateNotPossible,
            explanation: "Both teams are booked in the weeks you named. We do not want to send somebody new to your rooms.".to_owned(),
            alternatives: std::iter::once(later).chain(instead).collect(),
            rule_quoted: String::new(),
            offer_to_talk: "Call me before four on any day.".to_owned(),
        }
    }

    async fn entries(&mut self, scene: &Scene<'_>, act: &mut Act<'_>) -> Result<(), AppError> {
        let app = &scene.stage.app;
        let entry = self.entry.ok_or_else(|| AppError::internal("demo history: an answer before its entry"))?;
        let view = match act.step {
            Step::Dispute => {
                let ctx = command::<DisputeDelivery>(scene, self.receiver()?, act);
                let OrderReason { version, reason } = self.reason(act, &scene.history.disputes);
                orders::dispute(app, &ctx, entry, Dispute { version, dispute: DisputeReason::OtherDay, reason }).await?
            }
            Step::Retract => {
                let ctx = command::<RetractDelivery>(scene, self.deliverer(), act);
                let reason = "You are right; here is the day on which it was.".to_owned();
                orders::retract(app, &ctx, entry, OrderReason { version: self.version, reason }).await?
            }
            Step::Reverse => {
                let ctx = command::<ReverseDelivery>(scene, officer(scene, act)?, act);
                orders::reverse(app, &ctx, entry, self.reason(act, &scene.history.reversals)).await?
            }
            _ => {
                let ctx = command::<ConfirmDelivery>(scene, self.receiver()?, act);
                orders::confirm(app, &ctx, entry, OrderVersion { version: self.version }).await?
            }
        };
        self.keep(&view);
        Ok(())
    }

    async fn ask(&mut self, scene: &Scene<'_>, act: &mut Act<'_>) -> Result<(), AppError> {
        let (app, order) = (&scene.stage.app, self.order()?);
        let Some((question, answer)) = act.chance.pick(&scene.history.questions).cloned() else { return Ok(()) };
        let ctx = command::<CommentOrder>(scene, &self.school.principal, act);
        orders::comment(app, &ctx, order, Comment { text: question }).await?;
        let ctx = scene.stage.command::<CommentOrder>(&self.unit.head, act.now.plus_seconds(40 * 60));
        let view = orders::comment(app, &ctx, order, Comment { text: answer }).await?;
        self.keep(&view);
        Ok(())
    }
}

fn command<E: Endpoint>(scene: &Scene<'_>, actor: &Arc<Actor>, act: &Act<'_>) -> CommandContext {
    scene.stage.command::<E>(actor, act.now)
}

/// One of the budget officers.
fn officer<'a>(scene: &Scene<'a>, act: &mut Act<'_>) -> Result<&'a Arc<Actor>, AppError> {
    let officers = scene.cast.officers.get(&Role::BudgetOfficer).map(Vec::as_slice).unwrap_or_default();
    act.chance.pick(officers).ok_or_else(|| AppError::internal("demo history: nobody in the budget office"))
}
