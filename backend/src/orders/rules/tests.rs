//! Who is barred from deciding, and for whose sake.

use shared::id::Id as _;

use super::*;

fn people(numbers: &[u128]) -> BTreeSet<PersonId> {
    numbers.iter().map(|number| PersonId::from_bits(*number)).collect()
}

fn side(number: u128, above: &[u128]) -> Side {
    Side { person: PersonId::from_bits(number), above: people(above) }
}

#[test]
fn who_asked_reports_to_who_asked_or_decided_before_does_not_decide() {
    let (requesters, earlier) = (people(&[1, 2]), people(&[9]));
    let verdict = |sides: &[Side]| bar(sides, &requesters, &earlier);
    assert_eq!(verdict(&[side(3, &[4, 5])]), None);
    assert_eq!(verdict(&[side(2, &[])]), Some(Bar::Requester));
    assert_eq!(verdict(&[side(3, &[4, 1])]), Some(Bar::Subordinate));
    assert_eq!(verdict(&[side(9, &[])]), Some(Bar::EarlierStep));
}

#[test]
fn a_stand_in_inherits_the_conflicts_of_both() {
    let (requesters, earlier) = (people(&[1]), people(&[9]));
    let verdict = |sides: &[Side]| bar(sides, &requesters, &earlier);
    assert_eq!(verdict(&[side(3, &[]), side(1, &[])]), Some(Bar::Requester));
    assert_eq!(verdict(&[side(3, &[]), side(4, &[1])]), Some(Bar::Subordinate));
    assert_eq!(verdict(&[side(3, &[]), side(9, &[])]), Some(Bar::EarlierStep));
    assert_eq!(verdict(&[side(3, &[5]), side(4, &[5])]), None);
}
