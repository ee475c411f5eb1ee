//! “What may I decide?”: rights, rows of the policy, rules of funds, and who stands in for whom, on one page that prints.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::orders::api::{DecisionsView, DelegationView, EndDelegation, GetDecisions};
use shared::orders::approval::ApprovalPolicy;
use shared::orders::delegation::{FundRight, RoleRights};
use shared::words::identity as identity_words;
use shared::words::orders as words;
use yew::prelude::*;

use super::stand_in::StandInForm;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::ui::{Button, ButtonKind, Card, Chip, Empty, IconName, Notice, PageHead, PrintButton, SkeletonShape, Tone, use_toasts};

/// For everybody, about themselves.
#[component]
pub fn DecisionsPage() -> Html {
    let decisions = use_load::<GetDecisions>((), NoQuery {});
    let put = decisions.put();
    html! {
        <>
            <PageHead title={words::DECISIONS} lead={html! { words::DECISIONS_LEAD }} tools={html! { <PrintButton /> }} />
            { decisions.draw(SkeletonShape::Page, |view| whole(view, &put)) }
        </>
    }
}

fn whole(view: &Rc<DecisionsView>, put: &Callback<DecisionsView>) -> Html {
    html! {
        <div class="stack-wide">
            { roles(&view.roles) }
            <StandingIn view={view.clone()} onchanged={put.clone()} />
            if let Some(policy) = &view.policy { { rows(policy, view) } }
            if let Some(school) = &view.school {
                <Card title={words::MY_FUNDS} subtitle={school.name.clone()} flush=true>
                    <ul class="work-list">{ for view.funds.iter().map(fund) }</ul>
                </Card>
            }
        </div>
    }
}

fn roles(roles: &[RoleRights]) -> Html {
    if roles.is_empty() {
        return html! { <Card title={words::MY_ROLES}><Empty title={words::MY_ROLES} text={words::NO_ROLE_YET} icon={IconName::User} /></Card> };
    }
    let one = |role: &RoleRights| {
        html! {
            <Card title={identity_words::role_for(role.role.title(), &role.scope_title)}>
                <ul class="stack-tight">{ for role.permissions.iter().map(|permission| html! { <li>{ permission.title() }</li> }) }</ul>
            </Card>
        }
    };
    html! { <div class="stack">{ for roles.iter().map(one) }</div> }
}

fn rows(policy: &ApprovalPolicy, view: &DecisionsView) -> Html {
    let title_of = |id| view.fund_titles.iter().find(|(known, _)| *known == id).map(|(_, title)| title.clone()).unwrap_or_default();
    let row = |row| {
        let told = words::row_words(row, title_of);
        html! {
            <li>
                <div>
                    <span class="grow stack-tight"><b>{ told.title }</b><span class="tiny muted">{ told.about }</span></span>
                    <span>{ told.steps }</span>
                </div>
            </li>
        }
    };
    html! {
        <Card title={words::WHO_ELSE_DECIDES} subtitle={words::window_words(policy.window_days, policy.small_order_up_to)} flush=true>
            <ul class="work-list">{ for policy.rows.iter().map(row) }</ul>
        </Card>
    }
}

fn fund(fund: &FundRight) -> Html {
    html! {
        <li>
            <div>
                <span class="grow stack-tight">
                    <b>{ &fund.title }</b>
                    if let Some(quote) = &fund.quote {
                        <q class="small">{ quote }</q>
                        <span class="tiny muted">{ &fund.source }</span>
                    } else {
                        <span class="small muted">{ words::FUND_TO_DECIDE }</span>
                    }
                </span>
                if fund.needs_goal { <Chip tone={Tone::Info}>{ words::FUND_NEEDS_GOAL }</Chip> }
            </div>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct StandingInProps {
    view: Rc<DecisionsView>,
    onchanged: Callback<DecisionsView>,
}

/// Who stands in for whom, and giving it.
#[component]
fn StandingIn(props: &StandingInProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<EndDelegation>(Callback::from(move |view| {
        toasts.say(words::STOOD_DOWN);
        onchanged.emit(view);
    }));
    let view = &props.view;
    let none = view.given.is_empty() && view.taken.is_empty();
    if none && view.candidates.is_empty() {
        return Html::default();
    }
    let item = |row: &DelegationView| {
        let onclick = {
            let (sender, id) = (sender.clone(), row.id);
            Callback::from(move |_: MouseEvent| sender.send(Call::to(id)))
        };
        let told = words::stands_in(&row.giver.name, &row.taker.name, row.cap, (row.first, row.last));
        html! {
            <li key={row.id.to_string()}>
                <div>
                    <span class="grow">{ told.clone() }</span>
                    if row.may_end {
                        <Button compact=true kind={ButtonKind::Quiet} busy={sender.busy()} label={format!("{}: {told}", words::END_IT)} {onclick}>{ words::END_IT }</Button>
                    }
                </div>
            </li>
        }
    };
    html! {
        <Card title={words::STANDING_IN}>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            if none { <p class="small muted">{ words::NOBODY_STANDS_IN }</p> }
            <ul class="work-list">{ for view.given.iter().chain(&view.taken).map(item) }</ul>
            if !view.candidates.is_empty() { <StandInForm view={view.clone()} onchanged={props.onchanged.clone()} /> }
        </Card>
    }
}
