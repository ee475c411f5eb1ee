//! The queue of fund rules: funds that wait for a decision first, each opened in a form.

use std::rc::Rc;

use shared::budget::FundRules;
use shared::budget::api::{FundView, ListFunds};
use shared::contract::Empty;
use shared::identity::policy::Permission;
use shared::words::budget::pages as words;
use yew::prelude::*;

use super::fund_rule::FundRuleForm;
use super::rule_card::RuleCard;
use super::school::kind_chip;
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{Button, Card, Chip, Choice, Column, Dialog, Row, SearchBox, Segments, SkeletonShape, Table, Tone};

#[derive(Properties, PartialEq)]
pub struct RulesTabProps {
    pub onchanged: Callback<()>,
}

/// All funds with their rules; the budget office decides in a dialog, others read.
#[component]
pub fn RulesTab(props: &RulesTabProps) -> Html {
    let funds = use_load::<ListFunds>((), Empty {});
    let wanted = use_state(String::new);
    let which = use_state(|| AttrValue::from("open"));
    let open = use_state(|| None::<Rc<FundView>>);
    let may = use_session().may(Permission::DecideFundRules);
    let onopen = {
        let open = open.clone();
        Callback::from(move |fund: FundView| open.set(Some(Rc::new(fund))))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let ondecided = {
        let (reload, onchanged, onclose) = (funds.reload.clone(), props.onchanged.clone(), onclose.clone());
        Callback::from(move |()| {
            reload.emit(());
            onchanged.emit(());
            onclose.emit(());
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let onwhich = {
        let which = which.clone();
        Callback::from(move |value| which.set(value))
    };
    let choices = vec![Choice::new("open", words::FUNDS_TO_DECIDE), Choice::new("decided", words::DECIDED), Choice::new("all", words::ALL)];
    html! {
        <Card title={words::TAB_RULES} subtitle={words::RULES_LEAD} flush=true>
            <div class="card-tools stack">
                <SearchBox id="find-fund" full=true label={words::FIND_FUND} value={(*wanted).clone()} oninput={set(&wanted)} />
                <Segments name="which" label={words::WHICH} value={(*which).clone()} {choices} onchange={onwhich} />
            </div>
            { funds.draw(SkeletonShape::Lines, |all| table(all, &wanted, &which, (may, onopen.clone()))) }
            if let Some(fund) = &*open {
                <Dialog open=true broad=true title={words::decide_fund(&fund.title)} onclose={onclose.clone()}>
                    if may { <FundRuleForm fund={(**fund).clone()} {ondecided} /> } else { <RuleCard fund={(**fund).clone()} /> }
                </Dialog>
            }
        </Card>
    }
}

fn table(funds: &[FundView], wanted: &str, which: &str, (may, onopen): (bool, Callback<FundView>)) -> Html {
    let wanted = wanted.to_lowercase();
    let fits = |fund: &&FundView| {
        let open = fund.rules == FundRules::Undecided;
        let chosen = match which {
            "open" => open,
            "decided" => !open,
            _ => true,
        };
        let text = format!("{} {} {}", fund.code, fund.title, fund.family.title()).to_lowercase();
        chosen && wanted.split_whitespace().all(|word| text.contains(word))
    };
    let columns = vec![
        Column::text("fund", words::FUND),
        Column::text("kind", words::KIND),
        Column::text("rule", words::RULE_TITLE),
        Column::text("state", words::STATE),
        Column::text("decide", words::DECIDE),
    ];
    let rows = funds.iter().filter(fits).map(|fund| row(fund, may, &onopen)).collect::<Vec<_>>();
    html! { <Table caption={words::TAB_RULES} {columns} {rows} tall=true /> }
}

fn row(fund: &FundView, may: bool, onopen: &Callback<FundView>) -> Row {
    let open = {
        let fund = fund.clone();
        onopen.reform(move |()| fund.clone())
    };
    let onclick = open.reform(|_: MouseEvent| ());
    let (rule, state, label) = match &fund.rules {
        FundRules::Undecided => (
            html! { <span class="muted">{ fund.family.title() }</span> },
            html! { <Chip tone={Tone::Warn}>{ words::TO_DECIDE }</Chip> },
            words::DECIDE,
        ),
        FundRules::Decided(rule) => {
            (html! { <q class="small">{ &rule.quote }</q> }, html! { <Chip tone={Tone::Good}>{ words::DECIDED }</Chip> }, words::CHANGE)
        }
    };
    let label = if may { label } else { words::RULE_TITLE };
    let cells = vec![
        html! { <>{ &fund.title }{ " " }<span class="tiny muted num">{ &fund.code }</span></> },
        kind_chip(fund.kind),
        rule,
        state,
        html! { <Button compact=true {onclick} label={Some(AttrValue::from(format!("{label} {}", fund.title)))}>{ label }</Button> },
    ];
    Row::new(fund.id.to_string(), cells)
}
