//! The cart: a school's drafts, priced anew at every look, with the split and what submitting would refuse.

use std::sync::Arc;

use shared::catalog::api::CatalogPackage;
use shared::catalog::price::{PriceLine, default_quantity, measure, ordered_units};
use shared::error::{ErrorCode, FieldError};
use shared::id::{OrderId, SchoolId};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::api::{CartLine, CartView, NewDraft};
use shared::orders::split::check_split;
use shared::orders::{OrderState, SplitPart};
use shared::words::orders as words;

use super::contract;
use super::delegate;
use super::facts::{self, OnSale, SchoolSide, school_side};
use super::forecast;
use super::step::fact;
use super::view::tier_name;
use super::waiting;
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Target};
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, SplitRow};

/// The most drafts one cart holds.
const CART_LIMIT: usize = 100;

/// The school's drafts with their proposed splits and what submitting would do.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn view(app: &App, actor: &Actor, school: SchoolId) -> Result<CartView, AppError> {
    let mut side = school_side(app, (actor, app.now()), Permission::ViewSchoolBudget, school).await?;
    let reader = app.db.reader();
    let drafts = store::drafts(&reader, school).await?;
    let judged = judge_all(app, &mut side, &drafts).await?;
    let recent = forecast::recent(&reader, &side).await?;
    let approvals = forecast::forecasts(&side, &recent, &drafts, &judged);
    let lines: Vec<CartLine> = drafts.iter().zip(judged).map(|(draft, judged)| line(draft, judged)).collect();
    Ok(CartView {
        school: SchoolRef { id: school, name: side.school.name.clone() },
        facts: side.school.facts,
        today: side.today,
        total: lines.iter().map(|line| line.price).sum(),
        cap: delegate::buying_limit(&reader, actor, &Target::School(school, side.school.network), side.today).await.unwrap_or(None),
        usual: forecast::usual(&reader).await?,
        policy: side.policy,
        recent,
        approvals,
        lines,
    })
}

/// Judges drafts one after the other: what one takes, the next no longer finds.
pub async fn judge_all(app: &App, side: &mut SchoolSide, drafts: &[OrderRow]) -> Result<Vec<Judged>, AppError> {
    let ids: Vec<OrderId> = drafts.iter().map(|draft| draft.id).collect();
    let reader = app.db.reader();
    let typed = store::splits(&reader, &ids).await?;
    let kept = waiting::kept_for(&reader, &ids).await?;
    let mut judged = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let found = facts::on_sale(&reader, draft.package).await?;
        let kept = kept.get(&draft.id).copied().unwrap_or(0);
        let this = judge(side, (draft, kept), found, &parts_of(draft.id, &typed));
        side.take(&this.split, draft.goal);
        judged.push(this);
    }
    Ok(judged)
}

/// What a draft costs today, how it would be paid, and what submitting would refuse.
pub struct Judged {
    pub price: Cents,
    pub working: String,
    pub price_lines: Vec<PriceLine>,
    pub split: Vec<SplitPart>,
    /// The first is what a submission answers with.
    pub problems: Vec<(ErrorCode, String)>,
    pub fields: Vec<FieldError>,
    /// The package as it is on the shelf now: until it is submitted, a draft follows what the unit publishes.
    pub found: Option<OnSale>,
}

/// The judgement of the cart and of the submission: one function.
pub fn judge(side: &SchoolSide, (draft, kept): (&OrderRow, u32), found: Option<OnSale>, typed: &[SplitPart]) -> Judged {
    let found = found.filter(|found| found.service.menu_year == side.year && found.sale.hold(side.today));
    let (price, working, split) = (draft.price, draft.working.clone(), typed.to_vec());
    let price_lines = draft.price_lines.clone();
    let mut judged = Judged { price, working, price_lines, split, problems: Vec::new(), fields: Vec::new(), found: None };
    let Some(found) = found else {
        judged.problems.push((ErrorCode::PackageNotOnSale, words::package_gone(&draft.title)));
        return judged;
    };
    weigh(side, (draft, kept), &found, &mut judged);
    judged.found = Some(found);
    judged
}

