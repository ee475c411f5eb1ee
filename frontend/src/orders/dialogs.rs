//! The forms behind accepting, logging a delivery and closing.

use std::rc::Rc;

use shared::error::FieldError;
use shared::orders::api::{
    AcceptOrder, Acceptance, CloseOrder, Closing, Helped, LogDelivery, NewDelivery, OrderAction, OrderView,
};
use shared::words::orders as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Choice, Dialog, ErrorSummary, RatingInput, Segments, TextArea, TextField, TextKind};

#[derive(Properties, PartialEq)]
pub struct DialogProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
    pub onclose: Callback<()>,
}

const ACCEPT_LABELS: &[(&str, &str)] = &[("contact", words::CONTACT), ("start", words::START), ("note", words::NOTE)];

/// Who comes and when it starts.
#[component]
pub fn AcceptDialog(props: &DialogProps) -> Html {
    let order = &props.order;
    let session = use_session();
    let name = session.view().map(|view| view.person.name.clone()).unwrap_or_default();
    let start = order.summary.start.to_string();
    let form = use_form(&[("contact", &name), ("start", &start), ("note", "")]);
    let sender = use_sender::<AcceptOrder>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(ACCEPT_LABELS);
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), order.summary.id, order.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (contact, note) = (form.text("contact").to_string(), form.text("note").to_string());
            match form.text("start").parse() {
                Ok(start) => sender.send(Call::to(id).body(Acceptance { version, contact, start, note })),
                Err(_) => form.refuse(vec![FieldError::new("start", words::START_MISSING)]),
            }
        })
    };
    html! {
        <Dialog open=true title={words::action_question(OrderAction::Accept)} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                { text(&form, "contact", words::CONTACT, TextKind::Text) }
                { text(&form, "start", words::START, TextKind::Date) }
                { area(&form, "note", words::MESSAGE, None) }
                { send(sender.busy(), words::SEND) }
            </form>
        </Dialog>
    }
}

fn text(form: &Form, name: &'static str, label: &'static str, kind: TextKind) -> Html {
    html! { <TextField {name} {label} {kind} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
}

fn area(form: &Form, name: &'static str, label: &'static str, hint: Option<&'static str>) -> Html {
    let hint = hint.map(AttrValue::from);
    html! { <TextArea {name} {label} {hint} rows=3 optional=true value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
}

fn send(busy: bool, label: &'static str) -> Html {
    html! { <div class="actions"><Button submit=true kind={ButtonKind::Primary} {busy}>{ label }</Button></div> }
}

const LOG_LABELS: &[(&str, &str)] = &[("first", words::FROM), ("day", words::DAY), ("quantity", words::QUANTITY), ("note", words::NOTE)];

/// What was delivered, from a phone too.
#[component]
pub fn LogDialog(props: &DialogProps) -> Html {
    let order = &props.order;
    let today = use_session().view().map(|view| view.district.today.to_string()).unwrap_or_default();
    let stretch = !order.periods.is_empty();
    // A stretch goes on where the last one ended; pieces come as many as last time.
    let standing = order.deliveries.iter().filter(|entry| entry.state != shared::orders::DeliveryState::Reversed);
    let last = standing.max_by_key(|entry| (entry.day, entry.id));
    let from = last.map_or(order.summary.start, |entry| entry.day.plus_days(1)).to_string();
    let usual = last.map_or(1, |entry| entry.quantity).to_string();
    let form = use_form(&[("first", &from), ("day", &today), ("quantity", if stretch { "1" } else { &usual }), ("note", "")]);
    let sender = use_sender::<LogDelivery>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(LOG_LABELS);
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), order.summary.id, order.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let note = form.text("note").to_string();
            let first = form.text("first").parse().ok().filter(|_| stretch);
            match (form.text("day").parse(), form.text("quantity").trim().parse()) {
                (Ok(day), Ok(quantity)) => sender.send(Call::to(id).body(NewDelivery { version, day, first, quantity, note })),
                (Err(_), _) => form.refuse(vec![FieldError::new("day", words::START_MISSING)]),
                (_, Err(_)) => form.refuse(vec![FieldError::new("quantity", words::QUANTITY_WHOLE)]),
            }
        })
    };
    html! {
        <Dialog open=true title={words::action_question(OrderAction::LogDelivery)} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                if stretch {
                    <div class="fields-2">{ text(&form, "first", words::FROM, TextKind::Date) }{ text(&form, "day", words::UNTIL, TextKind::Date) }</div>
                    <p class="small muted">{ words::STRETCH_HINT }</p>
                } else {
                    <div class="fields-2">{ text(&form, "day", words::DAY, TextKind::Date) }{ text(&form, "quantity", words::QUANTITY, TextKind::Number) }</div>
                }
                { area(&form, "note", words::MESSAGE, None) }
                { send(sender.busy(), words::SEND) }
            </form>
        </Dialog>
    }
}

const CLOSE_LABELS: &[(&str, &str)] = &[("stars", words::STARS), ("hours_saved", words::HOURS_SAVED), ("comment", words::IN_OWN_WORDS)];

/// One question: did it help the goal?
#[component]
pub fn CloseDialog(props: &DialogProps) -> Html {
    let order = &props.order;
    let form = use_form(&[("stars", ""), ("helped", "yes"), ("hours_saved", "0"), ("comment", "")]);
    let sender = use_sender::<CloseOrder>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(CLOSE_LABELS);
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), order.summary.id, order.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let helped = match form.text("helped").as_str() {
                "partly" => Helped::Partly,
                "no" => Helped::No,
                _ => Helped::Yes,
            };
            let (stars, comment) = (form.text("stars").parse().unwrap_or(0), form.text("comment").to_string());
            match form.text("hours_saved").trim().parse() {
                Ok(hours_saved) => sender.send(Call::to(id).body(Closing { version, stars, helped, hours_saved, comment })),
                Err(_) => form.refuse(vec![FieldError::new("hours_saved", words::QUANTITY_WHOLE)]),
            }
        })
    };
    let helped = [Helped::Yes, Helped::Partly, Helped::No];
    let choices: Vec<Choice> =
        ["yes", "partly", "no"].into_iter().zip(helped).map(|(value, word)| Choice::new(value, words::helped_title(word))).collect();
    let onhelped = form.typing("helped").reform(|value: AttrValue| value.to_string());
    let onstars = form.typing("stars").reform(|stars: u8| stars.to_string());
    html! {
        <Dialog open=true title={words::action_question(OrderAction::Close)} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Segments name="helped" label={words::DID_IT_HELP} value={form.text("helped")} {choices} onchange={onhelped} />
                <RatingInput name="stars" label={words::STARS} value={form.text("stars").parse::<u8>().ok()} onchange={onstars} />
                { text(&form, "hours_saved", words::HOURS_SAVED, TextKind::Number) }
                { area(&form, "comment", words::IN_OWN_WORDS, None) }
                { send(sender.busy(), words::SEND) }
            </form>
        </Dialog>
    }
}
