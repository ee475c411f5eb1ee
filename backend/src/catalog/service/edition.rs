//! An edition's way to the shelf: the unit asks, a second person publishes or sends back; days of sale; closing.

use std::sync::Arc;

use shared::catalog::MenuState;
use shared::catalog::api::{MenuEventKind, MenuView, UnitWords};
use shared::catalog::edition::{EditionCommand, SaleDays, turn};
use shared::error::ErrorCode;
use shared::id::{MenuId, UnitId};
use shared::identity::input::Email;
use shared::identity::policy::Permission;
use shared::text;
use shared::words::catalog as words;

use super::around::surroundings;
use super::tell::{Audience, Saying};
use super::view::view;
use crate::app::App;
use crate::catalog::rules;
use crate::catalog::store::{self, MenuRow, Publication, ServiceRow, TierPublication};
use crate::db::{Effect, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};

/// A command on an edition, again on each try.
#[derive(Clone)]
pub(super) struct Errand<B> {
    pub app: Arc<App>,
    pub ctx: CommandContext,
    pub menu: MenuId,
    /// The version that the caller looked at.
    pub seen: u32,
    pub body: B,
}

impl<B> Errand<B> {
    /// The edition as it stands in this transaction, and what it is after `command`.
    ///
    /// # Errors
    /// `NotFound` outside the caller's scope; `Stale`; `NotInThisState` with what to do.
    pub async fn open(&self, tx: &Tx, permission: Permission, command: EditionCommand) -> Result<MenuRow, AppError> {
        let menu = store::menu(tx, self.menu).await?.ok_or_else(AppError::not_found)?;
        self.ctx.actor.demand(permission, &Target::Unit(menu.unit))?;
        // The version first: whoever looked at an older edition hears that, not about fields of a newer one.
        if menu.version != self.seen {
            return Err(ErrorCode::Stale.into());
        }
        may_turn(menu.state, command)?;
        Ok(menu)
    }

    pub async fn tell(&self, tx: &mut Tx, sayings: Vec<Saying>) -> Result<Vec<Effect>, AppError> {
        (self.app.tell)(tx, &self.app, &self.ctx, sayings).await
    }

    /// The audit record's words, and the event's, in one.
    pub fn fact(&self, title: String, summary: String, reason: String) -> Fact {
        Fact { object: self.menu.to_string(), object_title: title, summary, reason, ..Fact::default() }
    }
}

/// Refuses what is not possible where the edition stands.
pub(super) fn may_turn(state: MenuState, command: EditionCommand) -> Result<(), AppError> {
    turn(state, command).map(|_| ()).map_err(|why| AppError::saying(ErrorCode::NotInThisState, why))
}

/// False writes are somebody else's right ones.
pub(super) fn written(done: bool) -> Result<(), AppError> {
    if done { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

/// Runs a command on an edition and answers with the edition.
pub(super) async fn run<B, F, Fut>(
    app: &Arc<App>,
    ctx: CommandContext,
    (menu, seen): (MenuId, u32),
    (permission, body): (Permission, B),
    write: F,
) -> Result<MenuView, AppError>
where
    B: Clone + Send + Sync + 'static,
    F: Fn(Tx, Errand<B>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let row = store::menu(&app.db.reader(), menu).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(permission, &Target::Unit(row.unit))?;
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), menu, seen, body };
    app.db.command(&ctx.key(), menu, errand, write).await?;
    view(&app.db.reader(), menu, app.now()).await
}

async fn title(tx: &Tx, menu: &MenuRow) -> Result<(String, String), AppError> {
    let unit = store::unit(tx, menu.unit).await?.ok_or_else(AppError::not_found)?;
    Ok((format!("{}, menu {}", unit.name, menu.year), unit.name))
}

/// The unit asks for the review; refuses with the checklist.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotPublishable` with the fields; `NotInThisState`; `Stale`.
pub async fn ask_review(app: &Arc<App>, ctx: CommandContext, menu: MenuId, seen: u32) -> Result<MenuView, AppError> {
    run(app, ctx, (menu, seen), (Permission::EditMenu, ()), write_question).await
}

