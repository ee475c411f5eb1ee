//! Wiring: what the catalog tells people is written by orders, which keeps notices and carts and stands above the catalog.

use std::sync::Arc;

use shared::words::catalog as words;

use crate::app::App;
use crate::catalog::service::{Audience, Saying, Told};
use crate::db::Tx;
use crate::identity::CommandContext;
use crate::orders::service as orders;

/// Writes the notices and returns the mails.
pub fn tell<'a>(tx: &'a mut Tx, app: &'a Arc<App>, ctx: &'a CommandContext, sayings: Vec<Saying>) -> Told<'a> {
    Box::pin(async move {
        let mut told = Vec::new();
        for Saying { audience, text, link } in sayings {
            match audience {
                Audience::Who(permission, target) => {
                    told.push(orders::Told { audience: orders::Audience::Who(permission, target), text, link });
                }
                Audience::People(people) => told.push(orders::Told { audience: orders::Audience::People(people), text, link }),
                Audience::Drafting(packages) => told.extend(orders::told_of_drafts(&*tx, &packages, words::tell_retired).await?),
            }
        }
        orders::tell(tx, app, ctx, &told).await
    })
}
