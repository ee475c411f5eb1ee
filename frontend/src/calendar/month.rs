//! A month as a grid of days; what lies on a day stands there as a mark with a letter and a word.

use shared::calendar::month::Month;
use shared::calendar::{DayKind, DaySpan};
use shared::time::Date;
use shared::words::calendar::pages as words;
use yew::prelude::*;

use crate::ui::{Button, Card, IconName};

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    District(DayKind),
    /// Protected by the school itself.
    Own,
    /// Somebody of a unit comes.
    Visit,
}

impl Look {
    /// `Holiday`, `Our school's protected day`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::District(kind) => kind.title(),
            Self::Own => words::OWN_KIND,
            Self::Visit => words::VISIT_KIND,
        }
    }

    const fn letter(self) -> &'static str {
        match self {
            Self::District(kind) => words::letter(kind),
            Self::Own => words::letter(DayKind::Protected),
            Self::Visit => words::VISIT_LETTER,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::District(kind) => kind.name(),
            Self::Own => "own",
            Self::Visit => "visit",
        }
    }
}

/// A run of days with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub first: Date,
    pub last: Date,
    pub name: String,
    pub look: Look,
}

impl Mark {
    pub fn of(span: &DaySpan, look: Look) -> Self {
        Self { first: span.first, last: span.last, name: span.title.clone(), look }
    }
}

#[derive(Properties, PartialEq)]
pub struct MonthCardProps {
    pub month: Month,
    pub today: Date,
    pub marks: Vec<Mark>,
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
    let here: Vec<&Mark> = props.marks.iter().filter(|mark| mark.first <= day && day <= mark.last).collect();
    html! {
        <td {class} aria-current={(day == props.today).then_some("date")}>
            <time class="date num" datetime={day.to_string()}>{ day.day() }</time>
            if !here.is_empty() { <ul>{ for here.into_iter().map(|mark| html! { <li>{ slip(mark.look, &mark.name) }</li> }) }</ul> }
        </td>
    }
}

/// A coloured slip with the look's letter and the day's name.
pub fn slip(look: Look, name: &str) -> Html {
    html! {
        <div class={classes!("day-mark", look.class())} title={format!("{name} ({})", look.words())}>
            <b aria-hidden="true">{ look.letter() }</b><span>{ name }</span>
        </div>
    }
}
