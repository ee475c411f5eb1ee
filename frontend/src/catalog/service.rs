//! A service: its tiers side by side, what each costs this school and who may pay for it, what buyers say.

use std::rc::Rc;

use shared::calendar::SchoolCalendar;
use shared::catalog::api::{Catalog, CatalogService, CatalogUnit, GetCatalog, GetSimilarSchools, SchoolQuery};
use shared::catalog::choice::Choices;
use shared::catalog::search::rating;
use shared::contract::{Empty as NoQuery, encode};
use shared::id::{PackageId, PlanGoalId, SchoolId};
use shared::identity::api::UnitRef;
use shared::identity::policy::Permission;
use shared::orders::api::{AddToCart, GetCart, NewDraft};
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;

use super::buyer::{Buyer, use_buyer};
use super::noting::use_visit;
use super::offer::{ServiceQuery, TierView, Viewer, fit, funds, tiers};
use super::payment::Payment;
use super::service_aside::{BeforeYouOrder, SimilarCard};
use super::state::unit_of;
use super::tiers::{Actions, tier_columns};
use crate::address::use_query;
use crate::api::Call;
use crate::form::{Sender, use_sender};
use crate::load::{use_load, use_load_if};
use crate::orders::AskCard;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    ButtonKind, ButtonLink, Card, Chip, Crumb, Empty, Facts, Icon, IconName, Notice, PageHead, PrintButton, Rating, Skeleton,
    SkeletonShape, Stat, Tone, use_toasts,
};

#[derive(Properties, PartialEq)]
pub struct ServicePageProps {
    pub id: AttrValue,
}

/// Loads the catalog and the school, then shows the service.
#[component]
pub fn ServicePage(props: &ServicePageProps) -> Html {
    let catalog = use_load::<GetCatalog>((), NoQuery {});
    let buyer = use_buyer();
    let today = use_session().view().map(|view| view.district.today);
    match today {
        Some(today) if !buyer.waiting => catalog.draw(SkeletonShape::Page, |catalog| {
            let found = catalog.services.iter().position(|service| service.id.to_string() == props.id.as_str());
            match found {
                Some(number) => {
                    html! { <Service key={props.id.to_string()} catalog={catalog.clone()} {number} buyer={buyer.clone()} {today} /> }
                }
                None => missing(),
            }
        }),
        _ => html! { <Skeleton /> },
    }
}

