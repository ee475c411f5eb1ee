//! The caller as use cases see them: a person with roles held for scopes.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use shared::id::{CommandId, Id as _, NetworkId, PersonId, ProviderId, RequestId, SchoolId, SessionId, UnitId};
use shared::identity::absence::is_lent;
use shared::identity::policy::Permission;
use shared::identity::{Role, Scope};
use shared::time::Timestamp;
use shared::words::identity as words;

use crate::db::{AuditRecord, Command, Lane};
use crate::error::AppError;

/// A confirmed role with what it is held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// A role of a colleague who is away and named the caller as deputy, or for whom the caller was appointed to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    pub grant: Grant,
    pub person: PersonId,
    pub name: String,
    /// By an acting appointment: the whole role for its days, not answering alone.
    pub appointed: bool,
}

/// What something belongs to, when asked whether the caller may touch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    District,
    /// A school and the network that it is part of.
    School(SchoolId, Option<NetworkId>),
    Unit(UnitId),
    Provider(ProviderId),
}

/// All that a permission reaches, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Everything,
    /// Empty sets reach nothing.
    Parts {
        schools: BTreeSet<SchoolId>,
        networks: BTreeSet<NetworkId>,
        units: BTreeSet<UnitId>,
    },
}

/// A signed-in person with their confirmed roles at this moment.
#[derive(Clone, Debug)]
pub struct Actor {
    pub person: PersonId,
    pub name: String,
    pub grants: Vec<Grant>,
    /// Absent where a service acts on behalf of a person outside a session: mailed links, the command line.
    pub session: Option<SessionId>,
    /// What absent colleagues lend; only answering and delivering reach through it, unless it is an acting appointment.
    pub lent: Vec<Lent>,
}

impl Grant {
    fn covers(&self, target: &Target) -> bool {
        match (self.scope, target) {
            (Scope::District, _) => true,
            (Scope::School(own), Target::School(school, _)) => own == *school,
            (Scope::Network(own), Target::School(_, network)) => Some(own) == *network,
            (Scope::Unit(own), Target::Unit(unit)) => own == *unit,
            (Scope::Provider(own), Target::Provider(provider)) => own == *provider,
            (Scope::School(_) | Scope::Network(_) | Scope::Unit(_), Target::District | Target::Provider(_))
            | (Scope::School(_) | Scope::Network(_), Target::Unit(_))
            | (Scope::Unit(_), Target::School(..))
            | (Scope::Provider(_), Target::District | Target::School(..) | Target::Unit(_)) => false,
        }
    }
}

impl Actor {
    /// The policy itself: what runs by a clock acts as nobody, holds no role, and is let in only where a use case expects it.
    pub fn policy() -> Self {
        Self { person: PersonId::from_bits(0), name: String::new(), grants: Vec::new(), session: None, lent: Vec::new() }
    }

    /// The person behind a command; absent where the policy itself acts.
    pub fn known(&self) -> Option<PersonId> {
        Some(self.person).filter(|person| person.bits() != 0)
    }

    /// Whether one of the caller's roles gives `permission` over `target`.
    pub fn may(&self, permission: Permission, target: &Target) -> bool {
        self.effective(permission).any(|grant| grant.covers(target))
    }

    /// The grants that give `permission`: the caller's own, and what is lent where it may be.
    fn effective(&self, permission: Permission) -> impl Iterator<Item = &Grant> {
        let lent = self.lent.iter().filter(move |lent| lent.appointed || is_lent(permission)).map(|lent| &lent.grant);
        self.grants.iter().chain(lent).filter(move |grant| permission.roles().contains(&grant.role))
    }

    /// The absent colleague without whose role the caller would not have `permission` over `target`.
    pub fn stands_in(&self, permission: Permission, target: &Target) -> Option<&Lent> {
        let gives = |grant: &Grant| permission.roles().contains(&grant.role) && grant.covers(target);
        if self.grants.iter().any(gives) {
            return None;
        }
        self.lent.iter().find(|lent| gives(&lent.grant) && (lent.appointed || is_lent(permission)))
    }

    /// The principal on leave for whom the caller acts at a school. Both names stand with everything the caller does there.
    pub fn acting_at(&self, school: SchoolId) -> Option<&Lent> {
        self.lent.iter().find(|lent| lent.appointed && lent.grant.scope == Scope::School(school))
    }

    /// The caller's own roles, and those held by appointment.
    pub fn seats(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().chain(self.lent.iter().filter(|lent| lent.appointed).map(|lent| &lent.grant))
    }

