//! A network officer's schools: their money, what waits, which goals nothing serves; and words beside a cart.

use std::sync::Arc;

use shared::id::{CartCommentId, SchoolId};
use shared::identity::Scope;
use shared::identity::api::SchoolRef;
use shared::identity::policy::Permission;
use shared::orders::OrderState;
use shared::orders::api::Comment;
use shared::orders::desk::DeskItem;
use shared::orders::support::{CartComment, MySchools, SupportedSchool, pace, unserved};
use shared::text;
use shared::time::Date;
use shared::words::orders as words;
use shared::words::orders::support as texts;

use super::notices::{Audience, Told, tell};
use super::view::summary;
use crate::app::App;
use crate::budget::service::{self as budget, School};
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, District, Fact, Reach, Target, service as identity};
use crate::orders::store::{self, Whose};

/// States in which somebody has to act.
const WAITING: [OrderState; 7] = [
    OrderState::Submitted,
    OrderState::Approved,
    OrderState::Returned,
    OrderState::Countered,
    OrderState::Accepted,
    OrderState::InDelivery,
    OrderState::Delivered,
];

/// The schools of the caller's networks.
///
/// # Errors
/// Those of the database.
pub async fn my_schools(app: &App, actor: &Actor) -> Result<MySchools, AppError> {
    let reader = app.db.reader();
    let networks = match actor.reach(Permission::SupportSchools) {
        Reach::Parts { networks, .. } => networks,
        Reach::Everything => std::collections::BTreeSet::new(),
    };
    let now = app.now();
    let district = identity::district(&reader).await?;
    let today = district.day_of(now)?;
    let mut schools = Vec::new();
    for school in budget::schools_of(&reader, &networks).await? {
        let mut seen = supported(&reader, &school, (&district, today)).await?;
        seen.late = u32::try_from(
            seen.waiting.iter().filter(|order| order.waits_for.as_ref().and_then(|waits| waits.due).is_some_and(|due| due < now)).count(),
        )
        .unwrap_or(u32::MAX);
        schools.push(seen);
    }
    Ok(MySchools { year: district.calendar.year_of(today), today, schools })
}

async fn supported<Q: Query>(query: &Q, school: &School, (district, today): (&District, Date)) -> Result<SupportedSchool, AppError> {
    let year = district.calendar.year_of(today);
    let whose = Whose::Of(vec![Scope::School(school.id)]);
    let money = budget::school_budget(query, school.id, year).await?.total;
    let (first, last) = (district.calendar.first_day(year).unwrap_or(today), district.calendar.last_day(year).unwrap_or(today));
    let plan = budget::plan(query, school.id, year).await?;
    let (in_cart, _) = store::tally(query, &whose, &[OrderState::Draft]).await?;
    let suggested = store::open_suggestions(query, Scope::School(school.id)).await?.len();
    Ok(SupportedSchool {
        school: SchoolRef { id: school.id, name: school.name.clone() },
        network: school.network_name.clone().unwrap_or_default(),
        enrollment: school.facts.enrollment,
        money,
        pace: pace(&money, (today.days_since(first) + 1, last.days_since(first) + 1)),
        waiting: store::in_states(query, &whose, &WAITING).await?.iter().map(summary).collect(),
        late: 0,
        unserved: unserved(&plan),
        in_cart,
        suggested: u32::try_from(suggested).unwrap_or(u32::MAX),
    })
}

/// What was said beside a school's cart.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn cart_comments(app: &App, actor: &Actor, school: SchoolId) -> Result<Vec<CartComment>, AppError> {
    let reader = app.db.reader();
    let network = budget::network_of(&reader, school).await?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(school, network))?;
    Ok(store::cart_comments(&reader, school).await?)
}

/// Says something beside a school's cart; the school's people and the network's officer hear of it.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope; `BadInput` where it is empty.
pub async fn comment_cart(app: &Arc<App>, ctx: &CommandContext, school: SchoolId, body: Comment) -> Result<Vec<CartComment>, AppError> {
    let known = budget::school_facts(&app.db.reader(), school).await?;
    let target = Target::School(school, known.network);
    ctx.actor.demand(Permission::CommentCart, &target)?;
    let said = text::required(&body.text, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("text", error.message()))?;
    let id: CartCommentId = app.id(ctx.now);
    let input = (Arc::clone(app), ctx.clone(), known, said);
    app.db
        .command(&ctx.key(), id, input, move |mut tx, (app, ctx, known, said)| async move {
            store::insert_comment(&mut tx, id, known.id, (ctx.actor.person, ctx.now, &said)).await?;
            let told = Told {
                audience: Audience::Who(Permission::CommentCart, Target::School(known.id, known.network)),
                text: texts::tell_cart_comment(&ctx.actor.name, &known.name),
                link: words::CART_LINK.to_owned(),
            };
            let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
            let summary = texts::CART_COMMENTED.to_owned();
            let fact = Fact {
                object: id.to_string(),
                object_title: texts::cart_of(&known.name),
                school: Some(known.id),
                summary,
                ..Fact::default()
            };
            Ok::<(), AppError>(tx.commit(ctx.record(fact), effects).await?)
        })
        .await?;
    cart_comments(app, &ctx.actor, school).await
}

/// Suggested carts that wait for an answer, for the desks of both sides: the principal's, and who suggested it.
pub(super) async fn open_items<Q: Query>(query: &Q, scope: Scope) -> Result<Vec<DeskItem>, AppError> {
    let for_school = matches!(scope, Scope::School(_));
    let item = |(row, school): (store::SuggestionRow, String)| {
        let link = if for_school { words::CART_LINK.to_owned() } else { texts::my_school_link(row.school) };
        let owner = if for_school { row.by.name } else { school.clone() };
        let action = texts::DO_LOOK_AT_SUGGESTION.to_owned();
        DeskItem { title: texts::desk_suggestion(&row.title, &school), action, owner, due: None, overdue: false, amount: None, link }
    };
    Ok(store::open_suggestions(query, scope).await?.into_iter().map(item).collect())
}
