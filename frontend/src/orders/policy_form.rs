//! Writing a new version of the approval policy, begun from the rows in force.

use std::rc::Rc;

use shared::budget::{FundFamily, FundKind};
use shared::catalog::Category;
use shared::error::FieldError;
use shared::identity::Role;
use shared::money::Cents;
use shared::orders::api::{NewPolicy, PolicyView, ProposePolicy};
use shared::orders::approval::{DECIDING_ROLES, FundMatch, PolicyRow, PolicyStep, ProviderKind};
use shared::words::orders as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::ui::{Button, ButtonKind, Choice, ErrorSummary, Select, TextArea, TextField, TextKind, use_toasts};

#[derive(Properties, PartialEq)]
pub struct PolicyFormProps {
    pub present: Rc<PolicyView>,
    pub onchanged: Callback<Vec<PolicyView>>,
}

/// A row as the form holds it: the fund and kinds of help of one choice each, two steps.
fn begun(row: &PolicyRow) -> Vec<(String, String)> {
    let role = |at: usize| row.steps.get(at).map(|step| step.role.name().to_owned()).unwrap_or_default();
    vec![
        ("title".to_owned(), row.title.clone()),
        ("over".to_owned(), row.over.to_string()),
        ("up_to".to_owned(), row.up_to.map(|most| most.to_string()).unwrap_or_default()),
        ("funds".to_owned(), serde_json::to_string(&row.funds).unwrap_or_default()),
        ("provider".to_owned(), row.provider.map(ProviderKind::name).unwrap_or_default().to_owned()),
        ("category".to_owned(), row.categories.iter().map(|category| category.name()).collect::<Vec<_>>().join(" ")),
        ("first".to_owned(), role(0)),
        ("second".to_owned(), role(1)),
        ("days".to_owned(), row.steps.first().map_or(2, |step| step.days).to_string()),
    ]
}

#[component]
pub fn PolicyForm(props: &PolicyFormProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<ProposePolicy>(Callback::from(move |views| {
        toasts.say(words::VERSION_PROPOSED);
        onchanged.emit(views);
    }));
    let policy = &props.present.policy;
    let rows = use_state(|| policy.rows.len());
    let form = use_form(&[
        ("from", ""),
        ("small_order_up_to", &policy.small_order_up_to.to_string()),
        ("window_days", &policy.window_days.to_string()),
        ("reason", ""),
    ])
    .showing(sender.failure());
    {
        let (form, present) = (form.clone(), props.present.clone());
        use_effect_with((), move |()| {
            for (at, row) in present.policy.rows.iter().enumerate() {
                for (name, text) in begun(row) {
                    form.set(format!("rows.{at}.{name}"), text);
                }
            }
        });
    }
    let onsubmit = {
        let (form, sender, many) = (form.clone(), sender.clone(), *rows);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match asked(&form, many) {
                Ok(body) => sender.send(Call::to(()).body(body)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let onadd = {
        let (rows, form) = (rows.clone(), form.clone());
        Callback::from(move |_: MouseEvent| {
            form.set(format!("rows.{}.funds", *rows), serde_json::to_string(&FundMatch::Any).unwrap_or_default());
            form.set(format!("rows.{}.first", *rows), Role::BudgetOfficer.name());
            form.set(format!("rows.{}.days", *rows), "2");
            rows.set(*rows + 1);
        })
    };
    let onless = {
        let rows = rows.clone();
        Callback::from(move |_: MouseEvent| rows.set(rows.saturating_sub(1)))
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::NEW_VERSION}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                { field(&form, "from", words::HOLDS_FROM, TextKind::Date) }
                { field(&form, "window_days", words::WINDOW, TextKind::Number) }
            </div>
            <TextField name="small_order_up_to" label={words::SMALL_ORDERS} hint={words::SMALL_ORDERS_HINT} kind={TextKind::Money}
                value={form.text("small_order_up_to")} oninput={form.typing("small_order_up_to")} error={form.error("small_order_up_to")} />
            { for (0..*rows).map(|at| row(&form, at)) }
            <div class="row-tight">
                <Button compact=true onclick={onadd}>{ words::ADD_ROW }</Button>
                if *rows > 1 { <Button compact=true kind={ButtonKind::Quiet} onclick={onless}>{ words::REMOVE_ROW }</Button> }
            </div>
            <TextArea name="reason" label={words::WHY_THIS_VERSION} rows=2 value={form.text("reason")} oninput={form.typing("reason")} error={form.error("reason")} />
            <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::PROPOSE_VERSION }</Button></div>
        </form>
    }
}

fn field(form: &Form, name: &'static str, label: &'static str, kind: TextKind) -> Html {
    html! { <TextField {name} {label} {kind} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
}

fn row(form: &Form, at: usize) -> Html {
    let name = |part: &str| format!("rows.{at}.{part}");
    let text = |part: &str, label: &'static str, kind: TextKind| {
        let name = name(part);
        html! {
            <TextField name={name.clone()} {label} {kind} optional={part == "up_to"} value={form.text(&name)} oninput={form.typing(name.clone())}
                error={form.error(&name)} />
        }
    };
    let select = |part: &str, label: &'static str, choices: Vec<Choice>| {
        let name = name(part);
        html! { <Select name={name.clone()} {label} value={form.text(&name)} {choices} onchange={form.typing(name.clone())} error={form.error(&name)} /> }
    };
    html! {
        <fieldset class="field" key={at}>
            <legend>{ format!("{}", at + 1) }</legend>
            { text("title", words::ROW_TITLE, TextKind::Text) }
            <div class="fields-2">{ text("over", words::OVER_AMOUNT, TextKind::Money) }{ text("up_to", words::UP_TO, TextKind::Money) }</div>
            <div class="fields-2">
                { select("funds", words::FUNDS, funds(&form.text(&name("funds")))) }
                { select("provider", words::WHO_DELIVERS, providers()) }
            </div>
            { select("category", words::KIND_OF_HELP, categories(&form.text(&name("category")))) }
            <div class="fields-2">
                { select("first", words::FIRST_STEP, deciders(false)) }
                { select("second", words::THEN_STEP, deciders(true)) }
            </div>
            { text("days", words::WITHIN_DAYS, TextKind::Number) }
            if let Some(fault) = form.error(&name("steps")) { <p class="small">{ fault }</p> }
        </fieldset>
    }
}

