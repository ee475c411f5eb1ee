//! An outside provider's own page: its orders with days, contact and what was recorded; recording a delivery.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::orders::api::NewDelivery;
use shared::orders::outside::{GetProviderOrders, LogProviderDelivery, OwnEntry, OwnProvider, ProviderOrder, ProviderOrders};
use shared::time::Date;
use shared::words::orders as words;
use shared::words::orders::outside as page;
use yew::prelude::*;

use super::deliveries::entry_tone;
use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Day, Disclosure, Empty, ErrorSummary, Facts, IconName, Notice, PageHead, PrintButton, SkeletonShape, TextField, TextKind,
    Tone, use_toasts,
};

/// For people of outside providers.
#[component]
pub fn OutsidePage() -> Html {
    let orders = use_load::<GetProviderOrders>((), NoQuery {});
    let put = orders.put();
    html! {
        <>
            <PageHead title={page::OUR_ORDERS} lead={html! { page::OUR_ORDERS_LEAD }} tools={html! { <PrintButton /> }} />
            { orders.draw(SkeletonShape::Page, |view| html! { <Outside view={view.clone()} onchanged={put.clone()} /> }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct OutsideProps {
    pub view: Rc<ProviderOrders>,
    pub onchanged: Callback<ProviderOrders>,
}

/// Provider by provider.
#[component]
pub fn Outside(props: &OutsideProps) -> Html {
    if props.view.providers.is_empty() {
        return html! { <Empty title={page::NO_PROVIDER} text={page::NO_PROVIDER_TEXT} icon={IconName::Users} /> };
    }
    html! { <div class="stack-wide">{ for props.view.providers.iter().map(|provider| of_provider(provider, props)) }</div> }
}

fn of_provider(provider: &OwnProvider, props: &OutsideProps) -> Html {
    html! {
        <section class="stack" aria-label={provider.name.clone()}>
            <h2>{ &provider.name }</h2>
            <p class="small muted">{ page::brokered_by(&provider.unit, &provider.contact) }</p>
            { for provider.lacks.iter().map(|lack| html! { <Notice tone={Tone::Warn}>{ lack }</Notice> }) }
            if provider.orders.is_empty() { <Empty title={page::NO_ORDERS} text={page::NO_ORDERS_TEXT} icon={IconName::Package} /> }
            { for provider.orders.iter().map(|order| html! {
                <OrderCard key={order.id.to_string()} order={order.clone()} today={props.view.today} onchanged={props.onchanged.clone()} />
            }) }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OrderCardProps {
    order: ProviderOrder,
    today: Date,
    onchanged: Callback<ProviderOrders>,
}

#[component]
fn OrderCard(props: &OrderCardProps) -> Html {
    let order = &props.order;
    let ordered = words::counted(order.ordered, order.measure.title());
    let facts = vec![
        (page::SCHOOL.into(), html! { &order.school }),
        (page::CONTACT.into(), html! { &order.contact }),
        (page::STARTS.into(), html! { <Day date={order.start} /> }),
        (page::RECORDED.into(), html! { page::progress(order.delivered, order.confirmed, &ordered) }),
        (page::BOOKED_DAYS.into(), days(order)),
    ];
    let actions = html! { <Chip>{ order.state.title() }</Chip> };
    html! {
        <Card title={words::order_head(order.number, &order.title)} subtitle={order.tier_name.clone()} {actions}>
            <div class="stack">
                <Facts {facts} />
                if !order.entries.is_empty() { <ul class="work-list" aria-label={page::RECORDED}>{ for order.entries.iter().map(|entry| recorded(entry, order)) }</ul> }
                if order.may_log {
                    <Disclosure label={page::RECORD_DELIVERY}>
                        <LogForm order={order.clone()} today={props.today} onchanged={props.onchanged.clone()} />
                    </Disclosure>
                }
            </div>
        </Card>
    }
}

fn days(order: &ProviderOrder) -> Html {
    if order.days.is_empty() {
        return html! { page::NO_DAYS };
    }
    html! { <span class="row-tight">{ for order.days.iter().map(|visit| html! { <Chip><Day date={visit.day} />{ " " }{ visit.part.title() }</Chip> }) }</span> }
}

fn recorded(entry: &OwnEntry, order: &ProviderOrder) -> Html {
    html! {
        <li>
            <div>
                <span class="grow stack-tight">
                    <span><b class="num">{ words::counted(entry.quantity, order.measure.title()) }</b>{ " · " }<Day date={entry.day} /></span>
                    if !entry.note.is_empty() { <span class="small">{ &entry.note }</span> }
                </span>
                <Chip tone={entry_tone(entry.state)}>{ words::entry_title(entry.state) }</Chip>
            </div>
        </li>
    }
}

const LABELS: &[(&str, &str)] = &[("day", page::DAY), ("quantity", page::HOW_MUCH), ("note", page::NOTE)];

#[component]
fn LogForm(props: &OrderCardProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<LogProviderDelivery>(Callback::from(move |view| {
        toasts.say(page::RECORDED_TOAST);
        onchanged.emit(view);
    }));
    let today = props.today.to_string();
    let form = use_form(&[("day", &today), ("quantity", "1"), ("note", "")]).labelled(LABELS).showing(sender.failure());
    let (order, from) = (props.order.clone(), props.order.from);
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match asked(&form, &order) {
                Ok(body) => sender.send(Call::to(order.id).body(body)),
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    html! {
        <form class="form no-print" {onsubmit} novalidate=true aria-label={page::RECORD_DELIVERY}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                <TextField name="day" label={if from.is_some() { page::LAST_DAY } else { page::DAY }} hint={from.map(page::from_day)} kind={TextKind::Date}
                    value={form.text("day")} oninput={form.typing("day")} error={form.error("day")} />
                if from.is_none() {
                    <TextField name="quantity" label={page::HOW_MUCH} kind={TextKind::Number} value={form.text("quantity")} oninput={form.typing("quantity")}
                        error={form.error("quantity")} />
                }
            </div>
            <TextField name="note" label={page::NOTE} optional=true value={form.text("note")} oninput={form.typing("note")} error={form.error("note")} />
            <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ page::RECORD }</Button></div>
        </form>
    }
}

fn asked(form: &Form, order: &ProviderOrder) -> Result<NewDelivery, FieldError> {
    let day = form.text("day").parse().map_err(|_| FieldError::new("day", page::CHOOSE_DAY))?;
    let quantity = form.text("quantity").trim().parse().map_err(|_| FieldError::new("quantity", page::WRITE_A_NUMBER))?;
    Ok(NewDelivery { version: order.version, day, first: order.from, quantity, note: form.text("note").to_string() })
}
