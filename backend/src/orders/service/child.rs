//! An order that comes of another one's rest: swapped for it, or given by another school.

use std::collections::BTreeSet;

use shared::catalog::choice::Choices;
use shared::catalog::price::{PriceLine, measure};
use shared::error::ErrorCode;
use shared::id::{OrderId, PersonId, PlanGoalId, TransferId};
use shared::ledger::Movement;
use shared::money::Cents;
use shared::orders::approval::{ApprovalPolicy, Asked, Needed, SellerSum, needed, window_start};
use shared::orders::split::check_split;
use shared::orders::state::OrderCommand;
use shared::orders::{OrderState, SplitPart};
use shared::time::{Date, Timestamp};
use shared::words::orders as words;

use super::cart::{search_words, units_of};
use super::cart_edit::split_rows;
use super::contract;
use super::facts::{self, OnSale, SchoolSide, check_plan};
use super::money;
use super::submit::shares;
use super::view::tier_name;
use crate::catalog::service as catalog;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::orders::rules::turn;
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, Purchase, Share, SplitRow};

/// What is bought with the rest.
#[derive(Clone)]
pub(super) struct Bought {
    pub quantity: u32,
    /// Units where they are not what the quantity makes: days of a stretch that were given.
    pub units: Option<u32>,
    pub price: Cents,
    pub working: String,
    pub price_lines: Vec<PriceLine>,
    pub choices: Choices,
    pub start: Date,
    pub goal: Option<PlanGoalId>,
}

/// Who buys it, when, and how it begins.
#[derive(Clone)]
pub(super) struct Begin {
    pub buyer: (PersonId, String),
    /// The principal on leave for whom they acted.
    pub bought_for: Option<(PersonId, String)>,
    pub now: Timestamp,
    pub command: OrderCommand,
    pub due: Option<Timestamp>,
    pub contact: String,
}

/// The new order as it will stand, judged before the transaction.
#[derive(Clone)]
pub(super) struct Child {
    pub before: OrderRow,
    pub after: OrderRow,
    pub parts: Vec<SplitPart>,
    pub shares: Vec<Share>,
}

/// Judges who pays, and puts the new order together.
///
/// # Errors
/// As submitting: the fund rules, the plan and the money are looked at.
pub(super) fn conceive(id: OrderId, side: &SchoolSide, found: &OnSale, bought: &Bought, begin: &Begin) -> Result<Child, AppError> {
    let mut before = draft(id, side, found, bought, begin)?;
    before.words = search_words(&before);
    let fit = side.fit(found, &before, bought.price);
    let parts = fit.proposal();
    if !fit.shortfall.is_zero() {
        return Err(AppError::saying(ErrorCode::NotEnoughMoney, words::not_fundable(fit.shortfall)));
    }
    check_split(&parts, &fit).map_err(|refusal| AppError::Refused { code: refusal.code, message: None, fields: refusal.fields })?;
    let mut after = before.clone();
    after.state = turn(OrderState::Draft, begin.command)?.state;
    (after.buyer, after.buyer_name, after.submitted) = (Some(begin.buyer.0), Some(begin.buyer.1.clone()), Some(begin.now));
    after.bought_for.clone_from(&begin.bought_for);
    if after.state != OrderState::Submitted {
        (after.approved, after.envelope) = (Some(begin.now), bought.price);
    }
    if after.state == OrderState::Accepted {
        after.answered = Some(begin.now);
    }
    after.contract_draw = contract::provider_part(found, bought.price, bought.quantity);
    (after.due, after.answer_due, after.contact) = (begin.due, begin.due, begin.contact.clone());
    Ok(Child { shares: shares(side, &parts)?, before, after, parts })
}

/// Who has to decide on the new order, by the policy's rows and the sum of the window. `own` of that sum is what it comes of.
///
/// # Errors
/// Those of the database.
pub(super) async fn weigh<Q: Query>(query: &Q, (side, found): (&SchoolSide, &OnSale), child: &Child, own: OrderId) -> Result<Needed, AppError> {
    let old = store::order(query, own).await?.ok_or_else(AppError::not_found)?;
    let asked = side.asked(found, child.after.price, &child.parts);
    Ok(weigh_order(query, (side, &side.policy), (&child.after, &asked), &old).await?.1)
}

/// Who has to decide on an order as it would be, and what counts together with it: what the school ordered lately of its seller, without
/// `old`, which it takes the place of.
///
/// # Errors
/// Those of the database.
pub(super) async fn weigh_order<Q: Query>(
    query: &Q,
    (side, policy): (&SchoolSide, &ApprovalPolicy),
    (order, asked): (&OrderRow, &Asked),
    old: &OrderRow,
) -> Result<(SellerSum, Needed), AppError> {
    let (unit, provider) = (order.unit, order.provider.clone());
    let since = window_start(side.today, &side.time.days, policy.window_days);
    let lately = store::recent_by_seller(query, order.school, since).await?;
    let known = lately.into_iter().find(|known| known.unit == unit && known.provider == provider).map_or(Cents::ZERO, |known| known.total);
    let same = old.school == order.school && old.unit == unit && old.provider == provider;
    let own = if same { store::purchased_since(query, old.id, since).await? } else { Cents::ZERO };
    let sum = SellerSum { unit, provider, drafts: asked.price, recent: known.saturating_sub(own) };
    let needed = needed(policy, asked, &sum);
    Ok((sum, needed))
}

