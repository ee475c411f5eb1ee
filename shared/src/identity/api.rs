//! Endpoints of identity: sessions, invitations, accounts and roles.

use serde::{Deserialize, Serialize};

pub use super::chief::{ChiefView, ChiefsView, NewChief};
pub use super::absence::{AbsenceView, AbsencesView, Candidate, NewAbsence};
pub use super::acting::{ActingSeat, ActingView, ActingsView, NewActing, Seat};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{AbsenceId, ActingId, ManagerId, PersonId, RoleGrantId, SchoolId, SessionId, UnitId};
use crate::identity::policy::Permission;
use crate::identity::{Role, Scope};
use crate::time::{Date, Timestamp};

endpoints! {
    /// Who is signed in, or nobody.
    GetSession: Get "/api/session" Public Read Json, path (), query Empty, body Empty, reply SessionReply;
    /// Signs in with e-mail address and password.
    SignIn: Post "/api/session" Public Technical Json, path (), query Empty, body Credentials, reply SessionView;
    /// Ends this session.
    SignOut: Delete "/api/session" SignedIn Technical Json, path (), query Empty, body Empty, reply Empty;
    /// The caller's open sessions.
    ListSessions: Get "/api/sessions" SignedIn Read Json, path (), query Empty, body Empty, reply Vec<OpenSession>;
    /// Ends every session of the caller, this one too.
    SignOutEverywhere: Delete "/api/sessions" SignedIn Technical Json, path (), query Empty, body Empty, reply Empty;
    /// Changes the caller's own password and ends the other sessions.
    ChangePassword: Post "/api/password" SignedIn Command Json, path (), query Empty, body PasswordChange, reply Empty;
    /// Mails a link for a new password; answers the same whether or not the account exists.
    AskPasswordReset: Post "/api/password/reset-mail" Public Technical Json, path (), query Empty, body ResetMail, reply Empty;
    /// Sets a new password by a mailed link.
    ResetPassword: Post "/api/password/reset" Public Command Json, path (), query Empty, body PasswordReset, reply Empty;
    /// What an invitation link is for.
    GetInvitation: Get "/api/invitations/{token}" Public Read Json, path String, query Empty, body Empty, reply InvitationView;
    /// Accepts an invitation by choosing a password.
    AcceptInvitation: Post "/api/invitations/{token}" Public Command Json, path String, query Empty, body NewPassword, reply Empty;
    /// All accounts with their roles.
    ListPeople: Get "/api/people" May(ViewPeople) Read Json, path (), query Empty, body Empty, reply Vec<PersonView>;
    /// Invites a person by mail, with a first role proposed.
    InvitePerson: Post "/api/people" May(ManageAccounts) Command Json, path (), query Empty, body NewPerson, reply PersonView;
    /// Closes or reopens an account; closing ends its sessions at once.
    SetPersonActive: Put "/api/people/{person}/active" May(ManageAccounts) Command Json, path PersonId, query Empty, body Activity, reply PersonView;
    /// Proposes a role; one that gives power waits for a second person.
    ProposeRole: Post "/api/people/{person}/roles" May(ManageAccounts) Command Json, path PersonId, query Empty, body RoleProposal, reply PersonView;
    /// Confirms a role that somebody else proposed.
    ConfirmRole: Post "/api/roles/{role}/confirm" May(ConfirmRoles) Command Json, path RoleGrantId, query Empty, body Empty, reply PersonView;
    /// Proposes whom a person reports to; a second person confirms it.
    ProposeManager: Post "/api/people/{person}/manager" May(ManageAccounts) Command Json, path PersonId, query Empty, body ManagerProposal, reply PersonView;
    /// Confirms whom a person reports to.
    ConfirmManager: Post "/api/managers/{manager}/confirm" May(ConfirmRoles) Command Json, path ManagerId, query Empty, body Empty, reply PersonView;
    /// Ends a role, or refuses a proposed one.
    RevokeRole: Post "/api/roles/{role}/revoke" May(ManageAccounts) Command Json, path RoleGrantId, query Empty, body Empty, reply PersonView;
    /// Which executive is responsible for which division.
    GetChiefs: Get "/api/chiefs" May(ViewPeople) Read Json, path (), query Empty, body Empty, reply ChiefsView;
    /// Names the executive to whom it climbs what a division's units did not answer in time.
    NameChief: Post "/api/chiefs" May(NameChiefs) Command Json, path (), query Empty, body NewChief, reply ChiefsView;
    /// Who acts for which principal on leave, and what waits for a second person.
    ListActing: Get "/api/acting" May(ViewPeople) Read Json, path (), query Empty, body Empty, reply ActingsView;
    /// Proposes who acts for a principal on leave; a second person confirms it, and neither is one of the two.
    ProposeActing: Post "/api/acting" May(AppointActing) Command Json, path (), query Empty, body NewActing, reply ActingsView;
    /// Confirms an acting appointment that somebody else proposed.
    ConfirmActing: Post "/api/acting/{acting}/confirm" May(AppointActing) Command Json, path ActingId, query Empty, body Empty, reply ActingsView;
    /// Ends an acting appointment at once, or refuses one that waits.
    EndActing: Post "/api/acting/{acting}/end" May(AppointActing) Command Json, path ActingId, query Empty, body Empty, reply ActingsView;
    /// When the caller is away and who acts meanwhile, and for whom the caller stands in.
    GetAbsences: Get "/api/absences" Inside Read Json, path (), query Empty, body Empty, reply AbsencesView;
    /// Sets an absence of the caller with a deputy of the same unit or school role.
    SetAbsence: Post "/api/absences" Inside Command Json, path (), query Empty, body NewAbsence, reply AbsencesView;
    /// Ends an absence of the caller at once.
    EndAbsence: Post "/api/absences/{absence}/end" Inside Command Json, path AbsenceId, query Empty, body Empty, reply AbsencesView;
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SessionReply {
    /// Absent where nobody is signed in.
    pub session: Option<SessionView>,
    /// The district's name, shown on the sign-in page.
    pub district: String,
}

/// Everything the application's shell needs to know of the caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SessionView {
    pub person: PersonRef,
    pub email: String,
    pub roles: Vec<RoleView>,
    pub permissions: Vec<Permission>,
    /// Schools the caller acts for or supports, own first; empty for district roles.
    pub schools: Vec<SchoolRef>,
    pub units: Vec<UnitRef>,
    /// For whom the caller acts as principal now, by appointment.
    pub acting: Vec<ActingSeat>,
    pub district: DistrictView,
    /// Goes back in [`crate::contract::CSRF_HEADER`] with everything but GET.
    pub csrf_token: String,
    pub unread_notices: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DistrictView {
    pub name: String,
    /// IANA name, e.g. `America/Los_Angeles`.
    pub zone: String,
    pub today: Date,
    pub fiscal_year: FiscalYear,
    /// True where the fictional demo district is loaded.
    pub demo: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonRef {
    pub id: PersonId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolRef {
    pub id: SchoolId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitRef {
    pub id: UnitId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleView {
    pub id: RoleGrantId,
    pub role: Role,
    pub scope: Scope,
    /// `Lincoln Elementary`, `Mathematics`, or the district's name.
    pub scope_title: String,
    /// False while it waits for a second person.
    pub confirmed: bool,
    pub proposed_by: Option<PersonRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpenSession {
    pub id: SessionId,
    pub begun: Timestamp,
    pub last_seen: Timestamp,
    /// The browser's own words, shortened.
    pub browser: String,
    pub current: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    pub old_password: String,
    pub new_password: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ResetMail {
    pub email: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PasswordReset {
    pub token: String,
    pub new_password: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InvitationView {
    pub name: String,
    pub email: String,
    pub district: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewPassword {
    pub password: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub active: bool,
    /// False until the invitation is accepted.
    pub has_password: bool,
    pub roles: Vec<RoleView>,
    pub reports_to: Option<PersonRef>,
    /// Waits for a second person.
    pub manager_proposed: Option<ManagerView>,
}

/// A proposal of whom a person reports to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ManagerView {
    pub id: ManagerId,
    /// Absent: reports to nobody.
    pub manager: Option<PersonRef>,
    pub proposed_by: PersonRef,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ManagerProposal {
    pub manager: Option<PersonId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub role: Option<RoleProposal>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleProposal {
    pub role: Role,
    pub scope: Scope,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Activity {
    pub active: bool,
}
