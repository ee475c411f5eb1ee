//! Who people are and what roles they hold for which scope.

pub mod absence;
pub mod acting;
pub mod api;
pub mod chief;
pub mod input;
pub mod policy;

use serde::{Deserialize, Serialize};

use crate::id::{NetworkId, ProviderId, SchoolId, UnitId};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $title:literal;)*) => {
        /// A role of DOMAIN 2. Held for a [`Scope`]; one person may hold several.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        crate::names::read_by_name!(Role, [$($wire),*]);

        impl Role {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name, as stored and on the wire.
            pub const fn name(self) -> &'static str { match self { $(Self::$name => $wire),* } }

            /// The name on screen.
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),* } }

            pub fn parse(name: &str) -> Option<Self> { match name { $($wire => Some(Self::$name),)* _ => None } }
        }
    };
}

roles! {
    /// Buys for a school.
    Principal = "principal", "Principal";
    /// Drafts, receives, uploads receipts.
    SchoolStaff = "school_staff", "School staff";
    /// Publishes a unit's menu, answers orders.
    UnitHead = "unit_head", "Unit head";
    /// Delivers.
    UnitStaff = "unit_staff", "Unit staff";
    /// Supports a group of principals; sees their schools.
    NetworkOfficer = "network_officer", "Network officer";
    /// Allocations, transfers, approvals, year end.
    BudgetOfficer = "budget_officer", "Budget officer";
    /// Issues cards; holds none, approves nothing.
    CardAdministrator = "card_administrator", "Card administrator";
    /// Reads everything; holds no other role.
    Auditor = "auditor", "Auditor";
    /// Superintendent and chiefs.
    Executive = "executive", "Executive";
    /// Accounts and settings; no business role.
    SystemAdministrator = "system_administrator", "System administrator";
    /// Works for an outside provider; sees that one's orders and nothing else.
    ProviderStaff = "provider_staff", "Provider staff";
}

/// What a role is held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Scope {
    District,
    School(SchoolId),
    Unit(UnitId),
    Network(NetworkId),
    Provider(ProviderId),
}

/// The kind of scope that a role must be held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    District,
    School,
    Unit,
    Network,
    Provider,
}

impl Role {
    pub const fn scope_kind(self) -> ScopeKind {
        match self {
            Self::Principal | Self::SchoolStaff => ScopeKind::School,
            Self::UnitHead | Self::UnitStaff => ScopeKind::Unit,
            Self::NetworkOfficer => ScopeKind::Network,
            Self::ProviderStaff => ScopeKind::Provider,
            Self::BudgetOfficer | Self::CardAdministrator | Self::Auditor | Self::Executive | Self::SystemAdministrator => {
                ScopeKind::District
            }
        }
    }

    /// Whether a grant of this role gives power to spend, approve or pay and so needs a second person
    /// (RELIABILITY 4, rule 12, HARD).
    pub const fn needs_second_person(self) -> bool {
        match self {
            Self::Principal
            | Self::UnitHead
            | Self::BudgetOfficer
            | Self::CardAdministrator
            | Self::SystemAdministrator
            | Self::Auditor
            // Executives confirm roles, so making one must not be in one person's hands.
            | Self::Executive => true,
            Self::SchoolStaff | Self::UnitStaff | Self::NetworkOfficer | Self::ProviderStaff => false,
        }
    }

    /// Whether one person may hold both roles (RELIABILITY 4, rules 4, 11 and 12, HARD).
    pub const fn goes_with(self, other: Self) -> bool {
        let same = matches!((self, other), (Self::Auditor, Self::Auditor) | (Self::ProviderStaff, Self::ProviderStaff));
        same || !(self.stands_alone() || other.stands_alone())
    }

    const fn stands_alone(self) -> bool {
        matches!(self, Self::Auditor | Self::SystemAdministrator | Self::CardAdministrator | Self::ProviderStaff)
    }
}

impl Scope {
    pub const fn kind(self) -> ScopeKind {
        match self {
            Self::District => ScopeKind::District,
            Self::School(_) => ScopeKind::School,
            Self::Unit(_) => ScopeKind::Unit,
            Self::Network(_) => ScopeKind::Network,
            Self::Provider(_) => ScopeKind::Provider,
        }
    }
}
