//! Checkpoints: what the trail was at a moment, signed, to be kept where nobody who can write the database can reach.
//!
//! The format is C2SP's signed note with a tlog-checkpoint as its text: origin, size, root; one line more says when.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::tree::Hash;
use crate::time::Timestamp;

/// Ed25519, as signed notes number it.
const ED25519: u8 = 1;

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The district's log; no other district's checkpoint has the same.
    pub origin: String,
    /// Entries.
    pub size: u64,
    pub root: Hash,
    pub at: Timestamp,
}

impl Checkpoint {
    /// The note's text, its last line break included.
    fn text(&self) -> String {
        format!("{}\n{}\n{}\nat {}\n", self.origin, self.size, BASE64.encode(self.root.0), self.at.micros())
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (origin, size, root, at) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?.strip_prefix("at ")?);
        let root = Hash(BASE64.decode(root).ok()?.try_into().ok()?);
        let read = Self { origin: origin.to_owned(), size: size.parse().ok()?, root, at: Timestamp::from_micros(at.parse().ok()?) };
        // One text for one checkpoint: `007` is not a size.
        (read.text() == text).then_some(read)
    }
}

/// Who signs: a name and a key whose secret half stays outside the database.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// `name` is the log's origin; spaces and `+` have no place in it.
    pub fn new(name: impl Into<String>, secret: &[u8; 32]) -> Self {
        let plain = |c: char| if c.is_whitespace() || c == '+' { '-' } else { c };
        Self { name: name.into().chars().map(plain).collect(), key: SigningKey::from_bytes(secret) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The signed note.
    pub fn sign(&self, checkpoint: &Checkpoint) -> String {
        let text = checkpoint.text();
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let line = [self.public().id().as_slice(), &signature].concat();
        format!("{text}\n— {} {}\n", self.name, BASE64.encode(line))
    }
}

/// What a checkpoint is held against: known to the reader by another way than the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: VerifyingKey,
}

impl PublicKey {
    /// The key's number in signed notes.
    fn id(&self) -> [u8; 4] {
        let digest = Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519]).chain_update(self.key.as_bytes()).finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// Reads `name+0123abcd+AbC…`, as it was printed.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '+');
        let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = BASE64.decode(key).ok()?;
        let (kind, bytes) = bytes.split_first()?;
        let key = Self { name: name.to_owned(), key: VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()? };
        (*kind == ED25519 && key.to_string() == format!("{name}+{id}+{}", text.trim().splitn(3, '+').nth(2)?)).then_some(key)
    }

    /// The checkpoint of a note that this key signed.
    ///
    /// # Errors
    /// Why the note is not believed.
    pub fn open(&self, note: &str) -> Result<Checkpoint, NoteFault> {
        let (text, signatures) = note.split_once("\n\n").ok_or(NoteFault::NoNote)?;
        let text = format!("{text}\n");
        let prefix = format!("— {} ", self.name);
        let mine = signatures.lines().filter_map(|line| line.strip_prefix(&prefix)).filter_map(|line| BASE64.decode(line).ok());
        let signed = mine.filter_map(|bytes| {
            let (id, signature) = bytes.split_at_checked(4)?;
            Some((id.to_vec(), Signature::from_bytes(signature.try_into().ok()?)))
        });
        let mut of_this_key = signed.filter(|(id, _)| *id == self.id()).peekable();
        if of_this_key.peek().is_none() {
            return Err(NoteFault::OtherKey);
        }
        if !of_this_key.any(|(_, signature)| self.key.verify_strict(text.as_bytes(), &signature).is_ok()) {
            return Err(NoteFault::BadSignature);
        }
        let checkpoint = Checkpoint::read(&text).ok_or(NoteFault::NoNote)?;
        if checkpoint.origin == self.name { Ok(checkpoint) } else { Err(NoteFault::OtherLog) }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id: String = self.id().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = BASE64.encode([&[ED25519], self.key.as_bytes().as_slice()].concat());
        write!(f, "{}+{id}+{key}", self.name)
    }
}

/// Why a note is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteFault {
    NoNote,
    OtherKey,
    BadSignature,
    OtherLog,
}

impl fmt::Display for NoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNote => "it is no checkpoint",
            Self::OtherKey => "it is not signed by this key",
            Self::BadSignature => "its signature does not fit its text",
            Self::OtherLog => "it belongs to another district's log",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tree::leaf_hash;

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "riverbend/trail".to_owned(), size: 3, root: leaf_hash(b"x"), at: Timestamp::from_micros(1_790_000_000_000_000) }
    }

    #[test]
    fn a_note_is_opened_by_its_key_alone() {
        let (signer, other) = (Signer::new("riverbend/trail", &[7; 32]), Signer::new("riverbend/trail", &[8; 32]));
        let note = signer.sign(&checkpoint());
        assert_eq!(signer.public().open(&note), Ok(checkpoint()));
        assert_eq!(other.public().open(&note), Err(NoteFault::OtherKey));
        assert_eq!(signer.public().open(&note.replacen("\n3\n", "\n4\n", 1)), Err(NoteFault::BadSignature));
        assert_eq!(signer.public().open("nothing"), Err(NoteFault::NoNote));
        let elsewhere = Checkpoint { origin: "harborside/trail".to_owned(), ..checkpoint() };
        assert_eq!(signer.public().open(&signer.sign(&elsewhere)), Err(NoteFault::OtherLog));
    }

    #[test]
    fn a_key_is_read_as_it_is_printed() {
        let key = Signer::new("river bend+trail", &[7; 32]).public();
        assert_eq!(PublicKey::read(&key.to_string()), Some(key.clone()));
        assert!(key.to_string().starts_with("river-bend-trail+"));
        for wrong in ["", "a+b", "a+00000000+AQ==", &key.to_string().replacen("river", "other", 1)] {
            assert_eq!(PublicKey::read(wrong), None, "{wrong}");
        }
    }

    /// The vectors of the note format's own text: a key, a note and its signature, made by another implementation.
    #[test]
    fn the_format_is_that_of_signed_notes() {
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let key = PublicKey::read(key).expect("a published key");
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
                    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        // It is believed to be signed, and then found to be no checkpoint.
        assert_eq!(key.open(note), Err(NoteFault::NoNote));
        assert_eq!(key.open(&note.replace("answer", "question")), Err(NoteFault::BadSignature));
    }
}
