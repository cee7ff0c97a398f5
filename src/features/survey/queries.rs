//! What the survey asks the database: here versions and runs; tickets, held and kept results in `tickets`.

mod tickets;

pub use tickets::*;

use super::model::Definition;
use crate::kernel::ids::{PersonId, RunId, VersionId};
use crate::kernel::time::At;
use crate::store::bulk::{self, Target, Value};
use crate::store::people::StoredRun;
use crate::store::{Error, Result, Tx};
use crate::{exec, fetch_all, fetch_one, fetch_optional};

/// The row of a version, made if it is new.
///
/// # Errors
/// The same version stands there with other bytes.
pub async fn register_version(tx: &mut Tx, definition: &Definition, body: &str, now: At) -> Result<VersionId> {
    let hash = definition.sha256.as_bytes().to_vec();
    let version = i64::from(definition.version);
    let known = fetch_optional!(
        tx,
        (VersionId, Vec<u8>),
        "SELECT id, sha256 FROM questionnaire_versions WHERE questionnaire = $1 AND version = $2",
        definition.id.as_str(),
        version
    )?;
    match known {
        Some((id, kept)) if kept == hash => Ok(id),
        Some(_) => Err(Error::Place(format!(
            "The questionnaire «{}» was changed but still calls itself version {version}. Give the changed file the next version number.",
            definition.id
        ))),
        None => {
            let (id,) = fetch_one!(
                tx,
                (VersionId,),
                "INSERT INTO questionnaire_versions (questionnaire, version, sha256, body, loaded_at) \
                 VALUES ($1, $2, $3, $4, $5) RETURNING id",
                definition.id.as_str(),
                version,
                hash,
                body,
                now
            )?;
            Ok(id)
        }
    }
}

/// Versions that unfinished runs keep, with their files.
///
/// # Errors
/// The database's own.
pub async fn versions_of_runs(tx: &mut Tx) -> Result<Vec<(VersionId, String)>> {
    fetch_all!(
        tx,
        (VersionId, String),
        "SELECT id, body FROM questionnaire_versions WHERE id IN (SELECT version_id FROM runs)"
    )
}

type RunRow = (RunId, VersionId, Vec<u8>, bool, i64, At);

fn stored((id, version, answers, is_sealed, rev, expires_at): RunRow) -> StoredRun {
    StoredRun { id, version, answers, is_sealed, rev, expires_at }
}

/// A person's unfinished runs.
///
/// # Errors
/// The database's own.
pub async fn runs_of(tx: &mut Tx, person: PersonId) -> Result<Vec<StoredRun>> {
    let rows = fetch_all!(
        tx,
        RunRow,
        "SELECT id, version_id, answers, is_sealed, rev, expires_at FROM runs WHERE person_id = $1 ORDER BY id",
        person
    )?;
    Ok(rows.into_iter().map(stored).collect())
}

/// A run about to be written.
#[derive(Clone, Debug)]
pub struct NewRun {
    /// The version it keeps.
    pub version: VersionId,
    /// All answers in one value.
    pub answers: Vec<u8>,
    /// Whether `answers` is sealed.
    pub is_sealed: bool,
    /// Drawn by chance.
    pub rev: i64,
    /// When it is erased.
    pub expires_at: At,
}

/// Begins a run in the place of ended ones of the same questionnaire. None of them may be unfinished.
///
/// # Errors
/// The database's own.
pub async fn begin_run(tx: &mut Tx, person: PersonId, questionnaire: &str, new: NewRun) -> Result<StoredRun> {
    exec!(
        tx,
        "DELETE FROM runs WHERE person_id = $1 AND version_id IN \
         (SELECT id FROM questionnaire_versions WHERE questionnaire = $2)",
        person,
        questionnaire
    )?;
    let row = fetch_one!(
        tx,
        RunRow,
        "INSERT INTO runs (person_id, version_id, answers, is_sealed, rev, expires_at) VALUES ($1, $2, $3, $4, $5, $6) \
         RETURNING id, version_id, answers, is_sealed, rev, expires_at",
        person,
        new.version,
        new.answers,
        new.is_sealed,
        new.rev,
        new.expires_at
    )?;
    Ok(stored(row))
}

/// Overwrites a run's answers if nobody else did since `revs.0`; whether it did. Its revision becomes `revs.1`.
///
/// # Errors
/// The database's own.
pub async fn save_run(tx: &mut Tx, id: RunId, revs: (i64, i64), answers: Vec<u8>) -> Result<bool> {
    let changed =
        exec!(tx, "UPDATE runs SET answers = $1, rev = $2 WHERE id = $3 AND rev = $4", answers, revs.1, id, revs.0)?;
    Ok(changed == 1)
}

/// Takes a run out of the world, finished or not: the row, the talk that points at it, the open ticket.
///
/// # Errors
/// The database's own.
pub async fn close(tx: &mut Tx, run: RunId, person: PersonId, questionnaire: &str) -> Result<()> {
    exec!(tx, "DELETE FROM runs WHERE id = $1", run)?;
    exec!(
        tx,
        "UPDATE conversations SET feature = '', step = '', data = '', run_id = NULL \
         WHERE run_id = $1 AND account_id IN (SELECT id FROM accounts WHERE person_id = $2)",
        run,
        person
    )?;
    exec!(
        tx,
        "UPDATE tickets SET state = 'closed' WHERE person_id = $1 AND questionnaire = $2",
        person,
        questionnaire
    )?;
    Ok(())
}

/// Runs whose time is over: run, person, questionnaire.
///
/// # Errors
/// The database's own.
pub async fn expired_runs(tx: &mut Tx, now: At, most: i64) -> Result<Vec<(RunId, PersonId, String)>> {
    fetch_all!(
        tx,
        (RunId, PersonId, String),
        "SELECT r.id, r.person_id, v.questionnaire FROM runs r JOIN questionnaire_versions v ON v.id = r.version_id \
         WHERE r.expires_at <= $1 ORDER BY r.expires_at LIMIT $2",
        now,
        most
    )
}

/// Keeps the answers of a finished run of a questionnaire that is not private, a row an item.
///
/// # Errors
/// The database's own.
pub async fn keep_answers(
    tx: &mut Tx,
    (person, version): (PersonId, VersionId),
    answers: Vec<(String, String)>,
    now: At,
) -> Result<()> {
    let (id,) = fetch_one!(
        tx,
        (i64,),
        "INSERT INTO finished_runs (person_id, version_id, finished_at) VALUES ($1, $2, $3) RETURNING id",
        person,
        version,
        now
    )?;
    let rows: Vec<Vec<Value>> =
        answers.into_iter().map(|(item, answer)| vec![id.into(), item.into(), answer.into()]).collect();
    let into = "finished_answers (finished_id, item, answer)";
    bulk::insert(tx, Target { into, after: "" }, &rows).await
}
