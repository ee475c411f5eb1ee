//! Yearly choices with their clock: one for each school, switching, take-up at the end of the window, choosing again, and the new year.

use std::sync::Arc;

use shared::catalog::GradeSpan;
use shared::error::ErrorCode;
use shared::id::{ChoiceGroupId, Id as _, PackageId, SchoolId, ServiceId};
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::api::NewYearlyDate;
use shared::orders::dates::YearlyKind;
use shared::orders::selection::{
    Assigning, ChoiceGroupView, ChoicePhase, ChoiceQuery, Choosing, NewChoiceGroup, NewChoiceOffer, Reopening,
};

use super::renewals::{dearer_edition, next_money, publish};
use super::scene::{Scene, YEAR, day};
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;

/// The small district with three schools, their principals, and a window from 2 to 10 December; who has to chooses again until the 17th.
struct Choosers {
    scene: Scene,
    group: ChoiceGroupId,
    coaching: ServiceId,
    workshop: ServiceId,
    tess: Arc<Actor>,
}

fn third() -> SchoolId {
    SchoolId::from_bits(3)
}

async fn third_school(scene: &Scene) {
    let facts = budget::school_facts(&scene.app.db.reader(), scene.school).await.expect("a school").facts;
    let (code, name, span, facts_source) = ("214".to_owned(), "Third School".to_owned(), GradeSpan::Elementary, String::new());
    let school = budget::School { id: third(), code, name, span, network: None, network_name: None, facts, facts_source };
    scene
        .set_up(school, |mut tx, ctx, school| async move {
            budget::put_school(&mut tx, &school).await?;
            Scene::done(tx, ctx).await
        })
        .await;
}

impl Choosers {
    async fn build(db: crate::db::Db, minimum: u32) -> Self {
        let scene = Scene::build(db).await;
        third_school(&scene).await;
        let tess = scene.person("Tess", Role::Principal, Scope::School(third())).await;
        for (kind, date) in
            [(YearlyKind::ChoiceOpens, "2026-12-02"), (YearlyKind::ChoiceCloses, "2026-12-10"), (YearlyKind::ChooseAgain, "2026-12-17")]
        {
            let body = NewYearlyDate { year: YEAR, kind, day: day(date) };
            service::set_yearly_date(&scene.app, scene.ctx("SetYearlyDate", &scene.officer), body).await.expect("a date");
        }
        let shelf = catalog::catalog(&scene.app).await.expect("the shelf").services;
        let service = |title: &str| shelf.iter().find(|service| service.content.title == title).expect("a service").id;
        let (coaching, workshop) = (service("Mathematics coaching"), service("Workshop"));
        let offers = vec![NewChoiceOffer { service: coaching, capacity: 3 }, NewChoiceOffer { service: workshop, capacity: 3 }];
        let (title, about) = ("Support".to_owned(), String::new());
        let body = NewChoiceGroup { title, about, minimum, offers, proposed: Some(coaching) };
        let made = service::make_group(&scene.app, &scene.ctx("MakeChoiceGroup", &scene.officer), body).await.expect("a group");
        Self { group: made[0].id, scene, coaching, workshop, tess }
    }

    async fn choose(&self, actor: &Arc<Actor>, school: SchoolId, package: PackageId) -> Result<ChoiceGroupView, AppError> {
        let ctx = self.scene.ctx("Choose", actor);
        let groups = service::choose(&self.scene.app, &ctx, self.group, Choosing { school, package }).await?;
        Ok(groups.into_iter().next().expect("the group"))
    }

    async fn seen(&self) -> ChoiceGroupView {
        let groups = service::choices(&self.scene.app, &self.scene.officer, ChoiceQuery::default()).await.expect("the groups");
        groups.into_iter().next().expect("the group")
    }

    async fn run(&self) {
        service::attend_choices(&self.scene.app, self.scene.app.now()).await.expect("the job ran");
    }

    async fn told(&self, actor: &Actor, part: &str) -> usize {
        let notices = service::notices(&self.scene.app, actor).await.expect("notices");
        notices.iter().filter(|notice| notice.text.contains(part)).count()
    }

    async fn assign(&self, actor: &Arc<Actor>, school: SchoolId) -> Result<(), AppError> {
        let ctx = self.scene.ctx("AssignChoice", actor);
        service::assign(&self.scene.app, &ctx, self.group, Assigning { school }).await.map(|_| ())
    }
}

fn counts(group: &ChoiceGroupView) -> Vec<u32> {
    group.offers.iter().map(|offer| offer.chosen).collect()
}

