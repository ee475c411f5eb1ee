//! One question: what was asked, the answer, was it of use, the follow-up, and its place in the library.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::id::QuestionId;
use shared::orders::questions::{
    GetQuestion, LibraryText, PublishAnswer, QuestionAction, QuestionVersion, QuestionView, RateAnswer, RemoveAnswer, Usefulness,
    WithdrawQuestion,
};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::answer::{AnswerForm, question_chip, said};
use super::ask::AskForm;
use crate::api::Call;
use crate::app::NotFoundPage;
use crate::form::{use_form, use_sender};
use crate::load::use_load_if;
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, Card, CopyLink, Crumb, ErrorSummary, Notice, PageHead, PrintButton, SkeletonShape, TextArea, TextField, Tone, When,
    use_toasts,
};

#[derive(Properties, PartialEq)]
pub struct QuestionPageProps {
    pub id: AttrValue,
}

/// Loads the question and keeps it current with what each command answers.
#[component]
pub fn QuestionPage(props: &QuestionPageProps) -> Html {
    let id: Option<QuestionId> = props.id.parse().ok();
    let question = use_load_if::<GetQuestion>(id.map(|id| (id, NoQuery {})));
    let onchanged = question.put();
    if id.is_none() {
        return html! { <NotFoundPage /> };
    }
    question.draw(SkeletonShape::Page, |view| html! { <Whole key={view.summary.id.to_string()} view={view.clone()} {onchanged} /> })
}

#[derive(Properties, PartialEq)]
struct WholeProps {
    view: Rc<QuestionView>,
    onchanged: Callback<QuestionView>,
}

#[component]
fn Whole(props: &WholeProps) -> Html {
    let view = &props.view;
    let question = &view.summary;
    let may = |action| view.actions.contains(&action);
    let title = words::question_title(&question.unit.name);
    let crumbs = vec![Crumb::to(words::QUESTIONS, Route::Questions), Crumb::here(words::shortened(&question.text, 40))];
    let lead = html! { <span class="row-tight">{ question_chip(question) }<span class="muted">{ &question.service_title }</span></span> };
    html! {
        <>
            <PageHead {title} {lead} {crumbs} tools={html! { <><CopyLink /><PrintButton /></> }} />
            <div class="two">
                <div class="stack-wide">
                    <Card>
                        <div class="stack">
                            { said(question) }
                            if may(QuestionAction::Answer) { <AnswerForm question={question.clone()} onanswered={props.onchanged.clone()} /> }
                            if may(QuestionAction::Withdraw) { <Withdraw view={view.clone()} onchanged={props.onchanged.clone()} /> }
                            if may(QuestionAction::Rate) { <Rate view={view.clone()} onchanged={props.onchanged.clone()} /> }
                            if let Some(useful) = question.useful { <p class="small muted">{ words::usefulness(useful) }</p> }
                        </div>
                    </Card>
                    if may(QuestionAction::FollowUp) {
                        <Card title={words::FOLLOW_UP}>
                            <AskForm unit={question.unit.clone()} service={question.service} school={question.school.id} follows={Some(question.id)} />
                        </Card>
                    }
                </div>
                <div class="stack-wide">
                    if may(QuestionAction::Publish) || view.library.is_some() { <Library view={view.clone()} onchanged={props.onchanged.clone()} /> }
                    { about(view) }
                    if !view.thread.is_empty() {
                        <Card title={words::THREAD} flush=true>
                            <ul class="work-list">{ for view.thread.iter().map(|other| html! {
                                <li><Link<Route> to={Route::Question { id: other.id.to_string() }}>{ words::shortened(&other.text, 120) }</Link<Route>></li>
                            }) }</ul>
                        </Card>
                    }
                </div>
            </div>
        </>
    }
}

/// The service and the order that it is about.
fn about(view: &QuestionView) -> Html {
    let question = &view.summary;
    if question.service.is_none() && question.order.is_none() {
        return Html::default();
    }
    html! {
        <Card title={words::SERVICE}>
            <div class="stack">
                if let Some(service) = question.service {
                    <Link<Route> to={Route::Service { id: service.to_string() }}>{ &question.service_title }</Link<Route>>
                }
                if let Some(order) = question.order {
                    <Link<Route> to={Route::Order { id: order.id.to_string() }}>{ words::order_title(order.number) }</Link<Route>>
                }
            </div>
        </Card>
    }
}

