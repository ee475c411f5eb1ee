//! One delivery entry: what can be done with it, and the dialogs behind that. Used on the order and on the page of all deliveries.

use shared::error::FieldError;
use shared::orders::DisputeReason;
use shared::orders::api::{
    Comment, CorrectDelivery, DeliveryView, Dispute, DisputeDelivery, EntryMessage, NewDelivery, OrderReason, OrderView, RetractDelivery,
    ReverseDelivery, SettleDelivery, Settlement, StandByDelivery, TalkAboutDelivery,
};
use shared::words::orders as words;
use yew::prelude::*;

use super::actions::ReasonDialog;
use crate::api::{Call, Failure};
use crate::form::{use_form, use_sender};
use crate::ui::{Button, ButtonKind, Choice, Dialog, ErrorSummary, IconName, Select, TextArea, TextField, TextKind, When};

/// What is asked with words about one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Dispute,
    Contest,
    Correct,
    StandBy,
    LetStand,
    TakeBack,
    Retract,
    Reverse,
    Write,
}

impl Asked {
    const fn title(self) -> &'static str {
        match self {
            Self::Dispute => words::DISPUTE,
            Self::Contest => words::CONTEST,
            Self::Correct => words::CORRECT_TITLE,
            Self::StandBy => words::STAND_BY_TITLE,
            Self::LetStand => words::LET_STAND_TITLE,
            Self::TakeBack => words::TAKE_BACK_TITLE,
            Self::Retract => words::RETRACT,
            Self::Reverse => words::REVERSE,
            Self::Write => words::WRITE_TITLE,
        }
    }
}

/// The buttons that the server offers for an entry: confirming is one tap, all else asks for words.
pub fn doings(entry: &DeliveryView, busy: bool, onconfirm: Callback<MouseEvent>, onask: &Callback<Asked>) -> Html {
    let may = entry.may;
    let ask = |what: Asked, label: &'static str, kind: ButtonKind| {
        let onclick = onask.reform(move |_: MouseEvent| what);
        html! { <Button compact=true {kind} {onclick}>{ label }</Button> }
    };
    html! {
        <span class="row-tight entry-doings">
            if may.answer {
                <Button compact=true kind={ButtonKind::Primary} icon={IconName::Check} {busy} onclick={onconfirm}>{ words::CONFIRM }</Button>
                { ask(Asked::Dispute, words::DISPUTE, ButtonKind::Normal) }
            }
            if may.contest { { ask(Asked::Contest, words::CONTEST, ButtonKind::Quiet) } }
            if may.settle {
                { ask(Asked::LetStand, words::LET_STAND, ButtonKind::Primary) }
                { ask(Asked::TakeBack, words::TAKE_BACK, ButtonKind::Normal) }
            }
            if may.correct { { ask(Asked::Correct, words::CORRECT, ButtonKind::Normal) } }
            if may.stand_by { { ask(Asked::StandBy, words::STAND_BY, ButtonKind::Normal) } }
            if may.retract { { ask(Asked::Retract, words::RETRACT, ButtonKind::Quiet) } }
            if may.reverse { { ask(Asked::Reverse, words::REVERSE, ButtonKind::Quiet) } }
            if may.talk { { ask(Asked::Write, words::WRITE, ButtonKind::Quiet) } }
        </span>
    }
}

/// What was said about an entry, oldest first.
pub fn conversation(messages: &[EntryMessage]) -> Html {
    if messages.is_empty() {
        return Html::default();
    }
    let one = |message: &EntryMessage| {
        html! {
            <li class="stack-tight">
                <q class="small">{ &message.text }</q>
                <span class="tiny muted">{ &message.by.name }{ " · " }<When at={message.at} /></span>
            </li>
        }
    };
    html! {
        <details class="entry-talk" open=true>
            <summary class="tiny">{ words::CONVERSATION }</summary>
            <ul class="stack">{ for messages.iter().map(one) }</ul>
        </details>
    }
}

#[derive(Properties, PartialEq)]
pub struct EntryDialogProps {
    pub asked: Asked,
    pub entry: DeliveryView,
    /// The order's version that the caller saw.
    pub version: u32,
    pub onchanged: Callback<OrderView>,
    pub onclose: Callback<()>,
}

/// The dialog behind one of the buttons.
#[component]
pub fn EntryDialog(props: &EntryDialogProps) -> Html {
    let EntryDialogProps { asked, entry, version, onchanged, onclose } = props;
    let (version, onchanged, onclose) = (*version, onchanged.clone(), onclose.clone());
    match asked {
        Asked::Dispute | Asked::Contest => {
            html! { <DisputeDialog asked={*asked} entry={entry.clone()} {version} {onchanged} {onclose} /> }
        }
        Asked::Correct => html! { <CorrectDialog asked={*asked} entry={entry.clone()} {version} {onchanged} {onclose} /> },
        Asked::StandBy | Asked::LetStand | Asked::TakeBack | Asked::Retract | Asked::Reverse | Asked::Write => {
            html! { <WordsDialog asked={*asked} entry={entry.clone()} {version} {onchanged} {onclose} /> }
        }
    }
}

