//! Who has to decide: amounts and their sums, funds, providers, categories, several steps, and what a policy must keep.

use proptest::prelude::*;

use super::*;
use crate::calendar::SchoolCalendar;
use crate::id::{Id as _, OrderId, SchoolId, UnitId};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn row(over: i64, steps: &[(Role, u16)]) -> PolicyRow {
    PolicyRow {
        title: "Large orders".to_owned(),
        over: Cents::new(over),
        up_to: None,
        funds: FundMatch::Any,
        provider: None,
        categories: Vec::new(),
        steps: steps.iter().map(|(role, days)| PolicyStep { role: *role, days: *days }).collect(),
    }
}

fn policy(rows: Vec<PolicyRow>) -> ApprovalPolicy {
    let id = PolicyId::from_bits(1);
    ApprovalPolicy { id, from: day("2026-07-01"), small_order_up_to: Cents::new(100_000), window_days: 5, rows }
}

const OFFICE: (Role, u16) = (Role::BudgetOfficer, 2);
const CHIEF: (Role, u16) = (Role::Executive, 5);

fn start() -> ApprovalPolicy {
    policy(vec![row(500_000, &[OFFICE])])
}

fn asked(cents: i64) -> Asked {
    let fund = FundTraits { id: FundId::from_bits(1), kind: FundKind::Unrestricted, family: FundFamily::Base };
    Asked { price: Cents::new(cents), funds: vec![fund], category: Category::Coaching, provider: ProviderKind::Unit }
}

fn sum(drafts: i64, recent: i64) -> SellerSum {
    SellerSum { unit: UnitId::from_bits(1), provider: None, drafts: Cents::new(drafts), recent: Cents::new(recent) }
}

fn roles(policy: &ApprovalPolicy, asked: &Asked, sum: &SellerSum) -> Vec<Role> {
    needed(policy, asked, sum).steps.iter().map(|step| step.role).collect()
}

#[test]
fn a_sum_up_to_the_amount_is_approved_at_once() {
    assert!(needed(&start(), &asked(500_000), &sum(500_000, 0)).by_policy());
    assert_eq!(roles(&start(), &asked(500_001), &sum(500_001, 0)), [Role::BudgetOfficer]);
    assert!(needed(&start(), &asked(0), &sum(0, 900_000)).by_policy());
}

#[test]
fn cutting_an_order_up_does_not_get_below_the_amount() {
    let drafted = |unit: u128, cents: i64| Drafted { unit: UnitId::from_bits(unit), provider: None, price: Cents::new(cents) };
    let recent = |unit: u128, cents: i64| Recent { unit: UnitId::from_bits(unit), provider: None, total: Cents::new(cents) };
    let found = sums(&[drafted(1, 300_000), drafted(1, 200_001), drafted(2, 400_000)], &[recent(2, 50_000), recent(3, 900_000)]);
    assert_eq!(found.iter().map(|sum| sum.total().get()).collect::<Vec<_>>(), [500_001, 450_000]);
    assert_eq!(roles(&start(), &asked(200_001), &found[0]), [Role::BudgetOfficer]);
    assert!(needed(&start(), &asked(400_000), &found[1]).by_policy());
    assert_eq!(window_start(day("2026-12-04"), &SchoolCalendar::default(), 5), day("2026-11-30"));
}

#[test]
fn two_providers_of_one_unit_are_two_sellers() {
    let drafted =
        |provider: Option<&str>| Drafted { unit: UnitId::from_bits(1), provider: provider.map(str::to_owned), price: Cents::new(300_000) };
    let found = sums(&[drafted(Some("Open Easel")), drafted(Some("Trailhead")), drafted(None), drafted(Some("Open Easel"))], &[]);
    assert_eq!(found.iter().map(|sum| sum.total().get()).collect::<Vec<_>>(), [600_000, 300_000, 300_000]);
}

#[test]
fn the_reason_names_the_sums() {
    let expected = "$6,000.00 to this seller within 5 school days ($3,000.00 now, $3,000.00 before) is over the policy's $5,000.00";
    assert_eq!(needed(&start(), &asked(300_000), &sum(300_000, 300_000)).because, expected);
    assert_eq!(needed(&start(), &asked(600_000), &sum(600_000, 0)).because, "$6,000.00 is over the policy's $5,000.00");
    assert_eq!(needed(&start(), &asked(100), &sum(100, 0)).because, "$1.00 is within the policy's $5,000.00");
}

#[test]
fn rows_go_by_fund_provider_and_category() {
    let restricted = PolicyRow { funds: FundMatch::Kind(FundKind::Restricted), ..row(0, &[OFFICE]) };
    let outside = PolicyRow { provider: Some(ProviderKind::Outside), ..row(100_000, &[CHIEF]) };
    let coaching = PolicyRow { categories: vec![Category::Coaching], ..row(0, &[(Role::NetworkOfficer, 1)]) };
    let policy = policy(vec![coaching, restricted, outside]);
    let mut one = asked(200_000);
    assert_eq!(roles(&policy, &one, &sum(200_000, 0)), [Role::NetworkOfficer]);
    one.funds[0].kind = FundKind::Restricted;
    one.provider = ProviderKind::Outside;
    assert_eq!(roles(&policy, &one, &sum(200_000, 0)), [Role::NetworkOfficer, Role::BudgetOfficer, Role::Executive]);
    one.category = Category::Transport;
    assert_eq!(roles(&policy, &one, &sum(100_000, 0)), [Role::BudgetOfficer]);
}