fn missing() -> Html {
    html! {
        <>
            <PageHead title={words::NO_SERVICE} />
            <Empty title={words::NO_SERVICE} text={words::NO_SERVICE_TEXT} icon={IconName::Package}>
                <ButtonLink to={Route::Shelf} kind={ButtonKind::Primary}>{ words::BACK_TO_SHELF }</ButtonLink>
            </Empty>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ServiceProps {
    catalog: Rc<Catalog>,
    number: usize,
    buyer: Buyer,
    today: Date,
}

#[component]
fn Service(props: &ServiceProps) -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let (query, change) = use_query::<ServiceQuery>();
    let school = session.school().map(|school| school.id);
    let may_ask = school.is_some() && session.may(Permission::AskQuestion);
    let cart = use_load_if::<GetCart>(school.filter(|_| session.may(Permission::ViewSchoolBudget)).map(|school| (school, NoQuery {})));
    let put = cart.put();
    let sender = use_sender::<AddToCart>(Callback::from(move |view| {
        toasts.say(words::ADDED);
        put.emit(view);
    }));
    let service = props.catalog.services.get(props.number);
    use_visit(service, service.and_then(|service| query.chosen(service)).map(|package| package.id));
    let Some(service) = service else { return missing() };
    let Some(unit) = unit_of(&props.catalog, service.unit) else { return missing() };
    let facts = props.buyer.facts();
    let days = SchoolCalendar::new(props.catalog.days.clone());
    let viewer = Viewer { facts: &facts, means: props.buyer.means(), today: props.today, days: &days };
    let columns = tiers(service, &query, &viewer);
    let (chosen, goal) = (query.chosen(service).map(|package| package.id), query.goal(service, &viewer));
    let add = adding(&sender, school, goal);
    let in_cart: Vec<PackageId> = cart.data().map(|cart| cart.lines.iter().map(|line| line.package).collect()).unwrap_or_default();
    let actions = Actions {
        choose: choosing(&query, &change),
        quantity: typing(&query, &change, |query, text| query.quantity = Some(text)),
        choices: extras_chosen(&query, &change),
        facts,
        today: props.today,
        ask: asking(may_ask, service, unit),
        add: add.clone(),
        busy: sender.busy(),
        may_add: session.may(Permission::DraftOrder) && school.is_some(),
        in_cart,
    };
    let tier = columns.iter().find(|tier| Some(tier.package.id) == chosen).cloned();
    let pays = tier.as_ref().and_then(|tier| fit(service, &tier.package, &query, &viewer));
    let payers = pays.as_ref().map(|fit| funds(fit, &viewer)).unwrap_or_default();
    html! {
        <>
            { head(may_ask, service, unit) }
            <div class="stack-wide service-sheet">
                <div class="stack">
                    { chips(service, unit, &columns) }
                    if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                    if school.is_none() { <Notice>{ words::PRICED_FOR_A_SCHOOL }</Notice> }
                    { tier_columns(&columns, chosen, &actions, school.is_some()) }
                </div>
                <div class="two">
                    <div class="stack-wide">
                        if let (Some(tier), Some(fit)) = (tier.clone(), pays) {
                            <Payment buyer={props.buyer.clone()} {tier} {fit} {goal} onstart={typing(&query, &change, |query, text| query.start = Some(text))}
                                ongoal={typing(&query, &change, |query, text| query.goal = Some(text))} />
                        }
                        { about(service) }
                        <BuyersCard catalog={props.catalog.clone()} number={props.number} />
                    </div>
                    <div class="stack-wide no-print">
                        if let Some(tier) = tier {
                            <BeforeYouOrder service={Rc::new(service.clone())} {tier} {goal} cart={cart.data().cloned()} funds={payers} may_add={actions.may_add}
                                busy={sender.busy()} onadd={add} in_cart={actions.in_cart.clone()} />
                        }
                        { others(service, unit) }
                    </div>
                </div>
                { sheet_foot(service, unit, props) }
            </div>
        </>
    }
}

/// On paper only: who answers, on which terms, for whom it is priced and when.
fn sheet_foot(service: &CatalogService, unit: &CatalogUnit, props: &ServiceProps) -> Html {
    let school = props.buyer.school.as_ref().map(|school| school.name.as_str());
    let facts: Vec<(AttrValue, Html)> = vec![
        (words::ROW_CONTACT.into(), html! { words::sheet_contact(&unit.contact, &unit.name, &unit.contact_email) }),
        (words::ROW_CANCEL.into(), html! { words::terms(&service.content.terms) }),
        (words::SHEET_OF.into(), html! { words::sheet_priced(school, props.today) }),
    ];
    html! { <div class="print-only"><Facts {facts} /></div> }
}

/// What similar schools did, and what was asked before.
fn others(service: &CatalogService, unit: &CatalogUnit) -> Html {
    let unit = UnitRef { id: unit.id, name: unit.name.clone() };
    html! { <><SimilarCard service={service.id} /><AskCard {unit} service={service.id} /></> }
}

fn adding(sender: &Sender<AddToCart>, school: Option<SchoolId>, goal: Option<PlanGoalId>) -> Callback<TierView> {
    let sender = sender.clone();
    Callback::from(move |tier: TierView| {
        if let Some(school) = school {
            let draft =
                NewDraft { package: tier.package.id, quantity: tier.quantity, start: Some(tier.start), goal, choices: tier.choices };
            sender.send(Call::to(school).body(draft));
        }
    })
}

/// Choosing a tier forgets the quantity of the one before.
fn choosing(query: &ServiceQuery, change: &Callback<ServiceQuery>) -> Callback<PackageId> {
    let query = query.clone();
    change.reform(move |package: PackageId| ServiceQuery {
        package: Some(package.to_string()),
        quantity: None,
        years: None,
        add: None,
        ..query.clone()
    })
}

fn extras_chosen(query: &ServiceQuery, change: &Callback<ServiceQuery>) -> Callback<Choices> {
    let query = query.clone();
    change.reform(move |choices: Choices| query.choosing(&choices))
}

fn typing(query: &ServiceQuery, change: &Callback<ServiceQuery>, set: fn(&mut ServiceQuery, String)) -> Callback<String> {
    let query = query.clone();
    change.reform(move |text: String| {
        let mut next = query.clone();
        set(&mut next, text);
        next
    })
}

/// The way to the form on this page; for who has no school, a mail to the unit about the service.
fn asking(may_ask: bool, service: &CatalogService, unit: &CatalogUnit) -> Option<AttrValue> {
    if may_ask {
        return Some(AttrValue::Static("#ask"));
    }
    let subject = encode(&words::ask_subject(&service.content.title));
    (!unit.contact_email.is_empty()).then(|| AttrValue::from(format!("mailto:{}?subject={subject}", unit.contact_email)))
}

fn head(may_ask: bool, service: &CatalogService, unit: &CatalogUnit) -> Html {
    let content = &service.content;
    let tenths = rating(service.buyers).map(|hundredths| (hundredths + 5) / 10);
    let crumbs = vec![Crumb::to(words::SHELF_TITLE, Route::Shelf), Crumb::here(unit.name.clone())];
    let tools = html! {
        <>
            <Rating {tenths} count={service.buyers.ratings} />
            <PrintButton />
            if let Some(href) = asking(may_ask, service, unit) {
                <a class="button" {href}>
                    <Icon name={IconName::MessageSquare} />{ words::ask(&unit.contact) }
                </a>
            }
        </>
    };
    html! { <PageHead title={content.title.clone()} lead={html! { &content.value_statement }} {crumbs} {tools} /> }
}

fn chips(service: &CatalogService, unit: &CatalogUnit, columns: &[TierView]) -> Html {
    let content = &service.content;
    let start = columns.iter().filter(|tier| tier.package.left != Some(0)).map(|tier| tier.start).min();
    html! {
        <div class="row-tight">
            <Chip tone={Tone::Board}>{ words::division_label(unit.division.title(), content.provider.as_deref()) }</Chip>
            if content.provider.is_some() { <Chip tone={Tone::Warn}>{ words::CONTRACTED_OUT }</Chip> }
            <Chip>{ content.span.title() }</Chip>
            <Chip>{ content.category.title() }</Chip>
            <Chip icon={IconName::Clock}>{ words::answers_within(content.level.reply_days) }</Chip>
            if let Some(day) = start { <Chip icon={IconName::Calendar}>{ words::next_start(day) }</Chip> }
        </div>
    }
}

fn about(service: &CatalogService) -> Html {
    let content = &service.content;
    let facts: Vec<(AttrValue, Html)> = vec![
        (words::OUTCOME.into(), html! { <p class="measure">{ &content.outcome }</p> }),
        (words::EVIDENCE.into(), html! { <p class="measure">{ &content.evidence }</p> }),
        (words::PREREQUISITES.into(), html! { <p class="measure">{ &content.prerequisites }</p> }),
    ];
    html! { <Card title={words::ABOUT_SERVICE} class="service-about"><Facts {facts} /></Card> }
}

#[derive(Properties, PartialEq)]
struct BuyersCardProps {
    catalog: Rc<Catalog>,
    number: usize,
}

/// Ratings beside what those who answered say of their goal.
#[component]
fn BuyersCard(props: &BuyersCardProps) -> Html {
    let session = use_session();
    let service = props.catalog.services.get(props.number);
    let school = session.school().map(|school| school.id);
    let similar = use_load_if::<GetSimilarSchools>(service.map(|service| (service.id, SchoolQuery { school })));
    let Some(service) = service else { return Html::default() };
    let stars = rating(service.buyers).map(|hundredths| (hundredths + 5) / 10);
    let rated = stars.map_or_else(|| words::NOT_RATED_YET.to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let helped = similar.data().filter(|similar| similar.answered > 0).map(|similar| words::helped(similar.helped, similar.answered));
    html! {
        <Card title={words::WHAT_BUYERS_SAY} class="service-buyers">
            <div class="stats">
                <Stat label={words::RATED} value={html! { rated }} note={html! { if stars.is_some() { { words::OF_FIVE } } }} />
                <Stat label={words::BOUGHT_BY} value={html! { words::schools_bought(service.buyers.schools) }} />
                <Stat label={words::DID_IT_HELP} value={html! { helped.unwrap_or_else(|| words::NO_ANSWERS.to_owned()) }} />
            </div>
        </Card>
    }
}
