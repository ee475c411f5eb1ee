//! The waiting list: the last of something, whose turn it is, and until when; by an injected clock.

use std::sync::Arc;

use futures_util::future::join_all;
use shared::catalog::choice::Choices;
use shared::error::ErrorCode;
use shared::id::{OrderId, PackageId, SchoolId};
use shared::orders::api::{CartSubmission, NewDraft, OrderReason, OrderVersion, SubmittedDraft};
use shared::orders::waiting::{NewPlace, PlaceState, PlaceView};

use super::days::other_school;
use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;
use crate::orders::store;

/// Runs of the job at once.
const RACERS: usize = 64;

/// One of the two schools with its principal.
type Side<'a> = (&'a Arc<Actor>, SchoolId);

impl Scene {
    fn ours(&self) -> Side<'_> {
        (&self.principal, self.school)
    }

    fn theirs(&self) -> Side<'_> {
        (&self.stranger, other_school())
    }

    async fn drafted(&self, (actor, school): Side<'_>, package: PackageId) -> SubmittedDraft {
        let body = NewDraft { package, quantity: 1, start: Some(day("2027-01-12")), goal: None, choices: Choices::default() };
        let cart = service::add(&self.app, &self.ctx("AddToCart", actor), school, body).await.expect("a draft");
        let line = cart.lines.last().expect("the draft");
        SubmittedDraft { order: line.order, version: line.version, price: line.price }
    }

    async fn bought(&self, side: Side<'_>, package: PackageId) -> Result<OrderId, AppError> {
        let draft = self.drafted(side, package).await;
        self.submitted(side, draft).await
    }

    async fn submitted(&self, (actor, school): Side<'_>, draft: SubmittedDraft) -> Result<OrderId, AppError> {
        let ctx = self.ctx("SubmitCart", actor);
        let reply = service::submit(&self.app, &ctx, school, CartSubmission { orders: vec![draft] }).await?;
        Ok(reply.orders[0].id)
    }

    async fn joined(&self, (actor, school): Side<'_>, quantity: u32) -> Result<PlaceView, AppError> {
        let body = NewPlace { package: self.workshop, quantity, start: day("2027-01-12") };
        let list = service::join(&self.app, &self.ctx("JoinWaitingList", actor), school, body).await?;
        Ok(list.places[0].clone())
    }

    async fn place(&self, (actor, school): Side<'_>) -> PlaceView {
        service::waiting_list(&self.app, actor, school).await.expect("the list").places[0].clone()
    }

    async fn withdrawn(&self, (actor, _): Side<'_>, order: OrderId) {
        let version = self.see(actor, order).await.version;
        let reason = "Not needed.".to_owned();
        service::withdraw(&self.app, &self.ctx("WithdrawOrder", actor), order, OrderReason { version, reason }).await.expect("withdrawn");
    }

    async fn offer(&self) {
        service::offer_freed(&self.app, self.now()).await.expect("offered");
    }

    async fn left(&self) -> Option<u32> {
        crate::catalog::service::for_sale(&self.app.db.reader(), self.workshop).await.expect("on sale").package.left
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_schools_racing_for_the_last_one_gets_it_and_the_other_is_offered_the_waiting_list() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::of_two_schools(db).await);
        // Two are all there is; the first is gone.
        scene.bought(scene.ours(), scene.workshop).await.expect("the first of two");
        let drafts = [scene.drafted(scene.ours(), scene.workshop).await, scene.drafted(scene.theirs(), scene.workshop).await];
        let racers = drafts.into_iter().enumerate().map(|(at, draft)| {
            let scene = Arc::clone(&scene);
            tokio::spawn(async move {
                let side = if at == 0 { scene.ours() } else { scene.theirs() };
                scene.submitted(side, draft).await.map_err(|error| error.code())
            })
        });
        let done: Vec<Result<OrderId, ErrorCode>> = join_all(racers).await.into_iter().map(|done| done.expect("no panic")).collect();
        let (winner, loser, order) = match (&done[0], &done[1]) {
            (Ok(order), Err(ErrorCode::NoCapacity)) => (scene.ours(), scene.theirs(), *order),
            (Err(ErrorCode::NoCapacity), Ok(order)) => (scene.theirs(), scene.ours(), *order),
            other => panic!("one gets it: {other:?}"),
        };
        let cart = service::cart(&scene.app, loser.0, loser.1).await.expect("the loser's cart");
        assert!(cart.lines.iter().all(|line| line.may_wait), "the cart offers the waiting list");
        let place = scene.joined(loser, 1).await.expect("in line");
        assert_eq!((place.state, place.position), (PlaceState::Waiting, Some(1)));
        // What the winner gives back is the loser's, whoever comes by.
        scene.withdrawn(winner, order).await;
        assert_eq!(scene.left().await, Some(0));
        let refused = scene.bought(winner, scene.workshop).await.expect_err("nobody passes those who wait");
        assert_eq!(refused.code(), ErrorCode::NoCapacity);
        scene.offer().await;
        let offered = scene.place(loser).await;
        assert_eq!((offered.state, offered.held, offered.position), (PlaceState::Offered, 1, None));
        let desk = service::desk(&scene.app, loser.0, scene.now()).await.expect("the desk");
        assert!(desk.mine.iter().any(|item| item.title.starts_with("Waiting list: Workshop") && item.due == offered.expires));
        let list = service::accept_place(&scene.app, &scene.ctx("AcceptPlace", loser.0), place.id).await.expect("taken");
        assert_eq!(list.places[0].state, PlaceState::Accepted);
        let draft = list.places[0].draft.expect("a draft");
        let cart = service::cart(&scene.app, loser.0, loser.1).await.expect("the cart");
        let line = cart.lines.iter().find(|line| line.order == draft).expect("in the cart");
        assert!(!line.may_wait, "{:?}", line.problems);
        let submitted = SubmittedDraft { order: draft, version: line.version, price: line.price };
        scene.submitted(loser, submitted).await.expect("bought from the list");
        assert_eq!(scene.place(loser).await.state, PlaceState::Ordered);
        assert_eq!(scene.left().await, Some(0));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_often_the_job_runs_at_once_one_free_place_is_offered_once() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::of_two_schools(db).await);
        let first = scene.bought(scene.ours(), scene.workshop).await.expect("the first");
        scene.bought(scene.theirs(), scene.workshop).await.expect("the second");
        scene.joined(scene.ours(), 1).await.expect("in line");
        scene.joined(scene.theirs(), 1).await.expect("behind it");
        assert_eq!(scene.place(scene.theirs()).await.position, Some(2));
        scene.withdrawn(scene.ours(), first).await;
        let runs = (0..RACERS).map(|_| {
            let scene = Arc::clone(&scene);
            tokio::spawn(async move { scene.offer().await })
        });
        assert!(join_all(runs).await.into_iter().all(|run| run.is_ok()));
        assert_eq!((scene.place(scene.ours()).await.state, scene.place(scene.ours()).await.held), (PlaceState::Offered, 1));
        let other = scene.place(scene.theirs()).await;
        assert_eq!((other.state, other.position), (PlaceState::Waiting, Some(1)));
        assert_eq!(scene.left().await, Some(0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_answered_in_time_passes_to_the_next_and_the_clock_rests_over_the_weekend() {
    on_each(|db| async move {
        let scene = Scene::of_two_schools(db).await;
        let first = scene.bought(scene.ours(), scene.workshop).await.expect("the first");
        scene.bought(scene.theirs(), scene.workshop).await.expect("the second");
        scene.joined(scene.ours(), 1).await.expect("in line");
        scene.joined(scene.theirs(), 1).await.expect("behind it");
        scene.withdrawn(scene.ours(), first).await;
        // Thursday 3 December 2026: two school days end on Monday.
        scene.wait_days(1);
        scene.offer().await;
        scene.wait_days(3);
        scene.offer().await;
        assert_eq!(scene.place(scene.ours()).await.state, PlaceState::Offered, "Sunday is no school day");
        scene.wait_days(1);
        scene.offer().await;
        let passed = scene.place(scene.ours()).await;
        assert_eq!((passed.state, passed.held, passed.expires), (PlaceState::Passed, 0, None));
        assert_eq!(scene.place(scene.theirs()).await.state, PlaceState::Offered);
        let late = service::accept_place(&scene.app, &scene.ctx("AcceptPlace", &scene.principal), passed.id).await;
        assert_eq!(late.expect_err("too late").code(), ErrorCode::NotInThisState);
        // Passing it on frees it for whoever comes by, as nobody waits any more.
        let place = scene.place(scene.theirs()).await;
        service::leave(&scene.app, &scene.ctx("LeaveWaitingList", &scene.stranger), place.id).await.expect("passed on");
        assert_eq!(scene.left().await, Some(1));
        let foreign = service::leave(&scene.app, &scene.ctx("LeaveWaitingList", &scene.principal), place.id).await;
        assert_eq!(foreign.expect_err("another school's").code(), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_keeps_its_hour_through_the_change_of_the_clocks() {
    on_each(|db| async move {
        let scene = Scene::of_two_schools(db).await;
        let first = scene.bought(scene.ours(), scene.workshop).await.expect("the first");
        scene.bought(scene.theirs(), scene.workshop).await.expect("the second");
        scene.joined(scene.theirs(), 1).await.expect("in line");
        // Friday 12 March 2027, noon in winter time; on Sunday the clocks go forward.
        scene.wait_days(100);
        scene.withdrawn(scene.ours(), first).await;
        scene.offer().await;
        let expires = scene.place(scene.theirs()).await.expires.expect("a promised time");
        assert_eq!(expires.to_rfc3339(), "2027-03-16T19:00:00Z", "noon in summer time, two school days later");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_ends_with_its_fiscal_year_and_gives_back_what_was_kept() {
    on_each(|db| async move {
        let scene = Scene::of_two_schools(db).await;
        let first = scene.bought(scene.ours(), scene.workshop).await.expect("the first");
        scene.bought(scene.theirs(), scene.workshop).await.expect("the second");
        let ours = scene.joined(scene.ours(), 1).await.expect("in line");
        let theirs = scene.joined(scene.theirs(), 1).await.expect("behind it");
        // 30 June 2027: the last day of the year.
        scene.wait_days(210);
        scene.withdrawn(scene.ours(), first).await;
        scene.offer().await;
        assert_eq!(scene.place(scene.ours()).await.state, PlaceState::Offered);
        scene.wait_days(1);
        scene.offer().await;
        for place in [ours, theirs] {
            let place = store::place(&scene.app.db.reader(), place.id).await.expect("read").expect("the place");
            assert_eq!((place.state, place.held, place.expires), (PlaceState::Passed, 0, None));
        }
        let draw = crate::catalog::service::Draw { package: scene.workshop, year: super::scene::YEAR, start: day("2027-01-12") };
        assert_eq!(crate::catalog::service::free_capacity(&scene.app.db.reader(), draw).await.expect("free"), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_raised_capacity_is_offered_in_order_and_a_removed_draft_gives_its_place_on() {
    on_each(|db| async move {
        let scene = Scene::of_two_schools(db).await;
        scene.bought(scene.ours(), scene.workshop).await.expect("the first");
        scene.bought(scene.ours(), scene.workshop).await.expect("the second");
        let still = scene.joined(scene.ours(), 1).await.expect("in line");
        let twice = scene.joined(scene.ours(), 1).await.expect_err("one place for a school");
        assert_eq!(twice.code(), ErrorCode::BadInput);
        scene.joined(scene.theirs(), 3).await.expect("behind it");
        scene.raise_workshops(4).await;
        scene.offer().await;
        assert_eq!(scene.place(scene.ours()).await.held, 1);
        assert_eq!(scene.place(scene.theirs()).await.held, 1, "as much as there is, not all that it wanted");
        service::accept_place(&scene.app, &scene.ctx("AcceptPlace", &scene.principal), still.id).await.expect("taken");
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart");
        let line = cart.lines.last().expect("the draft");
        let body = OrderVersion { version: line.version };
        service::remove(&scene.app, &scene.ctx("RemoveDraft", &scene.principal), line.order, body).await.expect("removed");
        assert_eq!(scene.place(scene.ours()).await.state, PlaceState::Left);
        assert_eq!(scene.left().await, Some(1));
        let free = scene.joined(scene.ours(), 1).await.expect_err("so many are left");
        assert_eq!(free.code(), ErrorCode::BadInput);
        let unit = service::unit_waiting(&scene.app, &scene.head, scene.unit).await.expect("the unit's list");
        assert_eq!(unit.places.len(), 1);
        let foreign = service::unit_waiting(&scene.app, &scene.principal, scene.unit).await;
        assert_eq!(foreign.expect_err("not a unit's").code(), ErrorCode::NotFound);
    })
    .await;
}
