//! The budget office's part of yearly choices: counts and take-up, schools without a choice, reopening, and a new group.

use std::rc::Rc;

use shared::catalog::api::{Catalog, GetCatalog};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::identity::api::SchoolRef;
use shared::orders::selection::{
    AssignChoice, Assigning, ChoiceGroupView, ChoiceOffer, ChoicePhase, MakeChoiceGroup, NewChoiceGroup, NewChoiceOffer, ReopenChoices, Reopening,
};
use shared::words::orders as order_words;
use shared::words::orders::selection as words;
use yew::prelude::*;

use super::choices::mark;
use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{
    Button, ButtonKind, Card, Choice, Column, ErrorSummary, Notice, Row, Select, SkeletonShape, Table, TextArea, TextField, TextKind, Tone,
    use_toasts,
};

type Groups = Vec<ChoiceGroupView>;

#[derive(Properties, PartialEq)]
pub struct OfficeProps {
    pub group: ChoiceGroupView,
    pub onchanged: Callback<Groups>,
}

/// Counts by offer, and who has no choice that stands.
#[component]
pub fn Office(props: &OfficeProps) -> Html {
    let group = &props.group;
    let columns = vec![
        Column::text("offer", words::OFFER),
        Column::text("unit", order_words::UNIT),
        Column::amount("chosen", words::TAKE_UP),
        Column::amount("room", words::ROOM),
        Column::text("standing", words::STANDING),
    ];
    let row = |offer: &ChoiceOffer| {
        let number = |many: u32| html! { <span class="num">{ many }</span> };
        let cells = vec![html! { &offer.title }, html! { &offer.unit.name }, number(offer.chosen), number(offer.capacity), mark(offer)];
        Row::new(offer.service.to_string(), cells)
    };
    let without = group.without.clone().unwrap_or_default();
    let closed = matches!(group.phase, ChoicePhase::Again | ChoicePhase::Over);
    html! {
        <>
            <Table caption={words::TAKE_UP} {columns} rows={group.offers.iter().map(row).collect::<Vec<_>>()} />
            <h3>{ words::WITHOUT }</h3>
            if without.is_empty() {
                <p>{ words::ALL_CHOSE }</p>
            } else {
                <ul class="work-list">{ for without.iter().map(|school| html! {
                    <Without key={school.id.to_string()} group={group.clone()} school={school.clone()} onchanged={props.onchanged.clone()} />
                }) }</ul>
            }
            if closed && group.may_keep && !without.is_empty() { <Reopen onchanged={props.onchanged.clone()} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WithoutProps {
    group: ChoiceGroupView,
    school: SchoolRef,
    onchanged: Callback<Groups>,
}

/// A school without a choice; the proposed offer is given by a click, never by itself.
#[component]
fn Without(props: &WithoutProps) -> Html {
    let (group, school) = (&props.group, props.school.id);
    let toasts = use_toasts();
    let assigner = {
        let onchanged = props.onchanged.clone();
        use_sender::<AssignChoice>(Callback::from(move |groups: Groups| {
            toasts.say(words::ASSIGNED_DONE);
            onchanged.emit(groups);
        }))
    };
    let onclick = {
        let (assigner, id) = (assigner.clone(), group.id);
        Callback::from(move |_: MouseEvent| assigner.send(Call::to(id).body(Assigning { school })))
    };
    let proposed = group.offers.iter().find(|offer| Some(offer.service) == group.proposed);
    html! {
        <li><div>
            <span class="grow stack-tight">
                <span>{ &props.school.name }</span>
                if let Some(offer) = proposed { <span class="tiny muted">{ words::PROPOSED }{ ": " }{ &offer.title }</span> }
                if let Some(failure) = assigner.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            </span>
            if proposed.is_some() && group.phase == ChoicePhase::Over && group.may_keep {
                <Button compact=true busy={assigner.busy()} {onclick} label={words::assign_to(&props.school.name)}>{ words::ASSIGN }</Button>
            }
        </div></li>
    }
}

#[derive(Properties, PartialEq)]
struct ReopenProps {
    onchanged: Callback<Groups>,
}

#[component]
fn Reopen(props: &ReopenProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("until", "")]);
    let sender = {
        let onchanged = props.onchanged.clone();
        use_sender::<ReopenChoices>(Callback::from(move |groups: Groups| {
            toasts.say(words::REOPENED);
            onchanged.emit(groups);
        }))
    };
    let form = form.showing(sender.failure());
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match form.text("until").parse() {
                Ok(until) => sender.send(Call::to(()).body(Reopening { until })),
                Err(_) => form.refuse(vec![FieldError::new("until", order_words::START_MISSING)]),
            }
        })
    };
    html! {
        <form class="row-tight wrap" {onsubmit} novalidate=true>
            <TextField name="until" label={words::UNTIL} kind={TextKind::Date} value={form.text("until")} oninput={form.typing("until")} error={form.error("until")} />
            <Button submit=true kind={ButtonKind::Normal} busy={sender.busy()}>{ words::REOPEN }</Button>
        </form>
    }
}

