//! The fictional demo district, founded and played from data files: every person, school and vendor in it is invented.
//!
//! The same seed and anchor give the same district. Its ledger, audit trail and timelines are real: the history is made by the use
//! cases themselves, with a clock that is turned.

mod around;
mod bookings;
mod calendar;
mod cast;
mod changes;
mod chance;
mod choices;
mod data;
mod days;
mod editions;
mod history;
mod menus;
mod money;
mod opening;
mod play;
mod renewals;
mod setup;
mod stage;
mod standing;
mod talk;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::identity::Role;
use shared::time::Date;

use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::Technical;
use crate::error::AppError;
use crate::values;

/// Someone who can sign in to the demo district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    pub name: String,
    pub email: String,
    /// `Principal, Lincoln Elementary`.
    pub part: String,
}

/// What was loaded, for whoever prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    pub district: String,
    /// One password for all.
    pub password: String,
    pub sign_ins: Vec<SignIn>,
    pub schools: usize,
    pub packages: usize,
    pub orders: u32,
}

/// Founds the demo district in an empty database and plays some weeks of history that end the day before `anchor`.
///
/// # Errors
/// `AlreadyExists` where the database holds schools or units; otherwise those of the use cases.
pub async fn load(app: &Arc<App>, seed: u64, anchor: Date) -> Result<Loaded, AppError> {
    let reader = app.db.reader();
    if !budget::list_schools(&reader).await?.is_empty() || !catalog::all_units(&reader).await?.is_empty() {
        let message = "This database holds a district already. The demo district goes into an empty one.";
        return Err(AppError::saying(ErrorCode::AlreadyExists, message));
    }
    let data = Arc::new(data::read()?);
    let days = days::Days::new(anchor, &data.district.zone)?;
    let cast = setup::found(app, &data, &days, seed).await?;
    let stage = stage::Stage::new(app, days.at(days.first, 9 * 60)?);
    let offers = opening::publish_menus(&stage, &data, &cast, &days).await?;
    let orders = if days.has_history() { play::play(&stage, &data, (&cast, &offers), (&days, seed)).await? } else { 0 };
    if days.has_history() {
        around::play(&stage, &data, (&cast, &offers), &days).await?;
        talk::play(&stage, (&cast, &offers), &days).await?;
        standing::play(&stage, &cast, &days).await?;
        editions::play(&stage, &cast, &days).await?;
        bookings::fill(&stage, (&cast, &offers), &days).await?;
        renewals::play(&stage, &data, &cast, &days).await?;
        changes::play(&stage, &cast, &days).await?;
        choices::play(&stage, &data, &cast, &days).await?;
    }
    forget_mails(app).await?;
    Ok(Loaded {
        district: data.district.name.clone(),
        password: data.district.password.clone(),
        sign_ins: sign_ins()?,
        schools: cast.schools.len(),
        packages: offers.len(),
        orders,
    })
}

/// The mails of the story were read long ago: none of them leaves the house now.
async fn forget_mails(app: &App) -> Result<(), AppError> {
    app.db
        .technical((), |mut tx, ()| async move {
            tx.execute("UPDATE effect SET state = 'done' WHERE state = 'waiting'", values![]).await?;
            Ok(tx.commit_technical(Technical::Outbox).await?)
        })
        .await
}

/// The password that everyone in the demo district has.
///
/// # Errors
/// Internal where a data file cannot be read.
pub fn password() -> Result<String, AppError> {
    Ok(data::read()?.district.password)
}

/// The people whom a visitor may want to be, first those of the first school's purchase.
///
/// # Errors
/// Internal where a data file cannot be read.
pub fn sign_ins() -> Result<Vec<SignIn>, AppError> {
    let data = data::read()?;
    let domain = &data.district.mail_domain;
    let person = |name: &str, part: String| SignIn { name: name.to_owned(), email: setup::address(name, domain), part };
    let mut list = Vec::new();
    if let Some(school) = data.schools.first() {
        list.push(person(&school.principal, format!("{}, {}", Role::Principal.title(), school.name)));
        list.extend(school.staff.first().map(|name| person(name, format!("{}, {}", Role::SchoolStaff.title(), school.name))));
    }
    if let Some(unit) = data.units.first() {
        list.push(person(&unit.head, format!("{}, {}", Role::UnitHead.title(), unit.name)));
        list.extend(unit.staff.first().map(|name| person(name, format!("{}, {}", Role::UnitStaff.title(), unit.name))));
    }
    list.extend(data.district.officers.iter().map(|officer| person(&officer.name, officer.role.title().to_owned())));
    list.extend(
        data.district
            .networks
            .first()
            .map(|network| person(&network.officer, format!("{}, {}", Role::NetworkOfficer.title(), network.name))),
    );
    Ok(list)
}
