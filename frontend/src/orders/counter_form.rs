//! “No, but…”: why not, and up to three other ways: another tier, date, fund, service or unit; or the quoted rule with an offer to talk.

use std::rc::Rc;

use shared::budget::api::{FundView, ListFunds};
use shared::catalog::api::{Catalog, CatalogPackage, CatalogService, GetCatalog};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::orders::api::{Counter, CounterOrder, OrderAction, OrderView};
use shared::orders::{Alternative, NoReason};
use shared::words::orders as words;
use yew::prelude::*;

use super::dialogs::DialogProps;
use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{Button, ButtonKind, Choice, Dialog, ErrorSummary, Field, Select, TextArea, TextField, TextKind};

/// The fields of one alternative.
struct Names {
    package: &'static str,
    quantity: &'static str,
    start: &'static str,
    fund: &'static str,
    note: &'static str,
}

macro_rules! alternatives {
    ($($at:literal),*) => {
        /// One set of fields for each alternative that an answer can offer.
        const ALTERNATIVES: &[Names] = &[$(Names {
            package: concat!("alternatives.", $at, ".package"),
            quantity: concat!("alternatives.", $at, ".quantity"),
            start: concat!("alternatives.", $at, ".start"),
            fund: concat!("alternatives.", $at, ".fund"),
            note: concat!("alternatives.", $at, ".note"),
        }),*];

        const LABELS: &[(&str, &str)] = &[
            ("explanation", words::EXPLANATION),
            ("alternatives", words::ALTERNATIVES),
            ("rule_quoted", words::RULE_QUOTED),
            ("offer_to_talk", words::TALK),
            $((concat!("alternatives.", $at, ".package"), words::ALTERNATIVE),
            (concat!("alternatives.", $at, ".quantity"), words::QUANTITY),
            (concat!("alternatives.", $at, ".start"), words::START),
            (concat!("alternatives.", $at, ".fund"), words::PAID_FROM),)*
        ];
    };
}

alternatives!("0", "1", "2");

