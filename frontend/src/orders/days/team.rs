//! The unit's team: who can be booked, on which weekdays.

use shared::error::FieldError;
use shared::id::UnitId;
use shared::orders::booking::api::{SetStaff, StaffEdit, UnitCalendar};
use shared::orders::booking::{Staff, Weekdays};
use shared::text::{TITLE_LIMIT, required};
use shared::words::calendar::pages as calendar_words;
use shared::words::orders::booking as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::ui::{Button, ButtonKind, Card, Checkbox, Dialog, ErrorSummary, IconName, TextField, use_toasts};

const LABELS: [(&str, &str); 2] = [("name", words::NAME), ("weekdays", words::WORKS_ON)];

#[derive(Properties, PartialEq)]
pub struct TeamCardProps {
    pub view: UnitCalendar,
    pub onchanged: Callback<()>,
}

#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    New,
    Change(Staff),
}

/// The team as a list; the unit's head adds and changes.
#[component]
pub fn TeamCard(props: &TeamCardProps) -> Html {
    let open = use_state(|| Open::Nothing);
    let set = |to: Open| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(to.clone()))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let onsaved = {
        let (onclose, onchanged) = (onclose.clone(), props.onchanged.clone());
        Callback::from(move |()| {
            onclose.emit(());
            onchanged.emit(());
        })
    };
    let view = &props.view;
    let actions = html! {
        if view.may_keep { <Button compact=true icon={IconName::Plus} onclick={set(Open::New)}>{ words::ADD_PERSON }</Button> }
    };
    let one = |staff: &Staff| {
        let label = AttrValue::from(words::change_person(&staff.name));
        html! {
            <li key={staff.id.to_string()}><div>
                <span class="grow stack-tight"><b>{ &staff.name }</b><span class="muted">{ if staff.active { weekdays(staff.weekdays) } else { words::HAS_LEFT.to_owned() } }</span></span>
                if view.may_keep { <Button compact=true {label} onclick={set(Open::Change(staff.clone()))}>{ words::CHANGE_PERSON }</Button> }
            </div></li>
        }
    };
    html! {
        <Card title={words::TEAM} subtitle={words::TEAM_LEAD} {actions} flush=true>
            if view.team.is_empty() { <p class="small muted desk-empty">{ words::TEAM_EMPTY_TEXT }</p> }
            <ul class="work-list">{ for view.team.iter().map(one) }</ul>
            { match &*open {
                Open::Nothing => Html::default(),
                Open::New => html! { <StaffDialog unit={view.unit.id} {onsaved} {onclose} /> },
                Open::Change(staff) => html! { <StaffDialog unit={view.unit.id} staff={staff.clone()} {onsaved} {onclose} /> },
            } }
        </Card>
    }
}

/// `Mon, Tue, Thu`
fn weekdays(weekdays: Weekdays) -> String {
    let named = calendar_words::WEEKDAYS.iter().zip(0u8..).filter(|(_, at)| weekdays.has(*at)).map(|((short, _), _)| *short);
    named.collect::<Vec<_>>().join(", ")
}

#[derive(Properties, PartialEq)]
struct StaffDialogProps {
    unit: UnitId,
    #[prop_or_default]
    staff: Option<Staff>,
    onsaved: Callback<()>,
    onclose: Callback<()>,
}

#[component]
fn StaffDialog(props: &StaffDialogProps) -> Html {
    let toasts = use_toasts();
    let onsaved = props.onsaved.clone();
    let sender = use_sender::<SetStaff>(Callback::from(move |_| {
        toasts.say(words::SAVED);
        onsaved.emit(());
    }));
    let before = props.staff.as_ref();
    let name = before.map(|staff| staff.name.clone()).unwrap_or_default();
    let left = before.is_some_and(|staff| !staff.active);
    let form = use_form(&[("name", &name), ("left", if left { "on" } else { "" })]).labelled(&LABELS).showing(sender.failure());
    let days = use_state(|| before.map_or(Weekdays::ALL, |staff| staff.weekdays));
    let onsubmit = {
        let (form, sender, unit, id, weekdays) = (form.clone(), sender.clone(), props.unit, before.map(|staff| staff.id), *days);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match required(&form.text("name"), TITLE_LIMIT) {
                Ok(name) => sender.send(Call::to(unit).body(StaffEdit { id, name, weekdays, active: !form.is_on("left") })),
                Err(error) => form.refuse(vec![FieldError::new("name", error.message())]),
            }
        })
    };
    let boxes = calendar_words::WEEKDAYS.iter().zip(0u8..).filter(|(_, at)| (1..=5).contains(at)).map(|((_, long), at)| {
        let (days, now) = (days.clone(), *days);
        let onchange = Callback::from(move |on: bool| days.set(now.switched(at, on)));
        html! { <Checkbox name="weekdays" label={*long} checked={now.has(at)} {onchange} /> }
    });
    let title = if before.is_some() { words::CHANGE_PERSON } else { words::ADD_PERSON };
    html! {
        <Dialog open=true {title} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true aria-label={title}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextField name="name" label={words::NAME} maxlength=120 value={form.text("name")} oninput={form.typing("name")} error={form.error("name")} />
                <fieldset class="field" id="weekdays" tabindex="-1">
                    <legend>{ words::WORKS_ON }</legend>
                    <div class="row wrap">{ for boxes }</div>
                    if let Some(error) = form.error("weekdays") { <p class="error">{ error }</p> }
                </fieldset>
                if before.is_some() {
                    <Checkbox name="left" label={words::HAS_LEFT} hint={words::HAS_LEFT_HINT} checked={form.is_on("left")} onchange={form.switching("left")} />
                }
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ shared::words::shell::SAVE }</Button></div>
            </form>
        </Dialog>
    }
}
