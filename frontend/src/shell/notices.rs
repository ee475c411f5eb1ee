//! What happened that concerns me: a bell with its count, and the notices behind it.

use shared::contract::Empty;
use shared::orders::api::{ListNotices, NoticeView, ReadNotice};
use shared::words::shell as words;
use yew::prelude::*;

use super::disclosure::use_opening_menu;
use crate::address;
use crate::api::Call;
use crate::form::{Sender, use_sender};
use crate::later::{Later, Part, Piece};
use crate::load::use_load;
use crate::session::{Act, use_session};
use crate::ui::{Icon, IconName, SkeletonShape, When};

/// The bell; what is behind it loads when it is opened, not before.
#[component]
pub fn Notices() -> Html {
    let session = use_session();
    let (node, opened, ontoggle) = use_opening_menu();
    let unread = session.view().map_or(0, |view| view.unread_notices);
    html! {
        <details class="shell-person" ref={node} {ontoggle}>
            <summary class="bell">
                <Icon name={IconName::Inbox} />
                <span class="visually-hidden">{ words::notices(unread) }</span>
                if unread > 0 { <span class="count num" aria-hidden="true">{ unread.min(99) }</span> }
            </summary>
            <div class="shell-menu notices">
                if opened { <Later part={Part::Shell} piece={Piece::Notices} shape={SkeletonShape::Lines} /> }
            </div>
        </details>
    }
}

/// The newest notices, each a way to what it is about.
#[component]
pub fn NoticeList() -> Html {
    let session = use_session();
    let notices = use_load::<ListNotices>((), Empty {});
    let sender = use_sender::<ReadNotice>(Callback::from(move |Empty {}| session.act(Act::Refresh)));
    notices.draw(SkeletonShape::Lines, |all| list(all, &sender))
}

fn list(all: &[NoticeView], sender: &Sender<ReadNotice>) -> Html {
    if all.is_empty() {
        return html! { <p class="small muted">{ words::NO_NOTICES }</p> };
    }
    html! {
        <ul class="work-list">
            { for all.iter().map(|notice| {
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
