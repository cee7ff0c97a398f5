//! Migrations: twins with equal names and numbers, the same tables on both engines, and no row lost on the way up.
//!
//! For each step a database is brought there, filled with `tests/data/migrations/*.sql` (the same words for both
//! engines), and brought to the top by the code that does it in earnest. Each table must have got a row to lose.

use std::collections::BTreeSet;

use sqlx::AssertSqlSafe;
use sqlx::migrate::{Migrate, Migration, MigrationType, Migrator};
use uchitelskaya::store::tx::Conn;
use uchitelskaya::store::{Place, migrate, postgres, sqlite};

use super::{file, is_caught, nothing_to_complain_of, root};
use crate::support::databases::{Database, Engine};

const COLUMNS_SQLITE: &str = "SELECT t.name || '.' || c.name || CASE c.type WHEN 'INTEGER' THEN ' number' WHEN 'BLOB' \
     THEN ' bytes' ELSE ' ' || lower(c.type) END || CASE WHEN c.\"notnull\" OR c.pk > 0 THEN '' ELSE ' or nothing' END \
     FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' \
     ESCAPE '~' AND t.name <> '_sqlx_migrations'";
const COLUMNS_POSTGRES: &str = "SELECT table_name || '.' || column_name || CASE data_type WHEN 'bigint' THEN ' number' \
     WHEN 'boolean' THEN ' number' WHEN 'bytea' THEN ' bytes' ELSE ' ' || data_type END || CASE is_nullable \
     WHEN 'NO' THEN '' ELSE ' or nothing' END FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";
const INDEXES_SQLITE: &str = "SELECT 'index ' || name || ' on ' || tbl_name FROM sqlite_schema \
     WHERE type = 'index' AND sql IS NOT NULL";
const INDEXES_POSTGRES: &str = "SELECT 'index ' || i.relname || ' on ' || t.relname FROM pg_index x \
     JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
     JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' \
     AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.oid)";

/// Names of files as they stand in the folders of both engines.
fn wrong_names(sqlite: &[String], postgres: &[String]) -> Vec<String> {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (sqlite.iter().collect(), postgres.iter().collect());
    let mut all: Vec<String> = a.symmetric_difference(&b).map(|name| format!("{name} has no twin")).collect();
    for (n, name) in a.union(&b).enumerate() {
        if !name.starts_with(&format!("{:04}_", n + 1)) || !name.ends_with(".sql") {
            all.push(format!("{name} should begin with {:04}_ and end with .sql", n + 1));
        }
    }
    all
}

fn names(engine: &str) -> Vec<String> {
    let folder = std::fs::read_dir(root().join("migrations").join(engine)).expect("migrations are there");
    folder.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect()
}

/// What one engine has and the other lacks: columns with kind and nullability, indexes.
fn schema_differences(sqlite: &BTreeSet<String>, postgres: &BTreeSet<String>) -> Vec<String> {
    let only = |what: &str, a: &BTreeSet<String>, b: &BTreeSet<String>| {
        a.difference(b).map(|line| format!("only on {what}: {line}")).collect::<Vec<_>>()
    };
    [only("SQLite", sqlite, postgres), only("PostgreSQL", postgres, sqlite)].concat()
}

/// Rows that were there before and are not after.
fn lost_rows(before: &[String], after: &[String]) -> Vec<String> {
    let mut left = after.to_vec();
    let mut gone = Vec::new();
    for row in before {
        match left.iter().position(|r| r == row) {
            Some(i) => drop(left.swap_remove(i)),
            None => gone.push(format!("lost or changed: {row}")),
        }
    }
    gone
}

async fn connect(place: &Place) -> Conn {
    match place {
        Place::File(path) => Conn::Lite(Box::new(sqlite::connect(path, false).await.expect("a connection"))),
        Place::Postgres(url) => Conn::Pg(Box::new(postgres::connect(url).await.expect("a connection"))),
    }
}

async fn lines(conn: &mut Conn, sql: &str) -> Vec<String> {
    let sql = AssertSqlSafe(sql.to_owned());
    let rows = match conn {
        Conn::Lite(c) => sqlx::query_scalar(sql).fetch_all(&mut **c).await,
        Conn::Pg(c) => sqlx::query_scalar(sql).fetch_all(&mut **c).await,
    };
    rows.expect("rows")
}

async fn execute(conn: &mut Conn, what: &str, sql: &str) {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    let done = match conn {
        Conn::Lite(c) => sql.execute(&mut **c).await.map(drop),
        Conn::Pg(c) => sql.execute(&mut **c).await.map(drop),
    };
    done.unwrap_or_else(|e| panic!("{what}: {e}"));
}

async fn columns(conn: &mut Conn) -> BTreeSet<String> {
    let sql = if matches!(conn, Conn::Lite(_)) { COLUMNS_SQLITE } else { COLUMNS_POSTGRES };
    lines(conn, sql).await.into_iter().collect()
}

async fn schema(conn: &mut Conn) -> BTreeSet<String> {
    let indexes = if matches!(conn, Conn::Lite(_)) { INDEXES_SQLITE } else { INDEXES_POSTGRES };
    let mut all = columns(conn).await;
    all.extend(lines(conn, indexes).await);
    all
}

/// A new database of an engine, with the first `steps` migrations and nothing in it.
async fn at_step(engine: Engine, steps: usize) -> Option<(Database, Place)> {
    let database = Database::new(engine)?;
    let place = Place::from_url(&database.url);
    let mut conn = connect(&place).await;
    match &mut conn {
        Conn::Lite(c) => climb("sqlite", &mut **c, steps).await,
        Conn::Pg(_) => {
            execute(&mut conn, "an empty database", "DROP SCHEMA public CASCADE; CREATE SCHEMA public").await
        }
    }
    if let Conn::Pg(c) = &mut conn {
        climb("postgres", &mut **c, steps).await;
    }
    Some((database, place))
}

