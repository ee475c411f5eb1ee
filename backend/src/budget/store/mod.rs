//! The budget's tables. Everything here answers with domain types; a row that does not parse is an error.

pub mod books;
pub mod exception;
pub mod fund;
pub mod import;
pub mod line;
pub mod movement;
pub mod plan;
pub mod school;
pub mod units;

use crate::db::{DbError, Tx, Value};

/// Most parameters of one statement. SQLite looks each named parameter up in a list, so the cost grows with the square;
/// and statements of one length are prepared once.
const PARAMETERS_LIMIT: usize = 400;

/// Inserts rows of equal width by as few statements as the parameters allow. `head` ends before VALUES, `tail` follows the rows.
pub(super) async fn insert_many(tx: &mut Tx, head: &str, tail: &str, rows: Vec<Vec<Value>>) -> Result<u64, DbError> {
    let width = rows.first().map_or(1, Vec::len).max(1);
    let mut done = 0;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take((PARAMETERS_LIMIT / width).max(1)).collect();
        let mut sql = String::with_capacity(head.len() + tail.len() + chunk.len() * width * 7);
        sql.push_str(head);
        sql.push_str(" VALUES ");
        for row in 0..chunk.len() {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..width {
                if column > 0 {
                    sql.push_str(", ");
                }
                sql.push('$');
                sql.push_str(&(row * width + column + 1).to_string());
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(tail);
        done += tx.execute(&sql, chunk.into_iter().flatten().collect()).await?;
    }
    Ok(done)
}
