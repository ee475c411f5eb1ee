//! Suggesting a cart: lines of packages, each with how many, when, for which goal and why.

use std::rc::Rc;

use shared::budget::api::{GetPlan, PlanGoalView, YearQuery};
use shared::catalog::api::{Catalog, GetCatalog};
use shared::contract::Empty as NoQuery;
use shared::error::FieldError;
use shared::id::{PackageId, SchoolId};
use shared::orders::api::SuggestCart;
use shared::orders::support::{NewSuggestedLine, NewSuggestion, SUGGESTED_LIMIT};
use shared::words::catalog::goal as goal_words;
use shared::words::orders::support as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::ui::{Button, ButtonKind, Card, Choice, ErrorSummary, Select, TextArea, TextField, TextKind, use_toasts};

/// The fields of a line, by the end of their names.
const LINE: [&str; 5] = ["package", "quantity", "start", "goal", "reason"];

#[derive(Properties, PartialEq)]
pub struct SuggestFormProps {
    pub school: SchoolId,
    pub onsuggested: Callback<()>,
}

/// The form; a line more on demand.
#[component]
pub fn SuggestForm(props: &SuggestFormProps) -> Html {
    let toasts = use_toasts();
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let plan = use_load::<GetPlan>(props.school, YearQuery::default());
    let form = use_form(&[("title", ""), ("note", "")]);
    let lines = use_state(|| 1_usize);
    let sender = {
        let (form, lines, onsuggested) = (form.clone(), lines.clone(), props.onsuggested.clone());
        use_sender::<SuggestCart>(Callback::from(move |_| {
            toasts.say(words::SUGGESTION_SENT);
            form.reset(&[]);
            lines.set(1);
            onsuggested.emit(());
        }))
    };
    let form = form.showing(sender.failure());
    let offers = use_memo(catalog.data().cloned(), |catalog| catalog.as_ref().map(|catalog| offers(catalog)).unwrap_or_default());
    let onsubmit = {
        let (form, sender, school, offers, count) = (form.clone(), sender.clone(), props.school, offers.clone(), *lines);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match read(&form, count, &offers) {
                Ok(new) => sender.send(Call::to(school).body(new)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let change = |by: fn(usize) -> usize| {
        let lines = lines.clone();
        Callback::from(move |_: MouseEvent| lines.set(by(*lines)))
    };
    let names: Vec<AttrValue> = offers.iter().map(|(name, _)| name.clone().into()).collect();
    let plan: Vec<PlanGoalView> = plan.data().map(|plan| (**plan).clone()).unwrap_or_default();
    html! {
        <Card title={words::SUGGEST_CART} subtitle={words::SUGGEST_HINT}>
            <form class="stack" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextField name="title" label={words::SUGGESTION_TITLE} value={form.text("title")} oninput={form.typing("title")} error={form.error("title")} maxlength={120} />
                <TextArea name="note" label={words::SUGGESTION_NOTE} value={form.text("note")} oninput={form.typing("note")} error={form.error("note")} optional=true />
                { for (0..*lines).map(|at| line(at, &form, &names, &plan)) }
                <div class="row wrap">
                    if *lines < SUGGESTED_LIMIT { <Button onclick={change(|lines| lines + 1)}>{ words::ADD_LINE }</Button> }
                    if *lines > 1 { <Button kind={ButtonKind::Quiet} onclick={change(|lines| lines.saturating_sub(1).max(1))}>{ words::TAKE_LINE_OUT }</Button> }
                    <Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::SEND_SUGGESTION }</Button>
                </div>
            </form>
        </Card>
    }
}

/// Every package on the shelf by a name of its own: `Mathematics coaching · Plus`.
fn offers(catalog: &Rc<Catalog>) -> Vec<(String, PackageId)> {
    let named = catalog.services.iter().flat_map(|service| {
        service.packages.iter().map(|package| {
            let tier = if package.content.name.is_empty() { package.content.tier.title() } else { &package.content.name };
            (format!("{} · {tier}", service.content.title), package.id)
        })
    });
    let mut offers: Vec<(String, PackageId)> = named.collect();
    offers.sort();
    offers
}

fn field(at: usize, name: &str) -> String {
    format!("lines.{at}.{name}")
}

fn line(at: usize, form: &Form, names: &[AttrValue], plan: &[PlanGoalView]) -> Html {
    let [package, quantity, start, goal, reason] = LINE.map(|name| field(at, name));
    let goals = std::iter::once(Choice::new("", words::NO_GOAL_NAMED))
        .chain(plan.iter().map(|goal| Choice::new(goal.id.to_string(), goal_words(goal.number, &goal.title))))
        .collect::<Vec<_>>();
    html! {
        <fieldset class="stack editor-group" key={at}>
            <legend class="strong small">{ words::suggestion_line_title(at + 1) }</legend>
            <TextField name={package.clone()} label={words::SUGGESTION_PACKAGE} hint={words::SUGGESTION_PACKAGE_HINT} value={form.text(&package)}
                error={form.error(&package)} oninput={form.typing(package)} options={names.to_vec()} />
            <div class="fields-2">
                <TextField name={quantity.clone()} label={words::SUGGESTION_QUANTITY} kind={TextKind::Number} optional=true value={form.text(&quantity)}
                    error={form.error(&quantity)} oninput={form.typing(quantity)} />
                <TextField name={start.clone()} label={words::SUGGESTION_START} kind={TextKind::Date} optional=true value={form.text(&start)}
                    error={form.error(&start)} oninput={form.typing(start)} />
            </div>
            <Select name={goal.clone()} label={words::SUGGESTION_GOAL} value={form.text(&goal)} choices={goals} error={form.error(&goal)} onchange={form.typing(goal)} />
            <TextField name={reason.clone()} label={words::SUGGESTION_REASON} value={form.text(&reason)} error={form.error(&reason)}
                oninput={form.typing(reason)} maxlength={300} />
        </fieldset>
    }
}

/// What was typed as a suggestion, or what is wrong with it by field.
fn read(form: &Form, count: usize, offers: &[(String, PackageId)]) -> Result<NewSuggestion, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut lines = Vec::with_capacity(count);
    for at in 0..count {
        let text = |name: &str| form.text(&field(at, name)).trim().to_owned();
        let package = offers.iter().find(|(name, _)| *name == text("package")).map(|(_, id)| *id);
        let quantity = if text("quantity").is_empty() { Some(0) } else { text("quantity").parse().ok() };
        if package.is_none() {
            faults.push(FieldError::new(field(at, "package"), words::CHOOSE_PACKAGE));
        }
        if quantity.is_none() {
            faults.push(FieldError::new(field(at, "quantity"), words::WHOLE_NUMBER));
        }
        if let (Some(package), Some(quantity)) = (package, quantity) {
            let (start, goal, reason) = (text("start").parse().ok(), text("goal").parse().ok(), text("reason"));
            lines.push(NewSuggestedLine { package, quantity, start, goal, reason });
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    NewSuggestion { title: form.text("title").to_string(), note: form.text("note").to_string(), lines }.clean()
}
