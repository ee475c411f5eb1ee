//! The budget office's tables: by fund, by school, and the exception register.

use shared::budget::MoneyStates;
use shared::budget::api::{ExceptionView, FundTotal, ListExceptions, SchoolTotal, YearQuery};
use shared::fiscal::FiscalYear;
use shared::money::Cents;
use shared::words::budget::pages as words;
use yew::prelude::*;

use super::school::kind_chip;
use crate::address::PathLink;
use crate::load::use_load;
use crate::ui::{
    BudgetLine, BudgetLineSize, BudgetParts, Card, Chip, Column, Direction, Money, Row, SkeletonShape, Sort, Table, Tone, When,
};

fn columns(first: Column) -> Vec<Column> {
    vec![
        first.sortable(),
        Column::text("line", words::WHERE_IT_STANDS),
        Column::amount("given", words::GIVEN).sortable(),
        Column::amount("spent", words::SPENT).sortable(),
        Column::amount("committed", words::COMMITTED).sortable(),
        Column::amount("awaiting", words::AWAITING).sortable(),
        Column::amount("available", words::AVAILABLE).sortable(),
        Column::amount("deficit", words::DEFICIT).sortable(),
    ]
}

/// One row before it is drawn: what it is sorted by, and its head.
struct Line {
    key: String,
    name: String,
    head: Html,
    money: MoneyStates,
    deficit: Cents,
}

fn sum_of(line: &Line, column: &str) -> Cents {
    match column {
        "given" => line.money.allocated,
        "spent" => line.money.spent,
        "committed" => line.money.encumbered,
        "awaiting" => line.money.pre_encumbered,
        "available" => line.money.available,
        _ => line.deficit,
    }
}

fn sorted(mut lines: Vec<Line>, sort: &Sort) -> Vec<Line> {
    if matches!(sort.column.as_str(), "fund" | "school") {
        lines.sort_by(|a, b| a.name.cmp(&b.name));
    } else {
        lines.sort_by_key(|line| sum_of(line, &sort.column));
    }
    if sort.direction == Direction::Down {
        lines.reverse();
    }
    lines
}

fn drawn(line: Line) -> Row {
    let amount = |cents| html! { <Money {cents} /> };
    let m = line.money;
    let bar = html! { <BudgetLine title={line.name} parts={BudgetParts::of(&m)} size={BudgetLineSize::Small} /> };
    let cells = vec![
        line.head,
        bar,
        amount(m.allocated),
        amount(m.spent),
        amount(m.encumbered),
        amount(m.pre_encumbered),
        amount(m.available),
        amount(line.deficit),
    ];
    Row::new(line.key, cells)
}

fn foot(total: &MoneyStates, deficit: Cents) -> Vec<Html> {
    let sums = [total.allocated, total.spent, total.encumbered, total.pre_encumbered, total.available, deficit];
    let mut cells = vec![html! { words::TOTAL }, Html::default()];
    cells.extend(sums.into_iter().map(|cents| html! { <Money {cents} strong=true /> }));
    cells
}

#[derive(Properties, PartialEq)]
pub struct FundsTabProps {
    pub funds: Vec<FundTotal>,
    pub total: MoneyStates,
}

/// Each fund over all schools.
#[component]
pub fn FundsTab(props: &FundsTabProps) -> Html {
    let (sort, onsort) = use_sort("fund");
    let line = |f: &FundTotal| Line {
        key: f.fund.id.to_string(),
        name: f.fund.code.clone(),
        head: html! {
            <div class="stack-tight">
                <span>{ &f.fund.title }</span>
                <span class="row-tight"><span class="tiny muted num">{ &f.fund.code }</span>{ kind_chip(f.fund.kind) }</span>
            </div>
        },
        money: f.money,
        deficit: f.opening_deficit,
    };
    let rows = sorted(props.funds.iter().map(line).collect(), &sort).into_iter().map(drawn).collect::<Vec<_>>();
    let deficit = props.funds.iter().map(|f| f.opening_deficit).sum();
    html! {
        <Card flush=true>
            <Table caption={words::TAB_FUNDS} columns={columns(Column::text("fund", words::FUND))} {rows} sort={Some(sort)} {onsort}
                foot={Some(foot(&props.total, deficit))} tall=true />
        </Card>
    }
}