#[derive(Properties, PartialEq)]
pub struct NewGroupProps {
    pub onmade: Callback<Groups>,
}

/// The form for a group, closed until asked for: the catalog is fetched when it opens.
#[component]
pub fn NewGroup(props: &NewGroupProps) -> Html {
    let open = use_state(|| false);
    let onopen = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    if !*open {
        return html! { <div><Button kind={ButtonKind::Normal} onclick={onopen}>{ words::NEW_GROUP }</Button></div> };
    }
    html! { <Card title={words::NEW_GROUP}><GroupForm onmade={props.onmade.clone()} /></Card> }
}

const LABELS: &[(&str, &str)] =
    &[("title", words::GROUP_TITLE), ("about", words::GROUP_ABOUT), ("minimum", words::MINIMUM), ("offers", words::OFFERS), ("proposed", words::PROPOSED)];

#[component]
fn GroupForm(props: &NewGroupProps) -> Html {
    let toasts = use_toasts();
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let rows = use_state(|| 2_usize);
    let form = use_form(&[("minimum", "2")]);
    let sender = {
        let (form, onmade) = (form.clone(), props.onmade.clone());
        use_sender::<MakeChoiceGroup>(Callback::from(move |groups: Groups| {
            toasts.say(words::MADE);
            form.reset(&[("minimum", "2")]);
            onmade.emit(groups);
        }))
    };
    let form = form.showing(sender.failure()).labelled(LABELS);
    let onsubmit = {
        let (form, sender, rows) = (form.clone(), sender.clone(), *rows);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(Call::to(()).body(typed(&form, rows)));
        })
    };
    let onadd = {
        let rows = rows.clone();
        Callback::from(move |_: MouseEvent| rows.set(*rows + 1))
    };
    catalog.draw(SkeletonShape::Lines, |catalog: &Rc<Catalog>| {
        let services: Vec<Choice> =
            catalog.services.iter().map(|service| Choice::new(service.id.to_string(), service.content.title.clone())).collect();
        let proposals = std::iter::once(Choice::new("", words::NO_PROPOSAL)).chain(services.clone()).collect::<Vec<_>>();
        html! {
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextField name="title" label={words::GROUP_TITLE} value={form.text("title")} oninput={form.typing("title")} error={form.error("title")} />
                <TextArea name="about" label={words::GROUP_ABOUT} value={form.text("about")} oninput={form.typing("about")} error={form.error("about")} optional=true />
                <TextField name="minimum" label={words::MINIMUM} kind={TextKind::Number} value={form.text("minimum")} oninput={form.typing("minimum")}
                    error={form.error("minimum")} />
                { for (0..*rows).map(|at| offer_fields(&form, at, &services)) }
                <div><Button kind={ButtonKind::Quiet} onclick={onadd}>{ words::ADD_OFFER }</Button></div>
                <Select name="proposed" label={words::PROPOSED} value={form.text("proposed")} choices={proposals} onchange={form.typing("proposed")}
                    error={form.error("proposed")} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::MAKE }</Button></div>
            </form>
        }
    })
}

fn field(at: usize, name: &str) -> AttrValue {
    AttrValue::from(format!("offers.{at}.{name}"))
}

fn offer_fields(form: &Form, at: usize, services: &[Choice]) -> Html {
    let (service, capacity) = (field(at, "service"), field(at, "capacity"));
    let (onservice, oncapacity) = (form.typing(service.clone()), form.typing(capacity.clone()));
    html! {
        <div class="fields-2" key={at}>
            <Select label={format!("{} {}", words::SERVICE, at + 1)} value={form.text(&service)} choices={services.to_vec()} onchange={onservice}
                error={form.error(&service)} name={service} />
            <TextField label={format!("{} {}", words::CAPACITY, at + 1)} kind={TextKind::Number} value={form.text(&capacity)} oninput={oncapacity}
                error={form.error(&capacity)} name={capacity} />
        </div>
    }
}

/// The form as it is sent; rows without a service are left out.
fn typed(form: &Form, rows: usize) -> NewChoiceGroup {
    let number = |text: AttrValue| text.trim().parse().unwrap_or(0);
    let offer = |at: usize| {
        let service = form.text(&field(at, "service")).parse().ok()?;
        Some(NewChoiceOffer { service, capacity: number(form.text(&field(at, "capacity"))) })
    };
    NewChoiceGroup {
        title: form.text("title").to_string(),
        about: form.text("about").to_string(),
        minimum: number(form.text("minimum")),
        offers: (0..rows).filter_map(offer).collect(),
        proposed: form.text("proposed").parse().ok(),
    }
}
