//! Beside a service: what ordering it entails, and what similar schools did.

use std::rc::Rc;

use shared::catalog::api::{CatalogService, GetSimilarSchools, SchoolQuery, SimilarSchools};
use shared::id::{PackageId, PlanGoalId, ServiceId};
use shared::money::Cents;
use shared::orders::api::CartView;
use shared::orders::approval::{Approval, UnitSum, approval, goal_needed};
use shared::words::catalog as words;
use yew::prelude::*;

use super::offer::{TierView, is_free};
use crate::address::PathLink;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, ButtonLink, Card, Icon, IconName, SkeletonShape};

#[derive(Properties, PartialEq)]
pub struct BeforeYouOrderProps {
    pub service: Rc<CatalogService>,
    pub tier: TierView,
    pub goal: Option<PlanGoalId>,
    pub cart: Option<Rc<CartView>>,
    pub may_add: bool,
    pub busy: bool,
    pub onadd: Callback<TierView>,
    pub in_cart: Vec<PackageId>,
}

/// Approval, terms, bids: submitting holds no surprise.
#[component]
pub fn BeforeYouOrder(props: &BeforeYouOrderProps) -> Html {
    let content = &props.service.content;
    let bids = if content.provider.is_some() { words::BROKERED_BIDS } else { words::NO_BIDS };
    html! {
        <Card title={words::BEFORE_YOU_ORDER}>
            if let Some(text) = approval_text(props) { <p class="with-icon"><Icon name={IconName::User} /><span>{ text }</span></p> }
            if asks_for_goal(props) { <p class="with-icon"><Icon name={IconName::TriangleAlert} /><span>{ words::GOAL_ASKED }</span></p> }
            <p class="with-icon"><Icon name={IconName::Clock} /><span>{ words::service_level(content.level) }</span></p>
            if !is_free(&props.tier.package) {
                <p class="with-icon"><Icon name={IconName::FileText} /><span>{ words::terms(&content.terms) }</span></p>
                <p class="with-icon"><Icon name={IconName::ShieldCheck} /><span>{ bids }</span></p>
            }
            { add(props) }
            <PathLink to={compare(&props.service)} class="button quiet wide">{ words::COMPARE_TIERS }</PathLink>
        </Card>
    }
}

fn add(props: &BeforeYouOrderProps) -> Html {
    if props.in_cart.contains(&props.tier.package.id) {
        return html! { <ButtonLink to={Route::Cart} wide=true icon={IconName::ShoppingCart}>{ words::IN_THE_CART }</ButtonLink> };
    }
    if !props.may_add {
        return html! { <p class="small muted">{ words::ONLY_BUYERS_ADD }</p> };
    }
    let refusal = props.tier.price.as_ref().err().map(|error| AttrValue::from(error.message()));
    let onclick = {
        let tier = props.tier.clone();
        props.onadd.reform(move |_: MouseEvent| tier.clone())
    };
    html! { <Button kind={ButtonKind::Primary} wide=true busy={props.busy} {refusal} {onclick}>{ words::add_tier(&props.tier.name) }</Button> }
}

fn compare(service: &CatalogService) -> String {
    let packages: Vec<String> = service.packages.iter().take(super::state::COMPARED_LIMIT).map(|package| package.id.to_string()).collect();
    format!("/compare?packages={}", packages.join("."))
}

/// Whether the order's amount asks for a plan goal and none is named.
fn asks_for_goal(props: &BeforeYouOrderProps) -> bool {
    let (Some(cart), Ok(priced)) = (&props.cart, &props.tier.price) else { return false };
    props.goal.is_none() && goal_needed(&cart.policy, priced.total)
}

/// Who would approve the cart's orders to this unit with this one among them.
fn approval_text(props: &BeforeYouOrderProps) -> Option<String> {
    let cart = props.cart.as_ref()?;
    let price = props.tier.price.as_ref().ok()?.total;
    let own = props.tier.package.id;
    let lines = cart.lines.iter().filter(|line| line.unit.id == props.service.unit && line.package != own);
    let others: Cents = lines.map(|line| line.price).sum();
    let sum = UnitSum { unit: props.service.unit, drafts: price, recent: others };
    Some(match approval(&cart.policy, sum) {
        Approval::ByPolicy { because } => words::approval_by_policy(&because),
        Approval::Needs { role, because } => words::approval_needed(role.title(), &because),
    })
}

#[derive(Properties, PartialEq)]
pub struct SimilarCardProps {
    pub service: ServiceId,
}

/// Schools of like size, span and need.
#[component]
pub fn SimilarCard(props: &SimilarCardProps) -> Html {
    let session = use_session();
    let school = session.school().map(|school| school.id);
    let similar = use_load_if::<GetSimilarSchools>(school.map(|school| (props.service, SchoolQuery { school: Some(school) })));
    if school.is_none() {
        return Html::default();
    }
    html! { <Card title={words::SCHOOLS_LIKE_YOURS}>{ similar.draw(SkeletonShape::Lines, |similar| lines(similar)) }</Card> }
}

fn lines(similar: &SimilarSchools) -> Html {
    let line = |label: String, value: String| html! { <p class="line-item"><span>{ label }</span><b class="num">{ value }</b></p> };
    html! {
        <>
            <p class="small muted">{ &similar.likeness }</p>
            { line(words::BOUGHT_IT.to_owned(), words::so_many_of(similar.bought, similar.schools)) }
            { for similar.by_tier.iter().map(|tier| line(words::bought_tier(tier.tier.title()), tier.schools.to_string())) }
            if similar.answered > 0 { { line(words::SAY_IT_HELPED.to_owned(), words::so_many_of(similar.helped, similar.answered)) } }
        </>
    }
}
