//! The review board: decisions with their figures, the unit's answers, and a form for who decides.

use std::rc::Rc;

use shared::id::ServiceId;
use shared::scorecards::api::{DecideService, ReplyToReview};
use shared::scorecards::seller::{Decision, NewReview, ReviewReply, SellerView, ServiceReview};
use shared::words::scorecards as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::route::Route;
use crate::ui::{Button, ButtonKind, ButtonLink, Card, Chip, Choice, ErrorSummary, Select, TextArea, Tone, When, use_toasts};

#[derive(Properties, PartialEq)]
pub struct BoardProps {
    pub view: Rc<SellerView>,
    pub put: Callback<SellerView>,
}

/// Every decision about the unit's services, and the way to another.
#[component]
pub fn Board(props: &BoardProps) -> Html {
    let view = &props.view;
    html! {
        <Card title={words::BOARD} subtitle={words::BOARD_LEAD}>
            <div class="stack-wide">
                if view.reviews.is_empty() { <p class="small muted">{ words::NO_REVIEWS }</p> }
                { for view.reviews.iter().map(|review| html! {
                    <Decided key={review.id.to_string()} review={review.clone()} may_name={view.may_name} put={props.put.clone()} />
                }) }
                if view.may_decide { <Decide view={view.clone()} put={props.put.clone()} /> }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct DecidedProps {
    review: ServiceReview,
    may_name: bool,
    put: Callback<SellerView>,
}

const fn tone(decision: Decision) -> Tone {
    match decision {
        Decision::Keep => Tone::Good,
        Decision::Redesign | Decision::Broker => Tone::Info,
        Decision::Retire => Tone::Warn,
    }
}

#[component]
fn Decided(props: &DecidedProps) -> Html {
    let review = &props.review;
    html! {
        <article class="stack review-record">
            <div class="row between wrap">
                <h3>{ &review.title }</h3>
                <Chip tone={tone(review.decision)}>{ review.decision.title() }</Chip>
            </div>
            <p class="tiny muted">{ words::revision(review.year, review.revision) }{ " · " }{ &review.by.name }{ " · " }<When at={review.at} /></p>
            <dl class="facts">
                <dt>{ words::EVIDENCE }</dt><dd><p class="measure">{ &review.evidence }</p><p class="tiny muted">{ &review.figures }</p></dd>
                <dt>{ words::REASON }</dt><dd><p class="measure">{ &review.reason }</p></dd>
                if let Some(by) = &review.replied_by {
                    <dt>{ words::REPLY }</dt>
                    <dd><p class="measure">{ &review.reply }</p><p class="tiny muted">{ &by.name }if let Some(at) = review.replied { { " · " }<When {at} /> }</p></dd>
                }
            </dl>
            if review.decision == Decision::Retire && props.may_name {
                <div><ButtonLink to={Route::Menu}>{ words::CLOSE_IN_MENU }</ButtonLink></div>
            }
            if review.may_reply { <Reply review={review.clone()} put={props.put.clone()} may_name={props.may_name} /> }
        </article>
    }
}

#[component]
fn Reply(props: &DecidedProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("text", "")]);
    let sender = {
        let put = props.put.clone();
        use_sender::<ReplyToReview>(Callback::from(move |view| {
            toasts.say(words::REPLIED_TOAST);
            put.emit(view);
        }))
    };
    let form = form.showing(sender.failure());
    let onsubmit = {
        let (form, sender, id) = (form.clone(), sender.clone(), props.review.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(Call::to(id).body(ReviewReply { text: form.text("text").to_string() }));
        })
    };
    html! {
        <form class="stack-tight" {onsubmit} novalidate=true>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <TextArea name="text" label={words::REPLY} value={form.text("text")} oninput={form.typing("text")} error={form.error("text")} />
            <div><Button submit=true busy={sender.busy()}>{ words::SEND_REPLY }</Button></div>
        </form>
    }
}

/// The form of whoever decides.
#[component]
fn Decide(props: &BoardProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("service", ""), ("decision", ""), ("evidence", ""), ("reason", "")]);
    let sender = {
        let (put, form) = (props.put.clone(), form.clone());
        use_sender::<DecideService>(Callback::from(move |view| {
            toasts.say(words::DECIDED_TOAST);
            form.reset(&[]);
            put.emit(view);
        }))
    };
    let form = form.showing(sender.failure());
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (service, decision) = (form.text("service").parse::<ServiceId>(), Decision::parse(&form.text("decision")));
            let (Ok(service), Some(decision)) = (service, decision) else {
                let fault = |field: &str| shared::error::FieldError::new(field, words::CHOOSE_ONE);
                form.refuse(vec![fault(if service.is_err() { "service" } else { "decision" })]);
                return;
            };
            let new = NewReview { decision, evidence: form.text("evidence").to_string(), reason: form.text("reason").to_string() };
            match new.clean() {
                Ok(new) => sender.send(Call::to(service).body(new)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let services: Vec<Choice> =
        props.view.services.iter().map(|service| Choice::new(service.id.to_string(), service.title.clone())).collect();
    let decisions: Vec<Choice> = Decision::ALL.iter().map(|decision| Choice::new(decision.name(), decision.title())).collect();
    html! {
        <form class="stack no-print" {onsubmit} novalidate=true>
            <h3>{ words::DECIDE }</h3>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                <Select name="service" label={words::SERVICE} value={form.text("service")} choices={services} onchange={form.typing("service")} error={form.error("service")} />
                <Select name="decision" label={words::DECISION} value={form.text("decision")} choices={decisions} onchange={form.typing("decision")} error={form.error("decision")} />
            </div>
            <TextArea name="evidence" label={words::EVIDENCE} hint={words::EVIDENCE_HINT} value={form.text("evidence")} oninput={form.typing("evidence")} error={form.error("evidence")} />
            <TextArea name="reason" label={words::REASON} value={form.text("reason")} oninput={form.typing("reason")} error={form.error("reason")} />
            <div><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::DECIDE }</Button></div>
        </form>
    }
}
