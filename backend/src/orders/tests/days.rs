//! Days and capacity of the small district: what tests of bookings and of the waiting list turn.

use shared::calendar::{DayKind, DaySpan};
use shared::catalog::api::ServiceEdit;
use shared::id::{BudgetLineId, FundId, Id as _, SchoolId};
use shared::money::Cents;
use shared::time::Timestamp;

use super::scene::{Scene, YEAR, day};
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::catalog::service as catalog;
use crate::db::Db;

/// Where the stranger is principal.
pub fn other_school() -> SchoolId {
    SchoolId::from_bits(2)
}

impl Scene {
    /// The small district, with money at the other school too.
    pub async fn of_two_schools(db: Db) -> Self {
        let scene = Self::build(db).await;
        let (id, school) = (BudgetLineId::from_bits(4), other_school());
        let new = budget::NewLine { id, school, fund: FundId::from_bits(2), year: YEAR, sacs_fund: "01".to_owned() };
        scene
            .set_up(new, |mut tx, ctx, new| async move {
                budget::open_line(&mut tx, &new).await?;
                let amount = Cents::new(1_000_000);
                budget::allocate(&mut tx, &[budget::NewAllocation { line: new.id, amount, document: "adopted".to_owned() }]).await?;
                Self::done(tx, ctx).await
            })
            .await;
        scene
    }

    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// Puts days into the district's calendar.
    pub async fn district_days(&self, days: Vec<DaySpan>) {
        self.set_up(days, |mut tx, ctx, days| async move {
            calendar::put(&mut tx, days, (None, ctx.now)).await?;
            Self::done(tx, ctx).await
        })
        .await;
    }

    /// Protects a day of the school.
    pub async fn own_day(&self, date: &str, title: &str) {
        let span = DaySpan { kind: DayKind::Protected, first: day(date), last: day(date), title: title.to_owned() };
        self.set_up((self.school, span), |mut tx, ctx, (school, span)| async move {
            calendar::put_protected(&mut tx, school, span, (YEAR, ctx.now)).await?;
            Self::done(tx, ctx).await
        })
        .await;
    }

    /// Publishes the workshop's menu with another capacity.
    pub async fn raise_workshops(&self, capacity: u32) {
        let menu = catalog::menu(&self.app, &self.head, self.unit, None).await.expect("the menu");
        let service = menu.services.iter().find(|service| service.draft.content.title == "Workshop").expect("the workshop");
        let mut draft = service.draft.clone();
        draft.packages[0].content.capacity = Some(capacity);
        let edit = ServiceEdit { version: service.version, draft };
        let menu = catalog::edit_service(&self.app, self.ctx("EditService", &self.head), service.id, edit).await.expect("edited");
        let asked = catalog::ask_review(&self.app, self.ctx("AskReview", &self.head), menu.id, menu.version).await.expect("asked");
        catalog::publish_menu(&self.app, self.ctx("PublishMenu", &self.officer), asked.id, asked.version).await.expect("published");
    }
}
