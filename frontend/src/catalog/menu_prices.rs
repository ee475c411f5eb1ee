//! Changing the prices of an edition together: by how much, rounded to what, and what it means for a small and a large school.

use std::rc::Rc;

use shared::budget::api::{ListSchools, SchoolView};
use shared::catalog::PriceModel;
use shared::catalog::api::{ChangePrices, GetMenu, MenuService, MenuView, PackageContent, PackageDraft, PriceChange};
use shared::catalog::costing::smallest_and_largest;
use shared::catalog::edition::EditionCommand;
use shared::catalog::edition::reprice::{Moved, Repricing, Rounding};
use shared::catalog::edition::{changes, turn};
use shared::catalog::price::usual_price;
use shared::contract::Empty as NoQuery;
use shared::id::ServiceId;
use shared::money::{BasisPoints, Cents};
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;

use super::menu::MenuQuery;
use super::offer::tier_name;
use super::state::short_school;
use crate::address::{self, use_query};
use crate::api::Call;
use crate::form::use_sender;
use crate::load::{use_load, use_load_if};
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Checkbox, Choice, Column, Crumb, Empty, IconName, Notice, PageHead, PrintButton, Row, Select, SkeletonShape,
    Table, TextField, TextKind, Tone, use_toasts,
};

/// For the unit's head; the address holds the edition.
#[component]
pub fn MenuPricesPage() -> Html {
    let session = use_session();
    let (query, _) = use_query::<MenuQuery>();
    let menu = use_load_if::<GetMenu>(session.unit().map(|unit| (unit.id, query.edition())));
    let schools = use_load::<ListSchools>((), NoQuery {});
    let today = session.view().map(|view| view.district.today);
    let crumbs = vec![Crumb::to(words::MENU_TITLE, Route::Menu), Crumb::here(words::PRICES_TITLE)];
    let tools = html! { <PrintButton /> };
    html! {
        <>
            <PageHead title={words::PRICES_TITLE} {crumbs} {tools} lead={html! { words::PRICES_HINT }} />
            { menu.draw(SkeletonShape::Page, |menu| {
                let (Some(schools), Some(today)) = (schools.data(), today) else { return Html::default() };
                html! { <Prices key={menu.version} menu={menu.clone()} schools={schools.clone()} {today} /> }
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PricesProps {
    menu: Rc<MenuView>,
    schools: Rc<Vec<SchoolView>>,
    today: Date,
}

/// A tier whose price the unit sets itself.
fn own_price(content: &PackageContent) -> bool {
    !matches!(
        content.price,
        PriceModel::Included | PriceModel::Quote | PriceModel::Brokered { .. } | PriceModel::CostPlus { cost: None, .. }
    )
}

#[component]
fn Prices(props: &PricesProps) -> Html {
    let toasts = use_toasts();
    let by = use_state(|| "3".to_owned());
    let to = use_state(|| Rounding::FiveDollars);
    let left_out = use_state(Vec::<ServiceId>::new);
    let sender = use_sender::<ChangePrices>(Callback::from(move |view: MenuView| {
        toasts.say(words::PRICES_CHANGED);
        address::open(&words::edition_link(view.id));
    }));
    let services: Vec<&MenuService> =
        props.menu.services.iter().filter(|service| service.draft.packages.iter().any(|package| own_price(&package.content))).collect();
    if services.is_empty() {
        return html! { <Empty title={words::PRICES_TITLE} text={words::NO_PRICES} icon={IconName::Scale} /> };
    }
    let change = share(&by).map(|by| Repricing { by, to: *to });
    let chosen: Vec<ServiceId> = services.iter().map(|service| service.id).filter(|id| !left_out.contains(id)).collect();
    let blocked = turn(props.menu.state, EditionCommand::Change).err();
    let refusal = blocked.or(change.is_none().then_some(words::WRITE_A_PERCENTAGE)).or(chosen.is_empty().then_some(words::CHOOSE_SERVICES));
    let onclick = {
        let (sender, id, version, chosen) = (sender.clone(), props.menu.id, props.menu.version, chosen.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(change) = change else { return };
            sender.send(Call::to(id).body(PriceChange { version, by: change.by, to: change.to, services: chosen.clone() }));
        })
    };
    let toggle = |id: ServiceId| {
        let left_out = left_out.clone();
        Callback::from(move |on: bool| {
            let mut next: Vec<ServiceId> = left_out.iter().copied().filter(|known| *known != id).collect();
            if !on {
                next.push(id);
            }
            left_out.set(next);
        })
    };
    let roundings: Vec<Choice> = Rounding::ALL.iter().map(|it| Choice::new(it.name(), it.title())).collect();
    let (set_by, set_to) = (by.clone(), to.clone());
    html! {
        <div class="stack-wide">
            <Card>
                <div class="stack">
                    if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                    <div class="fields-2">
                        <TextField name="by" label={words::CHANGE_BY} value={(*by).clone()} unit={words::PERCENT} kind={TextKind::Number}
                            oninput={Callback::from(move |text| set_by.set(text))} />
                        <Select name="to" label={words::ROUND_TO} value={to.name()} choices={roundings}
                            onchange={Callback::from(move |name: String| set_to.set(Rounding::parse(&name).unwrap_or(Rounding::Cent)))} />
                    </div>
                    <div class="row wrap">
                        { for services.iter().map(|service| html! {
                            <Checkbox name={format!("service-{}", service.id)} label={service.draft.content.title.clone()}
                                checked={!left_out.contains(&service.id)} onchange={toggle(service.id)} />
                        }) }
                    </div>
                    <div><Button kind={ButtonKind::Primary} busy={sender.busy()} refusal={refusal.map(AttrValue::from)} {onclick}>{ words::CHANGE_PRICES }</Button></div>
                </div>
            </Card>
            <Card title={words::PRICES_NOW} flush=true>{ table(props, &services, change, &chosen) }</Card>
        </div>
    }
}

/// A signed percentage: `3`, `-2.5`.
fn share(text: &str) -> Option<BasisPoints> {
    let text = text.trim().trim_end_matches('%').trim();
    let (sign, digits) = text.strip_prefix(['-', '−']).map_or((1, text), |rest| (-1, rest));
    digits.parse::<Cents>().ok().map(|hundredths| BasisPoints(sign * hundredths.get())).filter(|by| by.0 != 0)
}

/// Tier by tier: the price as it is, as it would be, and what that is for the smallest and the largest school.
fn table(props: &PricesProps, services: &[&MenuService], change: Option<Repricing>, chosen: &[ServiceId]) -> Html {
    let both = smallest_and_largest(props.schools.iter().map(|school| &school.facts));
    let both: Vec<&SchoolView> =
        both.into_iter().flat_map(|(small, large)| [small, large]).filter_map(|at| props.schools.get(at)).collect();
    let mut columns = vec![
        Column::text("tier", words::SERVICE_AND_TIER),
        Column::text("before", words::OLD_PRICE),
        Column::text("new", words::NEW_PRICE),
    ];
    let name = |school: &SchoolView| words::for_students(short_school(&school.name), school.facts.enrollment);
    columns.extend(["small", "large"].into_iter().zip(&both).map(|(key, school)| Column::amount(key, name(school))));
    let mut rows = Vec::new();
    for service in services {
        for package in service.draft.packages.iter().filter(|package| own_price(&package.content)) {
            let change = change.filter(|_| chosen.contains(&service.id));
            rows.push(row(service, package, change, (&both, props.today)));
        }
    }
    html! { <Table caption={words::PRICES_NOW} {columns} {rows} /> }
}

fn row(service: &MenuService, package: &PackageDraft, change: Option<Repricing>, (schools, today): (&[&SchoolView], Date)) -> Row {
    let old = earlier(service, package).unwrap_or(&package.content);
    let new = change.map_or_else(
        || package.content.clone(),
        |change| PackageContent {
            price: change.model(&package.content.price),
            extras: change.extras(&package.content.extras),
            ..package.content.clone()
        },
    );
    let mut cells = vec![
        html! { <>{ &service.draft.content.title }<br /><span class="tiny muted">{ tier_name(&package.content) }</span></> },
        html! { changes::model(&old.price) },
        html! { changes::model(&new.price) },
    ];
    cells.extend(schools.iter().map(|school| {
        let price = |content: &PackageContent| usual_price(content, &school.facts, today).map(|priced| priced.total);
        match (price(old), price(&new)) {
            (Ok(before), Ok(after)) => {
                let moved = Moved::between(before, after);
                html! { <>{ after.to_string() }<br /><span class="tiny muted">{ words::moved(moved.by, moved.share) }</span></> }
            }
            (Err(error), _) | (Ok(_), Err(error)) => html! { <span class="tiny muted">{ error.message() }</span> },
        }
    }));
    Row::new(format!("{}-{}", service.id, package.content.tier.name()), cells)
}

/// The same tier as schools paid for it before: what was published last, or last year's.
fn earlier<'a>(service: &'a MenuService, package: &PackageDraft) -> Option<&'a PackageContent> {
    let before = service.before.as_ref()?;
    let known = |same: &dyn Fn(&PackageContent) -> bool| before.packages.iter().map(|known| &known.content).find(|known| same(known));
    known(&|known| known.shown_name() == package.content.shown_name()).or_else(|| known(&|known| known.tier == package.content.tier))
}
