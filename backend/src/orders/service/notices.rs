//! Notices: written with the change they tell of, shown in the product, and sent by mail through the outbox.

use std::collections::BTreeSet;

use shared::contract::Empty;
use shared::id::{NoticeId, PackageId, PersonId};
use shared::identity::Role;
use shared::identity::policy::Permission;
use shared::orders::api::NoticeView;
use shared::words::orders as words;

use crate::app::App;
use crate::db::{Effect, Query, Technical, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Target, service as identity};
use crate::orders::store::{self, NewNotice, OrderRow};
use crate::ports::mailer::Mail;

/// To whom something is told.
#[derive(Clone, Debug)]
pub enum Audience {
    /// Everyone who may do this there.
    Who(Permission, Target),
    /// Everyone who holds this role over that.
    Holders(Role, Target),
    People(Vec<PersonId>),
}

/// One text for several people, with the page where it goes on.
#[derive(Clone, Debug)]
pub struct Told {
    pub audience: Audience,
    pub text: String,
    /// Path within the product.
    pub link: String,
}

impl Told {
    /// About an order, with its page.
    pub fn of(audience: Audience, order: &OrderRow, text: String) -> Self {
        Self { audience, text, link: words::order_link(order.id) }
    }

    /// The buyer of an order, or who drafted it where nobody bought yet.
    pub fn buyer(order: &OrderRow, text: String) -> Self {
        Self::of(Audience::People(vec![order.buyer.unwrap_or(order.drafted_by)]), order, text)
    }

    /// Those who answer for the order's unit.
    pub fn unit(order: &OrderRow, text: String) -> Self {
        Self::of(Audience::Who(Permission::AnswerOrder, Target::Unit(order.unit)), order, text)
    }

    /// Those who receive for the order's school.
    pub fn receivers(order: &OrderRow, text: String) -> Self {
        Self::of(Audience::Who(Permission::ConfirmDelivery, Target::School(order.school, None)), order, text)
    }

    /// Those whose role decides the step that is open.
    pub fn approvers(order: &OrderRow, role: Role, text: String) -> Self {
        Self::of(Audience::Holders(role, Target::School(order.school, order.network)), order, text)
    }
}

/// What will be written beside a change: notices, and mails for the outbox.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    pub notices: Vec<NewNotice>,
    pub mails: Vec<Effect>,
}

/// Finds out whom it concerns; whoever did the thing is not told of it.
pub async fn address<Q: Query>(query: &Q, app: &App, ctx: &CommandContext, told: &[Told]) -> Result<Letters, AppError> {
    let mut letters = Letters::default();
    for item in told {
        let people = match &item.audience {
            Audience::Who(permission, target) => identity::contacts(query, *permission, target).await?,
            Audience::Holders(role, target) => identity::role_holders(query, &[*role], target).await?,
            Audience::People(ids) => identity::people(query, ids).await?,
        };
        let people = identity::with_acting(query, people, ctx.now).await?;
        let mut seen = BTreeSet::from([ctx.actor.person]);
        for person in people.into_iter().filter(|person| seen.insert(person.id)) {
            let id: NoticeId = app.id(ctx.now);
            letters.notices.push(NewNotice { id, person: person.id, at: ctx.now, text: item.text.clone(), link: item.link.clone() });
            let address = format!("{}{}", app.config.link_base().trim_end_matches('/'), item.link);
            let text = words::mail_text(&person.name, &item.text, &address);
            letters.mails.push(Effect::Mail(Mail { to: person.email, subject: words::mail_subject(&item.text), text }));
        }
    }
    Ok(letters)
}

/// Whom to tell that packages are no longer sold: who drafted an order of one, and who buys for that school.
///
/// # Errors
/// Those of the database.
pub async fn told_of_drafts<Q: Query>(query: &Q, packages: &[PackageId], text: fn(&str) -> String) -> Result<Vec<Told>, AppError> {
    let mut told = Vec::new();
    for draft in store::drafts_of(query, packages).await? {
        let buyers = identity::contacts(query, Permission::SubmitOrder, &Target::School(draft.school, draft.network)).await?;
        let people = buyers.into_iter().map(|person| person.id).chain([draft.drafted_by]).collect();
        told.push(Told { audience: Audience::People(people), text: text(&draft.title), link: words::CART_LINK.to_owned() });
    }
    Ok(told)
}

/// Writes the notices and returns the mails.
///
/// # Errors
/// Those of the database.
pub async fn tell(tx: &mut Tx, app: &App, ctx: &CommandContext, told: &[Told]) -> Result<Vec<Effect>, AppError> {
    let letters = address(&*tx, app, ctx, told).await?;
    store::insert_notices(tx, &letters.notices).await?;
    Ok(letters.mails)
}

/// The caller's notices, newest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<NoticeView>, AppError> {
    Ok(store::notices(&app.db.reader(), actor.person).await?)
}

/// Marks one of the caller's notices as read.
///
/// # Errors
/// `NotFound` where the caller has no such notice.
pub async fn read(app: &App, actor: &Actor, notice: NoticeId) -> Result<Empty, AppError> {
    let input = (actor.person, notice);
    app.db
        .technical(input, |mut tx, (person, notice)| async move {
            if !store::mark_read(&mut tx, person, notice).await? {
                return Err(AppError::not_found());
            }
            tx.commit_technical(Technical::ReadMark).await?;
            Ok(Empty {})
        })
        .await
}
