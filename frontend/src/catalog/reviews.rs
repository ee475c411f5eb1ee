//! Editions that wait for a second person, and one of them to look at: publish it, or say what has to change.

use std::rc::Rc;

use shared::catalog::api::{
    GetReview, ListReviews, MenuService, MenuView, PublishMenu, ReviewSummary, SendBack, SendMenuBack, VersionSeen,
};
use shared::contract::Empty as NoQuery;
use shared::id::MenuId;
use shared::words::catalog as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::menu::state_chip;
use super::side_by_side::comparison;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::{use_load, use_load_if};
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Chip, Crumb, Empty, IconName, Notice, PageHead, SkeletonShape, TextArea, Tone, When, use_toasts,
};

/// For executives and the budget office.
#[component]
pub fn ReviewsPage() -> Html {
    let reviews = use_load::<ListReviews>((), NoQuery {});
    html! {
        <>
            <PageHead title={words::REVIEWS_TITLE} lead={html! { words::REVIEWS_LEAD }} />
            { reviews.draw(SkeletonShape::Blocks, |list| waiting(list)) }
        </>
    }
}

fn waiting(list: &[ReviewSummary]) -> Html {
    if list.is_empty() {
        return html! { <Empty title={words::REVIEWS_EMPTY} text={words::REVIEWS_EMPTY_TEXT} icon={IconName::CircleCheck} /> };
    }
    html! {
        <Card flush=true>
            <ul class="work-list">
                { for list.iter().map(|review| html! {
                    <li key={review.menu.to_string()}><div>
                        <span class="grow stack-tight">
                            <Link<Route> classes="strong" to={Route::Review { id: review.menu.to_string() }}>
                                { words::edition(&review.unit.name, &review.year.to_string()) }
                            </Link<Route>>
                            <span class="small muted">
                                { words::asked_by(&review.asked.by.name) }{ ", " }<When at={review.asked.at} />{ " · " }
                                { words::changes_to_publish(usize::try_from(review.changed).unwrap_or(usize::MAX)) }
                            </span>
                        </span>
                        { state_chip(review.state) }
                    </div></li>
                }) }
            </ul>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
pub struct ReviewPageProps {
    pub id: AttrValue,
}

#[component]
pub fn ReviewPage(props: &ReviewPageProps) -> Html {
    let id: Option<MenuId> = props.id.parse().ok();
    let menu = use_load_if::<GetReview>(id.map(|id| (id, NoQuery {})));
    if id.is_none() {
        return html! { <Empty title={words::REVIEWS_EMPTY} text={words::REVIEWS_EMPTY_TEXT}><ButtonLink to={Route::Reviews}>{ words::REVIEWS_TITLE }</ButtonLink></Empty> };
    }
    let put = menu.put();
    menu.draw(SkeletonShape::Page, |menu| html! { <Review menu={menu.clone()} onchanged={put.clone()} /> })
}

#[derive(Properties, PartialEq)]
struct ReviewProps {
    menu: Rc<MenuView>,
    onchanged: Callback<MenuView>,
}

#[component]
fn Review(props: &ReviewProps) -> Html {
    let menu = &props.menu;
    let title = words::edition(&menu.unit.name, &menu.year.to_string());
    let crumbs = vec![Crumb::to(words::REVIEWS_TITLE, Route::Reviews), Crumb::here(title.clone())];
    let (changed, same): (Vec<&MenuService>, Vec<&MenuService>) = menu.services.iter().partition(|service| service.changed);
    html! {
        <>
            <PageHead {title} {crumbs} tools={state_chip(menu.state)} lead={html! { words::sale_days(menu.wanted.from, menu.wanted.until) }} />
            <div class="two">
                <div class="stack-wide">
                    { for changed.iter().map(|service| changes(service)) }
                    if !same.is_empty() {
                        <Card title={words::UNCHANGED_SERVICES}>
                            <ul class="bullets small">{ for same.iter().map(|service| html! { <li>{ &service.draft.content.title }</li> }) }</ul>
                        </Card>
                    }
                </div>
                <Decision menu={menu.clone()} onchanged={props.onchanged.clone()} />
            </div>
        </>
    }
}

fn changes(service: &MenuService) -> Html {
    let title = service.draft.content.title.clone();
    let actions = html! { if service.before.is_none() { <Chip tone={Tone::Info}>{ words::NEW_SERVICE_MARK }</Chip> } };
    html! {
        <Card key={service.id.to_string()} title={title.clone()} {actions} flush=true>
            { comparison(title, service.before.as_ref(), Some(&service.draft), service.before.is_some()) }
        </Card>
    }
}

/// Publish it, or say what has to change.
#[component]
fn Decision(props: &ReviewProps) -> Html {
    let toasts = use_toasts();
    let comment = use_state(String::new);
    let said = |text: &'static str| {
        let (toasts, put) = (toasts.clone(), props.onchanged.clone());
        Callback::from(move |view: MenuView| {
            toasts.say(text);
            put.emit(view);
        })
    };
    let publish = use_sender::<PublishMenu>(said(words::PUBLISHED));
    let back = use_sender::<SendMenuBack>(said(words::SENT_BACK));
    let (id, version) = (props.menu.id, props.menu.version);
    let onpublish = {
        let publish = publish.clone();
        Callback::from(move |_: MouseEvent| publish.send(Call::to(id).body(VersionSeen { version })))
    };
    let onback = {
        let (back, comment) = (back.clone(), comment.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            back.send(Call::to(id).body(SendBack { version, comment: (*comment).clone() }));
        })
    };
    let error = back.failure().and_then(|failure| failure.fields().first()).map(|fault| AttrValue::from(fault.message.clone()));
    let failure =
        publish.failure().or(back.failure().filter(|failure| failure.fields().is_empty())).map(|failure| failure.message().to_owned());
    let waits = props.menu.state.is_in_review();
    html! {
        <Card title={words::REVIEW_TITLE}>
            <div class="stack">
                if let Some(asked) = &props.menu.asked {
                    <p class="small muted">{ words::asked_by(&asked.by.name) }{ ", " }<When at={asked.at} /></p>
                }
                if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
                if waits {
                    <Button kind={ButtonKind::Primary} wide=true busy={publish.busy()} onclick={onpublish}>{ words::PUBLISH_IT }</Button>
                    <form class="stack" onsubmit={onback} novalidate=true>
                        <TextArea name="comment" label={words::COMMENT} value={(*comment).clone()} {error} rows=4
                            oninput={Callback::from(move |text| comment.set(text))} />
                        <div><Button submit=true busy={back.busy()}>{ words::SEND_BACK }</Button></div>
                    </form>
                } else {
                    <p class="small">{ words::REVIEWS_EMPTY_TEXT }</p>
                }
            </div>
        </Card>
    }
}
