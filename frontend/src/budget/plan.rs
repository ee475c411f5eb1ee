//! The school plan beside the budget: each goal with what was set aside and what was ordered.

use shared::budget::api::{FundView, GetPlan, PlanGoalView, YearQuery};
use shared::fiscal::FiscalYear;
use shared::id::SchoolId;
use shared::money::Cents;
use shared::words::budget::pages as words;
use yew::prelude::*;

use crate::load::use_load;
use crate::ui::{Card, Column, Money, Row, SkeletonShape, Table, Why};

#[derive(Properties, PartialEq)]
pub struct PlanCardProps {
    pub school: SchoolId,
    pub year: FiscalYear,
    /// For the titles of the funds behind a goal.
    pub funds: Vec<FundView>,
}

/// Goals in order, with the money behind each.
#[component]
pub fn PlanCard(props: &PlanCardProps) -> Html {
    let plan = use_load::<GetPlan>(props.school, YearQuery { year: Some(props.year) });
    html! {
        <Card title={words::PLAN_TITLE} subtitle={words::PLAN_LEAD} flush=true>
            { plan.draw(SkeletonShape::Lines, |goals| {
                let columns = vec![
                    Column::text("goal", words::GOAL),
                    Column::text("indicator", words::INDICATOR),
                    Column::amount("planned", words::PLAN_MONEY),
                    Column::amount("ordered", words::ORDERED),
                ];
                let rows = goals.iter().map(|goal| row(goal, &props.funds)).collect::<Vec<_>>();
                html! { <Table caption={words::PLAN_TITLE} {columns} {rows} empty={words::PLAN_EMPTY} /> }
            }) }
        </Card>
    }
}

fn row(goal: &PlanGoalView, funds: &[FundView]) -> Row {
    let planned: Cents = goal.lines.iter().map(|line| line.amount).sum();
    let title = |id| funds.iter().find(|fund| fund.id == id).map(|fund| fund.title.clone()).unwrap_or_default();
    let parts = goal.lines.iter().map(|line| {
        html! { <p>{ title(line.fund) }{ ": " }<Money cents={line.amount} />{ " · " }{ words::ORDERED }{ " " }<Money cents={line.ordered} /></p> }
    });
    let set_aside = html! {
        <div>
            <Money cents={planned} />
            if !goal.lines.is_empty() { <Why>{ for parts }</Why> }
        </div>
    };
    let cells = vec![
        html! { words::goal_title(goal.number, &goal.title) },
        html! { &goal.indicator },
        set_aside,
        html! { <Money cents={goal.ordered} /> },
    ];
    Row::new(goal.id.to_string(), cells)
}
