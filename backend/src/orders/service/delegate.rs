//! Standing in for somebody, and “What may I decide?”: from the rows that the commands ask.

use std::collections::BTreeSet;

use shared::budget::FundRules;
use shared::error::ErrorCode;
use shared::id::{DelegationId, PersonId, SchoolId};
use shared::identity::api::{PersonRef, SchoolRef};
use shared::identity::policy::Permission;
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::approval::{DECIDING_ROLES, FundMatch};
use shared::orders::delegation::{
    Between, DelegationCandidate, DecisionsView, DelegationRefusal, DelegationView, FundRight, NewDelegation, RoleRights, may_delegate,
};
use shared::words::orders as words;

use super::facts::policy_on;
use crate::app::App;
use crate::budget::service as budget;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};
use crate::orders::store::{self, DelegationRow};

/// What the caller may decide, for the school they act for.
///
/// # Errors
/// Those of the database.
pub async fn decisions(app: &App, actor: &Actor) -> Result<DecisionsView, AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(app.now())?;
    let (given, taken): (Vec<DelegationRow>, Vec<DelegationRow>) =
        store::delegations_of(&reader, actor.person, today).await?.into_iter().partition(|row| row.giver == actor.person);
    let sees = actor.holds(Permission::ViewOrders);
    let policy = if sees { Some(policy_on(&reader, today).await?) } else { None };
    let funds = if sees { budget::list_funds(app).await? } else { Vec::new() };
    let named: BTreeSet<_> =
        policy.iter().flat_map(|policy| &policy.rows).filter_map(|row| if let FundMatch::Fund(id) = row.funds { Some(id) } else { None }).collect();
    let school = own_school(actor);
    let school = match school {
        Some(id) => Some(budget::school(&reader, id).await?),
        None => None,
    };
    let rights = match &school {
        Some(school) => fund_rights(&reader, school.id, district.year_of(app.now())?).await?,
        None => Vec::new(),
    };
    Ok(DecisionsView {
        today,
        person: PersonRef { id: actor.person, name: actor.name.clone() },
        roles: roles(&reader, actor).await?,
        fund_titles: funds.into_iter().filter(|fund| named.contains(&fund.id)).map(|fund| (fund.id, fund.title)).collect(),
        policy,
        school: school.map(|school| SchoolRef { id: school.id, name: school.name }),
        funds: rights,
        given: given.into_iter().map(|row| view(actor, row)).collect(),
        taken: taken.into_iter().map(|row| view(actor, row)).collect(),
        candidates: candidates(&reader, actor).await?,
    })
}

fn own_school(actor: &Actor) -> Option<SchoolId> {
    let held = |grant: &crate::identity::Grant| if let Scope::School(id) = grant.scope { Some(id) } else { None };
    actor.seats().find_map(held)
}

async fn roles<Q: Query>(query: &Q, actor: &Actor) -> Result<Vec<RoleRights>, AppError> {
    let grants: Vec<crate::identity::Grant> = actor.seats().copied().collect();
    let titles = identity::scope_titles(query, &grants).await?;
    let one = |(grant, scope_title): (&crate::identity::Grant, String)| RoleRights {
        role: grant.role,
        scope_title,
        permissions: Permission::ALL.iter().copied().filter(|permission| permission.roles().contains(&grant.role)).collect(),
    };
    Ok(grants.iter().zip(titles).map(one).collect())
}

async fn fund_rights<Q: Query>(query: &Q, school: SchoolId, year: shared::fiscal::FiscalYear) -> Result<Vec<FundRight>, AppError> {
    let lines = budget::spendable(query, school, year).await?;
    let right = |line: shared::budget::api::BudgetLineView| match line.fund.rules {
        FundRules::Undecided => FundRight { title: line.fund.title, quote: None, source: String::new(), needs_goal: false },
        FundRules::Decided(rule) => {
            FundRight { title: line.fund.title, quote: Some(rule.quote), source: rule.source, needs_goal: rule.needs_goal }
        }
    };
    Ok(lines.into_iter().map(right).collect())
}

