//! The people and places of the demo district, as the story needs them.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::catalog::Category;
use shared::id::{PlanGoalId, SchoolId, UnitId};
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

impl SchoolCast {
    /// The goal that a service of this category serves; the last one where none names it.
    pub fn goal_for(&self, category: Category) -> Option<PlanGoalId> {
        let fits = self.goals.iter().find(|(_, categories)| categories.contains(&category));
        fits.or_else(|| self.goals.last()).map(|(id, _)| *id)
    }
}
