//! A file input that a file may also be dropped on.

use shared::words::shell as words;
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct DropZoneProps {
    /// The chosen file's name.
    pub name: Option<AttrValue>,
    /// What the file has to be.
    pub hint: AttrValue,
    pub ontake: Callback<Option<File>>,
}

/// A native file input that a file may also be dropped on.
#[component]
pub fn DropZone(props: &DropZoneProps) -> Html {
    let over = use_state(|| false);
    let onchange = props.ontake.reform(|event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        input.and_then(|input| input.files()).and_then(|files| files.get(0))
    });
    let set = |on: bool| {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(on);
        })
    };
    let ondrop = {
        let (over, ontake) = (over.clone(), props.ontake.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            ontake.emit(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
        })
    };
    html! {
        <label class={classes!("drop-zone", over.then_some("over"))} ondragover={set(true)} ondragleave={set(false)} {ondrop}>
            <Icon name={IconName::Upload} />
            <b>{ props.name.clone().unwrap_or(AttrValue::Static(words::DROP_FILE)) }</b>
            <span class="small muted">{ &props.hint }</span>
            <input type="file" name="file" accept=".csv,.tsv,.txt,.json,text/csv,application/json" {onchange} />
        </label>
    }
}
