//! Many rows in few statements: one `INSERT … VALUES (…), (…)` for both engines.
//!
//! A statement a row costs a trip to the engine each; a hundred thousand rows then take minutes instead of seconds.
//! Every full piece of one table has the same text, so the engine prepares it once.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;

use super::tx::Conn;
use super::{Result, Tx};

/// Values a statement has at most. Both the trips and SQLite's looking up of `$n` count: it searches from the first for
/// each, so that 5,000 values a statement took three times as long as these (measured, 100,000 persons).
const VALUES: usize = 600;

/// A value of a row. NULL keeps its type, which PostgreSQL asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// BIGINT.
    Number(Option<i64>),
    /// TEXT.
    Words(Option<String>),
    /// BYTEA.
    Bytes(Vec<u8>),
    /// BOOLEAN.
    Flag(bool),
}

impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Number(Some(n))
    }
}
impl From<Option<i64>> for Value {
    fn from(n: Option<i64>) -> Value {
        Value::Number(n)
    }
}
impl From<&str> for Value {
    fn from(s: &str) -> Value {
        Value::Words(Some(s.to_owned()))
    }
}
impl From<String> for Value {
    fn from(s: String) -> Value {
        Value::Words(Some(s))
    }
}
impl From<Option<String>> for Value {
    fn from(s: Option<String>) -> Value {
        Value::Words(s)
    }
}
impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Flag(yes)
    }
}
impl From<Vec<u8>> for Value {
    fn from(b: Vec<u8>) -> Value {
        Value::Bytes(b)
    }
}

/// Where rows go: `INSERT INTO <into> VALUES … <after>`. Both texts are the code's own, never somebody's words.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Table and columns: `search_words (word, kind)`.
    pub into: &'static str,
    /// What stands behind the values: `ON CONFLICT DO NOTHING`, or nothing.
    pub after: &'static str,
}

/// Binds every value of `rows` in order; a macro, because the two drivers' queries are different types.
macro_rules! bound {
    ($sql:expr, $rows:expr) => {{
        let mut query = sqlx::query_as::<_, (i64,)>(AssertSqlSafe($sql));
        for value in $rows.iter().flatten() {
            query = match value {
                Value::Number(n) => query.bind(*n),
                Value::Words(w) => query.bind(w.clone()),
                Value::Bytes(b) => query.bind(b.clone()),
                Value::Flag(yes) => query.bind(*yes),
            };
        }
        query
    }};
}

/// Inserts `rows`, each with a value for every column.
///
/// # Errors
/// The database's own.
pub async fn insert(tx: &mut Tx, target: Target, rows: &[Vec<Value>]) -> Result<()> {
    run(tx, target, "", rows).await.map(drop)
}

/// Inserts `rows` and returns their new ids in the order of the rows: both engines number the rows of one statement
/// as they are written.
///
/// # Errors
/// The database's own.
pub async fn insert_numbered(tx: &mut Tx, target: Target, rows: &[Vec<Value>]) -> Result<Vec<i64>> {
    run(tx, target, " RETURNING id", rows).await
}

async fn run(tx: &mut Tx, target: Target, returning: &str, rows: &[Vec<Value>]) -> Result<Vec<i64>> {
    let mut all = Vec::with_capacity(rows.len());
    for piece in pieces(rows) {
        let sql = statement(target, piece, returning);
        tx.statements += 1;
        let mut ids: Vec<(i64,)> = match &mut tx.conn {
            Conn::Lite(c) => bound!(sql, piece).fetch_all(&mut **c).await?,
            Conn::Pg(c) => bound!(sql, piece).fetch_all(&mut **c).await?,
        };
        ids.sort_unstable();
        all.extend(ids.into_iter().map(|(id,)| id));
    }
    Ok(all)
}

fn pieces(rows: &[Vec<Value>]) -> std::slice::Chunks<'_, Vec<Value>> {
    let width = rows.first().map_or(1, Vec::len).max(1);
    rows.chunks((VALUES / width).max(1))
}

fn statement(target: Target, rows: &[Vec<Value>], returning: &str) -> String {
    let mut sql = format!("INSERT INTO {} VALUES ", target.into);
    let mut n = 0;
    for (i, row) in rows.iter().enumerate() {
        sql.push_str(if i == 0 { "(" } else { ", (" });
        for j in 0..row.len() {
            n += 1;
            let _ = write!(sql, "{}${n}", if j == 0 { "" } else { ", " });
        }
        sql.push(')');
    }
    let _ = write!(sql, " {}{returning}", target.after);
    sql
}
