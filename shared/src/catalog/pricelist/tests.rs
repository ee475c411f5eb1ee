//! Price lists by cases: the published one as a whole, and small made-up ones with each kind of bad line.

use super::*;
use crate::catalog::{Tier, UnitOfMeasure};

fn day() -> Date {
    "2026-11-27".parse().unwrap()
}

fn as_they_are(currencies: &[&str]) -> Taking {
    Taking { worth: currencies.iter().map(|currency| Worth { currency: (*currency).to_owned(), millionths: 1_000_000 }).collect() }
}

fn list(text: &str) -> PriceList {
    read(text.as_bytes(), &Taking::default())
}

/// Line and column of every problem.
fn wrong(text: &str) -> Vec<(u32, String)> {
    let found = list(text);
    assert!(found.problems.iter().all(|problem| problem.message.ends_with('.')), "{:?}", found.problems);
    found.problems.into_iter().map(|problem| (problem.line, problem.column)).collect()
}

#[track_caller]
fn all_hold(found: &PriceList) -> usize {
    let mut placed = 0;
    for service in found.publishers.iter().flat_map(|publisher| &publisher.services) {
        for line in &service.lines {
            let says = priced_again(line, service, day());
            assert!(holds(line, service, day()), "{:?}: {says:?}, published {:?}", line.published, line.published.expected());
            placed += 1;
        }
    }
    placed
}

/// The list of seven publishers that the tracker's issue names; unlicensed, so it stays outside the repository.
fn published_list() -> Option<Vec<u8>> {
    let folder = std::env::var("CHALKLINE_SHARED").unwrap_or_else(|_| "../../shared".to_owned());
    let file = std::path::Path::new(&folder).join("data/service-menus/price-lines.csv");
    let found = std::fs::read(&file).ok();
    if found.is_none() {
        eprintln!("SKIPPED: {} is not here; nothing of the published price list was tried", file.display());
    }
    found
}

#[test]
fn every_published_line_is_placed_and_costs_what_was_published() {
    let Some(bytes) = published_list() else { return };
    assert_eq!(foreign_currencies(&bytes), ["GBP"]);
    let found = read(&bytes, &as_they_are(&["GBP"]));
    assert_eq!(found.problems, []);
    assert_eq!((found.lines, found.publishers.len()), (77, 7));
    assert_eq!(all_hold(&found), 77);
    for service in found.publishers.iter().flat_map(|publisher| &publisher.services) {
        for package in &service.draft.packages {
            assert_eq!(crate::catalog::price::check_model(&package.content.price, "price"), [], "{}", service.draft.content.title);
        }
    }
}

#[test]
fn published_bands_notes_and_costs_become_what_they_say() {
    let Some(bytes) = published_list() else { return };
    let found = read(&bytes, &as_they_are(&["GBP"]));
    let service = |title: &str| {
        let all = found.publishers.iter().flat_map(|publisher| &publisher.services);
        all.clone().find(|service| service.draft.content.title == title).unwrap_or_else(|| panic!("no {title}"))
    };
    let prices = |title: &str| service(title).draft.packages.iter().map(|package| package.content.price.clone()).collect::<Vec<_>>();
    let finance = prices("Education Financial Service");
    assert!(
        matches!(&finance[..], [PriceModel::EnrollmentBands { bands, up_to: Some(1000) }, PriceModel::Flat { .. }] if bands.len() == 4)
    );
    assert!(matches!(&prices("Educational psychology")[..], [PriceModel::QuantityBands { bands, .. }] if bands.len() == 2));
    let hr = PriceModel::PerPost { each: Cents::new(2_601), floor: Some(Cents::new(30_600)), cap: None };
    assert_eq!(prices("Education Personnel Services"), [hr]);
    assert!(
        matches!(&prices("Snow removal")[..], [PriceModel::QuantityBands { bands, measure: UnitOfMeasure::Hour, .. }] if bands[0].from == 2)
    );
    assert_eq!(prices("Gifted Intervention Specialist"), [PriceModel::CostPlus { cost: None, plus: crate::money::BasisPoints(500) }]);
    assert_eq!(prices("Curriculum Services Director"), [PriceModel::Quote]);
    let core = &service("Parent Mentor").draft.packages[0].content;
    assert_eq!((core.tier, &core.price), (Tier::Core, &PriceModel::Included));
    let remarks = &service("Educational psychology").remarks;
    assert!(remarks.iter().any(|remark| remark.contains("10% off for partnerships over 40 days")), "{remarks:?}");
}

#[test]
fn a_foreign_price_is_refused_until_somebody_says_what_it_is_worth() {
    let text = "service,price,currency\nAdvice,550,GBP\nVisits,20 per visit,USD\n";
    let text = text.replace("550", "550 flat");
    assert_eq!(wrong(&text), [(2, "currency".to_owned())]);
    let worth = Taking { worth: vec![Worth::parse("gbp=1.27").unwrap()] };
    let found = read(text.as_bytes(), &worth);
    assert_eq!(found.problems, []);
    let service = &found.publishers[0].services[0];
    assert_eq!(service.draft.packages[0].content.price, PriceModel::Flat { price: Cents::new(69_850) });
    assert!(service.remarks.iter().any(|remark| remark.contains("550.00 GBP")), "{:?}", service.remarks);
    for bad in ["GBP", "GBP=", "GBP=0", "POUND=1", "GBP=-1", "GBP=1.1234567"] {
        assert_eq!(Worth::parse(bad), None, "{bad}");
    }
}

