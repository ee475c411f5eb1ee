//! One package in the cart: its price with the working, who pays, what stands in the way, and a form to change it.

use std::rc::Rc;

use shared::budget::api::{PlanGoalView, SchoolBudget};
use shared::catalog::SchoolFacts;
use shared::catalog::choice::Choices;
use shared::catalog::price::{Buying, price_of};
use shared::error::FieldError;
use shared::id::PlanGoalId;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::api::{CartLine, CartView, DraftEdit, EditDraft, OrderVersion, RemoveDraft};
use shared::time::Date;
use shared::words::orders as words;
use shared::words::orders::renewal as renewal_words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::split::SplitEditor;
use crate::api::Call;
use crate::catalog::extras::{Chooser, chooser, price_lines};
use crate::catalog::waiting::JoinButton;
use crate::form::{Form, use_form, use_sender};
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, Card, Checkbox, Choice, Dialog, ErrorSummary, IconName, Money, Notice, Select, TextArea, TextField, TextKind, Tone,
    Why, use_toasts,
};

#[derive(Properties, PartialEq)]
pub struct LineCardProps {
    pub line: CartLine,
    /// The counts and the day that prices go by.
    pub facts: SchoolFacts,
    pub today: Date,
    pub budget: Option<Rc<SchoolBudget>>,
    pub plan: Option<Rc<Vec<PlanGoalView>>>,
    pub may_draft: bool,
    pub onchanged: Callback<CartView>,
    /// The school took a place in line.
    pub onjoined: Callback<()>,
}

/// The package with its doings.
#[component]
pub fn LineCard(props: &LineCardProps) -> Html {
    let line = &props.line;
    let toasts = use_toasts();
    let editing = use_state(|| false);
    let removed = {
        let onchanged = props.onchanged.clone();
        Callback::from(move |view: CartView| {
            toasts.say(words::TAKEN_OUT);
            onchanged.emit(view);
        })
    };
    let remover = use_sender::<RemoveDraft>(removed);
    let onremove = {
        let (remover, order, version) = (remover.clone(), line.order, line.version);
        Callback::from(move |_: MouseEvent| remover.send(Call::to(order).body(OrderVersion { version })))
    };
    let onedit = editing.clone();
    let onedit = Callback::from(move |_: MouseEvent| onedit.set(true));
    let close = {
        let editing = editing.clone();
        Callback::from(move |()| editing.set(false))
    };
    let to = Route::Service { id: line.service.to_string() };
    html! {
        <Card class="cart-line">
            <div class="stack">
                <div class="row between wrap baseline">
                    <h3><Link<Route> {to}>{ &line.title }</Link<Route>><span class="muted">{ " · " }{ &line.tier_name }</span></h3>
                    <span class="price"><Money cents={line.price} /></span>
                </div>
                <div class="row-tight small">
                    <span class="muted">{ &line.unit.name }{ " · " }{ words::starts(line.start) }{ " · " }{ words::put_in_by(&line.drafted_by.name) }</span>
                    <Why label={line.working.clone()}><span>{ words::WORKING }{ ": " }{ &line.working }</span></Why>
                </div>
                if let Some(old) = line.renews {
                    <p class="small muted">{ renewal_words::RENEWS }{ " " }<Link<Route> to={Route::Order { id: old.order.to_string() }}>{ words::order_title(old.number) }</Link<Route>></p>
                }
                if !line.note.is_empty() { <p class="small">{ &line.note }</p> }
                { price_lines(&line.price_lines) }
                { for line.problems.iter().map(|problem| html! { <Notice tone={Tone::Warn}>{ problem.clone() }</Notice> }) }
                if line.may_wait && props.may_draft {
                    <div><JoinButton package={line.package} title={words::package_title(&line.title, &line.tier_name)} quantity={line.quantity}
                        start={line.start} onjoined={props.onjoined.reform(|_| ())} /></div>
                }
                { shares(line, props.budget.as_deref()) }
                if let Some(failure) = remover.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                if props.may_draft {
                    <div class="row-tight">
                        <Button compact=true icon={IconName::Pencil} onclick={onedit} label={words::change_package(&line.title)}>{ words::CHANGE }</Button>
                        <Button compact=true kind={ButtonKind::Quiet} icon={IconName::Trash2} busy={remover.busy()} onclick={onremove}>{ words::TAKE_OUT }</Button>
                    </div>
                }
            </div>
            if *editing {
                <LineDialog key={line.version} line={line.clone()} facts={props.facts} today={props.today} budget={props.budget.clone()} plan={props.plan.clone()}
                    onchanged={props.onchanged.clone()} onclose={close} />
            }
        </Card>
    }
}