/// Looks again where no other submission of the school to this unit can come between.
///
/// # Errors
/// `Stale` where somebody else has to decide now than was found before.
pub(super) async fn weigh_again(
    tx: &mut Tx,
    (side, found): (&SchoolSide, &OnSale),
    (child, needed): (&Child, &Needed),
    own: OrderId,
) -> Result<(), AppError> {
    store::take_turns(tx, side.school.id, &BTreeSet::from([found.service.unit])).await?;
    if facts::policy_on(&*tx, side.today).await? != side.policy {
        return Err(ErrorCode::Stale.into());
    }
    let now = weigh(&*tx, (side, found), child, own).await?;
    if now.steps == needed.steps { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

fn draft(id: OrderId, side: &SchoolSide, found: &OnSale, bought: &Bought, begin: &Begin) -> Result<OrderRow, AppError> {
    let OnSale { unit, service, package, .. } = found;
    let units = match bought.units {
        Some(units) => units,
        None => units_of(package, bought.quantity)?,
    };
    Ok(OrderRow {
        id,
        number: 0,
        version: 1,
        state: OrderState::Draft,
        school: side.school.id,
        school_name: side.school.name.clone(),
        network: side.school.network,
        unit: service.unit,
        unit_name: unit.name.clone(),
        unit_contact: unit.contact.clone(),
        service: service.id,
        package: package.id,
        package_version: package.version,
        year: side.year,
        quantity: bought.quantity,
        measure: measure(&package.content),
        units,
        periods: Vec::new(),
        logged_units: 0,
        confirmed_units: 0,
        start: bought.start,
        goal: bought.goal,
        note: String::new(),
        price: bought.price,
        working: bought.working.clone(),
        price_lines: bought.price_lines.clone(),
        choices: bought.choices.clone(),
        answer_due: None,
        provider: service.content.provider.clone(),
        category: Some(service.content.category),
        open_step: None,
        contract_draw: Cents::ZERO,
        rests: None,
        climbed_to: None,
        envelope: Cents::ZERO,
        split_typed: false,
        title: service.content.title.clone(),
        tier: package.content.tier,
        tier_name: tier_name(found),
        division: unit.division,
        words: String::new(),
        contact: String::new(),
        drafted_by: begin.buyer.0,
        drafted_by_name: begin.buyer.1.clone(),
        buyer: None,
        buyer_name: None,
        bought_for: None,
        drafted: begin.now,
        submitted: None,
        approved: None,
        answered: None,
        due: None,
        counter: None,
        countered_by: None,
        countered_by_name: None,
        rating: None,
        renews: None,
        term_year: 1,
        locked: None,
    })
}

/// What a birth leaves for the money: move these together with what the parent frees, and give [`settle`] the new transfers' ids.
pub(super) struct Born {
    pub splits: Vec<SplitRow>,
    pub movements: Vec<Movement>,
}

/// Writes the new order into the transaction of its parent: its row, origin, timeline, projection and capacity.
///
/// # Errors
/// `NoCapacity` where `counts` says that it takes some; those of the database.
pub(super) async fn bear(tx: &mut Tx, child: &mut Child, (parent, day): (OrderId, Date), told: &[(EventKind, String)]) -> Result<Born, AppError> {
    let number = store::next_number(tx).await?;
    (child.before.number, child.after.number) = (number, number);
    child.before.words = search_words(&child.before);
    child.after.words = child.before.words.clone();
    store::insert(tx, &child.before).await?;
    store::set_origin(tx, child.before.id, parent).await?;
    if !store::change(tx, &child.before, &child.after).await? {
        return Err(AppError::internal("a new order that somebody else changed"));
    }
    let person = child.after.buyer;
    let acted = child.after.bought_for.as_ref().map(|(id, _)| *id);
    let at = child.after.submitted.unwrap_or(child.after.drafted);
    let event = |(kind, text): &(EventKind, String)| {
        let person = person.filter(|_| *kind != EventKind::Policy);
        NewEvent { order: child.after.id, at, person, kind: *kind, text: text.clone(), detail: String::new(), for_person: person.and(acted) }
    };
    store::append(tx, &told.iter().map(event).collect::<Vec<_>>()).await?;
    store::insert_purchases(tx, &[Purchase { order: &child.after, shares: &child.shares, day }]).await?;
    let splits = split_rows(child.after.id, &child.parts);
    let movements = money::commit(child.after.state, &splits);
    Ok(Born { splits, movements })
}

/// Takes the new order's capacity.
///
/// # Errors
/// `NoCapacity`.
pub(super) async fn take_capacity(tx: &mut Tx, child: &Child) -> Result<(), AppError> {
    catalog::reserve_capacity(tx, child.after.draw(), child.after.quantity).await
}

/// Keeps the new order's shares, once the money has moved; looks again at what its plan allows.
///
/// # Errors
/// `NotEnoughMoney` naming the fund.
pub(super) async fn settle(tx: &mut Tx, child: &Child, mut born: Born, (ids, side): (&[TransferId], &SchoolSide)) -> Result<(), AppError> {
    check_plan(tx, &side.plan_limits(&child.parts, child.after.goal)).await?;
    for (split, id) in born.splits.iter_mut().zip(ids) {
        split.pending = (child.after.state == OrderState::Submitted).then_some(*id);
    }
    Ok(store::insert_splits(tx, &born.splits).await?)
}
