//! Beside a service: what ordering it entails, and what similar schools did.

use std::rc::Rc;

use shared::catalog::api::{CatalogService, GetSimilarSchools, SchoolQuery, SimilarSchools};
use shared::catalog::price::brokerage;
use shared::id::{PackageId, PlanGoalId, ServiceId};
use shared::money::Cents;
use shared::orders::api::CartView;
use shared::orders::approval::{Asked, FundTraits, ProviderKind, Recent, SellerSum, needed};
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
    /// The funds that would pay.
    pub funds: Vec<FundTraits>,
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
    let fee = brokerage(&props.tier.package.content, props.tier.quantity);
    html! {
        <Card title={words::BEFORE_YOU_ORDER}>
            if let Some(text) = approval_text(props) { <p class="with-icon"><Icon name={IconName::User} /><span>{ text }</span></p> }
            if asks_for_goal(props) { <p class="with-icon"><Icon name={IconName::TriangleAlert} /><span>{ words::GOAL_ASKED }</span></p> }
            if !fee.is_zero() { <p class="with-icon"><Icon name={IconName::Wallet} /><span>{ words::brokerage_in_price(fee) }</span></p> }
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
    props.goal.is_none() && cart.policy.goal_needed(priced.total)
}

/// Who would have to approve this with the rest of the cart, and how long that usually takes: the rows the server asks, asked here.
fn approval_text(props: &BeforeYouOrderProps) -> Option<String> {
    let cart = props.cart.as_ref()?;
    let content = &props.service.content;
    let price = props.tier.price.as_ref().ok()?.total;
    let provider = if content.provider.is_some() { ProviderKind::Outside } else { ProviderKind::Unit };
    let asked = Asked { price, funds: props.funds.clone(), category: content.category, provider };
    let needed = needed(&cart.policy, &asked, &together(props, cart, price));
    Some(if needed.by_policy() {
        words::approval_by_policy(&needed.because)
    } else {
        words::approval_needed(&needed.steps, &cart.usual, &needed.because)
    })
}

/// This package with what else of its seller is in the cart or was ordered lately.
fn together(props: &BeforeYouOrderProps, cart: &CartView, price: Cents) -> SellerSum {
    let (unit, provider) = (props.service.unit, props.service.content.provider.clone());
    let own = props.tier.package.id;
    let same = cart.approvals.iter().filter(|group| group.unit.id == unit && group.provider == provider);
    let orders: Vec<_> = same.flat_map(|group| &group.orders).collect();
    let others: Cents = cart.lines.iter().filter(|line| line.package != own && orders.contains(&&line.order)).map(|line| line.price).sum();
    let lately = |known: &&Recent| known.unit == unit && known.provider == provider;
    let recent = cart.recent.iter().filter(lately).map(|known| known.total).sum();
    SellerSum { unit, provider, drafts: price.saturating_add(others), recent }
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