fn view(actor: &Actor, row: DelegationRow) -> DelegationView {
    DelegationView {
        id: row.id,
        may_end: row.giver == actor.person,
        giver: PersonRef { id: row.giver, name: row.giver_name },
        taker: PersonRef { id: row.taker, name: row.taker_name },
        role: row.role,
        school: row.school.zip(row.school_name).map(|(id, name)| SchoolRef { id, name }),
        first: row.first,
        last: row.last,
        cap: row.cap,
    }
}

/// Approvals may go to others of the same role, buying to the staff of the principal's school.
async fn candidates<Q: Query>(query: &Q, actor: &Actor) -> Result<Vec<DelegationCandidate>, AppError> {
    let mut found = Vec::new();
    for grant in &actor.grants {
        match grant.scope {
            Scope::School(id) if grant.role == Role::Principal => {
                let school = budget::school(query, id).await?;
                let school = SchoolRef { id, name: school.name };
                let staff = identity::role_holders(query, &[Role::SchoolStaff], &Target::School(id, None)).await?;
                found.extend(staff.into_iter().map(|one| DelegationCandidate {
                    person: PersonRef { id: one.id, name: one.name },
                    role: Role::Principal,
                    school: Some(school.clone()),
                }));
            }
            Scope::School(_) | Scope::Unit(_) | Scope::Provider(_) => {}
            Scope::District | Scope::Network(_) if DECIDING_ROLES.contains(&grant.role) => {
                for one in identity::everybody_with(query, grant.role).await? {
                    let above = identity::above(query, one.id).await?;
                    if one.id != actor.person && !above.contains(&actor.person) {
                        found.push(DelegationCandidate { person: PersonRef { id: one.id, name: one.name }, role: grant.role, school: None });
                    }
                }
            }
            Scope::District | Scope::Network(_) => {}
        }
    }
    Ok(found)
}

/// Lets somebody stand in for the caller.
///
/// # Errors
/// `BadInput` at the field that stands in the way.
pub async fn delegate(app: &App, ctx: CommandContext, new: NewDelegation) -> Result<DecisionsView, AppError> {
    let row = DelegationRow {
        id: app.id(ctx.now),
        giver: ctx.actor.person,
        giver_name: ctx.actor.name.clone(),
        taker: new.taker,
        taker_name: String::new(),
        role: new.role,
        school: new.school,
        school_name: None,
        first: new.first,
        last: new.last,
        cap: new.cap,
    };
    app.db.command(&ctx.key(), row.id, (ctx.clone(), row), |tx, (ctx, row)| write(tx, ctx, row)).await?;
    decisions(app, &ctx.actor).await
}

