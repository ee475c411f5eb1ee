//! One order: where it stands, what the caller may do now, its deliveries against what was ordered, facts and messages.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::id::OrderId;
use shared::orders::OrderState;
use shared::orders::api::{GetOrder, OrderView};
use shared::orders::change::is_changeable;
use shared::words::orders as words;
use yew::prelude::*;

use super::actions::Actions;
use super::bookings::BookingsCard;
use super::change::ChangeCard;
use super::counter::CounterCard;
use super::deliveries::DeliveriesCard;
use super::fields::{clock, state_chip};
use super::order_aside::Aside;
use super::order_questions::OrderQuestions;
use super::steps::ApprovalCard;
use super::pace::PaceCard;
use super::rescue::RescueCard;
use super::timeline::TimelineCard;
use crate::app::NotFoundPage;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{Card, CopyLink, Crumb, Mark, PageHead, PrintButton, SkeletonShape, Step, Steps};

#[derive(Properties, PartialEq)]
pub struct OrderPageProps {
    pub id: AttrValue,
}

/// Loads the order and keeps it current with what each command answers.
#[component]
pub fn OrderPage(props: &OrderPageProps) -> Html {
    let session = use_session();
    let id: Option<OrderId> = props.id.parse().ok();
    let order = use_load_if::<GetOrder>(id.map(|id| (id, NoQuery {})));
    let onchanged = {
        let put = order.put();
        Callback::from(move |view: OrderView| {
            session.act(Act::MoneyMoved);
            put.emit(view);
        })
    };
    if id.is_none() {
        return html! { <NotFoundPage /> };
    }
    let onreload = order.reload.clone();
    order.draw(SkeletonShape::Page, |order| html! { <Whole order={order.clone()} {onchanged} {onreload} /> })
}

#[derive(Properties, PartialEq)]
struct WholeProps {
    order: Rc<OrderView>,
    onchanged: Callback<OrderView>,
    onreload: Callback<()>,
}

/// Whether days are booked, or were.
const fn has_days(state: OrderState) -> bool {
    matches!(state, OrderState::Accepted | OrderState::InDelivery | OrderState::Delivered | OrderState::Closed)
}

#[component]
fn Whole(props: &WholeProps) -> Html {
    let order = &props.order;
    let summary = &order.summary;
    let title = words::order_head(summary.number, &summary.title);
    let crumbs = vec![Crumb::to(words::ORDERS, Route::Orders), Crumb::here(words::order_title(summary.number))];
    let lead = html! {
        <span class="row-tight">
            { state_chip(summary.state) }
            <span>{ words::for_price(&summary.tier_name, summary.price) }</span>
            <span class="muted">{ &summary.school.name }{ " · " }{ &summary.unit.name }</span>
        </span>
    };
    let tools = html! { <><CopyLink /><PrintButton /></> };
    html! {
        <>
            <PageHead {title} {lead} {crumbs} {tools} />
            <div class="stack-wide">
                { track(order) }
                <div class="order-grid">
                    <div class="stack-wide order-main">
                        if order.counter.is_some() {
                            <CounterCard order={order.clone()} onchanged={props.onchanged.clone()} />
                        }
                        <ApprovalCard order={order.clone()} />
                        <OrderQuestions order={order.clone()} onchanged={props.onchanged.clone()} onreload={props.onreload.clone()} />
                        if has_days(summary.state) { <BookingsCard order={summary.id} onchanged={props.onreload.clone()} /> }
                        <DeliveriesCard order={order.clone()} onchanged={props.onchanged.clone()} />
                        if let Some(view) = &order.pace { <PaceCard view={view.clone()} word={words::unit_word(order.measure, !order.periods.is_empty())} /> }
                        if is_changeable(summary.state) { <ChangeCard order={order.clone()} onchanged={props.onchanged.clone()} /> }
                        if order.rescue { <RescueCard order={order.clone()} onchanged={props.onchanged.clone()} /> }
                        <TimelineCard order={order.clone()} />
                    </div>
                    <div class="order-act">
                        <Card title={words::DECIDE}>
                            <div class="stack">
                                <div class="small">{ clock(summary.waits_for.as_ref()) }</div>
                                <Actions order={order.clone()} onchanged={props.onchanged.clone()} />
                            </div>
                        </Card>
                    </div>
                    <div class="stack-wide order-aside"><Aside order={order.clone()} /></div>
                </div>
            </div>
        </>
    }
}

/// How far along the usual steps the order is; what ended elsewhere says so by its chip.
fn track(order: &OrderView) -> Html {
    let now = order.summary.state;
    let state = if now == OrderState::Countered { OrderState::Approved } else { now };
    let Some(here) = words::STEPS.iter().position(|(step, _)| *step == state) else { return Html::default() };
    let step = |(at, (_, name)): (usize, &(OrderState, &'static str))| {
        let mark = match at.cmp(&here) {
            std::cmp::Ordering::Less => Mark::Done,
            std::cmp::Ordering::Equal if state == OrderState::Closed => Mark::Done,
            std::cmp::Ordering::Equal => Mark::Now,
            std::cmp::Ordering::Greater => Mark::Open,
        };
        Step { mark, name: (*name).into(), detail: Html::default() }
    };
    html! { <Steps label={words::STEPS_LABEL} steps={words::STEPS.iter().enumerate().map(step).collect::<Vec<_>>()} /> }
}
