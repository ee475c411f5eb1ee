//! The tiers of a service, side by side: price with its working, what each adds, how to get it.

use shared::catalog::choice::Choices;
use shared::catalog::price::{self, PriceError, Priced};
use shared::catalog::{PriceModel, SchoolFacts};
use shared::id::PackageId;
use shared::time::Date;
use shared::words::catalog as words;
use yew::prelude::*;

use super::extras::{Chooser, chooser, offers, price_lines};
use super::offer::{PayHint, TierView, is_free};
use super::waiting::JoinButton;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, ButtonLink, Chip, Icon, IconName, TextField, TextKind, Tone, short_money};

/// What can be done with a tier.
pub struct Actions {
    pub choose: Callback<PackageId>,
    pub quantity: Callback<String>,
    pub choices: Callback<Choices>,
    /// The school's counts, for the prices of add-ons.
    pub facts: SchoolFacts,
    pub today: Date,
    /// Where to ask for what is priced on request.
    pub ask: Option<AttrValue>,
    pub add: Callback<TierView>,
    pub busy: bool,
    pub may_add: bool,
    pub in_cart: Vec<PackageId>,
}

/// One column for each tier; the chosen one is marked.
pub fn tier_columns(tiers: &[TierView], chosen: Option<PackageId>, actions: &Actions, has_school: bool) -> Html {
    html! {
        <section class="card tiers" aria-label={words::TIERS}>
            { for tiers.iter().map(|tier| column(tier, Some(tier.package.id) == chosen, actions, has_school)) }
        </section>
    }
}

fn column(tier: &TierView, chosen: bool, actions: &Actions, has_school: bool) -> Html {
    let content = &tier.package.content;
    let id = tier.package.id;
    let onchoose = actions.choose.reform(move |_: MouseEvent| id);
    html! {
        <div class={classes!("tier", chosen.then_some("picked"))} key={id.to_string()}>
            <div>
                <h2 class="tier-name">
                    <button type="button" class="tier-choose" aria-pressed={chosen.to_string()} onclick={onchoose}>{ &tier.name }</button>
                </h2>
                <p class="small muted">{ &content.for_whom }</p>
            </div>
            { price_of(tier, has_school) }
            <div class="row-tight tier-chips">{ hint(&tier.hint) }{ left(tier) }</div>
            <div class="stack">
                if chosen && price::takes_quantity(&content.price) { { quantity(tier, actions) } }
                if chosen { { choose(tier, actions) } } else { { offered(tier, actions) } }
                { adds(tier) }
            </div>
            { action(tier, chosen, actions) }
        </div>
    }
}

fn price_of(tier: &TierView, has_school: bool) -> Html {
    match &tier.price {
        Ok(_) if is_free(&tier.package) => html! {
            <div>
                <p class="price">{ words::INCLUDED }</p>
                <p class="tiny muted">{ words::WHAT_IS_CORE }</p>
                if let Some(times) = tier.package.content.extras.guaranteed { <p class="tiny">{ words::guaranteed_times(times) }</p> }
            </div>
        },
        Ok(priced) if priced.total.is_zero() => html! { <p class="small muted">{ words::NO_PRICE_YET }</p> },
        Ok(Priced { total, lines, .. }) if lines.len() > 1 => html! {
            <div class="stack-tight"><p class="price">{ short_money(*total) }</p>{ price_lines(lines) }</div>
        },
        Ok(Priced { total, working, .. }) => html! {
            <div><p class="price">{ short_money(*total) }</p><p class="tiny muted num tier-working">{ working }</p></div>
        },
        Err(error) if is_asked(*error) => html! {
            <div><p class="price">{ words::QUOTE_TITLE }</p><p class="tiny muted">{ error.message() }</p></div>
        },
        Err(error) => html! { <p class="small muted">{ words::no_price(*error, has_school) }</p> },
    }
}

/// Priced only once the unit is asked.
fn is_asked(error: PriceError) -> bool {
    matches!(error, PriceError::QuoteNeeded | PriceError::CostUnknown { .. })
}

fn choose(tier: &TierView, actions: &Actions) -> Html {
    let by = Chooser { facts: &actions.facts, quantity: tier.quantity, choices: &tier.choices, onchange: actions.choices.clone() };
    chooser(&tier.package.content, &by)
}

fn offered(tier: &TierView, actions: &Actions) -> Html {
    let offers = offers(&tier.package.content, actions.today);
    if offers.is_empty() {
        return Html::default();
    }
    html! { <p class="tiny muted">{ offers.join(" · ") }</p> }
}

