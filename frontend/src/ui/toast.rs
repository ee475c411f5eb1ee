//! Short messages after a command, with undo where it can be undone; read out by a live region.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use shared::words::shell as words;
use yew::prelude::*;

/// How long a message stays; with an undo it stays longer, and it can always be dismissed by hand.
const STAY_MS: u32 = 6_000;
const STAY_WITH_UNDO_MS: u32 = 12_000;
/// Older messages give way.
const SHOWN: usize = 3;

#[derive(Clone, PartialEq)]
struct Toast {
    number: u64,
    text: AttrValue,
    undo: Option<Callback<()>>,
}

enum Action {
    Say(AttrValue, Option<Callback<()>>),
    Drop(u64),
}

#[derive(Default, PartialEq)]
struct Shown {
    next: u64,
    toasts: Vec<Toast>,
}

impl Reducible for Shown {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut toasts = self.toasts.clone();
        let mut next = self.next;
        match action {
            Action::Say(text, undo) => {
                toasts.push(Toast { number: next, text, undo });
                next += 1;
                if toasts.len() > SHOWN {
                    toasts.remove(0);
                }
            }
            Action::Drop(number) => toasts.retain(|toast| toast.number != number),
        }
        Rc::new(Self { next, toasts })
    }
}

/// Says short messages; get it with [`use_toasts`].
#[derive(Clone, PartialEq)]
pub struct Toasts(Option<UseReducerDispatcher<Shown>>);

impl Toasts {
    pub fn say(&self, text: impl Into<AttrValue>) {
        if let Some(dispatch) = &self.0 {
            dispatch.dispatch(Action::Say(text.into(), None));
        }
    }

    /// With an undo button.
    pub fn say_with_undo(&self, text: impl Into<AttrValue>, undo: Callback<()>) {
        if let Some(dispatch) = &self.0 {
            dispatch.dispatch(Action::Say(text.into(), Some(undo)));
        }
    }
}

/// The speaker of the nearest [`ToastProvider`]; silent where there is none (snapshots).
#[hook]
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or(Toasts(None))
}

#[derive(Properties, PartialEq)]
pub struct ToastProviderProps {
    pub children: Html,
}

/// Stands once around the application.
#[component]
pub fn ToastProvider(props: &ToastProviderProps) -> Html {
    let shown = use_reducer(Shown::default);
    let dispatcher = shown.dispatcher();
    html! {
        <ContextProvider<Toasts> context={Toasts(Some(dispatcher.clone()))}>
            { props.children.clone() }
            <div class="toasts" role="status" aria-live="polite">
                { for shown.toasts.iter().map(|toast| {
                    let (dispatcher, number) = (dispatcher.clone(), toast.number);
                    html! {
                        <OneToast key={number.to_string()} text={toast.text.clone()} undo={toast.undo.clone()}
                            ondrop={Callback::from(move |()| dispatcher.dispatch(Action::Drop(number)))} />
                    }
                }) }
            </div>
        </ContextProvider<Toasts>>
    }
}

#[derive(Properties, PartialEq)]
struct OneToastProps {
    text: AttrValue,
    undo: Option<Callback<()>>,
    ondrop: Callback<()>,
}

#[component]
fn OneToast(props: &OneToastProps) -> Html {
    {
        let ondrop = props.ondrop.clone();
        use_effect_with(props.undo.is_some(), move |has_undo| {
            let stay = if *has_undo { STAY_WITH_UNDO_MS } else { STAY_MS };
            let timer = Timeout::new(stay, move || ondrop.emit(()));
            move || drop(timer)
        });
    }
    let undo = props.undo.clone().map(|undo| {
        let ondrop = props.ondrop.clone();
        Callback::from(move |_: MouseEvent| {
            undo.emit(());
            ondrop.emit(());
        })
    });
    html! {
        <div class="toast">
            <span class="grow">{ &props.text }</span>
            if let Some(onclick) = undo { <button type="button" {onclick}>{ words::UNDO }</button> }
            <button type="button" onclick={props.ondrop.reform(|_: MouseEvent| ())}>{ words::DISMISS }</button>
        </div>
    }
}
