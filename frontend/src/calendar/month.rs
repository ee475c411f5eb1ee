//! A month as a grid of days; what lies on a day stands there as a mark with a letter and a word.

use shared::calendar::month::Month;
use shared::calendar::{DayKind, DaySpan};
use shared::time::Date;
use shared::words::calendar::pages as words;
use yew::prelude::*;

use crate::ui::{Button, Card, IconName};

/// Whose day a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    District,
    School,
}

/// A run of days with its owner.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    pub span: DaySpan,
    pub owner: Owner,
}

#[derive(Properties, PartialEq)]
pub struct MonthCardProps {
    pub month: Month,
    pub today: Date,
    pub marks: Vec<Marked>,
    pub onmonth: Callback<Month>,
}

/// The month with the way to its neighbours.
#[component]
pub fn MonthCard(props: &MonthCardProps) -> Html {
    let month = props.month;
    let to = |other: Month| props.onmonth.reform(move |_: MouseEvent| other);
    let actions = html! {
        <div class="row-tight no-print">
            <Button compact=true icon={IconName::ChevronLeft} label={AttrValue::from(words::PREVIOUS)} onclick={to(month.previous())} />
            <Button compact=true onclick={to(Month::of(props.today))}>{ words::TODAY }</Button>
            <Button compact=true icon={IconName::ChevronRight} label={AttrValue::from(words::NEXT)} onclick={to(month.next())} />
        </div>
    };
    let title = title(month);
    html! {
        <Card title={title.clone()} {actions} flush=true>
            <div aria-live="polite" class="visually-hidden">{ &title }</div>
            <table class="month">
                <caption class="visually-hidden">{ &title }</caption>
                <thead><tr>
                    { for words::WEEKDAYS.iter().map(|(short, long)| html! { <th scope="col"><abbr title={*long}>{ *short }</abbr></th> }) }
                </tr></thead>
                <tbody>
                    { for month.weeks().into_iter().map(|week| html! {
                        <tr>{ for week.into_iter().map(|day| cell(props, day)) }</tr>
                    }) }
                </tbody>
            </table>
        </Card>
    }
}

fn title(month: Month) -> AttrValue {
    words::month_title(month.first().month(), month.first().year()).into()
}

fn cell(props: &MonthCardProps, day: Date) -> Html {
    let class = classes!((!props.month.holds(day)).then_some("other"), day.is_weekend().then_some("weekend"));
    let here: Vec<&Marked> = props.marks.iter().filter(|mark| mark.span.holds(day)).collect();
    html! {
        <td {class} aria-current={(day == props.today).then_some("date")}>
            <time class="date num" datetime={day.to_string()}>{ day.day() }</time>
            if !here.is_empty() { <ul>{ for here.into_iter().map(|marked| html! { <li>{ slip(marked.span.kind, marked.owner, &marked.span.title) }</li> }) }</ul> }
        </td>
    }
}

/// A coloured slip with the kind's letter and the day's name.
pub fn slip(kind: DayKind, owner: Owner, name: &str) -> Html {
    let words_of_kind = kind_words(kind, owner);
    html! {
        <div class={classes!("day-mark", kind_class(kind, owner))} title={format!("{name} ({words_of_kind})")}>
            <b aria-hidden="true">{ words::letter(kind) }</b><span>{ name }</span>
        </div>
    }
}

/// `Holiday`, `Our school's protected day`.
pub const fn kind_words(kind: DayKind, owner: Owner) -> &'static str {
    match owner {
        Owner::District => kind.title(),
        Owner::School => words::OWN_KIND,
    }
}

const fn kind_class(kind: DayKind, owner: Owner) -> &'static str {
    match owner {
        Owner::District => kind.name(),
        Owner::School => "own",
    }
}
