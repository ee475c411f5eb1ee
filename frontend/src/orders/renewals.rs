//! Renewals: a school answers its offers, a unit sees who renews, the budget office sees all schools.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::identity::policy::Permission;
use shared::orders::renewal::{GetRenewalRound, GetUnitRenewals, OpenRenewals, RenewalRoundView, RenewalState, SchoolRound, UnitRenewalsView};
use shared::words::orders as order_words;
use shared::words::orders::renewal as words;
use shared::words::orders::selection as choice_words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::renewal_lines::{SchoolRenewals, order_link, state_chip};
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Chip, Column, Day, Empty, IconName, Money, Notice, PageHead, PrintButton, Row, SkeletonShape, Table, Tone,
    use_toasts,
};

/// The page at `/renewals`: what concerns the caller's roles.
#[component]
pub fn RenewalsPage() -> Html {
    let session = use_session();
    let school = session.school().filter(|_| session.may(Permission::ViewSchoolBudget)).map(|school| school.id);
    let unit = session.unit().filter(|_| session.may(Permission::LogDelivery)).map(|unit| unit.id);
    let district = session.may(Permission::ViewDistrictBudget);
    let tools = html! { <><ButtonLink to={Route::Dates} icon={IconName::Calendar}>{ words::TO_DATES }</ButtonLink><PrintButton /></> };
    html! {
        <>
            <PageHead title={words::TITLE} lead={html! { words::LEAD }} {tools} />
            <div class="stack-wide">
                if let Some(school) = school { <SchoolRenewals key={school.to_string()} {school} /> }
                if let Some(unit) = unit { <UnitRenewals {unit} /> }
                if district { <Round /> }
                if school.is_none() && unit.is_none() && !district {
                    <Empty title={words::TITLE} text={words::NO_PLACE} icon={IconName::Package} />
                }
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct UnitProps {
    unit: shared::id::UnitId,
}

/// Who renews, who drops and why, who has not answered.
#[component]
fn UnitRenewals(props: &UnitProps) -> Html {
    let loaded = use_load::<GetUnitRenewals>(props.unit, NoQuery {});
    loaded.draw(SkeletonShape::Blocks, |view: &Rc<UnitRenewalsView>| {
        html! {
            <Card title={words::WITH_UNIT} subtitle={words::window(view.phase, view.opens, view.closes)} flush=true>
                <Table caption={words::WITH_UNIT_LEAD} columns={unit_columns()} rows={view.lines.iter().map(unit_row).collect::<Vec<_>>()} empty={words::NONE_WITH_UNIT} />
            </Card>
        }
    })
}

fn unit_columns() -> Vec<Column> {
    vec![
        Column::text("order", words::WHAT),
        Column::text("school", words::SCHOOL),
        Column::text("state", words::STATE),
        Column::amount("quantity", words::NEXT_QUANTITY),
        Column::amount("price", words::PRICE),
    ]
}

fn unit_row(line: &shared::orders::renewal::RenewalLine) -> Row {
    let goes_on = line.state == RenewalState::Open || line.state.goes_on();
    let cells = vec![
        html! { <span class="stack-tight">{ order_link(line) }<span class="tiny muted">{ &line.tier_name }</span></span> },
        html! { &line.school.name },
        html! {
            <span class="stack-tight">
                { state_chip(line) }
                if !line.reason.is_empty() { <q class="small">{ &line.reason }</q> }
            </span>
        },
        if goes_on { html! { <span class="num">{ order_words::counted(line.wanted, line.measure.title()) }</span> } } else { Html::default() },
        match line.next.price().filter(|_| goes_on) {
            Some(cents) => html! { <Money {cents} /> },
            None => Html::default(),
        },
    ];
    Row::new(line.order.to_string(), cells)
}

/// How far each school is; the budget office opens the round from here.
#[component]
fn Round() -> Html {
    let loaded = use_load::<GetRenewalRound>((), NoQuery {});
    let toasts = use_toasts();
    let opener = {
        let put = loaded.put();
        use_sender::<OpenRenewals>(Callback::from(move |view: RenewalRoundView| {
            toasts.say(words::OPENED);
            put.emit(view);
        }))
    };
    let onopen = {
        let opener = opener.clone();
        Callback::from(move |_: MouseEvent| opener.send(Call::to(()).body(NoQuery {})))
    };
    loaded.draw(SkeletonShape::Blocks, |view: &Rc<RenewalRoundView>| {
        let actions = html! {
            if view.may_open { <Button kind={ButtonKind::Primary} busy={opener.busy()} onclick={onopen}>{ words::OPEN_NOW }</Button> }
        };
        html! {
            <Card title={words::ROUND} subtitle={words::window(view.phase, view.opens, view.closes)} {actions} flush=true>
                if let Some(failure) = opener.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                <Table caption={words::ROUND} columns={round_columns()} rows={view.schools.iter().map(round_row).collect::<Vec<_>>()} empty={words::ROUND_NONE}
                    tools={html! {
                        <>
                            <Chip>{ words::phase_title(view.phase) }</Chip>
                            if let Some(date) = view.reminds { <span class="small muted">{ order_words::REMINDER }{ " " }<Day {date} /></span> }
                        </>
                    }} />
            </Card>
        }
    })
}

fn round_columns() -> Vec<Column> {
    vec![
        Column::text("school", words::SCHOOL),
        Column::amount("open", words::WAITING),
        Column::amount("renewed", words::RENEWED),
        Column::amount("dropped", words::DROPPED),
        Column::amount("lapsed", words::LAPSED),
        Column::amount("sum", words::SUM),
    ]
}

fn round_row(round: &SchoolRound) -> Row {
    let number = |many: u32| html! { <span class="num">{ many }</span> };
    let cells = vec![
        html! { &round.school.name },
        number(round.open),
        number(round.renewed),
        number(round.dropped),
        number(round.lapsed),
        html! { <Money cents={round.sum} /> },
    ];
    Row::new(round.school.id.to_string(), cells)
}

/// The way to renewals and dates, for pages that their readers look at.
pub fn yearly_links() -> Html {
    html! {
        <nav class="row-tight small" aria-label={order_words::YEARLY_DATES}>
            <Link<Route> to={Route::Renewals}>{ words::TITLE }</Link<Route>>
            <Link<Route> to={Route::Choices}>{ choice_words::TITLE }</Link<Route>>
            <Link<Route> to={Route::Dates}>{ order_words::YEARLY_DATES }</Link<Route>>
        </nav>
    }
}
