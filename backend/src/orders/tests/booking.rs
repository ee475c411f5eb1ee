//! Bookings: who is where, what is in the way, and that nobody is in two places however many book at once.

use std::sync::Arc;

use futures_util::future::join_all;
use shared::calendar::{DayKind, DaySpan};
use shared::catalog::starts::{StartLimit, StartPeriod};
use shared::error::ErrorCode;
use shared::id::{OrderId, StaffId};
use shared::orders::OrderState;
use shared::orders::api::{Acceptance, OrderReason};
use shared::orders::booking::api::{CalendarRange, NewAway, NewBooking, NewStartLimit, OrderBookings, StaffEdit};
use shared::orders::booking::{Bookable, DayPart, Weekdays};

use super::scene::{Scene, YEAR, day};
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::orders::service;

const RACERS: usize = 64;

impl Scene {
    /// An accepted order of so many coaching days.
    async fn accepted(&self, days: u32) -> OrderId {
        self.draft(self.coaching, days, Some(self.goal)).await;
        let order = self.submit().await.expect("submitted")[0];
        if self.see(&self.officer, order).await.summary.state == OrderState::Submitted {
            let body = self.version(order).await;
            service::approve(&self.app, &self.ctx("ApproveOrder", &self.officer), order, body).await.expect("approved");
        }
        let version = self.see(&self.head, order).await.version;
        let body = Acceptance { version, contact: "Maria Santos".to_owned(), start: day("2027-01-12"), note: String::new() };
        service::accept(&self.app, &self.ctx("AcceptOrder", &self.head), order, body).await.expect("accepted");
        order
    }

    async fn person_in_team(&self, name: &str) -> StaffId {
        let edit = StaffEdit { id: None, name: name.to_owned(), weekdays: Weekdays::ALL, active: true };
        let calendar = service::set_staff(&self.app, &self.ctx("SetStaff", &self.head), self.unit, edit).await.expect("in the team");
        calendar.team.iter().find(|staff| staff.name == name).expect("the person").id
    }

    async fn book(&self, order: OrderId, staff: StaffId, (date, part): (&str, DayPart)) -> Result<OrderBookings, AppError> {
        let body = NewBooking { staff, day: day(date), part };
        service::book(&self.app, &self.ctx("BookDay", &self.head), order, body).await
    }
}

