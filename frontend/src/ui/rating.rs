//! Stars with their number in words, and the question that asks for them.

use shared::words::shell as words;
use yew::prelude::*;

use super::icon::{Icon, IconName};

const STARS: u8 = 5;
const STAR: &str = "M8 1.6l1.95 3.95 4.36.63-3.15 3.07.74 4.35L8 11.55 4.1 13.6l.74-4.35L1.69 6.18l4.36-.63z";

#[derive(Properties, PartialEq)]
pub struct RatingProps {
    /// Mean in tenths of a star; `None` while nobody has rated.
    pub tenths: Option<u32>,
    pub count: u32,
}

/// `★★★★☆ 4.3` with how many rated.
#[component]
pub fn Rating(props: &RatingProps) -> Html {
    let Some(tenths) = props.tenths else {
        return html! { <span class="rating muted">{ words::NOT_RATED }</span> };
    };
    let full = (tenths + 5) / 10;
    html! {
        <span class="rating">
            <svg viewBox="0 0 84 16" role="img" aria-label={words::stars(tenths, props.count)}>
                { for (0..u32::from(STARS)).map(|index| html! {
                    <path class={(index < full).then_some("full")} d={STAR} transform={format!("translate({} 0)", index * 17)} />
                }) }
            </svg>
            <b class="num" aria-hidden="true">{ format!("{}.{}", tenths / 10, tenths % 10) }</b>
            <span class="muted num" aria-hidden="true">{ format!("({})", props.count) }</span>
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub struct RatingInputProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: Option<u8>,
    pub onchange: Callback<u8>,
}

/// One to five stars: native radios, so that arrows work.
#[component]
pub fn RatingInput(props: &RatingInputProps) -> Html {
    html! {
        <fieldset class="field">
            <legend>{ &props.label }</legend>
            <div class="rating-input">
                { for (1..=STARS).map(|stars| html! {
                    <label class={(props.value.unwrap_or(0) >= stars).then_some("on")} title={words::stars_choice(stars)}>
                        <input type="radio" name={props.name.clone()} value={stars.to_string()} checked={props.value == Some(stars)}
                            onchange={props.onchange.reform(move |_: Event| stars)} aria-label={words::stars_choice(stars)} />
                        <Icon name={IconName::Star} />
                    </label>
                }) }
            </div>
        </fieldset>
    }
}
