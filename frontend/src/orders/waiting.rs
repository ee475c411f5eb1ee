//! The waiting list as a card: the school's places with the way to take or leave them, and the unit's line.

use shared::contract::Empty as NoQuery;
use shared::id::{PlaceId, SchoolId};
use shared::orders::waiting::{AcceptPlace, GetWaitingList, LeaveWaitingList, PlaceState, PlaceView, WaitingList};
use shared::words::orders::waiting as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Card, Chip, Column, Day, Notice, Row, Table, Tone, When, use_toasts};

#[derive(Properties, PartialEq)]
pub struct WaitingCardProps {
    pub school: SchoolId,
    /// Told when a place went into the cart.
    pub onaccepted: Callback<()>,
    /// Counts what happened elsewhere, so that the list is read again.
    #[prop_or_default]
    pub turn: u32,
}

/// A school's places; nothing where it stands in no line.
#[component]
pub fn WaitingCard(props: &WaitingCardProps) -> Html {
    let toasts = use_toasts();
    let list = use_load::<GetWaitingList>(props.school, NoQuery {});
    {
        let reload = list.reload.clone();
        use_effect_with(props.turn, move |turn| {
            if *turn > 0 {
                reload.emit(());
            }
        });
    }
    let accepter = {
        let (put, onaccepted, toasts) = (list.put(), props.onaccepted.clone(), toasts.clone());
        use_sender::<AcceptPlace>(Callback::from(move |list| {
            toasts.say(words::ACCEPTED);
            put.emit(list);
            onaccepted.emit(());
        }))
    };
    let leaver = {
        let (put, onaccepted) = (list.put(), props.onaccepted.clone());
        use_sender::<LeaveWaitingList>(Callback::from(move |list| {
            toasts.say(words::GONE);
            put.emit(list);
            onaccepted.emit(());
        }))
    };
    let Some(found) = list.data().filter(|list| list.places.iter().any(|place| !place.state.is_over())) else { return Html::default() };
    let onaccept = {
        let accepter = accepter.clone();
        Callback::from(move |id: PlaceId| accepter.send(Call::to(id).body(NoQuery {})))
    };
    let onleave = {
        let leaver = leaver.clone();
        Callback::from(move |id: PlaceId| leaver.send(Call::to(id).body(NoQuery {})))
    };
    let failure = accepter.failure().or(leaver.failure()).map(|failure| failure.message().to_owned());
    html! {
        <Card title={words::TITLE} subtitle={words::LEAD} flush=true>
            if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
            <ul class="work-list">
                { for found.places.iter().filter(|place| !place.state.is_over()).map(|place| one(found, place, (&onaccept, &onleave))) }
            </ul>
        </Card>
    }
}

fn one(list: &WaitingList, place: &PlaceView, (onaccept, onleave): (&Callback<PlaceId>, &Callback<PlaceId>)) -> Html {
    let id = place.id;
    let to = Route::Service { id: place.service.to_string() };
    let name = format!("{} {}", place.title, place.tier_name);
    let offered = place.state == PlaceState::Offered;
    html! {
        <li key={id.to_string()}><div>
            <span class="grow stack-tight">
                <Link<Route> {to}>{ &place.title }{ " · " }{ &place.tier_name }</Link<Route>>
                <span class="tiny muted">{ words::wanted(place.quantity, place.start) }{ " · " }{ &place.unit.name }</span>
                <span class="row-tight">{ standing(place) }</span>
            </span>
            if list.may_change {
                <span class="row-tight">
                    if offered {
                        <Button compact=true kind={ButtonKind::Primary} label={AttrValue::from(words::take(&name))}
                            onclick={onaccept.reform(move |_: MouseEvent| id)}>{ words::ACCEPT }</Button>
                    }
                    if place.state != PlaceState::Accepted {
                        <Button compact=true label={AttrValue::from(words::leave(&name))} onclick={onleave.reform(move |_: MouseEvent| id)}>
                            { if offered { words::PASS } else { words::LEAVE } }
                        </Button>
                    }
                </span>
            }
        </div></li>
    }
}

/// `2 in line`, `Offered to you · 3 kept · until …`.
fn standing(place: &PlaceView) -> Html {
    let tone = match place.state {
        PlaceState::Offered => Tone::Warn,
        PlaceState::Accepted | PlaceState::Ordered => Tone::Good,
        PlaceState::Waiting | PlaceState::Left | PlaceState::Passed => Tone::Plain,
    };
    html! {
        <>
            <Chip {tone}>{ place.position.map_or_else(|| place.state.title().to_owned(), words::position) }</Chip>
            if place.held > 0 { <span class="tiny">{ words::kept(place.held) }</span> }
            if let Some(at) = place.expires { <span class="tiny muted"><When {at} /></span> }
        </>
    }
}

/// The lines before a unit's packages, as a table.
pub fn unit_lines(list: &WaitingList) -> Html {
    let columns = vec![
        Column::text("what", words::WHAT),
        Column::text("school", words::SCHOOL),
        Column::text("wanted", words::QUANTITY),
        Column::text("since", words::SINCE),
        Column::text("state", words::STATE),
    ];
    let rows = list.places.iter().map(unit_row).collect::<Vec<_>>();
    html! { <Table caption={words::TITLE} {columns} {rows} empty={words::EMPTY} /> }
}

fn unit_row(place: &PlaceView) -> Row {
    let cells = vec![
        html! { <>{ &place.title }<span class="muted">{ " · " }{ &place.tier_name }</span></> },
        html! { &place.school.name },
        html! { <span class="num">{ place.quantity }{ ", " }<Day date={place.start} /></span> },
        html! { <When at={place.joined} /> },
        html! { <span class="row-tight">{ standing(place) }</span> },
    ];
    Row::new(place.id.to_string(), cells)
}
