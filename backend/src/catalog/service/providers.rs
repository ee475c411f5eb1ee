//! Outside providers: added and papers recorded by the unit, checked by somebody else, drawn down by orders.

use shared::catalog::provider::{
    ContractView, HANDS_OFF_DAYS, NewPaper, NewProvider, PaperCheck, PaperKind, PaperState, PaperView, ProviderView, Vetting,
};
use shared::error::{ErrorCode, FieldError};
use shared::fiscal::FiscalYear;
use shared::id::{PersonId, ProviderId, UnitId, VettingId};
use shared::identity::api::{PersonRef, UnitRef};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::text;
use shared::time::{Date, Timestamp};
use shared::words::catalog as words;

use super::provider_people::people_of;
use crate::app::App;
use crate::catalog::store::provider::{self as store, Check, PaperRow, ProviderRow};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};

/// Providers within the caller's scope, with their papers and what their contracts still allow.
///
/// # Errors
/// Those of the database.
pub async fn providers(app: &App, actor: &Actor) -> Result<Vec<ProviderView>, AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let (today, year) = (district.day_of(app.now())?, district.year_of(app.now())?);
    let mut views = Vec::new();
    for row in store::all(&reader).await?.into_iter().filter(|row| actor.may(Permission::ViewProviders, &Target::Unit(row.unit))) {
        let papers = store::papers(&reader, row.id).await?.into_iter().map(|paper| paper_view(actor, paper)).collect();
        let contract = store::contract(&reader, row.id, year).await?;
        let people = people_of(&reader, row.id).await?;
        views.push(ProviderView {
            lacks: row.vetting.lacks(&row.name, today),
            may_record: actor.may(Permission::KeepProviders, &Target::Unit(row.unit)),
            unit: UnitRef { id: row.unit, name: row.unit_name },
            id: row.id,
            name: row.name,
            contact_email: row.contact_email,
            vetting: row.vetting,
            contract,
            papers,
            people,
        });
    }
    Ok(views)
}

fn paper_view(actor: &Actor, paper: PaperRow) -> PaperView {
    let person = |id: Option<PersonId>, name: Option<String>| id.zip(name).map(|(id, name)| PersonRef { id, name });
    let may_check = paper.state == PaperState::Recorded
        && paper.recorded_by != Some(actor.person)
        && actor.may(Permission::CheckProviders, &Target::District);
    PaperView {
        id: paper.id,
        kind: paper.kind,
        reference: paper.reference,
        until: paper.until,
        not_to_exceed: paper.not_to_exceed,
        state: paper.state,
        note: paper.note,
        recorded_by: person(paper.recorded_by, paper.recorded_by_name),
        recorded: paper.recorded,
        checked_by: person(paper.checked_by, paper.checked_by_name),
        checked: paper.checked,
        may_check,
    }
}

/// Adds a provider under a unit.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` by field.
pub async fn add_provider(app: &App, ctx: CommandContext, new: NewProvider) -> Result<Vec<ProviderView>, AppError> {
    ctx.actor.demand(Permission::KeepProviders, &Target::Unit(new.unit))?;
    let name = text::required(&new.name, text::TITLE_LIMIT).map_err(|error| AppError::field("name", error.message()))?;
    let contact_email =
        text::optional(&new.contact_email, text::TITLE_LIMIT).map_err(|error| AppError::field("contact_email", error.message()))?;
    let row = ProviderRow { id: app.id(ctx.now), unit: new.unit, unit_name: String::new(), name, contact_email, vetting: Vetting::default() };
    app.db.command(&ctx.key(), row.id, (ctx.clone(), row), |tx, (ctx, row)| write_provider(tx, ctx, row)).await?;
    providers(app, &ctx.actor).await
}

