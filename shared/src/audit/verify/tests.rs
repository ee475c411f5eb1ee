//! Tampering in every way over a log of 10,000 entries (RELIABILITY 2.7): all of it is found, and an honest log always passes.

use super::*;
use crate::audit::checkpoint::Signer;
use crate::id::{AuditRecordId, CommandId, Id as _, PersonId, RequestId, SchoolId};
use crate::time::Timestamp;

const ENTRIES: u64 = 10_000;
/// A checkpoint after so many entries; the log's last entries lie under one too.
const EVERY: u64 = 25;
const ORIGIN: &str = "riverbend/trail";

fn signer() -> Signer {
    Signer::new(ORIGIN, &[7; 32])
}

/// A record as the program writes it.
fn entry(index: u64) -> Entry {
    let bits = u128::from(index);
    let mut entry = Entry {
        index,
        id: AuditRecordId::from_bits(bits),
        at: Timestamp::from_micros(1_790_000_000_000_000 + i64::try_from(index).unwrap()),
        actor: (index % 5 != 0).then(|| PersonId::from_bits(bits % 40)),
        action: ["SubmitCart", "ApproveOrder", "LogDelivery"][usize::try_from(index % 3).unwrap()].to_owned(),
        object: format!("ord_{index:026}"),
        others: if index % 7 == 0 { vec![format!("ord_{:026}", index + 1)] } else { Vec::new() },
        object_title: format!("Order {index}"),
        school: (index % 4 != 0).then(|| SchoolId::from_bits(bits % 14)),
        summary: format!("Did something for ${index}."),
        reason: if index % 6 == 0 { "Because.".to_owned() } else { String::new() },
        command_id: CommandId::from_bits(bits),
        request_id: RequestId::from_bits(bits),
        salt: format!("{:032x}", bits.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        canonical: String::new(),
        digest: String::new(),
    };
    sound(&mut entry);
    entry
}

/// Makes the derived columns fit again, as somebody would who can write the database.
fn sound(entry: &mut Entry) {
    entry.canonical = entry.canonical_of_columns();
    entry.digest = digest_of(&entry.canonical);
}

struct Log {
    entries: Vec<Entry>,
    notes: Vec<(String, String)>,
    /// The verifier before each entry, so that a tampered entry need not be reached from the beginning.
    before: Vec<Verifier>,
}

fn notes(entries: &[Entry], by: &Signer) -> Vec<(String, String)> {
    let (mut edge, mut notes) = (Edge::default(), Vec::new());
    for entry in entries {
        edge.push(leaf_hash(entry.canonical.as_bytes()));
        if edge.size() % EVERY == 0 {
            let checkpoint = Checkpoint { origin: by.name().to_owned(), size: edge.size(), root: edge.root(), at: entry.at };
            notes.push((edge.size().to_string(), by.sign(&checkpoint)));
        }
    }
    notes
}

fn head(size: u64) -> Head {
    Head { format: FORMAT.to_owned(), origin: ORIGIN.to_owned(), size }
}

fn log() -> Log {
    let entries: Vec<Entry> = (0..ENTRIES).map(entry).collect();
    let notes = notes(&entries, &signer());
    let mut verifier = Verifier::new(&signer().public(), notes.clone(), &head(ENTRIES)).unwrap();
    let mut before = Vec::new();
    for entry in &entries {
        before.push(verifier.clone());
        verifier.push(entry).unwrap();
    }
    assert_eq!(verifier.finish(), Ok(Verified { entries: ENTRIES, signed: ENTRIES, checkpoints: 400 }), "an honest log");
    Log { entries, notes, before }
}

/// Goes on from where `verifier` stands; the first flaw, or none.
fn run<'a>(mut verifier: Verifier, entries: impl IntoIterator<Item = &'a Entry>) -> Option<Flaw> {
    for entry in entries {
        if let Err(flaw) = verifier.push(entry) {
            return Some(flaw);
        }
    }
    verifier.finish().err()
}

/// Every column of an entry, changed a little.
const EDITS: [(&str, fn(&mut Entry)); 16] = [
    ("index", |e| e.index += 1),
    ("id", |e| e.id = AuditRecordId::from_bits(u128::MAX)),
    ("at", |e| e.at = Timestamp::from_micros(e.at.micros() + 1)),
    ("actor", |e| e.actor = if e.actor.is_some() { None } else { Some(PersonId::from_bits(3)) }),
    ("action", |e| e.action.push('s')),
    ("object", |e| e.object.push('0')),
    ("others", |e| e.others.push("ord_9".to_owned())),
    ("object_title", |e| e.object_title.push(' ')),
    ("school", |e| e.school = if e.school.is_some() { None } else { Some(SchoolId::from_bits(3)) }),
    ("summary", |e| e.summary = e.summary.replace('.', "\u{2024}")),
    ("reason", |e| e.reason.push('!')),
    ("command_id", |e| e.command_id = CommandId::from_bits(u128::MAX)),
    ("request_id", |e| e.request_id = RequestId::from_bits(u128::MAX)),
    ("salt", |e| e.salt.replace_range(0..1, if e.salt.starts_with('f') { "e" } else { "f" })),
    ("canonical", |e| e.canonical.push('\n')),
    ("digest", |e| e.digest.replace_range(0..1, if e.digest.starts_with('f') { "e" } else { "f" })),
];

