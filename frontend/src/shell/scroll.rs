//! Scroll positions: a new page begins at its top, going back returns to where one was.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use yew::prelude::*;

/// Content may still be loading when one comes back: so often, so far apart, it is tried again.
const TRIES: u32 = 20;
const BETWEEN_MS: u32 = 50;
/// Addresses remembered; the store starts afresh beyond.
const REMEMBERED: usize = 200;

#[derive(Default)]
struct Memory {
    here: RefCell<String>,
    places: RefCell<HashMap<String, i32>>,
    went_back: Cell<bool>,
}

/// Follows the address; `path` is without the query, so that filtering does not move the page.
#[hook]
pub fn use_scroll_memory(path: String, query: String) {
    let memory = use_memo((), |()| Memory::default());
    {
        let memory = memory.clone();
        use_effect_with((), move |()| {
            let on_scroll = {
                let memory = memory.clone();
                EventListener::new(&window(), "scroll", move |_| memory.remember(position()))
            };
            let on_back = EventListener::new(&window(), "popstate", move |_| memory.went_back.set(true));
            move || drop((on_scroll, on_back))
        });
    }
    use_effect_with((path, query), move |(path, query)| {
        let address = format!("{path}{query}");
        let same_page = memory.here.borrow().split('?').next() == Some(path.as_str());
        memory.here.replace(address.clone());
        if memory.went_back.replace(false) {
            let place = memory.places.borrow().get(&address).copied().unwrap_or(0);
            return_to(place, TRIES, &memory);
        } else if !same_page {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}

impl Memory {
    fn remember(&self, place: i32) {
        let mut places = self.places.borrow_mut();
        if places.len() >= REMEMBERED {
            places.clear();
        }
        places.insert(self.here.borrow().clone(), place);
    }
}

fn position() -> i32 {
    window().scroll_y().map(|y| y as i32).unwrap_or(0)
}

fn return_to(place: i32, tries: u32, memory: &Rc<Memory>) {
    window().scroll_to_with_x_and_y(0.0, place.into());
    if tries == 0 || (position() - place).abs() <= 2 {
        return;
    }
    let (memory, here) = (memory.clone(), memory.here.borrow().clone());
    Timeout::new(BETWEEN_MS, move || {
        if *memory.here.borrow() == here {
            return_to(place, tries - 1, &memory);
        }
    })
    .forget();
}
