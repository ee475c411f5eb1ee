//! The seller's calculator: what a tier costs its unit, and what its price means for a small and a large school.

use std::rc::Rc;

use shared::budget::api::SchoolView;
use shared::catalog::api::{PackageDraft, ServiceDraft};
use shared::catalog::costing::{Costing, smallest_and_largest};
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;

use super::draft::Texts;
use super::editor_fields::{Edit, FieldsProps, Look, field};
use super::offer::tier_name;
use super::state::short_school;
use crate::ui::{Button, Card, Disclosure, TextKind};

/// The fields of a tier's costs, what one costs, and the price that leaves what is wanted.
pub fn cost(props: &FieldsProps, package: &str, read: Option<&PackageDraft>) -> Html {
    let base = format!("{package}.cost");
    let name = |part: &str| format!("{base}.{part}");
    let costing = read.and_then(|read| read.cost);
    let money = |part: &str, label, hint| field(props, &name(part), Look::of(label).kind(TextKind::Money).hint(hint).optional());
    let share = |part: &str, label, hint| {
        field(props, &name(part), Look::of(label).kind(TextKind::Number).unit(words::PERCENT).hint(hint).optional())
    };
    let days = Look::of(words::STAFF_DAYS).kind(TextKind::Number).unit(words::DAYS_UNIT).hint(words::STAFF_DAYS_HINT).optional();
    html! {
        <Disclosure label={words::CALCULATOR} open={costing.is_some()}>
            <div class="stack">
                <p class="tiny muted">{ words::CALCULATOR_HINT }</p>
                <div class="fields-2">
                    { field(props, &name("staff_hundredths"), days) }
                    { money("day_rate", words::DAY_RATE, words::DAY_RATE_HINT) }
                    { field(props, &name("materials"), Look::of(words::MATERIALS).kind(TextKind::Money).optional()) }
                    { share("overhead", words::OVERHEAD, words::OVERHEAD_HINT) }
                    { share("margin", words::MARGIN, words::MARGIN_HINT) }
                </div>
                if let Some(costing) = costing.filter(|costing| !costing.is_blank()) { { suggestion(props, package, &costing) } }
            </div>
        </Disclosure>
    }
}

fn suggestion(props: &FieldsProps, package: &str, costing: &Costing) -> Html {
    let Some(cost) = costing.unit_cost() else { return Html::default() };
    let price = costing.suggested();
    let target = price_field(&props.texts, &format!("{package}.content.price"));
    html! {
        <div class="stack-tight" role="status">
            <p class="small">{ words::one_costs(cost.total, cost.staff, cost.materials, cost.overhead) }</p>
            if let Some(price) = price {
                <div class="row wrap">
                    <b class="small">{ words::suggested_price(price) }</b>
                    if let Some(target) = target {
                        <Button compact=true onclick={props.onedit.reform(move |_: MouseEvent| {
                            Edit::Set(target.clone(), price.to_string().replacen('$', "", 1))
                        })}>{ words::USE_PRICE }</Button>
                    }
                </div>
            }
        </div>
    }
}

/// The field that holds the price of one, where the model has one such field.
fn price_field(texts: &Texts, price: &str) -> Option<String> {
    match texts.get(&format!("{price}.model")) {
        "flat" => Some(format!("{price}.price")),
        "quantity_bands" if texts.count(&format!("{price}.bands")) > 0 => Some(format!("{price}.bands.0.each")),
        "post_share" => Some(format!("{price}.full_time")),
        "cost_plus" => Some(format!("{price}.cost")),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
pub struct MeaningProps {
    pub draft: Rc<ServiceDraft>,
    pub schools: Rc<Vec<SchoolView>>,
    pub today: Date,
}

/// Tier by tier: what the smallest and the largest school pay, what that leaves, and when the tier carries its staff.
#[component]
pub fn Meaning(props: &MeaningProps) -> Html {
    let Some((small, large)) = smallest_and_largest(props.schools.iter().map(|school| &school.facts)) else { return Html::default() };
    let both: Vec<(&str, &SchoolView)> = [(words::SMALL_SCHOOL, small), (words::LARGE_SCHOOL, large)]
        .into_iter()
        .filter_map(|(label, at)| props.schools.get(at).map(|school| (label, school)))
        .collect();
    let costed: Vec<(&PackageDraft, Costing)> = props
        .draft
        .packages
        .iter()
        .filter_map(|package| package.cost.filter(|cost| !cost.is_blank()).map(|cost| (package, cost)))
        .collect();
    html! {
        <Card title={words::WHAT_IT_MEANS}>
            if costed.is_empty() { <p class="small muted">{ words::NO_COSTS }</p> }
            <div class="stack">
                { for costed.iter().map(|(package, costing)| html! {
                    <div class="stack-tight">
                        <b class="small">{ tier_name(&package.content) }</b>
                        { for both.iter().map(|(label, school)| html! {
                            <p class="small">
                                <span class="muted">{ *label }{ ", " }{ words::for_students(short_school(&school.name), school.facts.enrollment) }{ ": " }</span>
                                { economics(costing, package, school, props.today) }
                            </p>
                        }) }
                        { for both.first().map(|(_, school)| html! { <p class="small">{ carries(costing, package, school, props.today) }</p> }) }
                    </div>
                }) }
            </div>
        </Card>
    }
}

fn economics(costing: &Costing, package: &PackageDraft, school: &SchoolView, today: Date) -> String {
    match costing.economics(&package.content, &school.facts, today) {
        Ok(found) => words::economics(&found),
        Err(error) => error.message(),
    }
}

fn carries(costing: &Costing, package: &PackageDraft, school: &SchoolView, today: Date) -> String {
    match costing.break_even(&package.content, &school.facts, today) {
        Ok(found) => words::carries(found),
        // Why there is no price stands above already.
        Err(_) => String::new(),
    }
}
