//! The use cases: open, answer, finish, erase, hide, keep. Each takes a transaction and values, so jobs share them.
//!
//! A run, its ticket and the value held beside it come at the opening and go at hours fixed at the opening. Finishing
//! and erasing only overwrite the two sealed values with others of the same size: until those hours, and after them,
//! the rows of somebody who finished, erased, or never came back look the same (docs/decisions/0007).

mod results;

pub use results::*;

use std::sync::Arc;

use chrono::Datelike;

use super::held::{self, Held};
use super::model::Definition;
use super::queries::{self, NewRun, Ticket};
use super::run::{self, Run};
use crate::kernel::chance::Chance;
use crate::kernel::ids::{PersonId, RunId, VersionId};
use crate::kernel::time::{At, days, hours};
use crate::store::people::{Person, StoredRun};
use crate::store::seal::Keys;
use crate::store::{Error, Result, Tx};

/// How long scores are held for the person to save them (PRIVACY, section 3).
pub const HOLD_HOURS: u64 = 24;
/// How long a run without a limit of its own may wait.
const LONGEST_RUN_DAYS: u64 = 60;
/// The most bytes one answer to an item without free text takes (`run::codec`).
const LONGEST_ANSWER: usize = 9;

/// Keys and chance.
pub type Hands<'h> = (&'h Keys, &'h Chance);

