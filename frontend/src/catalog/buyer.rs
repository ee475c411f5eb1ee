//! The school that looks at the shelf: its facts, its money and its plan, loaded together.

use std::rc::Rc;

use shared::budget::FundKind;
use shared::budget::api::{GetPlan, GetSchool, GetSchoolBudget, PlanGoalView, SchoolBudget, SchoolView, YearQuery};
use shared::budget::fundfit::Means;
use shared::catalog::SchoolFacts;
use shared::catalog::search::Shopper;
use shared::contract::Empty;
use shared::fiscal::FiscalCalendar;
use shared::identity::policy::Permission;
use yew::prelude::*;

use super::state::short_school;
use crate::load::{Load, use_load_if};
use crate::session::use_session;

/// What is known of the school the caller acts for; nothing for district roles and units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Buyer {
    pub school: Option<Rc<SchoolView>>,
    pub budget: Option<Rc<SchoolBudget>>,
    pub plan: Option<Rc<Vec<PlanGoalView>>>,
    /// Something of it is still on its way.
    pub waiting: bool,
}

impl Buyer {
    /// For the index and for fund-fit, once everything is there.
    pub fn shopper(&self) -> Option<Shopper<'_>> {
        Some(Shopper { facts: &self.school.as_ref()?.facts, means: self.means()? })
    }

    pub fn means(&self) -> Option<Means<'_>> {
        Some(Means::of(self.budget.as_ref()?, self.plan.as_ref()?, FiscalCalendar::default()))
    }

    /// The school's counts; none known without a school.
    pub fn facts(&self) -> SchoolFacts {
        self.school.as_ref().map(|school| school.facts).unwrap_or_default()
    }

    pub fn short_name(&self) -> Option<&str> {
        self.school.as_ref().map(|school| short_school(&school.name))
    }

    /// Titles of the funds without strings.
    pub fn unrestricted(&self) -> Vec<String> {
        let lines = self.budget.iter().flat_map(|budget| &budget.lines);
        lines.filter(|line| line.fund.kind == FundKind::Unrestricted).map(|line| line.fund.title.clone()).collect()
    }
}

/// The chosen school of the session.
#[hook]
pub fn use_buyer() -> Buyer {
    let session = use_session();
    let id = session.school().map(|school| school.id);
    let sees_money = session.may(Permission::ViewSchoolBudget);
    let money_of = id.filter(|_| sees_money);
    let school = use_load_if::<GetSchool>(id.map(|id| (id, Empty {})));
    let budget = use_load_if::<GetSchoolBudget>(money_of.map(|id| (id, YearQuery::default())));
    let plan = use_load_if::<GetPlan>(money_of.map(|id| (id, YearQuery::default())));
    let waits = |load: bool, wanted: bool| wanted && load;
    let waiting = waits(matches!(school.load, Load::Waiting), id.is_some())
        || waits(matches!(budget.load, Load::Waiting) || matches!(plan.load, Load::Waiting), money_of.is_some());
    {
        let reload = budget.reload.clone();
        use_effect_with(session.money_turn, move |turn| {
            if *turn > 0 {
                reload.emit(());
            }
        });
    }
    Buyer { school: school.data().cloned(), budget: budget.data().cloned(), plan: plan.data().cloned(), waiting }
}
