//! Links by mail: invitations and new passwords.

use shared::error::ErrorCode;
use shared::id::{CommandId, InvitationId, PersonId, RequestId};
use shared::identity::api::{InvitationView, PasswordChange, ResetMail};
use shared::identity::input::{Email, new_password, password_as_typed};
use shared::time::Timestamp;
use shared::words::identity as words;

use super::directory::district;
use super::sessions::{digest, new_secret, take};
use crate::app::App;
use crate::db::{AuditRecord, Command, Effect, Lane, Query, Technical, Tx};
use crate::error::AppError;
use crate::identity::actor::{CommandContext, Fact};
use crate::identity::rules::{ACCOUNT_TRIES, ADDRESS_TRIES, INVITATION_SECONDS, RESET_MAILS, RESET_SECONDS, UNCOUNTED, words_of};
use crate::identity::store::links::{NewLink, Purpose};
use crate::identity::store::people::Person;
use crate::identity::store::{links, people, sessions};
use crate::ports::mailer::Mail;

/// A link to be sent: its secret stands in the mail, its digest in the database.
#[derive(Clone)]
pub struct Link {
    id: InvitationId,
    token: String,
    /// The address that the link begins with.
    base: String,
    at: Timestamp,
}

impl Link {
    pub fn new(app: &App, at: Timestamp) -> Self {
        Self { id: app.id(at), token: new_secret(app), base: app.config.link_base(), at }
    }

    /// The address that an invited person opens.
    pub fn invitation(&self) -> String {
        format!("{}/invitation/{}", self.base, self.token)
    }

    fn reset(&self) -> String {
        format!("{}/reset/{}", self.base, self.token)
    }
}

pub async fn mail_invitation<Q: Query>(query: &Q, person: &Person, link: &Link) -> Result<Mail, AppError> {
    let district = district(query).await?.name;
    let text = words::mail_invitation(&person.name, &district, &link.invitation());
    Ok(Mail { to: person.email.clone(), subject: words::mail_invitation_subject(&district), text })
}

pub async fn store_link(tx: &mut Tx, purpose: Purpose, person: PersonId, link: &Link) -> Result<(), AppError> {
    let seconds = match purpose {
        Purpose::Invitation => INVITATION_SECONDS,
        Purpose::Reset => RESET_SECONDS,
    };
    let (id, token_hash, at) = (link.id, digest(&link.token), link.at);
    let new = NewLink { id, person, purpose, token_hash, at, expires: at.plus_seconds(seconds) };
    Ok(links::insert(tx, &new).await?)
}

/// Mails a link for a new password. Answers the same, and takes as long, whether or not the account exists.
///
/// # Errors
/// [`ErrorCode::SignInThrottled`] where account or address have used up their tries.
pub async fn ask_reset(app: &App, body: ResetMail, address: &str) -> Result<(), AppError> {
    let now = app.now();
    let email = Email::parse(&body.email).map(|email| email.as_str().to_owned()).unwrap_or_default();
    let keys = [(format!("address:{address}"), ADDRESS_TRIES), (format!("reset:{}", digest(&email)), RESET_MAILS)];
    take(app, &keys, now).await?;
    let person = people::person_by_email(&app.db.reader(), &email).await?.filter(|person| person.active);
    let input = (person, Link::new(app, now));
    app.db
        .technical(input, move |mut tx: Tx, (person, link): (Option<Person>, Link)| async move {
            // Written for everybody, so that an unknown account waits for the disk like a known one.
            sessions::take_try(&mut tx, "reset", UNCOUNTED, now).await?;
            if let Some(person) = person {
                store_link(&mut tx, Purpose::Reset, person.id, &link).await?;
                let text = words::mail_reset(&person.name, &link.reset());
                let mail = Mail { to: person.email, subject: words::mail_reset_subject(), text };
                tx.queue(&Effect::Mail(mail), now).await?;
            }
            Ok(tx.commit_technical(Technical::ResetLink).await?)
        })
        .await
}

/// What an invitation link is for.
///
/// # Errors
/// [`ErrorCode::LinkExpired`] for every link that cannot be used, whatever the cause.
pub async fn invitation(app: &App, token: &str, address: &str) -> Result<InvitationView, AppError> {
    take(app, &[(format!("link:{address}"), ADDRESS_TRIES)], app.now()).await?;
    let reader = app.db.reader();
    let expired = || AppError::refused(ErrorCode::LinkExpired);
    let person = links::find(&reader, &digest(token), Purpose::Invitation, app.now()).await?.ok_or_else(expired)?;
    let person = people::person(&reader, person).await?.ok_or_else(expired)?;
    Ok(InvitationView { name: person.name, email: person.email, district: district(&reader).await?.name })
}

/// The command of somebody who is not signed in and shows a mailed link.
#[derive(Clone, Debug)]
pub struct ByLink {
    pub purpose: Purpose,
    pub token: String,
    pub new_password: String,
    /// Where it comes from, for the throttle.
    pub address: String,
    pub name: &'static str,
    pub command_id: CommandId,
    pub input_hash: String,
    pub request_id: RequestId,
    pub now: Timestamp,
}