/// A run under way, opened.
#[derive(Clone, Debug)]
pub struct OpenRun {
    /// Its row.
    pub id: RunId,
    /// The version it keeps.
    pub version: VersionId,
    /// Another one after each change, drawn by chance so that it does not count them; a button of another revision
    /// is stale.
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

fn fresh_rev(chance: &Chance) -> i64 {
    1 + i64::try_from(chance.below(1 << 40)).unwrap_or(0)
}

/// Opens a stored run; nothing if it ended or its time is over.
///
/// # Errors
/// [`Error::Sealed`] when the key is lost, [`Error::Form`] when the answers do not read.
pub fn open(
    keys: &Keys,
    person: PersonId,
    stored: &StoredRun,
    definition: &Arc<Definition>,
    now: At,
) -> Result<Option<OpenRun>> {
    if stored.expires_at <= now {
        return Ok(None);
    }
    let opened;
    let bytes = if stored.is_sealed {
        opened = keys.open(&place(person, stored.version, stored.rev), &stored.answers)?;
        unpad(&opened).ok_or_else(|| Error::Form("sealed answers of another form".into()))?
    } else {
        &stored.answers
    };
    if bytes.is_empty() {
        return Ok(None);
    }
    let run = Run::decode(definition, bytes).map_err(|e| Error::Form(e.to_string()))?;
    Ok(Some(OpenRun {
        id: stored.id,
        version: stored.version,
        rev: stored.rev,
        expires_at: stored.expires_at,
        definition: definition.clone(),
        run,
    }))
}

/// The bytes of a run, or of one that ended (none). Private ones are sealed and have one size for a questionnaire,
/// whatever was answered.
fn encode(
    keys: &Keys,
    (person, version, rev): (PersonId, VersionId, i64),
    definition: &Definition,
    run: Option<&Run>,
) -> Result<Vec<u8>> {
    let said = run.map(Run::encode).unwrap_or_default();
    if !definition.is_private {
        return Ok(said);
    }
    let length = u16::try_from(said.len()).map_err(|_| Error::Bug("answers of more than 64 KiB".into()))?;
    let mut plain = length.to_le_bytes().to_vec();
    plain.extend(said);
    let size = 5 + LONGEST_ANSWER * definition.items.len();
    plain.resize(size.max(plain.len()), 0);
    keys.seal(&place(person, version, rev), &plain)
}

fn unpad(plain: &[u8]) -> Option<&[u8]> {
    let (length, rest) = plain.split_first_chunk::<2>()?;
    rest.get(..usize::from(u16::from_le_bytes(*length)))
}

/// Writes a changed run under a new revision. False when somebody else changed it first: nothing is written.
///
/// # Errors
/// The database's own.
pub async fn save(tx: &mut Tx, (keys, chance): Hands<'_>, person: PersonId, open: &mut OpenRun) -> Result<bool> {
    let rev = fresh_rev(chance);
    let bytes = encode(keys, (person, open.version, rev), &open.definition, Some(&open.run))?;
    let is_saved = queries::save_run(tx, open.id, (open.rev, rev), bytes).await?;
    if is_saved {
        open.rev = rev;
    }
    Ok(is_saved)
}

/// `2026-11`, in the person's own zone.
pub fn month(now: At, person: &Person) -> String {
    now.day(person.zone).format("%Y-%m").to_string()
}

/// Reads `2026-11`.
pub fn year_and_month(text: &str) -> Option<(i32, u32)> {
    let (year, month) = text.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}

/// The first month in which a questionnaire opened in `opened_month` opens again; nothing if it may any time.
pub fn again_from(definition: &Definition, opened_month: &str) -> Option<(i32, u32)> {
    let months = i32::try_from(definition.reopen_after_months?).ok()?;
    let (year, month) = year_and_month(opened_month)?;
    let again = year * 12 + i32::try_from(month).ok()? - 1 + months;
    Some((again.div_euclid(12), u32::try_from(again.rem_euclid(12)).ok()? + 1))
}

/// The first month in which a questionnaire opens again; nothing if it is open now.
pub fn opens_again(definition: &Definition, ticket: &Ticket, now: At, person: &Person) -> Option<(i32, u32)> {
    let today = now.day(person.zone);
    again_from(definition, &ticket.opened_month).filter(|again| (today.year(), today.month()) < *again)
}

/// Begins a run with its ticket. No run of the same questionnaire may be unfinished.
///
/// # Errors
/// The database's own.
pub async fn begin(
    tx: &mut Tx,
    (keys, chance): Hands<'_>,
    person: &Person,
    (version, definition): (VersionId, &Arc<Definition>),
    now: At,
) -> Result<OpenRun> {
    let (run, rev) = (Run::new(definition), fresh_rev(chance));
    let span = definition.resume_hours.map_or(days(LONGEST_RUN_DAYS), |h| hours(u64::from(h)));
    let expires_at = now.plus(span).whole_hour();
    let new = NewRun {
        version,
        answers: encode(keys, (person.id, version, rev), definition, Some(&run))?,
        is_sealed: definition.is_private,
        rev,
        expires_at,
    };
    let stored = queries::begin_run(tx, person.id, &definition.id, new).await?;
    let ticket = Ticket { id: chance.bytes::<16>().to_vec(), opened_month: month(now, person) };
    queries::tear_ticket(tx, person.id, &definition.id).await?;
    queries::open_ticket(tx, person.id, &definition.id, &ticket).await?;
    if definition.is_private {
        let nothing = held::seal(keys, &ticket.id, None)?;
        queries::hold_until(tx, &ticket.id, nothing, expires_at.plus(hours(HOLD_HOURS))).await?;
    }
    open(keys, person.id, &stored, definition, now)?.ok_or_else(|| Error::Bug("a run ended before it began".into()))
}

/// Ends a run: its answers are overwritten with nothing, what is held with the result, if there is one. False when
/// somebody else changed the run first.
///
/// # Errors
/// The database's own.
pub async fn end(
    tx: &mut Tx,
    (keys, chance): Hands<'_>,
    person: PersonId,
    open: &OpenRun,
    held: Option<&Held>,
) -> Result<bool> {
    let rev = fresh_rev(chance);
    let bytes = encode(keys, (person, open.version, rev), &open.definition, None)?;
    if !queries::save_run(tx, open.id, (open.rev, rev), bytes).await? {
        return Ok(false);
    }
    let Some(ticket) = queries::ticket(tx, person, &open.definition.id).await? else { return Ok(true) };
    let body = held::seal(keys, &ticket.id, held)?;
    match held {
        Some(held) if !open.definition.is_private => queries::hold_until(tx, &ticket.id, body, held.until).await?,
        _ => queries::hold(tx, &ticket.id, body).await?,
    }
    Ok(true)
}

/// Takes away a run that no key opens, with its ticket: the person may begin anew.
///
/// # Errors
/// The database's own.
pub async fn abandon(tx: &mut Tx, run: RunId, person: PersonId, questionnaire: &str) -> Result<()> {
    queries::close(tx, run, person, questionnaire).await?;
    queries::tear_ticket(tx, person, questionnaire).await
}

/// Keeps what was answered, where the questionnaire is not private; of a private one nothing stays.
///
/// # Errors
/// The database's own.
pub async fn keep_answers(tx: &mut Tx, person: PersonId, open: &OpenRun, now: At) -> Result<()> {
    if open.definition.is_private {
        return Ok(());
    }
    let said = open.run.counting(&open.definition);
    let items = open.definition.items.iter().zip(said);
    let answers = items.filter_map(|(item, answer)| Some((item.id.clone(), run::kept(item, answer)?))).collect();
    queries::keep_answers(tx, (person, open.version), answers, now).await
}
