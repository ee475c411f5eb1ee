//! The unit's editions: services as drafts, what is missing, the way to the shelf, next year.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use shared::catalog::MenuState;
use shared::catalog::api::{EditionQuery, GetMenu, MenuService, MenuView, RemoveService, VersionSeen};
use shared::words::catalog as words;
use shared::words::shell as shell_words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::menu_cards::{ContactCard, HistoryCard, NextYearCard, SaleDaysCard};
use super::menu_review::ReviewCard;
use crate::address::use_query;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, Dialog, Empty, Icon, IconName, Notice, PageHead, Select, SkeletonShape, Tone, use_toasts,
};

/// Which edition: the address holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The field that the checklist leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl MenuQuery {
    pub fn edition(&self) -> EditionQuery {
        EditionQuery { menu: self.edition.as_deref().and_then(|id| id.parse().ok()) }
    }

    pub fn of(menu: &MenuView) -> Self {
        Self { edition: Some(menu.id.to_string()), field: None }
    }
}

/// For the unit's head.
#[component]
pub fn MenuPage() -> Html {
    let session = use_session();
    let (query, change) = use_query::<MenuQuery>();
    let unit = session.unit().cloned();
    let menu = use_load_if::<GetMenu>(unit.as_ref().map(|unit| (unit.id, query.edition())));
    let Some(unit) = unit else {
        return html! { <><PageHead title={words::MENU_TITLE} /><Empty title={words::MENU_NO_UNIT} text={words::MENU_NO_UNIT_TEXT} icon={IconName::Users} /></> };
    };
    let put = menu.put();
    let lead = html! { words::menu_lead(&unit.name) };
    menu.draw(SkeletonShape::Page, |menu| {
        let tools = html! {
            if menu.state != MenuState::Closed {
                <Link<Route, MenuQuery> classes="button primary" to={Route::MenuService { id: "new".to_owned() }} query={MenuQuery::of(menu)}>
                    <Icon name={IconName::Plus} />{ words::NEW_SERVICE }
                </Link<Route, MenuQuery>>
                <Link<Route, MenuQuery> classes="button" to={Route::MenuList} query={MenuQuery::of(menu)}>
                    <Icon name={IconName::Upload} />{ words::IMPORT_LIST }
                </Link<Route, MenuQuery>>
            }
        };
        html! {
            <>
                <PageHead title={words::MENU_TITLE} {lead} {tools} />
                <div class="two">
                    <div class="stack-wide">
                        { editions(menu, &change) }
                        { sent_back(menu) }
                        <Services menu={menu.clone()} onchanged={put.clone()} />
                    </div>
                    <div class="stack-wide">
                        <ReviewCard menu={menu.clone()} onchanged={put.clone()} />
                        <SaleDaysCard key={format!("days-{}", menu.id)} menu={menu.clone()} onchanged={put.clone()} />
                        <ContactCard key={format!("contact-{}", menu.id)} menu={menu.clone()} onchanged={put.clone()} />
                        <NextYearCard menu={menu.clone()} onchanged={put.clone()} />
                        <HistoryCard menu={menu.clone()} />
                    </div>
                </div>
            </>
        }
    })
}

/// The unit's editions to choose from, and where this one stands.
fn editions(menu: &MenuView, change: &Callback<MenuQuery>) -> Html {
    let label = |year: &str, state: MenuState| format!("{year} · {}", state.title());
    let choices: Vec<Choice> =
        menu.editions.iter().map(|edition| Choice::new(edition.id.to_string(), label(&edition.year.to_string(), edition.state))).collect();
    html! {
        <div class="row wrap">
            <Select name="edition" label={words::EDITION} value={menu.id.to_string()} {choices}
                onchange={change.reform(|id: String| MenuQuery { edition: Some(id), field: None })} />
            { state_chip(menu.state) }
            <span class="small muted">{ words::sale_days(menu.sale.from, menu.sale.until) }</span>
        </div>
    }
}

pub fn state_chip(state: MenuState) -> Html {
    let (tone, icon) = match state {
        MenuState::Draft => (Tone::Plain, Some(IconName::Pencil)),
        MenuState::InReview | MenuState::ChangesInReview => (Tone::Info, Some(IconName::Eye)),
        MenuState::Published => (Tone::Good, None),
        MenuState::Closed => (Tone::Warn, Some(IconName::Lock)),
    };
    html! { <Chip {tone} {icon}>{ state.title() }</Chip> }
}

