//! The shelf: the whole catalog in the browser, searched and narrowed at each key, priced for the school.

use std::rc::Rc;

use shared::catalog::api::{AlikeShelf, Catalog, GetAlikeShelf, GetCatalog};
use shared::catalog::search::{Found, Index, Sort};
use shared::contract::Empty as NoQuery;
use shared::id::SchoolId;
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;

use super::buyer::{Buyer, use_buyer};
use super::card::ServiceCard;
use super::filters::{chips, facets};
use super::groups::{Grouping, by_alike, by_goals};
use super::keys::{enter_cards, move_among};
use super::state::{COMPARED_LIMIT, Cards, ShelfQuery};
use crate::address::{PathLink, use_query};
use crate::later::{Later, Part, Piece};
use crate::load::{use_load, use_load_if};
use crate::session::use_session;
use crate::ui::{Button, Choice, Empty, IconName, Notice, PageHead, SearchBox, Select, Skeleton, SkeletonShape};

/// Cards drawn at once; the rest follows on demand, so that a key costs little also with thousands of packages.
const CARDS_AT_ONCE: usize = 24;
/// A group shows this part of them at first, so that the next group is not far.
const GROUP_SHARE: usize = 4;

/// Search, filters, cards.
#[component]
pub fn ShelfPage() -> Html {
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let buyer = use_buyer();
    let today = use_session().view().map(|view| view.district.today);
    match today {
        Some(today) if !buyer.waiting => catalog.draw(SkeletonShape::Page, |catalog| {
            html! { <Shelf catalog={catalog.clone()} buyer={buyer.clone()} {today} /> }
        }),
        _ => html! { <><PageHead title={words::SHELF_TITLE} /><Skeleton /></> },
    }
}

#[derive(Properties, PartialEq)]
struct ShelfProps {
    catalog: Rc<Catalog>,
    buyer: Buyer,
    today: Date,
}

#[component]
fn Shelf(props: &ShelfProps) -> Html {
    let (query, change) = use_query::<ShelfQuery>();
    let shown = use_state(|| CARDS_AT_ONCE);
    let filters_open = use_state(has_room);
    let index = use_memo((props.catalog.clone(), props.buyer.clone(), props.today), |(catalog, buyer, today)| {
        Index::new(catalog, buyer.shopper().as_ref(), *today)
    });
    let alike = use_load_if::<GetAlikeShelf>(of_alike(&query, &props.buyer));
    let found = index.find(&query.to_search());
    let oninput = {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |words: String| change.emit(query.with_words(&words)))
    };
    let lead = words::shelf_lead(
        &words::packages_of(found.packages, index.package_count()),
        found.services.len(),
        props.buyer.school.as_ref().map(|school| school.name.as_str()),
    );
    if props.catalog.services.is_empty() {
        return html! { <><PageHead title={words::SHELF_TITLE} /><Empty title={words::SHELF_EMPTY} text={words::SHELF_EMPTY_TEXT} icon={IconName::Package} /></> };
    }
    html! {
        <>
            <PageHead title={words::SHELF_TITLE} lead={html! { <span role="status">{ lead }</span> }} tools={compare_link(&query)} />
            <div class="side">
                <details class="shelf-filters" open={*filters_open}>
                    <summary>{ words::filters_in_force(query.count()) }</summary>
                    <div class="shelf-memory"><Later part={Part::Service} piece={Piece::SavedFilters(found.packages)} shape={SkeletonShape::Lines} /></div>
                    { facets(&index, &found, &query, &change) }
                </details>
                <div class="stack">
                    <div onkeydown={Callback::from(|event| enter_cards(&event))}>
                        <SearchBox id="shelf-search" full=true label={words::SHELF_SEARCH} value={query.q.clone().unwrap_or_default()} {oninput} />
                    </div>
                    <div class="row between wrap shelf-tools">
                        { chips(&index, &query, &change) }
                        { order(&query, &change, &props.buyer) }
                    </div>
                    { results(props, &index, &found, &Asked { query: &query, change: &change, shown: &shown, alike: alike.data().map(|alike| &**alike) }) }
                    if let Some(wanted) = query.q.clone().filter(|wanted| !wanted.trim().is_empty()) {
                        <Later part={Part::Service} piece={Piece::FoundAnswers(wanted)} shape={SkeletonShape::Lines} />
                    }
                    <Later part={Part::Service} piece={Piece::RecentlySeen} shape={SkeletonShape::Lines} />
                </div>
            </div>
        </>
    }
}

/// What schools alike bought is asked for only where somebody wants it.
fn of_alike(query: &ShelfQuery, buyer: &Buyer) -> Option<(SchoolId, NoQuery)> {
    let wanted = query.grouping() == Some(Grouping::Alike) && buyer.budget.is_some();
    buyer.school.as_ref().filter(|_| wanted).map(|school| (school.id, NoQuery {}))
}

/// Whether the filters fit beside the results; on a phone they begin closed.
fn has_room() -> bool {
    web_sys::window().and_then(|window| window.match_media("(min-width: 901px)").ok().flatten()).is_none_or(|wide| wide.matches())
}

fn compare_link(query: &ShelfQuery) -> Html {
    let packages = query.compared();
    if packages.is_empty() {
        return Html::default();
    }
    let to = format!("/compare?packages={}", packages.join("."));
    html! { <PathLink {to} class="button">{ words::compare_count(packages.len()) }</PathLink> }
}

