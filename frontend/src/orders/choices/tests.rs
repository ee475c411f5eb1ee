//! Offers side by side, rendered on the host: what can be chosen and what cannot.

use shared::identity::api::{SchoolRef, UnitRef};
use shared::money::Cents;
use yew_router::Router;
use yew_router::history::{AnyHistory, MemoryHistory};

use super::*;

fn offer(chosen: u32, failed: bool) -> ChoiceOffer {
    let tier = ChoiceTier {
        package: shared::id::Id::from_bits(1),
        name: "Essential".to_owned(),
        for_whom: "A settled school".to_owned(),
        adds: vec!["One named person".to_owned()],
        fee: Some(Cents::new(790_000)),
        working: "401 to 800 students".to_owned(),
        next_year: true,
    };
    ChoiceOffer {
        service: shared::id::Id::from_bits(1),
        title: "Compass".to_owned(),
        unit: UnitRef { id: shared::id::Id::from_bits(1), name: "Growth".to_owned() },
        value_statement: "Three who know you.".to_owned(),
        capacity: 8,
        chosen,
        failed,
        short: chosen < 3,
        tiers: vec![tier],
    }
}

#[derive(Properties, PartialEq)]
struct SampleProps {
    offer: ChoiceOffer,
}

#[component]
fn Sample(props: &SampleProps) -> Html {
    let history = AnyHistory::from(MemoryHistory::new());
    let school = SchoolRef { id: shared::id::Id::from_bits(1), name: "Lincoln".to_owned() };
    let own = SchoolChoice { school, chosen: None, may: true };
    html! { <Router {history}>{ standing(&own) }{ side(&props.offer, Some(&own), &Callback::noop(), false) }</Router> }
}

async fn shown(offer: ChoiceOffer) -> String {
    yew::ServerRenderer::<Sample>::with_props(move || SampleProps { offer }).hydratable(false).render().await
}

#[tokio::test]
async fn an_offer_shows_its_fee_and_can_be_chosen_until_it_is_full_or_failed() {
    let open = shown(offer(2, false)).await;
    for part in ["Nothing is chosen yet.", "$7,900.00", "2 of 8", "Below the minimum", "Choose Compass, Essential"] {
        assert!(open.contains(part), "{part} in {open}");
    }
    let full = shown(offer(8, false)).await;
    assert!(full.contains("Full") && !full.contains("Choose Compass"), "{full}");
    let failed = shown(offer(2, true)).await;
    assert!(failed.contains("Too few schools: not given") && !failed.contains("Choose Compass"), "{failed}");
}
