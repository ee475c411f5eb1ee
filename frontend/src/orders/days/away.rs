//! Days away: blackout days of the whole unit, absences of single people.

use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::id::{AwayId, StaffId, UnitId};
use shared::orders::booking::Staff;
use shared::orders::booking::api::{AddAway, AwayView, NewAway, RemoveAway, UnitCalendar};
use shared::text::{TITLE_LIMIT, required};
use shared::time::Date;
use shared::words::calendar as calendar_words;
use shared::words::orders::booking as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::ui::{Button, ButtonKind, Card, Choice, Dialog, ErrorSummary, IconName, Notice, Select, TextField, TextKind, Tone, use_toasts};

const LABELS: [(&str, &str); 4] = [("staff", words::WHO), ("first", words::FIRST), ("last", words::LAST), ("title", words::WHY)];
/// The choice that stands for everybody.
const UNIT: &str = "unit";

#[derive(Properties, PartialEq)]
pub struct AwayCardProps {
    pub view: UnitCalendar,
    pub onchanged: Callback<()>,
}

/// The days away that are not over; the unit's head enters and removes.
#[component]
pub fn AwayCard(props: &AwayCardProps) -> Html {
    let toasts = use_toasts();
    let open = use_state(|| false);
    let view = &props.view;
    let remover = {
        let onchanged = props.onchanged.clone();
        use_sender::<RemoveAway>(Callback::from(move |_| {
            toasts.say(words::AWAY_REMOVED);
            onchanged.emit(());
        }))
    };
    let onremove = {
        let remover = remover.clone();
        Callback::from(move |id: AwayId| remover.send(Call::to(id).body(NoQuery {})))
    };
    let show = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let onsaved = {
        let (onclose, onchanged) = (onclose.clone(), props.onchanged.clone());
        Callback::from(move |()| {
            onclose.emit(());
            onchanged.emit(());
        })
    };
    let actions = html! {
        if view.may_keep { <Button compact=true icon={IconName::Plus} onclick={show}>{ words::ADD_AWAY }</Button> }
    };
    html! {
        <Card title={words::AWAY} subtitle={words::AWAY_LEAD} {actions} flush=true>
            if let Some(failure) = remover.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            if view.away.is_empty() { <p class="small muted desk-empty">{ words::NO_AWAY }</p> }
            <ul class="work-list">{ for view.away.iter().map(|row| one(view, row, &onremove)) }</ul>
            if *open { <AwayDialog unit={view.unit.id} team={view.team.clone()} {onsaved} {onclose} /> }
        </Card>
    }
}

fn who(view: &UnitCalendar, staff: Option<StaffId>) -> String {
    let Some(id) = staff else { return words::WHOLE_UNIT.to_owned() };
    view.team.iter().find(|known| known.id == id).map(|known| known.name.clone()).unwrap_or_default()
}

fn one(view: &UnitCalendar, row: &AwayView, onremove: &Callback<AwayId>) -> Html {
    let (id, away) = (row.id, &row.away);
    let label = AttrValue::from(words::remove_away(&away.title));
    html! {
        <li key={id.to_string()}><div>
            <span class="grow stack-tight">
                <span><b>{ who(view, away.staff) }</b>{ ": " }{ &away.title }</span>
                <span class="muted num">{ calendar_words::dates(away.first, away.last) }</span>
            </span>
            if view.may_keep { <Button compact=true {label} onclick={onremove.reform(move |_: MouseEvent| id)}>{ words::REMOVE_AWAY }</Button> }
        </div></li>
    }
}

#[derive(Properties, PartialEq)]
struct AwayDialogProps {
    unit: UnitId,
    team: Vec<Staff>,
    onsaved: Callback<()>,
    onclose: Callback<()>,
}

#[component]
fn AwayDialog(props: &AwayDialogProps) -> Html {
    let toasts = use_toasts();
    let onsaved = props.onsaved.clone();
    let sender = use_sender::<AddAway>(Callback::from(move |_| {
        toasts.say(words::AWAY_SAVED);
        onsaved.emit(());
    }));
    let form = use_form(&[("staff", UNIT)]).labelled(&LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, unit) = (form.clone(), sender.clone(), props.unit);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match away(&form) {
                Ok(away) => sender.send(Call::to(unit).body(away)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let people = props.team.iter().filter(|staff| staff.active).map(|staff| Choice::new(staff.id.to_string(), staff.name.clone()));
    let choices = std::iter::once(Choice::new(UNIT, words::WHOLE_UNIT)).chain(people).collect::<Vec<_>>();
    html! {
        <Dialog open=true title={words::ADD_AWAY} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true aria-label={words::ADD_AWAY}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Select name="staff" label={words::WHO} value={form.text("staff")} {choices} onchange={form.typing("staff")} error={form.error("staff")} />
                <div class="fields-2">
                    <TextField name="first" label={words::FIRST} kind={TextKind::Date} value={form.text("first")} oninput={form.typing("first")} error={form.error("first")} />
                    <TextField name="last" label={words::LAST} hint={words::LAST_HINT} optional=true kind={TextKind::Date} value={form.text("last")}
                        oninput={form.typing("last")} error={form.error("last")} />
                </div>
                <TextField name="title" label={words::WHY} maxlength=120 value={form.text("title")} oninput={form.typing("title")} error={form.error("title")} />
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::ADD_AWAY }</Button></div>
            </form>
        </Dialog>
    }
}

fn away(form: &Form) -> Result<NewAway, Vec<FieldError>> {
    let day = |name: &'static str| form.text(name).parse::<Date>().map_err(|error| FieldError::new(name, error.to_string()));
    let staff = match form.text("staff").as_str() {
        UNIT => Ok(None),
        id => id.parse().map(Some).map_err(|_| FieldError::new("staff", words::STAFF_UNKNOWN)),
    };
    let last = if form.text("last").is_empty() { Ok(None) } else { day("last").map(Some) };
    let title = required(&form.text("title"), TITLE_LIMIT).map_err(|error| FieldError::new("title", error.message()));
    match (staff, day("first"), last, title) {
        (Ok(staff), Ok(first), Ok(last), Ok(title)) => Ok(NewAway { staff, first, last, title }),
        (staff, first, last, title) => Err([staff.err(), first.err(), last.err(), title.err()].into_iter().flatten().collect()),
    }
}