/// The reviewer's comment stands on top until the unit asks again.
fn sent_back(menu: &MenuView) -> Html {
    use shared::catalog::api::MenuEventKind;
    match menu.events.first() {
        Some(event) if event.kind == MenuEventKind::SentBack => html! {
            <Notice tone={Tone::Warn} title={words::sent_back_by(&event.by)}>{ &event.text }</Notice>
        },
        Some(_) | None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
pub struct MenuCardProps {
    pub menu: Rc<MenuView>,
    pub onchanged: Callback<MenuView>,
}

/// The services, each with a way to edit it, to compare its versions and to take it off.
#[component]
fn Services(props: &MenuCardProps) -> Html {
    let toasts = use_toasts();
    let going = use_state(|| None::<MenuService>);
    let removed = {
        let (put, going) = (props.onchanged.clone(), going.clone());
        Callback::from(move |view| {
            toasts.say(words::TAKEN_OFF);
            going.set(None);
            put.emit(view);
        })
    };
    let remove = use_sender::<RemoveService>(removed);
    let ongo = {
        let going = going.clone();
        Callback::from(move |service: MenuService| going.set(Some(service)))
    };
    let onclose = {
        let going = going.clone();
        Callback::from(move |()| going.set(None))
    };
    let onremove = {
        let remove = remove.clone();
        Callback::from(move |service: MenuService| remove.send(Call::to(service.id).body(VersionSeen { version: service.version })))
    };
    if props.menu.services.is_empty() {
        return html! { <Card><Empty title={words::MENU_EMPTY} text={words::MENU_EMPTY_TEXT} icon={IconName::Pencil} /></Card> };
    }
    let failure = remove.failure().map(|failure| failure.message().to_owned());
    html! {
        <Card title={words::SERVICES} flush=true>
            <ul class="work-list">{ for props.menu.services.iter().map(|service| line(&props.menu, service, &ongo)) }</ul>
            { removal(going.as_ref(), &onclose, (&onremove, remove.busy(), failure)) }
        </Card>
    }
}

fn line(menu: &MenuView, service: &MenuService, ongo: &Callback<MenuService>) -> Html {
    let to = Route::MenuService { id: service.id.to_string() };
    let onclick = {
        let service = service.clone();
        ongo.reform(move |_: MouseEvent| service.clone())
    };
    let title = &service.draft.content.title;
    html! {
        <li key={service.id.to_string()}><div>
            <span class="grow stack-tight">
                <Link<Route, MenuQuery> classes="strong" to={to} query={MenuQuery::of(menu)}>{ title }</Link<Route, MenuQuery>>
                <span class="row-tight">{ states(service) }</span>
            </span>
            if service.before.is_some() {
                <Link<Route, MenuQuery> classes="small" to={Route::MenuVersions { id: service.id.to_string() }} query={MenuQuery::of(menu)}>
                    { words::VERSIONS }<span class="visually-hidden">{ ": " }{ title }</span>
                </Link<Route, MenuQuery>>
            }
            if menu.state != MenuState::Closed {
                <Button compact=true kind={ButtonKind::Quiet} icon={IconName::Trash2} label={words::take_off_service(title)} {onclick} />
            }
        </div></li>
    }
}

fn states(service: &MenuService) -> Html {
    html! {
        <>
            <Chip>{ service.draft.content.category.title() }</Chip>
            if service.on_shelf { <Chip tone={Tone::Good}>{ words::ON_SHELF }</Chip> } else { <Chip>{ words::NOT_ON_SHELF }</Chip> }
            if service.changed && service.on_shelf { <Chip tone={Tone::Info} icon={IconName::Pencil}>{ words::CHANGED }</Chip> }
            if !service.missing.is_empty() { <Chip tone={Tone::Warn}>{ words::missing_count(service.missing.len()) }</Chip> }
        </>
    }
}

fn removal(
    going: Option<&MenuService>,
    onclose: &Callback<()>,
    (onremove, busy, failure): (&Callback<MenuService>, bool, Option<String>),
) -> Html {
    let Some(service) = going else { return Html::default() };
    let confirm = {
        let service = service.clone();
        onremove.reform(move |_: MouseEvent| service.clone())
    };
    let cancel = onclose.reform(|_: MouseEvent| ());
    let actions = html! {
        <>
            <Button onclick={cancel}>{ shell_words::CANCEL }</Button>
            <Button kind={ButtonKind::Danger} {busy} onclick={confirm}>{ words::TAKE_OFF }</Button>
        </>
    };
    html! {
        <Dialog open=true title={words::take_off_service(&service.draft.content.title)} onclose={onclose.clone()} {actions}>
            <p>{ words::TAKE_OFF_TEXT }</p>
            if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
        </Dialog>
    }
}
