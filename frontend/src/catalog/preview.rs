//! A draft as a school would see it: the very card and columns of the shelf, with that school's prices; and the break-even.

use std::rc::Rc;

use shared::budget::api::{ListSchools, SchoolView};
use shared::calendar::SchoolCalendar;
use shared::catalog::api::{Buyers, CatalogPackage, CatalogService, CatalogUnit, PackageDraft, ServiceDraft};
use shared::catalog::{PriceModel, SchoolFacts, price};
use shared::contract::Empty as NoQuery;
use shared::fiscal::FiscalYear;
use shared::id::{Id as _, PackageId, ServiceId};
use shared::money::Cents;
use shared::words::catalog as words;
use yew::prelude::*;

use super::offer::{ServiceQuery, Viewer, tier_name, tiers};
use super::state::short_school;
use super::tiers::{Actions, tier_columns};
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{Card, Chip, Choice, Select, TextField, TextKind, Tone};

#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    pub unit: CatalogUnit,
    pub year: FiscalYear,
    pub draft: Rc<ServiceDraft>,
}

/// Follows every key.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let schools = use_load::<ListSchools>((), NoQuery {});
    let wanted = use_state(String::new);
    let today = use_session().view().map(|view| view.district.today);
    let all: &[SchoolView] = schools.data().map(|schools| schools.as_slice()).unwrap_or_default();
    let school = all.iter().find(|school| school.id.to_string() == *wanted).or_else(|| all.first());
    let facts = school.map(|school| school.facts).unwrap_or_default();
    let service = as_published(props);
    let onchange = {
        let wanted = wanted.clone();
        Callback::from(move |id: String| wanted.set(id))
    };
    let choices: Vec<Choice> = all.iter().map(|school| Choice::new(school.id.to_string(), school_label(school))).collect();
    let value = school.map(|school| school.id.to_string()).unwrap_or_default();
    let Some(today) = today else { return Html::default() };
    let columns = tiers(&service, &ServiceQuery::default(), &Viewer { facts: &facts, means: None, today, days: &SchoolCalendar::EMPTY });
    let nothing = Actions {
        choose: Callback::noop(),
        quantity: Callback::noop(),
        choices: Callback::noop(),
        facts,
        today,
        ask: None,
        add: Callback::noop(),
        busy: false,
        may_add: false,
        in_cart: Vec::new(),
    };
    let card_price = price::from_price(service.packages.iter().map(|package| &package.content), &facts, today);
    html! {
        <>
            <Card title={words::PREVIEW}>
                <Select name="preview-school" label={words::PREVIEW_SCHOOL} {value} {choices} {onchange} />
                <article class="card service-card">
                    <div class="row between"><Chip tone={Tone::Board}>{ words::division_label(props.unit.division.title(), service.content.provider.as_deref()) }</Chip></div>
                    <h3>{ title(&props.draft) }</h3>
                    <p class="small muted">{ &service.content.value_statement }</p>
                    <p class="service-card-price">
                        <b class="num">{ words::card_price(&card_price) }</b>
                        if let Some(school) = school { <span class="small muted">{ " " }{ words::for_school(short_school(&school.name)) }</span> }
                    </p>
                </article>
                <div class="preview-tiers">{ tier_columns(&columns, None, &nothing, school.is_some()) }</div>
            </Card>
            <BreakEven draft={props.draft.clone()} {facts} />
        </>
    }
}

fn school_label(school: &SchoolView) -> String {
    format!("{} ({})", school.name, words::students(school.facts.enrollment))
}

fn title(draft: &ServiceDraft) -> &str {
    if draft.content.title.is_empty() { words::PREVIEW_UNTITLED } else { &draft.content.title }
}

/// The draft as if it were on the shelf.
fn as_published(props: &PreviewProps) -> CatalogService {
    let package = |(at, package): (usize, &PackageDraft)| CatalogPackage {
        id: package.id.unwrap_or_else(|| PackageId::from_bits(u128::try_from(at).unwrap_or_default())),
        version: 0,
        content: package.content.clone(),
        left: None,
        parts: Vec::new(),
    };
    CatalogService {
        id: ServiceId::from_bits(0),
        unit: props.unit.id,
        menu_year: props.year,
        content: props.draft.content.clone(),
        packages: props.draft.packages.iter().enumerate().map(package).collect(),
        buyers: Buyers::default(),
    }
}

#[derive(Properties, PartialEq)]
struct BreakEvenProps {
    draft: Rc<ServiceDraft>,
    facts: SchoolFacts,
}

/// How many orders of each tier carry what offering the service costs. The cost is only for this sum; it is not kept.
#[component]
fn BreakEven(props: &BreakEvenProps) -> Html {
    let cost = use_state(String::new);
    let oninput = {
        let cost = cost.clone();
        Callback::from(move |text: String| cost.set(text))
    };
    let sum: Option<Cents> = cost.parse().ok().filter(|sum: &Cents| sum.get() > 0);
    let paid = props.draft.packages.iter().filter(|package| package.content.price != PriceModel::Included);
    html! {
        <Card title={words::BREAK_EVEN}>
            <TextField name="yearly-cost" label={words::YEARLY_COST} hint={words::YEARLY_COST_HINT} kind={TextKind::Money} optional=true
                value={(*cost).clone()} {oninput} />
            if let Some(sum) = sum {
                { for paid.map(|package| html! {
                    <p class="line-item"><b>{ tier_name(&package.content) }</b><span>{ carried(package, &props.facts, sum) }</span></p>
                }) }
            }
        </Card>
    }
}

fn carried(package: &PackageDraft, facts: &SchoolFacts, cost: Cents) -> String {
    let model = &package.content.price;
    let one = match price::price(model, price::default_quantity(model), facts) {
        Ok(priced) if priced.total.get() > 0 => priced.total.get(),
        Ok(_) => return words::NEVER_BREAKS_EVEN.to_owned(),
        Err(error) => return error.message(),
    };
    let orders = (cost.get() + one - 1) / one;
    let capacity = package.content.capacity;
    if capacity.is_some_and(|capacity| orders > i64::from(capacity)) {
        words::NEVER_BREAKS_EVEN.to_owned()
    } else {
        words::break_even(orders, capacity)
    }
}
