//! `--demo`: an empty database gets the fictional district; whoever started the program reads how to sign in.

use std::sync::Arc;

use shared::error::ErrorCode;

use super::Failure;
use crate::app::App;
use crate::demo::{self, SignIn};
use crate::identity::service as identity;

/// The same district for everyone who tries the product.
const SEED: u64 = 2026;

/// Loads the demo district where there is nothing yet, and prints how to sign in.
pub async fn offer(app: &Arc<App>) -> Result<(), Failure> {
    let today = identity::district(&app.db.reader()).await?.day_of(app.now())?;
    match demo::load(app, SEED, today).await {
        Ok(loaded) => {
            println!("Loaded {}: {} schools, {} packages, {} orders.", loaded.district, loaded.schools, loaded.packages, loaded.orders);
            print(&loaded.sign_ins, &loaded.password);
        }
        Err(error) if error.code() == ErrorCode::AlreadyExists => {
            if !identity::district(&app.db.reader()).await?.demo {
                println!("The database holds a district already; it is served as it is.");
                return Ok(());
            }
            print(&demo::sign_ins()?, &demo::password()?);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn print(people: &[SignIn], password: &str) {
    let width = people.iter().map(|person| person.email.len()).max().unwrap_or(0);
    println!("Sign in as one of these, all with the password {password}");
    for person in people {
        println!("  {:width$}  {} ({})", person.email, person.name, person.part);
    }
}