fn weigh(side: &SchoolSide, (draft, kept): (&OrderRow, u32), found: &OnSale, judged: &mut Judged) {
    match side.price_of_draft(found, draft) {
        Ok(priced) => (judged.price, judged.working, judged.price_lines) = (priced.total, priced.working, priced.lines),
        Err(error) => {
            judged.problems.push((facts::no_price(error).code(), error.message()));
            return;
        }
    }
    if draft.start < side.today {
        judged.problems.push((ErrorCode::BadInput, words::START_PASSED.to_owned()));
    }
    let left = found.package.left_on(draft.start).map(|left| left.max(kept));
    if let Some(left) = left.filter(|left| *left < draft.quantity) {
        judged.problems.push((ErrorCode::NoCapacity, words::capacity_left(left)));
    }
    if draft.goal.is_none() && side.policy.goal_needed(judged.price) {
        judged.problems.push((ErrorCode::GoalNeeded, words::GOAL_FOR_LARGE.to_owned()));
    }
    judged.problems.extend(contract::problems(side, found, judged.price, draft.quantity));
    let fit = side.fit(found, draft, judged.price);
    if !draft.split_typed {
        judged.split = fit.proposal();
        if !fit.shortfall.is_zero() {
            judged.problems.push((ErrorCode::NotEnoughMoney, words::not_fundable(fit.shortfall)));
            return;
        }
    }
    if let Err(refusal) = check_split(&judged.split, &fit) {
        let says = refusal.fields.iter().map(|field| (refusal.code, field.message.clone()));
        judged.problems.extend(says);
        judged.fields = refusal.fields;
    }
}

/// The shares that a person typed for one draft.
pub fn parts_of(order: OrderId, typed: &[SplitRow]) -> Vec<SplitPart> {
    typed.iter().filter(|split| split.order == order).map(|split| SplitPart { line: split.line, amount: split.amount }).collect()
}

fn line(draft: &OrderRow, judged: Judged) -> CartLine {
    CartLine {
        order: draft.id,
        version: draft.version,
        service: draft.service,
        unit: UnitRef { id: draft.unit, name: draft.unit_name.clone() },
        package: draft.package,
        title: draft.title.clone(),
        tier: draft.tier,
        tier_name: draft.tier_name.clone(),
        quantity: draft.quantity,
        start: draft.start,
        goal: draft.goal,
        note: draft.note.clone(),
        price: judged.price,
        working: judged.working,
        price_lines: judged.price_lines,
        choices: draft.choices.clone(),
        offer: judged.found.map(|found| found.package.content),
        split: judged.split,
        may_wait: judged.problems.iter().any(|(code, _)| *code == ErrorCode::NoCapacity),
        problems: judged.problems.into_iter().map(|(_, words)| words).collect(),
        drafted_by: PersonRef { id: draft.drafted_by, name: draft.drafted_by_name.clone() },
        renews: draft.renews,
        locked: draft.locked.is_some(),
    }
}

/// Puts a package into the cart.
///
/// # Errors
/// `PackageNotOnSale`, or `BadInput` where there is no price for this quantity.
pub async fn add(app: &Arc<App>, ctx: &CommandContext, school: SchoolId, body: NewDraft) -> Result<CartView, AppError> {
    let side = school_side(app, (&ctx.actor, ctx.now), Permission::DraftOrder, school).await?;
    let found = facts::on_sale(&app.db.reader(), body.package).await?.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    if body.goal.is_some_and(|goal| side.plan.iter().all(|known| known.id != goal)) {
        return Err(AppError::field("goal", words::GOAL_UNKNOWN));
    }
    let draft = new_draft(app, ctx, &side, (&found, &body))?;
    let (id, input) = (draft.id, (ctx.clone(), draft));
    app.db.command(&ctx.key(), id, input, |tx, (ctx, draft)| insert(tx, ctx, draft)).await?;
    view(app, &ctx.actor, school).await
}

