//! What each role may do: one table, read by the server, the browser and the reviewed access matrix.

use serde::Serialize;

use super::Role;

macro_rules! permissions {
    ($($name:ident = $wire:literal, $title:literal, [$($role:ident),*];)*) => {
        /// Something a role may do within its scope.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Permission { $($name,)* }

        crate::names::read_by_name!(Permission, [$($wire),*]);

        impl Permission {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub const fn name(self) -> &'static str { match self { $(Self::$name => $wire),* } }

            /// The words of “What may I decide?”.
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),* } }

            /// The roles that hold it, each within its own scope.
            pub const fn roles(self) -> &'static [Role] { match self { $(Self::$name => &[$(Role::$role),*]),* } }
        }
    };
}

permissions! {
    // identity
    ManageAccounts = "manage_accounts", "Invite people, close accounts, propose roles", [SystemAdministrator];
    ConfirmRoles = "confirm_roles", "Confirm a role that somebody else proposed", [Executive, BudgetOfficer];
    ViewPeople = "view_people", "See accounts and the roles they hold", [SystemAdministrator, Executive, BudgetOfficer, Auditor];
    AppointActing = "appoint_acting", "Appoint who acts for a principal on leave, or confirm it for somebody else", [Executive, BudgetOfficer];
    NameChiefs = "name_chiefs", "Name the executive responsible for a division", [Executive];
    // budget
    ViewSchoolBudget = "view_school_budget", "See a school's budget down to its documents", [Principal, SchoolStaff, NetworkOfficer, BudgetOfficer, Auditor, Executive];
    ViewDistrictBudget = "view_district_budget", "See all schools' budgets, imports and exceptions", [BudgetOfficer, Auditor, Executive];
    ImportDistrict = "import_district", "Import sites, codes, budgets, units and enrollment", [BudgetOfficer];
    DecideFundRules = "decide_fund_rules", "Decide what a fund may pay for", [BudgetOfficer];
    // calendar
    KeepCalendar = "keep_calendar", "Keep the district's calendar of holidays, breaks and protected days", [BudgetOfficer];
    ProtectDays = "protect_days", "Protect days of the school: nobody is booked, its clocks rest", [Principal];
    // catalog
    KeepProviders = "keep_providers", "Add outside providers to the unit and record their papers", [UnitHead];
    CheckProviders = "check_providers", "Check papers of outside providers that somebody else recorded", [BudgetOfficer];
    ViewProviders = "view_providers", "See outside providers, their papers and contracts", [UnitHead, UnitStaff, BudgetOfficer, Auditor, Executive];
    EditMenu = "edit_menu", "Write the unit's menu, and ask for its review", [UnitHead];
    ReviewMenu = "review_menu", "Publish a unit's menu that others wrote, or send it back", [Executive, BudgetOfficer];
    // orders
    DraftOrder = "draft_order", "Put packages into the school's plan", [Principal, SchoolStaff];
    SubmitOrder = "submit_order", "Buy for the school, withdraw and cancel", [Principal];
    SupportSchools = "support_schools", "See the network's schools and suggest carts to them", [NetworkOfficer];
    CommentCart = "comment_cart", "Say something beside a school's cart", [Principal, SchoolStaff, NetworkOfficer];
    ViewOrders = "view_orders", "See orders within one's scope", [Principal, SchoolStaff, UnitHead, UnitStaff, NetworkOfficer, BudgetOfficer, Auditor, Executive];
    ApproveOrder = "approve_order", "Decide on orders where a row of the approval policy names the role", [BudgetOfficer, NetworkOfficer, Executive];
    SetPolicy = "set_policy", "Propose another approval policy and see what it would have changed", [BudgetOfficer];
    ConfirmPolicy = "confirm_policy", "Put an approval policy in force that somebody else proposed", [BudgetOfficer, Executive];
    Delegate = "delegate", "Let somebody of the same role decide, or the school's staff buy up to an amount", [Principal, NetworkOfficer, BudgetOfficer, Executive];
    AnswerOrder = "answer_order", "Accept an order or answer “no, but…”", [UnitHead];
    ChangeOrder = "change_order", "Propose and answer changes of running orders", [Principal, SchoolStaff, UnitHead];
    AskQuestion = "ask_question", "Ask, and answer what one's unit or school is asked", [Principal, SchoolStaff, UnitHead, UnitStaff];
    PublishAnswer = "publish_answer", "Publish an answer of the unit so that every school finds it", [UnitHead];
    LogDelivery = "log_delivery", "Record what was delivered", [UnitHead, UnitStaff];
    ConfirmDelivery = "confirm_delivery", "Confirm or dispute deliveries that somebody else bought", [Principal, SchoolStaff];
    ViewProviderOrders = "view_provider_orders", "See the orders that one's own provider delivers", [ProviderStaff];
    LogProviderDelivery = "log_provider_delivery", "Record what one's own provider delivered", [ProviderStaff];
    ReverseDelivery = "reverse_delivery", "Settle deliveries in dispute, and reverse what was confirmed in error", [BudgetOfficer];
    // scorecards
    ViewSeller = "view_seller", "See what a unit's services are looked at, ordered, paid and cost", [UnitHead, BudgetOfficer, Executive, Auditor];
    DecideService = "decide_service", "Decide whether a service is kept, redesigned, retired or brokered", [BudgetOfficer, Executive];
    // audit
    ViewAudit = "view_audit", "Read and export the audit record", [BudgetOfficer, Auditor];
}

/// Whether any of `roles` holds `permission`, before scope is looked at.
pub fn holds(roles: &[Role], permission: Permission) -> bool {
    roles.iter().any(|role| permission.roles().contains(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_auditor_changes_nothing_and_the_administrator_has_no_business() {
        for permission in Permission::ALL {
            let view = permission.name().starts_with("view_");
            assert!(view || !permission.roles().contains(&Role::Auditor), "{}", permission.name());
            let business = !matches!(permission, Permission::ManageAccounts | Permission::ViewPeople);
            assert!(!(business && permission.roles().contains(&Role::SystemAdministrator)), "{}", permission.name());
        }
    }

    #[test]
    fn a_providers_person_holds_two_rights_and_nobody_else_holds_those() {
        let own: Vec<Permission> = Permission::ALL.iter().copied().filter(|right| right.roles().contains(&Role::ProviderStaff)).collect();
        assert_eq!(own, [Permission::ViewProviderOrders, Permission::LogProviderDelivery]);
        assert!(own.iter().all(|right| right.roles().len() == 1));
        assert!(Role::ALL.iter().all(|role| Role::ProviderStaff.goes_with(*role) == (*role == Role::ProviderStaff)));
    }

    #[test]
    fn who_sets_budgets_does_not_spend_them() {
        for spends in [Permission::SubmitOrder, Permission::DraftOrder, Permission::ConfirmDelivery] {
            assert!(!spends.roles().contains(&Role::BudgetOfficer));
        }
    }
}
