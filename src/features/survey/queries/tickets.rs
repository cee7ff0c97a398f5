//! Tickets, and the two sealed things that stand beside them: what is held for a day, and what a person keeps.

use crate::kernel::ids::PersonId;
use crate::kernel::time::At;
use crate::store::{Result, Tx};
use crate::{exec, fetch_all, fetch_one, fetch_optional};

/// A person's ticket for a questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// 128 random bits.
    pub id: Vec<u8>,
    /// `2026-11`.
    pub opened_month: String,
}

/// The ticket, if they ever opened the questionnaire.
///
/// # Errors
/// The database's own.
pub async fn ticket(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<Option<Ticket>> {
    let row = fetch_optional!(
        tx,
        (Vec<u8>, String),
        "SELECT id, opened_month FROM tickets WHERE person_id = $1 AND questionnaire = $2",
        person,
        questionnaire
    )?;
    Ok(row.map(|(id, opened_month)| Ticket { id, opened_month }))
}

/// Tears up a ticket and what is held beside it.
///
/// # Errors
/// The database's own.
pub async fn tear_ticket(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<()> {
    exec!(
        tx,
        "DELETE FROM held_results WHERE ticket_id IN (SELECT id FROM tickets WHERE person_id = $1 AND questionnaire = $2)",
        person,
        questionnaire
    )?;
    exec!(tx, "DELETE FROM tickets WHERE person_id = $1 AND questionnaire = $2", person, questionnaire)?;
    Ok(())
}

/// Opens a ticket, with a sealed value of the one size beside it that is there until `erase_at`, whatever happens.
///
/// # Errors
/// The database's own.
pub async fn open_ticket(
    tx: &mut Tx,
    (person, questionnaire): (PersonId, &str),
    ticket: &Ticket,
    held: Vec<u8>,
    erase_at: At,
) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO tickets (id, person_id, questionnaire, opened_month, state) VALUES ($1, $2, $3, $4, 'open')",
        ticket.id.clone(),
        person,
        questionnaire,
        ticket.opened_month.as_str()
    )?;
    exec!(
        tx,
        "INSERT INTO held_results (ticket_id, body, erase_at) VALUES ($1, $2, $3)",
        ticket.id.clone(),
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
pub async fn hold(tx: &mut Tx, id: &[u8], body: Vec<u8>) -> Result<()> {
    exec!(tx, "UPDATE held_results SET body = $1 WHERE ticket_id = $2", body, id.to_vec())?;
    Ok(())
}

/// The next held values in the order of their keys, which is no order at all.
///
/// # Errors
/// The database's own.
pub async fn held_after(tx: &mut Tx, key: &[u8], most: i64) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    fetch_all!(
        tx,
        (Vec<u8>, Vec<u8>),
        "SELECT ticket_id, body FROM held_results WHERE ticket_id > $1 ORDER BY ticket_id LIMIT $2",
        key.to_vec(),
        most
    )
}

/// Overwrites a held value unless somebody did so meanwhile.
///
/// # Errors
/// The database's own.
pub async fn hold_again(tx: &mut Tx, id: Vec<u8>, old: Vec<u8>, new: Vec<u8>) -> Result<()> {
    exec!(tx, "UPDATE held_results SET body = $1 WHERE ticket_id = $2 AND body = $3", new, id, old)?;
    Ok(())
}

/// Erases held values whose time is over.
///
/// # Errors
/// The database's own.
pub async fn erase_held(tx: &mut Tx, now: At) -> Result<u64> {
    exec!(tx, "DELETE FROM held_results WHERE erase_at <= $1", now)
}

/// A person's own scores, kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// 128 random bits.
    pub id: Vec<u8>,
    /// The version they were made with.
    pub version: i64,
    /// Sealed.
    pub body: Vec<u8>,
    /// `2026-11`.
    pub month: String,
}

/// Keeps a person's own scores.
///
/// # Errors
/// The database's own.
pub async fn keep(tx: &mut Tx, person: PersonId, questionnaire: &str, kept: Kept) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO kept_results (id, person_id, questionnaire, version, body, kept_month) VALUES ($1, $2, $3, $4, $5, $6)",
        kept.id,
        person,
        questionnaire,
        kept.version,
        kept.body,
        kept.month
    )?;
    Ok(())
}

/// The results of a questionnaire that a person keeps, the newest first.
///
/// # Errors
/// The database's own.
pub async fn kept(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<Vec<Kept>> {
    let rows = fetch_all!(
        tx,
        (Vec<u8>, i64, Vec<u8>, String),
        "SELECT id, version, body, kept_month FROM kept_results WHERE person_id = $1 AND questionnaire = $2 \
         ORDER BY kept_month DESC, id",
        person,
        questionnaire
    )?;
    Ok(rows.into_iter().map(|(id, version, body, month)| Kept { id, version, body, month }).collect())
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

/// Forgets all kept results of a questionnaire; whether none of any questionnaire is left.
///
/// # Errors
/// The database's own.
pub async fn forget(tx: &mut Tx, person: PersonId, questionnaire: &str) -> Result<bool> {
    exec!(tx, "DELETE FROM kept_results WHERE person_id = $1 AND questionnaire = $2", person, questionnaire)?;
    let (left,) = fetch_one!(tx, (i64,), "SELECT count(*) FROM kept_results WHERE person_id = $1", person)?;
    Ok(left == 0)
}
