//! Yearly choices: offers side by side with the fee for one's school, choosing and switching; the budget office's part below.

use std::rc::Rc;

use shared::identity::policy::Permission;
use shared::orders::selection::{ChoiceGroupView, ChoiceOffer, ChoicePhase, ChoiceQuery, ChoiceTier, Choose, Choosing, GetChoices, SchoolChoice};
use shared::words::orders::selection as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::choice_office::{NewGroup, Office};
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Chip, Empty, IconName, Money, Notice, PageHead, PrintButton, SkeletonShape, Tone, Why, use_toasts,
};

type Groups = Vec<ChoiceGroupView>;

/// The page at `/choices`.
#[component]
pub fn ChoicesPage() -> Html {
    let session = use_session();
    let school = session.school().filter(|_| session.may(Permission::ViewSchoolBudget)).map(|school| school.id);
    let keeps = session.may(Permission::KeepCalendar);
    let loaded = use_load::<GetChoices>((), ChoiceQuery { school });
    let onchanged = loaded.put();
    let tools = html! { <><ButtonLink to={Route::Dates} icon={IconName::Calendar}>{ shared::words::orders::YEARLY_DATES }</ButtonLink><PrintButton /></> };
    html! {
        <>
            <PageHead title={words::TITLE} lead={html! { words::LEAD }} {tools} />
            { loaded.draw(SkeletonShape::Page, |groups: &Rc<Groups>| html! {
                <div class="stack-wide">
                    if groups.is_empty() { <Empty title={words::TITLE} text={words::NONE} icon={IconName::School} /> }
                    { for groups.iter().map(|group| html! {
                        <Group key={group.id.to_string()} group={group.clone()} {school} onchanged={onchanged.clone()} />
                    }) }
                    if keeps { <NewGroup onmade={onchanged.clone()} /> }
                </div>
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct GroupProps {
    group: ChoiceGroupView,
    school: Option<shared::id::SchoolId>,
    onchanged: Callback<Groups>,
}

#[component]
fn Group(props: &GroupProps) -> Html {
    let group = &props.group;
    let toasts = use_toasts();
    let chooser = {
        let onchanged = props.onchanged.clone();
        use_sender::<Choose>(Callback::from(move |groups: Groups| {
            toasts.say(words::SAVED);
            onchanged.emit(groups);
        }))
    };
    let own = group.schools.iter().find(|choice| Some(choice.school.id) == props.school);
    let onchoose = {
        let (chooser, id) = (chooser.clone(), group.id);
        Callback::from(move |choosing: Choosing| chooser.send(Call::to(id).body(choosing)))
    };
    let subtitle = words::phase_words(group.phase, group.opens, group.closes, group.again);
    html! {
        <Card title={format!("{}, {}", group.title, group.year)} {subtitle} actions={html! { <Chip>{ words::phase_title(group.phase) }</Chip> }}>
            <div class="stack">
                if !group.about.is_empty() { <p>{ &group.about }</p> }
                <p class="small muted">{ words::minimum_words(group.minimum) }</p>
                if let Some(failure) = chooser.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                if let Some(own) = own {
                    { standing(own) }
                    if group.phase != ChoicePhase::Over { <p class="small">{ words::intention(group.begins) }</p> }
                }
                <div class="auto-grid">{ for group.offers.iter().map(|offer| side(offer, own, &onchoose, chooser.busy())) }</div>
                if group.without.is_some() { <Office group={group.clone()} onchanged={props.onchanged.clone()} /> }
            </div>
        </Card>
    }
}

/// What the school holds now.
fn standing(own: &SchoolChoice) -> Html {
    let Some(chosen) = &own.chosen else { return html! { <Notice tone={Tone::Warn}>{ words::NOTHING_CHOSEN }</Notice> } };
    let tone = if chosen.failed { Tone::Bad } else { Tone::Good };
    html! {
        <Notice {tone} title={words::CHOSEN}>
            <span class="row-tight wrap">
                <span class="strong">{ &chosen.title }{ " · " }{ &chosen.tier_name }</span>
                <span class="muted">{ &chosen.by.name }</span>
                if chosen.assigned { <Chip>{ words::ASSIGNED }</Chip> }
                if chosen.failed { <Chip tone={Tone::Bad}>{ words::FAILED }</Chip> }
                if chosen.draft.is_some() { <Link<Route> to={Route::Cart}>{ words::IN_CART }</Link<Route>> }
            </span>
        </Notice>
    }
}

/// One offer beside the others: for whom, what it brings, its fee, and the way to it.
fn side(offer: &ChoiceOffer, own: Option<&SchoolChoice>, onchoose: &Callback<Choosing>, busy: bool) -> Html {
    let to = Route::Service { id: offer.service.to_string() };
    html! {
        <section key={offer.service.to_string()} class="stack-tight" aria-label={offer.title.clone()}>
            <h3><Link<Route> {to}>{ &offer.title }</Link<Route>></h3>
            <p class="small">{ &offer.value_statement }</p>
            <p class="row-tight wrap small"><span class="num">{ words::TAKE_UP }{ ": " }{ words::take_up(offer.chosen, offer.capacity) }</span>{ mark(offer) }</p>
            { for offer.tiers.iter().map(|tier| rung(offer, tier, own, (onchoose, busy))) }
        </section>
    }
}

/// How an offer stands, in a word.
pub fn mark(offer: &ChoiceOffer) -> Html {
    if offer.failed {
        html! { <Chip tone={Tone::Bad}>{ words::FAILED }</Chip> }
    } else if offer.chosen >= offer.capacity {
        html! { <Chip>{ words::FULL }</Chip> }
    } else if offer.short {
        html! { <Chip tone={Tone::Warn}>{ words::SHORT }</Chip> }
    } else {
        html! { <Chip tone={Tone::Good}>{ words::ENOUGH }</Chip> }
    }
}

fn rung(offer: &ChoiceOffer, tier: &ChoiceTier, own: Option<&SchoolChoice>, (onchoose, busy): (&Callback<Choosing>, bool)) -> Html {
    let chosen = own.and_then(|own| own.chosen.as_ref());
    let (holds, same) = (chosen.is_some(), chosen.is_some_and(|chosen| chosen.package == tier.package));
    let room = offer.chosen < offer.capacity || chosen.is_some_and(|chosen| chosen.service == offer.service);
    let choosing = own.filter(|own| own.may && !offer.failed && !same && room).map(|own| Choosing { school: own.school.id, package: tier.package });
    html! {
        <div key={tier.package.to_string()} class="stack-tight">
            <span class="strong">{ &tier.name }</span>
            <span class="small muted">{ &tier.for_whom }</span>
            <ul class="small">{ for tier.adds.iter().map(|adds| html! { <li>{ adds }</li> }) }</ul>
            if own.is_some() {
                { match tier.fee {
                    Some(cents) => html! {
                        <>
                            <span class="line-item"><span>{ words::FEE }</span><Money {cents} strong=true /></span>
                            <Why label={tier.working.clone()}><span>{ if tier.next_year { tier.working.as_str() } else { words::THIS_YEARS_FEE } }</span></Why>
                        </>
                    },
                    None => html! { <span class="small">{ words::NO_FEE }</span> },
                } }
            }
            if same { <Chip tone={Tone::Good}>{ words::CHOSEN }</Chip> }
            if let Some(choosing) = choosing {
                <div><Button kind={if holds { ButtonKind::Normal } else { ButtonKind::Primary }} {busy} label={words::choose_tier(&offer.title, &tier.name)}
                    onclick={onchoose.reform(move |_: MouseEvent| choosing)}>{ if holds { words::SWITCH } else { words::CHOOSE } }</Button></div>
            }
        </div>
    }
}

#[cfg(test)]
mod tests;