async fn write_question(mut tx: Tx, errand: Errand<()>) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::EditMenu, EditionCommand::AskReview).await?;
    let services = complete(&tx, &errand, &menu).await?;
    let (who, now) = (errand.ctx.actor.person, errand.ctx.now);
    written(store::ask_review(&mut tx, menu.id, errand.seen, Some((who, now))).await?)?;
    store::insert_event(&mut tx, menu.id, (who, now), (MenuEventKind::Asked, "")).await?;
    let changed = services.iter().filter(|service| !rules::is_on_shelf(service)).count();
    let (object_title, unit) = title(&tx, &menu).await?;
    let text = words::tell_reviewer(&unit, &menu.year.to_string(), changed);
    let link = words::review_link(menu.id);
    let sayings = vec![Saying { audience: Audience::Who(Permission::ReviewMenu, Target::Unit(menu.unit)), text: text.clone(), link }];
    let mails = errand.tell(&mut tx, sayings).await?;
    Ok(tx.commit(errand.ctx.record(errand.fact(object_title, text, String::new())), mails).await?)
}

/// Every service of the edition, or the checklist.
async fn complete<B>(tx: &Tx, errand: &Errand<B>, menu: &MenuRow) -> Result<Vec<ServiceRow>, AppError> {
    let unit = store::unit(tx, menu.unit).await?.ok_or_else(AppError::not_found)?;
    let here = surroundings(tx, &unit, errand.ctx.now).await?;
    let services = store::services(tx, menu.id).await?;
    let missing = rules::menu_checklist(services.iter().map(|service| &service.draft), &here.around());
    if missing.is_empty() {
        Ok(services)
    } else {
        Err(AppError::Refused { code: ErrorCode::NotPublishable, message: None, fields: missing })
    }
}

/// The unit takes its question back.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotInThisState`; `Stale`.
pub async fn take_back(app: &Arc<App>, ctx: CommandContext, menu: MenuId, seen: u32) -> Result<MenuView, AppError> {
    run(app, ctx, (menu, seen), (Permission::EditMenu, ()), |tx, errand| end_question(tx, errand, MenuEventKind::TakenBack)).await
}

async fn end_question(mut tx: Tx, errand: Errand<()>, kind: MenuEventKind) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::EditMenu, EditionCommand::TakeBack).await?;
    written(store::ask_review(&mut tx, menu.id, errand.seen, None).await?)?;
    store::insert_event(&mut tx, menu.id, (errand.ctx.actor.person, errand.ctx.now), (kind, "")).await?;
    let (object_title, _) = title(&tx, &menu).await?;
    Ok(tx.commit(errand.ctx.record(errand.fact(object_title, "Took the review back".to_owned(), String::new())), Vec::new()).await?)
}

/// The reviewer sends the edition back, with what has to change.
///
/// # Errors
/// `NotFound` outside the caller's scope; `BadInput` without a comment; `NotInThisState`; `Stale`.
pub async fn send_back(app: &Arc<App>, ctx: CommandContext, menu: MenuId, (seen, comment): (u32, String)) -> Result<MenuView, AppError> {
    let row = store::menu(&app.db.reader(), menu).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::ReviewMenu, &Target::Unit(row.unit))?;
    let comment =
        text::required(&comment, text::PARAGRAPH_LIMIT).map_err(|_| AppError::field("comment", words::SEND_BACK_NEEDS_COMMENT))?;
    run(app, ctx, (menu, seen), (Permission::ReviewMenu, comment), write_back).await
}

