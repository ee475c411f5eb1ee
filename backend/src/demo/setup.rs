//! The district on its first day: schools, units, people, funds, plans and money, in one command.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use shared::catalog::provider::{NewPaper, PaperKind};
use shared::fiscal::FiscalCalendar;
use shared::id::{BudgetLineId, CommandId, FundId, NetworkId, PlanGoalId, RequestId, SchoolId, UnitId};
use shared::identity::input::Email;
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::time::Timestamp;

use super::cast::{Cast, SchoolCast, UnitCast};
use super::chance::Chance;
use super::data::{Data, SchoolData, UnitData};
use super::days::Days;
use super::money;
use crate::app::App;
use crate::budget::service::{self as budget, FundRow, NewAllocation, NewLine, School};
use crate::catalog::service::{self as catalog, NewUnit};
use crate::db::{AuditRecord, Command, Lane, Tx};
use crate::error::AppError;
use crate::identity::service::{self as identity, Account};
use crate::identity::{Actor, District, Grant};

/// What the command carries into its transaction.
#[derive(Clone)]
struct Founding {
    data: Arc<Data>,
    days: Days,
    seed: u64,
    password_hash: String,
    now: Timestamp,
    cast: Arc<Mutex<Cast>>,
}

/// What each outside provider's contract allows in a year.
const CONTRACT_CENTS: i64 = 9_500_000;
/// Days until the insurance of the last one ends.
const INSURANCE_LEFT: i32 = 18;

/// The name of the command in the audit record.
pub const COMMAND: &str = "LoadDemo";

/// Founds the district and returns its people and places.
///
/// # Errors
/// Those of the database; nothing is left behind then.
pub async fn found(app: &Arc<App>, data: &Arc<Data>, days: &Days, seed: u64) -> Result<Cast, AppError> {
    let hashed = app.passwords.hash(data.district.password.clone()).await;
    let password_hash = hashed.map_err(|error| AppError::internal(error.to_string()))?;
    let now = days.at(days.first, 8 * 60)?;
    let cast = Arc::new(Mutex::new(Cast::default()));
    let founding = Founding { data: Arc::clone(data), days: days.clone(), seed, password_hash, now, cast: Arc::clone(&cast) };
    let id: CommandId = app.id(now);
    let input_hash = format!("{seed} {}", days.anchor);
    let command = Command { id, actor: None, name: COMMAND, input_hash, at: now, lane: Lane::Usual };
    let request: RequestId = app.id(now);
    app.db.command(&command, id, founding, move |tx, founding| write(tx, founding, (id, request))).await?;
    let found = std::mem::take(&mut *cast.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(found)
}

async fn write(mut tx: Tx, founding: Founding, (command_id, request_id): (CommandId, RequestId)) -> Result<(), AppError> {
    let mut cast = Cast::default();
    let district = District {
        name: founding.data.district.name.clone(),
        zone: founding.data.district.zone.clone(),
        calendar: FiscalCalendar::default(),
        demo: true,
    };
    identity::set_district(&mut tx, &district).await?;
    units(&mut tx, &founding, &mut cast).await?;
    let networks = networks(&mut tx, &founding, &mut cast).await?;
    for officer in &founding.data.district.officers {
        let actor = person(&mut tx, &founding, &officer.name, (officer.role, Scope::District)).await?;
        cast.officers.entry(officer.role).or_default().push(actor);
    }
    let funds = funds(&mut tx, &founding).await?;
    let mut chance = Chance::new(founding.seed);
    let mut allocations = Vec::new();
    for school in &founding.data.schools {
        let place = Place { school, networks: &networks, funds: &funds };
        allocations.extend(open_school(&mut tx, &founding, &place, (&mut cast, &mut chance)).await?);
    }
    budget::allocate(&mut tx, &allocations).await?;
    identity::set_managers(&mut tx, &cast.reports()).await?;
    super::calendar::put(&mut tx, &cast, &founding.days).await?;
    let summary = format!("Loaded the fictional demo district with seed {} and anchor {}", founding.seed, founding.days.anchor);
    let record = AuditRecord {
        actor: None,
        action: COMMAND,
        object: command_id.to_string(),
        others: Vec::new(),
        object_title: district.name,
        school: None,
        summary,
        reason: String::new(),
        command_id,
        request_id,
        at: founding.now,
    };
    *founding.cast.lock().unwrap_or_else(PoisonError::into_inner) = cast;
    Ok(tx.commit(record, Vec::new()).await?)
}

/// `Ana Whitfield` has `ana.whitfield@…`.
pub fn address(name: &str, domain: &str) -> String {
    let local: String = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(".");
    format!("{local}@{domain}")
}

async fn person(tx: &mut Tx, founding: &Founding, name: &str, (role, scope): (Role, Scope)) -> Result<Arc<Actor>, AppError> {
    let email = Email::parse(&address(name, &founding.data.district.mail_domain))
        .map_err(|error| AppError::internal(format!("{name}: {error}")))?;
    let grants = vec![Grant { role, scope }];
    let account = Account { name: name.to_owned(), email, password_hash: Some(founding.password_hash.clone()), grants: grants.clone() };
    let person = identity::add_person(tx, &account, founding.now).await?;
    Ok(Arc::new(Actor { person, name: name.to_owned(), grants, session: None, lent: Vec::new() }))
}

async fn units(tx: &mut Tx, founding: &Founding, cast: &mut Cast) -> Result<(), AppError> {
    for data in &founding.data.units {
        let unit = NewUnit {
            code: data.code.clone(),
            name: data.name.clone(),
            division: data.division,
            about: data.about.clone(),
            contact: data.head.clone(),
            contact_email: address(&data.head, &founding.data.district.mail_domain),
        };
        let (id, _): (UnitId, _) = catalog::upsert_unit(tx, &unit, founding.days.year, founding.now).await?;
        let head = person(tx, founding, &data.head, (Role::UnitHead, Scope::Unit(id))).await?;
        let mut staff = Vec::new();
        for name in &data.staff {
            staff.push(person(tx, founding, name, (Role::UnitStaff, Scope::Unit(id))).await?);
        }
        providers(tx, founding, id, data).await?;
        cast.units.insert(data.key.clone(), UnitCast { id, head, staff });
    }
    Ok(())
}

/// The outside providers that a unit's services name, with their papers checked; the insurance of one ends soon.
async fn providers(tx: &mut Tx, founding: &Founding, unit: UnitId, data: &UnitData) -> Result<(), AppError> {
    let mut names: Vec<&String> = data.services.iter().filter_map(|service| service.provider.as_ref()).collect();
    names.dedup();
    let days = &founding.days;
    for (at, name) in names.iter().enumerate() {
        let last = at + 1 == names.len();
        let paper = |kind: PaperKind, reference: String, not_to_exceed| {
            let until = if last && kind == PaperKind::Insurance { days.anchor.plus_days(INSURANCE_LEFT) } else { days.last };
            (NewPaper { kind, reference, until, not_to_exceed }, days.year)
        };
        let papers = [
            paper(PaperKind::Contract, format!("C-26-{:03}", 41 + at), Some(Cents::new(CONTRACT_CENTS))),
            paper(PaperKind::Insurance, format!("GL {}", 7_730_418 + at), None),
            paper(PaperKind::Clearance, "Fingerprints and tuberculosis tests, People Office".to_owned(), None),
        ];
        let id = catalog::bring_provider(tx, unit, name, &papers, founding.now).await?;
        if let Some((_, who)) = data.provider_people.iter().find(|(provider, _)| provider == *name) {
            person(tx, founding, who, (Role::ProviderStaff, Scope::Provider(id))).await?;
        }
    }
    Ok(())
}

type Networks = BTreeMap<String, (NetworkId, String)>;

async fn networks(tx: &mut Tx, founding: &Founding, cast: &mut Cast) -> Result<Networks, AppError> {
    let mut networks = Networks::new();
    for data in &founding.data.district.networks {
        let id: NetworkId = tx.new_id(founding.now);
        budget::put_network(tx, id, &data.name).await?;
        let officer = person(tx, founding, &data.officer, (Role::NetworkOfficer, Scope::Network(id))).await?;
        cast.officers.entry(Role::NetworkOfficer).or_default().push(officer);
        networks.insert(data.key.clone(), (id, data.name.clone()));
    }
    Ok(networks)
}

async fn funds(tx: &mut Tx, founding: &Founding) -> Result<BTreeMap<String, FundId>, AppError> {
    let mut funds = BTreeMap::new();
    for data in &founding.data.funds {
        let id: FundId = tx.new_id(founding.now);
        let row = FundRow { view: money::fund(data, id), source_words: "Fictional".to_owned() };
        budget::put_fund(tx, &row, founding.now).await?;
        funds.insert(data.code.clone(), id);
    }
    Ok(funds)
}

/// A school and what stands around it.
struct Place<'a> {
    school: &'a SchoolData,
    networks: &'a Networks,
    funds: &'a BTreeMap<String, FundId>,
}

