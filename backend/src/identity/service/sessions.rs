//! Signing in and out, and the session that each call belongs to.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::SessionId;
use shared::identity::api::{Credentials, OpenSession, SessionView};
use shared::identity::input::{Email, password_as_typed};
use shared::time::Timestamp;

use super::absences::lent;
use super::views;
use crate::app::App;
use crate::db::{Technical, Tx};
use crate::error::AppError;
use crate::identity::actor::{Actor, Grant};
use crate::identity::rules::{ACCOUNT_TRIES, ADDRESS_TRIES, Allowance, is_alive, is_mark_due};
use crate::identity::store::people::Person;
use crate::identity::store::sessions::{NewSession, SessionRow};
use crate::identity::store::{people, sessions};
use crate::reply::sha256_hex;

/// The session that a call belongs to.
#[derive(Clone, Debug)]
pub struct Session {
    pub actor: Actor,
    pub csrf_token: String,
}

/// Where a sign-in comes from.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub address: String,
    /// The browser's own words.
    pub browser: String,
    /// The secret of a browser that has signed somebody in before.
    pub device: Option<String>,
    /// The session that the browser had; it ends when another begins.
    pub session: Option<SessionId>,
}

/// A fresh sign-in: what the caller sees, and the secrets that go into the browser's cookies.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub view: SessionView,
    pub session_secret: String,
    pub device_secret: String,
}

/// 256 bits that nobody can guess.
pub fn new_secret(app: &App) -> String {
    format!("{:032x}{:032x}", app.ids.chance(), app.ids.chance())
}

/// The digest under which a secret is stored.
pub fn digest(secret: &str) -> String {
    sha256_hex(&[secret.as_bytes()])
}

/// The living session of `secret`, if any; one query, and once a minute a mark that it was used.
///
/// # Errors
/// Those of the database.
pub async fn session_of(app: &Arc<App>, secret: &str) -> Result<Option<Session>, AppError> {
    let now = app.now();
    let Some(row) = sessions::by_secret(&app.db.reader(), &digest(secret)).await? else { return Ok(None) };
    if !is_alive(row.begun, row.seen, now) {
        return Ok(None);
    }
    if is_mark_due(row.seen, now) {
        mark_seen(app, row.id, now);
    }
    let SessionRow { id, person, name, csrf_token, grants, .. } = row;
    let lent = lent(&app.db.reader(), person, &grants, now).await?;
    Ok(Some(Session { actor: Actor { person, name, grants, session: Some(id), lent }, csrf_token }))
}

/// Written beside the call, which does not wait for it; a lost mark only makes the session look older.
fn mark_seen(app: &Arc<App>, session: SessionId, now: Timestamp) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let marked: Result<(), AppError> = app
            .db
            .technical((), move |mut tx: Tx, ()| async move {
                sessions::mark_seen(&mut tx, session, now).await?;
                Ok(tx.commit_technical(Technical::Session).await?)
            })
            .await;
        if let Err(error) = marked {
            tracing::warn!(what = %error, "a session's mark was lost");
        }
    });
}

/// Signs in. An unknown account, a closed one and a wrong password answer alike and take as long.
///
/// # Errors
/// [`ErrorCode::SignInFailed`]; [`ErrorCode::SignInThrottled`] where account or address have used up their tries.
pub async fn sign_in(app: &App, credentials: Credentials, visitor: Visitor) -> Result<SignedIn, AppError> {
    let now = app.now();
    let email = Email::parse(&credentials.email).map(|email| email.as_str().to_owned()).unwrap_or_default();
    let person = people::person_by_email(&app.db.reader(), &email).await?.filter(|person| person.active);
    let keys = tries(app, &email, person.as_ref(), &visitor).await?;
    take(app, &keys, now).await?;
    let stored = person.as_ref().and_then(|person| person.password.clone());
    let fits = app.passwords.matches(stored, password_as_typed(&credentials.password)).await.map_err(AppError::internal)?;
    match person {
        Some(person) if fits => begin(app, person, visitor, keys).await,
        Some(_) | None => {
            app.metrics.sign_in_failed();
            tracing::warn!(address = visitor.address, "a sign-in failed");
            Err(ErrorCode::SignInFailed.into())
        }
    }
}

type Keys = Vec<(String, Allowance)>;