fn order(query: &ShelfQuery, change: &Callback<ShelfQuery>, buyer: &Buyer) -> Html {
    let has_goals = buyer.plan.as_ref().is_some_and(|plan| !plan.is_empty());
    let has_school = buyer.budget.is_some();
    let onsort = {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |sort: String| {
            change.emit(ShelfQuery { sort: Some(sort).filter(|sort| sort != Sort::Fit.name()), ..query.clone() })
        })
    };
    let ongroup = {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |group: String| {
            change.emit(ShelfQuery { group: Some(group).filter(|group| !group.is_empty()), ..query.clone() })
        })
    };
    let sorts: Vec<Choice> = Sort::ALL.into_iter().map(|sort| Choice::new(sort.name(), words::sort_title(sort, has_goals))).collect();
    let mut groups = vec![Choice::new("", words::GROUP_NONE)];
    groups.extend(has_goals.then(|| Choice::new(Grouping::Goals.name(), words::GROUP_GOALS)));
    groups.extend(has_school.then(|| Choice::new(Grouping::Alike.name(), words::GROUP_ALIKE)));
    html! {
        <div class="row shelf-order">
            if has_school { <Select name="group" label={words::GROUP_BY} value={query.group.clone().unwrap_or_default()} choices={groups} onchange={ongroup} /> }
            <Select name="sort" label={words::SORT_BY} value={query.sort().name()} choices={sorts} onchange={onsort} />
        </div>
    }
}

/// What is asked for now, and how to ask for something else.
struct Asked<'a> {
    query: &'a ShelfQuery,
    change: &'a Callback<ShelfQuery>,
    shown: &'a UseStateHandle<usize>,
    /// What schools alike bought, once it is wanted and there.
    alike: Option<&'a AlikeShelf>,
}

fn results(props: &ShelfProps, index: &Index, found: &Found, asked: &Asked<'_>) -> Html {
    if found.services.is_empty() {
        let next = asked.query.cleared();
        let onclick = asked.change.reform(move |_: MouseEvent| next.clone());
        return html! {
            <Empty title={words::NOTHING_FOUND} text={words::NOTHING_FOUND_TEXT} icon={IconName::Search}>
                <Button {onclick}>{ words::CLEAR_ALL }</Button>
            </Empty>
        };
    }
    let cards = Cards {
        catalog: &props.catalog,
        index,
        facts: props.buyer.facts(),
        today: props.today,
        unrestricted: props.buyer.unrestricted(),
        has_school: props.buyer.budget.is_some(),
    };
    let limit = **asked.shown;
    let groups = match (asked.query.grouping(), asked.alike) {
        (Some(Grouping::Goals), _) => by_goals(index, found, props.buyer.plan.as_deref().map_or(&[], Vec::as_slice)),
        (Some(Grouping::Alike), Some(alike)) if alike.schools > 0 => by_alike(&props.catalog, found, alike),
        (Some(Grouping::Alike), Some(_)) => {
            let all = section(props, &cards, (&found.services, limit), asked);
            return html! { <><Notice>{ words::NO_ALIKE }</Notice>{ all }</> };
        }
        (Some(Grouping::Alike) | None, _) => return section(props, &cards, (&found.services, limit), asked),
    };
    html! { <>{ for groups.into_iter().map(|group| html! {
        <section class="stack" key={group.title.clone()} aria-label={group.title.clone()}>
            <h2>{ &group.title }<span class="muted num">{ format!(" {}", group.services.len()) }</span></h2>
            if !group.note.is_empty() { <p class="small muted">{ group.note }</p> }
            { section(props, &cards, (&group.services, limit / GROUP_SHARE), asked) }
        </section>
    }) }</> }
}

/// The first cards of a list, and a way to more.
fn section(props: &ShelfProps, cards: &Cards<'_>, (services, limit): (&[usize], usize), asked: &Asked<'_>) -> Html {
    let rest = services.len().saturating_sub(limit);
    let onmore = {
        let shown = asked.shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + CARDS_AT_ONCE))
    };
    html! {
        <section class="stack" aria-label={words::RESULTS}>
            if asked.query.grouping().is_none() { <h2 class="visually-hidden">{ words::RESULTS }</h2> }
            { grid(props, cards, &services[..services.len().min(limit)], asked) }
            if rest > 0 { <Button onclick={onmore}>{ words::show_more(rest.min(CARDS_AT_ONCE)) }</Button> }
        </section>
    }
}

fn grid(props: &ShelfProps, cards: &Cards<'_>, services: &[usize], asked: &Asked<'_>) -> Html {
    let compared = asked.query.compared();
    let oncompare = {
        let (query, change) = (asked.query.clone(), asked.change.clone());
        Callback::from(move |(package, on): (String, bool)| change.emit(query.with_compared(&package, on)))
    };
    let school = props.buyer.short_name().map(|name| AttrValue::from(name.to_owned()));
    // A card's key is its place: with each letter typed other services stand there, and to change words costs the browser far less than
    // to take 24 cards down and build others.
    let shown = services.iter().filter_map(|number| cards.card(*number)).enumerate().map(|(place, card)| {
        let is_compared = compared.contains(&card.package);
        html! {
            <ServiceCard key={place} card={card.clone()} school={school.clone()} compared={is_compared}
                compare_full={compared.len() >= COMPARED_LIMIT} oncompare={oncompare.clone()} />
        }
    });
    html! { <div class="auto-grid shelf-grid" onkeydown={Callback::from(|event| move_among(&event))}>{ for shown }</div> }
}
