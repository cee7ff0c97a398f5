//! Brings the schema up to date: numbered, forward only, twins for both engines (migrations/README.md).

use std::path::Path;

use include_dir::{Dir, include_dir};
use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlSafeStr};

use super::{Error, Place, Result, postgres, sqlite};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// A migration of one engine: its number, name and SQL.
pub type File = (i64, &'static str, &'static str);

/// The migrations of an engine (`sqlite` or `postgres`) in order.
pub fn files(engine: &str) -> Vec<File> {
    let mut all: Vec<File> = FILES
        .get_dir(engine)
        .into_iter()
        .flat_map(|dir| dir.files())
        .filter_map(|file| {
            let stem = file.path().file_stem()?.to_str()?;
            let (number, name) = stem.split_once('_')?;
            Some((number.parse().ok()?, name, file.contents_utf8()?))
        })
        .collect();
    all.sort_unstable();
    all
}

pub(super) fn migrator(engine: &str) -> Migrator {
    Migrator::with_migrations(
        files(engine)
            .into_iter()
            .map(|(number, name, sql)| {
                Migration::new(number, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
            })
            .collect(),
    )
}

/// Applies what is missing. A SQLite file that has data is copied beside itself first.
///
/// # Errors
/// A newer schema, a changed migration, or the engine's own trouble, each in one sentence.
pub async fn run(place: &Place) -> Result<()> {
    match place {
        Place::File(path) => {
            let mut connection = sqlite::connect(path, false).await?;
            copy_before(path, &mut connection).await?;
            apply("sqlite", &mut connection).await?;
            connection.close().await?;
        }
        Place::Postgres(url) => {
            let mut connection = postgres::connect(url).await?;
            apply("postgres", &mut connection).await?;
            connection.close().await?;
        }
    }
    Ok(())
}

async fn apply<C: Migrate>(engine: &str, connection: &mut C) -> Result<()> {
    migrator(engine).run_direct(None, connection, false).await.map_err(explain)
}

pub(super) fn explain(e: MigrateError) -> Error {
    match e {
        MigrateError::VersionMissing(n) => Error::Migration(format!(
            "This database was made by a newer version of the bot (its schema has step {n}, this one ends before it). Start the newer version."
        )),
        MigrateError::VersionMismatch(n) => Error::Migration(format!(
            "Step {n} of the schema in this database differs from this version's. Start the version that made it, or restore a copy."
        )),
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => Error::Sql(e),
        other => Error::Migration(format!("The schema could not be brought up to date: {other}.")),
    }
}

/// Copies the file (with what still stands in its log) to `<file>.before-<step>` when steps are missing.
async fn copy_before(path: &Path, connection: &mut sqlx::SqliteConnection) -> Result<()> {
    let has_history: (i64,) = sqlx::query_as("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *connection)
        .await?;
    if has_history.0 == 0 {
        return Ok(());
    }
    let (done,): (i64,) =
        sqlx::query_as("SELECT COALESCE(max(version), 0) FROM _sqlx_migrations").fetch_one(&mut *connection).await?;
    let Some((next, ..)) = files("sqlite").into_iter().find(|(n, ..)| *n > done) else { return Ok(()) };
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".before-{next:04}"));
    if Path::new(&copy).exists() {
        return Ok(());
    }
    sqlx::query("VACUUM INTO $1").bind(copy.to_string_lossy().into_owned()).execute(connection).await?;
    Ok(())
}
