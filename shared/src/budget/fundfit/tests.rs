//! Fund-fit by example and by property.
#![cfg(test)]

use proptest::prelude::*;

use super::*;
use crate::budget::api::{FundView, PlanLineView};
use crate::budget::{FundFamily, MoneyStates};
use crate::catalog::{GradeSpan, ServiceLevel, Terms};
use crate::id::Id as _;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn coaching() -> ServiceContent {
    ServiceContent {
        title: "Elementary mathematics coaching".to_owned(),
        category: Category::Coaching,
        span: GradeSpan::Elementary,
        subjects: vec!["Mathematics".to_owned()],
        value_statement: "Gains stay when the coaches leave.".to_owned(),
        outcome: "More pupils reason aloud.".to_owned(),
        evidence: "District study".to_owned(),
        prerequisites: "Release time".to_owned(),
        object: "5710".to_owned(),
        function: "2140".to_owned(),
        goal: "1110".to_owned(),
        level: ServiceLevel { reply_days: 2, start_days: 10 },
        terms: Terms { cancel_free_days: 14, late_cancel_fee: crate::money::BasisPoints(2_000), hand_back_until: None },
        provider: None,
    }
}

fn rule() -> FundRule {
    let quote = "Materials only.".to_owned();
    let source = "EC 60119".to_owned();
    let (categories, objects) = (Vec::new(), Vec::new());
    FundRule { categories, objects, last_day: None, needs_goal: false, needs_council_review: false, quote, source }
}

fn line(number: u128, code: &str, kind: FundKind, available: i64) -> BudgetLineView {
    let fund = FundView {
        id: FundId::from_bits(number),
        code: code.to_owned(),
        title: format!("Fund {code}"),
        kind,
        family: FundFamily::Base,
        sacs_fund: "01".to_owned(),
        intent: String::new(),
        rules: FundRules::Decided(rule()),
    };
    let money = MoneyStates { allocated: Cents::new(available), available: Cents::new(available), ..MoneyStates::default() };
    BudgetLineView { id: BudgetLineId::from_bits(number), fund, money, opening_deficit: Cents::ZERO, planned: None }
}

fn ruled(mut line: BudgetLineView, change: impl FnOnce(&mut FundRule)) -> BudgetLineView {
    let mut rule = rule();
    change(&mut rule);
    line.fund.rules = FundRules::Decided(rule);
    line
}

fn goal_two() -> PlanGoalView {
    let under = |fund: u128, amount: i64| PlanLineView {
        fund: FundId::from_bits(fund),
        amount: Cents::new(amount),
        ordered: Cents::ZERO,
        council_reviewed: Some(day("2026-09-09")),
        board_approved: None,
    };
    PlanGoalView {
        id: PlanGoalId::from_bits(2),
        number: 2,
        title: "Mathematics 3–5".to_owned(),
        indicator: String::new(),
        categories: vec![Category::Coaching],
        lines: vec![under(1, 1_020_000)],
        ordered: Cents::ZERO,
    }
}

fn lincoln() -> Vec<BudgetLineView> {
    let title_one = ruled(line(1, "3010", FundKind::Restricted, 1_824_000), |rule| {
        rule.needs_goal = true;
        rule.needs_council_review = true;
    });
    let supplemental = ruled(line(2, "0702", FundKind::Restricted, 333_750), |rule| rule.last_day = Some(day("2027-06-30")));
    let lottery = ruled(line(4, "6300", FundKind::Restricted, 605_000), |rule| rule.categories = vec![Category::Curriculum]);
    vec![line(3, "0000", FundKind::Unrestricted, 1_140_218), lottery, supplemental, title_one]
}

fn fit(lines: &[BudgetLineView], price: i64, goal: Option<u128>) -> FundFit {
    let (content, plan) = (coaching(), [goal_two()]);
    let goal = goal.map(PlanGoalId::from_bits);
    let means = Means { site: "212", year: FiscalYear(2026), calendar: FiscalCalendar::default(), lines, plan: &plan };
    fund_fit(&Purchase { content: &content, price: Cents::new(price), start: day("2027-01-12"), goal }, &means)
}

fn one(line: BudgetLineView, goal: Option<u128>) -> Verdict {
    fit(&[line], 100, goal).offers.remove(0).verdict
}

#[test]
fn the_most_restricted_money_pays_first_and_flexible_dollars_stay_free() {
    let fit = fit(&lincoln(), 1_353_750, Some(2));
    let told: Vec<(&str, bool, i64, i64)> =
        fit.offers.iter().map(|o| (o.code.as_str(), o.verdict.is_yes(), o.this_order.get(), o.left_after.get())).collect();
    let expected =
        [("3010", true, 1_020_000, 804_000), ("0702", true, 333_750, 0), ("0000", true, 0, 1_140_218), ("6300", false, 0, 605_000)];
    assert_eq!(told, expected);
    assert_eq!(fit.shortfall, Cents::ZERO);
    assert_eq!(fit.offers[0].account.as_ref().map(AccountCode::as_str), Some("01-3010-0-1110-2140-5710-212"));
    assert_eq!(fit.offers[3].quote, "Materials only.");
    assert_eq!(fit.proposal().len(), 2);
}

