//! All deliveries on one page, made for a thumb: log what was delivered today, confirm what was received, settle what is in dispute.

use shared::contract::Empty as NoQuery;
use shared::identity::policy::Permission;
use shared::orders::api::{
    ConfirmDelivery, DeliveriesView, EntryItem, GetDeliveries, LogDelivery, NewDelivery, OrderAction, OrderVersion, OrderView, ToLog,
};
use shared::time::Date;
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::deliveries::entry_state;
use super::entry::{Asked, EntryDialog, conversation, doings};
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{Button, ButtonKind, ButtonLink, Card, Day, IconName, Money, Notice, PageHead, SkeletonShape, Tone, use_toasts};

/// What the caller has to do about deliveries, over all orders.
#[component]
pub fn EntriesPage() -> Html {
    let session = use_session();
    let loaded = use_load::<GetDeliveries>((), NoQuery {});
    let (logs, answers) = (session.may(Permission::LogDelivery), session.may(Permission::ConfirmDelivery));
    let onchanged = {
        let refresh = loaded.refresh();
        Callback::from(move |_: OrderView| {
            session.act(Act::MoneyMoved);
            refresh.emit(());
        })
    };
    html! {
        <>
            <PageHead title={words::ENTRIES} lead={html! { words::ENTRIES_LEAD }} />
            { loaded.draw(SkeletonShape::Page, |view: &std::rc::Rc<DeliveriesView>| html! {
                <div class="stack-wide entries">
                    if logs || !view.to_log.is_empty() { { to_log(view, &onchanged) } }
                    if answers || !view.to_answer.is_empty() { { items(words::TO_CONFIRM, words::TO_CONFIRM_EMPTY, &view.to_answer, &onchanged) } }
                    { items(words::IN_DISPUTE, words::IN_DISPUTE_EMPTY, &view.in_dispute, &onchanged) }
                </div>
            }) }
        </>
    }
}

fn to_log(view: &DeliveriesView, onchanged: &Callback<OrderView>) -> Html {
    let today = view.today;
    let one = |order: &ToLog| html! { <LogItem key={order.order.to_string()} order={order.clone()} {today} onchanged={onchanged.clone()} /> };
    html! {
        <Card title={words::TO_LOG} flush=true>
            if view.to_log.is_empty() { <p class="small muted desk-empty">{ words::TO_LOG_EMPTY }</p> }
            <ul class="entry-list">{ for view.to_log.iter().map(one) }</ul>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct LogItemProps {
    order: ToLog,
    today: Date,
    onchanged: Callback<OrderView>,
}

/// One order to log for: a tap for as many as last time, today; a step more or less beside it.
#[component]
fn LogItem(props: &LogItemProps) -> Html {
    let ToLog { order, number, version, measure, .. } = props.order;
    let left = props.order.ordered_units.saturating_sub(props.order.logged_units);
    let quantity = use_state(|| props.order.usual.clamp(1, left.max(1)));
    let toasts = use_toasts();
    let onlogged = {
        let onchanged = props.onchanged.clone();
        Callback::from(move |view: OrderView| {
            toasts.say(words::LOGGED_TOAST);
            onchanged.emit(view);
        })
    };
    let sender = use_sender::<LogDelivery>(onlogged);
    let count = (*quantity).min(left.max(1));
    let onlog = {
        let (sender, day) = (sender.clone(), props.today);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(order).body(NewDelivery { version, day, first: None, quantity: count, note: String::new() })))
    };
    let step = |to: u32| {
        let quantity = quantity.clone();
        Callback::from(move |_: MouseEvent| quantity.set(to))
    };
    let to = Route::Order { id: order.to_string() };
    let counted = words::counted(count, measure.title());
    html! {
        <li class="entry-item">
            <div class="stack-tight grow">
                <span class="strong">{ &props.order.school.name }</span>
                <span><Link<Route> {to}>{ words::order_head(number, &props.order.title) }</Link<Route>><span class="muted">{ " · " }{ &props.order.tier_name }</span></span>
                <span class="tiny muted">
                    { words::logged_of(props.order.logged_units, &words::counted(props.order.ordered_units, measure.title())) }
                    if let Some(day) = props.order.last_day { { " · " }{ words::last_on(day) } }
                </span>
                if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            </div>
            if let Some(from) = props.order.from {
                <span class="row-tight entry-log"><span class="small muted">{ words::FROM }{ " " }<Day date={from} /></span>
                    <ButtonLink to={Route::Order { id: order.to_string() }} kind={ButtonKind::Primary}>{ words::action_title(OrderAction::LogDelivery) }</ButtonLink>
                </span>
            } else {
            <div class="row-tight entry-log">
                <Button kind={ButtonKind::Normal} label={words::LESS} onclick={step(count.saturating_sub(1).max(1))}>{ "−" }</Button>
                <Button kind={ButtonKind::Primary} icon={IconName::Check} busy={sender.busy()} onclick={onlog}>{ words::log_today(&counted) }</Button>
                <Button kind={ButtonKind::Normal} label={words::MORE} onclick={step((count + 1).min(left.max(1)))}>{ "+" }</Button>
            </div>
            }
        </li>
    }
}

