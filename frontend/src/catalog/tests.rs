//! The parts of these pages rendered on the host, as HTML snapshots.
#![cfg(test)]

use shared::account::{AccountCode, SegmentTable};
use shared::budget::fundfit::{Because, FundOffer, Refusal, Verdict};
use shared::catalog::Category;
use shared::catalog::price::CardPrice;
use shared::id::{BudgetLineId, FundId, Id as _};
use shared::money::{BasisPoints, Cents};
use yew::prelude::*;
use yew_router::Router;
use yew_router::history::{AnyHistory, MemoryHistory};

use super::card::ServiceCard;
use super::offer::{PayHint, ServiceQuery, tiers};
use super::payment::verdict;
use super::state::CardView;
use super::testing::{FACTS, service, viewer};
use super::tiers::{Actions, tier_columns};

#[derive(Properties, PartialEq)]
struct StageProps {
    sample: Callback<(), Html>,
}

#[component]
fn Stage(props: &StageProps) -> Html {
    let history = AnyHistory::from(MemoryHistory::new());
    html! { <Router {history}><Sample sample={props.sample.clone()} /></Router> }
}

#[component]
fn Sample(props: &StageProps) -> Html {
    props.sample.emit(())
}

async fn render(sample: fn() -> Html) -> String {
    let props = move || StageProps { sample: Callback::from(move |()| sample()) };
    yew::ServerRenderer::<Stage>::with_props(props).hydratable(false).render().await.replace("><", ">\n<")
}

fn card() -> Html {
    carded(None)
}

fn brokered_card() -> Html {
    carded(Some(BasisPoints(1_500)))
}

fn carded(contracted_out: Option<BasisPoints>) -> Html {
    let card = CardView {
        id: "svc_1".to_owned(),
        title: "Elementary mathematics coaching".to_owned(),
        value_statement: "Teacher leaders learn to coach mathematics in every room.".to_owned(),
        division: "Instruction".to_owned(),
        seller: "Mathematics".to_owned(),
        contracted_out,
        rating_tenths: Some(43),
        schools: 22,
        price: CardPrice::From(Cents::new(570_000)),
        funds: vec!["Title I".to_owned(), "LCFF supplemental".to_owned()],
        more_funds: 1,
        only_unrestricted: false,
        unpayable: false,
        left: Some(2),
        start: "2026-12-07".parse().ok(),
        package: "pkg_1".to_owned(),
    };
    html! { <ServiceCard {card} school="Lincoln" compared=true compare_full=true oncompare={Callback::noop()} /> }
}

fn columns() -> Html {
    let mut columns = tiers(&service(), &ServiceQuery::default(), &viewer());
    columns[1].hint = PayHint::TakesFlexible(Cents::new(304_650));
    let actions = Actions {
        choose: Callback::noop(),
        quantity: Callback::noop(),
        choices: Callback::noop(),
        facts: FACTS,
        today: viewer().today,
        ask: None,
        add: Callback::noop(),
        busy: false,
        may_add: true,
        in_cart: vec![columns[0].package.id],
    };
    tier_columns(&columns, Some(columns[1].package.id), &actions, true)
}

fn verdicts() -> Html {
    let offer = |verdict| FundOffer {
        line: BudgetLineId::from_bits(1),
        fund: FundId::from_bits(1),
        title: "Title I, Part A".to_owned(),
        code: "3010".to_owned(),
        verdict,
        quote: "Supplement, not supplant.".to_owned(),
        source: "20 U.S.C. 6321".to_owned(),
        account: AccountCode::parse(&SegmentTable::sacs(), "01-3010-0-1110-2140-5710-212").ok(),
        available: Cents::new(100),
        limit: Cents::new(100),
        this_order: Cents::ZERO,
        left_after: Cents::new(100),
    };
    let yes = Because { goal: Some(2), ..Because::default() };
    let all = [Verdict::Yes(yes), Verdict::No(Refusal::Category(Category::Safety)), Verdict::Undecided];
    html! { <>{ for all.into_iter().map(|one| verdict(&offer(one))) }</> }
}

#[tokio::test]
async fn a_card_says_why_for_whom_and_who_can_pay() {
    insta::assert_snapshot!(render(card).await);
}

#[tokio::test]
async fn a_card_of_an_outside_provider_says_that_it_is_contracted_out_and_the_fee() {
    let html = render(brokered_card).await;
    assert!(html.contains("Contracted out") && html.contains("15 % brokerage"), "{html}");
}

#[tokio::test]
async fn tiers_stand_side_by_side_with_their_working() {
    insta::assert_snapshot!(render(columns).await);
}

#[tokio::test]
async fn a_fund_that_may_not_pay_quotes_its_rule() {
    insta::assert_snapshot!(render(verdicts).await);
}
