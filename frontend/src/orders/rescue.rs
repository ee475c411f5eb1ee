//! “Plans changed?”: hand the rest back, give it to another school, or swap it; what it does to the money stands there first.

use std::rc::Rc;

use shared::catalog::api::{Catalog, GetCatalog};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::money::Cents;
use shared::orders::api::{
    GetRescue, HandBackUnits, HandingBack, NewGift, OfferGift, OrderView, PreviewSwap, RescueView, Swap, SwapPreview, SwapQuery, SwapRest,
};
use shared::orders::rescue::HandBack;
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::{use_load, use_load_if};
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, Card, Choice, Column, ErrorSummary, Money, Notice, Row, Segments, Select, SkeletonShape, Table, TextArea, TextField,
    TextKind, Tone,
};

#[derive(Properties, PartialEq)]
pub struct RescueCardProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
}

/// The three ways, one at a time.
#[component]
pub fn RescueCard(props: &RescueCardProps) -> Html {
    let loaded = use_load::<GetRescue>(props.order.summary.id, NoQuery {});
    let way = use_state(|| AttrValue::from("hand_back"));
    let onway = {
        let way = way.clone();
        Callback::from(move |value: AttrValue| way.set(value))
    };
    // Each change of the order is another rest.
    {
        let refresh = loaded.refresh();
        use_effect_with(props.order.version, move |_| refresh.emit(()));
    }
    let choices = vec![Choice::new("hand_back", words::HAND_BACK), Choice::new("give", words::GIVE), Choice::new("swap", words::SWAP)];
    html! {
        <Card title={words::RESCUE} subtitle={words::RESCUE_LEAD}>
            { loaded.draw(SkeletonShape::Page, |view: &Rc<RescueView>| {
                let (order, onchanged, put) = (props.order.clone(), props.onchanged.clone(), loaded.put());
                let word = words::unit_word(view.measure, !view.rest.periods.is_empty());
                let left = view.rest.left();
                let body = match way.as_str() {
                    "give" => html! { <Give view={view.clone()} {put} {word} /> },
                    "swap" => html! { <SwapForm {order} {onchanged} /> },
                    _ => html! { <Back view={view.clone()} {onchanged} {word} /> },
                };
                html! {
                    <div class="stack">
                        if view.may {
                            <p class="small">{ words::left_to_change(&words::counted(left, word), view.rest.value_of(left)) }</p>
                            <Segments name="way" label={words::RESCUE} value={(*way).clone()} {choices} onchange={onway} />
                            { body }
                        } else {
                            <p class="small muted">{ &view.why_not }</p>
                        }
                        if !view.gifts.is_empty() { <p class="small"><Link<Route> to={Route::Gifts}>{ words::GIFTS }</Link<Route>></p> }
                    </div>
                }
            }) }
        </Card>
    }
}

/// The money before and after, line by line.
fn money(rows: &[(&'static str, Cents, Cents)]) -> Html {
    let columns = vec![Column::text("what", words::MONEY), Column::amount("before", words::BEFORE), Column::amount("after", words::AFTER)];
    let row = |(what, before, after): &(&'static str, Cents, Cents)| {
        Row::new(*what, vec![html! { { *what } }, html! { <Money cents={*before} /> }, html! { <Money cents={*after} /> }])
    };
    html! { <Table caption={words::MONEY} {columns} rows={rows.iter().map(row).collect::<Vec<_>>()} /> }
}

#[derive(Properties, PartialEq)]
struct BackProps {
    view: Rc<RescueView>,
    onchanged: Callback<OrderView>,
    word: &'static str,
}

/// How many go back, and what that frees.
#[component]
fn Back(props: &BackProps) -> Html {
    let view = &props.view;
    let form = use_form(&[("units", "1"), ("reason", "")]);
    let sender = use_sender::<HandBackUnits>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(&[("units", words::HAND_BACK_UNITS), ("reason", words::REASON)]);
    let units: u32 = form.text("units").trim().parse().unwrap_or(0);
    let value = view.rest.value_of(units.min(view.rest.left()));
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), view.order, view.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(Call::to(id).body(HandingBack { version, units, value, reason: form.text("reason").to_string() }));
        })
    };
    let open = matches!(view.hand_back, HandBack::Until { .. });
    html! {
        <div class="stack">
            <p class="small">{ words::hand_back_words(view.hand_back) }</p>
            if open {
                <form class="form" {onsubmit} novalidate=true>
                    <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                    <TextField name="units" label={format!("{} ({}s)", words::HAND_BACK_UNITS, props.word)} kind={TextKind::Number} value={form.text("units")}
                        oninput={form.typing("units")} error={form.error("units")} />
                    { money(&[
                        (words::THIS_ORDER, view.rest.price, view.rest.price.saturating_sub(value)),
                        (words::BECOMES_FREE, Cents::ZERO, value),
                    ]) }
                    <TextArea name="reason" label={words::REASON} hint={words::REASON_HINT} rows=2 value={form.text("reason")} oninput={form.typing("reason")}
                        error={form.error("reason")} />
                    <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::HAND_BACK }</Button></div>
                </form>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct GiveProps {
    view: Rc<RescueView>,
    put: Callback<RescueView>,
    word: &'static str,
}

/// To which school, how many, and what that would free once it agrees.
#[component]
fn Give(props: &GiveProps) -> Html {
    let view = &props.view;
    let form = use_form(&[("school", ""), ("units", "1"), ("reason", "")]);
    let sender = use_sender::<OfferGift>(props.put.clone());
    let form = form.showing(sender.failure()).labelled(&[("school", words::GIVE_TO), ("units", words::HAND_BACK_UNITS), ("reason", words::REASON)]);
    let units: u32 = form.text("units").trim().parse().unwrap_or(0);
    let value = view.rest.value_of(units.min(view.rest.left()));
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), view.order, view.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match form.text("school").parse() {
                Ok(school) => sender.send(Call::to(id).body(NewGift { version, school, units, reason: form.text("reason").to_string() })),
                Err(_) => form.refuse(vec![FieldError::new("school", words::SAME_SCHOOL)]),
            }
        })
    };
    let schools: Vec<Choice> = view.schools.iter().map(|school| Choice::new(school.id.to_string(), school.name.clone())).collect();
    html! {
        <form class="form" {onsubmit} novalidate=true>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                <Select name="school" label={words::GIVE_TO} value={form.text("school")} choices={schools} onchange={form.typing("school")}
                    error={form.error("school")} />
                <TextField name="units" label={format!("{} ({}s)", words::HAND_BACK_UNITS, props.word)} kind={TextKind::Number} value={form.text("units")}
                    oninput={form.typing("units")} error={form.error("units")} />
            </div>
            { money(&[
                (words::THIS_ORDER, view.rest.price, view.rest.price.saturating_sub(value)),
                (words::BECOMES_FREE, Cents::ZERO, value),
            ]) }
            <p class="small muted">{ words::NOTHING_MOVED_YET }</p>
            <TextArea name="reason" label={words::REASON} hint={words::REASON_HINT} rows=2 value={form.text("reason")} oninput={form.typing("reason")}
                error={form.error("reason")} />
            <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::GIVE }</Button></div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct SwapProps {
    order: Rc<OrderView>,
    onchanged: Callback<OrderView>,
}