    /// The caller and everybody they stand in for: a deputy inherits both persons' conflicts (RELIABILITY 4, rule 14, HARD).
    pub fn conflicts(&self) -> BTreeSet<PersonId> {
        self.lent.iter().map(|lent| lent.person).chain([self.person]).collect()
    }

    /// As [`Actor::may`]; what lies outside the caller's scope is [`AppError::not_found`].
    pub fn demand(&self, permission: Permission, target: &Target) -> Result<(), AppError> {
        if self.may(permission, target) { Ok(()) } else { Err(AppError::not_found()) }
    }

    /// Whether any role gives `permission`, before scope is looked at.
    pub fn holds(&self, permission: Permission) -> bool {
        self.effective(permission).next().is_some()
    }

    /// Whether the caller holds this role over `target`.
    pub fn holds_role(&self, role: Role, target: &Target) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.covers(target))
    }

    /// Whether the caller works for an outside provider: that role stands alone.
    pub fn is_outside(&self) -> bool {
        self.has_role(Role::ProviderStaff)
    }

    pub fn has_role(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// Everything over which the caller holds `permission`: the filter of lists.
    pub fn reach(&self, permission: Permission) -> Reach {
        let (mut schools, mut networks, mut units) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for grant in self.effective(permission) {
            match grant.scope {
                Scope::District => return Reach::Everything,
                Scope::School(id) => schools.insert(id),
                Scope::Network(id) => networks.insert(id),
                Scope::Unit(id) => units.insert(id),
                // Its orders are found by the provider itself, never by a unit or a school.
                Scope::Provider(_) => continue,
            };
        }
        Reach::Parts { schools, networks, units }
    }
}

/// One command as use cases take it: who, which command, and when.
#[derive(Clone, Debug)]
pub struct CommandContext {
    pub actor: Arc<Actor>,
    /// The endpoint's name: `ApproveOrder`.
    pub name: &'static str,
    /// Chosen by the client: the same id with the same input has one effect.
    pub command_id: CommandId,
    /// SHA-256 in hex over the endpoint's name, path, query and body.
    pub input_hash: String,
    pub now: Timestamp,
    pub request_id: RequestId,
}

/// What an audit record says beside who, which command and when.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    /// Identifier of what was changed.
    pub object: String,
    /// `Order 1042`.
    pub object_title: String,
    pub school: Option<SchoolId>,
    /// What changed, in a sentence.
    pub summary: String,
    pub reason: String,
}

impl CommandContext {
    /// A command of the policy itself about one thing, at most once for each `occasion`: however many replicas run the clock, and
    /// however often, it has one effect.
    pub fn of_policy(name: &'static str, occasion: &str, now: Timestamp) -> Self {
        let digest = Sha256::digest(format!("{name}/{occasion}"));
        let bits = digest.iter().take(16).fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let input_hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let (command_id, request_id) = (CommandId::from_bits(bits), RequestId::from_bits(bits));
        Self { actor: Arc::new(Actor::policy()), name, command_id, input_hash, now, request_id }
    }

    /// The key under which the database does this command once.
    pub fn key(&self) -> Command {
        let (id, name, at) = (self.command_id, self.name, self.now);
        Command { id, actor: self.actor.known(), name, input_hash: self.input_hash.clone(), at, lane: Lane::Usual }
    }

    /// The principal on leave for whom the caller acts at a school, to be kept beside the caller's own name.
    pub fn acting_for(&self, school: SchoolId) -> Option<(PersonId, String)> {
        self.actor.acting_at(school).map(|absent| (absent.person, absent.name.clone()))
    }

