//! The trail proves itself: an export of the real program's database holds against its published checkpoints, and one that was
//! tampered with does not, though every digest in it was made to fit.

use std::path::{Path, PathBuf};

use backend::db::Query as _;
use harness::program::Program;
use sea_orm::{ConnectionTrait as _, Database};
use shared::audit::export::Entry;
use shared::audit::record::digest_of;

/// The verifier's answer about an export of the program.
async fn held(program: &Program, export: &Path) -> Result<String, String> {
    let key = program.runs(&["trail", "key"]).await.expect("a key");
    let checkpoints = program.folder().join("checkpoints");
    let words = [export, &checkpoints].map(|path| path.to_str().expect("a plain path"));
    program.verifier(&[words[0], "--checkpoints", words[1], "--key", key.trim()]).await
}

async fn exported(program: &Program, name: &str) -> PathBuf {
    let file = program.folder().join(name);
    program.runs(&["trail", "export", file.to_str().expect("a plain path")]).await.expect("an export");
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_against_its_checkpoints_on_sqlite() {
    holds(Program::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_against_its_checkpoints_on_postgresql() {
    if let Some(program) = Program::on_postgres().await {
        holds(program).await;
    }
}

async fn holds(mut program: Program) {
    program.stop();
    let export = exported(&program, "honest.jsonl").await;
    let said = held(&program, &export).await.expect("an honest export");
    assert!(said.starts_with("Sound: "), "{said}");
    let db = program.database().await;
    let row = db.reader().one("SELECT COUNT(*) AS n FROM audit_record", Vec::new()).await.expect("a count").expect("a row");
    let records: i64 = row.get("n").expect("a number");
    assert!(records > 100 && said.contains(&format!("{records} of {records} entries")), "{records} records: {said}");
    db.close().await.expect("a closed database");

    let text = std::fs::read_to_string(&export).expect("the export");
    let tampered = program.folder().join("tampered.jsonl");
    std::fs::write(&tampered, text.replacen("\"reason\":\"\"", "\"reason\":\"Told so.\"", 1)).expect("a tampered export");
    let said = held(&program, &tampered).await.expect_err("a changed reason");
    assert!(said.contains("was changed: its columns"), "{said}");
    std::fs::write(&tampered, rewritten(&text)).expect("a tampered export");
    let said = held(&program, &tampered).await.expect_err("a rewritten entry");
    assert!(said.contains("is not what was signed"), "{said}");
    program.finish().await;
}

/// The third entry with another reason, and every digest made to fit it.
fn rewritten(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut entry: Entry = serde_json::from_str(&lines[3]).expect("an entry");
    entry.reason = "Another story.".to_owned();
    entry.canonical = entry.canonical_of_columns();
    entry.digest = digest_of(&entry.canonical);
    lines[3] = serde_json::to_string(&entry).expect("an entry");
    lines.join("\n") + "\n"
}

/// Somebody who owns the database file takes the guards away, and the last records with them.
#[tokio::test(flavor = "multi_thread")]
async fn records_removed_in_the_database_itself_are_missed() {
    let mut program = Program::on_sqlite().await;
    program.stop();
    exported(&program, "before.jsonl").await;
    let url = format!("sqlite:{}", program.folder().join("chalkline.sqlite").display());
    let owner = Database::connect(url).await.expect("the file's owner");
    let size = "(SELECT MAX(place) FROM leaf)";
    for sql in [
        "DROP TRIGGER leaf_no_delete".to_owned(),
        format!("DELETE FROM leaf WHERE place = {size}"),
        "UPDATE trail_tree SET size = size - 1".to_owned(),
    ] {
        owner.execute_unprepared(&sql).await.expect("done to the file");
    }
    owner.close().await.expect("a closed file");
    let file = program.folder().join("after.jsonl");
    let path = file.to_str().expect("a plain path");
    let said = match program.runs(&["trail", "export", path]).await {
        // The tree's own edge no longer fits: the program refuses to go on.
        Err(said) => said,
        Ok(_) => held(&program, &file).await.expect_err("an entry that was signed is gone"),
    };
    assert!(said.contains("peaks") || said.contains("cut off"), "{said}");
    program.finish().await;
}