/// Sets a password by a mailed link, uses the link up and ends the account's sessions.
///
/// # Errors
/// [`ErrorCode::LinkExpired`]; the field `password` or `new_password`.
pub async fn set_password_by_link(app: &App, command: ByLink) -> Result<(), AppError> {
    let now = command.now;
    take(app, &[(format!("link:{}", command.address), ADDRESS_TRIES)], now).await?;
    let (id, name, at, input_hash) = (command.command_id, command.name, now, command.input_hash.clone());
    let key = Command { id, actor: None, name, input_hash, at, lane: Lane::Usual };
    let reader = app.db.reader();
    let found = links::find(&reader, &digest(&command.token), command.purpose, now).await?;
    let hash = match found {
        Some(person) => Some(hash_new(app, person, field_of(command.purpose), &command.new_password).await?),
        // The command may be a repeated one: the database knows. Without that the link is worthless.
        None => None,
    };
    let result = found.unwrap_or(shared::id::Id::from_bits(0));
    let done = app.db.command(&key, result, (command, hash), |tx, (command, hash)| async move { store_by_link(tx, command, hash).await });
    done.await.map(|_: PersonId| ())
}

const fn field_of(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Invitation => "password",
        Purpose::Reset => "new_password",
    }
}

async fn store_by_link(mut tx: Tx, command: ByLink, hash: Option<String>) -> Result<(), AppError> {
    let expired = || AppError::refused(ErrorCode::LinkExpired);
    let token = digest(&command.token);
    let person = links::find(&tx, &token, command.purpose, command.now).await?.ok_or_else(expired)?;
    let hash = hash.ok_or_else(expired)?;
    if links::spend(&mut tx, &token, command.now).await? == 0 {
        return Err(expired());
    }
    let person = people::person(&tx, person).await?.ok_or_else(expired)?;
    people::set_password(&mut tx, person.id, &hash).await?;
    sessions::end_all(&mut tx, person.id, None).await?;
    let summary = match command.purpose {
        Purpose::Invitation => "accepted the invitation",
        Purpose::Reset => "set a new password by a mailed link",
    };
    let record = AuditRecord {
        actor: Some(person.id),
        action: command.name,
        object: person.id.to_string(),
        others: Vec::new(),
        object_title: person.name,
        school: None,
        summary: summary.to_owned(),
        reason: String::new(),
        command_id: command.command_id,
        request_id: command.request_id,
        at: command.now,
    };
    Ok(tx.commit(record, Vec::new()).await?)
}

/// Changes the caller's own password, ends their other sessions and gives this one a new secret, which is returned.
///
/// # Errors
/// Fields `old_password`, `new_password`; [`ErrorCode::SignInThrottled`].
pub async fn change_password(app: &App, context: &CommandContext, change: PasswordChange) -> Result<String, AppError> {
    let reader = app.db.reader();
    let own = people::person(&reader, context.actor.person).await?.ok_or(AppError::not_found())?;
    take(app, &[(format!("account:{}", digest(&own.email)), ACCOUNT_TRIES)], context.now).await?;
    let old = password_as_typed(&change.old_password);
    if !app.passwords.matches(own.password, old).await.map_err(AppError::internal)? {
        return Err(AppError::field("old_password", words::OLD_PASSWORD_WRONG));
    }
    let hash = hash_new(app, own.id, "new_password", &change.new_password).await?;
    let secret = new_secret(app);
    let (key, input) = (context.key(), (context.clone(), hash, digest(&secret)));
    let run = |tx, (context, hash, secret)| async move { store_change(tx, context, hash, secret).await };
    app.db.command(&key, own.id, input, run).await.map(|_| secret)
}

async fn store_change(mut tx: Tx, context: CommandContext, hash: String, secret: String) -> Result<(), AppError> {
    let (person, name) = (context.actor.person, context.actor.name.clone());
    people::set_password(&mut tx, person, &hash).await?;
    sessions::end_all(&mut tx, person, context.actor.session).await?;
    if let Some(session) = context.actor.session {
        sessions::rotate(&mut tx, session, &secret).await?;
    }
    let summary = "changed their password and ended their other sessions".to_owned();
    let fact = Fact { object: person.to_string(), object_title: name, summary, ..Fact::default() };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}

/// Checks a new password against the district's and the person's own words, and hashes it.
async fn hash_new(app: &App, person: PersonId, field: &str, raw: &str) -> Result<String, AppError> {
    let reader = app.db.reader();
    let person = people::person(&reader, person).await?.ok_or(AppError::not_found())?;
    let district = district(&reader).await?.name;
    let taken = words_of(&[&district, &person.name, &person.email]);
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let password = new_password(raw, &taken).map_err(|message| AppError::field(field, message))?;
    app.passwords.hash(password).await.map_err(AppError::internal)
}