    /// The command's audit record.
    pub fn record(&self, fact: Fact) -> AuditRecord {
        let Fact { object, object_title, school, summary, reason } = fact;
        let acting = school.and_then(|school| self.actor.acting_at(school));
        let summary = acting.map_or_else(|| summary.clone(), |absent| words::acting_summary(&summary, &absent.name));
        let (command_id, request_id, at, action) = (self.command_id, self.request_id, self.now, self.name);
        let (actor, others) = (self.actor.known(), acting.map(|absent| absent.person.to_string()).into_iter().collect());
        AuditRecord { actor, action, object, others, object_title, school, summary, reason, command_id, request_id, at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(grants: &[(Role, Scope)]) -> Actor {
        let grants = grants.iter().map(|(role, scope)| Grant { role: *role, scope: *scope }).collect();
        Actor { person: PersonId::from_bits(1), name: "Ana".to_owned(), grants, session: None, lent: Vec::new() }
    }

    #[test]
    fn a_deputy_answers_and_neither_approves_nor_publishes() {
        let unit = UnitId::from_bits(1);
        let mut deputy = actor(&[(Role::UnitStaff, Scope::Unit(unit))]);
        assert!(!deputy.may(Permission::AnswerOrder, &Target::Unit(unit)));
        let lend = |role, scope| Lent { grant: Grant { role, scope }, person: PersonId::from_bits(9), name: "Rosa".to_owned(), appointed: false };
        deputy.lent = vec![lend(Role::UnitHead, Scope::Unit(unit)), lend(Role::BudgetOfficer, Scope::District)];
        assert!(deputy.may(Permission::AnswerOrder, &Target::Unit(unit)));
        assert_eq!(deputy.stands_in(Permission::AnswerOrder, &Target::Unit(unit)).map(|lent| lent.person), Some(PersonId::from_bits(9)));
        assert_eq!(deputy.stands_in(Permission::LogDelivery, &Target::Unit(unit)), None);
        assert!(!deputy.may(Permission::EditMenu, &Target::Unit(unit)));
        assert!(!deputy.may(Permission::ApproveOrder, &Target::District));
        assert!(deputy.conflicts().contains(&PersonId::from_bits(9)));
    }

    #[test]
    fn an_appointment_gives_the_whole_seat_at_its_school_and_nothing_to_pass_on() {
        let (school, other) = (SchoolId::from_bits(1), SchoolId::from_bits(2));
        let mut acting = actor(&[(Role::SchoolStaff, Scope::School(school))]);
        assert!(!acting.may(Permission::SubmitOrder, &Target::School(school, None)));
        let grant = Grant { role: Role::Principal, scope: Scope::School(school) };
        acting.lent = vec![Lent { grant, person: PersonId::from_bits(9), name: "Rosa".to_owned(), appointed: true }];
        assert!(acting.may(Permission::SubmitOrder, &Target::School(school, None)));
        assert!(!acting.may(Permission::SubmitOrder, &Target::School(other, None)));
        assert!(!acting.holds_role(Role::Principal, &Target::School(school, None)), "what is held by appointment is not delegated");
        assert_eq!(acting.acting_at(school).map(|absent| absent.person), Some(PersonId::from_bits(9)));
        assert!(acting.acting_at(other).is_none() && acting.conflicts().contains(&PersonId::from_bits(9)));
    }

    #[test]
    fn a_role_reaches_its_own_scope_and_no_other() {
        let (own, other) = (SchoolId::from_bits(1), SchoolId::from_bits(2));
        let (network, elsewhere) = (NetworkId::from_bits(3), NetworkId::from_bits(4));
        let principal = actor(&[(Role::Principal, Scope::School(own))]);
        assert!(principal.may(Permission::SubmitOrder, &Target::School(own, Some(network))));
        assert!(!principal.may(Permission::SubmitOrder, &Target::School(other, Some(network))));
        assert!(!principal.may(Permission::ViewSchoolBudget, &Target::District));
        let officer = actor(&[(Role::NetworkOfficer, Scope::Network(network))]);
        assert!(officer.may(Permission::ViewSchoolBudget, &Target::School(other, Some(network))));
        assert!(!officer.may(Permission::ViewSchoolBudget, &Target::School(other, Some(elsewhere))));
        assert!(!officer.may(Permission::ViewSchoolBudget, &Target::School(other, None)));
        let budget = actor(&[(Role::BudgetOfficer, Scope::District)]);
        assert!(budget.may(Permission::ApproveOrder, &Target::School(other, None)));
        assert_eq!(budget.reach(Permission::ViewOrders), Reach::Everything);
        assert!(!budget.holds(Permission::SubmitOrder));
    }

    #[test]
    fn two_roles_do_not_lend_each_other_their_scopes() {
        let (school, unit) = (SchoolId::from_bits(1), UnitId::from_bits(2));
        let both = actor(&[(Role::Principal, Scope::School(school)), (Role::UnitHead, Scope::Unit(unit))]);
        assert!(both.may(Permission::EditMenu, &Target::Unit(unit)));
        assert!(!both.may(Permission::EditMenu, &Target::School(school, None)));
        assert!(!both.may(Permission::DraftOrder, &Target::Unit(unit)));
    }
}
