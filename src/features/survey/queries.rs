//! What the survey asks the database: versions, runs, tickets, held and kept results.

use super::model::Definition;
use crate::kernel::ids::{PersonId, RunId, VersionId};
use crate::kernel::time::At;
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
        Some(_) => Err(Error::Form(format!(
            "the questionnaire «{}» was changed but still calls itself version {version}. Give the changed file the next version number",
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

/// Begins a run; nothing if this person has one of this version under way.
///
/// # Errors
/// The database's own.
pub async fn begin_run(
    tx: &mut Tx,
    person: PersonId,
    version: VersionId,
    answers: Vec<u8>,
    is_sealed: bool,
    expires_at: At,
) -> Result<Option<StoredRun>> {
    let row = fetch_optional!(
        tx,
        RunRow,
        "INSERT INTO runs (person_id, version_id, answers, is_sealed, rev, expires_at) VALUES ($1, $2, $3, $4, 1, $5) \
         ON CONFLICT (person_id, version_id) DO NOTHING RETURNING id, version_id, answers, is_sealed, rev, expires_at",
        person,
        version,
        answers,
        is_sealed,
        expires_at
    )?;
    Ok(row.map(stored))
}

/// Overwrites a run's answers if nobody else did since `rev`; whether it did.
///
/// # Errors
/// The database's own.
pub async fn save_run(tx: &mut Tx, id: RunId, rev: i64, answers: Vec<u8>) -> Result<bool> {
    let changed =
        exec!(tx, "UPDATE runs SET answers = $1, rev = rev + 1 WHERE id = $2 AND rev = $3", answers, id, rev)?;
    Ok(changed == 1)
}

/// Erases a run.
///
/// # Errors
/// The database's own.
pub async fn erase_run(tx: &mut Tx, id: RunId) -> Result<()> {
    exec!(tx, "DELETE FROM runs WHERE id = $1", id)?;
    Ok(())
}

/// Unfinished runs whose time is over, with their person and questionnaire.
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

/// A person's ticket for a questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// 128 random bits.
    pub id: Vec<u8>,
    /// `2026-11`.
    pub opened_month: String,
    /// Finished, refused, erased or expired: they look the same.
    pub is_closed: bool,
}

/// The ticket, if they ever opened the questionnaire.
///
/// # Errors
/// The database's own.
pub async fn ticket(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<Option<Ticket>> {
    let row = fetch_optional!(
        tx,
        (Vec<u8>, String, String),
        "SELECT id, opened_month, state FROM tickets WHERE person_id = $1 AND questionnaire = $2",
        person,
        questionnaire
    )?;
    Ok(row.map(|(id, opened_month, state)| Ticket { id, opened_month, is_closed: state == "closed" }))
}

/// Opens a fresh ticket in the place of an old one.
///
/// # Errors
/// The database's own.
pub async fn open_ticket(tx: &mut Tx, person: PersonId, questionnaire: &str, id: &[u8], month: &str) -> Result<()> {
    exec!(
        tx,
        "DELETE FROM held_results WHERE ticket_id IN (SELECT id FROM tickets WHERE person_id = $1 AND questionnaire = $2)",
        person,
        questionnaire
    )?;
    exec!(tx, "DELETE FROM tickets WHERE person_id = $1 AND questionnaire = $2", person, questionnaire)?;
    exec!(
        tx,
        "INSERT INTO tickets (id, person_id, questionnaire, opened_month, state) VALUES ($1, $2, $3, $4, 'open')",
        id.to_vec(),
        person,
        questionnaire,
        month
    )?;
    Ok(())
}

/// Closes a ticket and holds a sealed value of one size beside it until `erase_at`.
///
/// # Errors
/// The database's own.
pub async fn close_ticket(tx: &mut Tx, id: &[u8], held: Vec<u8>, erase_at: At) -> Result<()> {
    exec!(tx, "UPDATE tickets SET state = 'closed' WHERE id = $1", id.to_vec())?;
    exec!(
        tx,
        "INSERT INTO held_results (ticket_id, body, erase_at) VALUES ($1, $2, $3) \
         ON CONFLICT (ticket_id) DO UPDATE SET body = excluded.body",
        id.to_vec(),
        held,
        erase_at
    )?;
    Ok(())
}

/// What is held beside a ticket.
///
/// # Errors
/// The database's own.
pub async fn held(tx: &mut Tx, id: &[u8]) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(tx, (Vec<u8>,), "SELECT body FROM held_results WHERE ticket_id = $1", id.to_vec())?;
    Ok(row.map(|(body,)| body))
}

/// Overwrites what is held with a value of the same size.
///
/// # Errors
/// The database's own.
pub async fn blank_held(tx: &mut Tx, id: &[u8], body: Vec<u8>) -> Result<()> {
    exec!(tx, "UPDATE held_results SET body = $1 WHERE ticket_id = $2", body, id.to_vec())?;
    Ok(())
}

/// Erases held values whose time is over.
///
/// # Errors
/// The database's own.
pub async fn erase_held(tx: &mut Tx, now: At) -> Result<u64> {
    exec!(tx, "DELETE FROM held_results WHERE erase_at <= $1", now)
}

/// Keeps a person's own scores.
///
/// # Errors
/// The database's own.
pub async fn keep(tx: &mut Tx, id: &[u8], person: PersonId, of: (&str, i64), body: Vec<u8>, month: &str) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO kept_results (id, person_id, questionnaire, version, body, kept_month) VALUES ($1, $2, $3, $4, $5, $6)",
        id.to_vec(),
        person,
        of.0,
        of.1,
        body,
        month
    )?;
    Ok(())
}

/// How many results of a questionnaire a person keeps.
///
/// # Errors
/// The database's own.
pub async fn kept_count(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<i64> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT count(*) FROM kept_results WHERE person_id = $1 AND questionnaire = $2",
        person,
        questionnaire
    )?;
    Ok(count)
}

/// Forgets all kept results of a questionnaire.
///
/// # Errors
/// The database's own.
pub async fn forget(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<u64> {
    exec!(tx, "DELETE FROM kept_results WHERE person_id = $1 AND questionnaire = $2", person, questionnaire)
}
