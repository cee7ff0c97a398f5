//! New messages that wait to be sent: rows of `outbox`, claimed for a minute at a time.
//!
//! Sending is at-least-once: a crash after the messenger took a message and before we noted it repeats that message.

use super::message::Rendered;
use super::pace::Lane;
use crate::kernel::ids::{AccountId, Address, OutgoingId};
use crate::kernel::time::{At, minutes};
use crate::store::seal::Keys;
use crate::store::{Error, Result, Tx};
use crate::{exec, fetch_all, fetch_one};

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Whose chat; none for a group.
    pub account: Option<AccountId>,
    /// Where.
    pub address: Address,
    /// How urgent.
    pub lane: Lane,
    /// What.
    pub body: Rendered,
    /// Not before.
    pub due_at: At,
}

/// Puts a message into the queue.
///
/// # Errors
/// The database's own.
pub async fn enqueue(tx: &mut Tx, message: &Outgoing) -> Result<OutgoingId> {
    let body = serde_json::to_vec(&message.body).map_err(|e| Error::Form(e.to_string()))?;
    let (id,): (OutgoingId,) = fetch_one!(
        tx,
        (OutgoingId,),
        "INSERT INTO outbox (account_id, address, lane, body, is_sealed, due_at, attempts, state) \
         VALUES ($1, $2, $3, $4, $5, $6, 0, 'waiting') RETURNING id",
        message.account,
        message.address,
        message.lane.code(),
        body,
        false,
        message.due_at
    )?;
    Ok(id)
}

/// A claimed message.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its row.
    pub id: OutgoingId,
    /// Whose chat; none for a group.
    pub account: Option<AccountId>,
    /// Where.
    pub address: Address,
    /// How urgent.
    pub lane: Lane,
    /// How often it was tried before.
    pub attempts: i64,
    /// What; nothing if it cannot be read.
    pub body: Option<Rendered>,
}

type Row = (OutgoingId, Option<AccountId>, Address, String, i64, Option<Vec<u8>>, bool);

/// Claims up to `most` due messages, the most urgent and oldest first; unless noted as ended they come back in a minute.
///
/// # Errors
/// The database's own.
pub async fn claim(tx: &mut Tx, keys: &Keys, now: At, most: i64) -> Result<Vec<Claimed>> {
    let again = now.plus(minutes(1));
    // A claim is one of the two places where the engines differ: PostgreSQL passes over rows another replica holds.
    let rows: Vec<Row> = if tx.is_postgres() {
        fetch_all!(
            tx,
            Row,
            "UPDATE outbox SET due_at = $1, attempts = attempts + 1 WHERE id IN (SELECT id FROM outbox \
             WHERE state = 'waiting' AND due_at <= $2 \
             ORDER BY CASE lane WHEN 'reply' THEN 0 WHEN 'notice' THEN 1 ELSE 2 END, id LIMIT $3 FOR UPDATE SKIP LOCKED) \
             RETURNING id, account_id, address, lane, attempts, body, is_sealed",
            again,
            now,
            most
        )?
    } else {
        fetch_all!(
            tx,
            Row,
            "UPDATE outbox SET due_at = $1, attempts = attempts + 1 WHERE id IN (SELECT id FROM outbox \
             WHERE state = 'waiting' AND due_at <= $2 \
             ORDER BY CASE lane WHEN 'reply' THEN 0 WHEN 'notice' THEN 1 ELSE 2 END, id LIMIT $3) \
             RETURNING id, account_id, address, lane, attempts, body, is_sealed",
            again,
            now,
            most
        )?
    };
    let mut claimed: Vec<Claimed> = rows.into_iter().map(|row| read(row, keys)).collect();
    claimed.sort_by_key(|c| (c.lane, c.id));
    Ok(claimed)
}

fn read((id, account, address, lane, attempts, body, is_sealed): Row, keys: &Keys) -> Claimed {
    let plain = body.and_then(|b| if is_sealed { keys.open(&format!("outbox:{id}"), &b).ok() } else { Some(b) });
    let body = plain.and_then(|b| serde_json::from_slice(&b).ok());
    Claimed { id, account, address, lane: Lane::from_code(&lane), attempts: attempts - 1, body }
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The messenger took it.
    Sent,
    /// It refuses this message for good.
    Refused,
    /// The person cannot be reached.
    Unreachable,
}

/// Notes how a message ended and erases its body.
///
/// # Errors
/// The database's own.
pub async fn ended(tx: &mut Tx, id: OutgoingId, how: Ended, now: At) -> Result<()> {
    let state = match how {
        Ended::Sent => "sent",
        Ended::Refused => "refused",
        Ended::Unreachable => "unreachable",
    };
    exec!(tx, "UPDATE outbox SET state = $1, ended_at = $2, body = NULL WHERE id = $3", state, now, id)?;
    Ok(())
}

/// Tries a message again at `due_at`.
///
/// # Errors
/// The database's own.
pub async fn postpone(tx: &mut Tx, id: OutgoingId, due_at: At) -> Result<()> {
    exec!(tx, "UPDATE outbox SET due_at = $1 WHERE id = $2 AND state = 'waiting'", due_at, id)?;
    Ok(())
}

/// When the next waiting message is due.
///
/// # Errors
/// The database's own.
pub async fn next_due(tx: &mut Tx) -> Result<Option<At>> {
    let (at,): (Option<At>,) = fetch_one!(tx, (Option<At>,), "SELECT MIN(due_at) FROM outbox WHERE state = 'waiting'")?;
    Ok(at)
}