#[test]
fn other_headings_separators_and_bases_behind_the_sum_are_understood() {
    let text =
        "Provider;Product;Fee;Notes\nTransport office;Bus hire;\"$1,250.00 per day\";10% off over 5 days\n;Depot tour;£30 per visit;\n";
    let found = read(text.as_bytes(), &as_they_are(&["GBP"]));
    assert_eq!(found.problems, []);
    assert_eq!(all_hold(&found), 2);
    let bus = &found.publishers[0].services[0].draft.packages[0].content.price;
    let PriceModel::QuantityBands { bands, measure, .. } = bus else { panic!("{bus:?}") };
    assert_eq!(
        (*measure, bands.iter().map(|band| (band.from, band.each.get())).collect::<Vec<_>>()),
        (UnitOfMeasure::Day, vec![(1, 125_000), (6, 112_500)])
    );
    assert_eq!(found.publishers[1].name, "");
}

#[test]
fn each_kind_of_bad_line_is_told_with_its_column_and_the_others_are_taken() {
    let head = "publisher,service,option,price_basis,price,currency,note\n";
    let cases = [
        ("A,,x,flat,10,USD,", "service"),
        ("A,S,x,flat,ten,USD,", "price"),
        ("A,S,x,flat,,USD,", "price"),
        ("A,S,x,flat,0,USD,", "price"),
        ("A,S,x,flat,1.234.56,USD,", "price"),
        ("A,S,x,no charge,10,USD,", "price"),
        ("A,S,x,per blue moon,10,USD,", "price basis"),
        ("A,S,x,,10,USD,", "price basis"),
        ("A,S,Secondary,band by pupils,10,USD,", "option"),
        ("A,S,x,flat,10,Pounds,", "currency"),
        ("A,S,x,flat,10,EUR,", "currency"),
        ("A,S,x,flat,10", "service"),
    ];
    for (line, column) in cases {
        let found = wrong(&format!("{head}{line}\nB,T,y,flat,20,USD,\n"));
        assert!(found.iter().all(|(at, of)| *at == 2 && of == column) && !found.is_empty(), "{line}: {found:?}");
        let taken = list(&format!("{head}{line}\nB,T,y,flat,20,USD,\n"));
        assert_eq!(all_hold(&taken), 1, "{line}");
    }
}

#[test]
fn bands_that_overlap_leave_gaps_or_say_the_same_twice_are_refused() {
    let head = "service,option,price_basis,price\n";
    assert_eq!(wrong(&format!("{head}S,1-100 pupils,band,10\nS,90-200 pupils,band,20\n")), [(3, "option".to_owned())]);
    assert_eq!(wrong(&format!("{head}S,1-100 pupils,band,10\nS,150-200 pupils,band,20\n")), [(3, "option".to_owned())]);
    assert_eq!(wrong(&format!("{head}S,x,flat,10\nS,X,flat,20\n")), [(3, "option".to_owned())]);
    let under = list(&format!("{head}S,under 300 pupils,band,10\nS,over 300 pupils,band,20\n"));
    assert_eq!(all_hold(&under), 2);
    assert!(under.publishers[0].services[0].remarks.iter().any(|remark| remark.contains("exactly 300")));
    let large = list(&format!("{head}S,600 or more pupils,band,10\n"));
    assert_eq!(all_hold(&large), 1);
    assert!(large.publishers[0].services[0].remarks.iter().any(|remark| remark.contains("below 600")));
}

#[test]
fn tiers_stand_on_rungs_in_the_lists_order_and_many_become_several_services() {
    let lines: String = (1..=14).map(|at| format!("S,Option {at},flat,{at}\n")).collect();
    let found = list(&format!("service,option,price_basis,price\n{lines}"));
    assert_eq!(found.problems, []);
    assert_eq!(all_hold(&found), 14);
    let titles: Vec<&str> = found.publishers[0].services.iter().map(|service| service.draft.content.title.as_str()).collect();
    assert_eq!(titles, ["S", "S (2)"]);
    let rungs: Vec<Tier> = found.publishers[0].services[1].draft.packages.iter().map(|package| package.content.tier).collect();
    assert_eq!(rungs, [Tier::Essential, Tier::Plus]);
}

#[test]
fn a_file_that_is_no_list_says_what_it_is() {
    for bytes in [&b""[..], b"PK\x03\x04", b"a,b\n1,2\n", b"service,price\n", &[0xFF, 0xFE, 0x41, 0x00]] {
        let found = read(bytes, &Taking::default());
        assert!(found.publishers.is_empty() && !found.problems.is_empty(), "{bytes:?}");
        assert!(found.problems.iter().all(|problem| problem.line == 1));
    }
}
