//! Days that one school gives to another: both principals agree, the receiving school pays from its own budget, and in one transaction
//! the commitment moves from the one school's lines to the other's.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::catalog::choice::Choices;
use shared::catalog::price::PriceLine;
use shared::error::ErrorCode;
use shared::id::{GiftId, OrderId, PersonId, SchoolId};
use shared::identity::{Role, Scope};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::orders::OrderState;
use shared::orders::api::{GiftVersion, GiftView, NewGift, OrderReason, RescueView, TakingGift};
use shared::orders::approval::Needed;
use shared::orders::rescue::GiftState;
use shared::orders::state::OrderCommand;
use shared::words::orders as words;

use super::approve::reason;
use super::child::{Begin, Bought, Child, bear, conceive, settle, weigh, weigh_again};
use super::contract;
use super::facts::{self, OnSale, SchoolSide, school_side};
use super::notices::{Audience, Told, tell};
use super::rescue::{self, prepare, rest_of, take_off, write_smaller};
use super::step::{Errand, Step};
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Reach, Target, service as identity};
use crate::orders::rules::{Side, Standing, bar};
use crate::orders::store::{self, EventKind, GiftRow, OrderRow, Whose};

fn may(actor: &Actor, permission: Permission, school: SchoolId) -> bool {
    actor.may(permission, &Target::School(school, None))
}

/// The gifts as the caller may see them.
pub(super) fn views(actor: &Actor, rows: Vec<GiftRow>) -> Vec<GiftView> {
    rows.into_iter().map(|row| view(actor, row)).collect()
}

fn view(actor: &Actor, row: GiftRow) -> GiftView {
    let open = matches!(row.state, GiftState::Offered | GiftState::Taken);
    let side = may(actor, Permission::SubmitOrder, row.from.0) || may(actor, Permission::SubmitOrder, row.to.0);
    let approves = is_office(actor, row.to.0) && !had_a_hand(actor, &row);
    GiftView {
        may_take: row.state == GiftState::Offered && may(actor, Permission::SubmitOrder, row.to.0),
        may_end: open && (side || approves),
        may_approve: row.state == GiftState::Taken && approves,
        order: may(actor, Permission::ViewSchoolBudget, row.from.0).then_some(row.order),
        becomes: row.becomes.filter(|_| may(actor, Permission::ViewSchoolBudget, row.to.0)),
        id: row.id,
        version: row.version,
        state: row.state,
        number: row.number,
        title: row.title,
        tier_name: row.tier_name,
        unit: UnitRef { id: row.unit.0, name: row.unit.1 },
        from: SchoolRef { id: row.from.0, name: row.from.1 },
        to: SchoolRef { id: row.to.0, name: row.to.1 },
        units: row.units,
        measure: row.measure,
        value: row.value,
        offered_by: PersonRef { id: row.offered_by.0, name: row.offered_by.1 },
        offered: row.offered,
        taken_by: row.taken_by.map(|(id, name)| PersonRef { id, name }),
        reason: row.reason,
    }
}

fn is_office(actor: &Actor, school: SchoolId) -> bool {
    actor.holds_role(Role::BudgetOfficer, &Target::School(school, None))
}

fn had_a_hand(actor: &Actor, row: &GiftRow) -> bool {
    row.offered_by.0 == actor.person || row.taken_by.as_ref().is_some_and(|(id, _)| *id == actor.person)
}

/// Gifts of the caller's schools, newest first; for who sees every school, all.
///
/// # Errors
/// Those of the database.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<GiftView>, AppError> {
    let whose = match actor.reach(Permission::ViewSchoolBudget) {
        Reach::Everything => Whose::Everyone,
        Reach::Parts { schools, networks, .. } => {
            Whose::Of(schools.into_iter().map(Scope::School).chain(networks.into_iter().map(Scope::Network)).collect())
        }
    };
    Ok(views(actor, store::gifts(&app.db.reader(), &whose).await?))
}

/// The school offers some of its order's rest to another school. Nothing moves before the other principal agrees.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` by field.
pub async fn offer(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: NewGift) -> Result<RescueView, AppError> {
    if budget::list_schools(&app.db.reader()).await?.iter().all(|school| school.id != body.school) {
        return Err(AppError::field("school", words::SAME_SCHOOL));
    }
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_offer).await?;
    rescue::rescue(app, &ctx.actor, order).await
}

