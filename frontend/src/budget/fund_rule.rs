//! Deciding what a fund may pay for.

use shared::budget::api::{DecideFundRule, FundView};
use shared::budget::{FundRule, FundRules};
use shared::catalog::Category;
use shared::error::FieldError;
use shared::text::{LINE_LIMIT, PARAGRAPH_LIMIT, required};
use shared::words::budget::{OBJECTS_ARE_CODES, pages as words};
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::ui::{Button, ButtonKind, Checkbox, ErrorSummary, TextArea, TextField, TextKind, use_toasts};

const LABELS: [(&str, &str); 4] =
    [("quote", words::QUOTE), ("source", words::SOURCE), ("objects", words::OBJECTS), ("last_day", words::LAST_DAY)];

#[derive(Properties, PartialEq)]
pub struct FundRuleFormProps {
    pub fund: FundView,
    pub ondecided: Callback<()>,
}

/// Kinds of service, objects, what must be on file, and the rule in its own words.
#[component]
pub fn FundRuleForm(props: &FundRuleFormProps) -> Html {
    let toasts = use_toasts();
    let ondecided = props.ondecided.clone();
    let sender = use_sender::<DecideFundRule>(Callback::from(move |_| {
        toasts.say(words::RULE_SAVED);
        ondecided.emit(());
    }));
    let before = match &props.fund.rules {
        FundRules::Undecided => None,
        FundRules::Decided(rule) => Some(rule),
    };
    let text = |of: fn(&FundRule) -> String| before.map(of).unwrap_or_default();
    let on = |of: fn(&FundRule) -> bool| if before.is_some_and(of) { "on" } else { "" };
    let form = use_form(&[
        ("quote", &text(|r| r.quote.clone())),
        ("source", &text(|r| r.source.clone())),
        ("objects", &text(|r| r.objects.join(" "))),
        ("last_day", &text(|r| r.last_day.map(|day| day.to_string()).unwrap_or_default())),
        ("needs_goal", on(|r| r.needs_goal)),
        ("needs_council", on(|r| r.needs_council_review)),
        ("categories", &text(|r| r.categories.iter().map(|c| c.name()).collect::<Vec<_>>().join(" "))),
    ])
    .labelled(&LABELS)
    .showing(sender.failure());
    let onsubmit = {
        let (form, sender, fund) = (form.clone(), sender.clone(), props.fund.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match rule(&form) {
                Ok(rule) => sender.send(Call::to(fund).body(rule)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::RULE_TITLE}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <TextArea name="quote" label={words::QUOTE} maxlength=4000 value={form.text("quote")} oninput={form.typing("quote")} error={form.error("quote")} />
            <TextField name="source" label={words::SOURCE} maxlength=300 value={form.text("source")} oninput={form.typing("source")} error={form.error("source")} />
            { categories(&form) }
            <div class="fields-2">
                <TextField name="objects" label={words::OBJECTS} hint={words::OBJECTS_HINT} optional=true maxlength=1200 value={form.text("objects")}
                    oninput={form.typing("objects")} error={form.error("objects")} />
                <TextField name="last_day" label={words::LAST_DAY} kind={TextKind::Date} optional=true value={form.text("last_day")}
                    oninput={form.typing("last_day")} error={form.error("last_day")} />
            </div>
            <Checkbox name="needs_goal" label={words::NEEDS_GOAL} checked={form.is_on("needs_goal")} onchange={form.switching("needs_goal")} />
            <Checkbox name="needs_council" label={words::NEEDS_COUNCIL} checked={form.is_on("needs_council")} onchange={form.switching("needs_council")} />
            <div class="actions">
                <Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::SAVE_RULE }</Button>
            </div>
        </form>
    }
}

/// The ticked categories live in one text, so that the form stays one thing.
fn categories(form: &Form) -> Html {
    let ticked = form.text("categories");
    let boxes = Category::ALL.iter().map(|category| {
        let checked = ticked.split(' ').any(|name| name == category.name());
        let (typing, ticked) = (form.typing("categories"), ticked.clone());
        let onchange = Callback::from(move |on: bool| {
            let others = ticked.split(' ').filter(|name| !name.is_empty() && *name != category.name());
            typing.emit(others.chain(on.then_some(category.name())).collect::<Vec<_>>().join(" "));
        });
        html! { <Checkbox name={category.name()} label={category.title()} {checked} {onchange} /> }
    });
    html! {
        <fieldset class="field">
            <legend>{ words::CATEGORIES }</legend>
            <p class="small muted">{ words::CATEGORIES_HINT }</p>
            <div class="rule-categories">{ for boxes }</div>
        </fieldset>
    }
}

fn rule(form: &Form) -> Result<FundRule, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut take = |name: &str, limit: usize| match required(&form.text(name), limit) {
        Ok(text) => text,
        Err(error) => {
            faults.push(FieldError::new(name, error.message()));
            String::new()
        }
    };
    let (quote, source) = (take("quote", PARAGRAPH_LIMIT), take("source", LINE_LIMIT));
    let objects: Vec<String> = form.text("objects").split([' ', ',', ';']).filter(|o| !o.is_empty()).map(str::to_owned).collect();
    if !objects.iter().all(|o| (3..=5).contains(&o.len()) && o.bytes().all(|b| b.is_ascii_digit())) {
        faults.push(FieldError::new("objects", OBJECTS_ARE_CODES));
    }
    let last_day = match form.text("last_day").as_str() {
        "" => None,
        text => text.parse().map_err(|e: shared::time::DateError| faults.push(FieldError::new("last_day", e.to_string()))).ok(),
    };
    let categories = form.text("categories").split(' ').filter_map(Category::parse).collect();
    let (needs_goal, needs_council_review) = (form.is_on("needs_goal"), form.is_on("needs_council"));
    let rule = FundRule { categories, objects, last_day, needs_goal, needs_council_review, quote, source };
    if faults.is_empty() { Ok(rule) } else { Err(faults) }
}
