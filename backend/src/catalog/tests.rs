//! What the catalog promises, tried on each kind of database.

use shared::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use shared::catalog::starts::{StartLimit, StartPeriod};
use shared::catalog::{Category, Deliverable, Division, GradeSpan, PriceModel, ServiceLevel, Terms, Tier, UnitOfMeasure};
use shared::error::ErrorCode;
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::id::{Id as _, PackageId, ServiceId};
use shared::money::{BasisPoints, Cents};
use shared::time::Date;

use super::service::{self, Brought, Draw, NewUnit};
use super::store::{self, Publication, ServiceRow, TierPublication};
use crate::db::testing::{NOON, command, on_each, record};
use crate::db::{Db, Tx};
use crate::error::AppError;
use crate::identity::{District, service as identity};

const YEAR: FiscalYear = FiscalYear(2026);

fn today() -> Date {
    "2026-11-27".parse().unwrap()
}

fn service_id() -> ServiceId {
    ServiceId::from_bits(1)
}

fn package_id() -> PackageId {
    PackageId::from_bits(2)
}

fn draw(start: &str) -> Draw {
    Draw { package: package_id(), year: YEAR, start: start.parse().unwrap() }
}

fn unit(name: &str) -> NewUnit {
    NewUnit {
        code: "909".to_owned(),
        name: name.to_owned(),
        division: Division::Instruction,
        about: "Coaches who teach.".to_owned(),
        contact: "Rosa Delgado".to_owned(),
        contact_email: "rosa@district.example".to_owned(),
    }
}

fn draft(price: i64) -> ServiceDraft {
    let text = || "Words.".to_owned();
    let content = ServiceContent {
        title: "Coaching".to_owned(),
        category: Category::Coaching,
        span: GradeSpan::All,
        subjects: Vec::new(),
        value_statement: text(),
        outcome: text(),
        evidence: text(),
        prerequisites: text(),
        object: "5710".to_owned(),
        function: "2140".to_owned(),
        goal: "1110".to_owned(),
        level: ServiceLevel { reply_days: 2, start_days: 10 },
        terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(2_000), hand_back_until: None },
        provider: None,
    };
    let tier = PackageContent {
        tier: Tier::Essential,
        name: String::new(),
        for_whom: text(),
        adds: vec![text()],
        deliverables: vec![Deliverable { title: text(), quantity: 1, measure: UnitOfMeasure::Visit }],
        price: PriceModel::Flat { price: Cents::new(price) },
        capacity: Some(5),
        starts: None,
        extras: shared::catalog::choice::Extras::default(),
    };
    ServiceDraft { content, packages: vec![PackageDraft { id: Some(package_id()), content: tier, cost: None }] }
}

/// A unit with one service of one tier, not yet on the shelf.
async fn write(mut tx: Tx) -> Result<(), AppError> {
    let (name, zone) = ("Test".to_owned(), "America/Los_Angeles".to_owned());
    identity::set_district(&mut tx, &District { name, zone, calendar: FiscalCalendar::default(), demo: false }).await?;
    let (id, brought) = service::upsert_unit(&mut tx, &unit("Mathematics"), YEAR, NOON).await?;
    assert_eq!(brought, Brought::New);
    let menu = store::menus_of_unit(&tx, id).await?.pop().ok_or_else(AppError::not_found)?;
    let row = ServiceRow {
        id: service_id(),
        menu: menu.id,
        position: 1,
        version: 1,
        draft: draft(100),
        published: None,
        published_version: None,
        followed: None,
    };
    store::insert_service(&mut tx, &row).await?;
    store::insert_package(&mut tx, package_id(), service_id()).await?;
    Ok(tx.commit(record(&command(1)), Vec::new()).await?)
}

/// Publishes the service at `price` under the version `number`.
async fn publish(mut tx: Tx, number: u32, price: i64) -> Result<(), AppError> {
    let draft = draft(price);
    let publication = Publication { service: service_id(), version: number, content: &draft.content, draft: &draft, at: NOON };
    store::publish_service(&mut tx, &publication).await?;
    let tier = TierPublication { package: package_id(), position: 0, content: &draft.packages[0].content, year: YEAR };
    store::publish_package(&mut tx, &publication, &tier).await?;
    let row = store::service(&tx, service_id()).await?.ok_or_else(AppError::not_found)?;
    let menu = store::menu(&tx, row.menu).await?.ok_or_else(AppError::not_found)?;
    assert!(!store::publish_menu(&mut tx, menu.id, menu.version + 1, NOON).await?);
    assert!(store::publish_menu(&mut tx, menu.id, menu.version, NOON).await?);
    store::shelf::bump(&mut tx).await?;
    Ok(tx.commit(record(&command(u128::from(number) + 1)), Vec::new()).await?)
}

