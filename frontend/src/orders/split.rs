//! The funding split by hand: one share for each budget line, with what is still missing told at every key.

use std::rc::Rc;

use shared::budget::api::{BudgetLineView, SchoolBudget};
use shared::id::BudgetLineId;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::words::orders as words;
use yew::prelude::*;

use crate::ui::{TextField, TextKind, money_text};

#[derive(Properties, PartialEq)]
pub struct SplitEditorProps {
    pub budget: Rc<SchoolBudget>,
    pub parts: Vec<SplitPart>,
    pub price: Cents,
    pub onchange: Callback<Vec<SplitPart>>,
}

/// What stands in the fields as typed, so that half a number is not rewritten under the hand.
type Typed = Vec<(BudgetLineId, String)>;

/// One amount for each line of the school.
#[component]
pub fn SplitEditor(props: &SplitEditorProps) -> Html {
    let typed = use_state(|| {
        let first = |line: &BudgetLineView| {
            let part = props.parts.iter().find(|part| part.line == line.id);
            (line.id, part.map(|part| plain(part.amount)).unwrap_or_default())
        };
        props.budget.lines.iter().map(first).collect::<Typed>()
    });
    let change = {
        let (typed, onchange) = (typed.clone(), props.onchange.clone());
        Callback::from(move |(line, text): (BudgetLineId, String)| {
            let mut next = (*typed).clone();
            if let Some(entry) = next.iter_mut().find(|entry| entry.0 == line) {
                entry.1 = text;
            }
            onchange.emit(parts(&next));
            typed.set(next);
        })
    };
    let sum: Cents = parts(&typed).iter().map(|part| part.amount).sum();
    html! {
        <fieldset class="stack split-editor">
            <legend class="strong">{ words::WHO_PAYS }</legend>
            <div class="fields-2">{ for props.budget.lines.iter().map(|line| field(line, &typed, &change)) }</div>
            <p class="small" role="status">{ words::split_left(sum, props.price) }</p>
        </fieldset>
    }
}

fn field(line: &BudgetLineView, typed: &Typed, change: &Callback<(BudgetLineId, String)>) -> Html {
    let value = typed.iter().find(|entry| entry.0 == line.id).map(|entry| entry.1.clone()).unwrap_or_default();
    let error = (!value.trim().is_empty() && value.parse::<Cents>().is_err()).then(|| AttrValue::from(words::NOT_AN_AMOUNT));
    let id = line.id;
    let oninput = change.reform(move |text: String| (id, text));
    let hint = words::left_of(line.money.available);
    html! {
        <TextField name={format!("share-{id}")} label={words::share_of(&line.fund.title)} kind={TextKind::Money} {value} {oninput} {hint} {error} />
    }
}

fn parts(typed: &Typed) -> Vec<SplitPart> {
    let part = |(line, text): &(BudgetLineId, String)| Some(SplitPart { line: *line, amount: text.parse::<Cents>().ok()? });
    typed.iter().filter_map(part).filter(|part| part.amount > Cents::ZERO).collect()
}

/// `1234.50`, as people type it.
fn plain(amount: Cents) -> String {
    money_text(amount).replace(['$', ','], "")
}
