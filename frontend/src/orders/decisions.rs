//! “What may I decide?”: rights, rows of the policy, rules of funds, and who stands in for whom, on one page that prints.

use shared::contract::Empty as NoQuery;
use shared::orders::api::{DecisionsView, DelegationView, GetDecisions};
use shared::orders::approval::ApprovalPolicy;
use shared::orders::delegation::{FundRight, RoleRights};
use shared::words::identity as identity_words;
use shared::words::orders as words;
use yew::prelude::*;

use crate::load::use_load;
use crate::route::Route;
use crate::ui::{ButtonLink, Card, Chip, Empty, IconName, PageHead, PrintButton, SkeletonShape, Tone};

/// For everybody, about themselves.
#[component]
pub fn DecisionsPage() -> Html {
    let decisions = use_load::<GetDecisions>((), NoQuery {});
    html! {
        <>
            <PageHead title={words::DECISIONS} lead={html! { words::DECISIONS_LEAD }} tools={html! { <PrintButton /> }} />
            { decisions.draw(SkeletonShape::Page, |view| whole(view)) }
        </>
    }
}

fn whole(view: &DecisionsView) -> Html {
    html! {
        <div class="stack-wide">
            { roles(&view.roles) }
            { standing_in(view) }
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

/// Who stands in for whom; set and ended on a page of its own.
fn standing_in(view: &DecisionsView) -> Html {
    let rows: Vec<&DelegationView> = view.given.iter().chain(&view.taken).collect();
    let actions = html! { <ButtonLink to={Route::Away} compact=true>{ words::SET_OR_END }</ButtonLink> };
    html! {
        <Card title={words::STANDING_IN} {actions}>
            if rows.is_empty() { <p class="small muted">{ words::NOBODY_STANDS_IN }</p> }
            <ul class="stack small">
                { for rows.into_iter().map(|row| html! {
                    <li key={row.id.to_string()}>{ words::stands_in(&row.giver.name, &row.taker.name, row.cap, (row.first, row.last)) }</li>
                }) }
            </ul>
        </Card>
    }
}
