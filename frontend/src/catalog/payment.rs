//! How the school can pay for a tier: each fund's verdict with its reason, the proposed split, the budget line with it.

use shared::budget::fundfit::{FundFit, FundOffer, Verdict};
use shared::id::PlanGoalId;
use shared::money::Cents;
use shared::words::budget as budget_words;
use shared::words::catalog as words;
use yew::prelude::*;

use super::buyer::Buyer;
use super::offer::TierView;
use crate::ui::{
    BudgetLine, BudgetParts, Card, Chip, Choice, Column, Disclosure, Money, Notice, Row, Select, Table, TextField, TextKind, Tone, Why,
};

/// So many that may not pay are shown without asking.
const OPEN_NOES: usize = 2;

#[derive(Properties, PartialEq)]
pub struct PaymentProps {
    pub buyer: Buyer,
    pub tier: TierView,
    pub fit: FundFit,
    pub goal: Option<PlanGoalId>,
    pub ongoal: Callback<String>,
    pub onstart: Callback<String>,
}

/// The table of funds, with the goal and start that the verdicts go by.
#[component]
pub fn Payment(props: &PaymentProps) -> Html {
    let school = props.buyer.short_name().unwrap_or_default();
    let free = props.fit.price.is_zero();
    let subtitle = if free { words::NOTHING_TO_PAY } else { words::PROPOSED };
    let (noes, others): (Vec<&FundOffer>, Vec<&FundOffer>) =
        props.fit.offers.iter().partition(|offer| matches!(offer.verdict, Verdict::No(_)));
    let rows: Vec<Row> = others.into_iter().map(fund_row).collect();
    let paid = props.fit.price.saturating_sub(props.fit.shortfall);
    html! {
        <Card title={words::how_to_pay(school, &props.tier.name)} {subtitle} flush=true class="payment">
            <div class="payment-choices fields-2">{ goal_field(props) }{ start_field(props) }</div>
            if !free {
                <Table caption={words::how_to_pay(school, &props.tier.name)} columns={columns()} {rows} />
                { refused(&noes) }
                <div class="payment-line stack">
                    if !props.fit.shortfall.is_zero() { <Notice tone={Tone::Warn}>{ words::shortfall(props.fit.shortfall) }</Notice> }
                    if let Some(budget) = &props.buyer.budget {
                        <BudgetLine title={budget.school.name.clone()} parts={BudgetParts::of(&budget.total).with_cart(paid)} />
                    }
                </div>
            }
        </Card>
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::text("fund", words::FUND),
        Column::text("verdict", words::MAY_IT_PAY),
        Column::amount("available", words::AVAILABLE),
        Column::amount("order", words::THIS_ORDER),
        Column::amount("left", words::LEFT_AFTER),
    ]
}

/// Funds that may not pay stand behind one line, open where they are few.
fn refused(noes: &[&FundOffer]) -> Html {
    if noes.is_empty() {
        return Html::default();
    }
    let label = words::may_not_pay(noes.len());
    let rows: Vec<Row> = noes.iter().copied().map(fund_row).collect();
    html! {
        <div class="payment-noes">
            <Disclosure label={label.clone()} open={noes.len() <= OPEN_NOES}><Table caption={label} columns={columns()} {rows} /></Disclosure>
        </div>
    }
}

fn goal_field(props: &PaymentProps) -> Html {
    let plan = props.buyer.plan.iter().flat_map(|plan| plan.iter());
    let goals = plan.map(|goal| Choice::new(goal.id.to_string(), words::goal(goal.number, &goal.title)));
    let choices: Vec<Choice> = goals.chain([Choice::new("none", words::NO_GOAL)]).collect();
    let value = props.goal.map_or_else(|| "none".to_owned(), |goal| goal.to_string());
    html! { <Select name="goal" label={words::GOAL} {value} {choices} onchange={props.ongoal.clone()} /> }
}

fn start_field(props: &PaymentProps) -> Html {
    html! {
        <TextField name="start" label={words::START} kind={TextKind::Date} value={props.tier.start.to_string()} oninput={props.onstart.clone()} />
    }
}

fn fund_row(offer: &FundOffer) -> Row {
    let share = Some(offer.this_order).filter(|share| !share.is_zero());
    let name = html! {
        <span class="fund-name">
            { &offer.title }
            if let Some(account) = &offer.account { <span class="tiny muted num fund-account">{ account.as_str() }</span> }
        </span>
    };
    let cells = vec![
        name,
        verdict(offer),
        html! { <Money cents={offer.available} /> },
        html! { <Money cents={share} strong=true /> },
        html! { <Money cents={offer.left_after} /> },
    ];
    Row::new(offer.line.to_string(), cells)
}

/// Yes, No or Undecided with the reason; a No quotes its rule.
pub fn verdict(offer: &FundOffer) -> Html {
    let (tone, word, reason) = match &offer.verdict {
        Verdict::Yes(_) if offer.available <= Cents::ZERO => (Tone::Plain, words::YES, words::NOTHING_LEFT.to_owned()),
        Verdict::Yes(because) if because.unrestricted && !offer.this_order.is_zero() => {
            (Tone::Good, words::YES, words::FLEXIBLE_USED.to_owned())
        }
        Verdict::Yes(because) => (Tone::Good, words::YES, budget_words::fund_because(because)),
        Verdict::No(refusal) => (Tone::Bad, words::NO, budget_words::fund_refusal(refusal)),
        Verdict::Undecided => (Tone::Warn, words::ASK_BUDGET_OFFICE, budget_words::FUND_UNDECIDED.to_owned()),
    };
    let quoted = !offer.verdict.is_yes() && !offer.quote.is_empty();
    html! {
        <div class="verdict">
            <Chip {tone}>{ word }</Chip>
            <div class="small muted">
                { reason }
                if quoted {
                    <Why label={words::SEE_THE_RULE}>
                        <q>{ &offer.quote }</q>
                        <span class="tiny muted">{ &offer.source }</span>
                    </Why>
                }
            </div>
        </div>
    }
}
