//! The cart: packages under their plan goals, who pays, what is left, who approves; submitting holds no surprise.

use std::rc::Rc;

use shared::budget::api::{GetPlan, GetSchoolBudget, PlanGoalView, SchoolBudget, YearQuery};
use shared::contract::Empty as NoQuery;
use shared::id::PlanGoalId;
use shared::identity::policy::Permission;
use shared::orders::api::{
    ApprovalForecast, CartLine, CartSubmission, CartView, GetCart, SubmitCart, SubmitReply, SubmittedDraft, UsualTime,
};
use shared::orders::approval::PolicyStep;
use shared::words::orders as words;
use yew::prelude::*;

use super::cart_line::LineCard;
use super::support::{CartComments, Suggestions};
use super::waiting::WaitingCard;
use crate::api::Call;
use crate::form::{Sender, use_sender};
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{
    BudgetLine, BudgetParts, Button, ButtonKind, ButtonLink, Card, Chip, Empty, IconName, Money, Notice, PageHead, SkeletonShape, Tone,
    use_toasts,
};

/// The chosen school's cart.
#[component]
pub fn CartPage() -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let school = session.school().map(|school| school.id);
    let cart = use_load_if::<GetCart>(school.map(|school| (school, NoQuery {})));
    let budget = use_load_if::<GetSchoolBudget>(school.map(|school| (school, YearQuery::default())));
    let plan = use_load_if::<GetPlan>(school.map(|school| (school, YearQuery::default())));
    let submitted = {
        let (session, cart, budget) = (session.clone(), cart.reload.clone(), budget.reload.clone());
        Callback::from(move |reply: SubmitReply| {
            toasts.say(words::submitted_toast(reply.orders.len()));
            session.act(Act::MoneyMoved);
            cart.emit(());
            budget.emit(());
        })
    };
    let sender = use_sender::<SubmitCart>(submitted);
    // Counts what joined the waiting list from here.
    let turn = use_state(|| 0_u32);
    if school.is_none() {
        return html! {
            <>
                <PageHead title={words::CART} />
                <Empty title={words::NO_SCHOOL} text={words::NO_SCHOOL_TEXT} icon={IconName::School} />
            </>
        };
    }
    let onchanged = {
        let put = cart.put();
        Callback::from(move |view: CartView| put.emit(view))
    };
    let onjoined = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
    let around = Around {
        budget: budget.data().cloned(),
        plan: plan.data().cloned(),
        sender,
        may_submit: session.may(Permission::SubmitOrder),
        may_draft: session.may(Permission::DraftOrder),
        onchanged,
        onjoined,
    };
    let onaccepted = cart.reload.clone();
    html! {
        <>
            <PageHead title={words::CART} lead={html! { words::CART_LEAD }} />
            if let Some(school) = school {
                <div class="stack-wide">
                    <WaitingCard {school} {onaccepted} turn={*turn} />
                    if session.may(Permission::SubmitOrder) { <Suggestions {school} onadopted={cart.reload.clone()} open_only=true /> }
                    { cart.draw(SkeletonShape::Page, |cart| filled(cart, &around)) }
                    <CartComments {school} />
                </div>
            }
        </>
    }
}

/// What a cart is drawn with.
struct Around {
    budget: Option<Rc<SchoolBudget>>,
    plan: Option<Rc<Vec<PlanGoalView>>>,
    sender: Sender<SubmitCart>,
    may_submit: bool,
    may_draft: bool,
    onchanged: Callback<CartView>,
    onjoined: Callback<()>,
}

fn filled(cart: &Rc<CartView>, around: &Around) -> Html {
    if cart.lines.is_empty() {
        return html! {
            <Empty title={words::CART_IS_EMPTY} text={words::CART_EMPTY_TEXT} icon={IconName::ShoppingCart}>
                <ButtonLink to={Route::Shelf} kind={ButtonKind::Primary}>{ words::TO_SHELF }</ButtonLink>
            </Empty>
        };
    }
    html! {
        <div class="two">
            <div class="stack-wide">{ for goals(cart, around).into_iter().map(|lines| group(lines, cart, around)) }</div>
            <div class="stack-wide">{ summary(cart, around) }{ approvals(cart) }</div>
        </div>
    }
}

