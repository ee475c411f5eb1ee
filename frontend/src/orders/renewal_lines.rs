//! A school's offers: what next year brings and costs, the answers as one form, and next year's money under them.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::id::SchoolId;
use shared::orders::renewal::{
    AnswerRenewals, AnsweredOrder, GetRenewals, NextMoney, NextYear, RenewalAnswer, RenewalAnswers, RenewalLine, RenewalState, RenewalsView,
};
use shared::words::orders as order_words;
use shared::words::orders::renewal as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Column, Day, Empty, ErrorSummary, IconName, Money, Notice, Rating, Row, Select, SkeletonShape, Stat, Table,
    TextField, TextKind, Tone, Why, use_toasts,
};

#[derive(Properties, PartialEq)]
pub struct SchoolProps {
    pub school: SchoolId,
}

/// The school's round.
#[component]
pub fn SchoolRenewals(props: &SchoolProps) -> Html {
    let loaded = use_load::<GetRenewals>(props.school, NoQuery {});
    let onchanged = loaded.put();
    loaded.draw(SkeletonShape::Page, |view: &Rc<RenewalsView>| {
        html! {
            <>
                <Notice tone={Tone::Info} title={words::window(view.phase, view.opens, view.closes)}>{ words::intention(view.begins) }</Notice>
                if view.lines.is_empty() {
                    <Empty title={words::TITLE} text={words::NONE} icon={IconName::Package} />
                } else {
                    { sums(view) }
                    <Answers view={view.clone()} {onchanged} />
                    { money(view.money.as_ref()) }
                }
            </>
        }
    })
}

fn sums(view: &RenewalsView) -> Html {
    let (now, next) = view.totals();
    let last = view.closes.map(|date| html! { <Day {date} /> }).unwrap_or_default();
    html! {
        <div class="stats">
            <Stat label={words::WAITING} value={html! { <span class="num">{ view.waiting() }</span> }} />
            <Stat label={words::LAST_DAY} value={last} />
            <Stat label={words::THIS_YEAR} value={html! { <Money cents={now} /> }} />
            <Stat label={words::NEXT_YEAR} value={html! { <Money cents={next} /> }} note={html! { words::difference(now, next) }} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AnswersProps {
    view: Rc<RenewalsView>,
    onchanged: Callback<RenewalsView>,
}

/// The form's name of one offer's field.
fn name(line: &RenewalLine, field: &str) -> AttrValue {
    AttrValue::from(format!("{}.{field}", line.order))
}

/// What was answered before, as the form begins.
const fn before(state: RenewalState) -> Option<RenewalAnswer> {
    match state {
        RenewalState::Renewed => Some(RenewalAnswer::Renew),
        RenewalState::Changed => Some(RenewalAnswer::Change),
        RenewalState::Dropped => Some(RenewalAnswer::Drop),
        RenewalState::Open | RenewalState::Lapsed | RenewalState::Gone => None,
    }
}

/// What stands in one offer's fields: typed here, or answered before.
fn typed(form: &Form, line: &RenewalLine) -> (Option<RenewalAnswer>, AttrValue, AttrValue) {
    let answer = form.text(&name(line, "answer"));
    let answer = if answer.is_empty() { before(line.state) } else { RenewalAnswer::parse(&answer) };
    let or = |text: AttrValue, before: String| if text.is_empty() { AttrValue::from(before) } else { text };
    (answer, or(form.text(&name(line, "quantity")), line.wanted.to_string()), or(form.text(&name(line, "reason")), line.reason.clone()))
}

/// The answer to send; nothing where it is as it was.
fn changed(form: &Form, line: &RenewalLine) -> Option<AnsweredOrder> {
    let (answer, quantity, reason) = typed(form, line);
    let answer = answer?;
    let quantity = quantity.trim().parse().unwrap_or(0);
    let same_quantity = answer != RenewalAnswer::Change || quantity == line.wanted;
    let same = before(line.state) == Some(answer) && same_quantity && reason.as_str() == line.reason;
    (!same).then(|| AnsweredOrder { order: line.order, version: line.version, answer, quantity, reason: reason.to_string() })
}

/// All offers as one form: several are answered in one go.
#[component]
fn Answers(props: &AnswersProps) -> Html {
    let view = &props.view;
    let toasts = use_toasts();
    let form = use_form(&[]);
    let saved = {
        let (form, onchanged) = (form.clone(), props.onchanged.clone());
        Callback::from(move |view: RenewalsView| {
            toasts.say(words::SAVED);
            form.reset(&[]);
            onchanged.emit(view);
        })
    };
    let sender = use_sender::<AnswerRenewals>(saved);
    let form = form.showing(sender.failure());
    let onsubmit = {
        let (form, sender, view) = (form.clone(), sender.clone(), view.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let answers: Vec<AnsweredOrder> = view.lines.iter().filter_map(|line| changed(&form, line)).collect();
            sender.send(Call::to(view.school.id).body(RenewalAnswers { answers }));
        })
    };
    let onall = {
        let (form, view) = (form.clone(), view.clone());
        Callback::from(move |_: MouseEvent| {
            let waiting = view.lines.iter().filter(|line| line.waits() && line.next.price().is_some());
            waiting.for_each(|line| form.set(name(line, "answer"), RenewalAnswer::Renew.name()));
        })
    };
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <Card title={words::YOUR_ANSWERS} flush=true>
                <ul class="entry-list">{ for view.lines.iter().map(|line| offer(view, line, &form)) }</ul>
            </Card>
            if view.may {
                <div class="actions row-tight wrap">
                    if view.waiting() > 0 { <Button kind={ButtonKind::Normal} onclick={onall}>{ words::RENEW_ALL }</Button> }
                    <Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SAVE }</Button>
                </div>
            }
        </form>
    }
}

