//! `chalkline import menu`: a published price list as drafts of menus, with a report of what became of each line.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use shared::catalog::edition::changes;
use shared::catalog::pricelist::{PriceList, Publisher, Taking, Worth, read};
use shared::fiscal::FiscalYear;
use shared::id::{CommandId, Id as _, RequestId};
use shared::words::catalog as words;

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::app::App;
use crate::catalog::service::bring_list;
use crate::db::{AuditRecord, Command, Lane, Tx};
use crate::error::AppError;
use crate::identity::service as identity;

/// The name of the command in the audit record.
const COMMAND: &str = "ImportPriceList";

/// A publisher's part of a list on its way in.
#[derive(Clone)]
struct Part {
    publisher: Arc<Publisher>,
    unit: Option<String>,
    year: FiscalYear,
    file: String,
    digest: String,
    command: Command,
}

pub async fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let (dry, publish) = (arguments.flag("--dry-run"), arguments.flag("--publish"));
    if dry == publish {
        return Err(Failure("Say --dry-run for the report alone, or --publish to take the list in as drafts.".to_owned()));
    }
    let unit = arguments.value("--unit")?;
    let mut taking = Taking::default();
    while let Some(text) = arguments.value("--currency")? {
        let worth = Worth::parse(&text).ok_or_else(|| Failure(format!("`{text}`: write what one is worth, such as GBP=1.27.")))?;
        taking.worth.push(worth);
    }
    let path = arguments.word().ok_or_else(|| Failure("Name the price list.".to_owned()))?;
    arguments.finish()?;
    let bytes = std::fs::read(&path).map_err(|e| Failure(format!("cannot read {path}: {e}")))?;
    let list = read(&bytes, &taking);
    print!("{}", report(&list));
    if list.publishers.is_empty() {
        return Err(Failure("No line can be taken; nothing was changed.".to_owned()));
    }
    if dry {
        println!("Dry run: nothing was changed.");
        return Ok(());
    }
    let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let app = open(config).await?;
    let done = take(&app, list, (unit, path, digest)).await;
    app.db.clone().close().await.map_err(AppError::from)?;
    done
}

/// One command, and one audit record, for each publisher.
async fn take(app: &Arc<App>, list: PriceList, (unit, file, digest): (Option<String>, String, String)) -> Result<(), Failure> {
    let year = identity::district(&app.db.reader()).await?.year_of(app.now())?;
    for publisher in list.publishers {
        let at = app.now();
        let id: CommandId = app.id(at);
        let input_hash = format!("{digest} {}", publisher.name);
        let command = Command { id, actor: None, name: COMMAND, input_hash, at, lane: Lane::Usual };
        let name = publisher.name.clone();
        let part = Part { publisher: Arc::new(publisher), unit: unit.clone(), year, file: file.clone(), digest: digest.clone(), command };
        app.db.command(&part.command.clone(), id, part, write).await?;
        println!("Taken in as drafts: {name}");
    }
    Ok(())
}

async fn write(mut tx: Tx, part: Part) -> Result<(), AppError> {
    let Command { id, at, .. } = part.command;
    let brought = bring_list(&mut tx, &part.publisher, part.unit.as_deref(), (part.year, at)).await?;
    let record = AuditRecord {
        actor: None,
        action: COMMAND,
        object: brought.unit.to_string(),
        others: Vec::new(),
        object_title: part.publisher.name.clone(),
        school: None,
        summary: words::took_list(&part.file, brought.new, brought.left),
        reason: format!("SHA-256 {}", part.digest),
        command_id: id,
        request_id: RequestId::from_bits(id.bits()),
        at,
    };
    Ok(tx.commit(record, Vec::new()).await?)
}

/// What becomes of each line, what needs a person, and what cannot be taken.
fn report(list: &PriceList) -> String {
    let services = || list.publishers.iter().flat_map(|publisher| &publisher.services);
    let tiers = services().map(|service| service.draft.packages.len()).sum();
    let lines = services().map(|service| service.lines.len()).sum();
    let mut text = format!("{}\n", words::list_becomes(services().count(), tiers, lines));
    for publisher in &list.publishers {
        let _ = writeln!(text, "{}", publisher.name);
        for service in &publisher.services {
            let _ = writeln!(text, "  {}", service.draft.content.title);
            for line in &service.lines {
                let Some(package) = service.draft.packages.get(line.package) else { continue };
                let content = &package.content;
                let _ = writeln!(text, "    line {}: {}, {}", line.published.line, content.shown_name(), changes::model(&content.price));
            }
            for remark in &service.remarks {
                let _ = writeln!(text, "    note: {remark}");
            }
        }
    }
    if !list.problems.is_empty() {
        let _ = writeln!(text, "{}", words::lines_refused(list.problems.len()));
    }
    for problem in &list.problems {
        let _ = writeln!(text, "  line {}, {}: {} [{}]", problem.line, problem.column, problem.message, problem.text);
    }
    text
}
