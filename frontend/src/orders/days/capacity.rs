//! What the unit's packages have sold and have left, and how many may start in one term or month.

use shared::catalog::starts::{StartLimit, StartPeriod};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::id::UnitId;
use shared::orders::booking::api::{GetUnitCapacity, NewStartLimit, PackageCapacity, SetStartLimit, UnitCapacity};
use shared::words::orders::booking as words;
use yew::prelude::*;

use crate::api::Call;
use crate::clock::use_clock;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Column, Dialog, ErrorSummary, Row, Segments, SkeletonShape, Table, TextField, TextKind, Tone,
    use_toasts,
};

const LABELS: [(&str, &str); 1] = [("most", words::LIMIT_MOST)];
/// The choice that lets the year alone count.
const NONE: &str = "none";

#[derive(Properties, PartialEq)]
pub struct CapacityCardProps {
    pub unit: UnitId,
}

/// The packages as a table.
#[component]
pub fn CapacityCard(props: &CapacityCardProps) -> Html {
    let capacity = use_load::<GetUnitCapacity>(props.unit, NoQuery {});
    let open = use_state(|| None::<PackageCapacity>);
    let today = use_clock().today;
    let onopen = {
        let open = open.clone();
        Callback::from(move |package: PackageCapacity| open.set(Some(package)))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let onsaved = {
        let (put, onclose) = (capacity.put(), onclose.clone());
        Callback::from(move |view: UnitCapacity| {
            onclose.emit(());
            put.emit(view);
        })
    };
    html! {
        <Card title={words::CAPACITY} subtitle={words::CAPACITY_LEAD} flush=true>
            { capacity.draw(SkeletonShape::Lines, |view| {
                let columns = vec![
                    Column::text("package", words::PACKAGE),
                    Column::amount("capacity", words::CAN_DELIVER),
                    Column::amount("sold", words::SOLD),
                    Column::amount("left", words::LEFT),
                    Column::amount("waiting", words::WAITING),
                    Column::text("starts", words::STARTS),
                ];
                let rows = view.packages.iter().map(|package| row(package, today, view.may_limit.then_some(&onopen))).collect::<Vec<_>>();
                html! { <Table caption={words::CAPACITY} {columns} {rows} /> }
            }) }
            if let Some(package) = &*open { <LimitDialog package={package.clone()} {onsaved} {onclose} /> }
        </Card>
    }
}

fn row(package: &PackageCapacity, today: Option<shared::time::Date>, onopen: Option<&Callback<PackageCapacity>>) -> Row {
    let left = package.capacity.map(|capacity| capacity.saturating_sub(package.sold));
    let limit = package.limit.map(|limit| words::limit_words(limit.most, limit.period.title()));
    // What is past is no longer of interest.
    let part = package.parts.iter().find(|part| today.is_none_or(|today| part.last >= today) && part.left > 0);
    let change = onopen.map(|onopen| {
        let (onopen, package) = (onopen.clone(), package.clone());
        let label = AttrValue::from(words::change_limit(&package.title));
        html! { <Button compact=true {label} onclick={onopen.reform(move |_: MouseEvent| package.clone())}>{ words::CHANGE_LIMIT }</Button> }
    });
    let cells = vec![
        html! { <>{ &package.title }<span class="muted">{ " · " }{ &package.tier_name }</span></> },
        html! { package.capacity.map_or_else(|| words::NOT_COUNTED.to_owned(), |capacity| capacity.to_string()) },
        html! { package.sold },
        match left {
            Some(0) => html! { <Chip tone={Tone::Warn}>{ "0" }</Chip> },
            Some(left) => html! { left },
            None => Html::default(),
        },
        if package.waiting > 0 {
            html! { <Chip tone={Tone::Info}>{ package.waiting }</Chip> }
        } else {
            Html::default()
        },
        html! {
            <span class="row-tight">
                if let Some(limit) = limit { <span>{ limit }</span> }
                if let Some(part) = part { <span class="tiny muted">{ words::part_left(part.first, part.left) }</span> }
                { change.unwrap_or_default() }
            </span>
        },
    ];
    Row::new(package.package.to_string(), cells)
}

#[derive(Properties, PartialEq)]
struct LimitDialogProps {
    package: PackageCapacity,
    onsaved: Callback<UnitCapacity>,
    onclose: Callback<()>,
}

#[component]
fn LimitDialog(props: &LimitDialogProps) -> Html {
    let toasts = use_toasts();
    let onsaved = props.onsaved.clone();
    let sender = use_sender::<SetStartLimit>(Callback::from(move |view| {
        toasts.say(words::LIMIT_SAVED);
        onsaved.emit(view);
    }));
    let before = props.package.limit;
    let period = before.map_or(NONE, |limit| limit.period.name());
    let most = before.map(|limit| limit.most.to_string()).unwrap_or_default();
    let form = use_form(&[("period", period), ("most", &most)]).labelled(&LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, package) = (form.clone(), sender.clone(), props.package.package);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match limit(&form) {
                Ok(limit) => sender.send(Call::to(package).body(NewStartLimit { limit })),
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    let choices = vec![
        Choice::new(NONE, words::LIMIT_NONE),
        Choice::new(StartPeriod::Term.name(), words::LIMIT_TERM),
        Choice::new(StartPeriod::Month.name(), words::LIMIT_MONTH),
    ];
    let onperiod = form.typing("period").reform(|value: AttrValue| value.to_string());
    html! {
        <Dialog open=true title={words::CHANGE_LIMIT} onclose={props.onclose.clone()}>
            <p class="strong">{ &props.package.title }{ " · " }{ &props.package.tier_name }</p>
            <form class="form" {onsubmit} novalidate=true aria-label={words::CHANGE_LIMIT}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Segments name="period" label={words::LIMIT_PERIOD} value={form.text("period")} {choices} onchange={onperiod} />
                if form.text("period") != NONE {
                    <TextField name="most" label={words::LIMIT_MOST} hint={words::LIMIT_HINT} kind={TextKind::Number} maxlength=6 value={form.text("most")}
                        oninput={form.typing("most")} error={form.error("most")} />
                }
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ shared::words::shell::SAVE }</Button></div>
            </form>
        </Dialog>
    }
}

fn limit(form: &Form) -> Result<Option<StartLimit>, FieldError> {
    let Some(period) = StartPeriod::parse(&form.text("period")) else { return Ok(None) };
    match form.text("most").trim().parse() {
        Ok(most) => Ok(Some(StartLimit { period, most })),
        Err(_) => Err(FieldError::new("most", words::WRITE_A_NUMBER)),
    }
}
