//! What happened that concerns me: a bell with its count, and the notices behind it.

use shared::contract::Empty;
use shared::orders::api::{ListNotices, NoticeView, ReadNotice};
use shared::words::shell as words;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::disclosure::use_closing_menu;
use crate::address;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load_if;
use crate::session::{Act, use_session};
use crate::ui::{Icon, IconName, SkeletonShape, When};

/// Loads the notices when it is opened, not before.
#[component]
pub fn Notices() -> Html {
    let session = use_session();
    let node = use_node_ref();
    use_closing_menu(node.clone());
    let opened = use_state(|| false);
    let notices = use_load_if::<ListNotices>((*opened).then_some(((), Empty {})));
    let unread = session.view().map_or(0, |view| view.unread_notices);
    let ontoggle = {
        let (node, opened) = (node.clone(), opened.clone());
        Callback::from(move |_: Event| {
            if let Some(menu) = node.cast::<HtmlElement>() {
                opened.set(menu.has_attribute("open"));
            }
        })
    };
    html! {
        <details class="shell-person" ref={node} {ontoggle}>
            <summary class="bell">
                <Icon name={IconName::Inbox} />
                <span class="visually-hidden">{ words::notices(unread) }</span>
                if unread > 0 { <span class="count num" aria-hidden="true">{ unread.min(99) }</span> }
            </summary>
            <div class="shell-menu notices">
                if *opened { { notices.draw(SkeletonShape::Lines, |all| html! { <List all={(**all).clone()} /> }) } }
            </div>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    all: Vec<NoticeView>,
}

#[component]
fn List(props: &ListProps) -> Html {
    let session = use_session();
    let sender = use_sender::<ReadNotice>(Callback::from(move |Empty {}| session.act(Act::Refresh)));
    if props.all.is_empty() {
        return html! { <p class="small muted">{ words::NO_NOTICES }</p> };
    }
    html! {
        <ul class="work-list">
            { for props.all.iter().map(|notice| {
                let (sender, id, read, link) = (sender.clone(), notice.id, notice.read, notice.link.clone());
                let onclick = Callback::from(move |event: MouseEvent| {
                    event.prevent_default();
                    if !read {
                        sender.send(Call::to(id));
                    }
                    address::open(&link);
                });
                let href = if address::is_inside(&notice.link) { notice.link.clone() } else { "/".to_owned() };
                html! {
                    <li>
                        <a {href} {onclick} class={(!notice.read).then_some("strong")}>
                            <span class="grow">{ &notice.text }</span><span class="tiny muted"><When at={notice.at} /></span>
                        </a>
                    </li>
                }
            }) }
        </ul>
    }
}
