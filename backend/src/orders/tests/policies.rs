//! Another approval policy, and who reports to whom, for the scene.

use shared::catalog::api::{ServiceContent, ServiceDraft};
use shared::catalog::{PriceModel, Tier};
use shared::id::PackageId;
use shared::money::Cents;
use shared::orders::approval::{ApprovalPolicy, PolicyRow};

use super::scene::{Scene, content, day, tier};
use crate::catalog::service as catalog;
use crate::identity::Actor;
use crate::orders::store::{self, NewPolicy};

impl Scene {
    /// Puts another approval policy in force, from before today.
    pub async fn policy(&self, rows: Vec<PolicyRow>) {
        let policy = ApprovalPolicy {
            id: self.app.id(self.app.now()),
            from: day("2026-11-01"),
            small_order_up_to: Cents::new(100_000),
            window_days: 5,
            rows,
        };
        assert_eq!(shared::orders::approval::check(&policy), []);
        self.set_up(policy, |mut tx, ctx, policy| async move {
            let new = NewPolicy { policy: &policy, reason: "Test", by: None, at: ctx.now };
            store::insert_policy(&mut tx, &new).await?;
            assert!(store::confirm_policy(&mut tx, policy.id, None, ctx.now).await?);
            Self::done(tx, ctx).await
        })
        .await;
    }

    /// Lets one person report to another.
    pub async fn reports(&self, person: &Actor, manager: &Actor) {
        self.set_up((person.person, manager.person), |mut tx, ctx, (person, manager)| async move {
            tx.execute("UPDATE person SET reports_to = $2 WHERE id = $1", crate::values![person, manager]).await?;
            Self::done(tx, ctx).await
        })
        .await;
    }

    /// Publishes one more service, delivered by the outside provider of this name, and returns its package.
    pub async fn offer_of(&self, provider: &str, price: PriceModel) -> PackageId {
        let content = ServiceContent { provider: Some(provider.to_owned()), ..content("Arts in the classroom") };
        let draft = ServiceDraft { content, packages: vec![tier(Tier::Essential, price, 1, Some(500))] };
        let ctx = self.ctx("CreateService", &self.head);
        let menu = catalog::create_service(&self.app, ctx, (self.unit, None), draft).await.expect("a service");
        let menu = catalog::ask_review(&self.app, self.ctx("AskReview", &self.head), menu.id, menu.version).await.expect("asked");
        let ctx = self.ctx("PublishMenu", &self.officer);
        let menu = catalog::publish_menu(&self.app, ctx, menu.id, menu.version).await.expect("published");
        let service = menu.services.iter().find(|service| service.draft.content.title == "Arts in the classroom").expect("the service");
        service.draft.packages[0].id.expect("a published package")
    }
}
