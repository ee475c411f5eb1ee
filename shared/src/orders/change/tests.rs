//! The table of changes as reviewed, where their money is on every path, and the sums of what they free.

use std::collections::HashSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::id::{BudgetLineId, Id as _};

#[test]
fn the_changes_table_is_as_reviewed() {
    let mut text = String::new();
    for state in ChangeState::ALL {
        writeln!(text, "{state:?}").unwrap();
        for command in ChangeCommand::ALL {
            if let Ok(outcome) = apply(*state, *command) {
                writeln!(text, "  {command:?} -> {:?}, money {:?}", outcome.state, outcome.money).unwrap();
            }
        }
    }
    insta::assert_snapshot!("change_states", text);
}

/// Where the money stands that a change adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Added {
    Nothing,
    Free,
    Reserved,
    Encumbered,
}

/// Commands that tell the truth about the money, which is all that the server sends.
fn truthful(added: Added, command: ChangeCommand) -> bool {
    let told = match added {
        Added::Nothing => Addition::Nothing,
        Added::Free => Addition::Unreserved,
        Added::Reserved | Added::Encumbered => Addition::Reserved,
    };
    match command {
        ChangeCommand::Accept { adds, .. } => adds == told,
        ChangeCommand::Refuse { reserved } | ChangeCommand::Withdraw { reserved } | ChangeCommand::Lapse { reserved } => {
            reserved == (added == Added::Reserved)
        }
        ChangeCommand::ApproveStep | ChangeCommand::Approve | ChangeCommand::Return => true,
    }
}

fn after(added: Added, effect: MoneyEffect) -> Option<Added> {
    match (added, effect) {
        (_, MoneyEffect::Untouched) => Some(added),
        (Added::Nothing, MoneyEffect::ReleasePart) => Some(Added::Nothing),
        (Added::Free, MoneyEffect::Reserve) => Some(Added::Reserved),
        (Added::Free, MoneyEffect::Encumber) | (Added::Reserved, MoneyEffect::PostReservation) => Some(Added::Encumbered),
        (Added::Reserved, MoneyEffect::VoidReservation) => Some(Added::Free),
        (Added::Nothing | Added::Free | Added::Reserved | Added::Encumbered, _) => None,
    }
}

