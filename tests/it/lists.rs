//! Taking a published price list in over HTTP, and editions of the next year in the demo district.

use harness::app::TestApp;
use harness::market;
use shared::catalog::MenuState;
use shared::catalog::api::{EditionQuery, GetMenu, MenuView, TakePriceList};
use shared::catalog::pricelist::ListQuery;
use shared::client::{Call, CallError};
use shared::error::ErrorCode;
use shared::id::{Id as _, MenuId};

harness::on_both_databases!(
    a_list_becomes_drafts_whole_or_not_at_all_and_twice_does_no_more,
    the_demo_district_writes_at_next_years_editions_and_knows_its_costs,
);

const LIST: &str = "service,option,price,price basis,currency\nStaff training,Half day,\"950.00\",flat,USD\nOffice care,,1200.00,flat,GBP\n";

async fn take(app: &TestApp, who: &str, menu: MenuId, text: &str, worth: &str) -> Result<MenuView, CallError> {
    let query = ListQuery { file_name: "price-lines.csv".to_owned(), worth: worth.to_owned() };
    app.actor(who).await.call(Call::<TakePriceList>::to(menu).query(query).upload(text.as_bytes().to_vec())).await
}

fn titles(menu: &MenuView) -> Vec<&str> {
    menu.services.iter().map(|service| service.draft.content.title.as_str()).collect()
}

async fn a_list_becomes_drafts_whole_or_not_at_all_and_twice_does_no_more(app: TestApp) {
    let mut rosa = app.rosa().await;
    let before = rosa.get::<GetMenu>(rosa.unit()).await;
    let code = |done: Result<MenuView, CallError>| done.err().and_then(|error| error.code());
    assert_eq!(code(take(&app, "jerome.whitlock", before.id, LIST, "GBP=1.25").await), Some(ErrorCode::NotFound), "another unit's menu");
    assert_eq!(code(take(&app, "ana.whitfield", before.id, LIST, "GBP=1.25").await), Some(ErrorCode::NotAllowed));
    assert_eq!(code(take(&app, "rosa.delgado", MenuId::from_bits(1), LIST, "").await), Some(ErrorCode::NotFound));
    assert_eq!(code(take(&app, "rosa.delgado", before.id, LIST, "GBP").await), Some(ErrorCode::BadInput), "a worth that says nothing");
    assert_eq!(code(take(&app, "rosa.delgado", before.id, "service,price\n,\n", "").await), Some(ErrorCode::BadInput), "nothing to take");
    let same = rosa.get::<GetMenu>(rosa.unit()).await;
    assert_eq!((titles(&same), same.version), (titles(&before), before.version), "a refused list changed nothing");
    let after = take(&app, "rosa.delgado", before.id, LIST, "GBP=1.25").await.expect("taken in");
    assert_eq!(after.services.len(), before.services.len() + 2);
    assert!(titles(&after).contains(&"Staff training") && titles(&after).contains(&"Office care"));
    let again = take(&app, "rosa.delgado", before.id, LIST, "GBP=1.25").await.expect("taken again");
    assert_eq!(titles(&again), titles(&after), "what is on the menu already stays as it is");
    // Without a worth the foreign line stays out, the other is taken.
    let other = LIST.replace("Staff training", "Leader training").replace("Office care", "Yard care");
    let part = take(&app, "rosa.delgado", before.id, &other, "").await.expect("taken in part");
    assert!(titles(&part).contains(&"Leader training") && !titles(&part).contains(&"Yard care"));
    app.finish().await;
}

async fn the_demo_district_writes_at_next_years_editions_and_knows_its_costs(app: TestApp) {
    let mut gloria = app.actor("gloria.santangelo").await;
    let menu = gloria.get::<GetMenu>(gloria.unit()).await;
    let next = menu.editions.iter().find(|edition| edition.year.0 == menu.year.0 + 1).expect("next year's edition");
    assert_eq!(next.state, MenuState::Draft);
    let query = EditionQuery { menu: Some(next.id) };
    let next = gloria.call(Call::<GetMenu>::to(gloria.unit()).query(query)).await.expect("the edition");
    assert!(next.services.iter().any(|service| service.changed), "its prices changed");
    let mut ingrid = app.actor("ingrid.solberg").await;
    let menu = ingrid.get::<GetMenu>(ingrid.unit()).await;
    assert!(menu.editions.iter().any(|edition| edition.state == MenuState::InReview), "one edition waits for its second person");
    let mut rosa = app.rosa().await;
    let menu = rosa.get::<GetMenu>(rosa.unit()).await;
    let costs = menu.services.iter().flat_map(|service| &service.draft.packages).filter(|package| package.cost.is_some()).count();
    assert_eq!(costs, 3);
    // The shelf tells nobody what it costs the unit.
    let shown = market::on_shelf(&mut app.ana().await, "Elementary mathematics coaching").await;
    assert!(!serde_json::to_string(&shown).expect("JSON").contains("day_rate"));
    app.finish().await;
}
