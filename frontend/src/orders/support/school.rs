//! One school of a network officer: its money, its orders, its goals; suggesting a cart and speaking beside the cart.

use shared::contract::Empty as NoQuery;
use shared::id::SchoolId;
use shared::orders::api::{GetMySchools, OrderFilter};
use shared::orders::support::{SupportedSchool, UnservedGoal};
use shared::words::orders::support as words;
use yew::prelude::*;

use super::super::fields::{order_link, waiting};
use super::comments::CartComments;
use super::schools::pace;
use super::suggest::SuggestForm;
use super::suggestions::Suggestions;
use crate::address::PathLink;
use crate::load::use_load;
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{BudgetLine, BudgetParts, Card, Crumb, Empty, IconName, PageHead, SkeletonShape};

#[derive(Properties, PartialEq)]
pub struct MySchoolPageProps {
    pub id: AttrValue,
}

/// The page; the school becomes the one that is acted for, so that the shelf shows its prices.
#[component]
pub fn MySchoolPage(props: &MySchoolPageProps) -> Html {
    let session = use_session();
    let schools = use_load::<GetMySchools>((), NoQuery {});
    let turn = use_state(|| 0_u32);
    let id: Option<SchoolId> = props.id.parse().ok();
    use_effect_with(id, move |id| {
        if let Some(id) = id {
            session.act(Act::Choose(*id));
        }
    });
    let onsuggested = {
        let (turn, reload) = (turn.clone(), schools.reload.clone());
        Callback::from(move |()| {
            turn.set(turn.wrapping_add(1));
            reload.emit(());
        })
    };
    schools.draw(SkeletonShape::Page, |view| {
        let crumbs = vec![Crumb::to(words::MY_SCHOOLS, Route::MySchools), Crumb::here(words::SCHOOL)];
        let Some(school) = view.schools.iter().find(|school| Some(school.school.id) == id) else {
            return html! {
                <>
                    <PageHead title={words::MY_SCHOOLS} {crumbs} />
                    <Empty title={words::NO_SCHOOLS} text={words::NO_SCHOOLS_TEXT} icon={IconName::School} />
                </>
            };
        };
        html! {
            <>
                <PageHead title={school.school.name.clone()} lead={html! { words::MY_SCHOOLS_LEAD }} {crumbs} />
                <div class="two">
                    <div class="stack-wide">
                        <Card title={words::MONEY}>
                            <div class="stack">
                                <BudgetLine title={school.school.name.clone()} parts={BudgetParts::of(&school.money)} />
                                { pace(school) }
                                <p class="small muted">{ words::in_cart(school.in_cart) }</p>
                            </div>
                        </Card>
                        <Suggestions key={format!("suggestions {}", *turn)} school={school.school.id} onadopted={Callback::noop()} />
                        <SuggestForm school={school.school.id} onsuggested={onsuggested.clone()} />
                    </div>
                    <div class="stack-wide">
                        { waiting_orders(school) }
                        { goals(school) }
                        <CartComments school={school.school.id} />
                    </div>
                </div>
            </>
        }
    })
}

fn waiting_orders(school: &SupportedSchool) -> Html {
    let filter = OrderFilter { school: Some(school.school.id), ..OrderFilter::default() };
    let all = shared::contract::with_query("/orders", &serde_json::to_value(&filter).unwrap_or_default());
    html! {
        <Card title={words::WAITING_ORDERS} subtitle={words::waiting_words(school)} flush=true
            actions={html! { <PathLink to={all} class="small">{ words::ORDERS_OF_SCHOOL }</PathLink> }}>
            if school.waiting.is_empty() { <p class="small muted desk-empty">{ words::NO_WAITING }</p> }
            <ul class="work-list">{ for school.waiting.iter().map(|order| html! {
                <li key={order.id.to_string()}><div class="stack-tight">{ order_link(order) }<span class="tiny muted">{ waiting(order.waits_for.as_ref()) }</span></div></li>
            }) }</ul>
        </Card>
    }
}

fn goals(school: &SupportedSchool) -> Html {
    let one = |goal: &UnservedGoal| {
        html! {
            <li key={goal.id.to_string()} class="row between">
                <span>{ words::unserved_words(goal) }</span>
                <PathLink to={format!("/shelf?goal={}", goal.id)} class="small nowrap">{ words::FIND_SERVICES }</PathLink>
            </li>
        }
    };
    html! {
        <Card title={words::UNSERVED}>
            if school.unserved.is_empty() { <p class="small muted">{ words::ALL_SERVED }</p> }
            <ul class="stack">{ for school.unserved.iter().map(one) }</ul>
        </Card>
    }
}
