//! My school's budget: the large budget line, then each fund with its own; every number opens.

use serde::{Deserialize, Serialize};
use shared::budget::FundKind;
use shared::budget::api::{BudgetLineView, GetSchoolBudget, SchoolBudget, YearQuery};
use shared::fiscal::FiscalYear;
use shared::id::SchoolId;
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::words::budget::pages as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::plan::PlanCard;
use super::year::YearSelect;
use crate::address::use_query;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    BudgetLine, BudgetLineSize, BudgetPart, BudgetParts, ButtonKind, ButtonLink, Card, Chip, Column, CopyLink, Crumb, Direction, Empty,
    Facts, IconName, Money, Notice, PageHead, PrintButton, Row, SkeletonShape, Sort, Table, Tone, Why, money_text,
};

/// Which school and year; a district role names the school, a principal's own is the default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BudgetQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// The page at `/budget`.
#[component]
pub fn BudgetPage() -> Html {
    let session = use_session();
    let (query, change) = use_query::<BudgetQuery>();
    let named = query.school.as_ref().and_then(|text| text.parse::<SchoolId>().ok());
    let school = named.or_else(|| session.school().map(|school| school.id));
    let year = query.year.map(FiscalYear);
    let budget = use_load_if::<GetSchoolBudget>(school.map(|school| (school, YearQuery { year })));
    {
        let reload = budget.reload.clone();
        use_effect_with(session.money_turn, move |turn| {
            if *turn > 0 {
                reload.emit(());
            }
        });
    }
    if school.is_none() {
        return html! {
            <>
                <PageHead title={words::BUDGET_TITLE} />
                <Empty title={words::NO_SCHOOL_TITLE} text={words::NO_SCHOOL_TEXT} icon={IconName::School}>
                    <ButtonLink to={Route::BudgetOffice} kind={ButtonKind::Primary}>{ words::TO_BUDGET_OFFICE }</ButtonLink>
                </Empty>
            </>
        };
    }
    let onyear = {
        let query = query.clone();
        change.reform(move |year: FiscalYear| BudgetQuery { year: Some(year.0), ..query.clone() })
    };
    let title = budget.data().map_or_else(|| AttrValue::from(words::BUDGET_TITLE), |b| words::budget_of(&b.school.name).into());
    let crumbs = if session.may(Permission::ViewDistrictBudget) {
        vec![Crumb::to(words::OFFICE_TITLE, Route::BudgetOffice), Crumb::here(title.clone())]
    } else {
        Vec::new()
    };
    let lead = budget.data().map(|b| lead(b)).unwrap_or_default();
    let tools = html! { <><CopyLink /><PrintButton /></> };
    html! {
        <>
            <PageHead {title} {lead} {crumbs} {tools} />
            { budget.draw(SkeletonShape::Page, |b| html! { <Content budget={(**b).clone()} {onyear} /> }) }
        </>
    }
}

fn lead(budget: &SchoolBudget) -> Html {
    let as_of = budget.books_as_of.map(|day| format!(" · {}", words::as_of(&day.to_words()))).unwrap_or_default();
    html! { <>{ budget.year.to_string() }{ as_of }</> }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    budget: SchoolBudget,
    onyear: Callback<FiscalYear>,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let budget = &props.budget;
    let sort = use_state(|| Sort { column: "fund".into(), direction: Direction::Up });
    let onsort = {
        let sort = sort.clone();
        Callback::from(move |next: Sort| sort.set(next))
    };
    // Asked about a part of the whole, the funds that make it up come first.
    let onpart = onsort.reform(|part: BudgetPart| Sort { column: column_of(part).into(), direction: Direction::Down });
    let year = html! { <YearSelect year={budget.year} years={budget.years.clone()} onyear={props.onyear.clone()} /> };
    if budget.lines.is_empty() {
        return html! {
            <div class="stack-wide">
                { year }
                <Card><Empty title={words::NO_LINES_TITLE} text={words::NO_LINES_TEXT} icon={IconName::Wallet} /></Card>
            </div>
        };
    }
    html! {
        <div class="stack-wide">
            <Card title={words::ALL_FUNDS} actions={year}>
                <div class="stack">
                    <BudgetLine title={budget.school.name.clone()} parts={BudgetParts::of(&budget.total)} onpart={Some(onpart)} />
                    <Why label={words::WHY_THESE}>
                        <Facts facts={words::MEANINGS.iter().map(|(name, text)| (AttrValue::from(*name), html! { *text })).collect::<Vec<_>>()} />
                    </Why>
                </div>
            </Card>
            if !budget.opening_deficit.is_zero() {
                <Notice tone={Tone::Warn} title={words::DEFICIT}>{ words::deficit_notice(&money_text(budget.opening_deficit)) }</Notice>
            }
            <Card title={words::LINES_TITLE} subtitle={words::LINES_LEAD} flush=true>{ lines(budget, &sort, onsort) }</Card>
            <PlanCard school={budget.school.id} year={budget.year} funds={budget.lines.iter().map(|l| l.fund.clone()).collect::<Vec<_>>()} />
        </div>
    }
}