async fn write_provider(mut tx: Tx, ctx: CommandContext, row: ProviderRow) -> Result<(), AppError> {
    if !store::insert(&mut tx, &row, Some(ctx.actor.person), ctx.now).await? {
        return Err(AppError::field("name", words::PROVIDER_TAKEN));
    }
    let summary = format!("Added the outside provider {}", row.name);
    let fact = Fact { object: row.id.to_string(), object_title: row.name, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Records a paper; it counts once somebody else has checked it.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` by field.
pub async fn record_paper(app: &App, ctx: CommandContext, id: ProviderId, new: NewPaper) -> Result<Vec<ProviderView>, AppError> {
    let reader = app.db.reader();
    let provider = store::one(&reader, id).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::KeepProviders, &Target::Unit(provider.unit))?;
    let district = identity::district(&reader).await?;
    let (today, year) = (district.day_of(ctx.now)?, district.year_of(ctx.now)?);
    let paper = paper_of(app, &ctx, id, (new, today, year))?;
    let input = (ctx.clone(), provider.name, paper);
    app.db.command(&ctx.key(), id, input, |tx, (ctx, name, paper)| write_paper(tx, ctx, name, paper)).await?;
    providers(app, &ctx.actor).await
}

fn paper_of(
    app: &App,
    ctx: &CommandContext,
    provider: ProviderId,
    (new, today, year): (NewPaper, Date, FiscalYear),
) -> Result<PaperRow, AppError> {
    let mut faults = Vec::new();
    let reference = text::required(&new.reference, text::LINE_LIMIT).unwrap_or_else(|error| {
        faults.push(FieldError::new("reference", error.message()));
        String::new()
    });
    if new.until < today {
        faults.push(FieldError::new("until", words::ALREADY_OVER));
    }
    let contract = new.kind == PaperKind::Contract;
    let not_to_exceed = new.not_to_exceed.filter(|_| contract);
    if contract && not_to_exceed.is_none_or(|most| most <= Cents::ZERO) {
        faults.push(FieldError::new("not_to_exceed", words::AMOUNT_FOR_CONTRACT));
    }
    if !faults.is_empty() {
        return Err(AppError::fields(faults));
    }
    Ok(PaperRow {
        id: app.id(ctx.now),
        provider,
        kind: new.kind,
        reference,
        until: new.until,
        year: contract.then_some(year),
        not_to_exceed,
        state: PaperState::Recorded,
        note: String::new(),
        recorded_by: Some(ctx.actor.person),
        recorded_by_name: None,
        recorded: ctx.now,
        checked_by: None,
        checked_by_name: None,
        checked: None,
    })
}

async fn write_paper(mut tx: Tx, ctx: CommandContext, name: String, paper: PaperRow) -> Result<(), AppError> {
    store::insert_paper(&mut tx, &paper).await?;
    let summary = format!("Recorded {} {} of {name}, good until {}", paper.kind.name(), paper.reference, paper.until);
    let fact = Fact { object: paper.provider.to_string(), object_title: name, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Checks a paper that somebody else recorded, or refuses it.
///
/// # Errors
/// `NotYourOwn` for who recorded it; `NotInThisState` where it was checked; `BadInput` where it is refused without a reason.
pub async fn check_paper(app: &App, ctx: CommandContext, id: VettingId, body: PaperCheck) -> Result<Vec<ProviderView>, AppError> {
    let paper = store::paper(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::CheckProviders, &Target::District)?;
    if paper.recorded_by == Some(ctx.actor.person) {
        return Err(ErrorCode::NotYourOwn.into());
    }
    let note = text::optional(&body.note, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("note", error.message()))?;
    if !body.good && note.is_empty() {
        return Err(AppError::field("note", words::CHECK_NOTE));
    }
    let input = (ctx.clone(), paper, body.good, note);
    app.db.command(&ctx.key(), id, input, |tx, (ctx, paper, good, note)| write_check(tx, ctx, paper, (good, note))).await?;
    providers(app, &ctx.actor).await
}

async fn write_check(mut tx: Tx, ctx: CommandContext, paper: PaperRow, (good, note): (bool, String)) -> Result<(), AppError> {
    let state = if good { PaperState::Checked } else { PaperState::Refused };
    let check = Check { state, note: &note, by: Some(ctx.actor.person), at: ctx.now };
    if !store::check(&mut tx, &paper, &check).await? {
        return Err(ErrorCode::NotInThisState.into());
    }
    let provider = store::one(&tx, paper.provider).await?.ok_or_else(AppError::not_found)?;
    let did = if good { "Checked" } else { "Refused" };
    let summary = format!("{did} {} {} of {}", paper.kind.name(), paper.reference, provider.name);
    let fact = Fact { object: paper.provider.to_string(), object_title: provider.name, summary, reason: note, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// An outside provider as an order meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    pub id: ProviderId,
    pub name: String,
    pub vetting: Vetting,
    pub contract: Option<ContractView>,
}

/// The provider behind a unit's service; nothing where the unit has none of that name.
///
/// # Errors
/// Those of the database.
pub async fn broker<Q: Query>(query: &Q, unit: UnitId, name: &str, year: FiscalYear) -> Result<Option<Broker>, AppError> {
    let Some(row) = store::named(query, unit, name).await? else { return Ok(None) };
    let contract = store::contract(query, row.id, year).await?;
    Ok(Some(Broker { id: row.id, name: row.name, vetting: row.vetting, contract }))
}

/// Draws an order's part from the provider's contract.
///
/// # Errors
/// `ProviderNotVetted` where a paper does not cover the day; `ContractExhausted` where less is left.
pub async fn draw_contract(tx: &mut Tx, broker: &Broker, (year, day): (FiscalYear, Date), amount: Cents) -> Result<(), AppError> {
    if store::draw(tx, broker.id, (year, day), amount).await? {
        return Ok(());
    }
    let now = store::one(&*tx, broker.id).await?.ok_or_else(AppError::not_found)?;
    if let Some(lack) = now.vetting.lacks(&now.name, day).into_iter().next() {
        return Err(AppError::saying(ErrorCode::ProviderNotVetted, lack));
    }
    let left = store::contract(&*tx, broker.id, year).await?.map_or(Cents::ZERO, |contract| contract.not_to_exceed.saturating_sub(contract.drawn));
    Err(AppError::saying(ErrorCode::ContractExhausted, words::contract_left(&broker.name, left)))
}

/// Gives back what an order no longer needs of a contract.
///
/// # Errors
/// An internal error where so much was never drawn.
pub async fn give_contract_back(tx: &mut Tx, (unit, name): (UnitId, &str), year: FiscalYear, amount: Cents) -> Result<(), AppError> {
    if amount.is_zero() {
        return Ok(());
    }
    let provider = store::named(&*tx, unit, name).await?.ok_or_else(|| AppError::internal(format!("no provider {name}")))?;
    let given = store::give_back(tx, provider.id, year, amount).await?;
    if given { Ok(()) } else { Err(AppError::internal(format!("{amount} were never drawn from {name}"))) }
}

/// Who had a hand in a provider's papers lately, and so decides on none of its orders (RELIABILITY 4, rule 7, HARD).
///
/// # Errors
/// Those of the database.
pub async fn hands_on<Q: Query>(query: &Q, (unit, name): (UnitId, &str), now: Timestamp) -> Result<Vec<PersonId>, AppError> {
    let Some(provider) = store::named(query, unit, name).await? else { return Ok(Vec::new()) };
    Ok(store::touched_since(query, provider.id, now.plus_seconds(-HANDS_OFF_DAYS * 86_400)).await?)
}

/// What a unit has to look after: papers that are missing, over or about to end, each with its day where there is one.
///
/// # Errors
/// Those of the database.
pub async fn paper_warnings<Q: Query>(query: &Q, unit: UnitId, today: Date) -> Result<Vec<(String, Option<Date>)>, AppError> {
    let mut found = Vec::new();
    for row in store::all(query).await?.into_iter().filter(|row| row.unit == unit) {
        if !row.vetting.lacks(&row.name, today).is_empty() {
            found.push((words::papers_lacking(&row.name), None));
        }
        found.extend(row.vetting.ending(today).into_iter().map(|(kind, until)| (words::paper_ending(&row.name, kind, until), Some(until))));
    }
    Ok(found)
}

/// How many papers wait for somebody else's check than who recorded them.
///
/// # Errors
/// Those of the database.
pub async fn papers_to_check<Q: Query>(query: &Q, person: PersonId) -> Result<usize, AppError> {
    Ok(store::to_check(query, person).await?)
}

/// A provider with its papers checked, as the demo district brings it in; the caller commits, and audits.
///
/// # Errors
/// Those of the database.
pub async fn bring_provider(tx: &mut Tx, unit: UnitId, name: &str, papers: &[(NewPaper, FiscalYear)], now: Timestamp) -> Result<ProviderId, AppError> {
    let row = ProviderRow {
        id: tx.new_id(now),
        unit,
        unit_name: String::new(),
        name: name.to_owned(),
        contact_email: String::new(),
        vetting: Vetting::default(),
    };
    store::insert(tx, &row, None, now).await?;
    for (new, year) in papers {
        let paper = PaperRow {
            id: tx.new_id(now),
            provider: row.id,
            kind: new.kind,
            reference: new.reference.clone(),
            until: new.until,
            year: new.not_to_exceed.map(|_| *year),
            not_to_exceed: new.not_to_exceed,
            state: PaperState::Recorded,
            note: String::new(),
            recorded_by: None,
            recorded_by_name: None,
            recorded: now,
            checked_by: None,
            checked_by_name: None,
            checked: None,
        };
        store::insert_paper(tx, &paper).await?;
        store::check(tx, &paper, &Check { state: PaperState::Checked, note: "", by: None, at: now }).await?;
    }
    Ok(row.id)
}
