//! Steps that many tests take: publish, put into the cart, submit, and look at the money.

use shared::budget::MoneyStates;
use shared::budget::api::{GetPlan, GetSchoolBudget, PlanGoalView, SchoolBudget};
use shared::catalog::Category;
use shared::catalog::api::{
    AskReview, Catalog, CatalogPackage, CatalogService, CreateService, GetCatalog, GetMenu, PublishMenu, ServiceDraft, VersionSeen,
};
use shared::client::CallError;
use shared::id::{OrderId, PlanGoalId};
use shared::orders::SplitPart;
use shared::orders::api::{
    AddToCart, CartLine, CartSubmission, CartView, DraftEdit, EditDraft, GetCart, GetOrder, NewDraft, OrderView, SubmitCart, SubmitReply,
    SubmittedDraft,
};
use shared::time::Date;

use crate::actor::Actor;
use crate::app::PASSWORD;

/// Publishes a new service of the actor's unit and returns what the shelf then shows of it.
pub async fn publish(head: &mut Actor, draft: ServiceDraft) -> CatalogService {
    let title = draft.content.title.clone();
    head.does::<CreateService>(head.unit(), draft).await;
    publish_menu(head).await;
    on_shelf(head, &title).await
}

/// The head asks for the review of the unit's menu, and an executive publishes it.
pub async fn publish_menu(head: &mut Actor) {
    let menu = head.get::<GetMenu>(head.unit()).await;
    let menu = head.does::<AskReview>(menu.id, VersionSeen { version: menu.version }).await;
    let mut helen = Actor::signed_in(head.client.base(), "helen.okafor@riverbend.example", PASSWORD).await;
    helen.does::<PublishMenu>(menu.id, VersionSeen { version: menu.version }).await;
}

/// The service of that title, as the shelf shows it.
pub async fn on_shelf(actor: &mut Actor, title: &str) -> CatalogService {
    let catalog: Catalog = actor.get::<GetCatalog>(()).await;
    let found = catalog.services.into_iter().find(|service| service.content.title == title);
    found.unwrap_or_else(|| panic!("{title} is not on the shelf"))
}

/// The goal of the school's plan that names `category`.
pub async fn goal(actor: &mut Actor, category: Category) -> PlanGoalId {
    let plan: Vec<PlanGoalView> = actor.get::<GetPlan>(actor.school()).await;
    let found = plan.iter().find(|goal| goal.categories.contains(&category));
    found.unwrap_or_else(|| panic!("no goal of the plan names {category:?}")).id
}

/// Puts a package into the actor's cart and returns the new line.
pub async fn add(actor: &mut Actor, package: &CatalogPackage, quantity: u32, goal: Option<PlanGoalId>) -> CartLine {
    let before: Vec<OrderId> = actor.get::<GetCart>(actor.school()).await.lines.iter().map(|line| line.order).collect();
    let body = NewDraft { package: package.id, quantity, start: None, goal, choices: shared::catalog::choice::Choices::default() };
    let cart = actor.does::<AddToCart>(actor.school(), body).await;
    cart.lines.into_iter().find(|line| !before.contains(&line.order)).expect("the new line")
}

/// Gives a draft another split.
pub async fn resplit(actor: &mut Actor, line: &CartLine, split: Vec<SplitPart>) -> Result<CartView, CallError> {
    let start: Date = line.start;
    let (version, quantity, goal, note) = (line.version, line.quantity, line.goal, line.note.clone());
    let body = DraftEdit { version, quantity, start, goal, split: Some(split), note, choices: line.choices.clone() };
    actor.call(shared::client::Call::<EditDraft>::to(line.order).body(body)).await
}

/// What submitting these lines says.
pub fn submission(lines: &[&CartLine]) -> CartSubmission {
    let seen = |line: &&CartLine| SubmittedDraft { order: line.order, version: line.version, price: line.price };
    CartSubmission { orders: lines.iter().map(seen).collect() }
}

/// Submits one draft that must be possible.
pub async fn submit(actor: &mut Actor, line: &CartLine) -> OrderView {
    let reply: SubmitReply = actor.does::<SubmitCart>(actor.school(), submission(&[line])).await;
    actor.get::<GetOrder>(reply.orders[0].id).await
}

/// The school's money now.
pub async fn money(actor: &mut Actor) -> SchoolBudget {
    let budget = actor.get::<GetSchoolBudget>(actor.school()).await;
    for line in &budget.lines {
        check_sum(&line.money);
    }
    check_sum(&budget.total);
    budget
}

/// Checks the law of every budget line.
#[track_caller]
pub fn check_sum(money: &MoneyStates) {
    let parts = [money.spent, money.held, money.encumbered, money.pre_encumbered, money.available];
    assert_eq!(money.allocated.get(), parts.iter().map(|part| part.get()).sum::<i64>(), "{money:?}");
}
