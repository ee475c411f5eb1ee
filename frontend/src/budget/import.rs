//! One import: its progress, its report, what has to be corrected, and publishing.

use shared::budget::api::{DiscardImport, GetImport, ImportView, PublishImport};
use shared::budget::import::ImportState;
use shared::contract::Empty;
use shared::id::ImportId;
use shared::identity::policy::Permission;
use shared::money::whole;
use shared::words::budget::pages as words;
use yew::prelude::*;

use super::imports::state_chip;
use super::problems::ProblemsCard;
use crate::api::Call;
use crate::app::NotFoundPage;
use crate::form::use_sender;
use crate::load::{use_load_if, use_reload_while};
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{
    Button, ButtonKind, Card, Crumb, Disclosure, Facts, IconName, Notice, PageHead, Progress, SkeletonShape, Stat, Tone, When, use_toasts,
};

/// How often a running check is looked at.
const LOOK_EVERY_MILLIS: u32 = 400;

#[derive(Properties, PartialEq)]
pub struct ImportPageProps {
    pub id: String,
}

/// The page at `/imports/…`.
#[component]
pub fn ImportPage(props: &ImportPageProps) -> Html {
    let id = props.id.parse::<ImportId>().ok();
    let import = use_load_if::<GetImport>(id.map(|id| (id, Empty {})));
    let running = import.data().is_some_and(|view| matches!(view.state, ImportState::Checking | ImportState::Publishing));
    use_reload_while(running, LOOK_EVERY_MILLIS, import.reload.clone());
    if id.is_none() {
        return html! { <NotFoundPage /> };
    }
    let title = import.data().map_or_else(|| AttrValue::from(words::IMPORTS_TITLE), |view| view.file_name.clone().into());
    let crumbs = vec![Crumb::to(words::BACK_TO_IMPORTS, Route::Imports), Crumb::here(title.clone())];
    let lead = import.data().map(|view| {
        let by = view.by.as_ref().map_or_else(|| words::COMMAND_LINE.to_owned(), |person| person.name.clone());
        html! { <span class="row-tight">{ words::import_kind(view.kind) }{ state_chip(view.state) }<When at={view.started} />{ by }</span> }
    });
    html! {
        <>
            <PageHead {title} lead={lead.unwrap_or_default()} {crumbs} />
            { import.draw(SkeletonShape::Page, |view| html! { <Content view={(**view).clone()} onchanged={import.put()} /> }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    view: ImportView,
    onchanged: Callback<ImportView>,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let view = &props.view;
    let number = |n: u32| html! { <span class="num">{ whole(n) }</span> };
    let done = view.state == ImportState::Published;
    let sentences = |list: &[String]| html! { <ul class="plain-list">{ for list.iter().map(|s| html! { <li>{ s }</li> }) }</ul> };
    html! {
        <div class="stack-wide">
            if view.state == ImportState::Checking {
                <Card><div role="status"><Progress label={words::CHECKING} done={u64::from(view.rows_read)} />
                    <p class="num">{ words::rows_of(view.rows_read) }</p></div></Card>
            } else {
                <div class="stats">
                    <Stat label={words::ROWS} value={number(view.rows_read)} />
                    <Stat label={words::GOOD_ROWS} value={number(view.rows_good)} />
                    <Stat label={words::REFUSED_ROWS} value={number(view.rows_refused)} />
                    <Stat label={words::UNCHANGED_ROWS} value={number(view.rows_unchanged)} />
                </div>
                <Decision view={view.clone()} onchanged={props.onchanged.clone()} />
            }
            if !view.summary.is_empty() {
                <Card title={if done { words::REPORT_DONE } else { words::REPORT }}>{ sentences(&view.summary) }</Card>
            }
            if view.state == ImportState::Refused { <ProblemsCard import={view.id} refused={view.rows_refused} /> }
            if !view.remarks.is_empty() { <Card title={words::REMARKS}>{ sentences(&view.remarks) }</Card> }
            <Disclosure label={words::DIGEST}><Facts facts={vec![(AttrValue::from(words::DIGEST), html! { <code class="digest">{ &view.digest }</code> })]} /></Disclosure>
        </div>
    }
}

/// What can be done now: publish or throw away what is ready, throw away what was refused.
#[component]
fn Decision(props: &ContentProps) -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let told = |text: &'static str, money: bool| {
        let (toasts, onchanged, session) = (toasts.clone(), props.onchanged.clone(), session.clone());
        Callback::from(move |view: ImportView| {
            toasts.say(text);
            if money {
                session.act(Act::MoneyMoved);
            }
            onchanged.emit(view);
        })
    };
    let publisher = use_sender::<PublishImport>(told(words::PUBLISHED, true));
    let discarder = use_sender::<DiscardImport>(told(words::DISCARDED, false));
    let id = props.view.id;
    let publish = {
        let sender = publisher.clone();
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(Empty {})))
    };
    let discard = {
        let sender = discarder.clone();
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(Empty {})))
    };
    let ready = props.view.state == ImportState::Ready;
    let (tone, text) = match props.view.state {
        ImportState::Ready => (Tone::Info, words::READY_TEXT),
        ImportState::Refused => (Tone::Bad, words::REFUSED_TEXT),
        ImportState::Checking | ImportState::Publishing | ImportState::Published | ImportState::Discarded => return Html::default(),
    };
    let failure = publisher.failure().or(discarder.failure()).map(|failure| failure.message().to_owned());
    html! {
        <div class="stack">
            if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
            <Notice {tone}>{ text }</Notice>
            if session.may(Permission::ImportDistrict) {
                <div class="row-tight">
                    if ready {
                        <Button kind={ButtonKind::Primary} icon={IconName::Check} onclick={publish} busy={publisher.busy()}>{ words::PUBLISH }</Button>
                    }
                    <Button icon={IconName::Trash2} onclick={discard} busy={discarder.busy()}>{ words::DISCARD }</Button>
                </div>
            }
        </div>
    }
}
