//! Days that schools give to each other: offered, taken, approved, done.

use std::rc::Rc;

use shared::budget::api::GetPlan;
use shared::contract::Empty as NoQuery;
use shared::orders::api::{ApproveGift, EndGift, GiftVersion, GiftView, ListGifts, OrderReason, TakeGift, TakingGift};
use shared::orders::rescue::GiftState;
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::actions::ReasonDialog;
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::{use_load, use_load_if};
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Dialog, Empty, ErrorSummary, IconName, Money, PageHead, Select, SkeletonShape, Tone, When,
};

type Gifts = Vec<GiftView>;

/// Offers that the caller's schools make or get; for the budget office, all.
#[component]
pub fn GiftsPage() -> Html {
    let session = use_session();
    let loaded = use_load::<ListGifts>((), NoQuery {});
    let onchanged = {
        let put = loaded.put();
        Callback::from(move |gifts: Gifts| {
            session.act(Act::MoneyMoved);
            put.emit(gifts);
        })
    };
    html! {
        <>
            <PageHead title={words::GIFTS} lead={html! { words::GIFTS_LEAD }} />
            { loaded.draw(SkeletonShape::Page, |gifts: &Rc<Gifts>| html! {
                if gifts.is_empty() {
                    <Empty title={words::GIFTS} text={words::NO_GIFTS} icon={IconName::Package} />
                } else {
                    <Card title={words::GIFTS} flush=true>
                        <ul class="entry-list">
                            { for gifts.iter().map(|gift| html! { <Item key={gift.id.to_string()} gift={gift.clone()} onchanged={onchanged.clone()} /> }) }
                        </ul>
                    </Card>
                }
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    gift: GiftView,
    onchanged: Callback<Gifts>,
}

const fn tone(state: GiftState) -> Tone {
    match state {
        GiftState::Offered => Tone::Info,
        GiftState::Taken => Tone::Warn,
        GiftState::Done => Tone::Good,
        GiftState::Declined | GiftState::Withdrawn => Tone::Plain,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Take,
    End,
}

#[component]
fn Item(props: &ItemProps) -> Html {
    let gift = &props.gift;
    let (id, version) = (gift.id, gift.version);
    let open = use_state(|| None::<Open>);
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let changed = {
        let (onchanged, close) = (props.onchanged.clone(), close.clone());
        Callback::from(move |gifts: Gifts| {
            close.emit(());
            onchanged.emit(gifts);
        })
    };
    let ender = use_sender::<EndGift>(changed.clone());
    let approver = use_sender::<ApproveGift>(changed.clone());
    let show = |what: Open| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(Some(what)))
    };
    let onapprove = {
        let approver = approver.clone();
        Callback::from(move |_: MouseEvent| approver.send(Call::to(id).body(GiftVersion { version })))
    };
    let (busy, failure) = (ender.busy(), ender.failure().cloned());
    let onend = Callback::from(move |reason: String| ender.send(Call::to(id).body(OrderReason { version, reason })));
    let link = |order: Option<shared::id::OrderId>| order.map(|order| Route::Order { id: order.to_string() });
    html! {
        <li class="entry-item">
            <div class="stack-tight grow">
                <span class="strong">{ words::counted(gift.units, gift.measure.title()) }{ " · " }<Money cents={gift.value} /></span>
                <span>{ &gift.from.name }{ " → " }{ &gift.to.name }</span>
                <span class="small">{ &gift.title }<span class="muted">{ " · " }{ &gift.tier_name }{ " · " }{ &gift.unit.name }</span></span>
                <q class="small">{ &gift.reason }</q>
                <span class="tiny muted">{ words::OFFERED_BY }{ " " }{ &gift.offered_by.name }{ " · " }<When at={gift.offered} /></span>
                <span class="row-tight">
                    <Chip tone={tone(gift.state)}>{ gift.state.title() }</Chip>
                    if let Some(to) = link(gift.order) { <Link<Route> {to}>{ words::order_title(gift.number) }</Link<Route>> }
                    if let Some(to) = link(gift.becomes) { <Link<Route> {to}>{ words::NEW_PRICE }</Link<Route>> }
                </span>
                if let Some(failure) = approver.failure() { <crate::ui::Notice tone={Tone::Bad}>{ failure.message().to_owned() }</crate::ui::Notice> }
            </div>
            <span class="row-tight entry-doings">
                if gift.may_take { <Button kind={ButtonKind::Primary} onclick={show(Open::Take)}>{ words::TAKE_DAYS }</Button> }
                if gift.may_approve { <Button kind={ButtonKind::Primary} busy={approver.busy()} onclick={onapprove}>{ words::GIFT_APPROVE }</Button> }
                if gift.may_end { <Button kind={ButtonKind::Quiet} onclick={show(Open::End)}>{ if gift.may_take { words::DECLINE } else { words::WITHDRAW_GIFT } }</Button> }
            </span>
            if *open == Some(Open::Take) { <TakeDialog gift={gift.clone()} onchanged={changed.clone()} onclose={close.clone()} /> }
            if *open == Some(Open::End) { <ReasonDialog title={words::WITHDRAW_GIFT} {busy} {failure} onclose={close} onsend={onend} /> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct TakeProps {
    gift: GiftView,
    onchanged: Callback<Gifts>,
    onclose: Callback<()>,
}

/// Under which goal of the receiving school's own plan; the funds are proposed by the product.
#[component]
fn TakeDialog(props: &TakeProps) -> Html {
    let gift = &props.gift;
    let plan = use_load_if::<GetPlan>(Some((gift.to.id, Default::default())));
    let form = use_form(&[("goal", "")]);
    let sender = use_sender::<TakeGift>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(&[("goal", words::GOAL)]);
    let goals = plan.data().map(|plan| plan.iter().map(|goal| Choice::new(goal.id.to_string(), words::goal_title(goal.number, &goal.title))).collect::<Vec<_>>());
    let choices: Vec<Choice> = std::iter::once(Choice::new("", words::NO_GOAL)).chain(goals.unwrap_or_default()).collect();
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), gift.id, gift.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(Call::to(id).body(TakingGift { version, goal: form.text("goal").parse().ok() }));
        })
    };
    html! {
        <Dialog open=true title={words::TAKE_DAYS} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <p>{ words::received(&words::counted(gift.units, gift.measure.title()), &gift.from.name, gift.value) }</p>
                <Select name="goal" label={words::GOAL} value={form.text("goal")} {choices} onchange={form.typing("goal")} error={form.error("goal")} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::TAKE_DAYS }</Button></div>
            </form>
        </Dialog>
    }
}