async fn write_offer(tx: Tx, errand: Errand<NewGift>) -> Result<(), AppError> {
    let body = &errand.body;
    let mut step = rescue::open(tx, &errand, body.version).await?;
    let reason = reason(&body.reason)?;
    if body.school == step.before.school {
        return Err(AppError::field("school", words::SAME_SCHOOL));
    }
    let rest = rest_of(&step.after);
    let free = rest.left().saturating_sub(store::promised(&step.tx, step.before.id).await?);
    if body.units == 0 || body.units > free {
        return Err(AppError::field("units", words::NO_REST));
    }
    if body.units == rest.units {
        return Err(AppError::field("units", words::ALL_IS_CANCEL));
    }
    let (order, to) = (step.before.clone(), budget::school_facts(&step.tx, body.school).await?);
    let (value, counted) = (rest.value_of(body.units), words::counted(body.units, step.after.unit_word()));
    let who = (step.ctx.actor.person, step.ctx.actor.name.clone());
    let row = GiftRow {
        id: step.tx.new_id(step.ctx.now),
        version: 1,
        state: GiftState::Offered,
        order: order.id,
        number: order.number,
        title: order.title.clone(),
        tier_name: order.tier_name.clone(),
        measure: order.measure,
        unit: (order.unit, order.unit_name.clone()),
        from: (order.school, order.school_name.clone()),
        to: (to.id, to.name.clone()),
        units: body.units,
        value,
        goal: None,
        reason: reason.clone(),
        offered_by: who,
        offered: step.ctx.now,
        taken_by: None,
        taken: None,
        approved_by: None,
        becomes: None,
    };
    // The order's row is held, so that two offers never promise the same units.
    store::hold(&mut step.tx, order.id).await?;
    store::insert_gift(&mut step.tx, &row).await?;
    let text = words::offered_days(&counted, &to.name, value);
    step.event(EventKind::Given, text.clone(), reason.clone());
    step.append().await?;
    let audience = Audience::Who(Permission::SubmitOrder, Target::School(to.id, to.network));
    step.tell(Told { audience, text: words::tell_gift_offered(&order.school_name, &counted, &order.title, value), link: words::GIFTS_LINK.to_owned() });
    step.commit_about(text, &reason, vec![row.id.to_string()]).await
}

/// The caller's own gift, or not found alike for what is not there and what is others'.
async fn seen(app: &App, actor: &Actor, id: GiftId) -> Result<GiftRow, AppError> {
    let row = store::gift(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    let sees = [row.from.0, row.to.0].into_iter().any(|school| may(actor, Permission::ViewSchoolBudget, school));
    if sees { Ok(row) } else { Err(AppError::not_found()) }
}

/// A gift judged, to be carried out or put before the budget office.
#[derive(Clone)]
struct Judged {
    gift: GiftRow,
    after: GiftRow,
    giver: OrderRow,
    side: Arc<SchoolSide>,
    found: OnSale,
    child: Child,
    /// False where the budget office is asked first.
    goes: bool,
    needed: Needed,
}

/// Judges the receiving school's side: what it pays, with which funds, and who has to approve it.
async fn judge(app: &App, ctx: &CommandContext, gift: GiftRow, (permission, after): (Permission, GiftRow)) -> Result<Judged, AppError> {
    let approved = permission == Permission::ApproveOrder;
    let reader = app.db.reader();
    let side = school_side(app, (&ctx.actor, ctx.now), permission, gift.to.0).await?;
    let giver = store::order(&reader, gift.order).await?.ok_or_else(AppError::not_found)?;
    let found = facts::bought(&reader, &giver).await?;
    let taken = after.taken_by.clone().ok_or_else(|| AppError::internal("a gift that nobody takes"))?;
    let counted = words::counted(gift.units, giver.unit_word());
    let working = words::received(&counted, &gift.from.1, gift.value);
    let quantity = u64::from(giver.quantity) * u64::from(gift.units) / u64::from(giver.units.max(1));
    let bought = Bought {
        quantity: u32::try_from(quantity).unwrap_or(1).max(1),
        units: Some(gift.units),
        price: gift.value,
        working: working.clone(),
        price_lines: vec![PriceLine { title: giver.title.clone(), working, amount: gift.value }],
        choices: Choices::default(),
        // What is sold stays sold in the same part of the year.
        start: giver.start,
        goal: after.goal,
    };
    let due = calendar::time(&reader).await?.later(shared::calendar::ClockOf::Office, ctx.now, super::deliver::SETTLE_DAYS)?;
    let bought_for = identity::acted_for(&reader, taken.0, (gift.to.0, after.taken.unwrap_or(ctx.now))).await?;
    let begin = Begin { buyer: taken, bought_for, now: ctx.now, command: OrderCommand::TakeOver, due: Some(due), contact: giver.contact.clone() };
    let child = conceive(app.id(ctx.now), &side, &found, &bought, &begin)?;
    let needed = weigh(&reader, (&side, &found), &child, giver.id).await?;
    // One person of the budget office decides about a gift; what policy wants more people for is bought from the shelf.
    if needed.steps.len() > 1 || needed.steps.iter().any(|step| step.role != Role::BudgetOfficer) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::GIFT_TOO_LARGE));
    }
    let goes = approved || needed.by_policy();
    Ok(Judged { gift, after, giver, side: Arc::new(side), found, child, goes, needed })
}

