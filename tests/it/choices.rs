//! Yearly choices over HTTP: the demo district's open window, and two schools racing for the last place of an offer.

use std::sync::Arc;

use harness::actor::code_of;
use harness::app::TestApp;
use shared::catalog::api::GetCatalog;
use shared::client::Call;
use shared::error::ErrorCode;
use shared::orders::selection::{
    ChoiceGroupView, ChoicePhase, ChoiceQuery, Choose, Choosing, GetChoices, MakeChoiceGroup, NewChoiceGroup, NewChoiceOffer,
};
use tokio::sync::Barrier;

harness::on_both_databases!(
    two_schools_racing_for_the_last_place_of_an_offer_one_gets_it,
    a_principal_compares_with_fees_and_chooses_for_no_other_school,
);

async fn two_schools_racing_for_the_last_place_of_an_offer_one_gets_it(app: TestApp) {
    let (ana, theodore) = (app.ana().await, app.actor("theodore.marsh").await);
    let mut thomas = app.actor("thomas.lindqvist").await;
    let shelf = thomas.get::<GetCatalog>(()).await.services;
    let offers = shelf.iter().take(2).map(|service| NewChoiceOffer { service: service.id, capacity: 1 }).collect();
    let body = NewChoiceGroup { title: "The last place".to_owned(), about: String::new(), minimum: 1, offers, proposed: None };
    let groups = thomas.does::<MakeChoiceGroup>((), body).await;
    let group = groups.iter().find(|group| group.title == "The last place").expect("the group");
    let (id, first, second) = (group.id, group.offers[0].tiers[0].package, group.offers[1].tiers[0].package);
    let schools = [ana, theodore];
    let barrier = Arc::new(Barrier::new(schools.len()));
    let race = |(index, school): (usize, &harness::actor::Actor)| {
        let (mut chooser, barrier) = (school.at(app.base(index)), Arc::clone(&barrier));
        tokio::spawn(async move {
            barrier.wait().await;
            let choosing = Choosing { school: chooser.school(), package: first };
            chooser.call(Call::<Choose>::to(id).body(choosing)).await
        })
    };
    let tasks: Vec<_> = schools.iter().enumerate().map(race).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("a finished task"));
    }
    let won = answers.iter().position(Result::is_ok).expect("one gets it");
    assert_eq!(code_of(&answers[1 - won]), Some(ErrorCode::NoCapacity), "and only one");
    let mut schools = schools;
    let lost = &mut schools[1 - won];
    let choosing = Choosing { school: lost.school(), package: second };
    let groups = lost.does::<Choose>(id, choosing).await;
    let group = groups.iter().find(|group| group.id == id).expect("the group");
    assert_eq!(group.offers.iter().map(|offer| offer.chosen).collect::<Vec<_>>(), [1, 1]);
    app.finish().await;
}

fn of_demo(groups: Vec<ChoiceGroupView>) -> ChoiceGroupView {
    groups.into_iter().next().expect("the demo district's group")
}

async fn a_principal_compares_with_fees_and_chooses_for_no_other_school(app: TestApp) {
    let (mut ana, mut theodore) = (app.ana().await, app.actor("theodore.marsh").await);
    let query = ChoiceQuery { school: Some(ana.school()) };
    let group = of_demo(ana.call(Call::<GetChoices>::to(()).query(query)).await.expect("the choices"));
    assert_eq!((group.phase, group.offers.len(), group.schools.len(), group.without.is_none()), (ChoicePhase::Open, 3, 1, true));
    assert!(group.offers.iter().flat_map(|offer| &offer.tiers).all(|tier| tier.fee.is_some()));
    let package = group.offers[0].tiers[0].package;
    let foreign = Choosing { school: theodore.school(), package };
    assert_eq!(ana.is_refused::<Choose>(group.id, foreign).await.code, ErrorCode::NotFound);
    let foreign = ChoiceQuery { school: Some(theodore.school()) };
    assert_eq!(code_of(&ana.call(Call::<GetChoices>::to(()).query(foreign)).await), Some(ErrorCode::NotFound));
    let own = Choosing { school: ana.school(), package };
    for name in ["joel.baptiste", "thomas.lindqvist", "rosa.delgado"] {
        assert_eq!(app.actor(name).await.is_refused::<Choose>(group.id, own).await.code, ErrorCode::NotAllowed, "{name}");
    }
    let chosen = of_demo(ana.does::<Choose>(group.id, own).await);
    assert_eq!(chosen.schools[0].chosen.as_ref().map(|chosen| chosen.package), Some(package));
    let seen = of_demo(theodore.get::<GetChoices>(()).await);
    assert!(seen.schools.iter().all(|school| school.school.id == theodore.school()));
    app.finish().await;
}
