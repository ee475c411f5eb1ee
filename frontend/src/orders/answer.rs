//! A question as it stands on a page: who asked what, the answer, and the form of whoever owes it.

use shared::orders::questions::{AnswerQuestion, AnswerView, NewAnswer, QuestionState, QuestionSummary, QuestionView};
use shared::words::orders as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::ui::{Button, ButtonKind, Checkbox, Chip, ErrorSummary, TextArea, Tone, When, use_toasts};

/// Where a question stands, as a chip.
pub fn question_chip(question: &QuestionSummary) -> Html {
    let no = question.answer.as_ref().is_some_and(|answer| answer.refused);
    let (tone, word) = match question.state {
        QuestionState::Open => (Tone::Info, question.state.title()),
        QuestionState::Answered if no => (Tone::Warn, words::ANSWERED_NO),
        QuestionState::Answered => (Tone::Good, question.state.title()),
        QuestionState::Withdrawn => (Tone::Plain, question.state.title()),
    };
    html! { <Chip {tone}>{ word }</Chip> }
}

/// What was asked, by whom and until when, and what was answered.
pub fn said(question: &QuestionSummary) -> Html {
    let from = match question.side {
        shared::orders::questions::Side::School => &question.school.name,
        shared::orders::questions::Side::Unit => &question.unit.name,
    };
    html! {
        <div class="stack-tight">
            <p class="measure fact-detail"><q>{ &question.text }</q></p>
            <p class="tiny muted">{ words::asks(from, &question.asked_by.name) }{ " · " }<When at={question.asked} /></p>
            if question.state == QuestionState::Open {
                <p class="small">
                    { words::owes_answer(&question.owner) }{ " · " }{ words::ANSWER_DUE }{ " " }<When at={question.due} />
                    if let Some(climbed) = &question.climbed_to { { " · " }{ words::climbed_to(climbed) } }
                </p>
            }
            if let Some(answer) = &question.answer { { answered(answer) } }
        </div>
    }
}

fn answered(answer: &AnswerView) -> Html {
    let by = match &answer.on_behalf_of {
        Some(absent) => words::by_for(&answer.by.name, &absent.name),
        None => answer.by.name.clone(),
    };
    html! {
        <div class="offer now">
            <p class="measure fact-detail">{ &answer.text }</p>
            if answer.refused { <p><b>{ words::INSTEAD }{ ": " }</b>{ &answer.instead }</p> }
            <p class="tiny muted">
                { by }{ " · " }<When at={answer.at} />
                if answer.late { { " · " }{ words::WAS_LATE } }
            </p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct AnswerFormProps {
    pub question: QuestionSummary,
    pub onanswered: Callback<QuestionView>,
}

const LABELS: &[(&str, &str)] = &[("text", words::YOUR_ANSWER), ("instead", words::INSTEAD)];

/// The answer; a no takes its “but”.
#[component]
pub fn AnswerForm(props: &AnswerFormProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("text", ""), ("instead", ""), ("refused", "")]);
    let onanswered = props.onanswered.clone();
    let sender = use_sender::<AnswerQuestion>(Callback::from(move |view| {
        toasts.say(words::ANSWERED_TOAST);
        onanswered.emit(view);
    }));
    let form = form.showing(sender.failure()).labelled(LABELS);
    let refused = form.is_on("refused");
    let onsubmit = {
        let (form, sender, id, version) = (form.clone(), sender.clone(), props.question.id, props.question.version);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (text, instead) = (form.text("text").to_string(), form.text("instead").to_string());
            let body = NewAnswer { version, text, refused: form.is_on("refused"), instead };
            match shared::orders::questions::check_answer(&body) {
                Ok(body) => sender.send(Call::to(id).body(body)),
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::YOUR_ANSWER}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <TextArea name="text" label={words::YOUR_ANSWER} rows=3 value={form.text("text")} oninput={form.typing("text")} error={form.error("text")} />
            <Checkbox name="refused" label={words::IT_IS_A_NO} checked={refused} onchange={form.switching("refused")} />
            if refused {
                <TextArea name="instead" label={words::INSTEAD} rows=2 value={form.text("instead")} oninput={form.typing("instead")}
                    error={form.error("instead")} />
            }
            <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::SEND_ANSWER }</Button></div>
        </form>
    }
}