async fn write(mut tx: Tx, ctx: CommandContext, mut row: DelegationRow) -> Result<(), AppError> {
    let today = identity::district(&tx).await?.day_of(ctx.now)?;
    let buying = row.cap.is_some();
    if buying != (row.role == Role::Principal) || buying != row.school.is_some() {
        return Err(AppError::field("role", words::DELEGATE_OTHER_KIND));
    }
    let taker = identity::people(&tx, &[row.taker]).await?.pop().ok_or_else(|| AppError::field("taker", words::DELEGATE_NOT_TRAINED))?;
    let between = between(&tx, &ctx.actor, &row).await?;
    may_delegate(between, (row.first, row.last), today, row.cap).map_err(refused)?;
    row.taker_name = taker.name;
    store::insert_delegation(&mut tx, &row, ctx.now).await?;
    let summary = words::delegated(&row.taker_name, row.role, (row.first, row.last), row.cap);
    let fact = Fact { object: row.id.to_string(), object_title: row.taker_name, school: row.school, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

async fn between<Q: Query>(query: &Q, giver: &Actor, row: &DelegationRow) -> Result<Between, AppError> {
    let (giver_holds, fits) = match row.school {
        Some(school) => {
            let target = Target::School(school, None);
            let staff = identity::role_holders(query, &[Role::SchoolStaff], &target).await?;
            (giver.holds_role(Role::Principal, &target), staff.iter().any(|one| one.id == row.taker))
        }
        None => {
            let trained = identity::everybody_with(query, row.role).await?;
            (giver.has_role(row.role) && DECIDING_ROLES.contains(&row.role), trained.iter().any(|one| one.id == row.taker))
        }
    };
    let taker_below = identity::above(query, row.taker).await?.contains(&giver.person);
    Ok(Between { same_person: giver.person == row.taker, giver_holds, taker_fits: fits, taker_below })
}

fn refused(refusal: DelegationRefusal) -> AppError {
    match refusal {
        DelegationRefusal::Self_ => ErrorCode::NotYourOwn.into(),
        DelegationRefusal::NotHeld => AppError::field("role", words::DELEGATE_NOT_HELD),
        DelegationRefusal::NotTrained => AppError::field("taker", words::DELEGATE_NOT_TRAINED),
        DelegationRefusal::Subordinate => AppError::field("taker", words::DELEGATE_SUBORDINATE),
        DelegationRefusal::Dates => AppError::field("last", words::DELEGATE_DATES),
        DelegationRefusal::TooLong { most } => AppError::field("last", words::delegate_too_long(most)),
        DelegationRefusal::CapMissing => AppError::field("cap", words::DELEGATE_CAP),
    }
}

/// Ends a delegation; from now on nobody stands in by it.
///
/// # Errors
/// `NotFound` for anybody but who gave it; `NotInThisState` where it has ended.
pub async fn end_delegation(app: &App, ctx: CommandContext, id: DelegationId) -> Result<DecisionsView, AppError> {
    app.db.command(&ctx.key(), id, ctx.clone(), move |tx, ctx| write_end(tx, ctx, id)).await?;
    decisions(app, &ctx.actor).await
}

async fn write_end(mut tx: Tx, ctx: CommandContext, id: DelegationId) -> Result<(), AppError> {
    let row = store::delegation(&tx, id).await?.filter(|row| row.giver == ctx.actor.person).ok_or_else(AppError::not_found)?;
    if !store::end_delegation(&mut tx, id, ctx.actor.person, ctx.now).await? {
        return Err(ErrorCode::NotInThisState.into());
    }
    let summary = words::delegation_ended(&row.taker_name, row.role);
    let fact = Fact { object: id.to_string(), object_title: row.taker_name, school: row.school, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// For whom the caller may decide on a school's orders today in this role: the first giver who still holds it over the school.
///
/// # Errors
/// Those of the database.
pub async fn stands_in_for<Q: Query>(query: &Q, actor: &Actor, role: Role, school: &Target, today: shared::time::Date) -> Result<Option<PersonId>, AppError> {
    let givers = store::approvals_for(query, actor.person, role, today).await?;
    let holders = if givers.is_empty() { Vec::new() } else { identity::role_holders(query, &[role], school).await? };
    Ok(givers.into_iter().find(|giver| holders.iter().any(|holder| holder.id == *giver)))
}

/// Up to how much of one seller the caller may buy for a school; no limit for who buys by their role.
///
/// # Errors
/// `NotAllowed` where nobody lets them buy.
pub async fn buying_limit<Q: Query>(query: &Q, actor: &Actor, school: &Target, today: shared::time::Date) -> Result<Option<Cents>, AppError> {
    if actor.may(Permission::SubmitOrder, school) {
        return Ok(None);
    }
    let not_allowed = || AppError::saying(ErrorCode::NotAllowed, words::ONLY_PRINCIPAL_BUYS);
    let Target::School(id, _) = school else { return Err(not_allowed()) };
    let (giver, cap) = store::buying_cap(query, actor.person, *id, today).await?.ok_or_else(not_allowed)?;
    let principals = identity::role_holders(query, &[Role::Principal], school).await?;
    if principals.iter().any(|principal| principal.id == giver) { Ok(Some(cap)) } else { Err(not_allowed()) }
}
