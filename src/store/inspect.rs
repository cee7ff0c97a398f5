//! Looks at a database without changing it: is it there, whole, and of a schema this version knows?
//!
//! Unlike an opening it makes no file, takes no lock and applies nothing, so it may run beside the bot.

use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqliteConnectOptions;

use super::{Error, Place, Result, Tx, migrate, postgres};
use crate::{fetch_all, fetch_one};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspected {
    /// No database file yet, and nothing that would keep it from being made.
    Absent,
    /// A whole database.
    Present {
        /// `SQLite` or `PostgreSQL`.
        engine: &'static str,
        /// Steps of the schema that a start would apply.
        missing: usize,
        /// Whether there is a municipality to work for.
        has_municipality: bool,
    },
}

/// Looks.
///
/// # Errors
/// Out of reach, not writable, damaged, of a newer schema; each in one sentence that says what to do.
pub async fn inspect(place: &Place) -> Result<Inspected> {
    match place {
        Place::File(path) if !path.exists() => absent(path),
        Place::File(path) => file(path).await,
        Place::Postgres(url) => {
            let mut tx = Tx::pg(postgres::connect(url).await?);
            let history = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() \
                           AND tablename = '_sqlx_migrations'";
            let missing = missing(&mut tx, "postgres", history).await?;
            Ok(Inspected::Present {
                engine: "PostgreSQL",
                missing,
                has_municipality: is_founded(&mut tx, missing).await?,
            })
        }
    }
}

/// The nearest thing that exists above the file must be a folder.
fn absent(path: &Path) -> Result<Inspected> {
    let above = path.ancestors().skip(1).map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p });
    match above.into_iter().find(|p| p.exists()) {
        Some(folder) if folder.is_dir() => Ok(Inspected::Absent),
        _ => Err(Error::Place(format!(
            "{} cannot be made: what stands above it is no folder. Set DATABASE_URL to another place.",
            path.display()
        ))),
    }
}

async fn file(path: &Path) -> Result<Inspected> {
    if path.is_dir() {
        return Err(Error::Place(format!("{} is a folder. Set DATABASE_URL to a file.", path.display())));
    }
    // Opening changes nothing; it tells whether the bot could write.
    std::fs::File::options().append(true).open(path).map_err(|e| {
        Error::Place(format!("{} cannot be written ({e}). Give the bot the right to it.", path.display()))
    })?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // Without a write-ahead log nobody has the file open, and SQLite may be told so: then it makes no files beside it.
    let is_at_rest = !Path::new(&log).exists();
    let options =
        SqliteConnectOptions::new().filename(path).read_only(true).immutable(is_at_rest).disable_statement_logging();
    let mut tx = Tx::lite(options.connect().await?);
    let (verdict,) = fetch_one!(&mut tx, (String,), "PRAGMA integrity_check(1)")?;
    if verdict != "ok" {
        return Err(Error::Place(
            "The database file is damaged. Stop the bot and restore the last copy (docs/operating.md).".into(),
        ));
    }
    let history = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    let missing = missing(&mut tx, "sqlite", history).await?;
    Ok(Inspected::Present { engine: "SQLite", missing, has_municipality: is_founded(&mut tx, missing).await? })
}

/// An older schema is not asked: it has had a start. None at all has not.
async fn is_founded(tx: &mut Tx, missing: usize) -> Result<bool> {
    if missing > 0 {
        return Ok(missing < migrate::files("sqlite").len());
    }
    let (count,) = fetch_one!(tx, (i64,), "SELECT count(*) FROM municipalities")?;
    Ok(count > 0)
}

/// How many steps are missing. `history` counts the table that remembers them.
async fn missing(tx: &mut Tx, engine: &str, history: &'static str) -> Result<usize> {
    let (has_history,) = fetch_one!(tx, (i64,), history)?;
    let known = migrate::migrator(engine);
    if has_history == 0 {
        return Ok(known.iter().count());
    }
    let done = fetch_all!(tx, (i64, Vec<u8>, bool), "SELECT version, checksum, success FROM _sqlx_migrations")?;
    for (version, checksum, is_complete) in &done {
        let trouble = match known.iter().find(|m| m.version == *version) {
            None => MigrateError::VersionMissing(*version),
            Some(m) if *m.checksum != **checksum => MigrateError::VersionMismatch(*version),
            Some(_) if !is_complete => MigrateError::Dirty(*version),
            Some(_) => continue,
        };
        return Err(migrate::explain(trouble));
    }
    Ok(known.iter().count().saturating_sub(done.len()))
}
