//! The way to the shelf, as the unit walks it: what is missing, what changed, asking, taking back, closing.

use shared::catalog::MenuState;
use shared::catalog::api::{AskReview, CloseMenu, MenuService, MenuView, TakeMenuBack, VersionSeen};
use shared::catalog::edition::{EditionCommand, turn};
use shared::error::FieldError;
use shared::words::catalog as words;
use shared::words::shell as shell_words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::menu::{MenuCardProps, MenuQuery};
use super::state::unchanged;
use crate::api::Call;
use crate::form::use_sender;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Card, Dialog, Notice, Tone, When, use_toasts};

/// What would go out, what stands in its way, and the button.
#[component]
pub fn ReviewCard(props: &MenuCardProps) -> Html {
    let toasts = use_toasts();
    let closing = use_state(|| false);
    let said = |text: &'static str| {
        let (toasts, put, closing) = (toasts.clone(), props.onchanged.clone(), closing.clone());
        Callback::from(move |view: MenuView| {
            toasts.say(text);
            closing.set(false);
            put.emit(view);
        })
    };
    let ask = use_sender::<AskReview>(said(words::ASKED_REVIEW));
    let back = use_sender::<TakeMenuBack>(said(words::TAKEN_BACK));
    let close = use_sender::<CloseMenu>(said(words::EDITION_CLOSED_NOW));
    let (menu, seen) = (&props.menu, VersionSeen { version: props.menu.version });
    let id = menu.id;
    let onask = {
        let ask = ask.clone();
        Callback::from(move |_: MouseEvent| ask.send(Call::to(id).body(seen)))
    };
    let onback = {
        let back = back.clone();
        Callback::from(move |_: MouseEvent| back.send(Call::to(id).body(seen)))
    };
    let onclose = {
        let close = close.clone();
        Callback::from(move |_: MouseEvent| close.send(Call::to(id).body(seen)))
    };
    let set = |on: bool| {
        let closing = closing.clone();
        Callback::from(move |()| closing.set(on))
    };
    let clicked = |on: bool| set(on).reform(|_: MouseEvent| ());
    let failure = [ask.failure(), back.failure(), close.failure()].into_iter().flatten().next();
    let failure = failure.map(|failure| failure.message().to_owned());
    let actions = html! {
        <>
            <Button onclick={clicked(false)}>{ shell_words::CANCEL }</Button>
            <Button kind={ButtonKind::Danger} busy={close.busy()} onclick={onclose}>{ words::CLOSE_EDITION }</Button>
        </>
    };
    html! {
        <Card title={words::REVIEW_TITLE}>
            <div class="stack">
                { standing(menu) }
                if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
                { match menu.state {
                    MenuState::Draft | MenuState::Published => html! {
                        <>
                            { missing(menu) }
                            <p class="small muted">{ words::WHO_REVIEWS }</p>
                            <Button kind={ButtonKind::Primary} wide=true busy={ask.busy()} refusal={refusal(menu)} onclick={onask}>{ words::ASK_REVIEW }</Button>
                        </>
                    },
                    MenuState::InReview | MenuState::ChangesInReview => html! {
                        <>
                            <p class="small">{ words::WAITS_FOR_REVIEW }</p>
                            <Button wide=true busy={back.busy()} onclick={onback}>{ words::TAKE_BACK }</Button>
                        </>
                    },
                    MenuState::Closed => html! { <p class="small">{ words::EDITION_CLOSED }</p> },
                } }
                { closes(menu, &clicked(true)) }
            </div>
            <Dialog open={*closing} title={words::CLOSE_EDITION} onclose={set(false)} {actions}>
                <p>{ words::CLOSE_TEXT }</p>
            </Dialog>
        </Card>
    }
}

/// The way to close it, where it can be closed.
fn closes(menu: &MenuView, onclick: &Callback<MouseEvent>) -> Html {
    if turn(menu.state, EditionCommand::Close).is_err() {
        return Html::default();
    }
    html! { <div><Button kind={ButtonKind::Quiet} compact=true {onclick}>{ words::CLOSE_EDITION }</Button></div> }
}

fn standing(menu: &MenuView) -> Html {
    html! {
        <p class="small muted">
            { words::version(menu.version) }{ " · " }
            if let Some(asked) = &menu.asked {
                { words::asked_by(&asked.by.name) }{ ", " }<When at={asked.at} />
            } else if let Some(at) = menu.published {
                <When {at} />
            } else {
                { words::NOT_PUBLISHED_YET }
            }
        </p>
    }
}

fn incomplete(menu: &MenuView) -> Vec<&MenuService> {
    menu.services.iter().filter(|service| !service.missing.is_empty()).collect()
}

fn refusal(menu: &MenuView) -> Option<AttrValue> {
    if !incomplete(menu).is_empty() {
        Some(words::PUBLISH_BLOCKED.into())
    } else if unchanged(menu) {
        Some(words::NOTHING_TO_PUBLISH.into())
    } else {
        None
    }
}

/// One thing that is missing; a click leads to its field.
fn missing_field(menu: &MenuView, service: &MenuService, fault: &FieldError) -> Html {
    if fault.field.starts_with("unit.") {
        return html! { <li>{ &fault.message }</li> };
    }
    let query = MenuQuery { field: Some(fault.field.clone()), ..MenuQuery::of(menu) };
    html! { <li><Link<Route, MenuQuery> to={Route::MenuService { id: service.id.to_string() }} {query}>{ &fault.message }</Link<Route, MenuQuery>></li> }
}

/// What changed, and what is missing; each line leads to its service.
fn missing(menu: &MenuView) -> Html {
    let changed = menu.services.iter().filter(|service| service.changed).count();
    let incomplete = incomplete(menu);
    html! {
        <>
            if changed > 0 { <p class="small">{ words::changes_to_publish(changed) }</p> }
            if !incomplete.is_empty() {
                <ul class="bullets small">
                    { for incomplete.iter().map(|service| html! {
                        <li>
                            <Link<Route, MenuQuery> to={Route::MenuService { id: service.id.to_string() }} query={MenuQuery::of(menu)}>
                                { words::missing_in(&service.draft.content.title, service.missing.len()) }
                            </Link<Route, MenuQuery>>
                            <ul class="bullets">{ for service.missing.iter().map(|fault| missing_field(menu, service, fault)) }</ul>
                        </li>
                    }) }
                </ul>
            }
        </>
    }
}