async fn insert(mut tx: Tx, ctx: CommandContext, draft: OrderRow) -> Result<(), AppError> {
    let draft = put_draft(&mut tx, &ctx, draft, String::new()).await?;
    let record = ctx.record(fact(&draft, words::drafted_summary(&draft.title, draft.price), ""));
    Ok(tx.commit(record, Vec::new()).await?)
}

/// Puts a draft into the cart within a larger command; the caller commits, and audits.
///
/// # Errors
/// `BadInput` where the cart is full.
pub(super) async fn put_draft(tx: &mut Tx, ctx: &CommandContext, mut draft: OrderRow, detail: String) -> Result<OrderRow, AppError> {
    if store::cart_ids(&*tx, draft.school).await?.len() >= CART_LIMIT {
        return Err(AppError::saying(ErrorCode::BadInput, words::cart_full(CART_LIMIT)));
    }
    draft.number = store::next_number(tx).await?;
    draft.words = search_words(&draft);
    store::insert(tx, &draft).await?;
    let event = NewEvent {
        order: draft.id,
        at: ctx.now,
        person: Some(ctx.actor.person),
        kind: EventKind::Drafted,
        text: words::DRAFTED.to_owned(),
        detail,
        for_person: ctx.acting_for(draft.school).map(|(id, _)| id),
    };
    store::append(tx, &[event]).await?;
    Ok(draft)
}

pub(super) fn new_draft(app: &App, ctx: &CommandContext, side: &SchoolSide, (found, body): (&OnSale, &NewDraft)) -> Result<OrderRow, AppError> {
    let OnSale { unit, service, package, .. } = found;
    let quantity = if body.quantity == 0 { default_quantity(&package.content.price) } else { body.quantity };
    let priced = side.price(found, quantity, &body.choices).map_err(facts::no_price)?;
    Ok(OrderRow {
        id: app.id(ctx.now),
        number: 0,
        version: 1,
        state: OrderState::Draft,
        school: side.school.id,
        school_name: side.school.name.clone(),
        network: None,
        unit: service.unit,
        unit_name: unit.name.clone(),
        unit_contact: String::new(),
        service: service.id,
        package: package.id,
        package_version: package.version,
        year: side.year,
        quantity,
        measure: measure(&package.content),
        units: units_of(package, quantity)?,
        periods: Vec::new(),
        logged_units: 0,
        confirmed_units: 0,
        start: body.start.or(package.content.starts).unwrap_or(side.today).max(side.today),
        goal: body.goal,
        note: String::new(),
        price: priced.total,
        working: priced.working,
        price_lines: priced.lines,
        choices: body.choices.clone(),
        envelope: Cents::ZERO,
        split_typed: false,
        title: service.content.title.clone(),
        tier: package.content.tier,
        tier_name: tier_name(found),
        division: unit.division,
        words: String::new(),
        contact: String::new(),
        drafted_by: ctx.actor.person,
        drafted_by_name: String::new(),
        buyer: None,
        buyer_name: None,
        bought_for: None,
        drafted: ctx.now,
        submitted: None,
        approved: None,
        answered: None,
        due: None,
        answer_due: None,
        provider: service.content.provider.clone(),
        contract_draw: Cents::ZERO,
        category: Some(service.content.category),
        open_step: None,
        rests: None,
        climbed_to: None,
        counter: None,
        countered_by: None,
        countered_by_name: None,
        rating: None,
        renews: None,
        term_year: 1,
        locked: None,
    })
}

/// How many units `quantity` of the package delivers.
pub fn units_of(package: &CatalogPackage, quantity: u32) -> Result<u32, AppError> {
    ordered_units(&package.content, quantity).ok_or_else(|| AppError::field("quantity", words::TOO_MANY))
}

/// What lists search: number, service, tier, school, unit.
pub fn search_words(order: &OrderRow) -> String {
    format!("{} {} {} {} {}", order.number, order.title, order.tier_name, order.school_name, order.unit_name).to_lowercase()
}