#[derive(Properties, PartialEq)]
pub struct SchoolsTabProps {
    pub schools: Vec<SchoolTotal>,
    pub total: MoneyStates,
    pub year: FiscalYear,
}

/// Each school over all funds; opens its budget.
#[component]
pub fn SchoolsTab(props: &SchoolsTabProps) -> Html {
    let (sort, onsort) = use_sort("school");
    let line = |s: &SchoolTotal| Line {
        key: s.school.id.to_string(),
        name: s.school.name.clone(),
        head: html! {
            <div class="stack-tight">
                <PathLink to={format!("/budget?school={}&year={}", s.school.id, props.year.0)}>{ &s.school.name }</PathLink>
                <span class="tiny muted num">{ &s.code }</span>
            </div>
        },
        money: s.money,
        deficit: s.opening_deficit,
    };
    let rows = sorted(props.schools.iter().map(line).collect(), &sort).into_iter().map(drawn).collect::<Vec<_>>();
    let deficit = props.schools.iter().map(|s| s.opening_deficit).sum();
    html! {
        <Card flush=true>
            <Table caption={words::TAB_SCHOOLS} columns={columns(Column::text("school", words::SCHOOL))} {rows} sort={Some(sort)} {onsort}
                foot={Some(foot(&props.total, deficit))} tall=true />
        </Card>
    }
}

#[hook]
fn use_sort(first: &'static str) -> (Sort, Callback<Sort>) {
    let sort = use_state(|| Sort { column: first.into(), direction: Direction::Up });
    let onsort = {
        let sort = sort.clone();
        Callback::from(move |next| sort.set(next))
    };
    ((*sort).clone(), onsort)
}

#[derive(Properties, PartialEq)]
pub struct ExceptionsTabProps {
    pub year: FiscalYear,
}

/// The register of one year: open ones first.
#[component]
pub fn ExceptionsTab(props: &ExceptionsTabProps) -> Html {
    let exceptions = use_load::<ListExceptions>((), YearQuery { year: Some(props.year) });
    html! {
        <Card title={words::TAB_EXCEPTIONS} subtitle={words::EXCEPTIONS_LEAD} flush=true>
            { exceptions.draw(SkeletonShape::Lines, |all| {
                let columns = vec![
                    Column::text("school", words::SCHOOL),
                    Column::text("fund", words::FUND),
                    Column::text("kind", words::KIND),
                    Column::amount("amount", words::AMOUNT),
                    Column::text("reason", words::REASON),
                    Column::text("opened", words::OPENED),
                    Column::text("state", words::STATE),
                ];
                let rows = all.iter().map(exception_row).collect::<Vec<_>>();
                html! { <Table caption={words::TAB_EXCEPTIONS} {columns} {rows} empty={words::NO_EXCEPTIONS} tall=true /> }
            }) }
        </Card>
    }
}

fn exception_row(e: &ExceptionView) -> Row {
    let state = match e.closed {
        None => html! { <Chip tone={Tone::Warn}>{ words::OPEN }</Chip> },
        Some(at) => html! { <span class="row-tight"><Chip tone={Tone::Good}>{ words::CLOSED }</Chip><When {at} /></span> },
    };
    let cells = vec![
        html! { <PathLink to={format!("/budget?school={}&year={}", e.school.id, e.year.0)}>{ &e.school.name }</PathLink> },
        html! { <>{ &e.fund_title }{ " " }<span class="tiny muted num">{ &e.fund_code }</span></> },
        html! { words::exception(e.kind) },
        html! { <Money cents={e.amount} /> },
        html! { <span class="small">{ &e.reason }</span> },
        html! { <When at={e.opened} /> },
        state,
    ];
    Row::new(e.id.to_string(), cells)
}
