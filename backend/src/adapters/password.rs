//! Argon2id behind a semaphore, on threads of its own.

use std::sync::{Arc, PoisonError, RwLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use tokio::sync::Semaphore;

use crate::config::{PasswordCost, Secret};
use crate::ports::password::{PasswordError, Passwords};

/// Hashes with a cost and, where configured, a pepper that the database does not know.
pub struct Argon2Passwords {
    cost: PasswordCost,
    pepper: Option<Secret>,
    at_once: Arc<Semaphore>,
    /// The hash that an unknown account is compared with, made on first use.
    stand_in: Arc<RwLock<Option<String>>>,
}

impl Argon2Passwords {
    pub fn new(cost: PasswordCost, pepper: Option<Secret>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { cost, pepper, at_once: Arc::new(Semaphore::new(cores)), stand_in: Arc::default() }
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hashing) -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let pass = Arc::clone(&self.at_once).acquire_owned().await.map_err(failed)?;
        let hashing = Hashing { cost: self.cost, pepper: self.pepper.clone() };
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&hashing);
            drop(pass);
            done
        });
        done.await.map_err(failed)?
    }
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError(error.to_string())
}

struct Hashing {
    cost: PasswordCost,
    pepper: Option<Secret>,
}

impl Hashing {
    fn argon2(&self) -> Result<Argon2<'_>, PasswordError> {
        let params = Params::new(self.cost.memory_kib, self.cost.passes, 1, None).map_err(failed)?;
        match &self.pepper {
            Some(pepper) => {
                Argon2::new_with_secret(pepper.expose().as_bytes(), Algorithm::Argon2id, Version::V0x13, params).map_err(failed)
            }
            None => Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params)),
        }
    }

    fn hash(&self, password: &str) -> Result<String, PasswordError> {
        Ok(self.argon2()?.hash_password(password.as_bytes()).map_err(failed)?.to_string())
    }

    fn matches(&self, stored: &str, password: &str) -> Result<bool, PasswordError> {
        let stored = PasswordHash::new(stored).map_err(failed)?;
        Ok(self.argon2()?.verify_password(password.as_bytes(), &stored).is_ok())
    }
}

#[async_trait]
impl Passwords for Argon2Passwords {
    async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.apart(move |hashing| hashing.hash(&password)).await
    }

    async fn matches(&self, stored: Option<String>, password: String) -> Result<bool, PasswordError> {
        let stand_in = Arc::clone(&self.stand_in);
        let work = move |hashing: &Hashing| match stored {
            Some(stored) => hashing.matches(&stored, &password),
            None => {
                let kept = stand_in.read().unwrap_or_else(PoisonError::into_inner).clone();
                let kept = match kept {
                    Some(kept) => kept,
                    None => {
                        let made = hashing.hash("nobody's password")?;
                        stand_in.write().unwrap_or_else(PoisonError::into_inner).insert(made).clone()
                    }
                };
                hashing.matches(&kept, &password).map(|_| false)
            }
        };
        self.apart(work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 64, passes: 1 };

    #[tokio::test]
    async fn a_hash_fits_its_password_and_pepper_alone() -> Result<(), PasswordError> {
        let ours = Argon2Passwords::new(CHEAP, Some(Secret::new("a pepper of theirs")));
        let hash = ours.hash("correct horse battery".to_owned()).await?;
        assert!(hash.starts_with("$argon2id$"));
        assert!(ours.matches(Some(hash.clone()), "correct horse battery".to_owned()).await?);
        assert!(!ours.matches(Some(hash.clone()), "correct horse batterz".to_owned()).await?);
        assert!(!ours.matches(None, "nobody's password".to_owned()).await?);
        let others = Argon2Passwords::new(CHEAP, None);
        assert!(!others.matches(Some(hash), "correct horse battery".to_owned()).await?);
        Ok(())
    }
}
