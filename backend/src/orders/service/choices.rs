//! Yearly choices: the budget office sets up a group, each school chooses exactly one of its offers, a place is taken by one write.

use std::sync::Arc;

use shared::catalog::api::{CatalogPackage, CatalogService};
use shared::catalog::choice::Choices;
use shared::catalog::price::default_quantity;
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{ChoiceGroupId, PackageId, SchoolId, ServiceId};
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::orders::dates::{YearlyDates, YearlyKind};
use shared::orders::selection::{
    ChoiceGroupView, ChoiceOffer, ChoicePhase, ChoiceQuery, ChoiceTier, Choosing, Chosen, SchoolChoice, choice_phase, fails, may_choose,
};
use shared::time::{Date, Timestamp};
use shared::words::orders::selection as words;

use super::dates::dates_of;
use super::facts::{self, OnSale, SchoolSide, side_on};
use super::renewals::next_edition;
use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};
use crate::orders::store::{self, ChoiceRow, GroupRow, OfferRow};

/// What every look at the groups needs.
pub(super) struct Window {
    pub today: Date,
    /// The year that is chosen for.
    pub year: FiscalYear,
    pub dates: YearlyDates,
    pub phase: ChoicePhase,
    /// The first day of the year that is chosen for.
    pub begins: Option<Date>,
}

/// The choices that are made in the year that is open.
pub(super) async fn window_on<Q: Query>(query: &Q, now: Timestamp) -> Result<Window, AppError> {
    let district = identity::district(query).await?;
    let today = district.day_of(now)?;
    let open = district.calendar.year_of(today);
    let (dates, year) = (dates_of(query, open).await?, FiscalYear(open.0 + 1));
    Ok(Window { today, year, phase: choice_phase(&dates, today), dates, begins: district.calendar.first_day(year) })
}

impl Window {
    pub fn day(&self, kind: YearlyKind) -> Option<Date> {
        self.dates.day(kind)
    }
}

/// The groups with their offers, fees for a school, and what the caller's schools have chosen.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn choices(app: &App, actor: &Actor, query: ChoiceQuery) -> Result<Vec<ChoiceGroupView>, AppError> {
    let reader = app.db.reader();
    let window = window_on(&reader, app.now()).await?;
    let side = match query.school {
        Some(school) => {
            let known = budget::school_facts(&reader, school).await?;
            actor.demand(Permission::ViewSchoolBudget, &Target::School(known.id, known.network))?;
            Some(side_on(&reader, known, window.begins.unwrap_or(window.today)).await?)
        }
        None => None,
    };
    let mut views = Vec::new();
    for group in store::choice_groups(&reader, window.year).await? {
        views.push(view(app, actor, (&window, group), side.as_ref()).await?);
    }
    Ok(views)
}

async fn view(app: &App, actor: &Actor, (window, group): (&Window, GroupRow), side: Option<&SchoolSide>) -> Result<ChoiceGroupView, AppError> {
    let reader = app.db.reader();
    let (rows, chosen) = (store::choice_offers(&reader, group.id).await?, store::choices(&reader, group.id).await?);
    let shelf = catalog::catalog(app).await?.services;
    let mut offers = Vec::new();
    for row in &rows {
        if let Some(service) = shelf.iter().find(|known| known.id == row.service) {
            offers.push(offer(&reader, (row, service), group.minimum, (side, window)).await?);
        }
    }
    let failed = |service: ServiceId| rows.iter().any(|row| row.service == service && row.failed);
    let (mut schools, mut without) = (Vec::new(), Vec::new());
    for school in budget::list_schools(&reader).await? {
        let name = SchoolRef { id: school.id, name: school.name };
        let own = chosen.iter().find(|choice| choice.school == school.id);
        if own.is_none_or(|choice| failed(choice.service)) {
            without.push(name.clone());
        }
        let target = Target::School(school.id, budget::network_of(&reader, school.id).await?);
        if actor.may(Permission::ViewSchoolBudget, &target) {
            let own_failed = own.map(|choice| failed(choice.service));
            let may = actor.may(Permission::SubmitOrder, &target) && may_choose(window.phase, false, own_failed).is_ok();
            let chosen = own.map(|choice| told(choice, &shelf, failed(choice.service)));
            schools.push(SchoolChoice { school: name, chosen, may });
        }
    }
    Ok(ChoiceGroupView {
        id: group.id,
        year: group.year,
        title: group.title,
        about: group.about,
        minimum: group.minimum,
        phase: window.phase,
        opens: window.day(YearlyKind::ChoiceOpens),
        closes: window.day(YearlyKind::ChoiceCloses),
        again: window.day(YearlyKind::ChooseAgain),
        begins: window.begins,
        offers,
        schools,
        without: actor.may(Permission::ViewDistrictBudget, &Target::District).then_some(without),
        proposed: group.proposed,
        may_keep: actor.may(Permission::KeepCalendar, &Target::District),
    })
}