#[test]
fn every_column_of_every_entry_is_guarded_and_the_entry_is_named() {
    let log = log();
    for (at, honest) in log.entries.iter().enumerate() {
        for (column, edit) in EDITS {
            let mut edited = honest.clone();
            edit(&mut edited);
            let flaw = run(log.before[at].clone(), [&edited]);
            assert!(matches!(flaw, Some(Flaw::Entry { index, .. }) if index == honest.index), "{column} of {at}: {flaw:?}");
        }
    }
}

/// Whether the tampered rest of the log, numbered anew, is found by the checkpoint that comes next.
fn found_soon(log: &Log, at: usize, rest: Vec<Entry>) -> bool {
    let numbered: Vec<Entry> = rest.into_iter().zip(log.entries[at].index..).map(|(entry, index)| Entry { index, ..entry }).collect();
    let flaw = run(log.before[at].clone(), &numbered);
    let place = log.entries[at].index;
    matches!(flaw, Some(Flaw::Rewritten { after, until }) if after <= place && place < until && until - after == EVERY)
        || matches!(flaw, Some(Flaw::CutOff { .. }))
}

#[test]
fn an_entry_rewritten_with_fitting_digests_removed_added_or_moved_is_found_by_the_next_checkpoint() {
    let log = log();
    let next = |at: usize| &log.entries[at..log.entries.len().min(at + 30)];
    for at in 0..log.entries.len() {
        let mut rewritten = next(at).to_vec();
        rewritten[0].summary.push_str(" And more.");
        sound(&mut rewritten[0]);
        assert!(found_soon(&log, at, rewritten), "rewritten {at}");
        assert!(found_soon(&log, at, next(at)[1..].to_vec()), "removed {at}");
        let added = [&[log.entries[0].clone()], next(at)].concat();
        assert!(found_soon(&log, at, added), "added before {at}");
        let mut moved = next(at).to_vec();
        if moved.len() > 1 {
            moved.swap(0, 1);
            assert!(found_soon(&log, at, moved), "{at} and its neighbour");
        }
    }
}

#[test]
fn a_log_cut_off_anywhere_or_restored_from_an_old_copy_is_found() {
    let log = log();
    for at in 0..log.entries.len() {
        let flaw = run(log.before[at].clone(), []);
        assert_eq!(flaw, Some(Flaw::CutOff { entries: log.entries[at].index, signed: ENTRIES }));
    }
}

#[test]
fn a_whole_new_history_with_correct_hashes_is_found() {
    let log = log();
    let mut other = log.entries.clone();
    other[3].reason = "Another story.".to_owned();
    other.iter_mut().for_each(sound);
    assert_eq!(run(log.before[0].clone(), &other), Some(Flaw::Rewritten { after: 0, until: EVERY }));
    // Signed again by the same key, it stands against what was published before.
    let both = [log.notes.clone(), notes(&other, &signer())].concat();
    let refused = Verifier::new(&signer().public(), both, &head(ENTRIES)).err();
    assert_eq!(refused, Some(Flaw::Fork { size: EVERY }));
}

#[test]
fn forged_and_foreign_checkpoints_and_logs_are_found() {
    let log = log();
    let key = signer().public();
    let forged = notes(&log.entries, &Signer::new(ORIGIN, &[8; 32]));
    let flaw = Verifier::new(&key, forged, &head(ENTRIES)).err();
    assert!(matches!(flaw, Some(Flaw::Note { fault: NoteFault::OtherKey, .. })), "{flaw:?}");
    let edited = log.notes.iter().map(|(name, note)| (name.clone(), note.replacen("\n25\n", "\n26\n", 1)));
    let flaw = Verifier::new(&key, edited, &head(ENTRIES)).err();
    assert!(matches!(flaw, Some(Flaw::Note { fault: NoteFault::BadSignature, .. })), "{flaw:?}");
    let foreign = Head { origin: "harborside/trail".to_owned(), ..head(ENTRIES) };
    assert!(matches!(Verifier::new(&key, log.notes.clone(), &foreign).err(), Some(Flaw::OtherLog { .. })));
    assert_eq!(Verifier::new(&key, Vec::new(), &head(ENTRIES)).err(), Some(Flaw::NoCheckpoint));
    let promised = Verifier::new(&key, log.notes.clone(), &head(ENTRIES + 1)).unwrap();
    assert_eq!(run(promised, &log.entries), Some(Flaw::OtherSize { promised: ENTRIES + 1, entries: ENTRIES }));
}

#[test]
fn an_empty_log_can_be_signed_too() {
    let note = signer().sign(&Checkpoint { origin: ORIGIN.to_owned(), size: 0, root: crate::audit::tree::empty_root(), at: Timestamp::from_micros(0) });
    let verifier = Verifier::new(&signer().public(), [("0".to_owned(), note)], &head(0)).unwrap();
    assert_eq!(verifier.finish(), Ok(Verified { entries: 0, signed: 0, checkpoints: 1 }));
}