fn shares(line: &CartLine, budget: Option<&SchoolBudget>) -> Html {
    if line.price.is_zero() {
        return html! { <p class="small muted">{ words::NOTHING_TO_PAY }</p> };
    }
    let title = |part: &SplitPart| {
        let found = budget.and_then(|budget| budget.lines.iter().find(|known| known.id == part.line));
        found.map(|known| known.fund.title.clone()).unwrap_or_default()
    };
    html! {
        <ul class="stack-tight" aria-label={words::WHO_PAYS}>
            { for line.split.iter().map(|part| html! { <li class="line-item"><span>{ title(part) }</span><Money cents={part.amount} /></li> }) }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct LineDialogProps {
    line: CartLine,
    facts: SchoolFacts,
    today: Date,
    budget: Option<Rc<SchoolBudget>>,
    plan: Option<Rc<Vec<PlanGoalView>>>,
    onchanged: Callback<CartView>,
    onclose: Callback<()>,
}

const LABELS: &[(&str, &str)] = &[("quantity", words::QUANTITY), ("start", words::START), ("goal", words::GOAL), ("note", words::NOTE)];

/// Quantity, start, goal, note, and the split: proposed, or typed by hand.
#[component]
fn LineDialog(props: &LineDialogProps) -> Html {
    let line = &props.line;
    let toasts = use_toasts();
    let (quantity, start) = (line.quantity.to_string(), line.start.to_string());
    let goal = line.goal.map(|goal| goal.to_string()).unwrap_or_default();
    let form = use_form(&[("quantity", &quantity), ("start", &start), ("goal", &goal), ("note", &line.note)]);
    let choices = use_state(|| line.choices.clone());
    let by_hand = use_state(|| false);
    let parts = use_state(|| line.split.clone());
    let saved = {
        let (onchanged, onclose) = (props.onchanged.clone(), props.onclose.clone());
        Callback::from(move |view: CartView| {
            toasts.say(words::SAVED);
            onchanged.emit(view);
            onclose.emit(());
        })
    };
    let sender = use_sender::<EditDraft>(saved);
    let form = form.showing(sender.failure()).labelled(LABELS);
    let onsubmit = {
        let (form, sender, line) = (form.clone(), sender.clone(), line.clone());
        let (split, choices) = (by_hand.then(|| (*parts).clone()), (*choices).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match edit(&form, &line, split.clone()) {
                Ok(body) => sender.send(Call::to(line.order).body(DraftEdit { choices: choices.clone(), ..body })),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let onhand = by_hand.clone();
    let onhand = Callback::from(move |on: bool| onhand.set(on));
    let onparts = parts.clone();
    let onparts = Callback::from(move |next: Vec<SplitPart>| onparts.set(next));
    html! {
        <Dialog open=true title={words::change_package(&line.title)} onclose={props.onclose.clone()} broad=true>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <div class="fields-2">
                    <TextField name="quantity" label={words::QUANTITY} kind={TextKind::Number} value={form.text("quantity")}
                        oninput={form.typing("quantity")} error={form.error("quantity")} min="1" />
                    <TextField name="start" label={words::START} kind={TextKind::Date} value={form.text("start")} oninput={form.typing("start")}
                        error={form.error("start")} />
                </div>
                { offered(props, &form, &choices) }
                <Select name="goal" label={words::GOAL} value={form.text("goal")} choices={goal_choices(props.plan.as_deref())}
                    onchange={form.typing("goal")} error={form.error("goal")} />
                <TextArea name="note" label={words::NOTE} value={form.text("note")} oninput={form.typing("note")} error={form.error("note")}
                    optional=true rows=2 />
                <Checkbox name="by-hand" label={words::BY_HAND} checked={*by_hand} onchange={onhand} hint={words::PROPOSED} />
                if let (true, Some(budget)) = (*by_hand, &props.budget) {
                    <SplitEditor budget={budget.clone()} parts={(*parts).clone()} price={line.price} onchange={onparts} />
                }
                <div class="actions">
                    <Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::SAVE_CHANGES }</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// Term and add-ons with what the package would cost with them, at once.
fn offered(props: &LineDialogProps, form: &Form, choices: &UseStateHandle<Choices>) -> Html {
    let Some(content) = &props.line.offer else { return Html::default() };
    let quantity: u32 = form.text("quantity").trim().parse().unwrap_or(props.line.quantity);
    let onchange = {
        let choices = choices.clone();
        Callback::from(move |next: Choices| choices.set(next))
    };
    let buying = Buying { facts: &props.facts, day: props.today, quote: None };
    let line = &props.line;
    // What was agreed for a term of years holds for the quantity and choices that were agreed.
    let agreed = (line.locked && quantity == line.quantity && **choices == line.choices).then(|| (line.price, line.working.clone()));
    let priced = agreed.map_or_else(|| price_of(content, quantity, choices, &buying).map(|priced| (priced.total, priced.working)), Ok);
    html! {
        <>
            { chooser(content, &Chooser { facts: &props.facts, quantity, choices, onchange }) }
            <div class="stack-tight" aria-live="polite">
                { match priced {
                    Ok((total, working)) => html! {
                        <>
                            <p class="line-item"><b>{ words::PRICE_WITH_THIS }</b><Money cents={total} /></p>
                            <p class="tiny muted num">{ working }</p>
                        </>
                    },
                    Err(error) => html! { <Notice tone={Tone::Warn}>{ error.message() }</Notice> },
                } }
            </div>
        </>
    }
}

fn goal_choices(plan: Option<&Vec<PlanGoalView>>) -> Vec<Choice> {
    let goals = plan.into_iter().flatten().map(|goal| Choice::new(goal.id.to_string(), words::goal_title(goal.number, &goal.title)));
    std::iter::once(Choice::new("", words::NO_GOAL)).chain(goals).collect()
}

/// The form as an edit, or the faults of its fields.
fn edit(form: &Form, line: &CartLine, split: Option<Vec<SplitPart>>) -> Result<DraftEdit, Vec<FieldError>> {
    let mut faults = Vec::new();
    let quantity = form.text("quantity").trim().parse::<u32>().ok().filter(|quantity| *quantity > 0);
    if quantity.is_none() {
        faults.push(FieldError::new("quantity", words::QUANTITY_WHOLE));
    }
    let start = form.text("start").parse().ok();
    if start.is_none() {
        faults.push(FieldError::new("start", words::START_MISSING));
    }
    let goal: Option<PlanGoalId> = form.text("goal").parse().ok();
    match (quantity, start) {
        (Some(quantity), Some(start)) => {
            let split = split.map(|parts| parts.into_iter().filter(|part| part.amount > Cents::ZERO).collect());
            Ok(DraftEdit {
                version: line.version,
                quantity,
                start,
                goal,
                split,
                note: form.text("note").to_string(),
                choices: line.choices.clone(),
            })
        }
        _ => Err(faults),
    }
}