/// What this try counts against. A known browser has its account's tries to itself, so that a stranger cannot lock the owner out.
async fn tries(app: &App, email: &str, person: Option<&Person>, visitor: &Visitor) -> Result<Keys, AppError> {
    let device = visitor.device.as_deref().map(digest);
    let known = match (person, &device) {
        (Some(person), Some(device)) => sessions::is_known_device(&app.db.reader(), device, person.id).await?,
        (Some(_) | None, _) => false,
    };
    let account = match device {
        Some(device) if known => format!("device:{device}:{}", digest(email)),
        Some(_) | None => format!("account:{}", digest(email)),
    };
    Ok(vec![(format!("address:{}", visitor.address), ADDRESS_TRIES), (account, ACCOUNT_TRIES)])
}

/// Counts one try on each key.
///
/// # Errors
/// [`ErrorCode::SignInThrottled`]; then none of the keys has lost a try.
pub(super) async fn take(app: &App, keys: &[(String, Allowance)], now: Timestamp) -> Result<(), AppError> {
    app.db
        .technical(keys.to_vec(), move |mut tx: Tx, keys: Keys| async move {
            for (key, allowance) in &keys {
                if !sessions::take_try(&mut tx, key, *allowance, now).await? {
                    return Err(AppError::refused(ErrorCode::SignInThrottled));
                }
            }
            Ok(tx.commit_technical(Technical::Session).await?)
        })
        .await
}

async fn begin(app: &App, person: Person, visitor: Visitor, keys: Keys) -> Result<SignedIn, AppError> {
    let now = app.now();
    let (session_secret, csrf_token) = (new_secret(app), new_secret(app));
    let device_secret = visitor.device.unwrap_or_else(|| new_secret(app));
    let id = app.id(now);
    let (secret_hash, browser, csrf) = (digest(&session_secret), visitor.browser, csrf_token.clone());
    let new = NewSession { id, person: person.id, secret_hash, csrf_token: csrf, browser, at: now };
    let (device, earlier) = (digest(&device_secret), visitor.session);
    let begun: Result<(), AppError> = app
        .db
        .technical((new, keys, device), move |mut tx: Tx, (new, keys, device): (NewSession, Keys, String)| async move {
            sessions::sweep(&mut tx, now).await?;
            if let Some(earlier) = earlier {
                sessions::end(&mut tx, earlier).await?;
            }
            sessions::insert(&mut tx, &new).await?;
            sessions::keep_device(&mut tx, &device, new.person, now).await?;
            for (key, allowance) in &keys {
                sessions::give_back(&mut tx, key, *allowance).await?;
            }
            Ok(tx.commit_technical(Technical::Session).await?)
        })
        .await;
    begun?;
    let grants = people::grants(&app.db.reader(), Some(person.id)).await?;
    let held: Vec<Grant> = grants.into_iter().filter(|grant| grant.held).map(|grant| grant.grant).collect();
    let lent = lent(&app.db.reader(), person.id, &held, now).await?;
    let actor = Actor { person: person.id, name: person.name, grants: held, session: Some(id), lent };
    let view = views::session_view(app, &actor, csrf_token).await?;
    Ok(SignedIn { view, session_secret, device_secret })
}

/// Ends the caller's session.
///
/// # Errors
/// Those of the database.
pub async fn sign_out(app: &App, actor: &Actor) -> Result<(), AppError> {
    let Some(session) = actor.session else { return Ok(()) };
    app.db
        .technical((), move |mut tx: Tx, ()| async move {
            sessions::end(&mut tx, session).await?;
            Ok(tx.commit_technical(Technical::Session).await?)
        })
        .await
}

/// Ends every session of the caller on every replica.
///
/// # Errors
/// Those of the database.
pub async fn sign_out_everywhere(app: &App, actor: &Actor) -> Result<(), AppError> {
    let person = actor.person;
    app.db
        .technical((), move |mut tx: Tx, ()| async move {
            sessions::end_all(&mut tx, person, None).await?;
            Ok(tx.commit_technical(Technical::Session).await?)
        })
        .await
}

/// The caller's open sessions, last used first.
///
/// # Errors
/// Those of the database.
pub async fn open_sessions(app: &App, actor: &Actor) -> Result<Vec<OpenSession>, AppError> {
    let own = sessions::of_person(&app.db.reader(), actor.person, app.now()).await?;
    let view = |s: sessions::OwnSession| OpenSession {
        id: s.id,
        begun: s.begun,
        last_seen: s.seen,
        browser: s.browser,
        current: Some(s.id) == actor.session,
    };
    Ok(own.into_iter().map(view).collect())
}
