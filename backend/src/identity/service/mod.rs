//! The use cases of identity, and what other slices may ask of it.

mod absences;
mod acting;
mod accounts;
mod chiefs;
mod directory;
mod founding;
mod limits;
mod links;
mod managers;
mod outside;
mod sessions;
mod views;

pub use crate::identity::store::links::Purpose;
pub use acting::{acted_for, acted_with, confirm as confirm_acting, end as end_acting, list as acting, propose as propose_acting, with_acting};
pub use absences::{away, end as end_absence, lent, set as set_absence, view as absences, with_lent};
pub use accounts::{confirm_role, invite, propose_role, revoke_role, set_active};
pub use chiefs::{chief_of, executives, name as name_chief, put_chief, view as chiefs};
pub use directory::{
    Account, Contact, above, add_person, contacts, district, everybody_with, is_named, names, people, people_count, role_holders, scope_titles, set_district,
};
pub use founding::{Founder, found};
pub use limits::take_try;
pub use links::{ByLink, ask_reset, change_password, invitation, set_password_by_link};
pub use outside::{grant, invite_to, seats_of};
pub use managers::{set_managers, confirm_manager, propose_manager};
pub use sessions::{Session, SignedIn, Visitor, open_sessions, session_of, sign_in, sign_out, sign_out_everywhere};
pub use views::{list_people, session_reply};
