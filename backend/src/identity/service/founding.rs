//! Accounts made at the command line, before there is anybody to invite.

use shared::error::FieldError;
use shared::id::{CommandId, PersonId, RequestId};
use shared::identity::input::{Email, field, new_password};
use shared::identity::{Role, Scope};
use shared::text::{TITLE_LIMIT, required};

use super::directory::{Account, add_person};
use super::links::{Link, store_link};
use crate::app::App;
use crate::db::{AuditRecord, Command, Lane, Tx};
use crate::error::AppError;
use crate::identity::actor::Grant;
use crate::identity::rules::words_of;
use crate::identity::store::links::Purpose;

/// An account that the command line makes.
#[derive(Clone, Debug)]
pub struct Founder {
    pub name: String,
    pub email: String,
    /// Held for the district.
    pub role: Role,
    /// An invitation link is made where absent.
    pub password: Option<String>,
}

#[derive(Clone)]
struct Founding {
    account: Account,
    link: Option<Link>,
    role: Role,
    key: Command,
    request_id: RequestId,
}

/// Makes an account with a district-wide role, and answers with its invitation link unless it has a password.
///
/// # Errors
/// Fields `name`, `email`, `password`; [`shared::error::ErrorCode::AlreadyExists`].
pub async fn found(app: &App, founder: Founder) -> Result<Option<String>, AppError> {
    let now = app.now();
    let mut errors: Vec<FieldError> = Vec::new();
    let name = field(&mut errors, "name", required(&founder.name, TITLE_LIMIT).map_err(|e| e.message()));
    let email = field(&mut errors, "email", Email::parse(&founder.email));
    let (Some(name), Some(email)) = (name, email) else { return Err(AppError::fields(errors)) };
    let password_hash = match &founder.password {
        None => None,
        Some(raw) => {
            let taken = words_of(&[&name, email.as_str(), &app.config.district_name]);
            let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
            let password = new_password(raw, &taken).map_err(|message| AppError::field("password", message))?;
            Some(app.passwords.hash(password).await.map_err(AppError::internal)?)
        }
    };
    let link = founder.password.is_none().then(|| Link::new(app, now));
    let shown = link.as_ref().map(Link::invitation);
    let command_id: CommandId = app.id(now);
    let (name_of, input_hash) = ("CreateAdministrator", email.as_str().to_owned());
    let key = Command { id: command_id, actor: None, name: name_of, input_hash, at: now, lane: Lane::Usual };
    let grants = vec![Grant { role: founder.role, scope: Scope::District }];
    let account = Account { name, email, password_hash, grants };
    let founding = Founding { account, link, role: founder.role, key: key.clone(), request_id: app.id(now) };
    let unused: PersonId = app.id(now);
    app.db.command(&key, unused, founding, |tx, founding| async move { store_founding(tx, founding).await }).await?;
    Ok(shown)
}

async fn store_founding(mut tx: Tx, founding: Founding) -> Result<(), AppError> {
    let Founding { account, link, role, key, request_id } = founding;
    let id = add_person(&mut tx, &account, key.at).await?;
    if let Some(link) = link {
        store_link(&mut tx, Purpose::Invitation, id, &link).await?;
    }
    let record = AuditRecord {
        actor: None,
        action: key.name,
        object: id.to_string(),
        others: Vec::new(),
        object_title: account.name.clone(),
        school: None,
        summary: format!("made {} {} at the command line", account.name, role.title()),
        reason: String::new(),
        command_id: key.id,
        request_id,
        at: key.at,
    };
    Ok(tx.commit(record, Vec::new()).await?)
}
