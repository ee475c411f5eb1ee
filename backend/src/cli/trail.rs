//! `chalkline trail`: the key that readers hold checkpoints against, and the sealed trail as a file.

use std::fs::File;
use std::io::BufWriter;

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::audit::trail;
use crate::error::AppError;

pub async fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let (what, file) = (arguments.word(), arguments.word());
    arguments.finish()?;
    let app = open(config).await?;
    match (what.as_deref(), file) {
        (Some("key"), None) => println!("{}", trail::signer(&app).await?.public()),
        (Some("export"), Some(path)) => {
            let file = File::create_new(&path).map_err(|error| Failure(format!("cannot write {path}: {error}")))?;
            trail::witness(&app, app.now()).await?;
            let entries = trail::export(&app, BufWriter::new(file)).await?;
            println!("{entries} entries. Hold them against the published checkpoints:");
            println!("chalkline-verify {path} --checkpoints {} --key KEY", app.config.checkpoint_dir.display());
        }
        _ => return Err(Failure("The commands are: chalkline trail key, chalkline trail export FILE".to_owned())),
    }
    app.db.clone().close().await.map_err(AppError::from)?;
    Ok(())
}
