//! Times and days: relative to now, the exact one in the district's zone on hover.

use shared::time::{Date, Timestamp};
use shared::words::shell as words;
use yew::prelude::*;

use crate::clock::{exact_time, use_clock};

#[derive(Properties, PartialEq)]
pub struct WhenProps {
    pub at: Timestamp,
}

/// `2 hours ago`, with the exact time as title and in print.
#[component]
pub fn When(props: &WhenProps) -> Html {
    let clock = use_clock();
    let exact = exact_time(props.at, &clock.zone);
    html! {
        <time datetime={props.at.to_rfc3339()} title={exact}>{ words::relative_time(props.at.seconds_since(clock.now)) }</time>
    }
}

/// The exact time in the district's zone, for timelines, evidence and print.
#[component]
pub fn ExactTime(props: &WhenProps) -> Html {
    let clock = use_clock();
    html! {
        <time class="num" datetime={props.at.to_rfc3339()} title={words::relative_time(props.at.seconds_since(clock.now))}>
            { exact_time(props.at, &clock.zone) }
        </time>
    }
}

#[derive(Properties, PartialEq)]
pub struct DayProps {
    pub date: Date,
}

/// `21 Nov 2026`, with "in 12 days" as title.
#[component]
pub fn Day(props: &DayProps) -> Html {
    let clock = use_clock();
    let title = clock.today.map(|today| words::relative_day(props.date.days_since(today)));
    html! { <time class="num nowrap" datetime={props.date.to_string()} {title}>{ props.date.to_words() }</time> }
}
