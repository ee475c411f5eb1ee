//! The trail as a Merkle tree (RFC 6962, section 2.1): hashes, the growing right edge, proofs and their verification.
//!
//! Nothing is kept here but the right edge: complete nodes, once made, never change, so that a database can store them as they
//! come and answer for any proof.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// SHA-256 of a leaf or a node; printed and read in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is no hash: 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHash;

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(NoHash);
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| NoHash)?;
        }
        Ok(Self(bytes))
    }
}

/// The hash of one entry's bytes; the first byte parts leaves from nodes (RFC 6962, 2.1).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(bytes).finalize().into())
}

/// The hash of two neighbours.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of a tree without entries.
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// A complete node: the hash over the entries from `index << level` on, `1 << level` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    pub level: u32,
    pub index: u64,
    pub hash: Hash,
}

/// The right edge of a tree: the roots of its largest complete subtrees, from left to right.
///
/// Invariant: as many as the size has bits that are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    peaks: Vec<Hash>,
}

impl Edge {
    /// The edge as it was stored; `None` where the peaks do not fit the size.
    pub fn stored(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (usize::try_from(size.count_ones()) == Ok(peaks.len())).then_some(Self { size, peaks })
    }

    pub const fn size(&self) -> u64 {
        self.size
    }

    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf; the nodes above it that are complete now, from below.
    pub fn push(&mut self, leaf: Hash) -> Vec<Node> {
        let (mut hash, mut index, mut made) = (leaf, self.size, Vec::new());
        for level in 1..=self.size.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(left, hash);
            index >>= 1;
            made.push(Node { level, index, hash });
        }
        self.peaks.push(hash);
        self.size += 1;
        made
    }

    /// The root over all entries so far.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let last = peaks.next().unwrap_or_else(empty_root);
        peaks.fold(last, |right, left| node_hash(left, right))
    }
}

/// Entries from `start` on, `end` excluded; one step of a proof is the hash over such a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub start: u64,
    pub end: u64,
}

impl Run {
    /// The complete nodes that the run's hash is folded of, from left to right, as level and index.
    pub fn nodes(self) -> Vec<(u32, u64)> {
        let (mut start, mut nodes) = (self.start, Vec::new());
        while start < self.end {
            let fits = (self.end - start).ilog2();
            let level = if start == 0 { fits } else { fits.min(start.trailing_zeros()) };
            nodes.push((level, start >> level));
            start += 1 << level;
        }
        nodes
    }
}

/// The hash over a run from the hashes of its [`Run::nodes`].
pub fn fold(hashes: &[Hash]) -> Option<Hash> {
    let (last, others) = hashes.split_last()?;
    Some(others.iter().rev().fold(*last, |right, left| node_hash(*left, right)))
}

/// The largest power of two below `size` (RFC 6962, 2.1: k). `size` is two at least.
const fn split_point(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// What proves that entry `index` is in a tree of `size` entries (RFC 6962, 2.1.1), from below.
pub fn inclusion_runs(index: u64, size: u64) -> Vec<Run> {
    let (mut start, mut end, mut runs) = (0, size, Vec::new());
    while end - start > 1 && index < size {
        let middle = start + split_point(end - start);
        if index < middle {
            runs.push(Run { start: middle, end });
            end = middle;
        } else {
            runs.push(Run { start, end: middle });
            start = middle;
        }
    }
    runs.reverse();
    runs
}

/// Whether `proof` shows `leaf` to be entry `index` of the tree with this size and root.
pub fn proves_inclusion(leaf: Hash, (index, size): (u64, u64), proof: &[Hash], root: Hash) -> bool {
    let runs = inclusion_runs(index, size);
    if index >= size || runs.len() != proof.len() {
        return false;
    }
    let climb = |hash, (run, step): (&Run, &Hash)| if run.start > index { node_hash(hash, *step) } else { node_hash(*step, hash) };
    runs.iter().zip(proof).fold(leaf, climb) == root
}

/// What proves that a tree of `new` entries begins with the `old` ones (RFC 6962, 2.1.2). Empty where nothing is to be proved.
pub fn consistency_runs(old: u64, new: u64) -> Vec<Run> {
    if old == 0 || old >= new {
        return Vec::new();
    }
    let (mut start, mut end, mut whole, mut runs) = (0, new, true, Vec::new());
    // The subtree that holds the old edge, until the old entries fill it.
    while old - start != end - start {
        let middle = start + split_point(end - start);
        if old <= middle {
            runs.push(Run { start: middle, end });
            end = middle;
        } else {
            runs.push(Run { start, end: middle });
            start = middle;
            whole = false;
        }
    }
    if !whole {
        runs.push(Run { start, end });
    }
    runs.reverse();
    runs
}

/// Whether `proof` shows that the new tree begins with all entries of the old one.
pub fn proves_consistency((old, old_root): (u64, Hash), (new, new_root): (u64, Hash), proof: &[Hash]) -> bool {
    if old == 0 || old == new {
        return proof.is_empty() && (old == 0 || old_root == new_root);
    }
    let runs = consistency_runs(old, new);
    if old > new || runs.len() != proof.len() {
        return false;
    }
    let mut steps = runs.iter().zip(proof.iter().copied());
    // Where the old tree is itself a complete subtree of the new one, its root is where the climb begins.
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next().map(|(_, hash)| hash) };
    let Some(first) = first else { return false };
    let (before, after) = steps.fold((first, first), |(before, after), (run, step)| {
        if run.start >= old { (before, node_hash(after, step)) } else { (node_hash(step, before), node_hash(step, after)) }
    });
    before == old_root && after == new_root
}

#[cfg(test)]
mod tests;
