//! What is loaded from the server: waiting, ready, stale or failed, drawn in one place.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use shared::contract::Endpoint;
use shared::words::shell as words;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api::{Call, Failure, Prepared, decoded, use_api};
use crate::ui::{Button, ButtonKind, Notice, Skeleton, SkeletonShape, Tone};

/// Data that comes from the server. Data that was there stays on screen while it is renewed.
#[derive(Debug)]
pub enum Load<T> {
    Waiting,
    Ready(Rc<T>),
    /// The last refresh failed; the data is from before.
    Stale(Rc<T>, Failure),
    Failed(Failure),
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Waiting => Self::Waiting,
            Self::Ready(data) => Self::Ready(data.clone()),
            Self::Stale(data, failure) => Self::Stale(data.clone(), failure.clone()),
            Self::Failed(failure) => Self::Failed(failure.clone()),
        }
    }
}

impl<T> Load<T> {
    pub fn data(&self) -> Option<&Rc<T>> {
        match self {
            Self::Ready(data) | Self::Stale(data, _) => Some(data),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    fn with(&self, result: Result<T, Failure>) -> Self {
        match (result, self.data()) {
            (Ok(data), _) => Self::Ready(Rc::new(data)),
            (Err(failure), Some(old)) => Self::Stale(old.clone(), failure),
            (Err(failure), None) => Self::Failed(failure),
        }
    }
}

/// The state of one reading endpoint and how to renew it.
pub struct Loaded<T: 'static> {
    pub load: Load<T>,
    /// Asks the server again; what is on screen stays until the answer is there.
    pub reload: Callback<()>,
    put: Callback<T>,
}

impl<T: 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        Self { load: self.load.clone(), reload: self.reload.clone(), put: self.put.clone() }
    }
}

impl<T: 'static> Loaded<T> {
    pub fn data(&self) -> Option<&Rc<T>> {
        self.load.data()
    }

    /// Takes the current object that a command answered with, without another call.
    pub fn put(&self) -> Callback<T> {
        self.put.clone()
    }

    /// Asks again; what stands stays on screen meanwhile.
    pub fn refresh(&self) -> Callback<()> {
        self.reload.clone()
    }

    /// Draws whatever there is: skeleton, content, content with a warning, or the failure with a way on.
    pub fn draw(&self, shape: SkeletonShape, content: impl FnOnce(&Rc<T>) -> Html) -> Html {
        match &self.load {
            Load::Waiting => html! { <Skeleton {shape} /> },
            Load::Ready(data) => content(data),
            Load::Stale(data, failure) => html! { <>{ failed(failure, Some(words::STALE), &self.reload) }{ content(data) }</> },
            Load::Failed(failure) => failed(failure, None, &self.reload),
        }
    }
}

fn failed(failure: &Failure, title: Option<&'static str>, reload: &Callback<()>) -> Html {
    let onclick = reload.reform(|_: MouseEvent| ());
    let actions = html! { <Button kind={ButtonKind::Normal} compact=true {onclick}>{ words::TRY_AGAIN }</Button> };
    html! {
        <Notice tone={if title.is_some() { Tone::Warn } else { Tone::Bad }} title={title} {actions}>
            <span>{ failure.message() }</span>
            if let Some(id) = failure.request_id() { <span class="tiny muted">{ words::reference(&id) }</span> }
        </Notice>
    }
}

/// Loads `E` and again whenever path or query change.
#[hook]
pub fn use_load<E: Endpoint>(path: E::Path, query: E::Query) -> Loaded<E::Reply> {
    use_load_if::<E>(Some((path, query)))
}

/// As [`use_load`]; with `None` nothing is asked, and it waits.
#[hook]
pub fn use_load_if<E: Endpoint>(what: Option<(E::Path, E::Query)>) -> Loaded<E::Reply> {
    let call = what.map(|(path, query)| Call::<E>::to(path).query(query).prepare());
    let any = use_any_load(call, |text| Ok(Rc::new(decoded::<E>(text)?)));
    let typed = |data: Rc<dyn Any>| data.downcast::<E::Reply>().ok();
    let load = match any.load {
        Load::Waiting => Load::Waiting,
        Load::Failed(failure) => Load::Failed(failure),
        Load::Ready(data) => typed((*data).clone()).map_or(Load::Waiting, Load::Ready),
        Load::Stale(data, failure) => typed((*data).clone()).map_or(Load::Waiting, |data| Load::Stale(data, failure)),
    };
    Loaded { load, reload: any.reload, put: any.put.reform(|data| -> Rc<dyn Any> { Rc::new(data) }) }
}

/// What loads, once for all endpoints; `decode` alone knows the type.
#[hook]
fn use_any_load(call: Option<Prepared>, decode: fn(&str) -> Result<Rc<dyn Any>, Failure>) -> Loaded<Rc<dyn Any>> {
    let api = use_api();
    let load = use_state(|| Load::<Rc<dyn Any>>::Waiting);
    let turn = use_state(|| 0_u32);
    let turns = use_mut_ref(|| 0_u32);
    let last_address = use_mut_ref(|| None::<String>);
    let address = call.as_ref().map(|call| call.address().to_owned());
    {
        let load = load.clone();
        use_effect_with((address, *turn), move |(address, _)| {
            // Another address is another thing: its data must not be shown as the old one's.
            let same = *last_address.borrow() == *address;
            let before = if same { (*load).clone() } else { Load::Waiting };
            if !same {
                last_address.borrow_mut().clone_from(address);
                load.set(Load::Waiting);
            }
            let current = Rc::new(Cell::new(true));
            if let Some(call) = call {
                let current = current.clone();
                spawn_local(async move {
                    let answer = api.send(call).await;
                    if current.get() {
                        load.set(before.with(answer.and_then(|text| decode(&text))));
                    }
                });
            }
            move || current.set(false)
        });
    }
    let reload = {
        let turn = turn.clone();
        // Counted outside the state: a callback from an older drawing must still ask again.
        Callback::from(move |()| {
            let next = turns.borrow().wrapping_add(1);
            turns.replace(next);
            turn.set(next);
        })
    };
    let put = {
        let load = load.clone();
        Callback::from(move |data| load.set(Load::Ready(Rc::new(data))))
    };
    Loaded { load: (*load).clone(), reload, put }
}

/// Asks again every `millis` while `active`: for work that goes on in the server.
#[hook]
pub fn use_reload_while(active: bool, millis: u32, reload: Callback<()>) {
    use_effect_with((active, millis), move |(active, millis)| {
        let timer = active.then(|| gloo::timers::callback::Interval::new(*millis, move || reload.emit(())));
        move || drop(timer)
    });
}
