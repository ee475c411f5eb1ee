//! The unit's menu: its services as drafts, what is missing, and publishing.

use shared::catalog::api::{GetMenu, MenuService, MenuView, PublishMenu, RemoveService, VersionSeen};
use shared::contract::Empty as NoQuery;
use shared::words::catalog as words;
use shared::words::shell as shell_words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::state::unchanged;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Chip, Dialog, Empty, IconName, Notice, PageHead, SkeletonShape, Tone, When, use_toasts,
};

/// For the unit's head.
#[component]
pub fn MenuPage() -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let unit = session.unit().cloned();
    let menu = use_load_if::<GetMenu>(unit.as_ref().map(|unit| (unit.id, NoQuery {})));
    let going = use_state(|| None::<MenuService>);
    let published = {
        let (put, toasts) = (menu.put(), toasts.clone());
        Callback::from(move |view| {
            toasts.say(words::PUBLISHED);
            put.emit(view);
        })
    };
    let publish = use_sender::<PublishMenu>(published);
    let removed = {
        let (put, going) = (menu.put(), going.clone());
        Callback::from(move |view| {
            toasts.say(words::TAKEN_OFF);
            going.set(None);
            put.emit(view);
        })
    };
    let remove = use_sender::<RemoveService>(removed);
    let Some(unit) = unit else {
        return html! { <><PageHead title={words::MENU_TITLE} /><Empty title={words::MENU_NO_UNIT} text={words::MENU_NO_UNIT_TEXT} icon={IconName::Users} /></> };
    };
    let year = session.fiscal_year().map(|year| year.to_string()).unwrap_or_default();
    let new = Route::MenuService { id: "new".to_owned() };
    let tools = html! { <ButtonLink to={new} kind={ButtonKind::Primary} icon={IconName::Plus}>{ words::NEW_SERVICE }</ButtonLink> };
    let onpublish = {
        let publish = publish.clone();
        Callback::from(move |menu: MenuView| publish.send(Call::to(menu.id).body(VersionSeen { version: menu.version })))
    };
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
    html! {
        <>
            <PageHead title={words::MENU_TITLE} lead={html! { words::menu_lead(&unit.name, &year) }} {tools} />
            { menu.draw(SkeletonShape::Page, |menu| html! {
                <div class="two">
                    { services(menu, &ongo) }
                    { publishing(menu, &onpublish, publish.busy(), publish.failure().map(|failure| failure.message().to_owned())) }
                </div>
            }) }
            { removal(going.as_ref(), &onclose, &onremove, remove.busy()) }
        </>
    }
}

fn services(menu: &MenuView, ongo: &Callback<MenuService>) -> Html {
    if menu.services.is_empty() {
        return html! { <Card><Empty title={words::MENU_EMPTY} text={words::MENU_EMPTY_TEXT} icon={IconName::Pencil} /></Card> };
    }
    html! {
        <Card title={words::SERVICES} flush=true>
            <ul class="work-list">
                { for menu.services.iter().map(|service| {
                    let to = Route::MenuService { id: service.id.to_string() };
                    let onclick = {
                        let service = service.clone();
                        ongo.reform(move |_: MouseEvent| service.clone())
                    };
                    let title = &service.draft.content.title;
                    html! {
                        <li key={service.id.to_string()}><div>
                            <span class="grow stack-tight">
                                <Link<Route> classes="strong" to={to}>{ title }</Link<Route>>
                                <span class="row-tight">{ states(service) }</span>
                            </span>
                            <Button compact=true kind={ButtonKind::Quiet} icon={IconName::Trash2} label={words::take_off_service(title)} {onclick} />
                        </div></li>
                    }
                }) }
            </ul>
        </Card>
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

/// What would go out, what stands in its way, and the button.
fn publishing(menu: &MenuView, onpublish: &Callback<MenuView>, busy: bool, failure: Option<String>) -> Html {
    let incomplete: Vec<&MenuService> = menu.services.iter().filter(|service| !service.missing.is_empty()).collect();
    let changed = menu.services.iter().filter(|service| service.changed).count();
    let refusal = if !incomplete.is_empty() {
        Some(AttrValue::from(words::PUBLISH_BLOCKED))
    } else if unchanged(menu) {
        Some(AttrValue::from(words::NOTHING_TO_PUBLISH))
    } else {
        None
    };
    let onclick = {
        let menu = menu.clone();
        onpublish.reform(move |_: MouseEvent| menu.clone())
    };
    html! {
        <Card title={words::PUBLISH_TITLE}>
            <p class="small muted">
                { words::version(menu.version) }{ " · " }
                if let Some(at) = menu.published { <When {at} /> } else { { words::NOT_PUBLISHED_YET } }
            </p>
            if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
            if changed > 0 { <p class="small">{ words::changes_to_publish(changed) }</p> }
            if !incomplete.is_empty() {
                <ul class="bullets small">
                    { for incomplete.iter().map(|service| html! {
                        <li>
                            <Link<Route> to={Route::MenuService { id: service.id.to_string() }}>
                                { words::missing_in(&service.draft.content.title, service.missing.len()) }
                            </Link<Route>>
                        </li>
                    }) }
                </ul>
            }
            <Button kind={ButtonKind::Primary} wide=true {busy} {refusal} {onclick}>{ words::PUBLISH }</Button>
        </Card>
    }
}

fn removal(going: Option<&MenuService>, onclose: &Callback<()>, onremove: &Callback<MenuService>, busy: bool) -> Html {
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
        </Dialog>
    }
}