async fn write_back(mut tx: Tx, errand: Errand<String>) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::ReviewMenu, EditionCommand::SendBack).await?;
    not_their_own(&errand, &menu)?;
    written(store::ask_review(&mut tx, menu.id, errand.seen, None).await?)?;
    let (who, now) = (&errand.ctx.actor, errand.ctx.now);
    store::insert_event(&mut tx, menu.id, (who.person, now), (MenuEventKind::SentBack, &errand.body)).await?;
    let text = words::tell_sent_back(&menu.year.to_string(), &who.name, &errand.body);
    let mails = tell_unit(&mut tx, &errand, &menu, text).await?;
    let (object_title, _) = title(&tx, &menu).await?;
    let fact = errand.fact(object_title, "Sent the menu back".to_owned(), errand.body.clone());
    Ok(tx.commit(errand.ctx.record(fact), mails).await?)
}

/// Invariant: nobody decides on an edition that they asked about or may write.
fn not_their_own<B>(errand: &Errand<B>, menu: &MenuRow) -> Result<(), AppError> {
    let actor = &errand.ctx.actor;
    let asked = menu.asked.as_ref().is_some_and(|asked| asked.by.id == actor.person);
    if asked || actor.may(Permission::EditMenu, &Target::Unit(menu.unit)) {
        return Err(AppError::saying(ErrorCode::NotYourOwn, words::OWN_EDITION));
    }
    Ok(())
}

async fn tell_unit<B>(tx: &mut Tx, errand: &Errand<B>, menu: &MenuRow, text: String) -> Result<Vec<Effect>, AppError> {
    let audience = Audience::Who(Permission::EditMenu, Target::Unit(menu.unit));
    errand.tell(tx, vec![Saying { audience, text, link: words::edition_link(menu.id) }]).await
}

/// A second person puts every changed draft of the edition on the shelf.
///
/// # Errors
/// `NotFound` outside the caller's scope; `NotYourOwn`; `NotPublishable` with the checklist's fields; `NotInThisState`; `Stale`.
pub async fn publish_menu(app: &Arc<App>, ctx: CommandContext, menu: MenuId, seen: u32) -> Result<MenuView, AppError> {
    run(app, ctx, (menu, seen), (Permission::ReviewMenu, ()), publish).await
}

async fn publish(mut tx: Tx, errand: Errand<()>) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::ReviewMenu, EditionCommand::Publish).await?;
    not_their_own(&errand, &menu)?;
    let services = complete(&tx, &errand, &menu).await?;
    written(store::publish_menu(&mut tx, menu.id, errand.seen, errand.ctx.now).await?)?;
    let changed: Vec<&ServiceRow> = services.iter().filter(|service| !rules::is_on_shelf(service)).collect();
    let mut retired = Vec::new();
    for service in &changed {
        let before = store::on_sale_of_service(&tx, service.id).await?;
        publish_one(&mut tx, &errand, &menu, service).await?;
        let kept = store::on_sale_of_service(&tx, service.id).await?;
        retired.extend(before.into_iter().filter(|package| !kept.contains(package)));
    }
    let (who, now) = (&errand.ctx.actor, errand.ctx.now);
    store::insert_event(&mut tx, menu.id, (who.person, now), (MenuEventKind::Published, "")).await?;
    store::shelf::bump(&mut tx).await?;
    let text = words::tell_published(&menu.year.to_string(), &who.name);
    let mut mails = tell_unit(&mut tx, &errand, &menu, text).await?;
    mails.extend(errand.tell(&mut tx, vec![Saying::drafting(retired)]).await?);
    let (object_title, _) = title(&tx, &menu).await?;
    let fact = errand.fact(object_title, words::published_so_many(changed.len(), services.len()), String::new());
    Ok(tx.commit(errand.ctx.record(fact), mails).await?)
}

async fn publish_one<B>(tx: &mut Tx, errand: &Errand<B>, menu: &MenuRow, service: &ServiceRow) -> Result<(), AppError> {
    let (content, draft) = (&service.draft.content, &service.draft);
    // The draft's version only rises, so it serves as the number of the words as well.
    let publication = Publication { service: service.id, version: service.version, content, draft, at: errand.ctx.now };
    store::publish_service(tx, &publication).await?;
    for (position, package) in draft.packages.iter().enumerate() {
        let id = package.id.ok_or_else(|| AppError::internal(format!("a tier of {} has no identity", service.id)))?;
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        let tier = TierPublication { package: id, position, content: &package.content, year: menu.year };
        store::publish_package(tx, &publication, &tier).await?;
    }
    Ok(())
}

