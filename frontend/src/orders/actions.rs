//! What the caller may do now: a button for each action that the server offers, and the dialog behind it.

use std::rc::Rc;

use shared::orders::api::{
    ApproveOrder, CancelOrder, CartView, CommentOrder, DraftEdit, EditDraft, OrderAction, OrderReason, OrderVersion, OrderView,
    ReturnOrder, WithdrawOrder,
};
use shared::time::Date;
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::counter_form::CounterDialog;
use super::dialogs::{AcceptDialog, CloseDialog, LogDialog};
use crate::api::{Call, Failure};
use crate::form::{use_form, use_sender};
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Dialog, ErrorSummary, Notice, TextArea, Tone};

#[derive(Properties, PartialEq)]
pub struct ActionsProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
}

/// The buttons; one of them may have its dialog open.
#[component]
pub fn Actions(props: &ActionsProps) -> Html {
    let order = &props.order;
    let (id, version) = (order.summary.id, order.version);
    let today = use_session().view().map(|view| view.district.today);
    let open = use_state(|| None::<OrderAction>);
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let changed = {
        let (onchanged, close) = (props.onchanged.clone(), close.clone());
        Callback::from(move |view: OrderView| {
            close.emit(());
            onchanged.emit(view);
        })
    };
    let approver = use_sender::<ApproveOrder>(changed.clone());
    let navigator = use_navigator();
    let reviser = use_sender::<EditDraft>(Callback::from(move |_: CartView| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Cart);
        }
    }));
    let onact = {
        let (open, approver, reviser, order) = (open.clone(), approver.clone(), reviser.clone(), order.clone());
        Callback::from(move |action: OrderAction| match action {
            OrderAction::Approve => approver.send(Call::to(id).body(OrderVersion { version })),
            OrderAction::Edit => reviser.send(Call::to(id).body(as_draft(&order, today))),
            OrderAction::Return
            | OrderAction::Accept
            | OrderAction::Counter
            | OrderAction::Take
            | OrderAction::Withdraw
            | OrderAction::Cancel
            | OrderAction::LogDelivery
            | OrderAction::Close
            | OrderAction::Comment => open.set(Some(action)),
        })
    };
    // An alternative is taken beside its offer.
    let offered: Vec<OrderAction> = order.actions.iter().copied().filter(|action| *action != OrderAction::Take).collect();
    html! {
        <div class="stack">
            if let Some(failure) = reviser.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            if let Some(failure) = approver.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            if offered.iter().all(|action| *action == OrderAction::Comment) { <p class="small muted">{ words::NOTHING_TO_DO }</p> }
            { for offered.into_iter().enumerate().map(|(at, action)| button(at, action, approver.busy(), &onact)) }
            { dialog(*open, order, &changed, &close) }
        </div>
    }
}

/// The returned order as a draft, with the split proposed anew; a start that has passed becomes today.
fn as_draft(order: &OrderView, today: Option<Date>) -> DraftEdit {
    let start = today.map_or(order.summary.start, |today| order.summary.start.max(today));
    DraftEdit {
        version: order.version,
        quantity: order.quantity,
        start,
        goal: order.goal_id,
        split: None,
        note: order.note.clone(),
        choices: order.choices.clone(),
    }
}

fn button(at: usize, action: OrderAction, busy: bool, onact: &Callback<OrderAction>) -> Html {
    let kind = match action {
        OrderAction::Comment => ButtonKind::Quiet,
        OrderAction::Cancel | OrderAction::Withdraw => ButtonKind::Danger,
        OrderAction::Approve
        | OrderAction::Edit
        | OrderAction::Return
        | OrderAction::Accept
        | OrderAction::Counter
        | OrderAction::Take
        | OrderAction::LogDelivery
        | OrderAction::Close => {
            if at == 0 {
                ButtonKind::Primary
            } else {
                ButtonKind::Normal
            }
        }
    };
    let busy = busy && action == OrderAction::Approve;
    let onclick = onact.reform(move |_: MouseEvent| action);
    html! { <Button {kind} wide=true {busy} {onclick}>{ words::action_title(action) }</Button> }
}