fn code<T>(result: Result<T, AppError>) -> Option<ErrorCode> {
    result.err().map(|error| error.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_holds_one_choice_however_often_it_switches_in_the_window() {
    on_each(|db| async move {
        let c = Choosers::build(db, 1).await;
        let (pat, own) = (&c.scene.principal, c.scene.school);
        let group = c.choose(pat, own, c.scene.coaching).await.expect("chosen");
        assert_eq!((group.phase, counts(&group)), (ChoicePhase::Open, vec![1, 0]));
        assert_eq!(group.offers[0].tiers[0].fee, Some(Cents::new(570_000)), "this year's fee, for six days");
        assert_eq!(code(c.choose(pat, own, c.scene.coaching).await), Some(ErrorCode::NotInThisState));
        let group = c.choose(pat, own, c.scene.workshop).await.expect("switched");
        assert_eq!(counts(&group), [0, 1]);
        let group = c.choose(pat, own, c.scene.coaching).await.expect("and back");
        assert_eq!(counts(&group), [1, 0]);
        // Nobody chooses for another school, and who sets budgets chooses for none.
        for actor in [pat, &c.scene.officer, &c.scene.head] {
            assert_eq!(code(c.choose(actor, third(), c.scene.coaching).await), Some(ErrorCode::NotFound), "{}", actor.name);
        }
        assert_eq!(code(c.choose(&c.scene.clerk, own, c.scene.workshop).await), Some(ErrorCode::NotFound));
        let foreign = ChoiceQuery { school: Some(third()) };
        assert_eq!(code(service::choices(&c.scene.app, pat, foreign).await), Some(ErrorCode::NotFound));
        let mine = service::choices(&c.scene.app, pat, ChoiceQuery { school: Some(own) }).await.expect("the groups").swap_remove(0);
        assert_eq!((mine.schools.len(), mine.without), (1, None), "other schools' choices are not shown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_too_few_choose_is_not_given_and_its_schools_choose_again() {
    on_each(|db| async move {
        let c = Choosers::build(db, 2).await;
        c.run().await;
        assert_eq!(c.told(&c.tess, "choose for the next year until 10 Dec 2026").await, 1);
        let desk = service::desk(&c.scene.app, &c.tess, c.scene.app.now()).await.expect("the desk");
        assert!(desk.mine.iter().any(|item| item.title == "Support, Third School" && item.link == "/choices"), "{:?}", desk.mine);
        c.choose(&c.scene.principal, c.scene.school, c.scene.coaching).await.expect("chosen");
        c.choose(&c.scene.stranger, c.scene.other_school, c.scene.coaching).await.expect("chosen");
        let group = c.choose(&c.tess, third(), c.scene.workshop).await.expect("chosen");
        assert_eq!(group.offers.iter().map(|offer| offer.short).collect::<Vec<_>>(), [false, true]);
        c.scene.wait_days(9);
        c.run().await;
        c.run().await;
        let group = c.seen().await;
        assert_eq!((group.phase, group.offers[0].failed, group.offers[1].failed), (ChoicePhase::Again, false, true));
        assert_eq!(group.without.as_ref().map(|schools| schools.iter().map(|school| school.id).collect::<Vec<_>>()), Some(vec![third()]));
        assert_eq!(c.told(&c.tess, "Workshop found too few schools; choose another until 17 Dec 2026").await, 1);
        assert_eq!(c.told(&c.scene.head, "keep, redesign or retire").await, 1);
        assert_eq!(c.told(&c.scene.principal, "found too few").await, 0);
        // Whose offer stands keeps it; what failed is chosen by nobody.
        assert_eq!(code(c.choose(&c.scene.principal, c.scene.school, c.scene.workshop).await), Some(ErrorCode::NotInThisState));
        assert_eq!(code(c.choose(&c.tess, third(), c.scene.workshop).await), Some(ErrorCode::NotInThisState));
        let group = c.choose(&c.tess, third(), c.scene.coaching).await.expect("chosen again");
        let desk = service::desk(&c.scene.app, &c.tess, c.scene.app.now()).await.expect("the desk");
        assert!(desk.mine.iter().all(|item| item.link != "/choices"), "{:?}", desk.mine);
        assert_eq!((counts(&group), group.schools[0].chosen.as_ref().map(|chosen| chosen.service)), (vec![3, 0], Some(c.coaching)));
        assert_eq!(c.seen().await.without, Some(Vec::new()));
        assert_ne!(c.coaching, c.workshop);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_chooses_nothing_is_reminded_listed_and_given_the_proposed_offer_only_by_a_person() {
    on_each(|db| async move {
        let c = Choosers::build(db, 1).await;
        c.run().await;
        c.choose(&c.scene.principal, c.scene.school, c.scene.coaching).await.expect("chosen");
        c.choose(&c.scene.stranger, c.scene.other_school, c.scene.workshop).await.expect("chosen");
        c.run().await;
        c.run().await;
        assert_eq!((c.told(&c.tess, "has not chosen yet").await, c.told(&c.scene.principal, "has not chosen yet").await), (1, 0));
        c.scene.wait_days(9);
        c.run().await;
        assert_eq!(c.told(&c.tess, "your school has not chosen; choose until").await, 1);
        assert_eq!(code(c.assign(&c.scene.officer, third()).await), Some(ErrorCode::NotInThisState), "it can still choose");
        c.scene.wait_days(7);
        c.run().await;
        let group = c.seen().await;
        assert_eq!((group.phase, group.without.map(|schools| schools.len())), (ChoicePhase::Over, Some(1)), "never by silence");
        assert_eq!(code(c.assign(&c.scene.head, third()).await), Some(ErrorCode::NotFound));
        assert_eq!(code(c.assign(&c.scene.officer, c.scene.school).await), Some(ErrorCode::NotInThisState));
        let until = Reopening { until: day("2026-12-21") };
        let ctx = c.scene.ctx("ReopenChoices", &c.scene.officer);
        let reopened = service::reopen(&c.scene.app, &ctx, until).await.expect("reopened").swap_remove(0);
        assert_eq!((reopened.phase, c.told(&c.tess, "you can choose again until 21 Dec 2026").await), (ChoicePhase::Again, 1));
        c.scene.wait_days(4);
        c.assign(&c.scene.officer, third()).await.expect("given");
        let group = c.seen().await;
        let third = group.schools.iter().find(|school| school.school.id == third()).expect("the school");
        assert!(third.chosen.as_ref().is_some_and(|chosen| chosen.assigned && chosen.service == c.coaching));
        assert_eq!(c.told(&c.tess, "the budget office gave it Mathematics coaching").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_goes_into_the_new_years_cart_at_next_years_fee() {
    on_each(|db| async move {
        let c = Choosers::build(db, 1).await;
        c.choose(&c.scene.principal, c.scene.school, c.scene.coaching).await.expect("chosen");
        publish(&c.scene, dearer_edition(&c.scene).await).await;
        let query = ChoiceQuery { school: Some(c.scene.school) };
        let group = service::choices(&c.scene.app, &c.scene.principal, query).await.expect("the groups").swap_remove(0);
        assert_eq!((group.offers[0].tiers[0].fee, group.offers[0].tiers[0].next_year), (Some(Cents::new(627_000)), true));
        // From 2 December to 1 July.
        c.scene.wait_days(211);
        next_money(&c.scene, 2_000_000).await;
        c.run().await;
        c.run().await;
        let cart = service::cart(&c.scene.app, &c.scene.principal, c.scene.school).await.expect("the cart");
        assert_eq!(cart.lines.iter().map(|line| line.price).collect::<Vec<_>>(), [Cents::new(627_000)]);
        assert_eq!(c.told(&c.scene.principal, "which your school chose for the year").await, 1);
        let lines = c.scene.money_states().await;
        assert!(lines.iter().all(|line| line.encumbered.is_zero() && line.pre_encumbered.is_zero()), "a choice takes no money");
        c.scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_whole_before_it_is_set_up() {
    on_each(|db| async move {
        let c = Choosers::build(db, 1).await;
        let offer = |service: ServiceId, capacity: u32| NewChoiceOffer { service, capacity };
        let both = vec![offer(c.coaching, 2), offer(c.workshop, 2)];
        for (minimum, offers, proposed, field) in [
            (1, vec![both[0]], None, "offers"),
            (1, vec![both[0], both[0]], None, "offers.1.service"),
            (1, vec![both[0], offer(c.workshop, 0)], None, "offers.1.capacity"),
            (3, both.clone(), None, "minimum"),
            (1, both.clone(), Some(ServiceId::from_bits(99)), "proposed"),
        ] {
            let body = NewChoiceGroup { title: "Support".to_owned(), about: String::new(), minimum, offers, proposed };
            let ctx = c.scene.ctx("MakeChoiceGroup", &c.scene.officer);
            let refused = service::make_group(&c.scene.app, &ctx, body).await.unwrap_err();
            assert!(matches!(refused, AppError::Refused { ref fields, .. } if fields[0].field == field), "{field}: {refused:?}");
        }
        let body = NewChoiceGroup { title: "Support".to_owned(), about: String::new(), minimum: 1, offers: both, proposed: None };
        let ctx = c.scene.ctx("MakeChoiceGroup", &c.scene.principal);
        assert_eq!(code(service::make_group(&c.scene.app, &ctx, body).await), Some(ErrorCode::NotFound));
    })
    .await;
}
