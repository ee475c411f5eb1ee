//! The budget line: one bar that shows where a sum of money stands, with a chalk mark at the limit.

use shared::budget::MoneyStates;
use shared::money::Cents;
use shared::words::shell as words;
use yew::prelude::*;

use super::money::{money_text, short_money};

/// The states of money in a budget line, in the order they are drawn. The rest up to `total` is available.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BudgetParts {
    pub total: Cents,
    pub spent: Cents,
    pub held: Cents,
    pub encumbered: Cents,
    pub pre_encumbered: Cents,
    pub cart: Cents,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetPart {
    Spent,
    Held,
    Encumbered,
    PreEncumbered,
    Cart,
    Available,
}

impl BudgetPart {
    const TAKEN: [Self; 5] = [Self::Spent, Self::Held, Self::Encumbered, Self::PreEncumbered, Self::Cart];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Spent => words::SPENT,
            Self::Held => words::HELD,
            Self::Encumbered => words::ENCUMBERED,
            Self::PreEncumbered => words::PRE_ENCUMBERED,
            Self::Cart => words::THIS_CART,
            Self::Available => words::AVAILABLE,
        }
    }

    /// The pale parts are told apart by pattern as well as by colour and order.
    const fn fill(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Spent => ("spent", None),
            Self::Held => ("held", None),
            Self::Encumbered => ("encumbered", Some("url(#dots)")),
            Self::PreEncumbered => ("pre-encumbered", Some("url(#stripes)")),
            Self::Cart => ("cart", None),
            Self::Available => ("available", None),
        }
    }
}

impl BudgetParts {
    /// A line as the server tells it, with nothing in the cart.
    pub const fn of(money: &MoneyStates) -> Self {
        Self {
            total: money.allocated,
            spent: money.spent,
            held: money.held,
            encumbered: money.encumbered,
            pre_encumbered: money.pre_encumbered,
            cart: Cents::ZERO,
        }
    }

    /// The same line if `cart` were submitted.
    #[must_use]
    pub const fn with_cart(self, cart: Cents) -> Self {
        Self { cart, ..self }
    }

    pub const fn part(&self, part: BudgetPart) -> Cents {
        match part {
            BudgetPart::Spent => self.spent,
            BudgetPart::Held => self.held,
            BudgetPart::Encumbered => self.encumbered,
            BudgetPart::PreEncumbered => self.pre_encumbered,
            BudgetPart::Cart => self.cart,
            BudgetPart::Available => self.available(),
        }
    }

    fn taken(&self) -> Cents {
        BudgetPart::TAKEN.into_iter().map(|part| self.part(part)).sum()
    }

    /// What is left after everything, the cart included; negative where the line is short.
    pub const fn available(&self) -> Cents {
        let taken = self.spent.get() + self.held.get() + self.encumbered.get() + self.pre_encumbered.get() + self.cart.get();
        Cents::new(self.total.get() - taken)
    }