/// For which package: the server shows price, approval and what stands in the way before anything is done.
#[component]
fn SwapForm(props: &SwapProps) -> Html {
    let order = &props.order;
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let form = use_form(&[("package", ""), ("quantity", "1"), ("reason", "")]);
    let navigator = use_navigator();
    let onswapped = {
        let onchanged = props.onchanged.clone();
        Callback::from(move |view: OrderView| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Order { id: view.summary.id.to_string() });
            }
            onchanged.emit(view);
        })
    };
    let sender = use_sender::<SwapRest>(onswapped);
    let form = form.showing(sender.failure()).labelled(&[("package", words::SWAP_FOR), ("quantity", words::QUANTITY), ("reason", words::REASON)]);
    let id = order.summary.id;
    let asked = form.text("package").parse().ok().zip(form.text("quantity").trim().parse::<u32>().ok().filter(|many| *many > 0));
    let preview = use_load_if::<PreviewSwap>(asked.map(|(package, quantity)| (id, SwapQuery { package: Some(package), quantity })));
    let seen = preview.data().cloned();
    let onsubmit = {
        let (form, sender, version, seen) = (form.clone(), sender.clone(), order.version, seen.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match (asked, &seen) {
                (Some((package, quantity)), Some(seen)) => {
                    let body = Swap { version, package, quantity, price: seen.price, reason: form.text("reason").to_string() };
                    sender.send(Call::to(id).body(body));
                }
                (Some(_) | None, _) => form.refuse(vec![FieldError::new("package", words::SAME_PACKAGE)]),
            }
        })
    };
    let packages = catalog.data().map(|catalog| packages(catalog, order)).unwrap_or_default();
    html! {
        <form class="form" {onsubmit} novalidate=true>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                <Select name="package" label={words::SWAP_FOR} value={form.text("package")} choices={packages} onchange={form.typing("package")}
                    error={form.error("package")} />
                <TextField name="quantity" label={words::QUANTITY} kind={TextKind::Number} value={form.text("quantity")} oninput={form.typing("quantity")}
                    error={form.error("quantity")} />
            </div>
            if asked.is_some() { { preview.draw(SkeletonShape::default(), |seen: &Rc<SwapPreview>| swap_money(seen, order)) } }
            <TextArea name="reason" label={words::REASON} hint={words::REASON_HINT} rows=2 value={form.text("reason")} oninput={form.typing("reason")}
                error={form.error("reason")} />
            <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SWAP }</Button></div>
        </form>
    }
}

fn swap_money(seen: &SwapPreview, order: &OrderView) -> Html {
    let stays = order.summary.price.saturating_sub(seen.freed);
    let rows = [
        (words::THIS_ORDER, order.summary.price, stays),
        (words::NEW_PRICE, Cents::ZERO, seen.price),
        (words::KEPT_BY_TERMS, Cents::ZERO, seen.kept),
    ];
    let tone = if seen.needs_approval { Tone::Warn } else { Tone::Good };
    html! {
        <div class="stack">
            <p class="small">{ &seen.title }{ " · " }{ &seen.tier_name }{ " · " }{ &seen.unit.name }{ " · " }{ &seen.working }</p>
            { money(&rows) }
            <Notice {tone} title={if seen.needs_approval { words::NEEDS_APPROVAL } else { words::INSIDE_ENVELOPE }}>{ &seen.because }</Notice>
            { for seen.problems.iter().map(|problem| html! { <Notice tone={Tone::Bad}>{ problem }</Notice> }) }
        </div>
    }
}

/// Everything on the shelf but what is held already.
fn packages(catalog: &Catalog, order: &OrderView) -> Vec<Choice> {
    let of_service = |service: &shared::catalog::api::CatalogService| {
        let title = service.content.title.clone();
        let others = service.packages.iter().filter(|package| package.id != order.package.id);
        let choice = move |package: &shared::catalog::api::CatalogPackage| {
            let tier = if package.content.name.is_empty() { package.content.tier.title() } else { &package.content.name };
            Choice::new(package.id.to_string(), words::package_title(&title, tier))
        };
        others.map(choice).collect::<Vec<_>>()
    };
    catalog.services.iter().flat_map(of_service).collect()
}
