//! An offer rendered on the host: what it says of the next year.

use shared::catalog::UnitOfMeasure;
use shared::identity::api::{SchoolRef, UnitRef};
use shared::money::Cents;
use shared::orders::renewal::NextYearChange;
use yew_router::history::{AnyHistory, MemoryHistory};
use yew_router::Router;

use super::*;

fn line(next: NextYear) -> RenewalLine {
    RenewalLine {
        order: shared::id::Id::from_bits(1),
        version: 1,
        number: 1_001,
        school: SchoolRef { id: shared::id::Id::from_bits(1), name: "Lincoln".to_owned() },
        unit: UnitRef { id: shared::id::Id::from_bits(1), name: "Mathematics".to_owned() },
        title: "Coaching".to_owned(),
        tier_name: "Plus".to_owned(),
        quantity: 6,
        measure: UnitOfMeasure::CoachingDay,
        goal: None,
        goal_stays: true,
        price_now: Cents::new(570_000),
        next,
        stars: None,
        state: RenewalState::Open,
        wanted: 6,
        reason: String::new(),
        answered: None,
        draft: None,
    }
}

#[derive(Properties, PartialEq)]
struct SampleProps {
    line: RenewalLine,
}

#[component]
fn Sample(props: &SampleProps) -> Html {
    let history = AnyHistory::from(MemoryHistory::new());
    html! { <Router {history}>{ state_chip(&props.line) }{ next(&props.line) }</Router> }
}

async fn shown(next: NextYear) -> String {
    let line = line(next);
    yew::ServerRenderer::<Sample>::with_props(move || SampleProps { line }).hydratable(false).render().await
}

#[tokio::test]
async fn next_years_price_stands_with_its_difference_and_what_changes() {
    let changes = vec![NextYearChange { label: "Adds".to_owned(), before: "Two days".to_owned(), after: String::new() }];
    let (title, tier_name, working) = ("Number coaching".to_owned(), "Plus".to_owned(), "6 days × $975.00".to_owned());
    let html = shown(NextYear::Published { title, tier_name, price: Cents::new(585_000), working, changes }).await;
    for part in ["$5,850.00", "+$150.00", "6 days × $975.00", "Continues as Number coaching, Plus", "Adds: Two days → nothing", "Not answered"] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[tokio::test]
async fn what_is_locked_retired_or_unwritten_says_so() {
    let locked = shown(NextYear::Locked { price: Cents::new(570_000), year_of_term: 2, years: 3 }).await;
    assert!(locked.contains("Year 2 of 3 at the price that was agreed") && locked.contains("as this year"), "{locked}");
    let retired = shown(NextYear::Retired { in_term: false }).await;
    assert!(retired.contains("ends with this year") && retired.contains("Not offered any more"), "{retired}");
    let unwritten = shown(NextYear::NotYet { price: Cents::new(570_000) }).await;
    assert!(unwritten.contains("not published yet"), "{unwritten}");
}
