//! The browser's clock as a context: now, today and the district's zone; renewed each minute, fixed in snapshots.

use shared::time::{Date, Timestamp};
use yew::prelude::*;

/// What time it is, for components that tell times relative to now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    pub now: Timestamp,
    /// The day in the district's zone.
    pub today: Option<Date>,
    /// IANA name of the district's zone; empty means the device's own.
    pub zone: AttrValue,
}

/// The nearest clock; standing at zero where there is none.
#[hook]
pub fn use_clock() -> Clock {
    use_context::<Clock>().unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub struct ClockProviderProps {
    #[prop_or_default]
    pub zone: AttrValue,
    pub children: Html,
}

/// Gives the device's time to the pages and renews it each minute.
#[component]
pub fn ClockProvider(props: &ClockProviderProps) -> Html {
    let tick = use_state(|| 0_u64);
    {
        let tick = tick.clone();
        use_effect_with(*tick, move |count| {
            let next = count.wrapping_add(1);
            let timer = gloo::timers::callback::Timeout::new(60_000, move || tick.set(next));
            move || drop(timer)
        });
    }
    let now = device_time();
    let clock = Clock { now, today: day_in_zone(now, &props.zone), zone: props.zone.clone() };
    html! { <ContextProvider<Clock> context={clock}>{ props.children.clone() }</ContextProvider<Clock>> }
}

/// The device's own time.
#[cfg(target_arch = "wasm32")]
pub fn device_time() -> Timestamp {
    Timestamp::from_micros(browser::milliseconds().saturating_mul(1_000))
}

/// On the host there is no browser to ask; snapshots provide their own clock.
#[cfg(not(target_arch = "wasm32"))]
pub fn device_time() -> Timestamp {
    Timestamp::default()
}

/// `4 Nov 2026, 15:12`, in the zone; the zone's rules come from the browser, so that no database travels.
#[cfg(target_arch = "wasm32")]
pub fn exact_time(at: Timestamp, zone: &str) -> String {
    browser::exact(at, zone)
}

#[cfg(not(target_arch = "wasm32"))]
pub fn exact_time(at: Timestamp, _zone: &str) -> String {
    at.to_rfc3339()
}

#[cfg(target_arch = "wasm32")]
fn day_in_zone(at: Timestamp, zone: &str) -> Option<Date> {
    browser::day(at, zone).parse().ok()
}

#[cfg(not(target_arch = "wasm32"))]
fn day_in_zone(_at: Timestamp, _zone: &str) -> Option<Date> {
    None
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, Date as JsDate, Intl, Object, Reflect};
    use shared::time::Timestamp;
    use wasm_bindgen::{JsCast as _, JsValue};

    /// The browser's number of milliseconds is a float; it is whole and far below the largest exact one.
    pub fn milliseconds() -> i64 {
        JsDate::now() as i64
    }

    pub fn exact(at: Timestamp, zone: &str) -> String {
        let options =
            [("day", "numeric"), ("month", "short"), ("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
        format(at, "en-GB", zone, &options)
    }

    /// `2026-11-21`: the Swedish order is the ISO one.
    pub fn day(at: Timestamp, zone: &str) -> String {
        format(at, "sv-SE", zone, &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")])
    }

    fn format(at: Timestamp, locale: &str, zone: &str, options: &[(&str, &str)]) -> String {
        let settings = Object::new();
        for (name, value) in options {
            let _ = Reflect::set(&settings, &JsValue::from_str(name), &JsValue::from_str(value));
        }
        if !zone.is_empty() {
            let _ = Reflect::set(&settings, &JsValue::from_str("timeZone"), &JsValue::from_str(zone));
        }
        let formatter = Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(locale)), &settings);
        let date = JsDate::new(&JsValue::from_str(&at.to_rfc3339()));
        let formatted = formatter.format().call1(&JsValue::UNDEFINED, &date);
        formatted.ok().and_then(|text| text.dyn_into::<js_sys::JsString>().ok()).map(String::from).unwrap_or_default()
    }
}
