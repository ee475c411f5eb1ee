//! The results in groups: what the plan's goals need, what schools like mine bought; no page, no server.

use shared::budget::api::PlanGoalView;
use shared::catalog::api::{AlikeShelf, Catalog};
use shared::catalog::interest::AlikeService;
use shared::catalog::search::{FacetKind, Found, Index};
use shared::words::catalog as words;

/// How the results stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Under the goals of the plan.
    Goals,
    /// By what schools alike bought.
    Alike,
}

impl Grouping {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Goals => "goals",
            Self::Alike => "alike",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Goals, Self::Alike].into_iter().find(|grouping| grouping.name() == name)
    }
}

/// Services under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub title: String,
    /// Why they stand here, where that needs a sentence.
    pub note: String,
    /// Numbers in the catalog, in order.
    pub services: Vec<usize>,
}

impl Group {
    fn new(title: impl Into<String>, note: impl Into<String>, services: Vec<usize>) -> Self {
        Self { title: title.into(), note: note.into(), services }
    }
}

fn filled(groups: Vec<Group>) -> Vec<Group> {
    groups.into_iter().filter(|group| !group.services.is_empty()).collect()
}

/// Under each goal what serves it, goals that nothing is ordered for first; a service that serves two goals stands under both.
pub fn by_goals(index: &Index, found: &Found, plan: &[PlanGoalView]) -> Vec<Group> {
    let facets = index.facets().iter().filter(|facet| facet.kind == FacetKind::Goal);
    let goals: Vec<(String, String)> =
        facets.flat_map(|facet| &facet.values).map(|value| (value.key.clone(), value.title.clone())).collect();
    let serves = |number: usize| index.values_of(FacetKind::Goal, number).iter().map(|value| value.key.clone()).collect::<Vec<_>>();
    let of_services: Vec<(usize, Vec<String>)> = found.services.iter().map(|number| (*number, serves(*number))).collect();
    let under = |key: &String| of_services.iter().filter(|(_, goals)| goals.contains(key)).map(|(number, _)| *number).collect::<Vec<_>>();
    let planned = |key: &str| plan.iter().find(|goal| goal.id.to_string() == key);
    let is_served = |key: &str| planned(key).is_some_and(|goal| !goal.ordered.is_zero());
    let note = |key: &str| planned(key).map(words::goal_need).unwrap_or_default();
    // Two passes and no sort: each sort that a program spells out travels to the browser.
    let of = |served: bool| goals.iter().filter(move |(key, _)| is_served(key) == served);
    let groups = of(false).chain(of(true)).map(|(key, title)| Group::new(title.clone(), note(key), under(key)));
    let rest = of_services.iter().filter(|(_, goals)| goals.is_empty()).map(|(number, _)| *number).collect();
    let other = Group::new(words::GROUP_OTHER, "", rest);
    filled(groups.chain([other]).collect())
}

/// What schools alike bought, what most of them bought first; then the rest.
pub fn by_alike(catalog: &Catalog, found: &Found, alike: &AlikeShelf) -> Vec<Group> {
    let id_of = |number: &usize| catalog.services.get(*number).map(|service| service.id);
    let bought = |number: &usize| alike.services.iter().any(|one| Some(one.service) == id_of(number));
    // The server lists first what most of them bought.
    let theirs: Vec<usize> =
        alike.services.iter().filter_map(|one| found.services.iter().copied().find(|number| id_of(number) == Some(one.service))).collect();
    let rest = found.services.iter().copied().filter(|number| !bought(number)).collect();
    let shown = |one: &&AlikeService| found.services.iter().any(|number| id_of(number) == Some(one.service));
    let most = alike.services.iter().find(shown).map_or(0, |one| one.schools);
    let note = words::alike_note(&alike.likeness, alike.schools, most);
    filled(vec![Group::new(words::GROUP_ALIKE_BOUGHT, note, theirs), Group::new(words::GROUP_ALIKE_REST, "", rest)])
}

#[cfg(test)]
mod tests {
    use shared::catalog::search::Query;
    use shared::id::{Id as _, ServiceId};

    use super::super::testing::{service, viewer};
    use super::*;

    #[test]
    fn what_most_schools_alike_bought_stands_first() {
        let services = (1..=3).map(|number| {
            let mut service = service();
            service.id = ServiceId::from_bits(number);
            service.content.title = format!("Service {number}");
            service
        });
        let catalog = Catalog { services: services.collect(), ..Catalog::default() };
        let found = Index::new(&catalog, None, viewer().today).find(&Query::default());
        let count = |service, schools| AlikeService { service: ServiceId::from_bits(service), schools };
        let alike = AlikeShelf { likeness: "Alike".to_owned(), schools: 6, services: vec![count(9, 5), count(3, 4), count(2, 1)] };
        let groups = by_alike(&catalog, &found, &alike);
        assert_eq!(groups.iter().map(|group| group.services.clone()).collect::<Vec<_>>(), [vec![2, 1], vec![0]]);
        assert_eq!(by_alike(&catalog, &found, &AlikeShelf::default()).len(), 1);
    }
}
