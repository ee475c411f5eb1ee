//! Up to four packages side by side: what differs is marked, what is the same can be left out.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use shared::budget::fundfit::FundFit;
use shared::calendar::SchoolCalendar;
use shared::catalog::api::{Catalog, CatalogService, CatalogUnit, GetCatalog};
use shared::catalog::interest::Interest;
use shared::catalog::search::rating;
use shared::contract::Empty as NoQuery;
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::buyer::{Buyer, use_buyer};
use super::extras::offers;
use super::noting::use_looks;
use super::offer::{ServiceQuery, TierView, Viewer, fit, tiers};
use super::state::{COMPARED_LIMIT, joined, list, unit_of};
use super::tiers::{hint, price_with_working};
use crate::address::use_query;
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Checkbox, Chip, Crumb, Empty, IconName, PageHead, PrintButton, Rating, Skeleton, SkeletonShape, Tone,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct CompareQuery {
    /// Packages with points between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    packages: Option<String>,
    /// `only` where rows that are the same for all stay away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    differing: Option<String>,
}

/// One package with all that its column tells.
struct Compared<'a> {
    service: &'a CatalogService,
    unit: &'a CatalogUnit,
    tier: TierView,
    fit: Option<FundFit>,
}

/// A row: its name, a cell for each package, and the plain text by which cells are told apart.
struct Line {
    name: &'static str,
    cells: Vec<(Html, String)>,
}

impl Line {
    fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0].1 != pair[1].1)
    }
}

