//! Proposing a change: quantity, start and tier, priced by the server while one types.

use std::rc::Rc;

use shared::catalog::api::{Catalog, GetCatalog};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::orders::api::OrderView;
use shared::orders::change::api::{ChangePreview, ChangeQuery, NewChange, PreviewChange, ProposeChange};
use shared::time::Date;
use shared::words::orders as words;
use shared::words::orders::change as said;
use yew::prelude::*;

use super::change::{bookings, sides};
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::{use_load, use_load_if};
use crate::ui::{
    Button, ButtonKind, Choice, Dialog, ErrorSummary, Money, Notice, Select, SkeletonShape, TextArea, TextField, TextKind, Tone,
};

const LABELS: &[(&str, &str)] =
    &[("package", said::TIER), ("quantity", words::QUANTITY), ("start", words::START), ("reason", words::REASON)];

#[derive(Properties, PartialEq)]
pub struct ProposeDialogProps {
    pub order: Rc<OrderView>,
    pub year_end: Option<Date>,
    pub onchanged: Callback<OrderView>,
    pub onclose: Callback<()>,
}

/// The form with its price before and after.
#[component]
pub fn ProposeDialog(props: &ProposeDialogProps) -> Html {
    let order = &props.order;
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let (package, quantity, start) = (order.package.id.to_string(), order.quantity.to_string(), order.summary.start.to_string());
    let form = use_form(&[("package", &package), ("quantity", &quantity), ("start", &start), ("reason", "")]);
    let sender = use_sender::<ProposeChange>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(LABELS);
    let id = order.summary.id;
    let typed = form.text("package").parse().ok().zip(form.text("quantity").trim().parse::<u32>().ok().filter(|many| *many > 0));
    let asked = typed.zip(form.text("start").parse::<Date>().ok());
    let same = asked == Some(((order.package.id, order.quantity), order.summary.start));
    let query = asked.filter(|_| !same).map(|((package, quantity), start)| ChangeQuery { package: Some(package), quantity, start: Some(start) });
    let preview = use_load_if::<PreviewChange>(query.map(|query| (id, query)));
    let seen = preview.data().cloned();
    let onsubmit = {
        let (form, sender, version, seen) = (form.clone(), sender.clone(), order.version, seen.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match (asked, &seen) {
                (Some(((package, quantity), start)), Some(seen)) if !same => {
                    let (price, reason) = (seen.after.price, form.text("reason").to_string());
                    sender.send(Call::to(id).body(NewChange { version, package, quantity, start, price, reason }));
                }
                (Some(_), _) => form.refuse(vec![FieldError::new("quantity", said::NOTHING_CHANGES)]),
                (None, _) => form.refuse(vec![FieldError::new("quantity", words::QUANTITY_WHOLE)]),
            }
        })
    };
    let tiers = catalog.data().map_or_else(|| vec![own(order)], |catalog| tiers(catalog, order));
    let until = props.year_end.map(|day| AttrValue::from(day.to_words()));
    html! {
        <Dialog open=true title={said::CARD} onclose={props.onclose.clone()} broad=true>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <div class="fields-2">
                    <TextField name="quantity" label={words::QUANTITY} kind={TextKind::Number} value={form.text("quantity")} oninput={form.typing("quantity")}
                        error={form.error("quantity")} />
                    <TextField name="start" label={words::START} kind={TextKind::Date} value={form.text("start")} oninput={form.typing("start")}
                        error={form.error("start")} hint={until.map(|day| AttrValue::from(said::until(&day)))} />
                    <Select name="package" label={said::TIER} value={form.text("package")} choices={tiers} onchange={form.typing("package")}
                        error={form.error("package")} />
                </div>
                if query.is_some() { { preview.draw(SkeletonShape::default(), |seen: &Rc<ChangePreview>| priced(seen)) } }
                <TextArea name="reason" label={words::REASON} hint={words::REASON_HINT} rows=2 value={form.text("reason")} oninput={form.typing("reason")}
                    error={form.error("reason")} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ said::SEND }</Button></div>
            </form>
        </Dialog>
    }
}

/// What it does to the price, who pays and approves, and what stands against it.
fn priced(seen: &ChangePreview) -> Html {
    let tone = if seen.needs_approval { Tone::Warn } else { Tone::Good };
    html! {
        <div class="stack">
            { sides(&seen.before, &seen.after, (seen.added, seen.freed)) }
            <p class="small">{ words::WORKING }{ ": " }{ &seen.working }</p>
            if !seen.pays.is_empty() {
                <p class="small strong">{ said::WHO_PAYS }</p>
                <ul class="stack-tight">
                    { for seen.pays.iter().map(|share| html! { <li class="line-item"><span>{ &share.fund_title }</span><Money cents={share.amount} /></li> }) }
                </ul>
                <p class="small muted">{ said::RESERVED_AT_ONCE }</p>
            }
            if !seen.because.is_empty() {
                <Notice {tone} title={if seen.needs_approval { words::NEEDS_APPROVAL } else { words::INSIDE_ENVELOPE }}>{ &seen.because }</Notice>
            }
            { bookings(&seen.bookings) }
            if !seen.problems.is_empty() {
                <Notice tone={Tone::Bad} title={said::STANDS_AGAINST}>
                    <ul class="stack-tight">{ for seen.problems.iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
                </Notice>
            }
        </div>
    }
}

/// The tier that was bought.
fn own(order: &OrderView) -> Choice {
    Choice::new(order.package.id.to_string(), order.summary.tier_name.clone())
}

/// It, and the other tiers of the service on the shelf.
fn tiers(catalog: &Catalog, order: &OrderView) -> Vec<Choice> {
    let service = catalog.services.iter().filter(|service| service.id == order.service.id);
    let others = service.flat_map(|service| &service.packages).filter(|package| package.id != order.package.id);
    let other = |package: &shared::catalog::api::CatalogPackage| {
        let name = if package.content.name.is_empty() { package.content.tier.title() } else { &package.content.name };
        Choice::new(package.id.to_string(), name.to_owned())
    };
    std::iter::once(own(order)).chain(others.map(other)).collect()
}
