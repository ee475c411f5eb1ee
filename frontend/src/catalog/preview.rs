//! A draft as a school would see it: the very card and columns of the shelf, with that school's prices; and what they mean.

use std::rc::Rc;

use shared::budget::api::SchoolView;
use shared::calendar::SchoolCalendar;
use shared::catalog::api::{Buyers, CatalogPackage, CatalogService, CatalogUnit, PackageDraft, ServiceDraft};
use shared::catalog::costing::smallest_and_largest;
use shared::catalog::price;
use shared::fiscal::FiscalYear;
use shared::id::{Id as _, PackageId, ServiceId};
use shared::words::catalog as words;
use yew::prelude::*;

use super::editor_cost::Meaning;
use super::offer::{ServiceQuery, Viewer, tiers};
use super::state::short_school;
use super::tiers::{Actions, tier_columns};
use crate::session::use_session;
use crate::ui::{Card, Chip, Choice, Segments, Select, Tone};

#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    pub unit: CatalogUnit,
    pub year: FiscalYear,
    pub draft: Rc<ServiceDraft>,
    /// The district's schools, to look as one of them.
    pub schools: Rc<Vec<SchoolView>>,
}

/// Follows every key.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let wanted = use_state(String::new);
    let today = use_session().view().map(|view| view.district.today);
    let all = &props.schools;
    let pick = use_state(|| Pick::Small);
    let both = smallest_and_largest(all.iter().map(|school| &school.facts));
    let own = all.iter().find(|school| school.id.to_string() == *wanted);
    let school = match (*pick, both) {
        (Pick::Small, Some((small, _))) => all.get(small),
        (Pick::Large, Some((_, large))) => all.get(large),
        (Pick::Own, _) | (Pick::Small | Pick::Large, None) => own.or_else(|| all.first()),
    };
    let facts = school.map(|school| school.facts).unwrap_or_default();
    let service = as_published(props);
    let onchange = {
        let (wanted, pick) = (wanted.clone(), pick.clone());
        Callback::from(move |id: String| {
            wanted.set(id);
            pick.set(Pick::Own);
        })
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
                { picks(&pick) }
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
            <Meaning draft={props.draft.clone()} schools={props.schools.clone()} {today} />
        </>
    }
}

/// Through whose eyes the draft is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pick {
    Small,
    Large,
    Own,
}

impl Pick {
    const ALL: [Self; 3] = [Self::Small, Self::Large, Self::Own];

    const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
            Self::Own => "own",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Small => words::PICK_SMALL,
            Self::Large => words::PICK_LARGE,
            Self::Own => words::PICK_OWN,
        }
    }
}

fn picks(pick: &UseStateHandle<Pick>) -> Html {
    let choices: Vec<Choice> = Pick::ALL.iter().map(|one| Choice::new(one.name(), one.title())).collect();
    let onchange = {
        let pick = pick.clone();
        Callback::from(move |name: AttrValue| pick.set(Pick::ALL.into_iter().find(|one| one.name() == name.as_str()).unwrap_or(Pick::Own)))
    };
    html! { <Segments name="preview-pick" label={words::PREVIEW_PICK} value={pick.name()} {choices} {onchange} /> }
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
