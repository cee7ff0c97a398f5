//! The use cases: open, answer, finish, erase, hide, keep. Each takes a transaction and values, so jobs share them.

use std::sync::Arc;

use chrono::Datelike;

use super::held::{self, Held};
use super::model::Definition;
use super::queries::{self, Ticket};
use super::run::Run;
use crate::kernel::chance::Chance;
use crate::kernel::ids::{PersonId, RunId, VersionId};
use crate::kernel::time::{At, days, hours};
use crate::store::people::{Person, StoredRun};
use crate::store::seal::Keys;
use crate::store::{Error, Result, Tx};

/// How long scores are held for the person to save them (PRIVACY, section 3).
const HOLD_HOURS: u64 = 24;
/// How long a run without a limit of its own may wait.
const LONGEST_RUN_DAYS: u64 = 60;

/// A run under way, opened.
#[derive(Clone, Debug)]
pub struct OpenRun {
    /// Its row.
    pub id: RunId,
    /// The version it keeps.
    pub version: VersionId,
    /// Rises with each change; a button of another revision is stale.
    pub rev: i64,
    /// When it is erased if not finished.
    pub expires_at: At,
    /// The questionnaire.
    pub definition: Arc<Definition>,
    /// Answers and place.
    pub run: Run,
}

fn place(person: PersonId, version: VersionId, rev: i64) -> String {
    format!("run:{person}:{version}:{rev}")
}

/// Opens a stored run.
///
/// # Errors
/// [`Error::Sealed`] when the key is lost, [`Error::Form`] when the answers do not read.
pub fn open(keys: &Keys, person: PersonId, stored: &StoredRun, definition: &Arc<Definition>) -> Result<OpenRun> {
    let opened;
    let bytes = if stored.is_sealed {
        opened = keys.open(&place(person, stored.version, stored.rev), &stored.answers)?;
        &opened
    } else {
        &stored.answers
    };
    let run = Run::decode(definition, bytes).map_err(|e| Error::Form(e.to_string()))?;
    Ok(OpenRun {
        id: stored.id,
        version: stored.version,
        rev: stored.rev,
        expires_at: stored.expires_at,
        definition: definition.clone(),
        run,
    })
}

fn encode(keys: &Keys, person: PersonId, version: VersionId, rev: i64, run: &Run, is_private: bool) -> Result<Vec<u8>> {
    let plain = run.encode();
    if is_private { keys.seal(&place(person, version, rev), &plain) } else { Ok(plain) }
}

/// Writes a changed run; its revision rises. False when somebody else changed it first: nothing is written.
///
/// # Errors
/// The database's own.
pub async fn save(tx: &mut Tx, keys: &Keys, person: PersonId, open: &mut OpenRun) -> Result<bool> {
    let bytes = encode(keys, person, open.version, open.rev + 1, &open.run, open.definition.is_private)?;
    let is_saved = queries::save_run(tx, open.id, open.rev, bytes).await?;
    open.rev += i64::from(is_saved);
    Ok(is_saved)
}

/// `2026-11`, in the person's own zone.
pub fn month(now: At, person: &Person) -> String {
    now.day(person.zone).format("%Y-%m").to_string()
}

/// The first day of the month in which a questionnaire opens again; nothing if it is open now.
pub fn opens_again(definition: &Definition, ticket: &Ticket, now: At, person: &Person) -> Option<(i32, u32)> {
    let months = i32::try_from(definition.reopen_after_months?).ok()?;
    let (year, month) = ticket.opened_month.split_once('-')?;
    let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
    let again = year * 12 + (month - 1) + months;
    let today = now.day(person.zone);
    let this = today.year() * 12 + i32::try_from(today.month0()).ok()?;
    (this < again).then_some((again.div_euclid(12), u32::try_from(again.rem_euclid(12)).ok()? + 1))
}

/// Begins a run with its ticket, or gives the one that is under way.
///
/// # Errors
/// The database's own.
pub async fn begin(
    tx: &mut Tx,
    (keys, chance): (&Keys, &Chance),
    person: &Person,
    (version, definition): (VersionId, &Arc<Definition>),
    now: At,
) -> Result<OpenRun> {
    let run = Run::new(definition);
    let bytes = encode(keys, person.id, version, 1, &run, definition.is_private)?;
    let span = definition.resume_hours.map_or(days(LONGEST_RUN_DAYS), |h| hours(u64::from(h)));
    let begun = queries::begin_run(tx, person.id, version, bytes, definition.is_private, now.plus(span)).await?;
    let Some(stored) = begun else {
        let all = queries::runs_of(tx, person.id).await?;
        let stored = all.iter().find(|r| r.version == version).ok_or_else(|| Error::Bug("a run vanished".into()))?;
        return open(keys, person.id, stored, definition);
    };
    if definition.is_private {
        queries::open_ticket(tx, person.id, &definition.id, &chance.bytes::<16>(), &month(now, person)).await?;
    }
    open(keys, person.id, &stored, definition)
}

/// Ends a run, whatever the reason: its answers are erased, its ticket closes, and a sealed value is held for a day.
///
/// # Errors
/// The database's own.
pub async fn end(
    tx: &mut Tx,
    keys: &Keys,
    (run, person, questionnaire): (RunId, PersonId, &str),
    held: Option<&Held>,
    now: At,
) -> Result<()> {
    queries::erase_run(tx, run).await?;
    if let Some(ticket) = queries::ticket(tx, person, questionnaire).await? {
        let body = held::seal(keys, &ticket.id, held)?;
        queries::close_ticket(tx, &ticket.id, body, now.plus(hours(HOLD_HOURS))).await?;
    }
    Ok(())
}

/// What is held for a person and questionnaire, with its ticket.
///
/// # Errors
/// The database's own.
pub async fn held(tx: &mut Tx, keys: &Keys, person: PersonId, questionnaire: &str) -> Result<Option<(Ticket, Held)>> {
    let Some(ticket) = queries::ticket(tx, person, questionnaire).await? else { return Ok(None) };
    let sealed = queries::held(tx, &ticket.id).await?;
    Ok(sealed.and_then(|body| held::open(keys, &ticket.id, &body)).map(|held| (ticket, held)))
}

/// Erases what is held and leaves the same size of nothing.
///
/// # Errors
/// The database's own.
pub async fn hide(tx: &mut Tx, keys: &Keys, person: PersonId, questionnaire: &str) -> Result<()> {
    if let Some(ticket) = queries::ticket(tx, person, questionnaire).await? {
        queries::blank_held(tx, &ticket.id, held::seal(keys, &ticket.id, None)?).await?;
    }
    Ok(())
}

/// Keeps what is held for the person's own eyes; false when it is gone already.
///
/// # Errors
/// The database's own.
pub async fn keep(
    tx: &mut Tx,
    (keys, chance): (&Keys, &Chance),
    person: &Person,
    definition: &Definition,
    now: At,
) -> Result<bool> {
    let Some((ticket, held)) = held(tx, keys, person.id, &definition.id).await? else { return Ok(false) };
    let id = chance.bytes::<16>();
    let plain = serde_json::to_vec(&held.points).map_err(|e| Error::Form(e.to_string()))?;
    let body = keys.seal(&format!("kept:{}", crate::store::seal::hex(&id)), &plain)?;
    let of = (definition.id.as_str(), i64::from(definition.version));
    queries::keep(tx, &id, person.id, of, body, &month(now, person)).await?;
    queries::blank_held(tx, &ticket.id, held::seal(keys, &ticket.id, None)?).await?;
    Ok(true)
}
