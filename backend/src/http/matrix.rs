//! The access matrix as text: each endpoint against each role, before scope is looked at. Reviewed as a snapshot.

use std::fmt::Write as _;

use shared::contract::{Access, ENDPOINTS, Kind};
use shared::identity::Role;

/// Letters that stand for the roles, in the order of [`Role::ALL`].
const LETTERS: [&str; 11] = ["Pr", "Ss", "Uh", "Us", "No", "Bo", "Ca", "Au", "Ex", "Sa", "Ps"];

/// One line for each endpoint; `x` where the role may call it within its scope.
pub fn access_matrix() -> String {
    let mut text = String::new();
    for (letters, role) in LETTERS.iter().zip(Role::ALL) {
        let _ = writeln!(text, "{letters} = {}", role.title());
    }
    let _ = writeln!(text, "\n{:<20} {:<9} nobody {}", "endpoint", "kind", LETTERS.join(" "));
    for meta in ENDPOINTS.iter().flat_map(|slice| slice.iter()) {
        let kind = match meta.kind {
            Kind::Read => "read",
            Kind::Command => "command",
            Kind::Technical => "technical",
        };
        let may = |role: &Role| match meta.access {
            Access::Public | Access::SignedIn => true,
            Access::Inside => *role != Role::ProviderStaff,
            Access::May(permission) => permission.roles().contains(role),
        };
        let cell = |yes: bool| if yes { "x " } else { "· " };
        let roles: Vec<&str> = Role::ALL.iter().map(|role| cell(may(role))).collect();
        let nobody = cell(meta.access == Access::Public);
        let _ = writeln!(text, "{:<20} {kind:<9} {nobody:<6} {}", meta.name, roles.join(" ").trim_end());
    }
    text
}
