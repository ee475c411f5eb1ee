//! The steps of an order's approval, with who decided for whom, and what the unit says beside them.

use shared::orders::api::{ApprovalStepView, OrderView};
use shared::orders::{ApprovalState, OrderState};
use shared::words::orders as words;
use yew::prelude::*;

use crate::ui::{Card, Mark, Notice, Step, Steps, Tone, When};

#[derive(Properties, PartialEq)]
pub struct ApprovalCardProps {
    pub order: std::rc::Rc<OrderView>,
}

/// Nothing where the policy approved at once.
#[component]
pub fn ApprovalCard(props: &ApprovalCardProps) -> Html {
    let order = &props.order;
    if order.approvals.is_empty() {
        return Html::default();
    }
    let steps: Vec<Step> = order.approvals.iter().map(step).collect();
    html! {
        <Card title={words::WHO_APPROVES}>
            <div class="stack">
                <Steps label={words::WHO_APPROVES} {steps} />
                if let Some(why) = &order.barred { <Notice tone={Tone::Warn}>{ why }</Notice> }
                if order.summary.state == OrderState::Submitted { { beside(order) } }
            </div>
        </Card>
    }
}

fn step(step: &ApprovalStepView) -> Step {
    let mark = match step.state {
        ApprovalState::Approved => Mark::Done,
        ApprovalState::Open | ApprovalState::Returned => Mark::Now,
        ApprovalState::Waiting | ApprovalState::Void => Mark::Open,
    };
    let by =
        step.decided_by.as_ref().map(|person| words::both_names(&person.name, step.acting_for.as_ref().map(|other| other.name.as_str())));
    let at = step.decided.or(step.due);
    let detail = html! {
        <span class="stack-tight tiny muted">
            <span>{ by.unwrap_or_else(|| words::approval_state(step.state).to_owned()) }</span>
            if let Some(at) = at { <When {at} /> }
        </span>
    };
    Step { mark, name: words::decider(step.role).into(), detail }
}

/// The unit looks at it while it is being approved.
fn beside(order: &OrderView) -> Html {
    let (tone, said) = if order.counter.is_some() {
        (Tone::Warn, words::NO_BUT)
    } else if order.available {
        (Tone::Good, words::CAN)
    } else {
        (Tone::Info, words::NOT_SAID_YET)
    };
    html! {
        <Notice {tone} title={words::BESIDE}>
            <span>{ said }</span>
            if let Some(at) = order.answer_due { <span class="tiny muted"><When {at} /></span> }
        </Notice>
    }
}
