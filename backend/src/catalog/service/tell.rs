//! What the catalog tells people. Notices and carts belong to orders, which stands above the catalog, so the wiring passes the way in.

use std::pin::Pin;
use std::sync::Arc;

use shared::id::{PackageId, PersonId};
use shared::identity::policy::Permission;

use crate::app::App;
use crate::db::{Effect, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Target};

/// To whom something is told.
#[derive(Clone, Debug)]
pub enum Audience {
    /// Everyone who may do this there.
    Who(Permission, Target),
    People(Vec<PersonId>),
    /// Who has one of these packages in the cart; each is told of each.
    Drafting(Vec<PackageId>),
}

/// One text for several people, with the page where it goes on. To those who draft, the text is made from the package's title.
#[derive(Clone, Debug)]
pub struct Saying {
    pub audience: Audience,
    pub text: String,
    pub link: String,
}

impl Saying {
    pub fn drafting(packages: Vec<PackageId>) -> Self {
        Self { audience: Audience::Drafting(packages), text: String::new(), link: String::new() }
    }
}

/// The mails that follow from telling.
pub type Told<'a> = Pin<Box<dyn Future<Output = Result<Vec<Effect>, AppError>> + Send + 'a>>;

/// Writes notices within the transaction.
pub type Tell = for<'a> fn(&'a mut Tx, &'a Arc<App>, &'a CommandContext, Vec<Saying>) -> Told<'a>;
