//! The district's own clocks on the page of the policy: what silence does and where late things go, and rows for days to come.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::orders::climb::{ClimbStep, Duty, ToWhom};
use shared::orders::clocks::{ClimbingRow, Clocks, GetClocks, Holds, LEVELS_LIMIT, NewClimbing, NewSilence, SetClimbing, SetSilence, SilenceRow};
use shared::words::orders as order_words;
use shared::words::orders::clocks as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Day, Dialog, ErrorSummary, Select, SkeletonShape, TextArea, TextField, TextKind, Tone, use_toasts,
};

/// What stands open over the cards.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Silence,
    Climbing(Duty),
}

/// Both cards.
#[component]
pub fn ClockCards() -> Html {
    let loaded = use_load::<GetClocks>((), NoQuery {});
    let toasts = use_toasts();
    let open = use_state(|| Open::Nothing);
    let onchanged = {
        let (open, put) = (open.clone(), loaded.put());
        Callback::from(move |clocks: Clocks| {
            toasts.say(words::DONE);
            open.set(Open::Nothing);
            put.emit(clocks);
        })
    };
    let onopen = {
        let open = open.clone();
        Callback::from(move |what| open.set(what))
    };
    let onclose = onopen.reform(|()| Open::Nothing);
    loaded.draw(SkeletonShape::Blocks, |clocks: &Rc<Clocks>| {
        html! {
            <>
                { silence_card(clocks, &onopen) }
                { climbing_card(clocks, &onopen) }
                { match *open {
                    Open::Nothing => Html::default(),
                    Open::Silence => html! {
                        <Dialog open=true title={words::SET_SILENCE} onclose={onclose.clone()}><SilenceForm clocks={clocks.clone()} onchanged={onchanged.clone()} /></Dialog>
                    },
                    Open::Climbing(duty) => html! {
                        <Dialog open=true title={words::SET_CLIMBING} onclose={onclose.clone()}>
                            <ClimbingForm {duty} clocks={clocks.clone()} onchanged={onchanged.clone()} />
                        </Dialog>
                    },
                } }
            </>
        }
    })
}

fn holds_chip(holds: Holds) -> Html {
    let (tone, word) = match holds {
        Holds::Ahead => (Tone::Info, words::AHEAD),
        Holds::Now => (Tone::Good, words::NOW),
        Holds::Before => (Tone::Plain, words::BEFORE),
    };
    html! { <Chip {tone}>{ word }</Chip> }
}

fn line(title: Html, (source, holds): (&str, Holds)) -> Html {
    html! {
        <li class="entry-item">
            <div class="stack-tight grow">{ title }<span class="tiny muted">{ source }</span></div>
            { holds_chip(holds) }
        </li>
    }
}

fn silence_card(clocks: &Clocks, onopen: &Callback<Open>) -> Html {
    let item = |row: &SilenceRow| {
        let said = words::silence_words(row.policy.days, row.policy.notice_days);
        line(html! { <><span class="strong">{ said }</span><span class="small"><Day date={row.from} /></span></> }, (&row.source, row.holds))
    };
    let actions = html! { if clocks.may { <Button compact=true onclick={onopen.reform(|_: MouseEvent| Open::Silence)}>{ words::SET_SILENCE }</Button> } };
    html! {
        <Card title={words::SILENCE} subtitle={words::SILENCE_LEAD} {actions} flush=true>
            <ul class="entry-list">{ for clocks.silence.iter().map(item) }</ul>
        </Card>
    }
}

fn climbing_card(clocks: &Clocks, onopen: &Callback<Open>) -> Html {
    let said = |row: &ClimbingRow| {
        let steps: Vec<String> = row.steps.iter().map(|step| words::step_words(step.after_days, step.to.title())).collect();
        steps.join(" · ")
    };
    let item = |row: &ClimbingRow| {
        let title = html! {
            <><span class="strong">{ row.duty.title() }</span><span class="small">{ said(row) }</span><span class="small"><Day date={row.from} /></span></>
        };
        line(title, (&row.source, row.holds))
    };
    let duty = clocks.climbing.first().map_or(Duty::Answer, |row| row.duty);
    let actions = html! { if clocks.may { <Button compact=true onclick={onopen.reform(move |_: MouseEvent| Open::Climbing(duty))}>{ words::SET_CLIMBING }</Button> } };
    html! {
        <Card title={words::CLIMBING} subtitle={words::CLIMBING_LEAD} {actions} flush=true>
            <ul class="entry-list">{ for clocks.climbing.iter().map(item) }</ul>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct SilenceFormProps {
    clocks: Rc<Clocks>,
    onchanged: Callback<Clocks>,
}

const SILENCE_LABELS: &[(&str, &str)] =
    &[("from", words::FROM), ("days", words::DAYS), ("notice_days", words::NOTICE_DAYS), ("reason", words::REASON)];

#[component]
fn SilenceForm(props: &SilenceFormProps) -> Html {
    let holds = props.clocks.silence.iter().find(|row| row.holds == Holds::Now);
    let (days, notice) = holds.map_or((0, 0), |row| (row.policy.days, row.policy.notice_days));
    let sender = use_sender::<SetSilence>(props.onchanged.clone());
    let form = use_form(&[("from", ""), ("days", &days.to_string()), ("notice_days", &notice.to_string()), ("reason", "")]);
    let form = form.showing(sender.failure()).labelled(SILENCE_LABELS);
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let number = |name: &'static str| form.text(name).trim().parse().map_err(|_| FieldError::new(name, order_words::QUANTITY_WHOLE));
            let from = form.text("from").parse().map_err(|_| FieldError::new("from", order_words::START_MISSING));
            match (from, number("days"), number("notice_days")) {
                (Ok(from), Ok(days), Ok(notice_days)) => {
                    sender.send(Call::to(()).body(NewSilence { from, days, notice_days, reason: form.text("reason").to_string() }));
                }
                (from, days, notice) => form.refuse([from.err(), days.err(), notice.err()].into_iter().flatten().collect()),
            }
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            { field(&form, "from", words::FROM, TextKind::Date) }
            <TextField name="days" label={words::DAYS} hint={words::DAYS_HINT} kind={TextKind::Number} value={form.text("days")} oninput={form.typing("days")}
                error={form.error("days")} />
            { field(&form, "notice_days", words::NOTICE_DAYS, TextKind::Number) }
            { why(&form) }
            <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SET }</Button></div>
        </form>
    }
}

