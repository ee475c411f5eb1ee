//! The days of an order: who comes when; the unit books and takes back, both sides read.

use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::id::{BookingId, OrderId};
use shared::orders::booking::DayPart;
use shared::orders::booking::api::{BookDay, BookingView, CancelBooking, GetBookings, NewBooking, OrderBookings};
use shared::time::Date;
use shared::words::orders::booking as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Day, Dialog, ErrorSummary, IconName, Notice, Segments, Select, SkeletonShape, TextField,
    TextKind, Tone, use_toasts,
};

const LABELS: [(&str, &str); 3] = [("staff", words::STAFF), ("day", words::DAY), ("part", words::PART)];

#[derive(Properties, PartialEq)]
pub struct BookingsCardProps {
    pub order: OrderId,
    /// Told when the order's timeline has grown.
    pub onchanged: Callback<()>,
}

/// The list, and for the unit the way to book.
#[component]
pub fn BookingsCard(props: &BookingsCardProps) -> Html {
    let toasts = use_toasts();
    let bookings = use_load::<GetBookings>(props.order, NoQuery {});
    let open = use_state(|| false);
    let told = |text: &'static str| {
        let (toasts, put, onchanged, open) = (toasts.clone(), bookings.put(), props.onchanged.clone(), open.clone());
        Callback::from(move |view: OrderBookings| {
            toasts.say(text);
            open.set(false);
            put.emit(view);
            onchanged.emit(());
        })
    };
    let onbooked = told(words::BOOKED);
    let canceller = use_sender::<CancelBooking>(told(words::TAKEN_BACK));
    let oncancel = {
        let canceller = canceller.clone();
        Callback::from(move |id: BookingId| canceller.send(Call::to(id).body(NoQuery {})))
    };
    let show = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(true))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    bookings.draw(SkeletonShape::Lines, |view| {
        let actions = html! {
            if view.may_book && view.left.left > 0 && !view.team.is_empty() {
                <Button compact=true icon={IconName::Calendar} onclick={show.clone()}>{ words::BOOK }</Button>
            }
        };
        html! {
            <Card title={words::DAYS_CARD} subtitle={AttrValue::from(words::left_to_book(view.left))} {actions} flush=true>
                if let Some(failure) = canceller.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
                if view.may_book && view.team.is_empty() { <Notice tone={Tone::Info}>{ words::NO_TEAM }</Notice> }
                if view.bookings.is_empty() { <p class="small muted desk-empty">{ words::DAYS_EMPTY }</p> }
                <ul class="work-list">{ for view.bookings.iter().map(|booking| one(booking, view.may_book.then_some(&oncancel))) }</ul>
                if *open { <BookDialog order={props.order} view={(**view).clone()} onbooked={onbooked.clone()} onclose={onclose.clone()} /> }
            </Card>
        }
    })
}

fn one(booking: &BookingView, oncancel: Option<&Callback<BookingId>>) -> Html {
    let id = booking.id;
    html! {
        <li key={id.to_string()}><div>
            <span class="grow stack-tight">
                <span><b><Day date={booking.day} /></b>{ " · " }{ booking.part.title() }</span>
                <span class="muted">{ &booking.staff_name }</span>
                { conflict(booking) }
            </span>
            if let Some(oncancel) = oncancel {
                <Button compact=true label={AttrValue::from(words::take_back(&booking.staff_name, booking.day))}
                    onclick={oncancel.reform(move |_: MouseEvent| id)}>{ words::TAKE_BACK }</Button>
            }
        </div></li>
    }
}

/// What came in the way since.
pub fn conflict(booking: &BookingView) -> Html {
    match &booking.conflict {
        None => Html::default(),
        Some(why) => {
            html! { <span class="row-tight"><Chip tone={Tone::Bad}>{ words::CONFLICT }</Chip><span class="tiny">{ why }</span></span> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct BookDialogProps {
    order: OrderId,
    view: OrderBookings,
    onbooked: Callback<OrderBookings>,
    onclose: Callback<()>,
}

#[component]
fn BookDialog(props: &BookDialogProps) -> Html {
    let sender = use_sender::<BookDay>(props.onbooked.clone());
    // Whoever is free first stands there already.
    let first = props.view.team.iter().filter(|choice| choice.next_free.is_some()).min_by_key(|choice| choice.next_free);
    let staff = first.map(|choice| choice.id.to_string()).unwrap_or_default();
    let day = first.and_then(|choice| choice.next_free).map(|day| day.to_string()).unwrap_or_default();
    let form = use_form(&[("staff", &staff), ("day", &day), ("part", DayPart::Whole.name())]).labelled(&LABELS).showing(sender.failure());
    let onstaff = {
        let (form, team) = (form.clone(), props.view.team.clone());
        Callback::from(move |id: String| {
            let next = team.iter().find(|choice| choice.id.to_string() == id).and_then(|choice| choice.next_free);
            form.set("staff", id);
            if let Some(day) = next {
                form.set("day", day.to_string());
            }
        })
    };
    let onsubmit = {
        let (form, sender, order) = (form.clone(), sender.clone(), props.order);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match booking(&form) {
                Ok(booking) => sender.send(Call::to(order).body(booking)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let team = props.view.team.iter();
    let choices =
        team.map(|choice| Choice::new(choice.id.to_string(), words::first_free(&choice.name, choice.next_free))).collect::<Vec<_>>();
    let parts = DayPart::ALL.iter().map(|part| Choice::new(part.name(), part.title())).collect::<Vec<_>>();
    let onpart = form.typing("part").reform(|value: AttrValue| value.to_string());
    html! {
        <Dialog open=true title={words::BOOK} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true aria-label={words::BOOK}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Select name="staff" label={words::STAFF} value={form.text("staff")} {choices} onchange={onstaff} error={form.error("staff")} />
                <TextField name="day" label={words::DAY} kind={TextKind::Date} value={form.text("day")} oninput={form.typing("day")} error={form.error("day")} />
                <Segments name="part" label={words::PART} value={form.text("part")} choices={parts} onchange={onpart} error={form.error("part")} />
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::BOOK }</Button></div>
            </form>
        </Dialog>
    }
}

fn booking(form: &Form) -> Result<NewBooking, Vec<FieldError>> {
    let staff = form.text("staff").parse().map_err(|_| FieldError::new("staff", words::STAFF_UNKNOWN));
    let day = form.text("day").parse::<Date>().map_err(|error| FieldError::new("day", error.to_string()));
    let part = DayPart::parse(&form.text("part")).unwrap_or(DayPart::Whole);
    match (staff, day) {
        (Ok(staff), Ok(day)) => Ok(NewBooking { staff, day, part }),
        (staff, day) => Err(staff.err().into_iter().chain(day.err()).collect()),
    }
}
