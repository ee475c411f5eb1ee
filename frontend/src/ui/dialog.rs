//! A native modal dialog: focus stays inside, Esc closes, focus returns to where it was.

use shared::words::shell as words;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct DialogProps {
    pub open: bool,
    pub title: AttrValue,
    /// Esc, the cross, or a click on the backdrop.
    pub onclose: Callback<()>,
    /// Buttons at the foot, the main one last.
    #[prop_or_default]
    pub actions: Html,
    #[prop_or_default]
    pub broad: bool,
    pub children: Html,
}

/// A question or a form above the page.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with((props.open, node.clone()), |(open, node)| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            if *open && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !*open && dialog.open() {
                dialog.close();
            }
        }
    });
    // Taken off the page while open, it must be closed first: closing gives the focus back to what opened it.
    use_effect_with(node.clone(), |node| {
        let node = node.clone();
        move || {
            if let Some(dialog) = node.cast::<HtmlDialogElement>().filter(HtmlDialogElement::open) {
                dialog.close();
            }
        }
    });
    // The page decides whether the dialog is open; the browser's own closing is only reported to it.
    let oncancel = props.onclose.reform(|event: Event| event.prevent_default());
    let onclose = props.onclose.reform(|_: MouseEvent| ());
    let onbackdrop = {
        let (node, onclose) = (node.clone(), props.onclose.clone());
        Callback::from(move |event: MouseEvent| {
            let target = event.target_dyn_into::<HtmlDialogElement>();
            if target.is_some() && target == node.cast::<HtmlDialogElement>() {
                onclose.emit(());
            }
        })
    };
    html! {
        <dialog ref={node} class={classes!("dialog", props.broad.then_some("broad"))} aria-label={props.title.clone()} {oncancel}
            onclick={onbackdrop}>
            if props.open {
                <div class="dialog-head">
                    <h2>{ &props.title }</h2>
                    <button type="button" class="button quiet compact only-icon" aria-label={words::CLOSE} onclick={onclose}>
                        <Icon name={IconName::X} />
                    </button>
                </div>
                <div class="dialog-body">{ props.children.clone() }</div>
                if props.actions != Html::default() { <div class="dialog-foot">{ props.actions.clone() }</div> }
            }
        </dialog>
    }
}
