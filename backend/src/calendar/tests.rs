//! The calendar on every database: deadlines by injected time, the year's number of protected days under a race.

use std::sync::Arc;

use shared::calendar::{ClockOf, DayKind, DaySpan};
use shared::catalog::{GradeSpan, SchoolFacts};
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::id::{Id as _, SchoolId};
use shared::money::BasisPoints;
use shared::time::{Date, Timestamp};
use tokio::sync::Barrier;

use super::service::{self, WorkingTime};
use super::store;
use crate::budget::service::{self as budget, School};
use crate::db::Db;
use crate::db::testing::{NOON, command, on_each, record};
use crate::error::AppError;
use crate::identity::{District, service as identity};

const SCHOOL: u128 = 1;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn instant(text: &str) -> Timestamp {
    Timestamp::from_micros(text.parse::<jiff::Timestamp>().expect("an instant").as_microsecond())
}

fn span(kind: DayKind, first: &str, last: &str) -> DaySpan {
    DaySpan { kind, first: day(first), last: day(last), title: "A day".to_owned() }
}

async fn found(db: &Db, days: Vec<DaySpan>) {
    let first = command(1);
    let work = db.command(&first, first.id, days, |mut tx, days| async move {
        let (name, zone) = ("Test".to_owned(), "America/Los_Angeles".to_owned());
        identity::set_district(&mut tx, &District { name, zone, calendar: FiscalCalendar::default(), demo: false }).await?;
        let facts = SchoolFacts { enrollment: 400, low_income: BasisPoints(0), english_learners: BasisPoints(0), posts: 20 };
        let school = School {
            id: SchoolId::from_bits(SCHOOL),
            code: "212".to_owned(),
            name: "Lincoln".to_owned(),
            span: GradeSpan::Elementary,
            network: None,
            network_name: None,
            facts,
            facts_source: String::new(),
        };
        budget::put_school(&mut tx, &school).await?;
        service::put(&mut tx, days, (None, NOON)).await?;
        Ok::<(), AppError>(tx.commit(record(&command(1)), Vec::new()).await?)
    });
    work.await.expect("a founded district");
}

async fn time(db: &Db) -> WorkingTime {
    service::time(&db.reader()).await.expect("the district's time")
}

#[tokio::test]
async fn a_deadline_keeps_its_hour_through_both_changes_of_the_clocks() {
    on_each(|db| async move {
        found(&db, vec![span(DayKind::Holiday, "2027-03-15", "2027-03-15")]).await;
        let time = time(&db).await;
        // Clocks go back on 1 November 2026: Friday 16:30 in summer time, Monday 16:30 in winter time.
        let friday = instant("2026-10-30T23:30:00Z");
        assert_eq!(time.later(ClockOf::Office, friday, 1).expect("a deadline"), instant("2026-11-03T00:30:00Z"));
        // And forward on 14 March 2027; Monday is a holiday.
        let friday = instant("2027-03-13T00:30:00Z");
        assert_eq!(time.later(ClockOf::Office, friday, 1).expect("a deadline"), instant("2027-03-16T23:30:00Z"));
        // Half past two does not exist on the day itself: the next instant that does.
        let night = instant("2027-03-13T10:30:00Z");
        assert_eq!(time.district.same_hour_on(night, day("2027-03-14")).expect("an instant"), instant("2027-03-14T10:30:00Z"));
    })
    .await;
}

#[tokio::test]
async fn a_day_is_the_district_s_not_utc_s() {
    on_each(|db| async move {
        found(&db, vec![span(DayKind::Protected, "2027-06-30", "2027-06-30"), span(DayKind::Break, "2027-07-01", "2027-07-02")]).await;
        let time = time(&db).await;
        // Still 30 June in Los Angeles: the old fiscal year, and a protected day.
        let evening = instant("2027-07-01T05:00:00Z");
        assert_eq!(time.district.year_of(evening).expect("a year"), FiscalYear(2026));
        assert!(!time.runs(ClockOf::Office, evening).expect("a clock"));
        assert!(!time.in_break(evening).expect("a break"));
        let morning = instant("2027-07-01T15:00:00Z");
        assert_eq!(time.district.year_of(morning).expect("a year"), FiscalYear(2027));
        assert!(time.runs(ClockOf::Office, morning).expect("a clock") && !time.runs(ClockOf::School, morning).expect("a clock"));
        assert!(time.in_break(morning).expect("a break"));
        // A promise of two days crosses the turn of the year at the hour at which it was made.
        let due = time.later(ClockOf::Office, evening, 2).expect("a deadline");
        assert_eq!(due, instant("2027-07-03T05:00:00Z"));
        assert_eq!(time.left(ClockOf::Office, evening, due).expect("days"), 2);
        assert_eq!(time.left(ClockOf::Office, due, evening).expect("days"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_school_s_own_days_count_for_it_alone() {
    on_each(|db| async move {
        found(&db, Vec::new()).await;
        let school = SchoolId::from_bits(SCHOOL);
        let own = span(DayKind::Protected, "2026-12-01", "2026-12-02");
        let next = command(2);
        db.command(&next, next.id, own, move |mut tx, own| async move {
            service::put_protected(&mut tx, school, own, (FiscalYear(2026), NOON)).await?;
            Ok::<(), AppError>(tx.commit(record(&command(2)), Vec::new()).await?)
        })
        .await
        .expect("protected days");
        let reader = db.reader();
        let (own, other) = (service::school_time(&reader, school).await, service::school_time(&reader, SchoolId::from_bits(9)).await);
        let after = |time: &WorkingTime| time.days.after(ClockOf::School, day("2026-11-30"), 1);
        assert_eq!(after(&own.expect("time")), day("2026-12-03"));
        assert_eq!(after(&other.expect("time")), day("2026-12-01"));
        assert_eq!(store::protected(&reader, school, FiscalYear(2026)).await.expect("a count"), Some((2, 20)));
    })
    .await;
}

/// Clients that protect at once, and days of each.
const CLIENTS: usize = 16;
const DAYS: u32 = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_school_that_protects_at_once_gets_no_more_than_the_year_allows() {
    on_each(|db| async move {
        found(&db, Vec::new()).await;
        let school = SchoolId::from_bits(SCHOOL);
        let barrier = Arc::new(Barrier::new(CLIENTS));
        let tasks = (0..CLIENTS).map(|number| {
            let (db, barrier) = (db.clone(), Arc::clone(&barrier));
            tokio::spawn(async move {
                barrier.wait().await;
                let own = command(100 + number as u128);
                let key = own.clone();
                let taken = db.command(&own, own.id, key, move |mut tx, key| async move {
                    if !store::take_protected(&mut tx, school, FiscalYear(2026), (DAYS, 20)).await? {
                        return Err(AppError::not_allowed());
                    }
                    Ok(tx.commit(record(&key), Vec::new()).await?)
                });
                taken.await.is_ok()
            })
        });
        let mut taken = 0;
        for task in tasks.collect::<Vec<_>>() {
            taken += u32::from(task.await.expect("an ended task"));
        }
        assert_eq!(taken, 20 / DAYS);
        assert_eq!(store::protected(&db.reader(), school, FiscalYear(2026)).await.expect("a count"), Some((taken * DAYS, 20)));
    })
    .await;
}