async fn climb<C: Migrate>(engine: &str, connection: &mut C, steps: usize) {
    let files = migrate::files(engine).into_iter().take(steps);
    let steps = files.map(|(n, name, sql)| {
        Migration::new(n, name.into(), MigrationType::Simple, sqlx::SqlSafeStr::into_sql_str(sql), false)
    });
    Migrator::with_migrations(steps.collect()).run_direct(None, connection, false).await.expect("the steps apply");
}

/// Every row as text, in the columns that there are now.
async fn rows(conn: &mut Conn, columns: &BTreeSet<String>) -> Vec<String> {
    let column = |line: &String| {
        line.split(' ').next().and_then(|c| c.split_once('.')).map(|(t, c)| (t.to_owned(), c.to_owned()))
    };
    let all: Vec<(String, String)> = columns.iter().filter_map(column).collect();
    let mut out = Vec::new();
    for table in all.iter().map(|(t, _)| t).collect::<BTreeSet<_>>() {
        let own = all.iter().filter(|(t, _)| t == table);
        let values: Vec<String> = own.map(|(_, c)| format!("'{c}=' || COALESCE(CAST({c} AS TEXT), '–')")).collect();
        out.extend(lines(conn, &format!("SELECT '{table}: ' || {} FROM {table}", values.join(" || ', ' || "))).await);
    }
    out
}

/// Tables that the samples leave empty: there a lost row would not be seen.
fn empty_tables(columns: &BTreeSet<String>, rows: &[String]) -> Vec<String> {
    let tables: BTreeSet<&str> = columns.iter().filter_map(|line| line.split_once('.')).map(|(t, _)| t).collect();
    let is_empty = |table: &&str| !rows.iter().any(|row| row.starts_with(&format!("{table}: ")));
    tables.into_iter().filter(is_empty).map(|t| format!("tests/data/migrations has no row for {t}")).collect()
}

fn on_a_runtime(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(test);
}

#[test]
fn migrations_are_numbered_twins() {
    nothing_to_complain_of(&wrong_names(&names("sqlite"), &names("postgres")));
}

#[test]
fn both_engines_have_the_same_tables() {
    on_a_runtime(async {
        let all = migrate::files("sqlite").len();
        let (_lite, place) = at_step(Engine::Sqlite, all).await.expect("SQLite is everywhere");
        let sqlite = schema(&mut connect(&place).await).await;
        assert!(sqlite.contains("persons.born_in number or nothing"), "{sqlite:?}");
        let Some((_pg, place)) = at_step(Engine::Postgres, all).await else { return };
        nothing_to_complain_of(&schema_differences(&sqlite, &schema(&mut connect(&place).await).await));
    });
}

fn every_row_survives(engine: Engine) {
    on_a_runtime(async {
        let files = migrate::files("sqlite");
        for step in 1..=files.len() {
            let Some((_database, place)) = at_step(engine, step).await else { return };
            let mut conn = connect(&place).await;
            if engine == Engine::Postgres {
                execute(&mut conn, "BLOB", "CREATE DOMAIN pg_temp.blob AS bytea").await;
            }
            for (number, name, _) in &files[..step] {
                let path = format!("tests/data/migrations/{number:04}_{name}.sql");
                let sample = file(&path).unwrap_or_else(|| panic!("{path} is missing: sample rows after this step"));
                execute(&mut conn, &path, &sample.text).await;
            }
            let columns = columns(&mut conn).await;
            let before = rows(&mut conn, &columns).await;
            nothing_to_complain_of(&empty_tables(&columns, &before));
            drop(conn);
            migrate::run(&place).await.expect("the rest applies");
            nothing_to_complain_of(&lost_rows(&before, &rows(&mut connect(&place).await, &columns).await));
        }
    });
}

#[test]
fn rows_survive_every_migration_on_sqlite() {
    every_row_survives(Engine::Sqlite);
}

#[test]
fn rows_survive_every_migration_on_postgres() {
    every_row_survives(Engine::Postgres);
}

#[test]
fn a_planted_wrong_name_is_caught() {
    let names = |all: &[&str]| all.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let complaints = wrong_names(&names(&["0001_a.sql", "0003_c.sql"]), &names(&["0001_a.sql", "0003_d.sql"]));
    let wanted = ["0003_c.sql has no twin", "0003_d.sql has no twin", "0003_c.sql should begin with 0002_"];
    is_caught(&complaints, &wanted);
}

#[test]
fn a_planted_difference_of_schema_or_rows_is_caught() {
    let set = |all: &[&str]| all.iter().map(|l| (*l).to_owned()).collect::<BTreeSet<_>>();
    let complaints =
        schema_differences(&set(&["a.id number", "a.b text"]), &set(&["a.id number", "a.b text or nothing"]));
    is_caught(&complaints, &["only on SQLite: a.b text", "only on PostgreSQL: a.b text or nothing"]);
    let (before, after) = (["a: id=1", "a: id=1", "b: id=1"], ["b: id=1", "a: id=1", "a: id=2"]);
    is_caught(&lost_rows(&before.map(Into::into), &after.map(Into::into)), &["lost or changed: a: id=1"]);
    is_caught(&empty_tables(&set(&["a.id number", "ab.id number"]), &["ab: id=1".into()]), &["no row for a"]);
}
