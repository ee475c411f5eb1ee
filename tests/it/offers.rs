//! What stands beside a price, over HTTP: terms and add-ons re-price the cart, a price on request stays out of it.

use harness::app::TestApp;
use harness::{drafts, market};
use shared::catalog::api::{CatalogPackage, PackageDraft};
use shared::catalog::choice::{AddOn, AddOnCount, Choices, Extras, TermPrice};
use shared::catalog::{Category, PriceModel, Tier};
use shared::error::ErrorCode;
use shared::money::{BasisPoints, Cents};
use shared::orders::api::{AddToCart, DraftEdit, EditDraft, NewDraft};

harness::on_both_databases!(
    a_term_and_add_ons_reprice_the_cart_and_stay_with_the_order,
    what_is_priced_on_request_stays_out_of_the_cart_and_says_why,
);

async fn offered(app: &TestApp) -> (CatalogPackage, CatalogPackage) {
    let mut draft = drafts::days("Fraction talks", Category::Coaching, Cents::new(50_000), 50);
    let kit = AddOn { key: 0, title: "Kit".to_owned(), count: AddOnCount::WithEach, price: PriceModel::Flat { price: Cents::new(1_000) } };
    let terms = vec![TermPrice { years: 2, less: BasisPoints(1_000) }];
    draft.packages[0].content.extras = Extras { early: None, terms, add_ons: vec![kit], guaranteed: None };
    let mut asked = drafts::tier(Tier::Plus, Cents::new(1), 5);
    asked.price = PriceModel::Quote;
    draft.packages.push(PackageDraft { id: None, content: asked, cost: None });
    let service = market::publish(&mut app.rosa().await, draft).await;
    (service.packages[0].clone(), service.packages[1].clone())
}

async fn a_term_and_add_ons_reprice_the_cart_and_stay_with_the_order(app: TestApp) {
    let (package, _) = offered(&app).await;
    let mut ana = app.ana().await;
    let key = package.content.extras.add_ons[0].key;
    assert_ne!(key, 0, "keeping numbers an add-on");
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &package, 4, Some(goal)).await;
    assert_eq!((line.price, line.price_lines.len()), (Cents::new(200_000), 1));
    let choices = Choices { years: 2, add_ons: vec![key] };
    let edit = DraftEdit {
        version: line.version,
        quantity: 4,
        start: line.start,
        goal: line.goal,
        split: None,
        note: String::new(),
        choices: choices.clone(),
    };
    let cart = ana.does::<EditDraft>(line.order, edit.clone()).await;
    let line = cart.lines.iter().find(|found| found.order == line.order).expect("the line");
    let amounts: Vec<i64> = line.price_lines.iter().map(|part| part.amount.get()).collect();
    assert_eq!((line.price.get(), amounts), (184_000, vec![200_000, -20_000, 4_000]));
    assert_eq!(line.split.iter().map(|part| part.amount).sum::<Cents>(), line.price);
    let wrong = DraftEdit { version: line.version, choices: Choices { years: 3, add_ons: Vec::new() }, ..edit };
    let refusal = ana.is_refused::<EditDraft>(line.order, wrong).await;
    assert_eq!((refusal.code, refusal.fields[0].field.as_str()), (ErrorCode::BadInput, "choices.years"));
    let order = market::submit(&mut ana, line).await;
    assert_eq!((order.summary.price, order.choices, order.price_lines.len()), (Cents::new(184_000), choices, 3));
    app.finish().await;
}

async fn what_is_priced_on_request_stays_out_of_the_cart_and_says_why(app: TestApp) {
    let (_, asked) = offered(&app).await;
    let mut ana = app.ana().await;
    let body = NewDraft { package: asked.id, quantity: 1, start: None, goal: None, choices: Choices::default() };
    let refusal = ana.is_refused::<AddToCart>(ana.school(), body).await;
    assert_eq!(refusal.code, ErrorCode::QuoteNeeded);
    assert!(refusal.message.contains("Ask the unit"), "{}", refusal.message);
    app.finish().await;
}
