//! Reading the trail: by filter, newest first, page by page or as a file.

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use shared::audit::api::{AuditFilter, AuditRecordView};
use shared::export::safe_cell;
use shared::identity::policy::Permission;
use shared::page::Page;

use super::store::{self, Position, Selection};
use crate::app::App;
use crate::db::{Db, Query};
use crate::error::AppError;
use crate::identity::service::district;
use crate::identity::{Actor, Target};
use crate::reply::Csv;

/// Records of one page.
const PAGE: u32 = 100;
/// Records read at once for the export; bounds its memory.
const EXPORT_CHUNK: u32 = 1_000;

/// Audit records that fit the filter, newest first.
///
/// # Errors
/// [`AppError::not_found`] for those who may not see the trail; a field error where `after` is no cursor of this list.
pub async fn list(app: &App, actor: &Actor, filter: AuditFilter) -> Result<Page<AuditRecordView>, AppError> {
    actor.demand(Permission::ViewAudit, &Target::District)?;
    let reader = app.db.reader();
    let (selection, after) = selection(&reader, filter).await?;
    let items = store::page(&reader, &selection, after, PAGE + 1).await?;
    Ok(cut(items))
}

fn cut(mut items: Vec<AuditRecordView>) -> Page<AuditRecordView> {
    let more = items.len() > PAGE as usize;
    items.truncate(PAGE as usize);
    let next = items.last().filter(|_| more).map(|last| Position::of(last).to_string());
    Page { items, next }
}

/// All audit records that fit the filter, newest first, as a CSV file.
///
/// # Errors
/// As [`list`].
pub async fn export(app: &App, actor: &Actor, filter: AuditFilter) -> Result<Csv, AppError> {
    actor.demand(Permission::ViewAudit, &Target::District)?;
    let (selection, after) = selection(&app.db.reader(), filter).await?;
    Ok(Csv { name: "audit.csv".to_owned(), chunks: chunks(app.db.clone(), selection, after) })
}

async fn selection<Q: Query>(query: &Q, filter: AuditFilter) -> Result<(Selection, Option<Position>), AppError> {
    let district = district(query).await?;
    let AuditFilter { action, object, actor, school, from, to, after } = filter;
    let start = |day| district.start_of(day);
    let after = match after {
        None => None,
        Some(text) => Some(text.parse::<Position>().map_err(|_| AppError::field("after", "This list has changed. Load it again."))?),
    };
    let (from, before) = (from.map(start).transpose()?, to.map(|day| start(day.plus_days(1))).transpose()?);
    Ok((Selection { action, object, actor, school, from, before }, after))
}

/// How far an export has come.
enum Progress {
    Head,
    Rows(Option<Position>),
    End,
}

fn chunks(db: Db, selection: Selection, after: Option<Position>) -> BoxStream<'static, Result<Vec<u8>, AppError>> {
    let begun = (db, selection, after, Progress::Head);
    stream::try_unfold(begun, |(db, selection, after, progress)| async move {
        let after = match progress {
            Progress::End => return Ok(None),
            Progress::Head => {
                return Ok(Some((table([HEAD.map(str::to_owned)].into_iter())?, (db, selection, after, Progress::Rows(after)))));
            }
            Progress::Rows(after) => after,
        };
        let records = store::page(&db.reader(), &selection, after, EXPORT_CHUNK).await?;
        let full = records.len() == EXPORT_CHUNK as usize;
        let next = match records.last() {
            Some(last) if full => Progress::Rows(Some(Position::of(last))),
            Some(_) | None => Progress::End,
        };
        let bytes = table(records.iter().map(cells))?;
        Ok(Some((bytes, (db, selection, after, next))))
    })
    .boxed()
}

const HEAD: [&str; 13] = [
    "record",
    "at",
    "actor",
    "actor_name",
    "action",
    "object",
    "object_title",
    "school",
    "summary",
    "reason",
    "command",
    "request",
    "digest",
];

fn cells(record: &AuditRecordView) -> [String; 13] {
    let actor = record.actor.as_ref();
    let objects: Vec<&str> = std::iter::once(&record.object).chain(&record.others).map(String::as_str).collect();
    let cells = [
        record.id.to_string(),
        record.at.to_rfc3339(),
        actor.map(|actor| actor.id.to_string()).unwrap_or_default(),
        actor.map(|actor| actor.name.clone()).unwrap_or_default(),
        record.action.clone(),
        objects.join(" "),
        record.object_title.clone(),
        record.school.as_ref().map(|school| school.name.clone()).unwrap_or_default(),
        record.summary.clone(),
        record.reason.clone(),
        record.command.to_string(),
        record.request.to_string(),
        record.digest.clone(),
    ];
    cells.map(|cell| safe_cell(&cell))
}

fn table(rows: impl Iterator<Item = [String; 13]>) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).map_err(AppError::internal)?;
    }
    writer.into_inner().map_err(AppError::internal)
}

#[cfg(test)]
pub(super) async fn export_of(db: Db, selection: Selection) -> String {
    let parts: Vec<Result<Vec<u8>, AppError>> = chunks(db, selection, None).collect().await;
    let bytes: Vec<u8> = parts.into_iter().flat_map(|part| part.unwrap_or_else(|error| panic!("{error}"))).collect();
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{error}"))
}
