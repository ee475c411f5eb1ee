//! The tables of the machines as reviewed, and where the money is on every path.

use std::collections::HashSet;
use std::fmt::{Debug, Write as _};

use super::*;

fn table<S: Debug + Copy, C: Debug + Copy>(states: &[S], commands: &[C], apply: fn(S, C) -> Result<Outcome<S>, Refusal>) -> String {
    let mut text = String::new();
    for state in states {
        writeln!(text, "{state:?}").unwrap();
        for command in commands {
            let said = match apply(*state, *command) {
                Ok(outcome) => format!("{:?}, money {:?}", outcome.state, outcome.money),
                Err(Refusal::NotInThisState) => continue,
                Err(Refusal::DeliveryOpen) => "refused: a delivery is open".to_owned(),
            };
            writeln!(text, "  {command:?} -> {said}").unwrap();
        }
    }
    text
}

#[test]
fn the_orders_table_is_as_reviewed() {
    insta::assert_snapshot!("order_states", table(OrderState::ALL, OrderCommand::ALL, apply));
}

#[test]
fn the_deliveries_table_is_as_reviewed() {
    insta::assert_snapshot!("delivery_states", table(DeliveryState::ALL, DeliveryCommand::ALL, apply_delivery));
}

/// Where the price of an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Money {
    Free,
    Reserved,
    Encumbered,
}

fn after(money: Money, effect: MoneyEffect) -> Option<Money> {
    match (money, effect) {
        (_, MoneyEffect::Untouched) => Some(money),
        (Money::Free, MoneyEffect::Reserve) => Some(Money::Reserved),
        (Money::Free, MoneyEffect::Encumber) => Some(Money::Encumbered),
        (Money::Reserved, MoneyEffect::PostReservation) => Some(Money::Encumbered),
        (Money::Reserved, MoneyEffect::VoidReservation) => Some(Money::Free),
        (Money::Reserved, MoneyEffect::VoidAndReserve) => Some(Money::Reserved),
        (Money::Reserved, MoneyEffect::VoidAndEncumber) => Some(Money::Encumbered),
        (Money::Encumbered, MoneyEffect::Release | MoneyEffect::ReleaseByTerms) => Some(Money::Free),
        (
            Money::Encumbered,
            MoneyEffect::Reencumber
            | MoneyEffect::Spend
            | MoneyEffect::Unspend
            | MoneyEffect::ReleasePart
            | MoneyEffect::Adjust
            | MoneyEffect::ReleaseRest,
        ) => Some(Money::Encumbered),
        (Money::Encumbered, MoneyEffect::ReleaseAndReserve) => Some(Money::Reserved),
        (Money::Free, MoneyEffect::UnspendAndRelease) => Some(Money::Free),
        (Money::Free | Money::Reserved | Money::Encumbered, _) => None,
    }
}

#[test]
fn money_is_where_the_state_says_on_every_path() {
    let mut seen = HashSet::from([(OrderState::Draft, Money::Free)]);
    let mut open: Vec<(OrderState, Money)> = seen.iter().copied().collect();
    while let Some((state, money)) = open.pop() {
        for command in OrderCommand::ALL {
            let Ok(outcome) = apply(state, *command) else { continue };
            let money =
                after(money, outcome.money).unwrap_or_else(|| panic!("{state:?} {command:?}: {:?} on {money:?}", outcome.money));
            if seen.insert((outcome.state, money)) {
                open.push((outcome.state, money));
            }
        }
    }
    let reached: HashSet<OrderState> = seen.iter().map(|(state, _)| *state).collect();
    assert_eq!(reached.len(), OrderState::ALL.len(), "every state is reached");
    assert_eq!(seen.len(), OrderState::ALL.len(), "each state knows where its money is: {seen:?}");
}
