//! Choosing the fiscal year that a page shows.

use shared::fiscal::FiscalYear;
use shared::words::budget::pages as words;
use yew::prelude::*;

use crate::ui::{Choice, Select};

#[derive(Properties, PartialEq)]
pub struct YearSelectProps {
    pub year: FiscalYear,
    /// Years with money in them, newest first.
    pub years: Vec<FiscalYear>,
    pub onyear: Callback<FiscalYear>,
}

/// A select of the years there are; nothing where there is only one.
#[component]
pub fn YearSelect(props: &YearSelectProps) -> Html {
    if props.years.len() < 2 {
        return Html::default();
    }
    let choices = props.years.iter().map(|year| Choice::new(year.0.to_string(), year.to_string())).collect::<Vec<_>>();
    let years = props.years.clone();
    let onyear = props.onyear.clone();
    let onchange = Callback::from(move |text: String| {
        if let Some(year) = years.iter().find(|year| year.0.to_string() == text) {
            onyear.emit(*year);
        }
    });
    html! { <Select name="year" label={words::YEAR} value={props.year.0.to_string()} {choices} {onchange} /> }
}