/// Next year's offer beside this year's order, and the fields that answer it.
fn offer(view: &RenewalsView, line: &RenewalLine, form: &Form) -> Html {
    let ordered = order_words::counted(line.quantity, line.measure.title());
    html! {
        <li key={line.order.to_string()} class="entry-item">
            <div class="stack-tight grow">
                <span class="row-tight wrap">{ order_link(line) }<span class="muted">{ &line.tier_name }</span>{ state_chip(line) }</span>
                <span class="small">{ &line.unit.name }{ " · " }{ ordered }{ " · " }<Money cents={line.price_now} />{ " " }{ words::THIS_YEAR.to_lowercase() }</span>
                if let Some(stars) = line.stars { <span class="tiny"><Rating tenths={Some(u32::from(stars) * 10)} count=1 /></span> }
                if let Some(goal) = &line.goal { <span class="tiny muted">{ goal }</span> }
                if !line.goal_stays { <span class="tiny">{ words::GOAL_GONE }</span> }
                { next(line) }
                if let Some(answered) = &line.answered {
                    <span class="tiny muted">{ words::by(&answered.by.name) }if !line.reason.is_empty() { { ": " }<q>{ &line.reason }</q> }</span>
                }
                if line.draft.is_some() { <Link<Route> to={Route::Cart}>{ words::IN_CART }</Link<Route>> }
            </div>
            if view.may && line.draft.is_none() && line.state != RenewalState::Gone { { fields(line, form) } }
        </li>
    }
}

fn next(line: &RenewalLine) -> Html {
    let price = line.next.price().map(|cents| {
        html! { <span class="row-tight"><b>{ words::NEXT_YEAR }{ ": " }</b><Money {cents} /><Chip>{ words::difference(line.price_now, cents) }</Chip></span> }
    });
    let explained = words::next_words(&line.next);
    html! {
        <>
            { for price }
            if let NextYear::Published { title, tier_name, changes, .. } = &line.next {
                if *title != line.title || *tier_name != line.tier_name { <span class="small strong">{ words::continues_as(title, tier_name) }</span> }
                <span class="tiny muted num">{ explained }</span>
                if !changes.is_empty() {
                    <Why label={words::WHAT_CHANGES}>
                        <ul class="stack-tight">{ for changes.iter().map(|change| html! { <li>{ words::changed(&change.label, &change.before, &change.after) }</li> }) }</ul>
                    </Why>
                }
            } else {
                <span class="small">{ explained }</span>
            }
        </>
    }
}

