//! The last of something over HTTP: two schools race for it, and what is given back is the other's; days are booked and read as a file.

use std::sync::Arc;

use harness::actor::Actor;
use harness::app::TestApp;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::client::{Call, CallError};
use shared::contract::Empty;
use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::api::{AcceptOrder, Acceptance, CartLine, GetCart, GetOrder, OrderReason, SubmitCart, SubmitReply, WithdrawOrder};
use shared::orders::booking::api::{
    BookDay, ExportSchoolCalendar, ExportUnitCalendar, GetBookings, GetSchoolBookings, GetUnitCalendar, NewBooking, SetStaff, StaffEdit,
};
use shared::orders::booking::{DayPart, Weekdays};
use shared::orders::waiting::{AcceptPlace, GetUnitWaiting, GetWaitingList, JoinWaitingList, NewPlace, PlaceState};
use tokio::sync::Barrier;

harness::on_both_databases!(
    two_schools_racing_for_the_last_coaching_day_one_gets_it_and_the_other_is_offered_the_waiting_list,
    a_booked_day_stands_in_both_calendars_and_files,
);

const PRICE: i64 = 45_000;

async fn two_schools_racing_for_the_last_coaching_day_one_gets_it_and_the_other_is_offered_the_waiting_list(app: TestApp) {
    let (ana, theodore, mut rosa) = (app.ana().await, app.actor("theodore.marsh").await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("The last coaching day", Category::Coaching, Cents::new(PRICE), 1)).await;
    let package = service.packages[0].clone();
    let mut schools = [ana, theodore];
    let mut lines = Vec::new();
    for school in &mut schools {
        let goal = market::goal(school, Category::Coaching).await;
        lines.push(market::add(school, &package, 1, Some(goal)).await);
    }
    let answers = race(&app, &schools, &lines).await;
    let won = answers.iter().position(Result::is_ok).expect("one gets it");
    let lost = 1 - won;
    let refused = answers[lost].as_ref().expect_err("and only one");
    assert_eq!(refused.code(), Some(ErrorCode::NoCapacity));
    let order = answers[won].as_ref().expect("an order").orders[0].id;

    let cart = schools[lost].get::<GetCart>(schools[lost].school()).await;
    assert!(cart.lines.iter().find(|line| line.order == lines[lost].order).expect("still in the cart").may_wait);
    let place = NewPlace { package: package.id, quantity: 1, start: lines[lost].start };
    let list = schools[lost].does::<JoinWaitingList>(schools[lost].school(), place).await;
    let joined = list.places.iter().find(|place| place.package == package.id).expect("a place").clone();
    assert_eq!((joined.state, joined.position), (PlaceState::Waiting, Some(1)));
    let seen = rosa.get::<GetUnitWaiting>(rosa.unit()).await;
    assert!(seen.places.iter().any(|place| place.id == joined.id));

    let version = schools[won].get::<GetOrder>(order).await.version;
    schools[won].does::<WithdrawOrder>(order, OrderReason { version, reason: "The plan changed.".to_owned() }).await;
    assert_eq!(market::on_shelf(&mut rosa, "The last coaching day").await.packages[0].left, Some(0), "kept for who waits");
    backend::orders::service::offer_freed(&app.app, app.app.now()).await.expect("the job");
    let list = schools[lost].does::<AcceptPlace>(joined.id, Empty {}).await;
    let taken = list.places.iter().find(|place| place.id == joined.id).expect("the place");
    let draft = taken.draft.expect("a draft");
    let cart = schools[lost].get::<GetCart>(schools[lost].school()).await;
    let line = cart.lines.iter().find(|line| line.order == draft).expect("in the cart");
    assert_eq!((taken.state, line.may_wait), (PlaceState::Accepted, false));
    let goal = market::goal(&mut schools[lost], Category::Coaching).await;
    let line = with_goal(&mut schools[lost], line, goal).await;
    market::submit(&mut schools[lost], &line).await;
    let list = schools[lost].get::<GetWaitingList>(schools[lost].school()).await;
    assert_eq!(list.places.iter().find(|place| place.id == joined.id).map(|place| place.state), Some(PlaceState::Ordered));
    app.finish().await;
}

