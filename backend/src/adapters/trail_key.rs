//! The key that signs the trail's checkpoints: a file of the operator's, never in the database.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::audit::tree::Hash;

use crate::ports::ids::Ids;
use crate::ports::trail_key::TrailKey;

/// 64 hexadecimal digits in a file that only the program's user reads.
pub struct KeyFile {
    file: PathBuf,
    ids: Arc<dyn Ids>,
}

impl KeyFile {
    pub fn new(file: PathBuf, ids: Arc<dyn Ids>) -> Self {
        Self { file, ids }
    }

    fn chance(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key[..16].copy_from_slice(&self.ids.chance().to_be_bytes());
        key[16..].copy_from_slice(&self.ids.chance().to_be_bytes());
        key
    }
}

impl TrailKey for KeyFile {
    fn secret(&self) -> io::Result<[u8; 32]> {
        load_or_make(&self.file, || self.chance()).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", self.file.display())))
    }
}

fn load_or_make(file: &Path, chance: impl FnOnce() -> [u8; 32]) -> io::Result<[u8; 32]> {
    match fs::read_to_string(file) {
        Ok(text) => read(text.trim()).ok_or_else(|| io::Error::other("it holds no key: 64 hexadecimal digits. Put the right file back.")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(file, chance()),
        Err(error) => Err(error),
    }
}

fn make(file: &Path, key: [u8; 32]) -> io::Result<[u8; 32]> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(mut made) => {
            made.write_all(format!("{}\n", Hash(key)).as_bytes())?;
            made.sync_all()?;
            Ok(key)
        }
        // A replica on the same folder was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => load_or_make(file, || key),
        Err(error) => Err(error),
    }
}

fn read(text: &str) -> Option<[u8; 32]> {
    text.parse::<Hash>().ok().map(|bytes| bytes.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_a_damaged_one_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys/trail.key");
        let made = load_or_make(&file, || [7; 32]).unwrap();
        assert_eq!((made, load_or_make(&file, || [8; 32]).unwrap()), ([7; 32], [7; 32]));
        fs::write(&file, "07").unwrap();
        assert!(load_or_make(&file, || [8; 32]).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "07");
    }
}