#[test]
fn what_no_fund_can_pay_is_stated() {
    assert_eq!(fit(&lincoln(), 10_000_000, Some(2)).shortfall, Cents::new(10_000_000 - 1_020_000 - 333_750 - 1_140_218));
}

#[test]
fn each_rule_refuses_with_its_reason() {
    let no = |change: fn(&mut FundRule), goal| one(ruled(line(9, "3010", FundKind::Restricted, 500), change), goal);
    assert_eq!(no(|r| r.categories = vec![Category::Safety], None), Verdict::No(Refusal::Category(Category::Coaching)));
    assert_eq!(no(|r| r.objects = vec!["4310".to_owned()], None), Verdict::No(Refusal::Object));
    let ends = Refusal::EndsBefore { last_day: day("2026-12-31"), start: day("2027-01-12") };
    assert_eq!(no(|r| r.last_day = Some(day("2026-12-31")), None), Verdict::No(ends));
    assert_eq!(no(|r| r.needs_goal = true, None), Verdict::No(Refusal::GoalNeeded));
    assert_eq!(no(|r| r.needs_goal = true, Some(7)), Verdict::No(Refusal::GoalNotInPlan));
    assert_eq!(no(|r| r.needs_goal = true, Some(2)), Verdict::No(Refusal::FundNotUnderGoal { goal: 2 }));
    assert!(no(|r| r.objects = vec!["5710".to_owned()], None).is_yes());
}

#[test]
fn an_undecided_fund_pays_for_nothing() {
    let mut undecided = line(1, "3010", FundKind::Restricted, 5_000);
    undecided.fund.rules = FundRules::Undecided;
    let fit = fit(&[undecided], 100, None);
    assert_eq!(fit.offers[0].verdict, Verdict::Undecided);
    assert_eq!(fit.shortfall, Cents::new(100));
}

#[test]
fn a_blank_code_refuses() {
    let blank = line(1, " ", FundKind::Unrestricted, 5_000);
    assert!(matches!(one(blank, None), Verdict::No(Refusal::UnknownCode(AccountError::Blank(_)))));
}

#[test]
fn a_start_in_another_year_is_not_paid_by_this_years_line() {
    let (content, lines) = (coaching(), lincoln());
    let means = Means { site: "212", year: FiscalYear(2025), calendar: FiscalCalendar::default(), lines: &lines, plan: &[] };
    let purchase = Purchase { content: &content, price: Cents::new(1), start: day("2026-07-01"), goal: None };
    assert_eq!(verdict(&purchase, &means, &lines[0]), Verdict::No(Refusal::OtherYear { year: FiscalYear(2025) }));
}

#[test]
fn the_shelf_looks_for_a_goal_that_lets_a_fund_pay() {
    let (content, lines, plan) = (coaching(), lincoln(), [goal_two()]);
    let means = Means { site: "212", year: FiscalYear(2026), calendar: FiscalCalendar::default(), lines: &lines, plan: &plan };
    let purchase = Purchase { content: &content, price: Cents::ZERO, start: day("2027-01-12"), goal: None };
    let could: Vec<bool> = lines.iter().map(|line| could_pay(&purchase, &means, line)).collect();
    assert_eq!(could, [true, false, true, true]);
}

proptest! {
    #[test]
    fn shares_and_shortfall_sum_to_the_price(
        price in 0i64..5_000_000, lines in prop::collection::vec((any::<bool>(), -100_000i64..2_000_000, any::<bool>()), 0..8),
    ) {
        let lines: Vec<BudgetLineView> = lines.into_iter().enumerate().map(|(at, (restricted, available, fits))| {
            let kind = if restricted { FundKind::Restricted } else { FundKind::Unrestricted };
            let line = line(at as u128 + 10, &format!("{}", 3_000 + at), kind, available);
            if fits { line } else { ruled(line, |rule| rule.categories = vec![Category::Safety]) }
        }).collect();
        let fit = fit(&lines, price, None);
        let shares: Cents = fit.offers.iter().map(|offer| offer.this_order).sum();
        prop_assert_eq!(shares.saturating_add(fit.shortfall), Cents::new(price));
        prop_assert!(fit.offers.iter().all(|offer| !offer.this_order.is_negative() && offer.this_order <= offer.limit));
        prop_assert!(fit.offers.iter().all(|offer| offer.verdict.is_yes() || offer.this_order.is_zero()));
        let kind = |offer: &FundOffer| lines.iter().find(|line| line.id == offer.line).unwrap().fund.kind;
        let flexible_used = fit.offers.iter().any(|o| kind(o) == FundKind::Unrestricted && !o.this_order.is_zero());
        let restricted_left = fit.offers.iter().any(|o| kind(o) == FundKind::Restricted && o.this_order < o.limit);
        prop_assert!(!(flexible_used && restricted_left));
    }
}
