//! What every page can do: be printed, be sent as a link, be downloaded as a file.

use gloo::utils::window;
use shared::words::shell as words;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::button::Button;
use super::icon::{Icon, IconName};
use super::toast::use_toasts;

/// Prints the page with the print styles.
#[component]
pub fn PrintButton() -> Html {
    let onclick = Callback::from(|_: MouseEvent| {
        let _ = window().print();
    });
    html! { <Button icon={IconName::Printer} {onclick}>{ words::PRINT }</Button> }
}

/// Copies the page's address, filters and all.
#[component]
pub fn CopyLink() -> Html {
    let toasts = use_toasts();
    let onclick = Callback::from(move |_: MouseEvent| {
        let toasts = toasts.clone();
        spawn_local(async move {
            let window = window();
            let Ok(address) = window.location().href() else { return };
            if JsFuture::from(window.navigator().clipboard().write_text(&address)).await.is_ok() {
                toasts.say(words::LINK_COPIED);
            }
        });
    });
    html! { <Button icon={IconName::Link} {onclick}>{ words::COPY_LINK }</Button> }
}

#[derive(Properties, PartialEq)]
pub struct DownloadProps {
    pub href: AttrValue,
    pub label: AttrValue,
}

/// A plain link to a file that the server streams.
#[component]
pub fn Download(props: &DownloadProps) -> Html {
    html! { <a class="button" href={props.href.clone()} download=""><Icon name={IconName::Download} />{ &props.label }</a> }
}
