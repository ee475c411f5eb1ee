//! The editor's fields of a price, and of what is offered beside it: early price, terms, add-ons.

use shared::catalog::choice::{AddOnCount, YEARS_LIMIT};
use shared::words::catalog as words;
use yew::prelude::*;

use super::draft::ADD_ON_MODELS;
use super::editor_fields::{Edit, FieldsProps, Look, emit, entries, field, measures, select};
use crate::ui::{Button, ButtonKind, Choice, Disclosure, IconName, TextKind};

/// How a package or an add-on is priced: the model, and its fields.
pub fn price(props: &FieldsProps, base: &str, models: &[&str]) -> Html {
    let name = |part: &str| format!("{base}.{part}");
    let choices = models.iter().map(|model| Choice::new(*model, words::model_title(model))).collect();
    let money = |part: &str, label| field(props, &name(part), Look::of(label).kind(TextKind::Money));
    let optional = |part: &str, label| field(props, &name(part), Look::of(label).kind(TextKind::Money).optional());
    let number = |part: &str, label| field(props, &name(part), Look::of(label).kind(TextKind::Number));
    let inner = match props.texts.get(&name("model")) {
        "flat" => money("price", words::FLAT_PRICE),
        "per_pupil" => html! {
            <div class="fields-2">
                { optional("base", words::BASE) }{ money("each", words::EACH_STUDENT) }{ optional("floor", words::FLOOR) }{ optional("cap", words::CAP) }
            </div>
        },
        "quantity_bands" => html! {
            <>
                <div class="fields-2">{ select(props, &name("measure"), words::MEASURE, measures()) }{ number("default_quantity", words::USUAL_QUANTITY) }</div>
                { bands(props, &name("bands"), (words::FROM_QUANTITY, "each", words::EACH)) }
            </>
        },
        "enrollment_bands" => html! {
            <>
                { bands(props, &name("bands"), (words::FROM_STUDENTS, "price", words::BAND_PRICE)) }
                { field(props, &name("up_to"), Look::of(words::UP_TO).kind(TextKind::Number).hint(words::UP_TO_HINT).optional()) }
            </>
        },
        "per_post" => html! {
            <div class="fields-2">{ money("each", words::EACH_POST) }{ optional("floor", words::FLOOR) }{ optional("cap", words::CAP) }</div>
        },
        "post_share" => html! {
            <div class="fields-2">
                { money("full_time", words::FULL_TIME) }
                { field(props, &name("usual_hundredths"), Look::of(words::USUAL_SHARE).kind(TextKind::Number).unit(words::HUNDREDTHS).hint(words::POST_SHARE_HINT)) }
            </div>
        },
        "cost_plus" => html! {
            <div class="fields-2">
                { field(props, &name("cost"), Look::of(words::COST).kind(TextKind::Money).hint(words::COST_HINT).optional()) }
                { field(props, &name("plus"), Look::of(words::PLUS).kind(TextKind::Number).unit(words::PERCENT)) }
            </div>
        },
        "quote" => html! { <p class="small muted">{ words::QUOTE_EXPLAINED }</p> },
        "brokered" => html! {
            <div class="fields-2">
                { money("provider_price", words::PROVIDER_PRICE) }
                { field(props, &name("brokerage"), Look::of(words::BROKERAGE).kind(TextKind::Number).unit(words::PERCENT)) }
            </div>
        },
        _ => Html::default(),
    };
    html! {
        <fieldset class="stack editor-group">
            <legend class="strong small">{ words::PRICE }</legend>
            { select(props, &name("model"), words::PRICE_MODEL, choices) }
            { inner }
        </fieldset>
    }
}

fn bands(props: &FieldsProps, list: &str, (from, price, label): (&'static str, &'static str, &'static str)) -> Html {
    let line = |at: &str| {
        html! {
            <div class="fields-2">
                { field(props, &format!("{at}.from"), Look::of(from).kind(TextKind::Number)) }
                { field(props, &format!("{at}.{price}"), Look::of(label).kind(TextKind::Money)) }
            </div>
        }
    };
    entries(props, list, words::ADD_BAND, line)
}

/// Early price, terms and add-ons; closed until something of it is offered.
pub fn extras(props: &FieldsProps, base: &str) -> Html {
    let name = |part: &str| format!("{base}.{part}");
    let reductions = vec![Choice::new("share", words::BY_SHARE), Choice::new("sum", words::BY_SUM)];
    let by_sum = props.texts.get(&name("early.by")) == "sum";
    let less = if by_sum {
        Look::of(words::LESS).kind(TextKind::Money)
    } else {
        Look::of(words::LESS).kind(TextKind::Number).unit(words::PERCENT)
    };
    let offered =
        !props.texts.get(&name("early.until")).is_empty() || props.texts.count(&name("terms")) + props.texts.count(&name("add_ons")) > 0;
    html! {
        <Disclosure label={words::BESIDE_PRICE} open={offered}>
            <div class="stack">
                <fieldset class="stack editor-group">
                    <legend class="strong small">{ words::EARLY }</legend>
                    <div class="editor-three">
                        { field(props, &name("early.until"), Look::of(words::EARLY_UNTIL).kind(TextKind::Date).optional()) }
                        { select(props, &name("early.by"), words::REDUCED_BY, reductions) }
                        { field(props, &name("early.less"), less.optional()) }
                    </div>
                </fieldset>
                <fieldset class="stack editor-group" id={name("terms")} tabindex="-1">
                    <legend class="strong small">{ words::TERMS_OF_YEARS }</legend>
                    <p class="tiny muted">{ words::TERMS_OF_YEARS_HINT }</p>
                    { entries(props, &name("terms"), words::ADD_TERM, |at| term(props, at)) }
                </fieldset>
                <fieldset class="stack editor-group" id={name("add_ons")} tabindex="-1">
                    <legend class="strong small">{ words::ADD_ONS_TITLE }</legend>
                    { add_ons(props, &name("add_ons")) }
                </fieldset>
            </div>
        </Disclosure>
    }
}

fn term(props: &FieldsProps, at: &str) -> Html {
    let years = (2..=YEARS_LIMIT).map(|years| Choice::new(years.to_string(), words::years(years))).collect();
    html! {
        <div class="fields-2">
            { select(props, &format!("{at}.years"), words::YEARS, years) }
            { field(props, &format!("{at}.less"), Look::of(words::LESS_EACH_YEAR).kind(TextKind::Number).unit(words::PERCENT)) }
        </div>
    }
}

fn add_ons(props: &FieldsProps, list: &str) -> Html {
    let counts: Vec<Choice> = AddOnCount::ALL.iter().map(|it| Choice::new(it.name(), it.title())).collect();
    let count = props.texts.count(list);
    html! {
        <>
            { for (0..count).map(|at| {
                let base = format!("{list}.{at}");
                html! {
                    <div class="stack editor-add-on" key={at}>
                        <div class="fields-2">
                            { field(props, &format!("{base}.title"), Look::of(words::ADD_ON)) }
                            { select(props, &format!("{base}.count"), words::CHARGED, counts.clone()) }
                        </div>
                        { price(props, &format!("{base}.price"), &ADD_ON_MODELS) }
                        <div>
                            <Button kind={ButtonKind::Quiet} compact=true icon={IconName::Trash2} onclick={emit(props, Edit::Remove(list.to_owned(), at))}>
                                { words::remove_add_on(at + 1) }
                            </Button>
                        </div>
                    </div>
                }
            }) }
            <div><Button compact=true icon={IconName::Plus} onclick={emit(props, Edit::AddOn(list.to_owned()))}>{ words::NEW_ADD_ON }</Button></div>
        </>
    }
}