fn fields(line: &RenewalLine, form: &Form) -> Html {
    let (answer, quantity, reason) = typed(form, line);
    let (answer_name, quantity_name, reason_name) = (name(line, "answer"), name(line, "quantity"), name(line, "reason"));
    let retired = matches!(line.next, NextYear::Retired { .. });
    let offered = RenewalAnswer::ALL.iter().filter(|answer| !retired || **answer == RenewalAnswer::Drop);
    let choices: Vec<Choice> = offered.map(|answer| Choice::new(answer.name(), answer.title())).collect();
    let (onanswer, onquantity, onreason) =
        (form.typing(answer_name.clone()), form.typing(quantity_name.clone()), form.typing(reason_name.clone()));
    html! {
        <div class="form entry-log">
            <Select label={words::answer_for(&line.title)} value={answer.map_or("", RenewalAnswer::name)} {choices} onchange={onanswer}
                error={form.error(&answer_name)} name={answer_name} />
            if answer == Some(RenewalAnswer::Change) {
                <TextField label={words::NEXT_QUANTITY} kind={TextKind::Number} value={quantity} oninput={onquantity} min="1"
                    error={form.error(&quantity_name)} name={quantity_name} />
            }
            if matches!(answer, Some(RenewalAnswer::Drop | RenewalAnswer::Change)) {
                <TextField label={words::REASON} hint={words::REASON_HINT} value={reason} oninput={onreason} error={form.error(&reason_name)}
                    optional={answer == Some(RenewalAnswer::Change)} maxlength=4000 name={reason_name} />
            }
        </div>
    }
}

/// What the renewals would take of each of next year's funds.
fn money(money: Option<&NextMoney>) -> Html {
    let Some(money) = money else { return html! { <Notice tone={Tone::Plain}>{ words::NO_NEXT_MONEY }</Notice> } };
    let columns = vec![
        Column::text("fund", words::FUND),
        Column::amount("projected", words::PROJECTED),
        Column::amount("asked", words::ASKED),
        Column::amount("left", words::LEFT),
    ];
    let rows = money.funds.iter().enumerate().map(|(at, fund)| {
        let cells = vec![
            html! { &fund.title },
            html! { <Money cents={fund.available} /> },
            html! { <Money cents={fund.asked} /> },
            html! { <Money cents={fund.available.saturating_sub(fund.asked)} /> },
        ];
        Row::new(at.to_string(), cells)
    });
    html! {
        <Card title={words::NEXT_MONEY} flush=true>
            if !money.short.is_zero() { <Notice tone={Tone::Warn}>{ words::short(money.short) }</Notice> }
            <Table caption={words::NEXT_MONEY} {columns} rows={rows.collect::<Vec<_>>()} />
        </Card>
    }
}

/// The order's title, as the way to its page.
pub fn order_link(line: &RenewalLine) -> Html {
    let to = Route::Order { id: line.order.to_string() };
    html! { <Link<Route> {to}>{ &line.title }</Link<Route>> }
}

pub fn state_chip(line: &RenewalLine) -> Html {
    let tone = match line.state {
        RenewalState::Open if line.waits() => Tone::Warn,
        RenewalState::Renewed | RenewalState::Changed => Tone::Good,
        RenewalState::Open | RenewalState::Dropped | RenewalState::Lapsed | RenewalState::Gone => Tone::Plain,
    };
    let retired = line.state == RenewalState::Open && !line.waits();
    html! { <Chip {tone}>{ if retired { RenewalState::Gone.title() } else { line.state.title() } }</Chip> }
}

#[cfg(test)]
mod tests;
