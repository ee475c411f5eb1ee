//! The days that a school protects for itself: how many are left, protecting more, giving free.

use shared::calendar::api::{CalendarDay, FreeDays, NewProtectedDays, ProtectDays, ProtectedDaysView};
use shared::contract::Empty;
use shared::id::{CalendarDayId, SchoolId};
use shared::words::calendar as calendar_words;
use shared::words::calendar::pages as words;
use yew::prelude::*;

use super::add::{day_fields, days};
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::ui::{Button, ButtonKind, Card, Dialog, ErrorSummary, IconName, Notice, Stat, Tone, use_toasts};

const LABELS: [(&str, &str); 3] = [("first", words::FIRST), ("last", words::LAST), ("title", words::NAME)];

#[derive(Properties, PartialEq)]
pub struct OwnDaysCardProps {
    pub view: ProtectedDaysView,
    pub onchanged: Callback<ProtectedDaysView>,
}

/// The allowance, the list, and for the principal the way to change both.
#[component]
pub fn OwnDaysCard(props: &OwnDaysCardProps) -> Html {
    let toasts = use_toasts();
    let open = use_state(|| false);
    let view = &props.view;
    let onchanged = props.onchanged.clone();
    let freer = use_sender::<FreeDays>(Callback::from(move |view| {
        toasts.say(words::FREED);
        onchanged.emit(view);
    }));
    let onfree = {
        let freer = freer.clone();
        Callback::from(move |id: CalendarDayId| freer.send(Call::to(id).body(Empty {})))
    };
    let set = |to: bool| {
        let open = open.clone();
        move || open.set(to)
    };
    let (show, hide) = (set(true), set(false));
    let onclose = Callback::from(move |()| hide());
    let onprotected = {
        let (onchanged, onclose) = (props.onchanged.clone(), onclose.clone());
        Callback::from(move |view| {
            onclose.emit(());
            onchanged.emit(view);
        })
    };
    let left = view.most.saturating_sub(view.used);
    let refusal = (left == 0).then_some(AttrValue::from(words::NONE_LEFT));
    html! {
        <Card title={words::OWN} subtitle={view.school.name.clone()}>
            <p class="small muted">{ words::OWN_TEXT }</p>
            <Stat label={words::ALLOWANCE} value={html! { left }} note={html! { words::allowance(view.used, view.most) }} />
            if let Some(failure) = freer.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            if view.days.is_empty() { <p class="small muted">{ words::OWN_NONE }</p> }
            <ul class="work-list own-days">{ for view.days.iter().map(|day| one(view, day, &onfree)) }</ul>
            if view.may_change {
                <div class="no-print">
                    <Button kind={ButtonKind::Primary} icon={IconName::Plus} onclick={Callback::from(move |_: MouseEvent| show())} {refusal}>{ words::PROTECT }</Button>
                </div>
            }
            if *open { <ProtectDialog school={view.school.id} onchanged={onprotected} {onclose} /> }
        </Card>
    }
}

fn one(view: &ProtectedDaysView, day: &CalendarDay, onfree: &Callback<CalendarDayId>) -> Html {
    let id = day.id;
    // What has begun stays: its clocks have rested.
    let free = view.may_change && day.span.first >= view.today;
    let onclick = onfree.reform(move |_: MouseEvent| id);
    let label = AttrValue::from(words::give_free(&day.span.title));
    html! {
        <li key={id.to_string()}><div>
            <span class="grow"><b>{ &day.span.title }</b><br /><span class="num muted">{ calendar_words::dates(day.span.first, day.span.last) }</span></span>
            if free { <Button compact=true {onclick} {label}>{ words::FREE }</Button> }
        </div></li>
    }
}

#[derive(Properties, PartialEq)]
struct ProtectDialogProps {
    school: SchoolId,
    onchanged: Callback<ProtectedDaysView>,
    onclose: Callback<()>,
}

#[component]
fn ProtectDialog(props: &ProtectDialogProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<ProtectDays>(Callback::from(move |view| {
        toasts.say(words::PROTECTED);
        onchanged.emit(view);
    }));
    let form = use_form(&[]).labelled(&LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, school) = (form.clone(), sender.clone(), props.school);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match days(&form) {
                Ok((first, last, title)) => sender.send(Call::to(school).body(NewProtectedDays { first, last, title })),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    html! {
        <Dialog open=true title={words::PROTECT} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true aria-label={words::PROTECT}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                { day_fields(&form, words::PROTECT_HINT) }
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::PROTECT }</Button></div>
            </form>
        </Dialog>
    }
}