fn items(title: &'static str, empty: &'static str, items: &[EntryItem], onchanged: &Callback<OrderView>) -> Html {
    let one = |item: &EntryItem| html! { <Item key={item.entry.id.to_string()} item={item.clone()} onchanged={onchanged.clone()} /> };
    html! {
        <Card {title} flush=true>
            if items.is_empty() { <p class="small muted desk-empty">{ empty }</p> }
            <ul class="entry-list">{ for items.iter().map(one) }</ul>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    item: EntryItem,
    onchanged: Callback<OrderView>,
}

/// One entry with its order's name.
#[component]
fn Item(props: &ItemProps) -> Html {
    let EntryItem { order, number, version, title, school, unit, measure, entry } = &props.item;
    let (id, version) = (entry.id, *version);
    let asked = use_state(|| None::<Asked>);
    let onclose = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let changed = {
        let (onchanged, onclose) = (props.onchanged.clone(), onclose.clone());
        Callback::from(move |view: OrderView| {
            onclose.emit(());
            onchanged.emit(view);
        })
    };
    let toasts = use_toasts();
    let onconfirmed = {
        let onchanged = props.onchanged.clone();
        Callback::from(move |view: OrderView| {
            toasts.say(words::CONFIRMED_TOAST);
            onchanged.emit(view);
        })
    };
    let confirmer = use_sender::<ConfirmDelivery>(onconfirmed);
    let busy = confirmer.busy();
    let onconfirm = {
        let confirmer = confirmer.clone();
        Callback::from(move |_: MouseEvent| confirmer.send(Call::to(id).body(OrderVersion { version })))
    };
    let onask = {
        let asked = asked.clone();
        Callback::from(move |what: Asked| asked.set(Some(what)))
    };
    let to = Route::Order { id: order.to_string() };
    html! {
        <li class="entry-item">
            <div class="stack-tight grow">
                <span class="strong">{ words::counted(entry.quantity, measure.title()) }{ " · " }<Day date={entry.day} />{ " · " }<Money cents={entry.amount} /></span>
                <span><Link<Route> {to}>{ words::order_head(*number, title) }</Link<Route>></span>
                <span class="tiny muted">{ &school.name }{ " · " }{ &unit.name }{ " · " }{ &entry.logged_by.name }</span>
                if !entry.note.is_empty() { <span class="small">{ &entry.note }</span> }
                if let Some(dispute) = entry.dispute { <span class="small strong">{ dispute.title() }</span> }
                { entry_state(entry) }
                { conversation(&entry.messages) }
                if let Some(failure) = confirmer.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            </div>
            { doings(entry, busy, onconfirm, &onask) }
            if let Some(asked) = *asked {
                <EntryDialog {asked} entry={entry.clone()} {version} onchanged={changed} {onclose} />
            }
        </li>
    }
}
