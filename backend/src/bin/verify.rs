//! `chalkline-verify`: holds an export of the audit trail against published checkpoints. It has neither database nor network, and
//! believes nothing but the key that the reader gives it.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use shared::audit::checkpoint::PublicKey;
use shared::audit::verify::{Verified, Verifier};

const USAGE: &str = "chalkline-verify EXPORT --checkpoints FOLDER --key KEY\n\
    Holds an export of the audit trail against the checkpoints in a folder (or one file) that KEY signed.\n\
    Take the key and the checkpoints from where they were published: the mail, the printed report, the auditor's own copy.";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(verified) => {
            println!("{}", words(&verified));
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn words(verified: &Verified) -> String {
    let Verified { entries, signed, checkpoints } = verified;
    let newer = entries - signed;
    let rest = if newer == 0 { String::new() } else { format!(" The last {newer} are newer than the last checkpoint: nothing vouches for them yet.") };
    format!("Sound: {signed} of {entries} entries are what {checkpoints} checkpoints signed.{rest}")
}

fn run(words: Vec<String>) -> Result<Verified, String> {
    let mut words = words.into_iter();
    let (mut export, mut checkpoints, mut key) = (None, None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--checkpoints" => checkpoints = words.next(),
            "--key" => key = words.next(),
            other if other.starts_with('-') => return Err(format!("There is no option {other}.\n\n{USAGE}")),
            _ => export = Some(word),
        }
    }
    let (Some(export), Some(checkpoints), Some(key)) = (export, checkpoints, key) else { return Err(USAGE.to_owned()) };
    let key = PublicKey::read(&key).ok_or("This is no key of the kind that `chalkline trail key` prints.")?;
    let file = File::open(&export).map_err(|error| format!("cannot read {export}: {error}"))?;
    verify(BufReader::new(file), &key, notes(Path::new(&checkpoints))?)
}

/// The checkpoints of a folder, or the one of a file.
fn notes(place: &Path) -> Result<Vec<(String, String)>, String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", place.display());
    let mut files: Vec<PathBuf> = vec![place.to_owned()];
    if place.is_dir() {
        let entries: Result<Vec<_>, _> = fs::read_dir(place).map_err(failed)?.collect();
        files = entries.map_err(failed)?.into_iter().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
        files.sort();
    }
    files.into_iter().map(|file| Ok((file.display().to_string(), fs::read_to_string(&file).map_err(failed)?))).collect()
}

fn verify(mut export: impl std::io::BufRead, key: &PublicKey, notes: Vec<(String, String)>) -> Result<Verified, String> {
    let mut line = String::new();
    let mut next = |line: &mut String| {
        line.clear();
        export.read_line(line).map_err(|error| format!("cannot read the export: {error}"))
    };
    next(&mut line)?;
    let head = serde_json::from_str(&line).map_err(|error| format!("The first line is not that of an export: {error}"))?;
    let mut verifier = Verifier::new(key, notes, &head).map_err(|flaw| flaw.to_string())?;
    let mut read = 0u64;
    while next(&mut line)? > 0 {
        let entry = serde_json::from_str(&line).map_err(|error| format!("Entry {read} cannot be read: {error}"))?;
        verifier.push(&entry).map_err(|flaw| flaw.to_string())?;
        read += 1;
    }
    verifier.finish().map_err(|flaw| flaw.to_string())
}
