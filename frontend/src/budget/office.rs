//! The budget office: the district at a glance by fund and school, fund rules, and the exception register.

use serde::{Deserialize, Serialize};
use shared::budget::api::{DistrictBudget, GetDistrictBudget, YearQuery};
use shared::fiscal::FiscalYear;
use shared::words::budget::pages as words;
use yew::prelude::*;

use super::office_rules::RulesTab;
use super::office_tables::{ExceptionsTab, FundsTab, SchoolsTab};
use super::year::YearSelect;
use crate::address::use_query;
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{
    BudgetLine, BudgetParts, ButtonKind, ButtonLink, Card, Empty, IconName, PageHead, PrintButton, SkeletonShape, Stat, Tab, Tabs,
};

/// The tab and year shown, and what is searched for in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OfficeQuery {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tab: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// The page at `/budget-office`.
#[component]
pub fn BudgetOfficePage() -> Html {
    let (query, change) = use_query::<OfficeQuery>();
    let district = use_load::<GetDistrictBudget>((), YearQuery { year: query.year.map(FiscalYear) });
    let onyear = {
        let query = query.clone();
        change.reform(move |year: FiscalYear| OfficeQuery { year: Some(year.0), ..query.clone() })
    };
    let ontab = {
        let query = query.clone();
        change.reform(move |tab: AttrValue| OfficeQuery { tab: tab.to_string(), ..query.clone() })
    };
    let lead = district.data().map(|d| html! { d.year.to_string() }).unwrap_or_default();
    let onrules = district.reload.clone();
    html! {
        <>
            <PageHead title={words::OFFICE_TITLE} {lead} tools={html! { <PrintButton /> }} />
            { district.draw(SkeletonShape::Page, |d| html! {
                <Content district={(**d).clone()} tab={query.tab.clone()} {ontab} {onyear} {onrules} />
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    district: DistrictBudget,
    tab: String,
    ontab: Callback<AttrValue>,
    onyear: Callback<FiscalYear>,
    onrules: Callback<()>,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let d = &props.district;
    let count = |n: usize| u64::try_from(n).ok();
    let tab = |id: &'static str, label: &'static str, count: Option<u64>| Tab { id: id.into(), label: label.into(), count };
    let tabs = vec![
        tab("funds", words::TAB_FUNDS, count(d.funds.len())),
        tab("schools", words::TAB_SCHOOLS, count(d.schools.len())),
        tab("rules", words::TAB_RULES, Some(d.undecided_funds.into())),
        tab("exceptions", words::TAB_EXCEPTIONS, Some(d.exceptions.into())),
    ];
    let known = tabs.iter().any(|tab| tab.id.as_str() == props.tab);
    let selected = if known { AttrValue::from(props.tab.clone()) } else { "funds".into() };
    let panel = match selected.as_str() {
        "schools" => html! { <SchoolsTab schools={d.schools.clone()} total={d.total} year={d.year} /> },
        "rules" => html! { <RulesTab onchanged={props.onrules.clone()} /> },
        "exceptions" => html! { <ExceptionsTab year={d.year} /> },
        _ => html! { <FundsTab funds={d.funds.clone()} total={d.total} /> },
    };
    html! {
        <div class="stack-wide">
            if d.schools.is_empty() {
                <Card>
                    <Empty title={words::NO_BOOKS_TITLE} text={words::NO_BOOKS_TEXT} icon={IconName::Landmark}>
                        <ButtonLink to={Route::Imports} kind={ButtonKind::Primary}>{ words::TO_IMPORTS }</ButtonLink>
                    </Empty>
                </Card>
            } else {
                { glance(props) }
            }
            <Tabs label={words::OFFICE_TABS} {tabs} {selected} onselect={props.ontab.clone()}>{ panel }</Tabs>
        </div>
    }
}

fn glance(props: &ContentProps) -> Html {
    let d = &props.district;
    let year = html! { <YearSelect year={d.year} years={d.years.clone()} onyear={props.onyear.clone()} /> };
    let number = |n: usize| html! { <span class="num">{ n }</span> };
    let opens = |tab: &'static str, n: u32| {
        let onclick = props.ontab.reform(move |_: MouseEvent| AttrValue::from(tab));
        html! { <button type="button" class="link-button num" {onclick}>{ n }</button> }
    };
    html! {
        <Card title={words::DISTRICT_TOTAL} actions={year}>
            <div class="stack">
                <BudgetLine title={words::DISTRICT_TOTAL} parts={BudgetParts::of(&d.total)} />
                <div class="stats">
                    <Stat label={words::SCHOOLS} value={number(d.schools.len())} />
                    <Stat label={words::FUNDS} value={number(d.funds.len())} />
                    <Stat label={words::FUNDS_TO_DECIDE} value={opens("rules", d.undecided_funds)} />
                    <Stat label={words::OPEN_EXCEPTIONS} value={opens("exceptions", d.exceptions)} />
                </div>
            </div>
        </Card>
    }
}
