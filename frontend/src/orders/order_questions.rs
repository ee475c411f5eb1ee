//! What the two sides of an order ask each other, each question with its owner and clock.

use std::rc::Rc;

use shared::error::FieldError;
use shared::orders::api::OrderView;
use shared::orders::questions::{AskInOrder, OrderQuestion, QuestionState, QuestionSummary, QuestionView};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::answer::{AnswerForm, question_chip, said};
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::route::Route;
use crate::ui::{Button, Card, Disclosure, ErrorSummary, TextArea, use_toasts};

#[derive(Properties, PartialEq)]
pub struct OrderQuestionsProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
    /// Asks for the order again: an answer lets a clock run on.
    pub onreload: Callback<()>,
}

/// Open questions first, with the form of whoever owes the answer; the form that asks behind a button.
#[component]
pub fn OrderQuestions(props: &OrderQuestionsProps) -> Html {
    let order = &props.order;
    if order.questions.is_empty() && !order.may_ask {
        return Html::default();
    }
    let mut questions: Vec<&QuestionSummary> =
        order.questions.iter().filter(|question| question.state != QuestionState::Withdrawn).collect();
    questions.sort_by_key(|question| (question.state != QuestionState::Open, std::cmp::Reverse(question.asked)));
    html! {
        <Card title={words::OPEN_QUESTIONS}>
            <div class="stack">
                { for questions.into_iter().map(|question| one(question, &props.onreload)) }
                if order.may_ask {
                    <Disclosure label={words::ASK_OTHER}>
                        <AskOther order={order.clone()} onchanged={props.onchanged.clone()} onreload={props.onreload.clone()} />
                    </Disclosure>
                }
            </div>
        </Card>
    }
}

fn one(question: &QuestionSummary, onreload: &Callback<()>) -> Html {
    let to = Route::Question { id: question.id.to_string() };
    html! {
        <article class="stack" key={question.id.to_string()}>
            <div class="row between wrap">{ question_chip(question) }<Link<Route> {to}>{ words::QUESTION }</Link<Route>></div>
            { said(question) }
            if question.may_answer {
                <AnswerForm question={question.clone()} onanswered={onreload.reform(|_: QuestionView| ())} />
            }
        </article>
    }
}

#[component]
fn AskOther(props: &OrderQuestionsProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("question", "")]);
    let sender = {
        let (onchanged, form) = (props.onchanged.clone(), form.clone());
        use_sender::<AskInOrder>(Callback::from(move |view| {
            form.reset(&[("question", "")]);
            toasts.say(words::ASKED_TOAST);
            onchanged.emit(view);
        }))
    };
    let form = form.showing(sender.failure()).labelled(&[("question", words::YOUR_QUESTION)]);
    let onsubmit = {
        let (form, sender, id) = (form.clone(), sender.clone(), props.order.summary.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = form.text("question").to_string();
            if text.trim().is_empty() {
                form.refuse(vec![FieldError::new("question", shared::text::TextError::Missing.message())]);
            } else {
                sender.send(Call::to(id).body(OrderQuestion { text }));
            }
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::ASK_OTHER}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <TextArea name="question" label={words::YOUR_QUESTION} hint={words::ASK_OTHER_HINT} rows=3 value={form.text("question")}
                oninput={form.typing("question")} error={form.error("question")} />
            <div class="actions"><Button submit=true busy={sender.busy()}>{ words::ASK }</Button></div>
        </form>
    }
}
