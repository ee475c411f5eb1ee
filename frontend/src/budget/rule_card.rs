//! What a fund may pay for, in words, with the quoted rule.

use shared::budget::api::FundView;
use shared::budget::{FundRule, FundRules};
use shared::words::budget::pages as words;
use yew::prelude::*;

use crate::ui::{Card, Chip, Facts, Notice, Tone};

#[derive(Properties, PartialEq)]
pub struct RuleCardProps {
    pub fund: FundView,
}

/// The rule in force, or that it waits for the budget office.
#[component]
pub fn RuleCard(props: &RuleCardProps) -> Html {
    let fund = &props.fund;
    html! {
        <Card title={words::RULE_TITLE} subtitle={fund.intent.clone()}>
            { match &fund.rules {
                FundRules::Undecided => html! { <Notice tone={Tone::Warn} title={words::UNDECIDED}>{ words::UNDECIDED_TEXT }</Notice> },
                FundRules::Decided(rule) => decided(rule),
            } }
        </Card>
    }
}

fn decided(rule: &FundRule) -> Html {
    let chips = rule.categories.iter().map(|category| html! { <Chip>{ category.title() }</Chip> });
    let categories = if rule.categories.is_empty() {
        html! { words::ANY_CATEGORY }
    } else {
        html! { <span class="row-tight">{ for chips }</span> }
    };
    let objects = if rule.objects.is_empty() { words::ANY_OBJECT.to_owned() } else { rule.objects.join(", ") };
    let needs = [(rule.needs_goal, words::NEEDS_GOAL), (rule.needs_council_review, words::NEEDS_COUNCIL)];
    let needed: Vec<&str> = needs.into_iter().filter(|(on, _)| *on).map(|(_, text)| text).collect();
    let needed = if needed.is_empty() { words::NEEDS_NOTHING.to_owned() } else { needed.join("; ") };
    let last_day = rule.last_day.map_or_else(|| words::NO_LAST_DAY.to_owned(), |day| day.to_words());
    let facts = vec![
        (AttrValue::from(words::CATEGORIES), categories),
        (words::OBJECTS.into(), html! { objects }),
        (words::NEEDS.into(), html! { needed }),
        (words::LAST_DAY.into(), html! { last_day }),
    ];
    html! {
        <div class="stack">
            <blockquote class="rule-quote"><p>{ &rule.quote }</p><footer class="small muted">{ &rule.source }</footer></blockquote>
            <Facts {facts} />
        </div>
    }
}
