//! One number that matters, and pairs of name and value.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StatProps {
    pub label: AttrValue,
    pub value: Html,
    /// Under it: a working, a comparison, a `Why`.
    #[prop_or_default]
    pub note: Html,
}

/// A large number with its name; stands alone or in a `.stats` grid.
#[component]
pub fn Stat(props: &StatProps) -> Html {
    html! {
        <dl class="stat">
            <dt>{ &props.label }</dt>
            <dd>
                <span class="value">{ props.value.clone() }</span>
                if props.note != Html::default() { <div class="note">{ props.note.clone() }</div> }
            </dd>
        </dl>
    }
}

#[derive(Properties, PartialEq)]
pub struct FactsProps {
    pub facts: Vec<(AttrValue, Html)>,
}

/// Names and values in two columns.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    html! {
        <dl class="facts">
            { for props.facts.iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value.clone() }</dd></> }) }
        </dl>
    }
}

#[derive(Properties, PartialEq)]
pub struct AvatarProps {
    pub name: AttrValue,
}

/// Initials in a disc; the name stands beside it, so it is decoration.
#[component]
pub fn Avatar(props: &AvatarProps) -> Html {
    html! { <span class="avatar" aria-hidden="true">{ initials(&props.name) }</span> }
}

/// Letters as the person writes them: the tables for capitals would travel with the first load.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).collect()
}
