//! Lines grouped by who publishes and which service; bands of one price made into one tier.

use super::basis::Basis;
use super::guess;
use super::line::Published;
use super::range::Range;
use super::{ListedService, Placed, Publisher};
use crate::budget::import::RowProblem;
use crate::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use crate::catalog::choice::Extras;
use crate::catalog::input::{self, TIERS_LIMIT};
use crate::catalog::{
    Category, Deliverable, EnrollmentBand, GradeSpan, PriceModel, QuantityBand, ServiceLevel, Terms, Tier, UnitOfMeasure,
};
use crate::money::{BasisPoints, Cents};
use crate::words::catalog as words;

/// SACS object of services between a school and its own district, inside a fund.
const OBJECT: &str = "5710";

/// Publishers and their services in the order of the list.
pub fn group(lines: Vec<Published>, problems: &mut Vec<RowProblem>) -> Vec<Publisher> {
    let mut groups: Vec<(String, Vec<(String, Vec<Published>)>)> = Vec::new();
    for line in lines {
        let place = place_of(&mut groups, &line.publisher);
        place_of(place, &line.service.clone()).push(line);
    }
    let mut publishers = Vec::new();
    for (name, services) in groups {
        let services: Vec<ListedService> = services.into_iter().flat_map(|(title, lines)| service(&title, lines, problems)).collect();
        if !services.is_empty() {
            publishers.push(Publisher { name, services });
        }
    }
    publishers
}

/// The group of that name, whatever its capitals; a new one at the end where there is none.
fn place_of<'a, T: Default>(groups: &'a mut Vec<(String, T)>, name: &str) -> &'a mut T {
    let at = groups.iter().position(|(known, _)| known.to_lowercase() == name.to_lowercase()).unwrap_or_else(|| {
        groups.push((name.to_owned(), T::default()));
        groups.len() - 1
    });
    &mut groups[at].1
}

/// Lines that are one tier: one alone, or the bands of one price.
struct Bundle {
    name: String,
    lines: Vec<Published>,
}

fn service(title: &str, lines: Vec<Published>, problems: &mut Vec<RowProblem>) -> Vec<ListedService> {
    let mut remarks = Vec::new();
    let bundles = bundles(lines, problems, &mut remarks);
    let parts = bundles.len().div_ceil(TIERS_LIMIT);
    if parts > 1 {
        remarks.push(words::split_into(parts));
    }
    let mut listed = Vec::new();
    let mut bundles = bundles.into_iter().peekable();
    while bundles.peek().is_some() {
        let some: Vec<Bundle> = bundles.by_ref().take(TIERS_LIMIT).collect();
        let title = if listed.is_empty() { title.to_owned() } else { format!("{title} ({})", listed.len() + 1) };
        listed.extend(listed_service(&title, some, (std::mem::take(&mut remarks), &mut *problems)));
    }
    listed
}

fn listed_service(
    title: &str,
    bundles: Vec<Bundle>,
    (mut remarks, problems): (Vec<String>, &mut Vec<RowProblem>),
) -> Option<ListedService> {
    let category = guess::category(title);
    if category.is_none() {
        remarks.push(words::KIND_UNKNOWN.to_owned());
    }
    let charged = bundles.iter().filter(|bundle| !bundle.is_free()).count();
    let (mut packages, mut lines, mut rung) = (Vec::new(), Vec::new(), 0);
    let first = bundles.first().and_then(|bundle| bundle.lines.first()).map_or(1, |line| line.line);
    for (at, bundle) in bundles.into_iter().enumerate() {
        let tier = if bundle.is_free() { Tier::Core } else { RUNGS[rung * RUNGS.len() / charged.max(1)] };
        rung += usize::from(tier != Tier::Core);
        packages.push(PackageDraft { id: None, content: bundle.content(tier, title, &mut remarks), cost: None });
        lines.extend(bundle.lines.into_iter().map(|published| Placed { published, package: at }));
    }
    let draft = ServiceDraft { content: content(title, category.unwrap_or(Category::ProfessionalLearning)), packages };
    match input::clean(draft) {
        Ok(draft) => Some(ListedService { draft, lines, remarks }),
        Err(wrong) => {
            problems.extend(wrong.into_iter().map(|fault| RowProblem::new(first, "service", fault.message, title)));
            None
        }
    }
}