/// The receiving principal takes the days. Within policy everything moves at once; above it the budget office is asked, and nothing moves
/// before.
///
/// # Errors
/// `NotFound` outside the receiving school, `NotInThisState`, `Stale`; as submitting for who may pay.
pub async fn take(app: &Arc<App>, ctx: &CommandContext, id: GiftId, body: TakingGift) -> Result<Vec<GiftView>, AppError> {
    let gift = seen(app, &ctx.actor, id).await?;
    if !may(&ctx.actor, Permission::SubmitOrder, gift.to.0) {
        return Err(ErrorCode::NotAllowed.into());
    }
    let judged = match check(&gift, GiftState::Offered, body.version) {
        Ok(()) => {
            let mut after = gift.clone();
            (after.goal, after.taken) = (body.goal, Some(ctx.now));
            after.taken_by = Some((ctx.actor.person, ctx.actor.name.clone()));
            judge(app, ctx, gift, (Permission::SubmitOrder, after)).await?
        }
        Err(_) if app.db.answered(&ctx.key()).await?.is_some() => return list(app, &ctx.actor).await,
        Err(error) => return Err(error),
    };
    run(app, ctx, judged).await
}

/// The budget office approves what policy alone does not; everything moves now.
///
/// # Errors
/// `NotYourOwn` for who offered or took it; as [`take`].
pub async fn approve(app: &Arc<App>, ctx: &CommandContext, id: GiftId, body: GiftVersion) -> Result<Vec<GiftView>, AppError> {
    let gift = seen(app, &ctx.actor, id).await?;
    if !is_office(&ctx.actor, gift.to.0) {
        return Err(ErrorCode::NotAllowed.into());
    }
    let sides = [Side { person: ctx.actor.person, above: identity::above(&app.db.reader(), ctx.actor.person).await? }];
    let asked: BTreeSet<PersonId> = std::iter::once(gift.offered_by.0).chain(gift.taken_by.as_ref().map(|(id, _)| *id)).collect();
    if let Some(bar) = bar(&sides, &asked, &BTreeSet::new()) {
        return Err(AppError::saying(ErrorCode::NotYourOwn, bar.words()));
    }
    let judged = match check(&gift, GiftState::Taken, body.version) {
        Ok(()) => {
            let after = GiftRow { approved_by: Some(ctx.actor.person), ..gift.clone() };
            judge(app, ctx, gift, (Permission::ApproveOrder, after)).await?
        }
        Err(_) if app.db.answered(&ctx.key()).await?.is_some() => return list(app, &ctx.actor).await,
        Err(error) => return Err(error),
    };
    run(app, ctx, judged).await
}