/// What needs nothing but words.
#[component]
fn WordsDialog(props: &EntryDialogProps) -> Html {
    let (asked, id, version) = (props.asked, props.entry.id, props.version);
    let stander = use_sender::<StandByDelivery>(props.onchanged.clone());
    let settler = use_sender::<SettleDelivery>(props.onchanged.clone());
    let retracter = use_sender::<RetractDelivery>(props.onchanged.clone());
    let reverser = use_sender::<ReverseDelivery>(props.onchanged.clone());
    let talker = use_sender::<TalkAboutDelivery>(props.onchanged.clone());
    let busy = stander.busy() || settler.busy() || retracter.busy() || reverser.busy() || talker.busy();
    let failures = [stander.failure(), settler.failure(), retracter.failure(), reverser.failure(), talker.failure()];
    let failure: Option<Failure> = failures.into_iter().flatten().next().cloned();
    let onsend = Callback::from(move |reason: String| {
        let settlement = |stands| Settlement { version, stands, reason: reason.clone() };
        let body = OrderReason { version, reason: reason.clone() };
        match asked {
            Asked::StandBy => stander.send(Call::to(id).body(body)),
            Asked::LetStand => settler.send(Call::to(id).body(settlement(true))),
            Asked::TakeBack => settler.send(Call::to(id).body(settlement(false))),
            Asked::Retract => retracter.send(Call::to(id).body(body)),
            Asked::Reverse => reverser.send(Call::to(id).body(body)),
            Asked::Write => talker.send(Call::to(id).body(Comment { text: reason.clone() })),
            Asked::Dispute | Asked::Contest | Asked::Correct => {}
        }
    });
    let (label, hint) = if asked == Asked::Write { (words::MESSAGE, words::MESSAGE_HINT) } else { (words::REASON, words::REASON_HINT) };
    html! { <ReasonDialog title={asked.title()} {label} {hint} {busy} {failure} onclose={props.onclose.clone()} {onsend} /> }
}

const DISPUTE_LABELS: &[(&str, &str)] = &[("dispute", words::WHAT_IS_WRONG), ("reason", words::IN_OWN_WORDS)];

/// What is not right, by a code and in words.
#[component]
fn DisputeDialog(props: &EntryDialogProps) -> Html {
    let form = use_form(&[("dispute", DisputeReason::NotDelivered.name()), ("reason", "")]);
    let sender = use_sender::<DisputeDelivery>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(DISPUTE_LABELS);
    let choices: Vec<Choice> = DisputeReason::ALL.iter().map(|reason| Choice::new(reason.name(), reason.title())).collect();
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), props.entry.id, props.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let dispute = DisputeReason::parse(&form.text("dispute")).unwrap_or(DisputeReason::NotDelivered);
            sender.send(Call::to(id).body(Dispute { version, dispute, reason: form.text("reason").to_string() }));
        })
    };
    html! {
        <Dialog open=true title={props.asked.title()} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Select name="dispute" label={words::WHAT_IS_WRONG} value={form.text("dispute")} {choices} onchange={form.typing("dispute")} />
                <TextArea name="reason" label={words::IN_OWN_WORDS} hint={words::REASON_HINT} rows=3 value={form.text("reason")}
                    oninput={form.typing("reason")} error={form.error("reason")} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SEND }</Button></div>
            </form>
        </Dialog>
    }
}

const CORRECT_LABELS: &[(&str, &str)] = &[("day", words::DAY), ("quantity", words::QUANTITY), ("note", words::NOTE)];

/// Another day, another quantity: the entry as it should read.
#[component]
fn CorrectDialog(props: &EntryDialogProps) -> Html {
    let entry = &props.entry;
    let form = use_form(&[("day", &entry.day.to_string()), ("quantity", &entry.quantity.to_string()), ("note", &entry.note)]);
    let sender = use_sender::<CorrectDelivery>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(CORRECT_LABELS);
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), entry.id, props.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let note = form.text("note").to_string();
            match (form.text("day").parse(), form.text("quantity").trim().parse()) {
                (Ok(day), Ok(quantity)) => sender.send(Call::to(id).body(NewDelivery { version, day, first: None, quantity, note })),
                (Err(_), _) => form.refuse(vec![FieldError::new("day", words::START_MISSING)]),
                (_, Err(_)) => form.refuse(vec![FieldError::new("quantity", words::QUANTITY_WHOLE)]),
            }
        })
    };
    let field = |name: &'static str, label: &'static str, kind: TextKind| html! { <TextField {name} {label} {kind} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> };
    html! {
        <Dialog open=true title={props.asked.title()} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <div class="fields-2">{ field("day", words::DAY, TextKind::Date) }{ field("quantity", words::QUANTITY, TextKind::Number) }</div>
                <TextArea name="note" label={words::NOTE} rows=3 optional=true value={form.text("note")} oninput={form.typing("note")}
                    error={form.error("note")} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SEND }</Button></div>
            </form>
        </Dialog>
    }
}