/// What a list never says stays empty; the service level and the terms are those a new service begins with.
fn content(title: &str, category: Category) -> ServiceContent {
    ServiceContent {
        title: title.to_owned(),
        category,
        span: GradeSpan::All,
        subjects: Vec::new(),
        value_statement: String::new(),
        outcome: String::new(),
        evidence: String::new(),
        prerequisites: String::new(),
        object: OBJECT.to_owned(),
        function: String::new(),
        goal: String::new(),
        level: ServiceLevel { reply_days: 2, start_days: 10 },
        terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(0), hand_back_until: None },
        provider: None,
    }
}

/// The charged rungs; a list's tiers are laid over them in its own order.
const RUNGS: [Tier; 3] = [Tier::Essential, Tier::Plus, Tier::Intensive];

/// Puts bands of one price together; what overlaps, leaves a gap or says the same twice is a problem of its line.
fn bundles(lines: Vec<Published>, problems: &mut Vec<RowProblem>, remarks: &mut Vec<String>) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    for line in lines {
        let same = bundles.iter().flat_map(|bundle| &bundle.lines).find(|known| known.option.to_lowercase() == line.option.to_lowercase());
        if let Some(known) = same {
            problems.push(RowProblem::new(line.line, "option", words::said_already(known.line), &line.option));
            continue;
        }
        let Some(bundle) = line.range.and_then(|range| bundles.iter_mut().find(|bundle| bundle.takes(&line, range))) else {
            bundles.push(Bundle { name: line.name.clone(), lines: vec![line] });
            continue;
        };
        match bundle.follows(&line) {
            Ok(remark) => {
                remarks.extend(remark);
                bundle.name = shorter(&bundle.name, &line.name);
                bundle.lines.push(line);
            }
            Err(message) => problems.push(RowProblem::new(line.line, "option", message, &line.option)),
        }
    }
    bundles
}

fn shorter(one: &str, other: &str) -> String {
    if other.len() < one.len() { other.to_owned() } else { one.to_owned() }
}

impl Bundle {
    fn is_free(&self) -> bool {
        self.lines.iter().all(|line| line.basis == Basis::NoCharge)
    }

    fn last(&self) -> Option<(&Published, Range)> {
        let line = self.lines.last()?;
        Some((line, line.range?))
    }

    /// Whether a line is a further band of this price: the same basis, and a name that goes on from it.
    fn takes(&self, line: &Published, range: Range) -> bool {
        let Some((last, before)) = self.last() else { return false };
        let named = last.name.starts_with(&line.name) || line.name.starts_with(&last.name);
        last.basis == line.basis && named && range.from > before.from
    }

    /// What to say of the step from the last band to this one.
    fn follows(&self, line: &Published) -> Result<Option<String>, String> {
        let (Some((last, before)), Some(range)) = (self.last(), line.range) else { return Ok(None) };
        let Some(to) = before.to else { return Err(words::band_overlaps(last.line)) };
        match range.from.checked_sub(to) {
            None | Some(0) => Err(words::band_overlaps(last.line)),
            Some(1) => Ok(None),
            // `under 300` and `over 300` leave 300 out; it is priced as the band below, and a person looks at it.
            Some(2) => Ok(Some(words::band_between(&line.name, to + 1))),
            Some(_) => Err(words::band_gap(to, range.from)),
        }
    }