fn check(gift: &GiftRow, state: GiftState, version: u32) -> Result<(), AppError> {
    if gift.state != state {
        return Err(ErrorCode::NotInThisState.into());
    }
    if gift.version == version { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

async fn run(app: &Arc<App>, ctx: &CommandContext, judged: Judged) -> Result<Vec<GiftView>, AppError> {
    let (id, order) = (judged.gift.id, judged.giver.id);
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body: judged };
    app.db.command(&ctx.key(), id, errand, write_taking).await?;
    list(app, &ctx.actor).await
}

async fn write_taking(tx: Tx, errand: Errand<Judged>) -> Result<(), AppError> {
    let Judged { gift, mut after, side, found, mut child, goes, needed, .. } = errand.body.clone();
    let before = store::order(&tx, gift.order).await?.ok_or_else(AppError::not_found)?;
    // The receiving school has no scope over the giver's order: the gift is what lets it in.
    let mut step = Step::on(tx, &errand, (before, Standing::of_policy()));
    prepare(&mut step).await?;
    let counted = words::counted(gift.units, step.after.unit_word());
    if !goes {
        after.state = GiftState::Taken;
        change(&mut step.tx, &gift, &after).await?;
        let audience = Audience::Holders(Role::BudgetOfficer, Target::District);
        let text = words::tell_gift_office(&gift.from.1, &gift.to.1, gift.value);
        step.tell(Told { audience, text, link: words::GIFTS_LINK.to_owned() });
        let summary = words::gift_taken(&counted, gift.value);
        return step.commit_about(summary, &needed.because, vec![gift.id.to_string()]).await;
    }
    weigh_again(&mut step.tx, (&side, &found), (&child, &needed), gift.order).await?;
    // It is settled now, so its own promise no longer stands in the way of taking the units off.
    (after.state, after.becomes) = (GiftState::Done, Some(child.after.id));
    let told = [
        (EventKind::Received, words::received(&counted, &gift.from.1, gift.value)),
        (EventKind::Policy, words::gift_within_policy(&needed.because)),
    ];
    let told = if after.approved_by.is_some() { &told[..1] } else { &told[..] };
    child.after.contact.clone_from(&step.before.contact);
    let born = bear(&mut step.tx, &mut child, (step.before.id, side.today), told).await?;
    change(&mut step.tx, &gift, &after).await?;
    let off = take_off(&mut step, gift.units).await.map_err(|_| AppError::saying(ErrorCode::Stale, words::GIFT_GONE))?;
    if off.value != gift.value {
        return Err(AppError::saying(ErrorCode::Stale, words::GIFT_GONE));
    }
    move_quantity(&mut step, &child);
    // What the giver's order no longer draws of an outside provider's contract, the new one does.
    contract::draw(&mut step.tx, &found, &child.after, side.today).await?;
    let text = words::gave(&counted, &gift.to.1, gift.value);
    step.event(EventKind::Given, text.clone(), gift.reason.clone());
    tell_all(&mut step, &gift, &child, &counted);
    let ids = write_smaller(&mut step, &off, &born.movements).await?;
    let freed = off.movements.len();
    settle(&mut step.tx, &child, born, (ids.get(freed..).unwrap_or_default(), &side)).await?;
    step.commit_about(text, &gift.reason, vec![child.after.id.to_string(), gift.id.to_string()]).await
}

async fn change(tx: &mut Tx, before: &GiftRow, after: &GiftRow) -> Result<(), AppError> {
    if store::change_gift(tx, before, after).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

/// The unit's capacity stays sold: only who it is sold to changes.
fn move_quantity(step: &mut Step, child: &Child) {
    step.after.quantity = step.before.quantity.saturating_sub(child.after.quantity).max(1);
}

fn tell_all(step: &mut Step, gift: &GiftRow, child: &Child, counted: &str) {
    let order = step.before.clone();
    step.tell(Told::unit(&order, words::tell_gift_unit(order.number, counted, &gift.from.1, &gift.to.1)));
    step.tell(Told::buyer(&order, words::tell_gift_given(counted, &gift.to.1, gift.value)));
    if step.after.state == OrderState::Delivered {
        step.tell(Told::buyer(&order, words::tell_delivered(order.number)));
    }
    step.tell(Told::buyer(&child.after, words::tell_gift_done(counted, child.after.number)));
}

/// Either principal, or the budget office, ends it before anything has moved.
///
/// # Errors
/// `NotFound` for others, `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn end(app: &Arc<App>, ctx: &CommandContext, id: GiftId, body: OrderReason) -> Result<Vec<GiftView>, AppError> {
    let gift = seen(app, &ctx.actor, id).await?;
    let own = may(&ctx.actor, Permission::SubmitOrder, gift.from.0);
    if !own && !may(&ctx.actor, Permission::SubmitOrder, gift.to.0) && !is_office(&ctx.actor, gift.to.0) {
        return Err(ErrorCode::NotAllowed.into());
    }
    let said = reason(&body.reason)?;
    let state = if own { GiftState::Withdrawn } else { GiftState::Declined };
    let input = (Arc::clone(app), ctx.clone(), (gift, state, body.version, said));
    app.db.command(&ctx.key(), id, input, |tx, (app, ctx, what)| write_end(tx, (app, ctx), what)).await?;
    list(app, &ctx.actor).await
}

async fn write_end(
    mut tx: Tx,
    (app, ctx): (Arc<App>, CommandContext),
    (gift, state, version, said): (GiftRow, GiftState, u32, String),
) -> Result<(), AppError> {
    if gift.version != version {
        return Err(ErrorCode::Stale.into());
    }
    if !matches!(gift.state, GiftState::Offered | GiftState::Taken) {
        return Err(ErrorCode::NotInThisState.into());
    }
    let after = GiftRow { state, ..gift.clone() };
    change(&mut tx, &gift, &after).await?;
    let counted = words::counted(gift.units, gift.measure.title());
    let text = words::tell_gift_ended(&counted, &ctx.actor.name);
    let sides = [gift.from.0, gift.to.0];
    let told = sides.map(|school| Told {
        audience: Audience::Who(Permission::SubmitOrder, Target::School(school, None)),
        text: text.clone(),
        link: words::GIFTS_LINK.to_owned(),
    });
    let effects = tell(&mut tx, &app, &ctx, &told).await?;
    let fact = Fact {
        object: gift.id.to_string(),
        object_title: words::order_title(gift.number),
        school: Some(gift.from.0),
        summary: words::gift_ended(&counted),
        reason: said,
    };
    let record = ctx.record(fact).about([gift.id.to_string(), gift.order.to_string()]);
    Ok(tx.commit(record, effects).await?)
}