#[test]
fn a_role_decides_once_in_the_shortest_time_unless_one_row_asks_two_people() {
    let slow = row(0, &[(Role::BudgetOfficer, 9), (Role::Executive, 3)]);
    let found = needed(&policy(vec![slow, row(0, &[OFFICE, OFFICE])]), &asked(1), &sum(1, 0));
    let steps: Vec<(Role, u16)> = found.steps.iter().map(|step| (step.role, step.days)).collect();
    assert_eq!(steps, [(Role::BudgetOfficer, 2), (Role::Executive, 3), (Role::BudgetOfficer, 2)]);
}

#[test]
fn a_policy_never_asks_nobody_above_an_amount_where_it_asked_somebody_below() {
    let capped = PolicyRow { up_to: Some(Cents::new(2_000_000)), ..row(500_000, &[OFFICE]) };
    let faults = check(&policy(vec![capped.clone()]));
    assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["rows.0.up_to"]);
    assert_eq!(check(&policy(vec![capped.clone(), row(2_000_000, &[OFFICE, CHIEF])])), []);
    // What takes over for one kind of fund only leaves a hole for the other.
    let some = PolicyRow { funds: FundMatch::Kind(FundKind::Restricted), ..row(2_000_000, &[CHIEF]) };
    assert_eq!(check(&policy(vec![capped, some])).len(), 1);
}

#[test]
fn a_row_without_steps_or_with_a_role_that_never_decides_is_refused() {
    let fields = |rows: Vec<PolicyRow>| check(&policy(rows)).into_iter().map(|fault| fault.field).collect::<Vec<_>>();
    assert_eq!(fields(vec![]), ["rows"]);
    assert_eq!(fields(vec![row(0, &[])]), ["rows.0.steps"]);
    assert_eq!(fields(vec![row(0, &[(Role::Principal, 2)])]), ["rows.0.steps"]);
    assert_eq!(fields(vec![row(-1, &[(Role::BudgetOfficer, 0)])]), ["rows.0.over", "rows.0.steps"]);
}

#[test]
fn a_preview_tells_what_would_have_gone_differently() {
    let past = |number: u128, on: &str, cents: i64| PastOrder {
        id: OrderId::from_bits(number),
        school: SchoolId::from_bits(1),
        unit: UnitId::from_bits(1),
        provider: None,
        day: day(on),
        asked: asked(cents),
    };
    let history = [past(1, "2026-10-01", 300_000), past(2, "2026-10-02", 300_000), past(3, "2026-10-30", 450_000)];
    let stricter = policy(vec![row(400_000, &[OFFICE])]);
    let found = differences(&history, day("2026-10-01"), (&start(), &stricter), &SchoolCalendar::default());
    // The second went to the office under both, as the two of one week count together.
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [OrderId::from_bits(3)]);
    assert!(found[0].before.by_policy() && !found[0].after.by_policy());
    assert_eq!(differences(&history, day("2026-11-01"), (&start(), &stricter), &SchoolCalendar::default()), []);
}

#[test]
fn small_orders_need_not_name_a_goal() {
    assert!(!start().goal_needed(Cents::new(100_000)));
    assert!(start().goal_needed(Cents::new(100_001)));
}

proptest! {
    #[test]
    fn however_it_is_cut_up_the_verdict_is_that_of_the_whole(parts in prop::collection::vec(1i64..400_000, 1..8)) {
        let drafted = |cents: &i64| Drafted { unit: UnitId::from_bits(1), provider: None, price: Cents::new(*cents) };
        let cut = sums(&parts.iter().map(drafted).collect::<Vec<_>>(), &[]);
        let whole: i64 = parts.iter().sum();
        prop_assert_eq!(roles(&start(), &asked(parts[0]), &cut[0]), roles(&start(), &asked(whole), &sum(whole, 0)));
    }

    #[test]
    fn a_checked_policy_never_loses_its_approver_as_the_sum_grows(
        ranges in prop::collection::vec((0i64..50, prop::option::of(1i64..60)), 1..6), low in 1i64..100, more in 0i64..100,
    ) {
        let rows = ranges.iter().map(|(over, width)| PolicyRow { up_to: width.map(|w| Cents::new(over + w)), ..row(*over, &[OFFICE]) });
        let policy = policy(rows.collect());
        prop_assume!(check(&policy).is_empty());
        if !needed(&policy, &asked(low), &sum(low, 0)).by_policy() {
            prop_assert!(!needed(&policy, &asked(low + more), &sum(low + more, 0)).by_policy());
        }
    }
}
