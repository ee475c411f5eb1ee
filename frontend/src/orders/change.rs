//! “Change this order”: the open change with the actions of each side, the dialog that proposes one with its price, and what was before.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::id::ChangeId;
use shared::money::Cents;
use shared::orders::api::{OrderReason, OrderView};
use shared::orders::change::ChangeState;
use shared::orders::change::api::{
    AcceptChange, AcceptingChange, ChangeSide, ChangeView, ChangesView, GetChanges, RefuseChange, WithdrawChange,
};
use shared::words::orders as words;
use shared::words::orders::change as said;
use yew::prelude::*;

use super::actions::ReasonDialog;
use super::change_form::ProposeDialog;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::ui::{Button, ButtonKind, Card, Chip, Column, Day, Money, Notice, Row, SkeletonShape, Table, Tone, When};

#[derive(Properties, PartialEq)]
pub struct ChangeCardProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
}

/// What is proposed, and the way to propose.
#[component]
pub fn ChangeCard(props: &ChangeCardProps) -> Html {
    let loaded = use_load::<GetChanges>(props.order.summary.id, NoQuery {});
    let proposing = use_state(|| false);
    // Each change of the order may be an answer.
    {
        let refresh = loaded.refresh();
        use_effect_with(props.order.version, move |_| refresh.emit(()));
    }
    let show = |on: bool| {
        let proposing = proposing.clone();
        Callback::from(move |()| proposing.set(on))
    };
    let onchanged = {
        let (onchanged, close) = (props.onchanged.clone(), show(false));
        Callback::from(move |view: OrderView| {
            close.emit(());
            onchanged.emit(view);
        })
    };
    loaded.draw(SkeletonShape::Lines, |view: &Rc<ChangesView>| {
        if view.open.is_none() && view.past.is_empty() && !view.may_propose {
            return Html::default();
        }
        let actions = html! {
            if view.may_propose { <Button compact=true onclick={show(true).reform(|_: MouseEvent| ())}>{ said::PROPOSE }</Button> }
        };
        let order = &props.order;
        html! {
            <Card title={said::CARD} subtitle={said::LEAD} {actions}>
                <div class="stack">
                    if let Some(change) = &view.open {
                        <OpenChange change={change.clone()} version={view.version} onchanged={onchanged.clone()} />
                    } else {
                        <p class="small muted">{ said::NOTHING_PROPOSED }</p>
                    }
                    if !view.past.is_empty() {
                        <h3>{ said::PAST }</h3>
                        <ul class="stack">{ for view.past.iter().map(past) }</ul>
                    }
                </div>
                if *proposing { <ProposeDialog order={order.clone()} year_end={view.year_end} onchanged={onchanged.clone()} onclose={show(false)} /> }
            </Card>
        }
    })
}

/// The order now and then, line by line.
pub fn sides(before: &ChangeSide, after: &ChangeSide, (added, freed): (Cents, Cents)) -> Html {
    let columns = vec![Column::text("what", said::WHAT), Column::text("before", said::BEFORE), Column::text("after", said::AFTER)];
    let number = |side: &ChangeSide| html! { side.quantity.to_string() };
    let day = |side: &ChangeSide| html! { <Day date={side.start} /> };
    let price = |side: &ChangeSide| html! { <Money cents={side.price} /> };
    let row = |what: &'static str, before: Html, after: Html| Row::new(what, vec![html! { what }, before, after]);
    let rows = vec![
        row(said::TIER, html! { &before.tier_name }, html! { &after.tier_name }),
        row(words::QUANTITY, number(before), number(after)),
        row(words::START, day(before), day(after)),
        row(words::PRICE, price(before), price(after)),
        row(said::DIFFERENCE, Html::default(), html! { <span class="num">{ said::signed(added, freed) }</span> }),
    ];
    html! { <Table caption={said::CARD} {columns} {rows} /> }
}

fn difference(change: &ChangeView) -> (Cents, Cents) {
    shared::orders::change::difference(change.before.price, change.after.price)
}

const fn tone(state: ChangeState) -> Tone {
    match state {
        ChangeState::Proposed => Tone::Info,
        ChangeState::Approving => Tone::Warn,
        ChangeState::Done => Tone::Good,
        ChangeState::Refused | ChangeState::Returned => Tone::Bad,
        ChangeState::Withdrawn | ChangeState::Lapsed => Tone::Plain,
    }
}

