//! The cart: a school's drafts, priced anew at every look, with the split and what submitting would refuse.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::catalog::api::CatalogPackage;
use shared::catalog::price::{PriceLine, default_quantity, measure, ordered_units};
use shared::error::{ErrorCode, FieldError};
use shared::id::{OrderId, SchoolId, UnitId};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::api::{ApprovalForecast, CartLine, CartView, NewDraft};
use shared::orders::approval::{Approval, Counted, approval, goal_needed, sums_by_unit, window_start};
use shared::orders::split::check_split;
use shared::orders::{OrderState, SplitPart};
use shared::words::orders as words;

use super::facts::{self, OnSale, SchoolSide, school_side};
use super::step::fact;
use super::view::tier_name;
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext};
use crate::orders::store::{self, EventKind, NewEvent, OrderRow, SplitRow};

/// The most drafts one cart holds.
const CART_LIMIT: usize = 100;
/// So many past approvals tell the usual time.
const ENOUGH_APPROVALS: usize = 3;

/// The school's drafts with their proposed splits and what submitting would do.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn view(app: &App, actor: &Actor, school: SchoolId) -> Result<CartView, AppError> {
    let mut side = school_side(app, (actor, app.now()), Permission::ViewSchoolBudget, school).await?;
    let reader = app.db.reader();
    let drafts = store::drafts(&reader, school).await?;
    let judged = judge_all(app, &mut side, &drafts).await?;
    let lines: Vec<CartLine> = drafts.iter().zip(judged).map(|(draft, judged)| line(draft, judged)).collect();
    Ok(CartView {
        school: SchoolRef { id: school, name: side.school.name.clone() },
        facts: side.school.facts,
        today: side.today,
        total: lines.iter().map(|line| line.price).sum(),
        policy: side.policy,
        approvals: forecasts(app, &side, &lines).await?,
        lines,
    })
}

/// Judges drafts one after the other: what one takes, the next no longer finds.
pub async fn judge_all(app: &App, side: &mut SchoolSide, drafts: &[OrderRow]) -> Result<Vec<Judged>, AppError> {
    let ids: Vec<OrderId> = drafts.iter().map(|draft| draft.id).collect();
    let reader = app.db.reader();
    let typed = store::splits(&reader, &ids).await?;
    let mut judged = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let found = facts::on_sale(&reader, draft.package).await?;
        let this = judge(side, draft, found, &parts_of(draft.id, &typed));
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
pub fn judge(side: &SchoolSide, draft: &OrderRow, found: Option<OnSale>, typed: &[SplitPart]) -> Judged {
    let found = found.filter(|found| found.service.menu_year == side.year);
    let (price, working, split) = (draft.price, draft.working.clone(), typed.to_vec());
    let price_lines = draft.price_lines.clone();
    let mut judged = Judged { price, working, price_lines, split, problems: Vec::new(), fields: Vec::new(), found: None };
    let Some(found) = found else {
        judged.problems.push((ErrorCode::PackageNotOnSale, words::package_gone(&draft.title)));
        return judged;
    };
    weigh(side, draft, &found, &mut judged);
    judged.found = Some(found);
    judged
}

fn weigh(side: &SchoolSide, draft: &OrderRow, found: &OnSale, judged: &mut Judged) {
    match side.price(found, draft.quantity, &draft.choices) {
        Ok(priced) => (judged.price, judged.working, judged.price_lines) = (priced.total, priced.working, priced.lines),
        Err(error) => {
            judged.problems.push((facts::no_price(error).code(), error.message()));
            return;
        }
    }
    if draft.start < side.today {
        judged.problems.push((ErrorCode::BadInput, words::START_PASSED.to_owned()));
    }
    if found.package.left.is_some_and(|left| left < draft.quantity) {
        judged.problems.push((ErrorCode::NoCapacity, words::capacity_left(found.package.left.unwrap_or(0))));
    }
    if draft.goal.is_none() && goal_needed(&side.policy, judged.price) {
        judged.problems.push((ErrorCode::GoalNeeded, words::GOAL_FOR_LARGE.to_owned()));
    }
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
        problems: judged.problems.into_iter().map(|(_, words)| words).collect(),
        drafted_by: PersonRef { id: draft.drafted_by, name: draft.drafted_by_name.clone() },
    }
}

/// By unit: what its drafts come to, and who approves them.
pub type Approvals = BTreeMap<UnitId, (Cents, Approval)>;

/// Who has to approve drafts, by unit; what the school ordered from it within the window counts too.
pub async fn approvals(app: &App, side: &SchoolSide, drafts: &[(UnitId, Cents)]) -> Result<Approvals, AppError> {
    let calendar = &side.time.days;
    let mut counted: Vec<Counted> = drafts.iter().map(|(unit, price)| Counted { unit: *unit, price: *price, submitted: None }).collect();
    let since = window_start(side.today, calendar);
    for (unit, price) in store::recent_by_unit(&app.db.reader(), side.school.id, since).await? {
        counted.push(Counted { unit, price, submitted: Some(side.today) });
    }
    let sums = sums_by_unit(&counted, side.today, calendar);
    Ok(sums.into_iter().map(|sum| (sum.unit, (sum.drafts, approval(&side.policy, sum)))).collect())
}

/// By unit: the sum, who will have to approve it, and how long that usually takes.
async fn forecasts(app: &App, side: &SchoolSide, lines: &[CartLine]) -> Result<Vec<ApprovalForecast>, AppError> {
    let drafts: Vec<(UnitId, Cents)> = lines.iter().map(|line| (line.unit.id, line.price)).collect();
    let mut forecasts = Vec::new();
    for (id, (sum, approval)) in approvals(app, side, &drafts).await? {
        let name = lines.iter().find(|line| line.unit.id == id).map(|line| line.unit.name.clone()).unwrap_or_default();
        let unit = UnitRef { id, name };
        forecasts.push(match approval {
            Approval::ByPolicy { because } => ApprovalForecast { unit, sum, role: None, because, usual_hours: None },
            Approval::Needs { role, because } => {
                ApprovalForecast { unit, sum, role: Some(role), because, usual_hours: usual_hours(app, id).await? }
            }
        });
    }
    Ok(forecasts)
}

/// Median hours of past approvals, at least one.
async fn usual_hours(app: &App, unit: UnitId) -> Result<Option<u32>, AppError> {
    let times = store::approval_times(&app.db.reader(), unit).await?;
    if times.len() < ENOUGH_APPROVALS {
        return Ok(None);
    }
    let mut hours: Vec<i64> = times.iter().map(|(from, to)| (to.seconds_since(*from) + 1_800) / 3_600).collect();
    hours.sort_unstable();
    Ok(u32::try_from(hours[hours.len() / 2].max(1)).ok())
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
    };
    store::append(tx, &[event]).await?;
    Ok(draft)
}

pub(super) fn new_draft(app: &App, ctx: &CommandContext, side: &SchoolSide, (found, body): (&OnSale, &NewDraft)) -> Result<OrderRow, AppError> {
    let OnSale { unit, service, package } = found;
    let quantity = if body.quantity == 0 { default_quantity(&package.content.price) } else { body.quantity };
    let priced = side.price(found, quantity, &body.choices).map_err(facts::no_price)?;
    let start = body.start.or(package.content.starts).unwrap_or(side.today).max(side.today);
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
        logged_units: 0,
        confirmed_units: 0,
        start,
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
        drafted: ctx.now,
        submitted: None,
        approved: None,
        answered: None,
        due: None,
        counter: None,
        countered_by: None,
        countered_by_name: None,
        rating: None,
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
