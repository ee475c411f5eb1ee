//! What the shelf remembers for a person: filters under a name, and what was seen last. Loads after the shelf stands.

use std::mem;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use shared::catalog::api::{ForgetFilter, ListSavedFilters, NewSavedFilter, SaveFilter, SavedFilter, ShelfNotes};
use shared::catalog::interest::{NOTES_LIMIT, SearchNote};
use shared::contract::Empty as NoQuery;
use shared::words::catalog as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::noting::{counted_school, forget_seen, seen, use_notes};
use super::state::ShelfQuery;
use crate::address::{PathLink, use_query};
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, CopyLink, Disclosure, ErrorSummary, Icon, IconName, SkeletonShape, TextField, use_toasts};

/// Somebody who types no more for so long has finished the word.
const PAUSE_MILLIS: u32 = 2_500;
/// Searches are sent together, after so long at the latest.
const FLUSH_MILLIS: u32 = 15_000;

#[derive(Properties, PartialEq)]
pub struct SavedFiltersProps {
    /// How many packages the shelf shows now.
    pub packages: u32,
}

/// The person's filters, and a field to keep the one in force.
#[component]
pub fn SavedFilters(props: &SavedFiltersProps) -> Html {
    let (query, _) = use_query::<ShelfQuery>();
    use_search_notes(query.q.clone().unwrap_or_default(), props.packages);
    let filters = use_load::<ListSavedFilters>((), NoQuery {});
    let address = use_location().map(|location| location.query_str().trim_start_matches('?').to_owned()).unwrap_or_default();
    let count = filters.data().map_or(0, |filters| filters.len());
    html! {
        <Disclosure label={words::saved_filters(count)}>
            { filters.draw(SkeletonShape::Lines, |list| html! {
                <Kept filters={list.clone()} put={filters.put()} {address} is_empty={query.cleared() == query} />
            }) }
        </Disclosure>
    }
}

#[derive(Properties, PartialEq)]
struct KeptProps {
    filters: Rc<Vec<SavedFilter>>,
    put: Callback<Vec<SavedFilter>>,
    address: String,
    /// Nothing is typed or chosen.
    is_empty: bool,
}

#[component]
fn Kept(props: &KeptProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("name", "")]);
    let save = {
        let (put, form, toasts) = (props.put.clone(), form.clone(), toasts.clone());
        use_sender::<SaveFilter>(Callback::from(move |list| {
            form.reset(&[("name", "")]);
            toasts.say(words::FILTER_SAVED);
            put.emit(list);
        }))
    };
    let forget = {
        let put = props.put.clone();
        use_sender::<ForgetFilter>(Callback::from(move |list| {
            toasts.say(words::FILTER_FORGOTTEN);
            put.emit(list);
        }))
    };
    let form = form.showing(save.failure());
    let onsubmit = {
        let (form, save, address) = (form.clone(), save.clone(), props.address.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = NewSavedFilter { name: form.text("name").to_string(), address: address.clone() };
            match typed.clean() {
                Ok(filter) => save.send(Call::to(()).body(filter)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let one = |filter: &SavedFilter| {
        let (id, forget) = (filter.id, forget.clone());
        let onclick = Callback::from(move |_: MouseEvent| forget.send(Call::to(id).body(NoQuery {})));
        html! {
            <li key={id.to_string()} class="row between">
                <PathLink to={format!("/shelf?{}", filter.address)}>{ &filter.name }</PathLink>
                <button type="button" class="button quiet only-icon compact" {onclick} aria-label={words::forget_filter(&filter.name)}><Icon name={IconName::X} /></button>
            </li>
        }
    };
    html! {
        <div class="stack">
            if props.filters.is_empty() { <p class="small muted">{ words::NO_SAVED_FILTERS }</p> }
            <ul class="stack-tight small">{ for props.filters.iter().map(one) }</ul>
            if !props.is_empty {
                <form class="stack-tight" {onsubmit} novalidate=true>
                    <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                    <TextField name="name" label={words::FILTER_NAME} value={form.text("name")} oninput={form.typing("name")}
                        error={form.error("name")} maxlength={120} />
                    <div class="row-tight">
                        <Button submit=true compact=true busy={save.busy()}>{ words::SAVE_FILTER }</Button>
                        <CopyLink />
                    </div>
                    <p class="tiny muted">{ words::SHARE_FILTER }</p>
                </form>
            }
        </div>
    }
}

/// Notes what was searched for once the typing rests, and sends several together: words and how much they found, nothing else.
#[hook]
fn use_search_notes(typed: String, found: u32) {
    let (school, send) = (counted_school(&use_session()), use_notes());
    let kept = use_mut_ref(Vec::<SearchNote>::new);
    let flush = {
        let kept = kept.clone();
        Callback::from(move |()| {
            let searches = mem::take(&mut *kept.borrow_mut());
            if let Some(school) = school.filter(|_| !searches.is_empty()) {
                send.emit(ShelfNotes { school, searches, looks: Vec::new() });
            }
        })
    };
    let later = use_mut_ref(|| None::<Timeout>);
    {
        let flush = flush.clone();
        use_effect_with((typed, found), move |(typed, found)| {
            let note = SearchNote { words: typed.clone(), found: *found };
            let pause = (!typed.trim().is_empty()).then(|| {
                Timeout::new(PAUSE_MILLIS, move || {
                    kept.borrow_mut().push(note);
                    let is_full = kept.borrow().len() >= NOTES_LIMIT;
                    if is_full {
                        flush.emit(());
                    } else {
                        // The one before is dropped with it, and so does not ring.
                        later.replace(Some(Timeout::new(FLUSH_MILLIS, move || flush.emit(()))));
                    }
                })
            });
            move || drop(pause)
        });
    }
    use_effect_with((), move |()| move || flush.emit(()));
}

/// Links to the services seen last on this device.
#[component]
pub fn RecentlySeen() -> Html {
    let person = use_session().view().map(|view| view.person.id);
    let again = use_force_update();
    let Some(person) = person else { return Html::default() };
    let seen = seen(person);
    if seen.is_empty() {
        return Html::default();
    }
    let onclick = Callback::from(move |_: MouseEvent| {
        forget_seen(person);
        again.force_update();
    });
    html! {
        <nav class="stack-tight shelf-seen" aria-label={words::RECENTLY_SEEN}>
            <h2 class="small strong">{ words::RECENTLY_SEEN }</h2>
            <ul class="row-tight">
                { for seen.into_iter().map(|(id, title)| html! {
                    <li key={id.clone()}><Link<Route> classes="chip" to={Route::Service { id }}>{ title }</Link<Route>></li>
                }) }
                <li><Button kind={ButtonKind::Quiet} compact=true {onclick}>{ words::FORGET_SEEN }</Button></li>
            </ul>
        </nav>
    }
}
