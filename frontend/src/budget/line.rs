//! One budget line: the bar, the rule, every movement named by its document, and the books' own rows.

use serde::{Deserialize, Serialize};
use shared::budget::api::{BooksRowView, BudgetLineDetail, GetBudgetLine, MovementView};
use shared::budget::{CauseKind, MoneyStates};
use shared::contract::Empty;
use shared::id::BudgetLineId;
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::words::budget::pages as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::rule_card::RuleCard;
use super::school::kind_chip;
use crate::address::{PathLink, use_query};
use crate::app::NotFoundPage;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    BudgetLine, BudgetPart, BudgetParts, Card, Choice, Column, Crumb, Disclosure, Money, Notice, PageHead, PrintButton, Row, Segments,
    SkeletonShape, Table, Tone, When, money_text,
};

/// Which state's movements are shown; empty for all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct LineQuery {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    state: String,
}

/// The states that can be asked about, by their name in the address.
const STATES: [(&str, &str); 5] = [
    ("given", words::GIVEN),
    ("spent", words::SPENT),
    ("committed", words::COMMITTED),
    ("awaiting", words::AWAITING),
    ("available", words::AVAILABLE),
];

fn part_of(money: &MoneyStates, state: &str) -> Cents {
    match state {
        "spent" => money.spent,
        "committed" => money.encumbered,
        "awaiting" => money.pre_encumbered,
        "available" => money.available,
        _ => money.allocated,
    }
}

const fn state_of(part: BudgetPart) -> &'static str {
    match part {
        BudgetPart::Spent => "spent",
        BudgetPart::Encumbered => "committed",
        BudgetPart::PreEncumbered => "awaiting",
        BudgetPart::Available | BudgetPart::Cart | BudgetPart::Held => "available",
    }
}

#[derive(Properties, PartialEq)]
pub struct BudgetLinePageProps {
    pub id: String,
}

/// The page at `/budget/lines/…`.
#[component]
pub fn BudgetLinePage(props: &BudgetLinePageProps) -> Html {
    let district = use_session().may(Permission::ViewDistrictBudget);
    let id = props.id.parse::<BudgetLineId>().ok();
    let detail = use_load_if::<GetBudgetLine>(id.map(|id| (id, Empty {})));
    if id.is_none() {
        return html! { <NotFoundPage /> };
    }
    let (title, crumb) = detail.data().map_or_else(
        || (AttrValue::from(words::BUDGET_TITLE), AttrValue::default()),
        |d| (words::line_title(&d.line.fund.title, &d.school.name).into(), d.line.fund.title.clone().into()),
    );
    let above = if district { Crumb::to(words::OFFICE_TITLE, Route::BudgetOffice) } else { Crumb::to(words::BUDGET_TITLE, Route::Budget) };
    let crumbs = vec![above, Crumb::here(crumb)];
    let lead = detail.data().map(|d| lead(d)).unwrap_or_default();
    html! {
        <>
            <PageHead {title} {lead} {crumbs} tools={html! { <PrintButton /> }} />
            { detail.draw(SkeletonShape::Page, |d| html! { <Content detail={(**d).clone()} /> }) }
        </>
    }
}

