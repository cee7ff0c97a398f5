//! Every table of the database, column by column: what somebody with a copy of it could read.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;
use uchitelskaya::fetch_all;
use uchitelskaya::store::{self, Tx};

use super::Town;

/// A value as it stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    pub fn text(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Text(t) => t.clone(),
            Value::Bytes(b) => String::from_utf8_lossy(b).into_owned(),
        }
    }
}

pub type Row = BTreeMap<String, Value>;

/// Tables by name; rows in physical order.
pub type Dump = BTreeMap<String, Vec<Row>>;

const NULL: &str = "\u{1}";
const BETWEEN: &str = "\u{2}";

async fn texts(tx: &mut Tx, sql: String) -> store::Result<Vec<String>> {
    let rows = fetch_all!(tx, (String,), AssertSqlSafe(sql.clone()))?;
    Ok(rows.into_iter().map(|(text,)| text).collect())
}

/// What can be read.
pub async fn dump(town: &Town) -> Dump {
    town.app().store.read(|tx| Box::pin(async move { read(tx).await })).await.expect("the dump")
}

async fn read(tx: &mut Tx) -> store::Result<Dump> {
    let is_postgres = tx.is_postgres();
    let tables = if is_postgres {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    };
    let mut all = Dump::new();
    for table in texts(tx, tables.into()).await? {
        let columns = if is_postgres {
            format!(
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = current_schema()"
            )
        } else {
            format!("SELECT name FROM pragma_table_info('{table}')")
        };
        let columns = texts(tx, columns).await?;
        let cells: Vec<String> = columns
            .iter()
            .map(|c| {
                if is_postgres {
                    format!("COALESCE(\"{c}\"::text, '{NULL}')")
                } else {
                    format!(
                        "CASE typeof(\"{c}\") WHEN 'blob' THEN '\\x' || hex(\"{c}\") WHEN 'null' THEN '{NULL}' \
                         ELSE CAST(\"{c}\" AS TEXT) END"
                    )
                }
            })
            .collect();
        let order = if is_postgres { " ORDER BY ctid" } else { "" };
        let sql = format!("SELECT {} FROM \"{table}\"{order}", cells.join(&format!(" || '{BETWEEN}' || ")));
        let rows = texts(tx, sql).await?;
        let rows =
            rows.iter().map(|row| columns.iter().cloned().zip(row.split(BETWEEN).map(value)).collect()).collect();
        all.insert(table, rows);
    }
    Ok(all)
}

fn value(cell: &str) -> Value {
    match cell.strip_prefix("\\x") {
        _ if cell == NULL => Value::Null,
        Some(hex) => Value::Bytes(
            (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hexadecimal")).collect(),
        ),
        None => Value::Text(cell.into()),
    }
}

/// Where any of the words stand: `table.column: word`. The tables named in `but` may hold them.
pub fn places_of(dump: &Dump, words: &[String], but: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (table, rows) in dump.iter().filter(|(table, _)| !but.contains(&table.as_str())) {
        for (column, value) in rows.iter().flatten() {
            let text = value.text();
            found.extend(words.iter().filter(|w| text.contains(*w)).map(|w| format!("{table}.{column}: {w}")));
        }
    }
    found
}
