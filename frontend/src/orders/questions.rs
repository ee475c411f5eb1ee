//! All questions within the caller's scope: words, state, pages by cursor; the address holds the filter.

use std::rc::Rc;

use shared::orders::questions::{ListQuestions, QuestionFilter, QuestionState, QuestionSummary};
use shared::page::Page;
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::answer::question_chip;
use crate::address::use_query;
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Card, Chip, Choice, Column, Empty, IconName, PageHead, Pager, PrintButton, Row, SearchBox, Select, SkeletonShape, Table, Tone, When,
};

/// A question's text in a list.
const SHORT: usize = 120;

/// The list with its filter.
#[component]
pub fn QuestionsPage() -> Html {
    let (filter, change) = use_query::<QuestionFilter>();
    let questions = use_load::<ListQuestions>((), filter.clone());
    let navigator = use_navigator();
    let is_unit = use_session().unit().is_some();
    let typed = use_state(|| AttrValue::from(filter.words.clone().unwrap_or_default()));
    let onsearch = {
        let (filter, change) = (filter.clone(), change.clone());
        Callback::from(move |text: String| {
            let words = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            change.emit(QuestionFilter { words, after: None, ..filter.clone() });
        })
    };
    let onstate = {
        let (filter, change) = (filter.clone(), change.clone());
        Callback::from(move |name: String| {
            change.emit(QuestionFilter { state: QuestionState::parse(&name), after: None, ..filter.clone() })
        })
    };
    let onpage = {
        let filter = filter.clone();
        change.reform(move |after: Option<String>| QuestionFilter { after, ..filter.clone() })
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(text.into()))
    };
    let open = Callback::from(move |id: String| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Question { id });
        }
    });
    let states = std::iter::once(Choice::new("", words::ANY_QUESTION));
    let states: Vec<Choice> = states.chain(QuestionState::ALL.iter().map(|state| Choice::new(state.name(), state.title()))).collect();
    html! {
        <>
            <PageHead title={words::QUESTIONS} lead={html! { words::QUESTIONS_LEAD }} tools={html! { <PrintButton /> }} />
            <div class="stack">
                <div class="row wrap orders-filter">
                    <SearchBox id="questions-search" full=true label={words::FIND_QUESTION} value={(*typed).clone()} {oninput} {onsearch} />
                    <Select name="state" label={words::STATE} value={filter.state.map_or("", QuestionState::name)} choices={states} onchange={onstate} />
                </div>
                { questions.draw(SkeletonShape::Blocks, |page| table(page, (&filter, is_unit), &onpage, &open)) }
            </div>
        </>
    }
}

fn table(
    page: &Rc<Page<QuestionSummary>>,
    (filter, is_unit): (&QuestionFilter, bool),
    onpage: &Callback<Option<String>>,
    open: &Callback<String>,
) -> Html {
    if page.items.is_empty() && filter.after.is_none() {
        let unasked = is_unit && filter.words.is_none() && filter.state.is_none();
        let text = if unasked { words::NO_QUESTIONS_UNIT } else { words::NO_QUESTIONS };
        return html! { <Card><Empty title={words::QUESTIONS} {text} icon={IconName::MessageSquare} /></Card> };
    }
    let columns = vec![
        Column::text("question", words::QUESTION),
        Column::text("school", words::SCHOOL),
        Column::text("unit", words::UNIT),
        Column::text("state", words::STATE),
        Column::text("asked", words::ASKED),
        Column::text("due", words::ANSWER_DUE),
    ];
    let rows: Vec<Row> = page.items.iter().map(|question| row(question, open)).collect();
    html! {
        <>
            <Card flush=true><Table caption={words::QUESTIONS} {columns} {rows} empty={words::NO_QUESTIONS} /></Card>
            <Pager shown={page.items.len()} next={page.next.clone().map(AttrValue::from)} later={filter.after.is_some()}
                onpage={onpage.reform(|after: Option<AttrValue>| after.map(|after| after.to_string()))} />
        </>
    }
}

fn row(question: &QuestionSummary, open: &Callback<String>) -> Row {
    let id = question.id.to_string();
    let to = Route::Question { id: id.clone() };
    let about = question.order.map_or_else(|| question.service_title.clone(), |order| words::order_title(order.number));
    let cells = vec![
        html! {
            <span class="stack-tight">
                <Link<Route> {to}>{ words::shortened(&question.text, SHORT) }</Link<Route>>
                if !about.is_empty() { <span class="tiny muted">{ about }</span> }
            </span>
        },
        html! { &question.school.name },
        html! { &question.unit.name },
        html! {
            <span class="row-tight">
                { question_chip(question) }
                if question.published { <Chip tone={Tone::Board}>{ words::PUBLISHED }</Chip> }
            </span>
        },
        html! { <When at={question.asked} /> },
        html! { if question.answer.is_none() { <When at={question.due} /> } },
    ];
    Row::new(id.clone(), cells).opens(open.reform(move |()| id.clone()))
}