/// What stands in the row comes first where none of the usual choices says it.
fn with_present(mut choices: Vec<Choice>, present: &str, label: &'static str) -> Vec<Choice> {
    if !present.is_empty() && choices.iter().all(|choice| choice.value.as_str() != present) {
        choices.push(Choice::new(present.to_owned(), label));
    }
    choices
}

fn funds(present: &str) -> Vec<Choice> {
    let choice = |funds: FundMatch, label: &str| Choice::new(serde_json::to_string(&funds).unwrap_or_default(), label.to_owned());
    let kinds = FundKind::ALL.iter().map(|kind| choice(FundMatch::Kind(*kind), kind.title()));
    let families = FundFamily::ALL.iter().map(|family| choice(FundMatch::Family(*family), family.title()));
    with_present(std::iter::once(choice(FundMatch::Any, words::ANY_FUND)).chain(kinds).chain(families).collect(), present, words::FUND)
}

fn providers() -> Vec<Choice> {
    let kinds = ProviderKind::ALL.iter().map(|kind| Choice::new(kind.name(), kind.title()));
    std::iter::once(Choice::new("", words::ANYBODY)).chain(kinds).collect()
}

fn categories(present: &str) -> Vec<Choice> {
    let all = Category::ALL.iter().map(|category| Choice::new(category.name(), category.title()));
    with_present(std::iter::once(Choice::new("", words::EVERY_KIND)).chain(all).collect(), present, words::KIND_OF_HELP)
}

fn deciders(optional: bool) -> Vec<Choice> {
    let nobody = optional.then(|| Choice::new("", words::NOBODY_ELSE));
    nobody.into_iter().chain(DECIDING_ROLES.iter().map(|role| Choice::new(role.name(), words::decider(*role)))).collect()
}

fn asked(form: &Form, rows: usize) -> Result<NewPolicy, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut money = |name: String| -> Option<Cents> {
        form.text(&name).trim().parse().map_err(|_| faults.push(FieldError::new(name.clone(), words::NOT_AN_AMOUNT))).ok()
    };
    let small_order_up_to = money("small_order_up_to".to_owned()).unwrap_or(Cents::ZERO);
    let mut read = Vec::new();
    for at in 0..rows {
        let text = |part: &str| form.text(&format!("rows.{at}.{part}"));
        let over = money(format!("rows.{at}.over")).unwrap_or(Cents::ZERO);
        let up_to = if text("up_to").trim().is_empty() { None } else { money(format!("rows.{at}.up_to")) };
        let days = text("days").trim().parse().unwrap_or(0);
        let steps = ["first", "second"].iter().filter_map(|part| Role::parse(&text(part))).map(|role| PolicyStep { role, days }).collect();
        read.push(PolicyRow {
            title: text("title").to_string(),
            over,
            up_to,
            funds: serde_json::from_str(&text("funds")).unwrap_or(FundMatch::Any),
            provider: ProviderKind::parse(&text("provider")),
            categories: text("category").split(' ').filter_map(Category::parse).collect(),
            steps,
        });
    }
    let window_days = form.text("window_days").trim().parse().unwrap_or(0);
    let from = form.text("from").parse().map_err(|_| faults.push(FieldError::new("from", words::POLICY_FROM_TOMORROW))).ok();
    match from {
        Some(from) if faults.is_empty() => {
            Ok(NewPolicy { from, small_order_up_to, window_days, rows: read, reason: form.text("reason").to_string() })
        }
        _ => Err(faults),
    }
}