fn lead(detail: &BudgetLineDetail) -> Html {
    let school = format!("/budget?school={}&year={}", detail.school.id, detail.year.0);
    html! {
        <span class="row-tight">
            <PathLink to={school}>{ words::budget_of(&detail.school.name) }</PathLink>
            <span>{ detail.year.to_string() }</span>
            <span class="num">{ &detail.line.fund.code }</span>
            { kind_chip(detail.line.fund.kind) }
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    detail: BudgetLineDetail,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let detail = &props.detail;
    let (query, change) = use_query::<LineQuery>();
    let onpart = change.reform(|part: BudgetPart| LineQuery { state: state_of(part).to_owned() });
    let deficit = detail.line.opening_deficit;
    html! {
        <div class="stack-wide">
            <Card><BudgetLine title={detail.line.fund.title.clone()} parts={BudgetParts::of(&detail.line.money)} onpart={Some(onpart)} /></Card>
            if !deficit.is_zero() {
                <Notice tone={Tone::Warn} title={words::DEFICIT}>{ words::deficit_notice(&money_text(deficit)) }</Notice>
            }
            <Card title={words::MOVEMENTS_TITLE} subtitle={words::MOVEMENTS_LEAD} flush=true>
                <Movements movements={detail.movements.clone()} state={query.state.clone()} onstate={change.reform(|state: AttrValue| LineQuery { state: state.to_string() })} />
            </Card>
            <RuleCard fund={detail.line.fund.clone()} />
            if !detail.books.is_empty() {
                <Card title={words::BOOKS_TITLE} subtitle={words::BOOKS_LEAD} flush=true>{ books(&detail.books) }</Card>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct MovementsProps {
    movements: Vec<MovementView>,
    state: String,
    onstate: Callback<AttrValue>,
}

#[component]
fn Movements(props: &MovementsProps) -> Html {
    let district = use_session().may(Permission::ViewDistrictBudget);
    let columns = vec![
        Column::text("when", words::WHEN),
        Column::text("what", words::WHAT),
        Column::text("document", words::DOCUMENT),
        Column::text("by", words::BY),
        Column::amount("amount", words::AMOUNT),
    ];
    let shown: Vec<(&MovementView, Cents)> = props.movements.iter().map(|m| (m, shown_change(m, &props.state))).collect();
    let shown: Vec<(&MovementView, Cents)> = shown.into_iter().filter(|(_, sum)| props.state.is_empty() || !sum.is_zero()).collect();
    let total: Cents = shown.iter().map(|(_, sum)| *sum).sum();
    let rows = shown.iter().map(|(m, sum)| row(m, *sum, district)).collect::<Vec<_>>();
    let mut choices = vec![Choice::new("", words::EVERYTHING)];
    choices.extend(STATES.iter().map(|(value, label)| Choice::new(*value, *label)));
    let tools = html! {
        <Segments name="state" label={words::SHOW} value={props.state.clone()} {choices} onchange={props.onstate.clone()} />
    };
    let none = Html::default;
    let foot = (!props.state.is_empty())
        .then(|| vec![html! { words::TOTAL }, none(), none(), none(), html! { <Money cents={total} strong=true /> }]);
    html! { <Table caption={words::MOVEMENTS_TITLE} {columns} {rows} {foot} {tools} empty={words::NO_MOVEMENTS} /> }
}

/// What a movement did to the chosen state; with none chosen, its own largest step.
fn shown_change(movement: &MovementView, state: &str) -> Cents {
    if state.is_empty() {
        let steps = ["given", "spent", "committed", "awaiting"].map(|state| part_of(&movement.change, state));
        steps.into_iter().find(|step| !step.is_zero()).unwrap_or_default()
    } else {
        part_of(&movement.change, state)
    }
}

fn row(movement: &MovementView, sum: Cents, district: bool) -> Row {
    let title = html! { &movement.cause_title };
    let id = movement.cause_id.clone();
    let document = match movement.cause {
        CauseKind::Order | CauseKind::Delivery => html! { <Link<Route> to={Route::Order { id }}>{ title }</Link<Route>> },
        CauseKind::Import if district => html! { <Link<Route> to={Route::Import { id }}>{ title }</Link<Route>> },
        CauseKind::Import | CauseKind::Allocation => title,
    };
    let nobody = match movement.cause {
        CauseKind::Import | CauseKind::Allocation => words::COMMAND_LINE,
        CauseKind::Order | CauseKind::Delivery => words::BY_POLICY,
    };
    let by = movement.by.as_ref().map_or_else(|| nobody.to_owned(), |person| person.name.clone());
    let cells = vec![
        html! { <When at={movement.at} /> },
        html! { words::movement(movement.kind) },
        document,
        html! { by },
        html! { <Money cents={sum} /> },
    ];
    Row::new(movement.transfer.to_string(), cells)
}

fn books(rows: &[BooksRowView]) -> Html {
    let (own, others): (Vec<&BooksRowView>, Vec<&BooksRowView>) = rows.iter().partition(|row| row.discretionary);
    html! {
        <>
            { books_table(&own) }
            if !others.is_empty() {
                <div class="card-tools"><Disclosure label={words::NOT_YOURS}>{ books_table(&others) }</Disclosure></div>
            }
        </>
    }
}

fn books_table(rows: &[&BooksRowView]) -> Html {
    let columns = vec![
        Column::text("object", words::OBJECT),
        Column::text("function", words::FUNCTION),
        Column::amount("budget", words::BUDGET_AMOUNT),
        Column::amount("actual", words::ACTUAL),
    ];
    let cells = |row: &BooksRowView| {
        vec![
            html! { <>{ &row.object_title }{ " " }<span class="tiny muted num">{ &row.object }</span></> },
            html! { <span class="num">{ &row.function }</span> },
            html! { <Money cents={row.budget} /> },
            html! { <Money cents={row.actual} /> },
        ]
    };
    let lines = rows.iter().enumerate().map(|(at, row)| Row::new(at.to_string(), cells(row))).collect::<Vec<_>>();
    let sum = |of: fn(&BooksRowView) -> Cents| rows.iter().map(|row| of(row)).sum::<Cents>();
    let foot = vec![
        html! { words::TOTAL },
        Html::default(),
        html! { <Money cents={sum(|r| r.budget)} strong=true /> },
        html! { <Money cents={sum(|r| r.actual)} strong=true /> },
    ];
    html! { <Table caption={words::BOOKS_TITLE} {columns} rows={lines} foot={Some(foot)} /> }
}