fn field_of(error: &AppError) -> (String, String) {
    match error {
        AppError::Refused { fields, .. } => fields.first().map(|field| (field.field.clone(), field.message.clone())).unwrap_or_default(),
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_is_booked_twice_in_one_half_of_a_day_however_many_book_at_once() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::build(db).await);
        let maria = scene.person_in_team("Maria Santos").await;
        let orders = [scene.accepted(10).await, scene.accepted(10).await];
        let racers = (0..RACERS).map(|at| {
            let (scene, order) = (Arc::clone(&scene), orders[at % 2]);
            let part = DayPart::ALL[at % 3];
            tokio::spawn(async move { scene.book(order, maria, ("2027-01-13", part)).await.map_err(|error| error.code()) })
        });
        let done: Vec<_> = join_all(racers).await.into_iter().map(|done| done.expect("no panic")).collect();
        let won = done.iter().filter(|done| done.is_ok()).count();
        assert!(done.iter().all(|done| done.is_ok() || *done == Err(ErrorCode::BadInput)));
        let range = CalendarRange { first: Some(day("2027-01-13")), last: Some(day("2027-01-13")) };
        let seen = service::unit_calendar(&scene.app, &scene.head, scene.unit, range).await.expect("the unit's calendar").bookings;
        let halves: usize = seen.iter().map(|booking| booking.part.halves().len()).sum();
        assert_eq!((seen.len(), halves), (won, 2), "one whole day or two halves");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_is_away_and_booked_however_close_both_come() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::build(db).await);
        let maria = scene.person_in_team("Maria Santos").await;
        let order = scene.accepted(10).await;
        let away = move |scene: Arc<Scene>| async move {
            let new = NewAway { staff: Some(maria), first: day("2027-01-14"), last: None, title: "Training".to_owned() };
            service::add_away(&scene.app, &scene.ctx("AddAway", &scene.head), scene.unit, new).await.is_ok()
        };
        let racers = (0..RACERS).map(|at| {
            let scene = Arc::clone(&scene);
            tokio::spawn(async move {
                if at % 2 == 0 { away(scene).await } else { scene.book(order, maria, ("2027-01-14", DayPart::Whole)).await.is_ok() }
            })
        });
        let done: Vec<bool> = join_all(racers).await.into_iter().map(|done| done.expect("no panic")).collect();
        let (away, booked): (Vec<_>, Vec<_>) = done.iter().enumerate().partition(|(at, _)| at % 2 == 0);
        let count = |found: Vec<(usize, &bool)>| found.into_iter().filter(|(_, done)| **done).count();
        let (away, booked) = (count(away), count(booked));
        assert!((away > 0) != (booked > 0) && booked <= 1, "{away} away, {booked} booked");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_cannot_be_had_is_refused_with_the_reason_and_the_next_that_can() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let days = vec![
            DaySpan {
                kind: DayKind::Holiday,
                first: day("2027-01-18"),
                last: day("2027-01-18"),
                title: "Martin Luther King Jr. Day".to_owned(),
            },
            DaySpan { kind: DayKind::Protected, first: day("2027-01-19"), last: day("2027-01-19"), title: "State tests".to_owned() },
        ];
        scene.district_days(days).await;
        scene.own_day("2027-01-20", "Retreat").await;
        let maria = scene.person_in_team("Maria Santos").await;
        let order = scene.accepted(4).await;
        let blackout = NewAway { staff: None, first: day("2027-01-21"), last: None, title: "Unit retreat".to_owned() };
        service::add_away(&scene.app, &scene.ctx("AddAway", &scene.head), scene.unit, blackout).await.expect("a blackout day");
        for (date, said) in [
            ("2027-01-16", "16 Jan 2027 is a weekend."),
            ("2027-01-18", "18 Jan 2027 is Martin Luther King Jr. Day (holiday)."),
            ("2027-01-19", "19 Jan 2027 is State tests (protected)."),
            ("2027-01-20", "20 Jan 2027 is Retreat (protected)."),
            ("2027-01-21", "The unit is away on 21 Jan 2027 (Unit retreat)."),
        ] {
            let refused = scene.book(order, maria, (date, DayPart::Whole)).await.expect_err(date);
            let (field, message) = field_of(&refused);
            assert_eq!(field, "day");
            assert_eq!(message, format!("{said} The next day on which Maria Santos is free is 22 Jan 2027."));
        }
        let booked = scene.book(order, maria, ("2027-01-22", DayPart::Morning)).await.expect("booked");
        assert_eq!(booked.left, Bookable { left: 7, halves: true });
        let taken = scene.book(order, maria, ("2027-01-22", DayPart::Whole)).await.expect_err("half of it is taken");
        assert!(
            field_of(&taken).1.contains("is booked on 22 Jan 2027 already (morning). The next day on which Maria Santos is free is 25 Jan")
        );
        scene.book(order, maria, ("2027-01-22", DayPart::Afternoon)).await.expect("the other half");
        for date in ["2027-01-25", "2027-01-26", "2027-01-27"] {
            scene.book(order, maria, (date, DayPart::Whole)).await.expect("booked");
        }
        let more = scene.book(order, maria, ("2027-01-28", DayPart::Whole)).await.expect_err("all is booked");
        assert_eq!(field_of(&more).0, "part");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_see_a_booking_and_its_end_and_nobody_else_does() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let maria = scene.person_in_team("Maria Santos").await;
        let order = scene.accepted(4).await;
        let booked = scene.book(order, maria, ("2027-01-13", DayPart::Afternoon)).await.expect("booked");
        let range = CalendarRange { first: Some(day("2027-01-01")), last: None };
        let school = service::school_bookings(&scene.app, &scene.principal, scene.school, range).await.expect("the school's");
        assert_eq!(school.iter().map(|booking| booking.id).collect::<Vec<_>>(), [booked.bookings[0].id]);
        let foreign = service::school_bookings(&scene.app, &scene.stranger, scene.school, range).await;
        assert_eq!(foreign.expect_err("another school's").code(), ErrorCode::NotFound);
        let file = service::school_file(&scene.app, &scene.principal, scene.school).await.expect("a file").text;
        assert!(file.contains("DTSTART;TZID=America/Los_Angeles:20270113T123000\r\n"), "{file}");
        assert!(file.contains(&format!("UID:{}@", booked.bookings[0].id)));
        let file = service::unit_file(&scene.app, &scene.head, scene.unit).await.expect("a file").text;
        assert!(file.contains("SUMMARY:Lincoln Elementary: Maria Santos\r\n"), "{file}");
        assert_eq!(
            service::unit_file(&scene.app, &scene.principal, scene.unit).await.err().map(|error| error.code()),
            Some(ErrorCode::NotFound)
        );
        let not_theirs = service::cancel_booking(&scene.app, &scene.ctx("CancelBooking", &scene.principal), booked.bookings[0].id).await;
        assert_eq!(not_theirs.expect_err("the unit's to take back").code(), ErrorCode::NotAllowed);
        // A holiday that comes later is shown to both.
        let span = DaySpan { kind: DayKind::Holiday, first: day("2027-01-13"), last: day("2027-01-13"), title: "Storm".to_owned() };
        scene.district_days(vec![span]).await;
        let seen = service::bookings(&scene.app, &scene.head, order).await.expect("the order's days");
        assert_eq!(seen.bookings[0].conflict.as_deref(), Some("13 Jan 2027 is Storm (holiday)."));
        let after =
            service::cancel_booking(&scene.app, &scene.ctx("CancelBooking", &scene.head), booked.bookings[0].id).await.expect("taken back");
        assert_eq!((after.bookings.len(), after.left.left), (0, 8));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_ends_frees_its_days_and_nothing_is_booked_before_or_after() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let maria = scene.person_in_team("Maria Santos").await;
        scene.draft(scene.coaching, 2, Some(scene.goal)).await;
        let early = scene.submit().await.expect("submitted")[0];
        let before = scene.book(early, maria, ("2027-01-13", DayPart::Whole)).await.expect_err("not accepted yet");
        assert_eq!(before.code(), ErrorCode::NotInThisState);
        let order = scene.accepted(4).await;
        scene.book(order, maria, ("2027-01-13", DayPart::Whole)).await.expect("booked");
        let refused = NewAway { staff: Some(maria), first: day("2027-01-12"), last: Some(day("2027-01-15")), title: "Training".to_owned() };
        let away = service::add_away(&scene.app, &scene.ctx("AddAway", &scene.head), scene.unit, refused).await;
        assert!(field_of(&away.expect_err("booked meanwhile")).1.starts_with("1 booking lies on these days, the first on 13 Jan 2027."));
        let version = scene.see(&scene.principal, order).await.version;
        let body = OrderReason { version, reason: "Other plans.".to_owned() };
        service::cancel(&scene.app, &scene.ctx("CancelOrder", &scene.principal), order, body).await.expect("cancelled");
        let range = CalendarRange { first: Some(day("2027-01-13")), last: Some(day("2027-01-13")) };
        let calendar = service::unit_calendar(&scene.app, &scene.head, scene.unit, range).await.expect("the unit's calendar");
        assert!(calendar.bookings.is_empty() && calendar.to_book.iter().all(|open| open.order != order));
        let other = scene.accepted(1).await;
        scene.book(other, maria, ("2027-01-13", DayPart::Whole)).await.expect("free again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_on_starts_is_shown_on_the_shelf_at_once_and_moves_with_the_start() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let limit = NewStartLimit { limit: Some(StartLimit { period: StartPeriod::Month, most: 10 }) };
        let ctx = scene.ctx("SetStartLimit", &scene.head);
        let capacity = service::set_start_limit(&scene.app, &ctx, scene.coaching, limit).await.expect("limited");
        assert_eq!(capacity.packages.iter().find(|package| package.package == scene.coaching).map(|package| package.parts.len()), Some(12));
        let foreign = service::set_start_limit(&scene.app, &scene.ctx("SetStartLimit", &scene.principal), scene.coaching, limit).await;
        assert_eq!(foreign.expect_err("not theirs").code(), ErrorCode::NotFound);
        scene.accepted(8).await;
        let found = crate::catalog::service::for_sale(&scene.app.db.reader(), scene.coaching).await.expect("on sale").package;
        assert_eq!((found.left_on(day("2027-01-20")), found.left_on(day("2027-02-01"))), (Some(2), Some(10)));
        assert_eq!(found.left, Some(492));
        scene.draft(scene.coaching, 3, Some(scene.goal)).await;
        assert_eq!(scene.submit().await.expect_err("January is full").code(), ErrorCode::NoCapacity);
        assert_eq!(YEAR, capacity.year);
    })
    .await;
}