/// The page; the address holds what is compared.
#[component]
pub fn ComparePage() -> Html {
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let buyer = use_buyer();
    let today = use_session().view().map(|view| view.district.today);
    let crumbs = vec![Crumb::to(words::SHELF_TITLE, Route::Shelf), Crumb::here(words::COMPARE_TITLE)];
    html! {
        <>
            <PageHead title={words::COMPARE_TITLE} lead={html! { words::COMPARE_LEAD }} {crumbs} tools={html! { <PrintButton /> }} />
            if let Some(today) = today.filter(|_| !buyer.waiting) {
                { catalog.draw(SkeletonShape::Page, |catalog| html! { <Comparison catalog={catalog.clone()} {buyer} {today} /> }) }
            } else {
                <Skeleton />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ComparisonProps {
    catalog: Rc<Catalog>,
    buyer: Buyer,
    today: Date,
}

#[component]
fn Comparison(props: &ComparisonProps) -> Html {
    let (query, change) = use_query::<CompareQuery>();
    let facts = props.buyer.facts();
    let days = SchoolCalendar::new(props.catalog.days.clone());
    let viewer = Viewer { facts: &facts, means: props.buyer.means(), today: props.today, days: &days };
    let ids = list(query.packages.as_deref());
    let compared: Vec<Compared<'_>> = ids.iter().take(COMPARED_LIMIT).filter_map(|id| find(&props.catalog, id, &viewer)).collect();
    use_looks(compared.iter().map(|one| one.tier.package.id).collect(), Interest::Compared);
    if compared.is_empty() {
        return html! {
            <Empty title={words::NOTHING_COMPARED} text={words::NOTHING_COMPARED_TEXT} icon={IconName::GitCompare}>
                <ButtonLink to={Route::Shelf} kind={ButtonKind::Primary}>{ words::BACK_TO_SHELF }</ButtonLink>
            </Empty>
        };
    }
    let only = query.differing.is_some();
    let onchange = {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |on: bool| change.emit(CompareQuery { differing: on.then(|| "only".to_owned()), ..query.clone() }))
    };
    let has_school = props.buyer.school.is_some();
    let lines = lines(&compared, has_school, props.today).into_iter().filter(|line| !only || line.differs() || compared.len() == 1);
    html! {
        <div class="stack">
            <Checkbox name="differing" label={words::ONLY_DIFFERENCES} checked={only} {onchange} />
            <div class="card table-wrap" role="group" tabindex="0" aria-label={words::COMPARE_TITLE}>
                <table class="table compare">
                    <caption class="visually-hidden">{ words::COMPARE_LEAD }</caption>
                    <thead><tr>
                        <td></td>
                        { for compared.iter().map(|one| column_head(one, &ids, &query, &change)) }
                    </tr></thead>
                    <tbody>{ for lines.map(row) }</tbody>
                </table>
            </div>
        </div>
    }
}

fn find<'a>(catalog: &'a Catalog, id: &str, viewer: &Viewer<'_>) -> Option<Compared<'a>> {
    let service = catalog.services.iter().find(|service| service.packages.iter().any(|package| package.id.to_string() == id))?;
    let query = ServiceQuery { package: Some(id.to_owned()), ..ServiceQuery::default() };
    let tier = tiers(service, &query, viewer).into_iter().find(|tier| tier.package.id.to_string() == id)?;
    let fit = fit(service, &tier.package, &query, viewer);
    Some(Compared { service, unit: unit_of(catalog, service.unit)?, tier, fit })
}

fn column_head(one: &Compared<'_>, ids: &[String], query: &CompareQuery, change: &Callback<CompareQuery>) -> Html {
    let own = one.tier.package.id.to_string();
    let rest: Vec<String> = ids.iter().filter(|id| **id != own).cloned().collect();
    let onclick = {
        let next = CompareQuery { packages: joined(&rest), ..query.clone() };
        change.reform(move |_: MouseEvent| next.clone())
    };
    let title = &one.service.content.title;
    let to = Route::Service { id: one.service.id.to_string() };
    html! {
        <th scope="col" key={own}>
            <div class="row between compare-head">
                <span class="stack-tight"><Link<Route> {to}>{ title }</Link<Route>><span class="strong">{ &one.tier.name }</span></span>
                <Button kind={ButtonKind::Quiet} compact=true icon={IconName::X} label={words::take_out(title)} {onclick} />
            </div>
        </th>
    }
}

fn row(line: Line) -> Html {
    let differs = line.cells.len() > 1 && line.differs();
    html! {
        <tr key={line.name} class={classes!(differs.then_some("differs"))}>
            <th scope="row">{ line.name }</th>
            { for line.cells.into_iter().map(|(cell, _)| html! { <td>{ cell }</td> }) }
        </tr>
    }
}

fn offers_of(one: &Compared<'_>, today: Date) -> String {
    let offers = offers(&one.tier.package.content, today);
    if offers.is_empty() { words::NONE.to_owned() } else { offers.join("; ") }
}

fn lines(compared: &[Compared<'_>], has_school: bool, today: Date) -> Vec<Line> {
    let text = |name: &'static str, of: &dyn Fn(&Compared<'_>) -> String| Line {
        name,
        cells: compared.iter().map(|one| of(one)).map(|text| (html! { &text }, text.clone())).collect(),
    };
    let drawn = |name: &'static str, of: &dyn Fn(&Compared<'_>) -> (Html, String)| Line { name, cells: compared.iter().map(of).collect() };
    let content = |one: &Compared<'_>| one.service.content.clone();
    vec![
        drawn(words::ROW_PRICE, &|one| (price_with_working(&one.tier, has_school), format!("{:?}", one.tier.price))),
        text(words::ROW_OFFERS, &|one| offers_of(one, today)),
        drawn(words::ROW_FUNDS, &funds),
        text(words::ROW_FOR_WHOM, &|one| one.tier.package.content.for_whom.clone()),
        drawn(words::ROW_GETS, &|one| bullets(&one.tier.gets)),
        drawn(words::ROW_ADDS, &|one| bullets(&one.tier.package.content.adds)),
        text(words::OUTCOME, &|one| content(one).outcome),
        text(words::EVIDENCE, &|one| content(one).evidence),
        text(words::PREREQUISITES, &|one| content(one).prerequisites),
        drawn(words::ROW_RATING, &stars),
        text(words::ROW_ANSWER, &|one| words::school_days(one.service.content.level.reply_days)),
        text(words::ROW_NEXT_START, &|one| one.tier.start.to_words()),
        text(words::ROW_LEFT, &|one| one.tier.package.left.map_or_else(|| words::NOT_COUNTED.to_owned(), words::left_this_year)),
        text(words::ROW_CANCEL, &|one| words::terms(&one.service.content.terms)),
        text(words::ROW_UNIT, &|one| words::division_label(&one.unit.name, one.service.content.provider.as_deref())),
        text(words::ROW_CONTACT, &|one| one.unit.contact.clone()),
    ]
}

fn funds(one: &Compared<'_>) -> (Html, String) {
    let Some(fit) = &one.fit else { return (html! { words::NONE }, String::new()) };
    let payers: Vec<&str> = fit.offers.iter().filter(|offer| offer.verdict.is_yes()).map(|offer| offer.title.as_str()).collect();
    let cell = html! {
        <div class="row-tight">
            { hint(&one.tier.hint) }
            { for payers.iter().map(|fund| html! { <Chip tone={Tone::Plain}>{ super::state::short_fund(fund) }</Chip> }) }
        </div>
    };
    (cell, payers.join(", "))
}

fn bullets(lines: &[String]) -> (Html, String) {
    (html! { <ul class="bullets">{ for lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul> }, lines.join("\n"))
}

fn stars(one: &Compared<'_>) -> (Html, String) {
    let buyers = one.service.buyers;
    let tenths = rating(buyers).map(|hundredths| (hundredths + 5) / 10);
    (html! { <Rating {tenths} count={buyers.ratings} /> }, format!("{tenths:?}"))
}