/// Status in one look, each with icon and words.
pub fn hint(hint: &PayHint) -> Html {
    match hint {
        PayHint::Silent => Html::default(),
        PayHint::Pays { fund } => html! {
            <>
                <Chip tone={Tone::Good}>{ words::fund_can_pay(fund) }</Chip>
                <Chip tone={Tone::Good}>{ words::FITS_WHAT_IS_LEFT }</Chip>
            </>
        },
        PayHint::TakesFlexible(sum) => html! { <Chip tone={Tone::Warn}>{ words::takes_flexible(*sum) }</Chip> },
        PayHint::Short(sum) => html! { <Chip tone={Tone::Bad}>{ words::short_by(*sum) }</Chip> },
    }
}

fn left(tier: &TierView) -> Html {
    let limited = !tier.package.parts.is_empty();
    match tier.package.left {
        Some(1..) if limited => html! { <Chip tone={Tone::Info}>{ words::capacity::next_start(tier.start) }</Chip> },
        Some(left) if left <= 3 => html! { <Chip tone={Tone::Warn}>{ words::left_this_year(left) }</Chip> },
        Some(_) | None => Html::default(),
    }
}

fn quantity(tier: &TierView, actions: &Actions) -> Html {
    let content = &tier.package.content;
    let unit = price::counted(tier.quantity, price::measure(content));
    let unit = unit.split_once(' ').map(|(_, unit)| unit.to_owned()).unwrap_or_default();
    let cheaper = price::cheaper_quantity(&content.price, tier.quantity);
    let by_share = matches!(content.price, PriceModel::PostShare { .. });
    let hint = cheaper.map(|(quantity, sum)| words::cheaper(&price::counted(quantity, price::measure(content)), sum));
    let hint = if by_share { Some(words::POST_SHARE_HINT.to_owned()) } else { hint };
    let unit = if by_share { words::HUNDREDTHS.to_owned() } else { unit };
    html! {
        <TextField name="quantity" label={words::QUANTITY} kind={TextKind::Number} maxlength=5 value={tier.quantity.to_string()} {unit}
            oninput={actions.quantity.clone()} hint={hint.map(AttrValue::from)} />
    }
}

fn adds(tier: &TierView) -> Html {
    let content = &tier.package.content;
    html! {
        <ul class="tier-adds">
            if let Some(before) = &tier.holds { <li><Icon name={IconName::Check} /><span>{ words::everything_in(before) }</span></li> }
            { for tier.gets.iter().chain(&content.adds).map(|line| html! {
                <li class={classes!(tier.holds.is_some().then_some("new"))}>
                    <Icon name={if tier.holds.is_some() { IconName::Plus } else { IconName::Check }} /><span>{ line }</span>
                </li>
            }) }
        </ul>
    }
}

fn action(tier: &TierView, chosen: bool, actions: &Actions) -> Html {
    if actions.in_cart.contains(&tier.package.id) {
        return html! { <ButtonLink to={Route::Cart} wide=true icon={IconName::ShoppingCart}>{ words::IN_THE_CART }</ButtonLink> };
    }
    if !actions.may_add {
        return Html::default();
    }
    if tier.price.as_ref().is_err_and(|error| is_asked(*error)) {
        return html! { if let Some(href) = &actions.ask { <a class="button wide" {href}>{ words::ASK_FOR_QUOTE }</a> } };
    }
    let kind = if chosen { ButtonKind::Primary } else { ButtonKind::Normal };
    if tier.price.is_ok() && tier.package.left == Some(0) {
        return html! { <JoinButton package={tier.package.id} title={tier.name.clone()} quantity={tier.quantity} start={tier.start} wide=true /> };
    }
    let refusal = tier.price.as_ref().err().map(|error| AttrValue::from(error.message()));
    let to_explain = matches!(tier.hint, PayHint::TakesFlexible(_) | PayHint::Short(_)) && !chosen;
    if to_explain {
        let id = tier.package.id;
        let onclick = actions.choose.reform(move |_: MouseEvent| id);
        return html! { <Button wide=true {onclick}>{ words::SEE_HOW_TO_PAY }</Button> };
    }
    let onclick = {
        let tier = tier.clone();
        actions.add.reform(move |_: MouseEvent| tier.clone())
    };
    let text = if is_free(&tier.package) { words::ORDER_FREE } else { words::ADD_TO_PLAN };
    html! { <Button wide=true {kind} {onclick} busy={actions.busy} {refusal}>{ text }</Button> }
}

/// A price with its working below it, for a table's cell.
pub fn price_with_working(tier: &TierView, has_school: bool) -> Html {
    match &tier.price {
        Ok(_) if is_free(&tier.package) => html! { <b>{ words::INCLUDED }</b> },
        Ok(Priced { total, working, .. }) => {
            html! { <div><b class="num">{ short_money(*total) }</b><p class="tiny muted num">{ working }</p></div> }
        }
        Err(error) if is_asked(*error) => html! { <b>{ words::QUOTE_TITLE }</b> },
        Err(error) => html! { <span class="muted">{ words::no_price(*error, has_school) }</span> },
    }
}
