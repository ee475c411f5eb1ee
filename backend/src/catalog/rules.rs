//! What the server alone decides about menus: which tier keeps which identity, what changed, what may be published.

use std::collections::BTreeSet;

use shared::budget::api::SchoolView;
use shared::catalog::api::ServiceDraft;
use shared::catalog::checklist::{self, Around};
use shared::error::FieldError;
use shared::id::{PackageId, SchoolId};
use shared::words;

use super::store::ServiceRow;

/// The draft with an identity for every tier: tiers keep theirs, new ones take the next of `fresh`.
///
/// # Errors
/// A tier of another service, or one named twice: the editor's copy is not of this menu.
pub fn with_identities(
    mut draft: ServiceDraft,
    known: &[PackageId],
    fresh: impl FnMut() -> PackageId,
) -> Result<(ServiceDraft, Vec<PackageId>), Vec<FieldError>> {
    let mut fresh = fresh;
    let (mut new, mut seen) = (Vec::new(), BTreeSet::new());
    for (at, package) in draft.packages.iter_mut().enumerate() {
        let id = package.id.unwrap_or_else(|| {
            let id = fresh();
            new.push(id);
            id
        });
        let foreign = !known.contains(&id) && !new.contains(&id);
        if foreign || !seen.insert(id) {
            return Err(vec![FieldError::new(format!("packages.{at}.id"), "This tier is not of this service. Load the page again.")]);
        }
        package.id = Some(id);
    }
    Ok((draft, new))
}

/// Whether the shelf shows the service as it is written.
pub fn is_on_shelf(service: &ServiceRow) -> bool {
    service.published_version.is_some() && service.published.as_ref().is_some_and(|published| published.same_on_shelf(&service.draft))
}

/// What publishing one service of a unit would refuse, by field.
pub fn missing(draft: &ServiceDraft, around: &Around<'_>) -> Vec<FieldError> {
    let mut missing = checklist::missing(draft);
    missing.extend(checklist::missing_around(draft, around));
    missing
}

/// What publishing a whole menu would refuse: each service's fields below `services.{position}`.
pub fn menu_checklist<'a>(drafts: impl IntoIterator<Item = &'a ServiceDraft>, around: &Around<'_>) -> Vec<FieldError> {
    let mut list = Vec::new();
    let mut services = 0u32;
    for draft in drafts {
        let title = &draft.content.title;
        let of = |error: FieldError| FieldError::new(format!("services.{services}.{}", error.field), format!("{title}: {}", error.message));
        list.extend(missing(draft, around).into_iter().map(of));
        services += 1;
    }
    if services == 0 {
        list.push(FieldError::new("services", "Write at least one service first."));
    }
    list
}

/// How far another school's enrollment may lie from ours to be alike, in percent of ours.
const ENROLLMENT_BAND_PERCENT: u32 = 15;
/// How far its share of low-income students may lie from ours, in hundredths of a percent.
const NEED_BAND_POINTS: i64 = 1_500;

/// Schools of the same span and of similar size and need, without the school itself, and what makes them alike in words.
pub fn alike(mine: &SchoolView, all: &[SchoolView]) -> (String, Vec<SchoolId>) {
    let enrollment = mine.facts.enrollment;
    let band = enrollment.saturating_mul(ENROLLMENT_BAND_PERCENT) / 100;
    let (from, to) = (enrollment.saturating_sub(band) / 10 * 10, enrollment.saturating_add(band).div_ceil(10) * 10);
    let near = |school: &&SchoolView| {
        school.id != mine.id
            && school.span == mine.span
            && (from..=to).contains(&school.facts.enrollment)
            && (school.facts.low_income.0 - mine.facts.low_income.0).abs() <= NEED_BAND_POINTS
    };
    (words::catalog::likeness(mine.span.title(), from, to), all.iter().filter(near).map(|school| school.id).collect())
}

#[cfg(test)]
mod tests {
    use shared::catalog::api::{PackageContent, PackageDraft, ServiceContent};
    use shared::catalog::{Category, Division, GradeSpan, PriceModel, SchoolFacts, ServiceLevel, Terms, Tier};
    use shared::id::Id as _;
    use shared::money::BasisPoints;

    use super::*;

    fn draft(ids: &[Option<u128>]) -> ServiceDraft {
        let content = PackageContent {
            tier: Tier::Core,
            name: String::new(),
            for_whom: String::new(),
            adds: Vec::new(),
            deliverables: Vec::new(),
            price: PriceModel::Included,
            capacity: None,
            starts: None,
            extras: shared::catalog::choice::Extras::default(),
        };
        let text = String::new;
        ServiceDraft {
            content: ServiceContent {
                title: "Coaching".to_owned(),
                category: Category::Coaching,
                span: GradeSpan::All,
                subjects: Vec::new(),
                value_statement: text(),
                outcome: text(),
                evidence: text(),
                prerequisites: text(),
                object: text(),
                function: text(),
                goal: text(),
                level: ServiceLevel { reply_days: 2, start_days: 10 },
                terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(0), hand_back_until: None },
                provider: None,
            },
            packages: ids
                .iter()
                .map(|id| PackageDraft { id: id.map(PackageId::from_bits), content: content.clone(), cost: None })
                .collect(),
        }
    }

    #[test]
    fn tiers_keep_their_identity_and_new_ones_get_one() {
        let known = [PackageId::from_bits(1), PackageId::from_bits(2)];
        let mut next = 10;
        let fresh = || {
            next += 1;
            PackageId::from_bits(next)
        };
        let (draft, new) = with_identities(draft(&[Some(2), None, Some(1)]), &known, fresh).unwrap();
        let ids: Vec<u128> = draft.packages.iter().filter_map(|package| package.id).map(|id| id.bits()).collect();
        assert_eq!((ids, new.len()), (vec![2, 11, 1], 1));
    }

    #[test]
    fn a_tier_of_another_service_and_one_named_twice_are_refused() {
        let known = [PackageId::from_bits(1)];
        let never = || PackageId::from_bits(99);
        assert_eq!(with_identities(draft(&[Some(7)]), &known, never).unwrap_err()[0].field, "packages.0.id");
        assert_eq!(with_identities(draft(&[Some(1), Some(1)]), &known, never).unwrap_err()[0].field, "packages.1.id");
    }

    fn school(id: u128, enrollment: u32, low_income: i64) -> SchoolView {
        SchoolView {
            id: SchoolId::from_bits(id),
            code: String::new(),
            name: String::new(),
            span: GradeSpan::Elementary,
            network: None,
            facts: SchoolFacts { enrollment, low_income: BasisPoints(low_income), ..SchoolFacts::default() },
            facts_source: String::new(),
        }
    }

    #[test]
    fn schools_of_like_size_and_need_are_alike() {
        let mine = school(1, 412, 7_000);
        let all = [mine.clone(), school(2, 360, 7_900), school(3, 480, 5_500), school(4, 481, 7_000), school(5, 412, 5_400)];
        let middle = SchoolView { span: GradeSpan::Middle, ..school(6, 412, 7_000) };
        let (words, alike) = alike(&mine, &[all.as_slice(), &[middle]].concat());
        assert_eq!(words, "Grades K–5, 350–480 students, similar need");
        assert_eq!(alike, [SchoolId::from_bits(2), SchoolId::from_bits(3)]);
    }

    #[test]
    fn an_empty_menu_cannot_be_published() {
        let around = Around { division: Division::Instruction, contact: "Rosa", schools: &[], day: "2026-11-27".parse().unwrap() };
        assert_eq!(menu_checklist([], &around)[0].field, "services");
    }
}
