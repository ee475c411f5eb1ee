//! My desk: what waits for me by due time, what I wait for with owner and clock, and a few numbers.

use shared::contract::Empty as NoQuery;
use shared::orders::api::GetDesk;
use shared::orders::desk::{DeskItem, DeskNumber, DeskView};
use shared::words::orders as words;
use yew::prelude::*;

use crate::address::PathLink;
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{Card, Chip, Money, PageHead, SkeletonShape, Tone, When};

/// The first page after signing in.
#[component]
pub fn DeskPage() -> Html {
    let session = use_session();
    let desk = use_load::<GetDesk>((), NoQuery {});
    {
        let reload = desk.reload.clone();
        use_effect_with(session.money_turn, move |turn| {
            if *turn > 0 {
                reload.emit(());
            }
        });
    }
    let lead = session.view().map(|view| {
        let scope = view.roles.iter().find(|role| role.confirmed);
        words::desk_lead(&view.person.name, &scope.map(|role| format!("{}, {}", role.role.title(), role.scope_title)).unwrap_or_default())
    });
    html! {
        <>
            <PageHead title={words::DESK} lead={html! { lead.unwrap_or_default() }} />
            { desk.draw(SkeletonShape::Page, |desk| laid(desk)) }
        </>
    }
}

fn laid(desk: &DeskView) -> Html {
    html! {
        <div class="stack-wide">
            if !desk.numbers.is_empty() {
                <ul class="stats desk-numbers" aria-label={words::NUMBERS}>{ for desk.numbers.iter().map(number) }</ul>
            }
            <div class="desk-lists">
                <Card title={words::WAITS_FOR_ME} subtitle={words::waits_count(desk.mine.len())} flush=true>
                    { items(&desk.mine, words::NOTHING_WAITS, Side::Mine) }
                </Card>
                <Card title={words::I_WAIT_FOR} subtitle={words::waits_count(desk.theirs.len())} flush=true>
                    { items(&desk.theirs, words::NOTHING_AWAITED, Side::Theirs) }
                </Card>
            </div>
        </div>
    }
}

fn number(number: &DeskNumber) -> Html {
    html! {
        <li>
            <PathLink to={number.link.clone()} class="card link-card">
                <span class="stat"><span class="tiny muted">{ &number.label }</span><span class="value">{ &number.value }</span></span>
            </PathLink>
        </li>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Mine,
    Theirs,
}

fn items(items: &[DeskItem], empty: &'static str, side: Side) -> Html {
    if items.is_empty() {
        return html! { <p class="small muted desk-empty">{ empty }</p> };
    }
    html! { <ul class="work-list">{ for items.iter().map(|entry| item(entry, side)) }</ul> }
}

fn item(item: &DeskItem, side: Side) -> Html {
    let word = match side {
        Side::Mine => item.action.clone(),
        Side::Theirs => words::waits(&item.owner, &item.action),
    };
    html! {
        <li>
            <PathLink to={item.link.clone()}>
                <span class="grow stack-tight">
                    <span class={(side == Side::Mine).then_some("strong")}>{ &item.title }</span>
                    <span class="tiny muted">{ word }</span>
                </span>
                if let Some(amount) = item.amount { <Money cents={amount} /> }
                if let Some(due) = item.due {
                    if item.overdue {
                        <Chip tone={Tone::Bad}>{ words::OVERDUE }{ " · " }<When at={due} /></Chip>
                    } else {
                        <span class="tiny muted"><When at={due} /></span>
                    }
                }
            </PathLink>
        </li>
    }
}
