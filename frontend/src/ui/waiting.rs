//! While something loads or runs: skeletons that show nothing for 200 ms, progress with a count.

use shared::words::shell as words;
use yew::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    #[default]
    Page,
    Lines,
    Blocks,
}

#[derive(Properties, PartialEq)]
pub struct SkeletonProps {
    #[prop_or_default]
    pub shape: SkeletonShape,
}

/// Pale shapes in place of what is being loaded.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    let shapes: &[&str] = match props.shape {
        SkeletonShape::Page => &["title", "half", "block", "", "", "half"],
        SkeletonShape::Lines => &["", "", "half"],
        SkeletonShape::Blocks => &["block", "block", "block"],
    };
    html! {
        <div class="skeleton" role="status" aria-busy="true">
            <span class="visually-hidden">{ words::WAITING }</span>
            { for shapes.iter().map(|class| html! { <i class={*class}></i> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    pub label: AttrValue,
    pub done: u64,
    /// Unknown while it is still being counted.
    #[prop_or_default]
    pub total: Option<u64>,
}

/// A longer work's progress with its count.
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let bar = match props.total {
        Some(total) => html! { <progress max={total.to_string()} value={props.done.to_string()} aria-label={props.label.clone()} /> },
        None => html! { <progress aria-label={props.label.clone()} /> },
    };
    html! {
        <div class="progress">
            <div class="row between">
                <span>{ &props.label }</span>
                if let Some(total) = props.total { <span class="num muted">{ words::done_of(props.done, total) }</span> }
            </div>
            { bar }
        </div>
    }
}