async fn with_goal(actor: &mut Actor, line: &CartLine, goal: shared::id::PlanGoalId) -> CartLine {
    let body = shared::orders::api::DraftEdit {
        version: line.version,
        quantity: line.quantity,
        start: line.start,
        goal: Some(goal),
        split: None,
        note: String::new(),
        choices: line.choices.clone(),
    };
    let cart = actor.does::<shared::orders::api::EditDraft>(line.order, body).await;
    cart.lines.into_iter().find(|found| found.order == line.order).expect("the line")
}

/// Both submit at the same moment, each on another replica.
async fn race(app: &TestApp, schools: &[Actor; 2], lines: &[CartLine]) -> Vec<Result<SubmitReply, CallError>> {
    let barrier = Arc::new(Barrier::new(schools.len()));
    let submit = |(index, (school, line)): (usize, (&Actor, &CartLine))| {
        let (mut buyer, barrier, body) = (school.at(app.base(index)), Arc::clone(&barrier), market::submission(&[line]));
        tokio::spawn(async move {
            barrier.wait().await;
            buyer.call(Call::<SubmitCart>::to(buyer.school()).body(body)).await
        })
    };
    let tasks: Vec<_> = schools.iter().zip(lines).enumerate().map(submit).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("a finished task"));
    }
    answers
}

async fn a_booked_day_stands_in_both_calendars_and_files(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Coaching in our rooms", Category::Coaching, Cents::new(PRICE), 20)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 2, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    let body = Acceptance { version: order.version, contact: "Noor Haddad".to_owned(), start: line.start, note: String::new() };
    let order = rosa.does::<AcceptOrder>(order.summary.id, body).await.summary.id;
    let edit = StaffEdit { id: None, name: "Noor Haddad".to_owned(), weekdays: Weekdays::ALL, active: true };
    let team = rosa.does::<SetStaff>(rosa.unit(), edit).await.team;
    let noor = team.iter().find(|staff| staff.name == "Noor Haddad").expect("in the team").id;
    let choices = rosa.get::<GetBookings>(order).await;
    assert!(choices.may_book);
    let day = choices.team.iter().find(|choice| choice.id == noor).and_then(|choice| choice.next_free).expect("a free day");
    let booking = NewBooking { staff: noor, day, part: DayPart::Whole };
    let booked = rosa.does::<BookDay>(order, booking).await.bookings[0].clone();
    let twice = rosa.call(Call::<BookDay>::to(order).body(booking)).await.expect_err("booked already");
    assert_eq!(twice.code(), Some(ErrorCode::BadInput));

    let seen = ana.get::<GetBookings>(order).await;
    assert_eq!((seen.bookings.len(), seen.may_book, seen.team.len()), (1, false, 0));
    let range = shared::orders::booking::api::CalendarRange { first: Some(day), last: Some(day) };
    let visits = ana.call(Call::<GetSchoolBookings>::to(ana.school()).query(range)).await.expect("the school's visits");
    assert!(visits.iter().any(|visit| visit.id == booked.id));
    let unit = rosa.call(Call::<GetUnitCalendar>::to(rosa.unit()).query(range)).await.expect("the unit's days");
    assert!(unit.bookings.iter().any(|visit| visit.id == booked.id));
    let (school, unit) = (ana.school(), rosa.unit());
    let files = [
        ana.client.call_text(Call::<ExportSchoolCalendar>::to(school)).await.expect("the school's file"),
        rosa.client.call_text(Call::<ExportUnitCalendar>::to(unit)).await.expect("the unit's file"),
    ];
    for file in files {
        let compact = day.to_string().replace('-', "");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{file}");
        assert!(file.replace("\r\n ", "").contains(&format!("UID:{}@", booked.id)), "{file}");
        assert!(file.contains(&format!("DTSTART;VALUE=DATE:{compact}\r\n")), "{file}");
    }
    app.finish().await;
}
