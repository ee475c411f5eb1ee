//! Writing a service: the fields, the checklist, and beside them what a school would see, with its price.

use std::rc::Rc;

use shared::budget::api::{ListSchools, SchoolView};
use shared::catalog::SchoolFacts;
use shared::catalog::api::{CreateService, EditService, EditionQuery, GetMenu, MenuService, MenuView, ServiceDraft, ServiceEdit};
use shared::catalog::checklist::{self, Around};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::draft::{Texts, blank, read, write};
use super::editor_fields::Fields;
use super::kept::{self, Kept};
use super::menu::MenuQuery;
use super::preview::Preview;
use super::writing::{Step, Writing};
use crate::address::{self, use_query};
use crate::api::{Call, Failure};
use crate::form::use_sender;
use crate::load::{use_load, use_load_if};
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Crumb, Empty, ErrorSummary, Fault, Icon, IconName, Notice, PageHead, SkeletonShape, Toasts, Tone,
    use_toasts,
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
    let (query, _) = use_query::<MenuQuery>();
    let menu = use_load_if::<GetMenu>(unit.as_ref().map(|unit| (unit.id, query.edition())));
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
        html! { <Editor key={props.id.to_string()} menu={menu.clone()} {service} field={query.field.clone()} onsaved={put.clone()} /> }
    })
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    menu: Rc<MenuView>,
    /// Absent for a new one.
    service: Option<MenuService>,
    /// The field to begin in.
    field: Option<String>,
    onsaved: Callback<MenuView>,
}

impl EditorProps {
    /// What was saved, or what a new service begins with.
    fn saved(&self) -> Texts {
        self.service.as_ref().map_or_else(|| first(&self.menu), |service| write(&service.draft))
    }

    fn version(&self) -> u32 {
        self.service.as_ref().map_or(0, |service| service.version)
    }

    /// Under which name unsaved words are kept on this device.
    fn place(&self) -> String {
        self.service.as_ref().map_or_else(|| format!("new-{}", self.menu.id), |service| service.id.to_string())
    }
}

/// A new service begins with the account codes of the one written last: units post alike.
fn first(menu: &MenuView) -> Texts {
    let mut texts = blank();
    if let Some(last) = menu.services.last() {
        let content = &last.draft.content;
        for (name, text) in [("object", &content.object), ("function", &content.function), ("goal", &content.goal)] {
            texts.set(format!("content.{name}"), text.clone());
        }
        texts.set("content.category", content.category.name());
    }
    texts
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let toasts = use_toasts();
    let schools = use_load::<ListSchools>((), NoQuery {});
    let today = use_session().view().map(|view| view.district.today);
    let kept = use_state(|| kept::read(&props.place()));
    let state = use_reducer(|| Writing::new(kept.as_ref().map_or_else(|| props.saved(), Kept::texts)));
    let unreadable = use_state(Vec::<FieldError>::new);
    let saved = props.saved();
    let dirty = state.texts != saved;
    use_effect_with(props.field.clone(), |field| field.iter().for_each(|field| focus(field)));
    use_keeping(props, &state.texts, dirty);
    let begin = state.dispatcher();
    let onsaved = after_saving(props, Callback::from(move |step| begin.dispatch(step)), (toasts, kept.setter()));
    let create = use_sender::<CreateService>(onsaved.clone());
    let edit = use_sender::<EditService>(onsaved);
    let (draft, wrong) = read(&state.texts);
    let onsubmit = {
        let (create, edit, unreadable) = (create.clone(), edit.clone(), unreadable.clone());
        let (unit, edition, service) = (props.menu.unit.id, EditionQuery { menu: Some(props.menu.id) }, props.service.clone());
        let (draft, wrong) = (draft.clone(), wrong.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            unreadable.set(wrong.clone());
            if !wrong.is_empty() {
                return;
            }
            match &service {
                Some(service) => edit.send(Call::to(service.id).body(ServiceEdit { version: service.version, draft: draft.clone() })),
                None => create.send(Call::to(unit).query(edition).body(draft.clone())),
            }
        })
    };
    let failure = edit.failure().or(create.failure());
    let faults = faults(&unreadable, failure);
    let none = Rc::new(Vec::new());
    let schools = schools.data().unwrap_or(&none).clone();
    let missing = missing(&draft, props, &schools, today);
    let title = if draft.content.title.is_empty() { words::NEW_SERVICE.to_owned() } else { draft.content.title.clone() };
    let crumbs = vec![Crumb::to(words::MENU_TITLE, Route::Menu), Crumb::here(title.clone())];
    let dispatcher = state.dispatcher();
    let onstep = Callback::from(move |step: Step| dispatcher.dispatch(step));
    let draft = Rc::new(draft);
    let aside = html! {
        <div class="stack-wide editor-side">
            <Preview unit={props.menu.unit.clone()} year={props.menu.year} draft={draft.clone()} {schools} />
            <Card title={words::CHECKLIST}>{ checklist_view(&missing) }</Card>
        </div>
    };
    html! {
        <>
            <PageHead {title} {crumbs} />
            if let Some(kept) = &*kept { { restored(kept, props.version(), &onstep.reform(move |_: MouseEvent| Step::Begin(saved.clone()))) } }
            <form class="editor" {onsubmit} novalidate=true>
                <div class="stack-wide">
                    <ErrorSummary faults={summary(&faults, failure)} request_id={failure.and_then(Failure::request_id)} />
                    <Fields texts={state.texts.clone()} {draft} {faults} onedit={onstep.reform(Step::Do)} />
                    { saving(create.busy() || edit.busy(), (state.can_undo(), dirty), &onstep) }
                </div>
                { aside }
            </form>
        </>
    }
}