/// Writes a school with its people, lines and plan; returns the money it is to be given.
async fn open_school(
    tx: &mut Tx,
    founding: &Founding,
    place: &Place<'_>,
    (cast, chance): (&mut Cast, &mut Chance),
) -> Result<Vec<NewAllocation>, AppError> {
    let (data, now) = (place.school, founding.now);
    let id: SchoolId = tx.new_id(now);
    let network = place.networks.get(&data.network);
    let school = School {
        id,
        code: data.code.clone(),
        name: data.name.clone(),
        span: data.span,
        network: network.map(|(id, _)| *id),
        network_name: network.map(|(_, name)| name.clone()),
        facts: money::facts(data),
        facts_source: founding.data.district.facts_source.clone(),
    };
    budget::put_school(tx, &school).await?;
    let principal = person(tx, founding, &data.principal, (Role::Principal, Scope::School(id))).await?;
    let mut staff = Vec::new();
    for name in &data.staff {
        staff.push(person(tx, founding, name, (Role::SchoolStaff, Scope::School(id))).await?);
    }
    let mut given = BTreeMap::new();
    let mut allocations = Vec::new();
    for fund in &founding.data.funds {
        let (Some(amount), Some(fund_id)) = (money::given(fund, data)?, place.funds.get(&fund.code)) else { continue };
        // Odd cents, as real books have them.
        let amount = amount.saturating_add(Cents::new(i64::from(chance.below(90_000))));
        let line: BudgetLineId = tx.new_id(now);
        let new = NewLine { id: line, school: id, fund: *fund_id, year: founding.days.year, sacs_fund: fund.sacs_fund.clone() };
        budget::open_line(tx, &new).await?;
        let document = format!("Adopted budget {}, {}", founding.days.year, fund.title);
        allocations.push(NewAllocation { line, amount, document });
        given.insert(fund.code.clone(), (*fund_id, amount));
    }
    let goals = money::plan(&founding.data.goals, data, &given, &founding.days, || tx.new_id::<PlanGoalId>(now));
    for goal in &goals {
        budget::put_goal(tx, id, founding.days.year, goal).await?;
    }
    let goals = goals.into_iter().map(|goal| (goal.id, goal.categories)).collect();
    cast.schools.insert(data.code.clone(), SchoolCast { id, principal, staff, goals });
    Ok(allocations)
}