fn dialog(open: Option<OrderAction>, order: &Rc<OrderView>, changed: &Callback<OrderView>, close: &Callback<()>) -> Html {
    let (order, onchanged, onclose) = (order.clone(), changed.clone(), close.clone());
    match open {
        Some(action @ (OrderAction::Return | OrderAction::Withdraw | OrderAction::Cancel | OrderAction::Comment)) => {
            html! { <Reasoned {action} {order} {onchanged} {onclose} /> }
        }
        Some(OrderAction::Accept) => html! { <AcceptDialog {order} {onchanged} {onclose} /> },
        Some(OrderAction::Counter) => html! { <CounterDialog {order} {onchanged} {onclose} /> },
        Some(OrderAction::LogDelivery) => html! { <LogDialog {order} {onchanged} {onclose} /> },
        Some(OrderAction::Close) => html! { <CloseDialog {order} {onchanged} {onclose} /> },
        Some(OrderAction::Edit | OrderAction::Approve | OrderAction::Take) | None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct ReasonedProps {
    action: OrderAction,
    order: Rc<OrderView>,
    onchanged: Callback<OrderView>,
    onclose: Callback<()>,
}

/// Actions that need nothing but words.
#[component]
fn Reasoned(props: &ReasonedProps) -> Html {
    let (id, version) = (props.order.summary.id, props.order.version);
    let returner = use_sender::<ReturnOrder>(props.onchanged.clone());
    let withdrawer = use_sender::<WithdrawOrder>(props.onchanged.clone());
    let canceller = use_sender::<CancelOrder>(props.onchanged.clone());
    let commenter = use_sender::<CommentOrder>(props.onchanged.clone());
    let (busy, failure) = match props.action {
        OrderAction::Return => (returner.busy(), returner.failure().cloned()),
        OrderAction::Withdraw => (withdrawer.busy(), withdrawer.failure().cloned()),
        OrderAction::Cancel => (canceller.busy(), canceller.failure().cloned()),
        OrderAction::Edit
        | OrderAction::Approve
        | OrderAction::Accept
        | OrderAction::Counter
        | OrderAction::Take
        | OrderAction::LogDelivery
        | OrderAction::Close
        | OrderAction::Comment => (commenter.busy(), commenter.failure().cloned()),
    };
    let onsend = {
        let action = props.action;
        Callback::from(move |text: String| {
            let body = OrderReason { version, reason: text.clone() };
            match action {
                OrderAction::Return => returner.send(Call::to(id).body(body)),
                OrderAction::Withdraw => withdrawer.send(Call::to(id).body(body)),
                OrderAction::Cancel => canceller.send(Call::to(id).body(body)),
                OrderAction::Comment => commenter.send(Call::to(id).body(shared::orders::api::Comment { text })),
                OrderAction::Edit
                | OrderAction::Approve
                | OrderAction::Accept
                | OrderAction::Counter
                | OrderAction::Take
                | OrderAction::LogDelivery
                | OrderAction::Close => {}
            }
        })
    };
    let (label, hint) =
        if props.action == OrderAction::Comment { (words::MESSAGE, words::MESSAGE_HINT) } else { (words::REASON, words::REASON_HINT) };
    html! { <ReasonDialog title={words::action_question(props.action)} {label} {hint} {busy} {failure} onclose={props.onclose.clone()} {onsend} /> }
}

#[derive(Properties, PartialEq)]
pub struct ReasonDialogProps {
    pub title: AttrValue,
    #[prop_or(AttrValue::Static(words::REASON))]
    pub label: AttrValue,
    #[prop_or(AttrValue::Static(words::REASON_HINT))]
    pub hint: AttrValue,
    pub busy: bool,
    pub failure: Option<Failure>,
    pub onclose: Callback<()>,
    pub onsend: Callback<String>,
}

/// Asks for words and sends them.
#[component]
pub fn ReasonDialog(props: &ReasonDialogProps) -> Html {
    let form = use_form(&[("reason", "")]).showing(props.failure.as_ref());
    let onsubmit = {
        let (form, onsend) = (form.clone(), props.onsend.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onsend.emit(form.text("reason").to_string());
        })
    };
    let error = form.error("reason").or_else(|| form.error("text"));
    html! {
        <Dialog open=true title={props.title.clone()} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextArea name="reason" label={props.label.clone()} hint={props.hint.clone()} value={form.text("reason")} oninput={form.typing("reason")}
                    {error} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={props.busy}>{ words::SEND }</Button></div>
            </form>
        </Dialog>
    }
}
