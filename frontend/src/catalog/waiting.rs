//! Joining the waiting list, from where nothing is left: a tier on the service page, a line in the cart.

use shared::error::FieldError;
use shared::id::{PackageId, SchoolId};
use shared::orders::waiting::{JoinWaitingList, NewPlace, WaitingList};
use shared::time::Date;
use shared::words::orders::waiting as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Dialog, ErrorSummary, IconName, TextField, TextKind, use_toasts};

const LABELS: [(&str, &str); 2] = [("quantity", words::QUANTITY), ("start", words::START)];

#[derive(Properties, PartialEq)]
pub struct JoinButtonProps {
    pub package: PackageId,
    pub title: AttrValue,
    pub quantity: u32,
    pub start: Date,
    #[prop_or_default]
    pub wide: bool,
    #[prop_or_default]
    pub onjoined: Callback<WaitingList>,
}

/// A button that asks how many and when, and takes a place in line.
#[component]
pub fn JoinButton(props: &JoinButtonProps) -> Html {
    let open = use_state(|| false);
    let session = use_session();
    let Some(school) = session.school().map(|school| school.id) else { return Html::default() };
    let set = |to: bool| {
        let open = open.clone();
        move || open.set(to)
    };
    let (show, hide) = (set(true), set(false));
    let onclose = Callback::from(move |()| hide());
    let onclick = Callback::from(move |_: MouseEvent| show());
    html! {
        <>
            <Button wide={props.wide} icon={IconName::Hourglass} {onclick}>{ words::JOIN }</Button>
            if *open {
                <JoinDialog {school} package={props.package} title={props.title.clone()} quantity={props.quantity} start={props.start}
                    onjoined={props.onjoined.clone()} {onclose} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct JoinDialogProps {
    school: SchoolId,
    package: PackageId,
    title: AttrValue,
    quantity: u32,
    start: Date,
    onjoined: Callback<WaitingList>,
    onclose: Callback<()>,
}

#[component]
fn JoinDialog(props: &JoinDialogProps) -> Html {
    let toasts = use_toasts();
    let (onjoined, onclose) = (props.onjoined.clone(), props.onclose.clone());
    let sender = use_sender::<JoinWaitingList>(Callback::from(move |list| {
        toasts.say(words::JOINED);
        onclose.emit(());
        onjoined.emit(list);
    }));
    let form = use_form(&[("quantity", &props.quantity.to_string()), ("start", &props.start.to_string())])
        .labelled(&LABELS)
        .showing(sender.failure());
    let onsubmit = {
        let (form, sender, package, school) = (form.clone(), sender.clone(), props.package, props.school);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match place(&form, package) {
                Ok(place) => sender.send(Call::to(school).body(place)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    html! {
        <Dialog open=true title={words::JOIN} onclose={props.onclose.clone()}>
            <p class="strong">{ &props.title }</p>
            <p class="small muted">{ words::JOIN_TEXT }</p>
            <form class="form" {onsubmit} novalidate=true aria-label={words::JOIN}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <div class="fields-2">
                    <TextField name="quantity" label={words::QUANTITY} kind={TextKind::Number} maxlength=6 value={form.text("quantity")}
                        oninput={form.typing("quantity")} error={form.error("quantity")} />
                    <TextField name="start" label={words::START} kind={TextKind::Date} value={form.text("start")} oninput={form.typing("start")}
                        error={form.error("start")} />
                </div>
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::JOIN }</Button></div>
            </form>
        </Dialog>
    }
}

fn place(form: &Form, package: PackageId) -> Result<NewPlace, Vec<FieldError>> {
    let quantity = form.text("quantity").trim().parse::<u32>().ok().filter(|quantity| *quantity > 0);
    let start = form.text("start").parse::<Date>();
    match (quantity, start) {
        (Some(quantity), Ok(start)) => Ok(NewPlace { package, quantity, start }),
        (quantity, start) => {
            let quantity = quantity.is_none().then(|| FieldError::new("quantity", words::QUANTITY_WRONG));
            let start = start.err().map(|error| FieldError::new("start", error.to_string()));
            Err(quantity.into_iter().chain(start).collect())
        }
    }
}
