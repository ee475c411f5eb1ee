//! Forms keep what was typed, show faults at their fields, and send one intent as one command.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::rc::Rc;

use shared::contract::{Endpoint, Kind};
use shared::error::FieldError;
use shared::id::CommandId;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api::{Call, Failure, Prepared, decoded, new_command, use_api};
use crate::ui::Fault;

/// What stands in the fields, by the form's names, and what the browser's own check found.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entries {
    texts: BTreeMap<AttrValue, AttrValue>,
    faults: Vec<FieldError>,
}

enum Edit {
    Text(AttrValue, AttrValue),
    Faults(Vec<FieldError>),
    All(BTreeMap<AttrValue, AttrValue>),
}

impl Reducible for Entries {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut next = (*self).clone();
        match edit {
            Edit::Text(name, text) => {
                next.faults.retain(|fault| fault.field != name.as_str());
                next.texts.insert(name, text);
            }
            Edit::Faults(faults) => next.faults = faults,
            Edit::All(texts) => next = Self { texts, faults: Vec::new() },
        }
        Rc::new(next)
    }
}

/// A form's state; get it with [`use_form`].
#[derive(Clone, PartialEq)]
pub struct Form {
    entries: UseReducerHandle<Entries>,
    failure: Option<Failure>,
    labels: &'static [(&'static str, &'static str)],
}

/// A form with its fields' first texts.
#[hook]
pub fn use_form(first: &[(&'static str, &str)]) -> Form {
    let texts = first.iter().map(|(name, text)| (AttrValue::Static(name), AttrValue::from((*text).to_owned()))).collect();
    let entries = use_reducer(|| Entries { texts, faults: Vec::new() });
    Form { entries, failure: None, labels: &[] }
}

impl Form {
    /// With the faults of a refused command beside those found here.
    #[must_use]
    pub fn showing(self, failure: Option<&Failure>) -> Self {
        Self { failure: failure.cloned(), ..self }
    }

    /// With the fields' labels, so that the summary says which field it speaks of.
    #[must_use]
    pub fn labelled(self, labels: &'static [(&'static str, &'static str)]) -> Self {
        Self { labels, ..self }
    }

    pub fn text(&self, name: &str) -> AttrValue {
        self.entries.texts.get(name).cloned().unwrap_or_default()
    }

    pub fn is_on(&self, name: &str) -> bool {
        self.text(name) == "on"
    }

    /// For a field's `oninput` or `onchange`.
    pub fn typing(&self, name: impl Into<AttrValue>) -> Callback<String> {
        let (name, dispatcher) = (name.into(), self.entries.dispatcher());
        Callback::from(move |text: String| dispatcher.dispatch(Edit::Text(name.clone(), text.into())))
    }

    /// For a checkbox.
    pub fn switching(&self, name: impl Into<AttrValue>) -> Callback<bool> {
        self.typing(name).reform(|on: bool| if on { "on".to_owned() } else { String::new() })
    }

    pub fn set(&self, name: impl Into<AttrValue>, text: impl Into<AttrValue>) {
        self.entries.dispatch(Edit::Text(name.into(), text.into()));
    }

    /// Other texts altogether, for another object or after success.
    pub fn reset(&self, texts: &[(&'static str, &str)]) {
        let texts = texts.iter().map(|(name, text)| (AttrValue::Static(name), AttrValue::from((*text).to_owned()))).collect();
        self.entries.dispatch(Edit::All(texts));
    }

    /// Shows what the browser's own check found; an empty list clears.
    pub fn refuse(&self, faults: Vec<FieldError>) {
        self.entries.dispatch(Edit::Faults(faults));
    }

    /// The fault of one field, for its `error`.
    pub fn error(&self, name: &str) -> Option<AttrValue> {
        let sent = self.failure.as_ref().map_or(&[][..], Failure::fields);
        let mut faults = self.entries.faults.iter().chain(sent);
        faults.find(|fault| fault.field == name).map(|fault| AttrValue::from(fault.message.clone()))
    }

    /// For the error summary: faults of fields, and the refusal itself where it names none.
    pub fn faults(&self) -> Vec<Fault> {
        let sent = self.failure.as_ref().map_or(&[][..], Failure::fields);
        let named = self
            .entries
            .faults
            .iter()
            .chain(sent)
            .map(|fault| Fault { field: Some(fault.field.clone().into()), text: self.told(fault).into() });
        let mut faults: Vec<Fault> = named.collect();
        if let Some(failure) = self.failure.as_ref().filter(|failure| failure.fields().is_empty()) {
            faults.push(Fault { field: None, text: failure.message().to_owned().into() });
        }
        faults
    }

    fn told(&self, fault: &FieldError) -> String {
        let label = self.labels.iter().find(|(name, _)| *name == fault.field);
        label.map_or_else(|| fault.message.clone(), |(_, label)| format!("{label}: {}", fault.message))
    }

    pub fn request_id(&self) -> Option<AttrValue> {
        self.failure.as_ref().and_then(Failure::request_id)
    }
}

/// Sends calls of one endpoint: busy while on the way, the failure after it.
pub struct Sender<E: Endpoint> {
    wire: AnySender,
    endpoint: PhantomData<E>,
}

impl<E: Endpoint> Clone for Sender<E> {
    fn clone(&self) -> Self {
        Self { wire: self.wire.clone(), endpoint: PhantomData }
    }
}

impl<E: Endpoint> Sender<E> {
    pub fn busy(&self) -> bool {
        self.wire.busy
    }

    pub fn failure(&self) -> Option<&Failure> {
        self.wire.failure.as_ref()
    }

    /// Does nothing while a call is on its way.
    pub fn send(&self, call: Call<E>) {
        self.wire.send.emit(call.prepare());
    }
}

/// A sender for `E`; `onreply` gets the reply.
///
/// Invariant: one intent is one command. The command id is made at the first try and kept through every retry until the
/// server has answered with success, so that a lost answer never buys twice.
#[hook]
pub fn use_sender<E: Endpoint>(onreply: Callback<E::Reply>) -> Sender<E> {
    let onanswer = Callback::from(move |text: String| decoded::<E>(&text).map(|reply| onreply.emit(reply)));
    let wire = use_any_sender(E::META.kind == Kind::Command, onanswer);
    Sender { wire, endpoint: PhantomData }
}

/// What sends, once for all endpoints.
#[derive(Clone)]
struct AnySender {
    busy: bool,
    failure: Option<Failure>,
    send: Callback<Prepared>,
}

#[hook]
fn use_any_sender(is_command: bool, onanswer: Callback<String, Result<(), Failure>>) -> AnySender {
    let api = use_api();
    let busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let on_its_way = use_mut_ref(|| false);
    let intent = use_memo((), |()| Cell::new(None::<CommandId>));
    let send = {
        let (busy, failure) = (busy.clone(), failure.clone());
        Callback::from(move |call: Prepared| {
            if on_its_way.replace(true) {
                return;
            }
            busy.set(true);
            if is_command {
                intent.set(intent.get().or_else(new_command));
            }
            let call = call.numbered(intent.get());
            let (api, busy, failure, onanswer) = (api.clone(), busy.clone(), failure.clone(), onanswer.clone());
            let (on_its_way, intent) = (on_its_way.clone(), intent.clone());
            spawn_local(async move {
                let answer = api.send(call).await;
                on_its_way.replace(false);
                busy.set(false);
                match answer {
                    Ok(text) => {
                        intent.set(None);
                        failure.set(onanswer.emit(text).err());
                    }
                    Err(why) => failure.set(Some(why)),
                }
            });
        })
    };
    AnySender { busy: *busy, failure: (*failure).clone(), send }
}