fn field(form: &Form, name: &'static str, label: &'static str, kind: TextKind) -> Html {
    html! { <TextField {name} {label} {kind} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
}

fn why(form: &Form) -> Html {
    html! { <TextArea name="reason" label={words::REASON} rows=2 value={form.text("reason")} oninput={form.typing("reason")} error={form.error("reason")} /> }
}

#[derive(Properties, PartialEq)]
struct ClimbingFormProps {
    /// What the form begins with.
    duty: Duty,
    clocks: Rc<Clocks>,
    onchanged: Callback<Clocks>,
}

/// The levels as the form begins: what holds now for the duty.
fn begun(clocks: &Clocks, duty: Duty) -> Vec<(String, String)> {
    let holds = clocks.climbing.iter().find(|row| row.duty == duty && row.holds == Holds::Now);
    let steps = holds.map(|row| row.steps.as_slice()).unwrap_or_default();
    let texts = |(at, step): (usize, &ClimbStep)| {
        [(format!("steps.{at}.after_days"), step.after_days.to_string()), (format!("steps.{at}.to"), step.to.name().to_owned())]
    };
    let count = ("count".to_owned(), steps.len().max(1).to_string());
    steps.iter().enumerate().flat_map(texts).chain([count]).collect()
}

#[component]
fn ClimbingForm(props: &ClimbingFormProps) -> Html {
    let sender = use_sender::<SetClimbing>(props.onchanged.clone());
    let form = use_form(&[("duty", props.duty.name()), ("from", ""), ("count", "1"), ("reason", "")]);
    let form = form.showing(sender.failure()).labelled(&[("from", words::FROM), ("reason", words::REASON), ("steps", words::CLIMBING)]);
    let duty = Duty::parse(&form.text("duty")).unwrap_or(props.duty);
    {
        let (form, clocks) = (form.clone(), props.clocks.clone());
        use_effect_with(duty, move |duty| begun(&clocks, *duty).into_iter().for_each(|(name, text)| form.set(name, text)));
    }
    let count = form.text("count").parse().unwrap_or(1_usize);
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match asked(&form, duty, count) {
                Ok(body) => sender.send(Call::to(()).body(body)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let resize = |to: usize| {
        let form = form.clone();
        Callback::from(move |_: MouseEvent| form.set("count", to.to_string()))
    };
    let duties: Vec<Choice> = Duty::ALL.iter().map(|duty| Choice::new(duty.name(), duty.title())).collect();
    html! {
        <form class="form" {onsubmit} novalidate=true>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <Select name="duty" label={words::DUTY} value={form.text("duty")} choices={duties} onchange={form.typing("duty")} />
            { field(&form, "from", words::FROM, TextKind::Date) }
            { for (0..count).map(|at| level(&form, at)) }
            <div class="row-tight">
                if count < LEVELS_LIMIT { <Button compact=true onclick={resize(count + 1)}>{ words::ADD_LEVEL }</Button> }
                if count > 1 { <Button compact=true kind={ButtonKind::Quiet} onclick={resize(count - 1)}>{ words::TAKE_LEVEL }</Button> }
            </div>
            { why(&form) }
            <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SET }</Button></div>
        </form>
    }
}

fn level(form: &Form, at: usize) -> Html {
    let (days, to) = (format!("steps.{at}.after_days"), format!("steps.{at}.to"));
    let people: Vec<Choice> = ToWhom::ALL.iter().map(|to| Choice::new(to.name(), to.title())).collect();
    html! {
        <fieldset class="field" key={at}>
            <legend>{ words::level(at + 1) }</legend>
            <div class="fields-2">
                <TextField name={days.clone()} label={words::AFTER_DAYS} kind={TextKind::Number} value={form.text(&days)} oninput={form.typing(days.clone())}
                    error={form.error(&days)} />
                <Select name={to.clone()} label={words::TO_WHOM} value={form.text(&to)} choices={people} onchange={form.typing(to.clone())} error={form.error(&to)} />
            </div>
        </fieldset>
    }
}

fn asked(form: &Form, duty: Duty, count: usize) -> Result<NewClimbing, Vec<FieldError>> {
    let mut faults = Vec::new();
    let from = form.text("from").parse().map_err(|_| faults.push(FieldError::new("from", order_words::START_MISSING)));
    let mut steps = Vec::new();
    for at in 0..count {
        let (days, to) = (format!("steps.{at}.after_days"), format!("steps.{at}.to"));
        match (form.text(&days).trim().parse(), ToWhom::parse(&form.text(&to)), u8::try_from(at + 1)) {
            (Ok(after_days), Some(to), Ok(level)) => steps.push(ClimbStep { level, after_days, to }),
            (Err(_), _, _) => faults.push(FieldError::new(days, order_words::QUANTITY_WHOLE)),
            (Ok(_), _, _) => faults.push(FieldError::new(to, words::TO_WHOM)),
        }
    }
    match from {
        Ok(from) if faults.is_empty() => Ok(NewClimbing { duty, from, steps, reason: form.text("reason").to_string() }),
        Ok(_) | Err(()) => Err(faults),
    }
}
