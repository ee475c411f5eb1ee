//! What a buyer chooses beside the quantity, and a price line by line: the same on the service's page, in the cart and on the order.

use shared::catalog::SchoolFacts;
use shared::catalog::api::PackageContent;
use shared::catalog::choice::{AddOn, AddOnCount, Choices};
use shared::catalog::price::{PriceLine, price};
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;

use crate::ui::{Checkbox, Choice, Money, Select};

/// A price as its lines; nothing where it is one line, because its working says all.
pub fn price_lines(lines: &[PriceLine]) -> Html {
    if lines.len() < 2 {
        return Html::default();
    }
    html! {
        <ul class="stack-tight price-lines" aria-label={words::PRICE_LINES}>
            { for lines.iter().map(|line| html! {
                <li class="line-item small">
                    <span>{ &line.title }if !line.working.is_empty() { <span class="muted">{ " · " }{ &line.working }</span> }</span>
                    <Money cents={line.amount} />
                </li>
            }) }
        </ul>
    }
}

/// What is on offer beside the price, in a line each: for tables and for tiers that are not looked at.
pub fn offers(content: &PackageContent, today: Date) -> Vec<String> {
    let extras = &content.extras;
    let early = extras.early.filter(|early| today <= early.until).map(|early| early.words());
    let terms = extras.terms.iter().map(words::term);
    let add_ons = (!extras.add_ons.is_empty()).then(|| words::add_ons(extras.add_ons.len()));
    early.into_iter().chain(terms).chain(add_ons).collect()
}

/// Who chooses: the counts that add-ons are priced by, and how many of the package.
pub struct Chooser<'a> {
    pub facts: &'a SchoolFacts,
    pub quantity: u32,
    pub choices: &'a Choices,
    pub onchange: Callback<Choices>,
}

/// The term and the add-ons of a package as controls; every change re-prices at once.
pub fn chooser(content: &PackageContent, by: &Chooser<'_>) -> Html {
    let extras = &content.extras;
    html! {
        <>
            if !extras.terms.is_empty() { { term(content, by) } }
            if !extras.add_ons.is_empty() {
                <fieldset class="stack-tight add-ons">
                    <legend class="strong small">{ words::ADD_ONS }</legend>
                    { for extras.add_ons.iter().map(|add_on| one(add_on, by)) }
                </fieldset>
            }
        </>
    }
}

fn term(content: &PackageContent, by: &Chooser<'_>) -> Html {
    let longer = content.extras.terms.iter().map(|term| Choice::new(term.years.to_string(), words::term(term)));
    let choices: Vec<Choice> = std::iter::once(Choice::new("1", words::ONE_YEAR)).chain(longer).collect();
    let onchange = {
        let chosen = by.choices.clone();
        by.onchange.reform(move |years: String| Choices { years: years.parse().unwrap_or(1), ..chosen.clone() })
    };
    html! { <Select name="years" label={words::TERM} value={by.choices.years.to_string()} {choices} {onchange} hint={words::TERM_HINT} /> }
}

fn one(add_on: &AddOn, by: &Chooser<'_>) -> Html {
    let quantity = if add_on.count == AddOnCount::Once { 1 } else { by.quantity };
    let hint = match price(&add_on.price, quantity, by.facts) {
        Ok(priced) => words::add_on_price(priced.total, &priced.working),
        Err(error) => error.message(),
    };
    let (chosen, key) = (by.choices.clone(), add_on.key);
    let onchange = by.onchange.reform(move |on: bool| chosen.switched(key, on));
    html! {
        <Checkbox key={key} name={format!("add-on-{key}")} label={add_on.title.clone()} checked={by.choices.add_ons.contains(&key)} {onchange} {hint} />
    }
}
