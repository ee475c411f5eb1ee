//! Taking a calendar file in: read and checked in the browser by the server's own rules, then sent.

use shared::calendar::api::{CalendarFile, CalendarView, ImportCalendar};
use shared::calendar::file;
use shared::error::FieldError;
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::words::calendar::pages as words;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::prelude::*;

use crate::api::{Call, Failure};
use crate::form::use_sender;
use crate::ui::{Button, ButtonKind, Dialog, DropZone, Notice, Tone, use_toasts};

#[derive(Properties, PartialEq)]
pub struct ImportDialogProps {
    pub version: u32,
    pub onchanged: Callback<CalendarView>,
    pub onclose: Callback<()>,
}

/// A chosen file with its text.
#[derive(Clone, Debug, PartialEq)]
struct Chosen {
    name: AttrValue,
    text: String,
}

/// Choose, read what it would do, take in.
#[component]
pub fn ImportDialog(props: &ImportDialogProps) -> Html {
    let toasts = use_toasts();
    let chosen = use_state(|| None::<Chosen>);
    let unreadable = use_state(|| false);
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<ImportCalendar>(Callback::from(move |view| {
        toasts.say(words::IMPORTED);
        onchanged.emit(view);
    }));
    let ontake = {
        let (chosen, unreadable) = (chosen.clone(), unreadable.clone());
        Callback::from(move |file: Option<File>| {
            let (chosen, unreadable) = (chosen.clone(), unreadable.clone());
            spawn_local(async move {
                let Some(file) = file else { return };
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                unreadable.set(text.is_none());
                chosen.set(text.map(|text| Chosen { name: file.name().into(), text }));
            });
        })
    };
    let read = chosen.as_ref().map(|chosen| file::read(&chosen.text));
    let onclick = {
        let (sender, version, chosen) = (sender.clone(), props.version, (*chosen).clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(chosen) = chosen.clone() {
                sender.send(Call::to(()).body(CalendarFile { version, csv: chosen.text }));
            }
        })
    };
    let refusal = match &read {
        None => Some(AttrValue::from(words::CHOOSE_FILE)),
        Some(Err(_)) => Some(AttrValue::from(words::FILE_BAD)),
        Some(Ok(_)) => None,
    };
    html! {
        <Dialog open=true title={words::IMPORT} onclose={props.onclose.clone()}>
            <p class="small muted">{ words::IMPORT_TEXT }</p>
            <DropZone name={chosen.as_ref().map(|chosen| chosen.name.clone())} hint={words::IMPORT_HINT} {ontake} />
            if *unreadable { <Notice tone={Tone::Bad}>{ words::FILE_UNREADABLE }</Notice> }
            { match &read {
                None => Html::default(),
                Some(Ok(rows)) => {
                    let years: Vec<FiscalYear> = file::years(rows, FiscalCalendar::default()).into_iter().collect();
                    html! { <Notice tone={Tone::Good} title={words::FILE_GOOD}>{ words::rows_of(rows.len(), &years) }</Notice> }
                }
                Some(Err(faults)) => faulty(faults),
            } }
            { refused(sender.failure()) }
            <div><Button kind={ButtonKind::Primary} {onclick} busy={sender.busy()} {refusal}>{ words::TAKE_IN }</Button></div>
        </Dialog>
    }
}

fn refused(failure: Option<&Failure>) -> Html {
    match failure {
        None => Html::default(),
        Some(failure) if failure.fields().is_empty() => html! { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> },
        Some(failure) => faulty(failure.fields()),
    }
}

fn faulty(faults: &[FieldError]) -> Html {
    html! {
        <Notice tone={Tone::Bad} title={words::FILE_BAD}>
            <ul class="plain-list">{ for faults.iter().map(|fault| html! { <li>{ &fault.message }</li> }) }</ul>
        </Notice>
    }
}