#[component]
fn Withdraw(props: &WholeProps) -> Html {
    let sender = use_sender::<WithdrawQuestion>(props.onchanged.clone());
    let onclick = {
        let (sender, id, version) = (sender.clone(), props.view.summary.id, props.view.summary.version);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(QuestionVersion { version })))
    };
    html! {
        <div>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            <Button kind={ButtonKind::Quiet} busy={sender.busy()} {onclick}>{ words::WITHDRAW_QUESTION }</Button>
        </div>
    }
}

/// Yes or no, in one tap; a refusal is rated too.
#[component]
fn Rate(props: &WholeProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<RateAnswer>(Callback::from(move |view| {
        toasts.say(words::THANKS);
        onchanged.emit(view);
    }));
    let rate = |useful: bool| {
        let (sender, id, version) = (sender.clone(), props.view.summary.id, props.view.summary.version);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(Usefulness { version, useful })))
    };
    html! {
        <div class="row wrap" role="group" aria-label={words::WAS_IT_USEFUL}>
            <span>{ words::WAS_IT_USEFUL }</span>
            <Button compact=true busy={sender.busy()} onclick={rate(true)}>{ words::USEFUL }</Button>
            <Button compact=true busy={sender.busy()} onclick={rate(false)}>{ words::NOT_USEFUL }</Button>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
        </div>
    }
}

const LABELS: &[(&str, &str)] = &[("title", words::LIBRARY_TITLE), ("text", words::LIBRARY_TEXT)];

/// The published answer, or the form that publishes it.
#[component]
fn Library(props: &WholeProps) -> Html {
    match &props.view.library {
        Some(_) => html! { <Published view={props.view.clone()} onchanged={props.onchanged.clone()} /> },
        None => html! { <PublishForm view={props.view.clone()} onchanged={props.onchanged.clone()} /> },
    }
}

#[component]
fn Published(props: &WholeProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<RemoveAnswer>(Callback::from(move |view| {
        toasts.say(words::UNPUBLISHED_TOAST);
        onchanged.emit(view);
    }));
    let Some(entry) = &props.view.library else { return Html::default() };
    let onclick = {
        let (sender, id) = (sender.clone(), entry.id);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(NoQuery {})))
    };
    html! {
        <Card title={words::PUBLISHED} subtitle={words::library_source(&entry.owner.name, &entry.unit.name)}>
            <div class="stack">
                <h3>{ &entry.title }</h3>
                <p class="measure fact-detail">{ &entry.text }</p>
                <p class="tiny muted"><When at={entry.published} /></p>
                if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                if props.view.actions.contains(&QuestionAction::Unpublish) {
                    <div><Button compact=true busy={sender.busy()} {onclick}>{ words::UNPUBLISH }</Button></div>
                }
            </div>
        </Card>
    }
}

#[component]
fn PublishForm(props: &WholeProps) -> Html {
    let toasts = use_toasts();
    let question = &props.view.summary;
    let answer = question.answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default();
    let title = words::shortened(&question.text, shared::text::TITLE_LIMIT - 1);
    let form = use_form(&[("title", &title), ("text", &answer)]);
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<PublishAnswer>(Callback::from(move |view| {
        toasts.say(words::PUBLISHED_TOAST);
        onchanged.emit(view);
    }));
    let form = form.showing(sender.failure()).labelled(LABELS);
    let onsubmit = {
        let (form, sender, id) = (form.clone(), sender.clone(), question.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let body = LibraryText { title: form.text("title").to_string(), text: form.text("text").to_string() };
            sender.send(Call::to(id).body(body));
        })
    };
    html! {
        <Card title={words::PUBLISH} subtitle={words::PUBLISH_NOTE}>
            <form class="form" {onsubmit} novalidate=true aria-label={words::PUBLISH}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextField name="title" label={words::LIBRARY_TITLE} value={form.text("title")} oninput={form.typing("title")} error={form.error("title")} />
                <TextArea name="text" label={words::LIBRARY_TEXT} rows=5 value={form.text("text")} oninput={form.typing("text")} error={form.error("text")} />
                <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::PUBLISH }</Button></div>
            </form>
        </Card>
    }
}
