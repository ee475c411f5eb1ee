//! Facts in their order (timeline) and the way still to go (steps).

use yew::prelude::*;

/// Where one fact or step stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    Done,
    Now,
    Bad,
    #[default]
    Open,
}

impl Mark {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Bad => "bad",
            Self::Open => "open",
        }
    }
}

/// One fact: what happened, who and when beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub mark: Mark,
    pub title: Html,
    pub detail: Html,
}

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    pub label: AttrValue,
    pub facts: Vec<Fact>,
}

/// A list of facts with names and clocks.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    html! {
        <ol class="timeline" aria-label={props.label.clone()}>
            { for props.facts.iter().map(|fact| html! {
                <li class={fact.mark.class()}>{ fact.title.clone() }<div class="detail">{ fact.detail.clone() }</div></li>
            }) }
        </ol>
    }
}

/// One step of a pipeline: its name, then owner and clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub mark: Mark,
    pub name: AttrValue,
    pub detail: Html,
}

#[derive(Properties, PartialEq)]
pub struct StepsProps {
    pub label: AttrValue,
    pub steps: Vec<Step>,
}

/// A track of steps; the current one is announced as such.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    html! {
        <ol class="steps" aria-label={props.label.clone()}>
            { for props.steps.iter().map(|step| html! {
                <li class={step.mark.class()} aria-current={(step.mark == Mark::Now).then_some("step")}>
                    <b>{ &step.name }</b>{ step.detail.clone() }
                </li>
            }) }
        </ol>
    }
}
