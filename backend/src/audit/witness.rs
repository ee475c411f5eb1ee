//! Checkpoints: the tree's root, signed, and laid down where nobody who writes the database can change it.

use std::io;

use shared::audit::checkpoint::{Checkpoint, Signer};
use shared::time::Timestamp;

use super::seal::seal;
use super::sealed;
use crate::app::App;
use crate::db::{Effect, Technical};
use crate::error::AppError;
use crate::identity::service::district;
use crate::ports::mailer::Mail;

/// Who signs this district's checkpoints.
///
/// # Errors
/// Where the key's file cannot be read or made.
pub async fn signer(app: &App) -> Result<Signer, AppError> {
    let name = district(&app.db.reader()).await?.name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let key = app.trail_key.secret().map_err(|error| AppError::internal(format!("the key that signs the trail: {error}")))?;
    Ok(Signer::new(format!("{}/trail", words.join("-")), &key))
}

/// Seals what waits, signs the tree where it has grown since the last checkpoint, and publishes what was not published.
///
/// # Errors
/// Where the database, the key or the folder fails; what was signed is published at the next call.
pub async fn witness(app: &App, now: Timestamp) -> Result<(), AppError> {
    seal(&app.db).await?;
    let reader = app.db.reader();
    let edge = sealed::edge(&reader).await?;
    let newest = sealed::newest_note(&reader).await?;
    if newest.is_none_or(|kept| kept.size < edge.size()) {
        let signer = signer(app).await?;
        let checkpoint = Checkpoint { origin: signer.name().to_owned(), size: edge.size(), root: edge.root(), at: now };
        keep(app, &signer, checkpoint).await?;
    }
    publish(app).await
}

async fn keep(app: &App, signer: &Signer, checkpoint: Checkpoint) -> Result<(), AppError> {
    let (note, key) = (signer.sign(&checkpoint), signer.public().to_string());
    let mail = app.config.checkpoint_mail.clone().map(|to| Mail {
        to,
        subject: format!("{}: checkpoint over {} entries", checkpoint.origin, checkpoint.size),
        text: format!("{note}\nKeep this mail: the audit trail is held against it.\nPublic key: {key}\n"),
    });
    let input = (checkpoint, note, key, mail);
    app.db
        .technical(input, |mut tx, (checkpoint, note, key, mail)| async move {
            if !sealed::claim_key(&mut tx, &key).await? {
                let words = "this replica's key is not the one that signed before; let CHALKLINE_TRAIL_KEY name the same file everywhere";
                return Err(AppError::internal(words));
            }
            if sealed::keep_note(&mut tx, &checkpoint, &note).await?
                && let Some(mail) = mail
            {
                tx.queue(&Effect::Mail(mail), checkpoint.at).await?;
            }
            Ok(tx.commit_technical(Technical::Seal).await?)
        })
        .await
}

/// Writes each checkpoint as a file of its own; an older one is never overwritten.
async fn publish(app: &App) -> Result<(), AppError> {
    let folder = &app.config.checkpoint_dir;
    for kept in sealed::unpublished(&app.db.reader()).await? {
        let file = folder.join(format!("checkpoint-{:012}.txt", kept.size));
        let failed = |error: io::Error| AppError::internal(format!("cannot publish {}: {error}", file.display()));
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
        if !tokio::fs::try_exists(&file).await.map_err(failed)? {
            // Beside it first, so that nobody reads half a note.
            let half = file.with_extension("part");
            tokio::fs::write(&half, &kept.note).await.map_err(failed)?;
            tokio::fs::rename(&half, &file).await.map_err(failed)?;
        }
        let size = kept.size;
        app.db
            .technical(size, |mut tx, size| async move {
                sealed::mark_published(&mut tx, size).await?;
                Ok::<(), AppError>(tx.commit_technical(Technical::Seal).await?)
            })
            .await?;
    }
    Ok(())
}
