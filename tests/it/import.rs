//! A real district from the command line, by the real program: every sum of the books as in the source, and a second time nothing.

use harness::district::{FILES, data, sums_of_books, sums_of_source, transfers};
use harness::program::Program;

#[tokio::test(flavor = "multi_thread")]
async fn a_district_comes_in_from_the_command_line_on_sqlite() {
    comes_in(Program::nowhere_yet()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_district_comes_in_from_the_command_line_on_postgresql() {
    if let Some(program) = Program::nowhere_yet_on_postgres().await {
        comes_in(program).await;
    }
}

async fn comes_in(program: Program) {
    let Some(data) = data() else { return };
    program.runs(&["migrate"]).await.expect("a new database");
    take_all(&program, &data, "--dry-run").await;
    let db = program.database().await;
    assert_eq!((sums_of_books(&db).await.len(), transfers(&db).await), (0, 0), "a dry run leaves nothing");
    take_all(&program, &data, "--publish").await;
    let (source, posted) = (sums_of_source(&data), transfers(&db).await);
    assert_eq!(sums_of_books(&db).await, source);
    assert!(source.len() > 1_000 && posted > 0, "{} sums, {posted} transfers", source.len());
    take_all(&program, &data, "--publish").await;
    assert_eq!((sums_of_books(&db).await, transfers(&db).await), (source, posted), "the same files again");
    db.close().await.expect("a closed database");
    program.ledger_balances().await;
    program.finish().await;
}

/// A dry run knows only what stands, so the books are refused there until the codes are in.
async fn take_all(program: &Program, data: &std::path::Path, then: &str) {
    for (kind, file) in FILES {
        let path = data.join(file).display().to_string();
        let said = program.runs(&["import", kind.name(), &path, then]).await;
        match (then, said) {
            ("--dry-run", Ok(said)) => assert!(said.contains("Dry run: nothing was changed."), "{said}"),
            ("--dry-run", Err(said)) => assert!(said.contains("nothing was changed"), "{said}"),
            (_, said) => assert!(said.as_ref().is_ok_and(|said| said.contains("Published.")), "{file}: {said:?}"),
        }
    }
}
