//! A sum of money as text: tabular figures, a true minus, a dash where there is none.

use shared::money::Cents;
use shared::words::shell as words;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MoneyProps {
    /// `None` prints a dash.
    #[prop_or_default]
    pub cents: Option<Cents>,
    #[prop_or_default]
    pub strong: bool,
}

/// `$1,234.56`; negative sums with a true minus sign.
#[component]
pub fn Money(props: &MoneyProps) -> Html {
    let text = props.cents.map_or_else(|| words::NO_MONEY.to_owned(), money_text);
    html! { <span class={classes!("money", props.strong.then_some("strong"))}>{ text }</span> }
}

/// The same text for labels and titles.
pub fn money_text(cents: Cents) -> String {
    cents.to_string().replacen('-', "\u{2212}", 1)
}

/// Without `.00` where the sum is whole dollars, for headings and bars; amounts in tables keep their cents.
pub fn short_money(cents: Cents) -> String {
    let text = money_text(cents);
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}
