//! Writing a service: the fields, the checklist, and beside them what a school would see, with its price.

use std::rc::Rc;

use shared::catalog::api::{CreateService, EditService, GetMenu, MenuService, MenuView, ServiceEdit};
use shared::catalog::checklist;
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::words::catalog as words;
use yew::prelude::*;

use super::draft::{Texts, blank, read, write};
use super::editor_fields::{Edit, Fields};
use super::preview::Preview;
use crate::address;
use crate::api::{Call, Failure};
use crate::form::use_sender;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Crumb, Empty, ErrorSummary, Fault, Icon, IconName, PageHead, SkeletonShape, use_toasts,
};

#[derive(Properties, PartialEq)]
pub struct MenuServicePageProps {
    /// A service's id, or `new`.
    pub id: AttrValue,
}

/// The page: loads the menu and finds the service.
#[component]
pub fn MenuServicePage(props: &MenuServicePageProps) -> Html {
    let session = use_session();
    let unit = session.unit().cloned();
    let menu = use_load_if::<GetMenu>(unit.as_ref().map(|unit| (unit.id, NoQuery {})));
    if unit.is_none() {
        return html! { <><PageHead title={words::MENU_TITLE} /><Empty title={words::MENU_NO_UNIT} text={words::MENU_NO_UNIT_TEXT} icon={IconName::Users} /></> };
    }
    let put = menu.put();
    menu.draw(SkeletonShape::Page, |menu| {
        let service = menu.services.iter().find(|service| service.id.to_string() == props.id.as_str()).cloned();
        if service.is_none() && props.id.as_str() != "new" {
            return html! {
                <Empty title={words::NO_SERVICE} text={words::NO_SERVICE_TEXT}>
                    <ButtonLink to={Route::Menu}>{ words::MENU_TITLE }</ButtonLink>
                </Empty>
            };
        }
        html! { <Editor key={props.id.to_string()} menu={menu.clone()} {service} onsaved={put.clone()} /> }
    })
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    menu: Rc<MenuView>,
    /// Absent for a new one.
    service: Option<MenuService>,
    onsaved: Callback<MenuView>,
}

/// What stands in the fields; every edit is one step.
#[derive(Clone, PartialEq)]
struct State(Texts);

impl Reducible for State {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut texts = self.0.clone();
        edit.apply(&mut texts);
        Rc::new(Self(texts))
    }
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let toasts = use_toasts();
    let state = use_reducer(|| State(props.service.as_ref().map_or_else(blank, |service| write(&service.draft))));
    let unreadable = use_state(Vec::<FieldError>::new);
    let saved = {
        let (onsaved, is_new) = (props.onsaved.clone(), props.service.is_none());
        Callback::from(move |view: MenuView| {
            toasts.say(words::SAVED);
            onsaved.emit(view);
            if is_new {
                address::open("/menu");
            }
        })
    };
    let create = use_sender::<CreateService>(saved.clone());
    let edit = use_sender::<EditService>(saved);
    let (draft, wrong) = read(&state.0);
    let onsubmit = {
        let (create, edit, unreadable) = (create.clone(), edit.clone(), unreadable.clone());
        let (unit, service) = (props.menu.unit.id, props.service.clone());
        let (draft, wrong) = (draft.clone(), wrong.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            unreadable.set(wrong.clone());
            if !wrong.is_empty() {
                return;
            }
            match &service {
                Some(service) => edit.send(Call::to(service.id).body(ServiceEdit { version: service.version, draft: draft.clone() })),
                None => create.send(Call::to(unit).body(draft.clone())),
            }
        })
    };
    let failure = edit.failure().or(create.failure());
    let faults = faults(&unreadable, failure);
    let missing = checklist::missing(&draft);
    let title = if draft.content.title.is_empty() { words::NEW_SERVICE.to_owned() } else { draft.content.title.clone() };
    let crumbs = vec![Crumb::to(words::MENU_TITLE, Route::Menu), Crumb::here(title.clone())];
    let dispatcher = state.dispatcher();
    let onedit = Callback::from(move |edit: Edit| dispatcher.dispatch(edit));
    html! {
        <>
            <PageHead {title} {crumbs} />
            <form class="editor" {onsubmit} novalidate=true>
                <div class="stack-wide">
                    <ErrorSummary faults={summary(&faults, failure)} request_id={failure.and_then(Failure::request_id)} />
                    <Fields texts={state.0.clone()} faults={faults} {onedit} />
                    <div class="row wrap editor-save">
                        <Button kind={ButtonKind::Primary} submit=true busy={create.busy() || edit.busy()}>{ words::SAVE_DRAFT }</Button>
                        <span class="small muted">{ words::SAVE_BEFORE_PUBLISHING }</span>
                    </div>
                </div>
                <div class="stack-wide editor-side">
                    <Preview unit={props.menu.unit.clone()} year={props.menu.year} draft={Rc::new(draft)} />
                    <Card title={words::CHECKLIST}>{ checklist_view(&missing) }</Card>
                </div>
            </form>
        </>
    }
}

fn faults(unreadable: &[FieldError], failure: Option<&Failure>) -> Vec<FieldError> {
    unreadable.iter().cloned().chain(failure.map_or(&[][..], Failure::fields).iter().cloned()).collect()
}

fn summary(faults: &[FieldError], failure: Option<&Failure>) -> Vec<Fault> {
    let mut all: Vec<Fault> =
        faults.iter().map(|fault| Fault { field: Some(fault.field.clone().into()), text: fault.message.clone().into() }).collect();
    if let Some(failure) = failure.filter(|failure| failure.fields().is_empty()) {
        all.push(Fault { field: None, text: failure.message().to_owned().into() });
    }
    all
}

/// What publishing would refuse, each a link to its field.
fn checklist_view(missing: &[FieldError]) -> Html {
    if missing.is_empty() {
        return html! { <p class="with-icon"><Icon name={IconName::CircleCheck} /><span>{ words::CHECKLIST_DONE }</span></p> };
    }
    html! {
        <ul class="bullets small">
            { for missing.iter().map(|fault| {
                let href = format!("#{}", fault.field);
                html! { <li><a {href} onclick={focusing(fault.field.clone())}>{ &fault.message }</a></li> }
            }) }
        </ul>
    }
}

fn focusing(field: String) -> Callback<MouseEvent> {
    use wasm_bindgen::JsCast as _;
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        let control = gloo::utils::document().get_element_by_id(&field);
        if let Some(control) = control.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = control.focus();
        }
    })
}
