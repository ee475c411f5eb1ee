//! `chalkline admin create`: the account that everything starts from.

use std::io::Read as _;

use shared::identity::{Role, ScopeKind};

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::error::AppError;
use crate::identity::service::{self, Founder};

pub async fn run(mut arguments: Arguments) -> Result<(), Failure> {
    match arguments.word().as_deref() {
        Some("create") => create(arguments).await,
        Some(_) | None => Err(Failure("The command is: chalkline admin create --email ADDRESS --name NAME".to_owned())),
    }
}

async fn create(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let (email, name) = (arguments.needed("--email")?, arguments.needed("--name")?);
    let role = role(arguments.value("--role")?)?;
    let password = if arguments.flag("--password-stdin") { Some(password()?) } else { None };
    arguments.finish()?;
    let app = open(config).await?;
    let link = service::found(&app, Founder { name, email: email.clone(), role, password }).await?;
    match link {
        Some(link) => println!("{email} is {}. The link works once, within seven days:\n{link}", role.title()),
        None => println!("{email} is {} and can sign in.", role.title()),
    }
    app.db.clone().close().await.map_err(AppError::from)?;
    Ok(())
}

/// The command line gives district-wide roles only: the rest is proposed and confirmed on the page of people.
fn role(name: Option<String>) -> Result<Role, Failure> {
    let name = name.unwrap_or_else(|| Role::SystemAdministrator.name().to_owned());
    let role = Role::parse(&name).filter(|role| role.scope_kind() == ScopeKind::District);
    role.ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().filter(|role| role.scope_kind() == ScopeKind::District).map(|role| role.name()).collect();
        Failure(format!("`{name}` is not given here; choose one of {}.", known.join(", ")))
    })
}

fn password() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|e| Failure(format!("cannot read the password: {e}")))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