async fn on_shelf(db: &Db) {
    db.command(&command(1), service_id(), (), |tx, ()| write(tx)).await.unwrap();
    db.command(&command(2), service_id(), (), |tx, ()| publish(tx, 1, 100)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_the_version_it_bought() {
    on_each(|db| async move {
        on_shelf(&db).await;
        let reader = db.reader();
        let before = store::shelf::revision(&reader).await.unwrap();
        db.command(&command(3), service_id(), (), |tx, ()| publish(tx, 2, 250)).await.unwrap();
        assert_ne!(store::shelf::revision(&reader).await.unwrap(), before);
        let now = service::for_sale(&reader, package_id()).await.unwrap();
        let then = service::at_version(&reader, package_id(), 1).await.unwrap();
        assert_eq!((now.package.version, now.package.content.price), (2, PriceModel::Flat { price: Cents::new(250) }));
        assert_eq!((then.package.version, then.package.content.price), (1, PriceModel::Flat { price: Cents::new(100) }));
        assert!(now.on_sale && !then.on_sale);
        let missing = service::at_version(&reader, package_id(), 9).await.unwrap_err();
        assert_eq!(missing.code(), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_sold_than_can_be_delivered() {
    on_each(|db| async move {
        on_shelf(&db).await;
        let buyers = (10..22u128).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                let sell = move |mut tx: Tx, ()| async move {
                    service::reserve_capacity(&mut tx, draw("2026-11-02"), 1).await?;
                    Ok::<(), AppError>(tx.commit(record(&command(number)), Vec::new()).await?)
                };
                db.command(&command(number), service_id(), (), sell).await
            })
        });
        let mut sold = 0;
        for buyer in buyers.collect::<Vec<_>>() {
            match buyer.await.unwrap() {
                Ok(_) => sold += 1,
                Err(error) => assert_eq!(error.code(), ErrorCode::NoCapacity),
            }
        }
        assert_eq!(sold, 5);
        assert_eq!(service::for_sale(&db.reader(), package_id()).await.unwrap().package.left, Some(0));
        let give_back = |mut tx: Tx, ()| async move {
            service::release_capacity(&mut tx, draw("2026-11-30"), 2).await?;
            assert!(service::release_capacity(&mut tx, draw("2026-11-02"), 4).await.is_err());
            Ok::<(), AppError>(tx.commit(record(&command(30)), Vec::new()).await?)
        };
        db.command(&command(30), service_id(), (), give_back).await.unwrap();
        assert_eq!(service::for_sale(&db.reader(), package_id()).await.unwrap().package.left, Some(2));
    })
    .await;
}

/// As many buyers as the house rule for races asks for.
const RACERS: u128 = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_month_takes_more_starts_than_its_limit_and_the_next_month_takes_the_rest() {
    on_each(|db| async move {
        on_shelf(&db).await;
        let limit = |mut tx: Tx, ()| async move {
            let limit = Some(StartLimit { period: StartPeriod::Month, most: 3 });
            assert!(store::capacity::set_limit(&mut tx, package_id(), YEAR, limit).await?);
            Ok::<(), AppError>(tx.commit(record(&command(9)), Vec::new()).await?)
        };
        db.command(&command(9), service_id(), (), limit).await.unwrap();
        let buyers = (10..10 + RACERS).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                let start = if number % 2 == 0 { "2026-11-02" } else { "2026-12-07" };
                let sell = move |mut tx: Tx, ()| async move {
                    service::reserve_capacity(&mut tx, draw(start), 1).await?;
                    Ok::<(), AppError>(tx.commit(record(&command(number)), Vec::new()).await?)
                };
                db.command(&command(number), service_id(), (), sell).await.map_err(|error| error.code())
            })
        });
        let mut sold = 0;
        for buyer in buyers.collect::<Vec<_>>() {
            match buyer.await.unwrap() {
                Ok(_) => sold += 1,
                Err(code) => assert_eq!(code, ErrorCode::NoCapacity),
            }
        }
        assert_eq!(sold, 5, "three of one month, two of the other: the year has five");
        let months = store::capacity::months_of(&db.reader(), package_id(), YEAR).await.unwrap();
        assert!(months.iter().all(|month| month.sold <= 3) && months.iter().map(|month| month.sold).sum::<u32>() == 5, "{months:?}");
        let found = service::for_sale(&db.reader(), package_id()).await.unwrap().package;
        assert_eq!((found.left, found.parts.len()), (Some(0), 12));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_left_the_menu_is_not_sold_and_not_forgotten() {
    on_each(|db| async move {
        on_shelf(&db).await;
        let reader = db.reader();
        assert_eq!(store::shelf::catalog(&reader, YEAR, today()).await.unwrap().services.len(), 1);
        assert_eq!(store::shelf::catalog(&reader, FiscalYear(2027), today()).await.unwrap().services.len(), 0);
        let remove = |mut tx: Tx, ()| async move {
            assert!(!store::remove_service(&mut tx, service_id(), 9).await?);
            assert!(store::remove_service(&mut tx, service_id(), 1).await?);
            Ok::<(), AppError>(tx.commit(record(&command(5)), Vec::new()).await?)
        };
        db.command(&command(5), service_id(), (), remove).await.unwrap();
        assert_eq!(store::shelf::catalog(&reader, YEAR, today()).await.unwrap().services.len(), 0);
        assert_eq!(service::for_sale(&reader, package_id()).await.unwrap_err().code(), ErrorCode::PackageNotOnSale);
        assert_eq!(service::at_version(&reader, package_id(), 1).await.unwrap().service.content.title, "Coaching");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_comes_in_again_keeps_its_own_words() {
    on_each(|db| async move {
        on_shelf(&db).await;
        let again = |mut tx: Tx, ()| async move {
            let silent = NewUnit { about: String::new(), ..unit("Mathematics") };
            assert_eq!(service::upsert_unit(&mut tx, &silent, YEAR, NOON).await?.1, Brought::Unchanged);
            let (id, brought) = service::upsert_unit(&mut tx, &unit("Mathematics and science"), YEAR, NOON).await?;
            assert_eq!(brought, Brought::Changed);
            assert_eq!(service::unit_contact(&tx, id).await?.about, "Coaches who teach.");
            Ok::<(), AppError>(tx.commit(record(&command(6)), Vec::new()).await?)
        };
        db.command(&command(6), service_id(), (), again).await.unwrap();
        assert_eq!(service::all_units(&db.reader()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_list_lands_as_drafts_once_and_leaves_what_is_there() {
    on_each(|db| async move {
        let text = "publisher,service,option,price_basis,price\nTraded Services,HR,Basic,per post,26.01\nTraded Services,HR,Full,flat,900\nTraded Services,Snow,,per hour,76\n";
        let list = shared::catalog::pricelist::read(text.as_bytes(), &shared::catalog::pricelist::Taking::default());
        assert_eq!(list.problems, []);
        let publisher = std::sync::Arc::new(list.publishers[0].clone());
        let take = |number: u128, expected: (usize, usize)| {
            let (db, publisher) = (db.clone(), std::sync::Arc::clone(&publisher));
            let run = move |mut tx: Tx, publisher: std::sync::Arc<shared::catalog::pricelist::Publisher>| async move {
                let brought = service::bring_list(&mut tx, &publisher, None, (YEAR, NOON)).await?;
                assert_eq!((brought.new, brought.left), expected);
                Ok::<(), AppError>(tx.commit(record(&command(number)), Vec::new()).await?)
            };
            async move { db.command(&command(number), service_id(), publisher, run).await.map(|_| ()) }
        };
        take(1, (2, 0)).await.unwrap();
        take(2, (0, 2)).await.unwrap();
        let units = service::all_units(&db.reader()).await.unwrap();
        assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["Traded Services"]);
        let menu = store::menus_of_unit(&db.reader(), units[0].id).await.unwrap().pop().unwrap();
        let services = store::services(&db.reader(), menu.id).await.unwrap();
        assert!(services.len() == 2 && services.iter().all(|row| row.published_version.is_none()));
        assert_eq!(store::shelf::catalog(&db.reader(), YEAR, today()).await.unwrap().services.len(), 0);
    })
    .await;
}
