//! More of the scene: single lines, dates of the year, and a service that is bought by the month.

use shared::catalog::api::ServiceDraft;
use shared::catalog::{PriceModel, Tier, UnitOfMeasure};
use shared::budget::MoneyStates;
use shared::id::{BudgetLineId, OrderId};
use shared::money::Cents;

use super::scene::{Scene, YEAR, content, day, tier};
use crate::catalog::service as catalog;
use crate::ledger;
use crate::orders::service;

impl Scene {
    /// The states of one line.
    pub async fn states_of(&self, line: BudgetLineId) -> MoneyStates {
        ledger::states(&self.app.db.reader(), &[line]).await.expect("the states").get(&line).copied().unwrap_or_default()
    }

    /// The district sets one of its dates.
    pub async fn set_date(&self, kind: shared::orders::dates::YearlyKind, text: &str) {
        let body = shared::orders::api::NewYearlyDate { year: YEAR, kind, day: day(text) };
        service::set_yearly_date(&self.app, self.ctx("SetYearlyDate", &self.officer), body).await.expect("the date is set");
    }

    /// Two months of a service at $1,000.00 from the general fund, accepted for 12 January 2027.
    pub async fn monthly_order(&self) -> OrderId {
        let mut package = tier(Tier::Essential, PriceModel::Flat { price: Cents::new(100_000) }, 2, Some(50));
        package.content.deliverables[0].measure = UnitOfMeasure::Month;
        let draft = ServiceDraft { content: content("Monthly books"), packages: vec![package] };
        catalog::create_service(&self.app, self.ctx("CreateService", &self.head), (self.unit, None), draft).await.expect("a service");
        let menu = catalog::menu(&self.app, &self.head, self.unit, None).await.expect("the menu");
        let menu = catalog::ask_review(&self.app, self.ctx("AskReview", &self.head), menu.id, menu.version).await.expect("asked");
        let menu = catalog::publish_menu(&self.app, self.ctx("Publish", &self.officer), menu.id, menu.version).await.expect("published");
        let service = menu.services.iter().find(|service| service.draft.content.title == "Monthly books").expect("the service");
        self.draft(service.draft.packages[0].id.expect("a published package"), 1, None).await;
        let order = self.submit().await.expect("submitted")[0];
        let version = self.version(order).await.version;
        let body = shared::orders::api::Acceptance { version, contact: "Rosa".to_owned(), start: day("2027-01-12"), note: String::new() };
        service::accept(&self.app, &self.ctx("AcceptOrder", &self.head), order, body).await.expect("accepted");
        order
    }

    /// What the unit earned.
    pub async fn earned(&self) -> Cents {
        let earned = ledger::earned(&self.app.db.reader(), &[self.unit]).await.expect("the earnings");
        earned.into_values().sum()
    }
}
