//! `chalkline import`: a district's file from the command line, with progress and the same report as on the screen.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use shared::budget::api::ImportView;
use shared::budget::import::{ImportKind, ImportState};
use shared::id::{CommandId, Id as _, ImportId, RequestId};

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::app::App;
use crate::budget::import::{self, Importer, NewFile};
use crate::db::{Command, Lane};
use crate::district_units::take_units;
use crate::error::AppError;

/// How often the progress is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What happens to a file that is good.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It waits on the page of imports.
    Wait,
    Publish,
    Discard,
}

pub async fn run(mut arguments: Arguments) -> Result<(), Failure> {
    if arguments.is_next("menu") {
        return super::menu::run(arguments).await;
    }
    let config = configure(&mut arguments)?;
    let (dry, publish) = (arguments.flag("--dry-run"), arguments.flag("--publish"));
    let then = match (dry, publish) {
        (true, true) => return Err(Failure("Choose either --dry-run or --publish.".to_owned())),
        (true, false) => Then::Discard,
        (false, true) => Then::Publish,
        (false, false) => Then::Wait,
    };
    let (kind, path) = (kind(arguments.word())?, arguments.word().ok_or_else(|| Failure("Name the file to import.".to_owned()))?);
    arguments.finish()?;
    let bytes = std::fs::read(&path).map_err(|e| Failure(format!("cannot read {path}: {e}")))?;
    let app = open(config).await?;
    let done = take(&app, NewFile { kind, name: path, bytes: Arc::new(bytes) }, then).await;
    app.db.clone().close().await.map_err(AppError::from)?;
    done
}

fn kind(word: Option<String>) -> Result<ImportKind, Failure> {
    let name = word.unwrap_or_default().replace('-', "_").to_lowercase();
    ImportKind::parse(&name).ok_or_else(|| {
        let known: Vec<&str> = ImportKind::ALL.iter().map(|kind| kind.name()).collect();
        Failure(format!("Say what kind of file it is, one of: {}.", known.join(", ")))
    })
}

async fn take(app: &Arc<App>, file: NewFile, then: Then) -> Result<(), Failure> {
    let by = importer(app, "StartImport", &file.name);
    let id = import::start(app, &by, file).await?;
    let view = wait(app, id).await?;
    print!("{}", report(&view));
    if view.state != ImportState::Ready {
        print!("{}", problems(app, id).await?);
        return Err(Failure("Refused as a whole; nothing was changed. Correct the file and take it again.".to_owned()));
    }
    match then {
        Then::Wait => println!("Ready. Publish it on the page of imports, or take it again with --publish."),
        Then::Discard => {
            import::discard(app, &importer(app, "DiscardImport", &id.to_string()), id).await?;
            println!("Dry run: nothing was changed.");
        }
        Then::Publish => {
            let view = import::publish(app, &importer(app, "PublishImport", &id.to_string()), id, take_units).await?;
            view.summary.iter().for_each(|sentence| println!("{sentence}"));
            println!("Published.");
        }
    }
    Ok(())
}

/// A command of nobody who is signed in; the trail says that it came from the command line.
fn importer(app: &App, name: &'static str, input: &str) -> Importer {
    let at = app.now();
    let id: CommandId = app.id(at);
    let input_hash = Sha256::digest(format!("{name} {input}")).iter().map(|byte| format!("{byte:02x}")).collect();
    let command = Command { id, actor: None, name, input_hash, at, lane: Lane::Usual };
    Importer { command, request_id: RequestId::from_bits(id.bits()), by: None }
}

/// Waits until the file is checked, and shows how far it is where somebody watches.
async fn wait(app: &App, id: ImportId) -> Result<ImportView, Failure> {
    let watched = std::io::stderr().is_terminal();
    loop {
        let view = import::get(app, id).await?;
        if watched {
            let mut stderr = std::io::stderr();
            let _ = write!(stderr, "\rChecking… {} rows ", view.rows_read).and_then(|()| stderr.flush());
        }
        if view.state != ImportState::Checking {
            if watched {
                eprintln!();
            }
            return Ok(view);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn report(view: &ImportView) -> String {
    let mut text = format!(
        "{}: {}\nSHA-256 {}\n{} rows read, {} good, {} refused, {} unchanged\n",
        view.kind.title(),
        view.file_name,
        view.digest,
        view.rows_read,
        view.rows_good,
        view.rows_refused,
        view.rows_unchanged
    );
    for (mark, sentence) in view.summary.iter().map(|s| ("  ", s)).chain(view.remarks.iter().map(|s| ("  note: ", s))) {
        let _ = writeln!(text, "{mark}{sentence}");
    }
    text
}

async fn problems(app: &App, id: ImportId) -> Result<String, Failure> {
    let mut text = String::new();
    let mut after = None;
    loop {
        let page = import::problems(app, id, after).await?;
        for p in page.items {
            let place = if p.column.is_empty() { String::new() } else { format!(", {}", p.column) };
            let found = if p.text.is_empty() { String::new() } else { format!(" [{}]", p.text) };
            let _ = writeln!(text, "  line {}{place}: {}{found}", p.line, p.message);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(text),
        }
    }
}
