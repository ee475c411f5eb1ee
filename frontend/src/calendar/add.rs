//! Adding days to the district's calendar.

use shared::calendar::DayKind;
use shared::calendar::api::{AddCalendarDays, CalendarView, NewCalendarDays};
use shared::error::FieldError;
use shared::text::{TITLE_LIMIT, required};
use shared::time::Date;
use shared::words::calendar::pages as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::ui::{Button, ButtonKind, Choice, Dialog, ErrorSummary, Segments, TextField, TextKind, use_toasts};

const LABELS: [(&str, &str); 3] = [("first", words::FIRST), ("last", words::LAST), ("title", words::NAME)];

#[derive(Properties, PartialEq)]
pub struct AddDialogProps {
    pub version: u32,
    pub onchanged: Callback<CalendarView>,
    pub onclose: Callback<()>,
}

/// Kind, days and name.
#[component]
pub fn AddDialog(props: &AddDialogProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<AddCalendarDays>(Callback::from(move |view| {
        toasts.say(words::ADDED);
        onchanged.emit(view);
    }));
    let form = use_form(&[("kind", DayKind::Holiday.name())]).labelled(&LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, version) = (form.clone(), sender.clone(), props.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let kind = DayKind::parse(&form.text("kind")).unwrap_or(DayKind::Holiday);
            match days(&form) {
                Ok((first, last, title)) => sender.send(Call::to(()).body(NewCalendarDays { version, kind, first, last, title })),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let choices = DayKind::ALL.iter().map(|kind| Choice::new(kind.name(), kind.title())).collect::<Vec<_>>();
    let onkind = form.typing("kind").reform(|value: AttrValue| value.to_string());
    html! {
        <Dialog open=true title={words::ADD} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true aria-label={words::ADD}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Segments name="kind" label={words::KIND} value={form.text("kind")} {choices} onchange={onkind} />
                { day_fields(&form, words::NAME_HINT) }
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::ADD }</Button></div>
            </form>
        </Dialog>
    }
}

/// First day, last day, name: shared by the district's days and the school's own.
pub fn day_fields(form: &Form, hint: &'static str) -> Html {
    html! {
        <>
            <div class="fields-2">
                <TextField name="first" label={words::FIRST} kind={TextKind::Date} value={form.text("first")} oninput={form.typing("first")} error={form.error("first")} />
                <TextField name="last" label={words::LAST} hint={words::LAST_HINT} optional=true kind={TextKind::Date} value={form.text("last")}
                    oninput={form.typing("last")} error={form.error("last")} />
            </div>
            <TextField name="title" label={words::NAME} {hint} maxlength=120 value={form.text("title")} oninput={form.typing("title")} error={form.error("title")} />
        </>
    }
}

/// What the fields say, or what is wrong with them.
pub fn days(form: &Form) -> Result<(Date, Option<Date>, String), Vec<FieldError>> {
    let day = |name: &'static str| form.text(name).parse::<Date>().map_err(|error| FieldError::new(name, error.to_string()));
    let first = day("first");
    let last = if form.text("last").is_empty() { Ok(None) } else { day("last").map(Some) };
    let title = required(&form.text("title"), TITLE_LIMIT).map_err(|error| FieldError::new("title", error.message()));
    match (first, last, title) {
        (Ok(first), Ok(last), Ok(title)) => Ok((first, last, title)),
        (first, last, title) => Err([first.err(), last.err(), title.err()].into_iter().flatten().collect()),
    }
}
