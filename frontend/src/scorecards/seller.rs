//! What sells: a unit's year from the first look to what was never sold, and the board's decisions about it.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use shared::catalog::api::GetCatalog;
use shared::contract::Empty as NoQuery;
use shared::id::UnitId;
use shared::identity::policy::Permission;
use shared::scorecards::api::GetSellerView;
use shared::scorecards::seller::SellerView;
use shared::words::scorecards as words;
use yew::prelude::*;

use super::board::Board;
use super::charts::{capacity, demand};
use super::tables::{hurt, searches, services};
use crate::address::use_query;
use crate::load::use_load_if;
use crate::session::use_session;
use crate::ui::{Card, Choice, Empty, IconName, Money, PageHead, PrintButton, Select, SkeletonShape, Stat};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct SellerQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

/// The page; who is of no unit chooses one.
#[component]
pub fn SellerPage() -> Html {
    let session = use_session();
    let (query, change) = use_query::<SellerQuery>();
    let own = session.unit().map(|unit| unit.id);
    let sees_all = own.is_none() && session.may(Permission::ViewSeller);
    let catalog = use_load_if::<GetCatalog>(sees_all.then_some(((), NoQuery {})));
    let named: Option<UnitId> = query.unit.as_deref().and_then(|unit| unit.parse().ok());
    let first = catalog.data().and_then(|catalog| catalog.units.first().map(|unit| unit.id));
    let unit = own.or(named).or(first);
    let view = use_load_if::<GetSellerView>(unit.map(|unit| (unit, NoQuery {})));
    let choose = change.reform(|unit: String| SellerQuery { unit: Some(unit) });
    let choices: Vec<Choice> = catalog
        .data()
        .map(|catalog| catalog.units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.name.clone())).collect())
        .unwrap_or_default();
    if own.is_none() && !sees_all {
        return html! {
            <>
                <PageHead title={words::SELLER} />
                <Empty title={words::NO_UNITS} text={words::NO_UNITS_TEXT} icon={IconName::Building2} />
            </>
        };
    }
    let put = view.put();
    html! {
        <>
            <PageHead title={words::SELLER} lead={html! { words::SELLER_LEAD }} tools={html! { <PrintButton /> }} />
            <div class="stack-wide">
                if sees_all {
                    <div class="narrow-field"><Select name="unit" label={words::CHOOSE_UNIT} value={unit.map(|unit| unit.to_string()).unwrap_or_default()} {choices} onchange={choose} /></div>
                }
                { view.draw(SkeletonShape::Page, |view| laid(view, &put)) }
            </div>
        </>
    }
}

fn laid(view: &Rc<SellerView>, put: &Callback<SellerView>) -> Html {
    html! {
        <>
            <h2>{ &view.unit.name }<span class="muted num">{ format!(" {}", view.year) }</span></h2>
            { totals(view) }
            <Card title={words::DEMAND}>{ demand(view) }</Card>
            { services(view, put) }
            <Card title={words::CAPACITY}>{ capacity(view) }</Card>
            <div class="halves-wide">
                { searches(view) }
                { hurt(view) }
            </div>
            <Board view={view.clone()} put={put.clone()} />
        </>
    }
}

fn totals(view: &SellerView) -> Html {
    let totals = &view.totals;
    let ordered = totals.earned.saturating_add(totals.committed);
    let note = (totals.uncosted > 0).then(|| html! { <span>{ words::uncosted(totals.uncosted) }{ ". " }{ words::COST_HINT }</span> });
    html! {
        <div class="stats">
            <Stat label={words::EARNED} value={html! { <Money cents={totals.earned} /> }} />
            <Stat label={words::COMMITTED} value={html! { <Money cents={totals.committed} /> }} />
            <Stat label={words::COST} value={html! { <Money cents={totals.cost} /> }} note={note.unwrap_or_default()} />
            if totals.uncosted == 0 {
                <Stat label={words::LEFT_OVER} value={html! { <Money cents={ordered.saturating_sub(totals.cost)} /> }} />
            }
        </div>
    }
}