/// Never a bare no.
#[component]
pub fn CounterDialog(props: &DialogProps) -> Html {
    let order = &props.order;
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let funds = use_load::<ListFunds>((), NoQuery {});
    let shown = use_state(|| 1_usize);
    let (quantity, start) = (order.quantity.to_string(), order.summary.start.to_string());
    let mut first = vec![("reason", "no_capacity"), ("explanation", ""), ("rule_quoted", ""), ("offer_to_talk", "")];
    for names in ALTERNATIVES {
        let own: [(&'static str, &str); 5] = [(names.package, ""), (names.quantity, &quantity), (names.start, &start), (names.fund, ""), (names.note, "")];
        first.extend(own);
    }
    let form = use_form(&first);
    let sender = use_sender::<CounterOrder>(props.onchanged.clone());
    let form = form.showing(sender.failure()).labelled(LABELS);
    let onsubmit = {
        let (form, sender, order) = (form.clone(), sender.clone(), order.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match answer(&form, order.version) {
                Ok(body) => sender.send(Call::to(order.summary.id).body(body)),
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    let onmore = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set((*shown + 1).min(ALTERNATIVES.len())))
    };
    let reasons: Vec<Choice> = NoReason::ALL.iter().map(|reason| Choice::new(reason_name(*reason), reason.title())).collect();
    let packages = catalog.data().map(|catalog| packages(catalog, order)).unwrap_or_default();
    let funds = funds.data().map(|funds| fund_choices(funds)).unwrap_or_default();
    let offered = ALTERNATIVES.iter().take(*shown).enumerate();
    html! {
        <Dialog open=true title={words::action_question(OrderAction::Counter)} onclose={props.onclose.clone()} broad=true>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Select name="reason" label={words::WHY_NOT} value={form.text("reason")} choices={reasons} onchange={form.typing("reason")} />
                <TextArea name="explanation" label={words::EXPLANATION} rows=3 value={form.text("explanation")} oninput={form.typing("explanation")}
                    error={form.error("explanation")} />
                <Field name="alternatives" label={words::ALTERNATIVES} error={form.error("alternatives")}>
                    <div class="stack">{ for offered.map(|(at, names)| alternative(&form, (at, names), &packages, &funds)) }</div>
                </Field>
                if *shown < ALTERNATIVES.len() {
                    <div><Button compact=true onclick={onmore}>{ words::ONE_MORE_ALTERNATIVE }</Button></div>
                }
                { area(&form, "rule_quoted", words::RULE_QUOTED, None) }
                { area(&form, "offer_to_talk", words::TALK, Some(words::TALK_HINT)) }
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SEND }</Button></div>
            </form>
        </Dialog>
    }
}

fn area(form: &Form, name: &'static str, label: &'static str, hint: Option<&'static str>) -> Html {
    let hint = hint.map(AttrValue::from);
    html! { <TextArea {name} {label} {hint} rows=3 optional=true value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
}

fn alternative(form: &Form, (at, names): (usize, &Names), packages: &[Choice], funds: &[Choice]) -> Html {
    let text = |name: &'static str, label: &'static str, kind: TextKind| html! {
        <TextField {name} {label} {kind} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} />
    };
    html! {
        <fieldset class="stack-tight">
            <legend class="small strong">{ words::alternative_number(at + 1) }</legend>
            <div class="fields-2">
                <Select name={names.package} label={words::ALTERNATIVE} value={form.text(names.package)} choices={packages.to_vec()}
                    onchange={form.typing(names.package)} error={form.error(names.package)} />
                { text(names.quantity, words::QUANTITY, TextKind::Number) }
                { text(names.start, words::START, TextKind::Date) }
                <Select name={names.fund} label={words::PAID_FROM} value={form.text(names.fund)} choices={funds.to_vec()}
                    onchange={form.typing(names.fund)} error={form.error(names.fund)} />
            </div>
            <TextField name={names.note} label={words::NOTE} optional=true value={form.text(names.note)} oninput={form.typing(names.note)}
                error={form.error(names.note)} />
        </fieldset>
    }
}

/// The unit's own packages first, then those of other units, which answer for themselves.
fn packages(catalog: &Catalog, order: &OrderView) -> Vec<Choice> {
    let unit = order.summary.unit.id;
    let tier = |package: &CatalogPackage| if package.content.name.is_empty() { package.content.tier.title().to_owned() } else { package.content.name.clone() };
    let name_of = |service: &CatalogService| catalog.units.iter().find(|known| known.id == service.unit).map(|known| known.name.clone());
    let choice = |service: &CatalogService, package: &CatalogPackage| {
        let title = words::package_title(&service.content.title, &tier(package));
        let title = if service.unit == unit { title } else { words::of_unit(&title, &name_of(service).unwrap_or_default()) };
        Choice::new(package.id.to_string(), title)
    };
    let (own, others): (Vec<&CatalogService>, Vec<&CatalogService>) = catalog.services.iter().partition(|service| service.unit == unit);
    let offered = own.into_iter().chain(others).flat_map(|service| service.packages.iter().map(move |package| choice(service, package)));
    std::iter::once(Choice::new("", words::NO_ALTERNATIVE)).chain(offered).collect()
}

fn fund_choices(funds: &Rc<Vec<FundView>>) -> Vec<Choice> {
    let fund = |fund: &FundView| Choice::new(fund.id.to_string(), fund.title.clone());
    std::iter::once(Choice::new("", words::PAID_AS_BEFORE)).chain(funds.iter().map(fund)).collect()
}

const fn reason_name(reason: NoReason) -> &'static str {
    match reason {
        NoReason::NoCapacity => "no_capacity",
        NoReason::DateNotPossible => "date_not_possible",
        NoReason::NotReady => "not_ready",
        NoReason::OutsideScope => "outside_scope",
        NoReason::BoundByRule => "bound_by_rule",
    }
}

fn answer(form: &Form, version: u32) -> Result<Counter, FieldError> {
    let reason =
        NoReason::ALL.iter().copied().find(|reason| reason_name(*reason) == form.text("reason").as_str()).unwrap_or(NoReason::NoCapacity);
    let mut alternatives = Vec::new();
    for names in ALTERNATIVES {
        let Ok(package) = form.text(names.package).parse() else { continue };
        let quantity = form.text(names.quantity).trim().parse().map_err(|_| FieldError::new(names.quantity, words::QUANTITY_WHOLE))?;
        let start = form.text(names.start).parse().map_err(|_| FieldError::new(names.start, words::START_MISSING))?;
        let (fund, note) = (form.text(names.fund).parse().ok(), form.text(names.note).to_string());
        alternatives.push(Alternative { package, quantity, start, fund, note });
    }
    let words_of = |name: &str| form.text(name).to_string();
    let (explanation, rule_quoted, offer_to_talk) = (words_of("explanation"), words_of("rule_quoted"), words_of("offer_to_talk"));
    Ok(Counter { version, reason, explanation, alternatives, rule_quoted, offer_to_talk })
}