fn told(choice: &ChoiceRow, shelf: &[CatalogService], failed: bool) -> Chosen {
    let service = shelf.iter().find(|known| known.id == choice.service);
    let package = service.and_then(|service| service.packages.iter().find(|package| package.id == choice.package));
    Chosen {
        service: choice.service,
        package: choice.package,
        title: service.map(|service| service.content.title.clone()).unwrap_or_default(),
        tier_name: package.map(|package| package.content.shown_name().to_owned()).unwrap_or_default(),
        by: PersonRef { id: choice.by.0, name: choice.by.1.clone() },
        at: choice.at,
        assigned: choice.assigned,
        failed,
        draft: choice.draft,
    }
}

async fn offer<Q: Query>(
    query: &Q,
    (row, service): (&OfferRow, &CatalogService),
    minimum: u32,
    (side, window): (Option<&SchoolSide>, &Window),
) -> Result<ChoiceOffer, AppError> {
    let unit = catalog::unit_contact(query, service.unit).await?;
    let mut tiers = Vec::new();
    for package in &service.packages {
        tiers.push(tier(query, package, (side, window)).await?);
    }
    Ok(ChoiceOffer {
        service: row.service,
        title: service.content.title.clone(),
        unit: UnitRef { id: unit.id, name: unit.name },
        value_statement: service.content.value_statement.clone(),
        capacity: row.capacity,
        chosen: row.chosen,
        failed: row.failed,
        short: !row.failed && fails(row.chosen, minimum),
        tiers,
    })
}

/// A tier at the price of next year's edition, where that is published; else at this year's.
async fn tier<Q: Query>(query: &Q, package: &CatalogPackage, (side, window): (Option<&SchoolSide>, &Window)) -> Result<ChoiceTier, AppError> {
    let next = next_edition(query, package.id, window.year).await?;
    let found: Option<OnSale> = match &next {
        Some(next) => Some(next.clone()),
        None => facts::on_sale(query, package.id).await?,
    };
    let quantity = default_quantity(&found.as_ref().map_or(&package.content, |found| &found.package.content).price);
    let priced = side.zip(found.as_ref()).and_then(|(side, found)| side.price(found, quantity, &Choices::default()).ok());
    Ok(ChoiceTier {
        package: package.id,
        name: package.content.shown_name().to_owned(),
        for_whom: package.content.for_whom.clone(),
        adds: package.content.adds.clone(),
        fee: priced.as_ref().map(|priced| priced.total),
        working: priced.map(|priced| priced.working).unwrap_or_default(),
        next_year: next.is_some(),
    })
}

/// What a school wants to choose, with the words for its record.
#[derive(Clone)]
struct Wish {
    group: GroupRow,
    school: (SchoolId, String),
    service: ServiceId,
    package: PackageId,
    title: String,
    tier: String,
    titles: Vec<(ServiceId, String)>,
}

