//! What else belongs to an edition: days of sale, whom schools reach, next year, what happened.

use shared::catalog::api::{EditUnit, MenuView, SaleDaysEdit, SetSaleDays, StartNextYear, UnitWords, VersionSeen};
use shared::catalog::edition::SaleDays;
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::menu::{MenuCardProps, MenuQuery};
use crate::address;
use crate::api::{Call, Failure};
use crate::form::use_sender;
use crate::route::Route;
use crate::ui::{Button, Card, Fact, IconName, Mark, Notice, TextArea, TextField, TextKind, Timeline, Tone, When, use_toasts};

fn fault(failure: Option<&Failure>, field: &str) -> Option<AttrValue> {
    failure?.fields().iter().find(|fault| fault.field == field).map(|fault| AttrValue::from(fault.message.clone()))
}

fn general(failure: Option<&Failure>) -> Html {
    match failure.filter(|failure| failure.fields().is_empty()) {
        Some(failure) => html! { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> },
        None => Html::default(),
    }
}

#[component]
pub fn SaleDaysCard(props: &MenuCardProps) -> Html {
    let toasts = use_toasts();
    let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let from = use_state(|| text(props.menu.wanted.from));
    let until = use_state(|| text(props.menu.wanted.until));
    let unreadable = use_state(|| None::<&'static str>);
    let put = props.onchanged.clone();
    let sender = use_sender::<SetSaleDays>(Callback::from(move |view| {
        toasts.say(words::DAYS_SAVED);
        put.emit(view);
    }));
    let onsubmit = {
        let (sender, from, until, unreadable) = (sender.clone(), from.clone(), until.clone(), unreadable.clone());
        let (id, version) = (props.menu.id, props.menu.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let read = |text: &str| if text.trim().is_empty() { Ok(None) } else { text.trim().parse::<Date>().map(Some) };
            match (read(&from), read(&until)) {
                (Ok(from), Ok(until)) => {
                    unreadable.set(None);
                    sender.send(Call::to(id).body(SaleDaysEdit { version, days: SaleDays { from, until } }));
                }
                (Err(_), _) => unreadable.set(Some("from")),
                (Ok(_), Err(_)) => unreadable.set(Some("until")),
            }
        })
    };
    let field = |name: &'static str, label: &'static str, state: &UseStateHandle<String>| {
        let set = state.clone();
        let error = if *unreadable == Some(name) { Some(words::WRITE_A_DAY.into()) } else { fault(sender.failure(), name) };
        html! {
            <TextField {name} {label} value={(**state).clone()} oninput={Callback::from(move |text| set.set(text))} kind={TextKind::Date} optional=true {error} />
        }
    };
    html! {
        <Card title={words::SALE_DAYS}>
            <form class="stack" {onsubmit} novalidate=true>
                { general(sender.failure()) }
                <div class="fields-2">
                    { field("from", words::SALE_FROM, &from) }
                    { field("until", words::SALE_UNTIL, &until) }
                </div>
                <p class="tiny muted">{ words::SALE_DAYS_HINT }</p>
                <div><Button submit=true busy={sender.busy()}>{ words::SAVE_DAYS }</Button></div>
            </form>
        </Card>
    }
}

#[component]
pub fn ContactCard(props: &MenuCardProps) -> Html {
    let toasts = use_toasts();
    let said = use_state(|| {
        let unit = &props.menu.unit;
        UnitWords { about: unit.about.clone(), contact: unit.contact.clone(), contact_email: unit.contact_email.clone() }
    });
    let put = props.onchanged.clone();
    let sender = use_sender::<EditUnit>(Callback::from(move |view| {
        toasts.say(words::CONTACT_SAVED);
        put.emit(view);
    }));
    let onsubmit = {
        let (sender, said, unit) = (sender.clone(), said.clone(), props.menu.unit.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(Call::to(unit).body((*said).clone()));
        })
    };
    let typing = |change: fn(UnitWords, String) -> UnitWords| {
        let said = said.clone();
        Callback::from(move |text: String| said.set(change((*said).clone(), text)))
    };
    html! {
        <Card title={words::CONTACT_TITLE}>
            <form class="stack" {onsubmit} novalidate=true>
                { general(sender.failure()) }
                <TextField name="contact" label={words::CONTACT_NAME} value={said.contact.clone()} error={fault(sender.failure(), "contact")}
                    oninput={typing(|said, contact| UnitWords { contact, ..said })} maxlength=120 />
                <TextField name="contact_email" label={words::CONTACT_EMAIL} value={said.contact_email.clone()} kind={TextKind::Email}
                    error={fault(sender.failure(), "contact_email")} oninput={typing(|said, contact_email| UnitWords { contact_email, ..said })} />
                <TextArea name="about" label={words::ABOUT_UNIT} value={said.about.clone()} error={fault(sender.failure(), "about")}
                    oninput={typing(|said, about| UnitWords { about, ..said })} rows=3 optional=true />
                <div><Button submit=true busy={sender.busy()}>{ words::SAVE_CONTACT }</Button></div>
            </form>
        </Card>
    }
}

#[component]
pub fn NextYearCard(props: &MenuCardProps) -> Html {
    let toasts = use_toasts();
    let sender = use_sender::<StartNextYear>(Callback::from(move |view: MenuView| {
        toasts.say(words::STARTED_NEXT_YEAR);
        address::open(&words::edition_link(view.id));
    }));
    let menu = &props.menu;
    let next = menu.editions.iter().any(|edition| edition.year.0 > menu.year.0);
    let onclick = {
        let (sender, id, version) = (sender.clone(), menu.id, menu.version);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(VersionSeen { version })))
    };
    html! {
        <Card title={words::NEXT_YEAR}>
            <div class="stack">
                { general(sender.failure()) }
                if !menu.services.is_empty() {
                    <Link<Route, MenuQuery> to={Route::MenuPrices} query={MenuQuery::of(menu)}>{ words::PRICES_TITLE }</Link<Route, MenuQuery>>
                }
                if next {
                    <p class="small muted">{ words::NEXT_YEAR_EXISTS }</p>
                } else {
                    <p class="small muted">{ words::NEXT_YEAR_HINT }</p>
                    <div><Button icon={IconName::Copy} busy={sender.busy()} {onclick}>{ words::START_NEXT_YEAR }</Button></div>
                }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
pub struct HistoryProps {
    pub menu: std::rc::Rc<MenuView>,
}

#[component]
pub fn HistoryCard(props: &HistoryProps) -> Html {
    if props.menu.events.is_empty() {
        return Html::default();
    }
    let fact = |event: &shared::catalog::api::MenuEvent| Fact {
        mark: Mark::Done,
        title: html! { <>{ event.kind.title() }{ ", " }{ &event.by }</> },
        detail: html! { <><When at={event.at} />if !event.text.is_empty() { { ": " }{ &event.text } }</> },
    };
    html! {
        <Card title={words::HISTORY}><Timeline label={words::HISTORY} facts={props.menu.events.iter().map(fact).collect::<Vec<_>>()} /></Card>
    }
}
