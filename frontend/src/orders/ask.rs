//! Asking a unit from the page of its service, beside what it answered before; and what the shelf's search finds of it.

use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::id::{QuestionId, SchoolId, ServiceId};
use shared::identity::api::UnitRef;
use shared::identity::policy::Permission;
use shared::orders::questions::{AskUnit, GetLibrary, LibraryEntry, NewQuestion, QuestionView, library_score};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Card, Disclosure, ErrorSummary, SkeletonShape, TextArea, When, use_toasts};

/// So many answers stand beside the services found.
const FOUND_LIMIT: usize = 6;

#[derive(Properties, PartialEq)]
pub struct AskCardProps {
    pub unit: UnitRef,
    pub service: ServiceId,
}

/// Published answers about a service, and the form that asks its unit.
#[component]
pub fn AskCard(props: &AskCardProps) -> Html {
    let session = use_session();
    let library = use_load::<GetLibrary>((), NoQuery {});
    let school = session.school().map(|school| school.id).filter(|_| session.may(Permission::AskQuestion));
    html! {
        <div id="ask">
            <Card title={words::ASKED_BEFORE}>
                { library.draw(SkeletonShape::Lines, |library| about(library, props.service)) }
                if let Some(school) = school {
                    <AskForm unit={props.unit.clone()} service={Some(props.service)} {school} follows={None::<QuestionId>} />
                }
            </Card>
        </div>
    }
}

fn about(library: &[LibraryEntry], service: ServiceId) -> Html {
    let entries: Vec<&LibraryEntry> = library.iter().filter(|entry| entry.service == Some(service)).collect();
    if entries.is_empty() {
        return html! { <p class="small muted">{ words::NOTHING_ASKED }</p> };
    }
    html! { <ul class="stack">{ for entries.into_iter().map(|found| html! { <li>{ entry(found) }</li> }) }</ul> }
}

/// A published answer behind its question, with owner and date.
fn entry(entry: &LibraryEntry) -> Html {
    html! {
        <Disclosure label={entry.title.clone()}>
            <p class="measure fact-detail">{ &entry.text }</p>
            <p class="tiny muted">{ words::library_source(&entry.owner.name, &entry.unit.name) }{ " · " }<When at={entry.published} /></p>
        </Disclosure>
    }
}

#[derive(Properties, PartialEq)]
pub struct FoundAnswersProps {
    /// What the shelf is searched for.
    pub wanted: AttrValue,
}

/// Published answers that the shelf's search finds, beside the services.
#[component]
pub fn FoundAnswers(props: &FoundAnswersProps) -> Html {
    let library = use_load::<GetLibrary>((), NoQuery {});
    let Some(all) = library.data() else { return Html::default() };
    let mut found: Vec<(u32, &LibraryEntry)> =
        all.iter().filter_map(|entry| library_score(entry, &props.wanted).map(|score| (score, entry))).collect();
    if found.is_empty() {
        return Html::default();
    }
    found.sort_by_key(|(score, entry)| (std::cmp::Reverse(*score), std::cmp::Reverse(entry.published)));
    html! {
        <section class="stack" aria-label={words::ANSWERS_FOUND}>
            <h2>{ words::ANSWERS_FOUND }</h2>
            <ul class="stack">
                { for found.into_iter().take(FOUND_LIMIT).map(|(_, found)| html! {
                    <li class="offer">
                        { entry(found) }
                        if let Some(service) = found.service {
                            <Link<Route> to={Route::Service { id: service.to_string() }}>{ &found.service_title }</Link<Route>>
                        }
                    </li>
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub struct AskFormProps {
    pub unit: UnitRef,
    pub service: Option<ServiceId>,
    pub school: SchoolId,
    /// The question that this one follows up.
    pub follows: Option<QuestionId>,
}

/// Asks the unit; the page of the new question opens.
#[component]
pub fn AskForm(props: &AskFormProps) -> Html {
    let toasts = use_toasts();
    let navigator = use_navigator();
    let form = use_form(&[("text", "")]);
    let sender = use_sender::<AskUnit>(Callback::from(move |view: QuestionView| {
        toasts.say(words::ASKED_TOAST);
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Question { id: view.summary.id.to_string() });
        }
    }));
    let form = form.showing(sender.failure()).labelled(&[("text", words::YOUR_QUESTION)]);
    let onsubmit = {
        let (form, sender, unit) = (form.clone(), sender.clone(), props.unit.id);
        let (school, service, follows) = (props.school, props.service, props.follows);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = form.text("text").to_string();
            if text.trim().is_empty() {
                form.refuse(vec![FieldError::new("text", shared::text::TextError::Missing.message())]);
            } else {
                sender.send(Call::to(unit).body(NewQuestion { school, service, text, follows }));
            }
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::ask_title(&props.unit.name)}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <TextArea name="text" label={words::YOUR_QUESTION} hint={words::ASK_TEXT_HINT} rows=3 value={form.text("text")}
                oninput={form.typing("text")} error={form.error("text")} />
            <div class="actions">
                <Button kind={ButtonKind::Normal} submit=true busy={sender.busy()}>{ words::ask_title(&props.unit.name) }</Button>
            </div>
        </form>
    }
}