/// Writes the edition's days of sale; they count once it is published.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` for days outside its year; `NotInThisState`; `Stale`.
pub async fn set_sale_days(app: &Arc<App>, ctx: CommandContext, menu: MenuId, (seen, days): (u32, SaleDays)) -> Result<MenuView, AppError> {
    run(app, ctx, (menu, seen), (Permission::EditMenu, days), write_days).await
}

async fn write_days(mut tx: Tx, errand: Errand<SaleDays>) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::EditMenu, EditionCommand::Change).await?;
    let calendar = crate::identity::service::district(&tx).await?.calendar;
    let year = calendar.first_day(menu.year).zip(calendar.last_day(menu.year));
    let wrong = year.map(|year| errand.body.check(year)).unwrap_or_default();
    if !wrong.is_empty() {
        return Err(AppError::fields(wrong));
    }
    written(store::set_wanted(&mut tx, menu.id, errand.seen, errand.body).await?)?;
    let (object_title, _) = title(&tx, &menu).await?;
    let fact = errand.fact(object_title, words::sale_days(errand.body.from, errand.body.until), String::new());
    Ok(tx.commit(errand.ctx.record(fact), Vec::new()).await?)
}

/// Closes an edition: nothing of it is sold any more, what was sold runs on, and who has it in the cart is told.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotInThisState`; `Stale`.
pub async fn close_menu(app: &Arc<App>, ctx: CommandContext, menu: MenuId, seen: u32) -> Result<MenuView, AppError> {
    run(app, ctx, (menu, seen), (Permission::EditMenu, ()), close).await
}

async fn close(mut tx: Tx, errand: Errand<()>) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::EditMenu, EditionCommand::Close).await?;
    let retired = store::on_sale_of_menu(&tx, menu.id).await?;
    written(store::close_menu(&mut tx, menu.id, errand.seen).await?)?;
    store::insert_event(&mut tx, menu.id, (errand.ctx.actor.person, errand.ctx.now), (MenuEventKind::Closed, "")).await?;
    store::shelf::bump(&mut tx).await?;
    let mails = errand.tell(&mut tx, vec![Saying::drafting(retired)]).await?;
    let (object_title, _) = title(&tx, &menu).await?;
    Ok(tx.commit(errand.ctx.record(errand.fact(object_title, "Closed the menu".to_owned(), String::new())), mails).await?)
}

/// Writes who the unit is and whom schools reach; it shows at once.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` with the fields.
pub async fn edit_unit(app: &Arc<App>, ctx: CommandContext, unit: UnitId, body: UnitWords) -> Result<MenuView, AppError> {
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let about = text::optional(&body.about, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("about", error.message()))?;
    let contact = text::required(&body.contact, text::TITLE_LIMIT).map_err(|_| AppError::field("contact", words::CONTACT_MISSING))?;
    let email = Email::parse(&body.contact_email).map_err(|error| AppError::field("contact_email", error.to_string()))?;
    let said = UnitWords { about, contact, contact_email: email.as_str().to_owned() };
    app.db.command(&ctx.key(), unit, (ctx.clone(), said), move |tx, (ctx, said)| write_unit(tx, ctx, unit, said)).await?;
    super::view::menu(app, &ctx.actor, unit, None).await
}

async fn write_unit(mut tx: Tx, ctx: CommandContext, unit: UnitId, said: UnitWords) -> Result<(), AppError> {
    let known = store::unit(&tx, unit).await?.ok_or_else(AppError::not_found)?;
    store::set_unit_words(&mut tx, unit, &said, ctx.now).await?;
    store::shelf::bump(&mut tx).await?;
    let summary = format!("Schools reach {} at {}", said.contact, said.contact_email);
    let fact = Fact { object: unit.to_string(), object_title: known.name, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}
