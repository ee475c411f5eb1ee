//! My schools: money, pace, what waits, goals that nothing serves; each leads to the school.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::orders::api::GetMySchools;
use shared::orders::support::{MySchools, PaceVerdict, SupportedSchool};
use shared::words::orders::support as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::load::use_load;
use crate::route::Route;
use crate::ui::{
    BudgetLine, BudgetLineSize, BudgetParts, Card, Chip, Column, Empty, IconName, PageHead, PrintButton, Row, SkeletonShape, Table, Tone,
};

/// The schools of the caller's networks.
#[component]
pub fn MySchoolsPage() -> Html {
    let schools = use_load::<GetMySchools>((), NoQuery {});
    let navigator = use_navigator();
    let open = Callback::from(move |id: String| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::MySchool { id });
        }
    });
    html! {
        <>
            <PageHead title={words::MY_SCHOOLS} lead={html! { words::MY_SCHOOLS_LEAD }} tools={html! { <PrintButton /> }} />
            { schools.draw(SkeletonShape::Page, |schools| table(schools, &open)) }
        </>
    }
}

fn table(view: &Rc<MySchools>, open: &Callback<String>) -> Html {
    if view.schools.is_empty() {
        return html! { <Empty title={words::NO_SCHOOLS} text={words::NO_SCHOOLS_TEXT} icon={IconName::School} /> };
    }
    let columns = vec![
        Column::text("school", words::SCHOOL),
        Column::text("money", words::MONEY),
        Column::text("pace", words::PACE),
        Column::text("waiting", words::WAITING_ORDERS),
        Column::text("goals", words::UNSERVED),
        Column::amount("suggested", words::SUGGESTED),
    ];
    let rows = view.schools.iter().map(|school| row(school, open)).collect::<Vec<_>>();
    html! { <Card flush=true><Table caption={words::MY_SCHOOLS} {columns} {rows} /></Card> }
}

fn row(school: &SupportedSchool, open: &Callback<String>) -> Row {
    let id = school.school.id.to_string();
    let cells = vec![
        html! {
            <span class="stack-tight">
                <Link<Route> to={Route::MySchool { id: id.clone() }}>{ &school.school.name }</Link<Route>>
                <span class="tiny muted">{ &school.network }</span>
            </span>
        },
        html! { <BudgetLine title={school.school.name.clone()} parts={BudgetParts::of(&school.money)} size={BudgetLineSize::Small} /> },
        pace(school),
        html! { <>{ words::waiting_words(school) }if school.late > 0 { { " " }<Chip tone={Tone::Warn}>{ school.late }</Chip> }</> },
        html! {
            if school.unserved.is_empty() { <span class="muted">{ "–" }</span> } else {
                <ul class="stack-tight small">{ for school.unserved.iter().map(|goal| html! { <li>{ words::unserved_words(goal) }</li> }) }</ul>
            }
        },
        html! { school.suggested },
    ];
    Row::new(id.clone(), cells).opens(open.reform(move |()| id.clone()))
}

/// The pace as a chip and its two figures.
pub fn pace(school: &SupportedSchool) -> Html {
    let tone = match school.pace.verdict {
        PaceVerdict::Behind | PaceVerdict::Ahead => Tone::Warn,
        PaceVerdict::Even => Tone::Good,
    };
    html! {
        <span class="stack-tight">
            <Chip {tone}>{ school.pace.verdict.title() }</Chip>
            <span class="tiny muted num">{ words::pace_words(&school.pace) }</span>
        </span>
    }
}
