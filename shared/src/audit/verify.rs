//! An export held against checkpoints: entry by entry, in constant memory, with neither database nor network.

use std::collections::VecDeque;
use std::fmt;

use super::checkpoint::{Checkpoint, NoteFault, PublicKey};
use super::export::{Entry, FORMAT, Head};
use super::record::digest_of;
use super::tree::{Edge, leaf_hash};

/// What is wrong, as the first thing that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A checkpoint's note is not believed.
    Note { name: String, fault: NoteFault },
    /// Two checkpoints of one size with different roots: two histories were signed.
    Fork { size: u64 },
    /// There is nothing to hold the export against.
    NoCheckpoint,
    /// The export is of another kind, or of another district.
    OtherLog { found: String },
    /// This entry's columns, bytes or number do not fit each other.
    Entry { index: u64, what: EntryFault },
    /// The entries up to `until` are not those that were signed; those up to `after` are.
    Rewritten { after: u64, until: u64 },
    /// A checkpoint was published over more entries than the export has.
    CutOff { entries: u64, signed: u64 },
    /// The head promises another number of entries.
    OtherSize { promised: u64, entries: u64 },
}

/// What does not fit in one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFault {
    Number,
    Columns,
    Digest,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note { name, fault } => write!(f, "The checkpoint {name} is not believed: {fault}."),
            Self::Fork { size } => write!(f, "Two checkpoints over {size} entries differ: two histories were signed."),
            Self::NoCheckpoint => f.write_str("There is no checkpoint to hold the export against. Name the folder with the published ones."),
            Self::OtherLog { found } => write!(f, "This is no export of the log that the key names; it says “{found}”."),
            Self::Entry { index, what: EntryFault::Number } => write!(f, "Entry {index} is missing, or stands in another place."),
            Self::Entry { index, what: EntryFault::Columns } => write!(f, "Entry {index} was changed: its columns do not give its bytes."),
            Self::Entry { index, what: EntryFault::Digest } => write!(f, "Entry {index} was changed: its digest is not that of its bytes."),
            Self::Rewritten { after, until } => {
                write!(f, "Something among the entries from {after} to {} is not what was signed.", until.saturating_sub(1))
            }
            Self::CutOff { entries, signed } => {
                write!(f, "The export ends after {entries} entries, but a checkpoint over {signed} was published: entries were cut off.")
            }
            Self::OtherSize { promised, entries } => write!(f, "The export promises {promised} entries and holds {entries}."),
        }
    }
}

/// What a sound export came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub entries: u64,
    /// Entries that a checkpoint vouches for; the rest is newer than the last one.
    pub signed: u64,
    pub checkpoints: usize,
}

/// Reads an export along.
#[derive(Clone, Debug)]
pub struct Verifier {
    /// Not yet reached, smallest first.
    ahead: VecDeque<Checkpoint>,
    origin: String,
    edge: Edge,
    /// The last size that a checkpoint vouched for.
    signed: u64,
    passed: usize,
    promised: u64,
}

impl Verifier {
    /// Believes the notes that `key` signed, each by its name, and begins.
    ///
    /// # Errors
    /// A note that is not believed, a fork, no note at all, or a head of another log.
    pub fn new(key: &PublicKey, notes: impl IntoIterator<Item = (String, String)>, head: &Head) -> Result<Self, Flaw> {
        let mut ahead = Vec::new();
        for (name, note) in notes {
            ahead.push(key.open(&note).map_err(|fault| Flaw::Note { name, fault })?);
        }
        ahead.sort_by_key(|checkpoint| checkpoint.size);
        if let Some(pair) = ahead.windows(2).find(|pair| pair[0].size == pair[1].size && pair[0].root != pair[1].root) {
            return Err(Flaw::Fork { size: pair[0].size });
        }
        let Some(origin) = ahead.first().map(|checkpoint| checkpoint.origin.clone()) else { return Err(Flaw::NoCheckpoint) };
        if head.format != FORMAT || head.origin != origin {
            return Err(Flaw::OtherLog { found: format!("{} {}", head.format, head.origin) });
        }
        let mut verifier = Self { ahead: ahead.into(), origin, edge: Edge::default(), signed: 0, passed: 0, promised: head.size };
        verifier.pass()?;
        Ok(verifier)
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn push(&mut self, entry: &Entry) -> Result<(), Flaw> {
        let index = self.edge.size();
        let wrong = |what| Flaw::Entry { index, what };
        if entry.index != index {
            return Err(wrong(EntryFault::Number));
        }
        if entry.canonical_of_columns() != entry.canonical {
            return Err(wrong(EntryFault::Columns));
        }
        if digest_of(&entry.canonical) != entry.digest {
            return Err(wrong(EntryFault::Digest));
        }
        self.edge.push(leaf_hash(entry.canonical.as_bytes()));
        self.pass()
    }

    /// Holds the tree against the checkpoints of its present size.
    fn pass(&mut self) -> Result<(), Flaw> {
        let size = self.edge.size();
        while self.ahead.front().is_some_and(|checkpoint| checkpoint.size == size) {
            let root = self.ahead.pop_front().map(|checkpoint| checkpoint.root);
            if root != Some(self.edge.root()) {
                return Err(Flaw::Rewritten { after: self.signed, until: size });
            }
            (self.signed, self.passed) = (size, self.passed + 1);
        }
        Ok(())
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Entries that were signed and are not there.
    pub fn finish(self) -> Result<Verified, Flaw> {
        let entries = self.edge.size();
        if let Some(last) = self.ahead.back() {
            return Err(Flaw::CutOff { entries, signed: last.size });
        }
        if self.promised != entries {
            return Err(Flaw::OtherSize { promised: self.promised, entries });
        }
        Ok(Verified { entries, signed: self.signed, checkpoints: self.passed })
    }
}

#[cfg(test)]
mod tests;
