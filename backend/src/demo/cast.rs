//! The people and places of the demo district, as the story needs them.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::catalog::Category;
use shared::id::{PersonId, PlanGoalId, SchoolId, UnitId};
use shared::identity::Role;

use crate::identity::Actor;

/// Everyone and everything that takes part.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// By the site code.
    pub schools: BTreeMap<String, SchoolCast>,
    /// By the key of the data files.
    pub units: BTreeMap<String, UnitCast>,
    pub officers: BTreeMap<Role, Vec<Arc<Actor>>>,
}

#[derive(Clone, Debug)]
pub struct SchoolCast {
    pub id: SchoolId,
    pub principal: Arc<Actor>,
    pub staff: Vec<Arc<Actor>>,
    pub goals: Vec<(PlanGoalId, Vec<Category>)>,
}

#[derive(Clone, Debug)]
pub struct UnitCast {
    pub id: UnitId,
    pub head: Arc<Actor>,
    pub staff: Vec<Arc<Actor>>,
}

impl Cast {
    /// Who reports to whom: staff to the head or the principal, those and the offices to the first executive. An auditor reports to nobody here.
    pub fn reports(&self) -> Vec<(PersonId, PersonId)> {
        let Some(chief) = self.officers.get(&Role::Executive).and_then(|all| all.first()) else { return Vec::new() };
        let schools = self.schools.values().map(|school| (&school.principal, &school.staff));
        let teams = schools.chain(self.units.values().map(|unit| (&unit.head, &unit.staff)));
        let mut pairs = Vec::new();
        for (head, staff) in teams {
            pairs.push((head.person, chief.person));
            pairs.extend(staff.iter().map(|one| (one.person, head.person)));
        }
        let offices = self.officers.iter().filter(|(role, _)| !matches!(role, Role::Executive | Role::Auditor));
        pairs.extend(offices.flat_map(|(_, all)| all).map(|one| (one.person, chief.person)));
        pairs
    }
}

impl SchoolCast {
    /// The goal that a service of this category serves; the last one where none names it.
    pub fn goal_for(&self, category: Category) -> Option<PlanGoalId> {
        let fits = self.goals.iter().find(|(_, categories)| categories.contains(&category));
        fits.or_else(|| self.goals.last()).map(|(id, _)| *id)
    }
}