/// What was kept is forgotten; the editor goes on from what was saved, and a new service leads back to the menu.
fn after_saving(props: &EditorProps, begin: Callback<Step>, (toasts, kept): (Toasts, UseStateSetter<Option<Kept>>)) -> Callback<MenuView> {
    let (onsaved, place, id) = (props.onsaved.clone(), props.place(), props.service.as_ref().map(|service| service.id));
    Callback::from(move |view: MenuView| {
        toasts.say(words::SAVED);
        kept::forget(&place);
        kept.set(None);
        let menu = view.id;
        if let Some(service) = view.services.iter().find(|service| Some(service.id) == id) {
            begin.emit(Step::Begin(write(&service.draft)));
        }
        onsaved.emit(view);
        if id.is_none() {
            address::open(&words::edition_link(menu));
        }
    })
}

/// Keeps what is not saved on this device, and forgets it once it is.
#[hook]
fn use_keeping(props: &EditorProps, texts: &Texts, dirty: bool) {
    let (place, version) = (props.place(), props.version());
    use_effect_with(
        (texts.clone(), dirty),
        move |(texts, dirty)| {
            if *dirty { kept::keep(&place, &Kept::of(version, texts)) } else { kept::forget(&place) }
        },
    );
}

/// The buttons at the foot, and whether everything is saved.
fn saving(busy: bool, (can_undo, dirty): (bool, bool), onstep: &Callback<Step>) -> Html {
    html! {
        <div class="row wrap editor-save">
            <Button kind={ButtonKind::Primary} submit=true {busy}>{ words::SAVE_DRAFT }</Button>
            if can_undo {
                <Button icon={IconName::History} onclick={onstep.reform(|_: MouseEvent| Step::Undo)}>{ words::UNDO }</Button>
            }
            <span class="small muted">{ if dirty { words::KEPT_HERE } else { words::SAVE_BEFORE_PUBLISHING } }</span>
        </div>
    }
}

/// What publishing would refuse, as the server will say it.
fn missing(draft: &ServiceDraft, props: &EditorProps, schools: &[SchoolView], today: Option<Date>) -> Vec<FieldError> {
    let mut missing = checklist::missing(draft);
    let facts: Vec<SchoolFacts> = schools.iter().map(|school| school.facts).collect();
    if let Some(day) = today {
        let around = Around { division: props.menu.unit.division, contact: &props.menu.unit.contact, schools: &facts, day };
        missing.extend(checklist::missing_around(draft, &around));
    }
    missing
}

/// Unsaved words are back; whoever wants can begin again from what was saved.
fn restored(kept: &Kept, version: u32, onbegin: &Callback<MouseEvent>) -> Html {
    let text = if kept.version == version { words::UNSAVED_BACK } else { words::UNSAVED_OLD };
    let actions = html! { <Button compact=true onclick={onbegin}>{ words::BEGIN_FROM_SAVED }</Button> };
    html! { <Notice tone={Tone::Info} {actions}>{ text }</Notice> }
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
                if fault.field.starts_with("unit.") {
                    return html! { <li><Link<Route> to={Route::Menu}>{ &fault.message }</Link<Route>></li> };
                }
                let href = format!("#{}", fault.field);
                html! { <li><a {href} onclick={focusing(fault.field.clone())}>{ &fault.message }</a></li> }
            }) }
        </ul>
    }
}

fn focusing(field: String) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        focus(&field);
    })
}

/// Puts the cursor into a field.
fn focus(field: &str) {
    use wasm_bindgen::JsCast as _;
    let control = gloo::utils::document().get_element_by_id(field);
    if let Some(control) = control.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = control.focus();
    }
}
