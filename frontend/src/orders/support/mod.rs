//! A network officer's pages, and what of them stands beside a school's cart.

mod comments;
mod school;
mod schools;
mod suggest;
mod suggestions;

pub use comments::CartComments;
pub use school::MySchoolPage;
pub use schools::MySchoolsPage;
pub use suggestions::Suggestions;