/// The principal chooses for the school, or switches while the rules allow it.
///
/// # Errors
/// `NotFound` outside the caller's school; `NotInThisState` with what to do; `NoCapacity` where there is room for no more schools.
pub async fn choose(app: &Arc<App>, ctx: &CommandContext, group: ChoiceGroupId, body: Choosing) -> Result<Vec<ChoiceGroupView>, AppError> {
    let reader = app.db.reader();
    let known = budget::school_facts(&reader, body.school).await?;
    ctx.actor.demand(Permission::SubmitOrder, &Target::School(known.id, known.network))?;
    let row = store::choice_group(&reader, group).await?.ok_or_else(AppError::not_found)?;
    let shelf = catalog::catalog(app).await?.services;
    let holds = |service: &&CatalogService| service.packages.iter().any(|package| package.id == body.package);
    let service = shelf.iter().find(holds).ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    let tier = service.packages.iter().find(|package| package.id == body.package).map(|package| package.content.shown_name().to_owned());
    let wish = Wish {
        group: row,
        school: (known.id, known.name),
        service: service.id,
        package: body.package,
        title: service.content.title.clone(),
        tier: tier.unwrap_or_default(),
        titles: shelf.iter().map(|service| (service.id, service.content.title.clone())).collect(),
    };
    app.db.command(&ctx.key(), group, (ctx.clone(), wish), |tx, (ctx, wish)| write_choice(tx, ctx, wish)).await?;
    choices(app, &ctx.actor, ChoiceQuery { school: Some(body.school) }).await
}

async fn write_choice(mut tx: Tx, ctx: CommandContext, wish: Wish) -> Result<(), AppError> {
    let window = window_on(&tx, ctx.now).await?;
    let group = wish.group.id;
    let offers = store::choice_offers(&tx, group).await?;
    let failed = |service: ServiceId| offers.iter().any(|offer| offer.service == service && offer.failed);
    if window.year != wish.group.year || offers.iter().all(|offer| offer.service != wish.service) {
        return Err(AppError::not_found());
    }
    let own = store::choices(&tx, group).await?.into_iter().find(|choice| choice.school == wish.school.0);
    let own_failed = own.as_ref().map(|choice| failed(choice.service));
    if let Err(why) = may_choose(window.phase, failed(wish.service), own_failed) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::not_choosable(why)));
    }
    let by = (ctx.actor.person, ctx.actor.name.clone());
    let (service, package) = (wish.service, wish.package);
    let row = ChoiceRow { group, school: wish.school.0, service, package, version: 1, assigned: false, by, at: ctx.now, draft: None };
    let summary = match own {
        Some(own) if own.package == wish.package => return Err(AppError::saying(ErrorCode::NotInThisState, words::ALREADY_YOURS)),
        Some(own) => {
            let from = wish.titles.iter().find(|(id, _)| *id == own.service).map(|(_, title)| title.clone()).unwrap_or_default();
            put_choice(&mut tx, Some(&own), &row).await?;
            words::switched(&from, &wish.title, &wish.tier)
        }
        None => {
            put_choice(&mut tx, None, &row).await?;
            words::chose(&wish.title, &wish.tier)
        }
    };
    let fact = Fact { object: group.to_string(), object_title: wish.group.title, school: Some(wish.school.0), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Writes a choice and takes its place. Invariant: the school's row first, then the offers in the order of their ids, so that of two
/// switches none waits for the other in a circle; the last place goes to one.
///
/// # Errors
/// `Stale` where the school's choice is another by now; `NoCapacity` where no place is left.
pub(super) async fn put_choice(tx: &mut Tx, before: Option<&ChoiceRow>, after: &ChoiceRow) -> Result<(), AppError> {
    let written = match before {
        Some(before) => store::switch_choice(tx, before, after).await?,
        None => store::insert_choice(tx, after).await?,
    };
    if !written {
        return Err(ErrorCode::Stale.into());
    }
    let (group, to) = (after.group, after.service);
    let taken = match before.map(|before| before.service) {
        Some(from) if from == to => true,
        Some(from) if from < to => {
            store::free_place(tx, group, from).await?;
            store::take_place(tx, group, to).await?
        }
        Some(from) => {
            let taken = store::take_place(tx, group, to).await?;
            store::free_place(tx, group, from).await?;
            taken
        }
        None => store::take_place(tx, group, to).await?,
    };
    if taken { Ok(()) } else { Err(AppError::saying(ErrorCode::NoCapacity, words::OFFER_FULL)) }
}
