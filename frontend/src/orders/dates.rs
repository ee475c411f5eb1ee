//! The dates of the year that everybody plans by; the budget office sets them here.

use std::rc::Rc;

use shared::error::FieldError;
use shared::fiscal::FiscalYear;
use shared::identity::policy::Permission;
use shared::orders::api::{GetYearlyDates, NewYearlyDate, SetYearlyDate, YearQuery};
use shared::orders::dates::{YearlyDate, YearlyDates};
use shared::words::orders as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Card, Chip, Day, PageHead, SkeletonShape, TextField, TextKind, Tone};

/// The dates of the open fiscal year.
#[component]
pub fn DatesPage() -> Html {
    let may = use_session().may(Permission::KeepCalendar);
    let loaded = use_load::<GetYearlyDates>((), YearQuery::default());
    let onchanged = loaded.put();
    html! {
        <>
            <PageHead title={words::YEARLY_DATES} lead={html! { words::YEARLY_DATES_LEAD }} />
            { loaded.draw(SkeletonShape::Page, |dates: &Rc<YearlyDates>| html! {
                <Card title={dates.year.to_string()} flush=true>
                    <ul class="entry-list">
                        { for dates.dates.iter().map(|date| html! {
                            <Item key={date.kind.name()} year={dates.year} date={*date} {may} onchanged={onchanged.clone()} />
                        }) }
                    </ul>
                </Card>
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    year: FiscalYear,
    date: YearlyDate,
    may: bool,
    onchanged: Callback<YearlyDates>,
}

#[component]
fn Item(props: &ItemProps) -> Html {
    let YearlyDate { kind, day, set } = props.date;
    let form = use_form(&[("day", &day.to_string())]);
    let sender = use_sender::<SetYearlyDate>(props.onchanged.clone());
    let form = form.showing(sender.failure());
    let onsubmit = {
        let (form, sender, year) = (form.clone(), sender.clone(), props.year);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match form.text("day").parse() {
                Ok(day) => sender.send(Call::to(()).body(NewYearlyDate { year, kind, day })),
                Err(_) => form.refuse(vec![FieldError::new("day", words::START_MISSING)]),
            }
        })
    };
    let name = kind.name();
    html! {
        <li class="entry-item">
            <div class="stack-tight grow">
                <span class="strong">{ kind.title() }</span>
                <span class="row-tight"><Day date={day} />if !set { <Chip tone={Tone::Plain}>{ words::USUAL }</Chip> }</span>
            </div>
            if props.may {
                <form class="row-tight" {onsubmit} novalidate=true>
                    <TextField {name} label={words::DAY} kind={TextKind::Date} value={form.text("day")} oninput={form.typing("day")} error={form.error("day")} />
                    <Button submit=true kind={ButtonKind::Normal} busy={sender.busy()} label={format!("{}: {}", words::SET, kind.title())}>{ words::SET }</Button>
                </form>
            }
        </li>
    }
}