/// The lines under their goals, in the order of the plan; those without a goal last.
fn goals(cart: &CartView, around: &Around) -> Vec<(String, Vec<CartLine>)> {
    let of = |goal: Option<PlanGoalId>| cart.lines.iter().filter(|line| line.goal == goal).cloned().collect::<Vec<_>>();
    let plan: Vec<&PlanGoalView> = around.plan.iter().flat_map(|plan| plan.iter()).collect();
    let mut groups: Vec<(String, Vec<CartLine>)> =
        plan.iter().map(|goal| (words::goal_title(goal.number, &goal.title), of(Some(goal.id)))).collect();
    let known = |goal: &Option<PlanGoalId>| goal.is_some_and(|id| plan.iter().any(|goal| goal.id == id));
    let others = cart.lines.iter().filter(|line| !known(&line.goal)).cloned().collect();
    groups.push((words::WITHOUT_GOAL.to_owned(), others));
    groups.retain(|(_, lines)| !lines.is_empty());
    groups
}

fn group((title, lines): (String, Vec<CartLine>), cart: &CartView, around: &Around) -> Html {
    html! {
        <section class="stack" aria-label={title.clone()}>
            <h2>{ title }</h2>
            { for lines.into_iter().map(|line| {
                let key = line.order.to_string();
                html! {
                    <LineCard {key} {line} facts={cart.facts} today={cart.today} budget={around.budget.clone()} plan={around.plan.clone()} may_draft={around.may_draft}
                        onchanged={around.onchanged.clone()} onjoined={around.onjoined.clone()} />
                }
            }) }
        </section>
    }
}

fn summary(cart: &Rc<CartView>, around: &Around) -> Html {
    let blocked = cart.lines.iter().any(|line| !line.problems.is_empty());
    let refusal = match (around.may_submit || cart.cap.is_some(), blocked) {
        (false, _) => Some(words::ONLY_PRINCIPAL),
        (true, true) => Some(words::FIX_FIRST),
        (true, false) => None,
    };
    let onclick = {
        let (sender, cart) = (around.sender.clone(), cart.clone());
        Callback::from(move |_: MouseEvent| {
            let seen = |line: &CartLine| SubmittedDraft { order: line.order, version: line.version, price: line.price };
            sender.send(Call::to(cart.school.id).body(CartSubmission { orders: cart.lines.iter().map(seen).collect() }));
        })
    };
    html! {
        <Card title={words::TOTAL} subtitle={cart.school.name.clone()}>
            <div class="stack">
                <p class="price"><Money cents={cart.total} /></p>
                if let Some(budget) = &around.budget {
                    <p class="small muted">{ words::BEFORE_AFTER }</p>
                    <BudgetLine title={budget.school.name.clone()} parts={BudgetParts::of(&budget.total).with_cart(cart.total)} />
                }
                if let Some(cap) = cart.cap { <p class="small muted">{ words::buys_up_to(cap) }</p> }
                if let Some(failure) = around.sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                <Button kind={ButtonKind::Primary} wide=true busy={around.sender.busy()} refusal={refusal.map(AttrValue::from)} {onclick}>
                    { words::submit_sum(cart.total) }
                </Button>
            </div>
        </Card>
    }
}

fn approvals(cart: &CartView) -> Html {
    html! {
        <Card title={words::APPROVALS_AHEAD} flush=true>
            <ul class="work-list">{ for cart.approvals.iter().map(|group| forecast(group, &cart.usual)) }</ul>
        </Card>
    }
}

/// Who decides one after the other, each with the time that usually passes.
fn forecast(forecast: &ApprovalForecast, usual: &[UsualTime]) -> Html {
    let chip = |step: &PolicyStep| html! { <Chip tone={Tone::Info}>{ words::decider(step.role) }</Chip> };
    let time = |step: &PolicyStep| words::step_time(step, usual);
    let times: Vec<String> = forecast.steps.iter().map(time).collect();
    let seller = forecast.provider.as_ref().unwrap_or(&forecast.unit.name);
    html! {
        <li>
            <div>
                <span class="grow stack-tight">
                    <span>{ seller }</span>
                    <span class="tiny muted">{ &forecast.because }</span>
                    if !times.is_empty() { <span class="tiny muted">{ times.join(" · ") }</span> }
                </span>
                <span class="stack-tight right">
                    if forecast.steps.is_empty() { <Chip tone={Tone::Good}>{ words::AT_ONCE }</Chip> }
                    { for forecast.steps.iter().map(chip) }
                    <Money cents={forecast.sum} />
                </span>
            </div>
        </li>
    }
}