fn past(change: &ChangeView) -> Html {
    let words_of = |side: &ChangeSide| said::side_words(side.quantity, &side.tier_name, side.start);
    let (added, freed) = difference(change);
    html! {
        <li key={change.id.to_string()} class="stack-tight">
            <span>{ words_of(&change.before) }{ " → " }{ words_of(&change.after) }{ " · " }<span class="num">{ said::signed(added, freed) }</span></span>
            <span class="row-tight">
                <Chip tone={tone(change.state)}>{ change.state.title() }</Chip>
                <span class="tiny muted">{ said::proposed_by(&change.proposed_by.name, change.side.title()) }{ " · " }<When at={change.proposed} /></span>
            </span>
            if !change.answer.is_empty() { <q class="small">{ &change.answer }</q> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct OpenChangeProps {
    change: ChangeView,
    version: u32,
    onchanged: Callback<OrderView>,
}

#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Refuse,
    Withdraw,
}

/// The open change: before and after, who has to act, and what the caller may do.
#[component]
fn OpenChange(props: &OpenChangeProps) -> Html {
    let (change, version) = (&props.change, props.version);
    let (id, price): (ChangeId, Cents) = (change.id, change.after.price);
    let asked = use_state(|| None::<Asked>);
    let accepter = use_sender::<AcceptChange>(props.onchanged.clone());
    let refuser = use_sender::<RefuseChange>(props.onchanged.clone());
    let withdrawer = use_sender::<WithdrawChange>(props.onchanged.clone());
    let ask = |what: Option<Asked>| {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(what))
    };
    let onaccept = {
        let accepter = accepter.clone();
        Callback::from(move |_: MouseEvent| accepter.send(Call::to(id).body(AcceptingChange { version, price })))
    };
    let (busy, failure) = match *asked {
        Some(Asked::Refuse) => (refuser.busy(), refuser.failure().cloned()),
        Some(Asked::Withdraw) | None => (withdrawer.busy(), withdrawer.failure().cloned()),
    };
    let onsend = {
        let what = *asked;
        Callback::from(move |reason: String| {
            let body = OrderReason { version, reason };
            if what == Some(Asked::Refuse) { refuser.send(Call::to(id).body(body)) } else { withdrawer.send(Call::to(id).body(body)) }
        })
    };
    let title = if *asked == Some(Asked::Refuse) { said::REFUSE_QUESTION } else { said::WITHDRAW_QUESTION };
    html! {
        <div class="stack">
            <span class="row-tight">
                <Chip tone={tone(change.state)}>{ change.state.title() }</Chip>
                <span class="small muted">{ said::proposed_by(&change.proposed_by.name, change.side.title()) }{ " · " }<When at={change.proposed} /></span>
            </span>
            { sides(&change.before, &change.after, difference(change)) }
            <q class="small">{ &change.reason }</q>
            <p class="small muted">{ words::WORKING }{ ": " }{ &change.working }</p>
            { bookings(&change.bookings) }
            <p class="small">{ waits(change) }</p>
            if let Some(failure) = accepter.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            <span class="row-tight">
                if change.may_answer {
                    <Button kind={ButtonKind::Primary} busy={accepter.busy()} onclick={onaccept}>{ said::ACCEPT }</Button>
                    <Button onclick={ask(Some(Asked::Refuse)).reform(|_: MouseEvent| ())}>{ said::REFUSE }</Button>
                }
                if change.may_withdraw {
                    <Button kind={ButtonKind::Quiet} onclick={ask(Some(Asked::Withdraw)).reform(|_: MouseEvent| ())}>{ said::WITHDRAW }</Button>
                }
            </span>
            if asked.is_some() { <ReasonDialog {title} {busy} {failure} onclose={ask(None)} {onsend} /> }
        </div>
    }
}

fn waits(change: &ChangeView) -> Html {
    html! {
        <>
            { words::WAITS_FOR }{ " " }<b>{ &change.waits_for }</b>
            if change.rests.is_some() {
                { ", " }{ said::RESTS }
            } else if let Some(due) = change.due {
                { ", " }{ words::IS_DUE }{ " " }<When at={due} />
            }
            if let Some(owner) = &change.climbed_to { { " · " }<b>{ owner }</b> }
        </>
    }
}

/// The booked days that no longer fit, by name.
pub fn bookings(booked: &[String]) -> Html {
    if booked.is_empty() {
        return Html::default();
    }
    html! {
        <Notice tone={Tone::Warn} title={said::BOOKINGS}>
            <ul class="stack-tight">{ for booked.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </Notice>
    }
}
