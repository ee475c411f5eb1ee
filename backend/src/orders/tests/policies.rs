//! Another approval policy, and who reports to whom, for the scene.

use shared::money::Cents;
use shared::orders::approval::{ApprovalPolicy, PolicyRow};

use super::scene::{Scene, day};
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
}
