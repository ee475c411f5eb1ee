//! Which executive is responsible for which division: to whom it climbs what nobody answered in time.

use shared::catalog::Division;
use shared::contract::Empty;
use shared::identity::api::{GetChiefs, NameChief};
use shared::identity::chief::{ChiefView, ChiefsView, NewChief};
use shared::identity::policy::Permission;
use shared::words::identity as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{Card, Choice, Day, Notice, Select, SkeletonShape, Tone, use_toasts};

/// The card on the page of people.
#[component]
pub fn ChiefsCard() -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let chiefs = use_load::<GetChiefs>((), Empty {});
    let put = chiefs.put();
    let sender = use_sender::<NameChief>(Callback::from(move |view| {
        toasts.say(words::CHIEF_NAMED);
        put.emit(view);
    }));
    let may = session.may(Permission::NameChiefs);
    let onname = {
        let sender = sender.clone();
        Callback::from(move |(division, person): (Division, String)| {
            if let Ok(person) = person.parse() {
                sender.send(Call::to(()).body(NewChief { division, person }));
            }
        })
    };
    html! {
        <Card title={words::CHIEFS_TITLE} subtitle={words::CHIEFS_NOTE}>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            { chiefs.draw(SkeletonShape::Lines, |view| html! {
                <ul class="stack">{ for view.divisions.iter().map(|division| one(division, view, may, &onname)) }</ul>
            }) }
        </Card>
    }
}

fn one(division: &ChiefView, view: &ChiefsView, may: bool, onname: &Callback<(Division, String)>) -> Html {
    let title = division.division.title();
    let name = division.chief.as_ref().map_or(words::NO_CHIEF.to_owned(), |chief| chief.name.clone());
    let since = division.since.map(|since| html! { <span class="tiny muted">{ words::SINCE }{ " " }<Day date={since} /></span> });
    if !may {
        return html! { <li class="row wrap between"><span>{ title }</span><span>{ name }{ " " }{ since.unwrap_or_default() }</span></li> };
    }
    let choices: Vec<Choice> = view.executives.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect();
    let value = division.chief.as_ref().map(|chief| chief.id.to_string()).unwrap_or_default();
    let kind = division.division;
    html! {
        <li class="stack-tight">
            <Select name={format!("chief-{}", kind.name())} label={words::chief_of(title)} {value} {choices}
                onchange={onname.reform(move |person: String| (kind, person))} />
            { since.unwrap_or_default() }
        </li>
    }
}