#[test]
fn what_a_change_adds_is_where_its_state_says_on_every_path() {
    let mut seen: HashSet<(ChangeState, Added)> =
        [Added::Nothing, Added::Free, Added::Reserved].into_iter().map(|added| (ChangeState::Proposed, added)).collect();
    let mut open: Vec<(ChangeState, Added)> = seen.iter().copied().collect();
    while let Some((state, added)) = open.pop() {
        for command in ChangeCommand::ALL.iter().filter(|command| truthful(added, **command)) {
            let Ok(outcome) = apply(state, *command) else { continue };
            let added = after(added, outcome.money).unwrap_or_else(|| panic!("{state:?} {command:?}: {:?} on {added:?}", outcome.money));
            match outcome.state {
                ChangeState::Approving => assert_eq!(added, Added::Reserved),
                ChangeState::Done => assert!(matches!(added, Added::Nothing | Added::Encumbered), "{added:?}"),
                ChangeState::Refused | ChangeState::Returned | ChangeState::Withdrawn | ChangeState::Lapsed => {
                    assert!(matches!(added, Added::Nothing | Added::Free), "{added:?}");
                }
                ChangeState::Proposed => panic!("nothing is proposed twice"),
            }
            if seen.insert((outcome.state, added)) {
                open.push((outcome.state, added));
            }
        }
    }
    let reached: HashSet<ChangeState> = seen.iter().map(|(state, _)| *state).collect();
    assert_eq!(reached.len(), ChangeState::ALL.len(), "every state is reached");
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn running() -> Running {
    Running {
        state: OrderState::InDelivery,
        package: PackageId::from_bits(1),
        quantity: 6,
        start: day("2027-01-12"),
        logged: 0,
        promised: 0,
        spent: Cents::ZERO,
    }
}

fn fields(running: &Running, wanted: &Wanted) -> Vec<String> {
    let year = (day("2026-07-01"), day("2027-06-30"));
    faults(running, wanted, (day("2026-12-02"), year)).into_iter().map(|fault| fault.field).collect()
}

fn wanted(quantity: u32, price: i64) -> Wanted {
    Wanted { package: PackageId::from_bits(1), quantity, start: day("2027-01-12"), units: quantity, price: Cents::new(price) }
}

#[test]
fn a_change_changes_something_and_undercuts_nothing_that_was_delivered() {
    let begun = Running { logged: 3, promised: 1, spent: Cents::new(190_000), ..running() };
    assert_eq!(fields(&begun, &wanted(6, 570_000)), ["quantity"], "nothing changes");
    assert_eq!(fields(&begun, &wanted(3, 285_000)), ["quantity"], "three are logged and one is promised");
    assert_eq!(fields(&begun, &wanted(4, 380_000)), Vec::<String>::new());
    assert_eq!(fields(&begun, &wanted(4, 189_999)), ["quantity"], "more is paid already");
    let other = Wanted { package: PackageId::from_bits(2), start: day("2027-02-01"), ..wanted(6, 570_000) };
    assert_eq!(fields(&begun, &other), ["package", "start"]);
    assert_eq!(fields(&running(), &other), Vec::<String>::new());
}

#[test]
fn a_new_start_lies_ahead_and_within_the_year() {
    let start = |text: &str| fields(&running(), &Wanted { start: day(text), ..wanted(6, 570_000) });
    assert_eq!(start("2026-12-01"), ["start"]);
    assert_eq!(start("2027-07-01"), ["start"]);
    assert_eq!(start("2027-06-30"), Vec::<String>::new());
}

#[test]
fn bookings_before_the_new_start_and_the_last_beyond_the_new_number_no_longer_fit() {
    let (whole, half) = (DayPart::Whole, DayPart::Morning);
    let booked = [(day("2027-01-12"), whole), (day("2027-01-19"), half), (day("2027-01-20"), half), (day("2027-02-02"), whole)];
    let coaching = UnitOfMeasure::CoachingDay;
    assert_eq!(beyond(coaching, 3, None, &booked), Vec::<usize>::new());
    assert_eq!(beyond(coaching, 2, None, &booked), [3]);
    assert_eq!(beyond(coaching, 1, None, &booked), [1, 2, 3]);
    assert_eq!(beyond(coaching, 3, Some(day("2027-01-20")), &booked), [0, 1]);
    assert_eq!(beyond(UnitOfMeasure::Visit, 2, None, &booked), [2, 3]);
}

proptest! {
    #[test]
    fn what_stays_with_what_is_posted_is_the_new_price(
        parts in prop::collection::vec((1i64..1_000_000, 0u8..=100), 1..6),
        price in 0i64..6_000_000,
    ) {
        let fund = |(at, (part, share)): (usize, &(i64, u8))| DrawDown {
            line: BudgetLineId::from_bits(at as u128),
            part: Cents::new(*part),
            posted: Cents::new(part * i64::from(*share) / 100),
        };
        let funds: Vec<DrawDown> = parts.iter().enumerate().map(fund).collect();
        let (held, posted): (Cents, Cents) = (funds.iter().map(|fund| fund.part).sum(), funds.iter().map(|fund| fund.posted).sum());
        let price = Cents::new(price);
        match freed_parts(&funds, price) {
            // Never below what was delivered and paid.
            None => prop_assert!(price < posted),
            Some(freed) => {
                let sum: Cents = freed.iter().map(|part| part.amount).sum();
                prop_assert_eq!(held.saturating_sub(sum), price.min(held));
                for part in freed {
                    let fund = funds.iter().find(|fund| fund.line == part.line).unwrap();
                    prop_assert!(part.amount <= fund.remaining());
                }
            }
        }
        let (added, freed) = difference(held, price);
        prop_assert_eq!(held.saturating_add(added).saturating_sub(freed), price);
        prop_assert!(added.is_zero() || freed.is_zero());
    }

    #[test]
    fn what_still_fits_never_exceeds_the_new_number(halves in prop::collection::vec(any::<bool>(), 0..20), units in 1u32..12) {
        let part = |whole: &bool| if *whole { DayPart::Whole } else { DayPart::Morning };
        let booked: Vec<(Date, DayPart)> = (0..).zip(&halves).map(|(at, whole)| (day("2027-01-04").plus_days(at), part(whole))).collect();
        let out = beyond(UnitOfMeasure::CoachingDay, units, None, &booked);
        let kept = booked.iter().enumerate().filter(|(at, _)| !out.contains(at)).map(|(_, (_, part))| *part);
        let used: usize = kept.map(|part| part.halves().len()).sum();
        prop_assert!(used <= usize::try_from(units).unwrap() * 2);
    }
}
