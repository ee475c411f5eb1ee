//! Pages of identity: the door, the account, the people.

mod account;
mod acting;
mod chiefs;
mod forgot;
mod invitation;
mod new_password;
mod people;
mod person;
mod reports_to;
mod reset;
mod role_form;
mod sign_in;

pub use account::AccountPage;
pub use forgot::ForgotPage;
pub use invitation::InvitationPage;
pub use people::PeoplePage;
pub use reset::ResetPage;
pub use sign_in::SignInPage;