/// The column of the table that a part of the bar stands in.
const fn column_of(part: BudgetPart) -> &'static str {
    match part {
        BudgetPart::Spent => "spent",
        BudgetPart::Encumbered => "committed",
        BudgetPart::PreEncumbered => "awaiting",
        BudgetPart::Available | BudgetPart::Cart | BudgetPart::Held => "available",
    }
}

fn sum_of(line: &BudgetLineView, column: &str) -> Cents {
    match column {
        "spent" => line.money.spent,
        "committed" => line.money.encumbered,
        "awaiting" => line.money.pre_encumbered,
        "available" => line.money.available,
        _ => line.money.allocated,
    }
}

fn lines(budget: &SchoolBudget, sort: &Sort, onsort: Callback<Sort>) -> Html {
    let columns = vec![
        Column::text("fund", words::FUND).sortable(),
        Column::text("kind", words::KIND),
        Column::text("line", words::WHERE_IT_STANDS),
        Column::amount("given", words::GIVEN).sortable(),
        Column::amount("spent", words::SPENT).sortable(),
        Column::amount("committed", words::COMMITTED).sortable(),
        Column::amount("awaiting", words::AWAITING).sortable(),
        Column::amount("available", words::AVAILABLE).sortable(),
    ];
    let total = budget.total;
    let money = |cents| html! { <Money {cents} strong=true /> };
    let foot = vec![
        html! { words::TOTAL },
        Html::default(),
        Html::default(),
        money(total.allocated),
        money(total.spent),
        money(total.encumbered),
        money(total.pre_encumbered),
        money(total.available),
    ];
    let mut lines: Vec<&BudgetLineView> = budget.lines.iter().collect();
    if sort.column.as_str() == "fund" {
        lines.sort_by(|a, b| a.fund.code.cmp(&b.fund.code));
    } else {
        lines.sort_by_key(|line| sum_of(line, &sort.column));
    }
    if sort.direction == Direction::Down {
        lines.reverse();
    }
    let rows = lines.into_iter().map(row).collect::<Vec<_>>();
    html! { <Table caption={words::LINES_TITLE} {columns} {rows} sort={Some(sort.clone())} {onsort} foot={Some(foot)} /> }
}

fn row(line: &BudgetLineView) -> Row {
    let route = Route::BudgetLine { id: line.id.to_string() };
    let money = line.money;
    let amount = |cents| html! { <Money {cents} /> };
    let cells = vec![
        html! {
            <div class="stack-tight">
                <Link<Route> to={route}>{ &line.fund.title }</Link<Route>>
                <span class="tiny muted num">{ &line.fund.code }
                    if !line.opening_deficit.is_zero() { { " · " }{ words::DEFICIT }{ " " }{ money_text(line.opening_deficit) } }
                </span>
            </div>
        },
        kind_chip(line.fund.kind),
        html! { <BudgetLine title={line.fund.title.clone()} parts={BudgetParts::of(&money)} size={BudgetLineSize::Small} /> },
        amount(money.allocated),
        amount(money.spent),
        amount(money.encumbered),
        amount(money.pre_encumbered),
        html! { <Money cents={money.available} strong=true /> },
    ];
    Row::new(line.id.to_string(), cells)
}

/// Restricted or not, with its own icon.
pub fn kind_chip(kind: FundKind) -> Html {
    match kind {
        FundKind::Restricted => html! { <Chip icon={IconName::Lock}>{ kind.title() }</Chip> },
        FundKind::Unrestricted => html! { <Chip tone={Tone::Board}>{ kind.title() }</Chip> },
    }
}
