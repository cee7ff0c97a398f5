//! What happens to a result: it is looked at again, hidden, kept, forgotten, sealed anew.

use super::{Hands, Held, month};
use crate::features::survey::held;
use crate::features::survey::model::Definition;
use crate::features::survey::queries::{self, Kept, Ticket};
use crate::kernel::ids::PersonId;
use crate::kernel::time::{At, hours};
use crate::store::people::Person;
use crate::store::seal::Keys;
use crate::store::{Result, Tx};

/// What is held for a person and questionnaire, with its ticket.
///
/// # Errors
/// The database's own.
pub async fn held(
    tx: &mut Tx,
    keys: &Keys,
    person: PersonId,
    questionnaire: &str,
    now: At,
) -> Result<Option<(Ticket, Held)>> {
    let Some(ticket) = queries::ticket(tx, person, questionnaire).await? else { return Ok(None) };
    let sealed = queries::held(tx, &ticket.id).await?;
    Ok(sealed.and_then(|body| held::open(keys, &ticket.id, &body, now)).map(|held| (ticket, held)))
}

/// Erases what is held and leaves the same size of nothing.
///
/// # Errors
/// The database's own.
pub async fn hide(tx: &mut Tx, keys: &Keys, person: PersonId, questionnaire: &str) -> Result<()> {
    if let Some(ticket) = queries::ticket(tx, person, questionnaire).await? {
        queries::hold(tx, &ticket.id, held::seal(keys, &ticket.id, None)?).await?;
    }
    Ok(())
}

/// Keeps what is held for the person's own eyes; false when it is gone already. Keeping twice is keeping once.
///
/// # Errors
/// The database's own.
pub async fn keep(
    tx: &mut Tx,
    (keys, chance): Hands<'_>,
    person: &Person,
    definition: &Definition,
    now: At,
) -> Result<bool> {
    let Some((ticket, mut held)) = held(tx, keys, person.id, &definition.id, now).await? else { return Ok(false) };
    if held.is_kept {
        return Ok(true);
    }
    let id = chance.bytes::<16>().to_vec();
    let body = held::seal_kept(keys, &id, &held.points)?;
    let kept = Kept { id, version: i64::from(definition.version), body, month: month(now, person) };
    queries::keep(tx, person.id, &definition.id, kept).await?;
    held.is_kept = true;
    queries::hold(tx, &ticket.id, held::seal(keys, &ticket.id, Some(&held))?).await?;
    Ok(true)
}

/// Seals the next held values anew, results whose day ends within the hour as nothing; the last key, or nothing when
/// none is left.
///
/// # Errors
/// The database's own.
pub async fn reseal(tx: &mut Tx, keys: &Keys, from: &[u8], most: i64, now: At) -> Result<Option<Vec<u8>>> {
    let rows = queries::held_after(tx, from, most).await?;
    let last = rows.last().map(|(id, _)| id.clone());
    for (id, old) in rows {
        let held = held::open(keys, &id, &old, now.plus(hours(1)));
        let new = held::seal(keys, &id, held.as_ref())?;
        queries::hold_again(tx, id, old, new).await?;
    }
    Ok(last)
}

/// Kept scores, opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The version they were made with.
    pub version: i64,
    /// `2026-11`.
    pub month: String,
    /// Points of each scale and then of each phase; nothing if no key opens them.
    pub points: Option<Vec<Option<i32>>>,
}

/// Opens kept scores.
pub fn opened(keys: &Keys, kept: Vec<Kept>) -> Vec<Saved> {
    let open = |k: Kept| Saved { version: k.version, points: held::open_kept(keys, &k.id, &k.body), month: k.month };
    kept.into_iter().map(open).collect()
}