    fn content(&self, tier: Tier, service: &str, remarks: &mut Vec<String>) -> PackageContent {
        let notes = || self.lines.iter().map(|line| &line.note);
        let mut adds: Vec<String> = Vec::new();
        for line in &self.lines {
            for clause in &line.note.kept {
                if !adds.contains(clause) {
                    remarks.push(words::kept_as_words(line.line, clause));
                    adds.push(clause.clone());
                }
            }
            remarks.extend(line.foreign.as_ref().map(|sum| words::was_foreign(line.line, sum)));
            if line.basis == Basis::Formula {
                remarks.push(words::needs_formula(line.line));
            }
        }
        let price = self.price(remarks);
        let measure = match self.lines.first().map(|line| line.basis) {
            Some(Basis::Each(measure)) => Some(measure),
            Some(_) | None => None,
        };
        let title = if self.name.is_empty() { service } else { &self.name };
        let counted = notes().find_map(|note| note.counted.clone());
        let deliverables = match (counted, measure) {
            (Some((quantity, measure, title)), _) => vec![Deliverable { title, quantity, measure }],
            (None, Some(measure)) => vec![Deliverable { title: title.to_owned(), quantity: 1, measure }],
            (None, None) => Vec::new(),
        };
        let extras = Extras {
            early: notes().find_map(|note| note.early),
            terms: notes().flat_map(|note| note.terms.clone()).collect(),
            ..Extras::default()
        };
        PackageContent {
            tier,
            name: self.name.clone(),
            for_whom: String::new(),
            adds,
            deliverables,
            price,
            capacity: None,
            starts: None,
            extras,
        }
    }

    fn price(&self, remarks: &mut Vec<String>) -> PriceModel {
        let Some(first) = self.lines.first() else { return PriceModel::Quote };
        let price = first.price.unwrap_or_default();
        match first.basis {
            Basis::NoCharge => PriceModel::Included,
            Basis::Flat => PriceModel::Flat { price },
            Basis::PerPupil => PriceModel::PerPupil { base: Cents::ZERO, each: price, floor: first.note.floor, cap: first.note.cap },
            Basis::PerPost => PriceModel::PerPost { each: price, floor: first.note.floor, cap: first.note.cap },
            Basis::CostPlus(plus) => PriceModel::CostPlus { cost: first.price, plus },
            Basis::Quote | Basis::Formula => PriceModel::Quote,
            Basis::PupilBand => self.by_enrollment(remarks),
            Basis::Each(measure) => self.by_quantity(measure, remarks),
        }
    }

    fn by_enrollment(&self, remarks: &mut Vec<String>) -> PriceModel {
        let mut bands: Vec<EnrollmentBand> = Vec::new();
        for line in &self.lines {
            let from = line.range.map_or(0, |range| range.from);
            // Nobody has no students: a list that starts at 1 starts at the smallest school.
            let from = if from == 1 { 0 } else { from };
            bands.push(EnrollmentBand { from, price: line.price.unwrap_or_default() });
        }
        if let Some(from) = bands.first().map(|band| band.from).filter(|from| *from > 0) {
            remarks.push(words::smaller_unpriced(&self.name, from));
        }
        let up_to = self.last().and_then(|(_, range)| range.to);
        PriceModel::EnrollmentBands { bands, up_to }
    }

    fn by_quantity(&self, measure: UnitOfMeasure, remarks: &mut Vec<String>) -> PriceModel {
        let mut bands: Vec<QuantityBand> =
            self.lines.iter().map(|line| QuantityBand { from: line.least(), each: line.price.unwrap_or_default() }).collect();
        if let Some(to) = self.last().and_then(|(_, range)| range.to) {
            remarks.push(words::larger_unpriced(&self.name, to));
        }
        // A discount over a threshold is a band of the last price.
        let last = bands.last().copied();
        for (from, share) in self.lines.iter().flat_map(|line| &line.note.volume) {
            let less = last.and_then(|last| Some(QuantityBand { from: *from, each: last.each.checked_sub(share.of(last.each)?)? }));
            bands.extend(less.filter(|band| bands.last().is_some_and(|before| before.from < band.from)));
        }
        let least = bands.first().map_or(1, |band| band.from);
        PriceModel::QuantityBands { measure, default_quantity: least, bands }
    }
}