    /// The length of the whole bar: the limit, or more where the line is overdrawn.
    fn scale(&self) -> i64 {
        self.total.get().max(self.taken().get()).max(1)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BudgetLineSize {
    #[default]
    Large,
    /// For the page head, cards and table cells: no legend.
    Small,
}

#[derive(Properties, PartialEq)]
pub struct BudgetLineProps {
    /// What it is the line of: a fund, a school.
    pub title: AttrValue,
    pub parts: BudgetParts,
    #[prop_or_default]
    pub size: BudgetLineSize,
    /// Asked "why?" about one part; makes the parts and the legend clickable.
    #[prop_or_default]
    pub onpart: Option<Callback<BudgetPart>>,
}

/// A stacked bar with a spoken description; large ones carry a legend of sums.
#[component]
pub fn BudgetLine(props: &BudgetLineProps) -> Html {
    let small = props.size == BudgetLineSize::Small;
    let description = spoken(&props.parts);
    html! {
        <div class={classes!("budget-line", small.then_some("small"))}>
            <svg role="img" aria-label={format!("{}. {description}", props.title)}>
                <title>{ &props.title }</title>
                <desc>{ description }</desc>
                { bar(props, small) }
            </svg>
            if !small { { legend(props) } }
        </div>
    }
}

fn spoken(parts: &BudgetParts) -> String {
    let mut listed: Vec<(&str, String)> = Vec::new();
    for part in BudgetPart::TAKEN {
        if !parts.part(part).is_zero() {
            listed.push((part.label(), money_text(parts.part(part))));
        }
    }
    let available = parts.available();
    if available.is_negative() {
        listed.push((words::SHORT_BY, money_text(Cents::new(-available.get()))));
    } else {
        listed.push((words::AVAILABLE, money_text(available)));
    }
    words::budget_line(&money_text(parts.total), &listed)
}

/// The patterns of the pale parts; stands once on a page, in the frame around all pages.
#[component]
pub fn BudgetPatterns() -> Html {
    html! {
        <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                <pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="stripe-ground" width="7" height="7" />
                    <line class="stripe" x1="2" y1="0" x2="2" y2="7" />
                </pattern>
                <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
                    <rect class="dot-ground" width="6" height="6" />
                    <circle class="dot" cx="3" cy="3" r="0.9" />
                </pattern>
            </defs>
        </svg>
    }
}

fn bar(props: &BudgetLineProps, small: bool) -> Html {
    let (top, height) = if small { ("4", "8") } else { ("5", "14") };
    let scale = props.parts.scale();
    let limit = percent(props.parts.total.get().max(0), scale);
    let mut start = 0;
    let mut drawn = Vec::with_capacity(BudgetPart::TAKEN.len());
    for part in BudgetPart::TAKEN {
        let cents = props.parts.part(part).get().max(0);
        if cents > 0 {
            drawn.push(segment(props, part, (percent(start, scale), percent(cents, scale)), (top, height)));
        }
        start += cents;
    }
    html! {
        <>
            <rect class="available" x="0" y={top} width="100%" {height} rx="4" />
            { for drawn }
            <rect class="chalk" x={limit} y="0" width="4" height={if small { "16" } else { "24" }} rx="2" transform="translate(-3 0)" />
        </>
    }
}

fn segment(props: &BudgetLineProps, part: BudgetPart, (x, width): (String, String), (y, height): (&'static str, &'static str)) -> Html {
    let (class, fill) = part.fill();
    let onclick = props.onpart.clone().map(|ask| Callback::from(move |_: MouseEvent| ask.emit(part)));
    let class = classes!("part", class, props.onpart.is_some().then_some("can-open"));
    html! {
        <rect {class} {x} {y} {width} {height} {fill} {onclick}>
            <title>{ format!("{} {}", part.label(), money_text(props.parts.part(part))) }</title>
        </rect>
    }
}

fn legend(props: &BudgetLineProps) -> Html {
    let shown = BudgetPart::TAKEN.into_iter().filter(|part| !props.parts.part(*part).is_zero());
    let mut entries: Vec<Html> = shown.map(|part| entry(props, part, part.label(), props.parts.part(part))).collect();
    let available = props.parts.available();
    let last = if available.is_negative() {
        entry(props, BudgetPart::Available, words::SHORT_BY, Cents::new(-available.get()))
    } else {
        let label = if props.parts.cart.is_zero() { words::AVAILABLE } else { words::AVAILABLE_AFTER };
        entry(props, BudgetPart::Available, label, available)
    };
    entries.push(last);
    html! { <ul class="legend">{ for entries }</ul> }
}

fn entry(props: &BudgetLineProps, part: BudgetPart, label: &'static str, cents: Cents) -> Html {
    let (class, fill) = part.fill();
    let class = if label == words::SHORT_BY { "over" } else { class };
    let text = html! {
        <>
            <svg aria-hidden="true"><rect {class} {fill} width="12" height="12" rx="2" /></svg>
            { label }<span class="money">{ short_money(cents) }</span>
        </>
    };
    match props.onpart.clone() {
        None => html! { <li>{ text }</li> },
        Some(ask) => {
            let onclick = Callback::from(move |_: MouseEvent| ask.emit(part));
            html! { <li><button type="button" {onclick}>{ text }</button></li> }
        }
    }
}

/// `part / whole` as an SVG percentage with two decimals, without floats.
fn percent(part: i64, whole: i64) -> String {
    let hundredths = i128::from(part) * 10_000 / i128::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
