//! The one live message of each chat, as a row: the newest wish wins, `shown_rev` follows.
//!
//! A body waits here only until it is shown, sealed, so that a restart can show it again.

use std::collections::HashMap;
use std::sync::LazyLock;

use sqlx::AssertSqlSafe;

use super::message::Rendered;
use crate::kernel::chance::Chance;
use crate::kernel::ids::{AccountId, Address};
use crate::kernel::language::Language;
use crate::kernel::time::At;
use crate::store::seal::Keys;
use crate::store::tx::Conn;
use crate::store::{Error, Result, Tx};
use crate::{exec, fetch_all};

/// A message that was the live one: it loses its buttons, and its words too if they were somebody's secret, so that
/// there is never more than one private message in a chat and hiding it hides everything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Previous {
    /// Its number.
    pub message_id: i64,
    /// Whether its words go too.
    pub is_private: bool,
}

/// What a turn wants a chat to show.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Whose chat.
    pub account: AccountId,
    /// Where it is.
    pub address: Address,
    /// The language it is said in.
    pub language: Language,
    /// The message to edit; none: send a new one.
    pub message_id: Option<i64>,
    /// The message that stops being the live one.
    pub previous: Option<Previous>,
    /// Rises with each wish.
    pub rev: i64,
    /// What to show.
    pub body: Rendered,
    /// Whether the body is somebody's secret.
    pub is_private: bool,
    /// The press this answers, whose spinner turns until it is answered.
    pub callback_id: Option<String>,
}

fn place(account: AccountId, rev: i64) -> String {
    format!("screen:{account}:{rev}")
}

/// Every body waits sealed, not only the private ones: home, too, says whether a questionnaire waits to be finished.
/// The column `is_sealed` therefore says of a screen that it is private.
fn store_body(keys: &Keys, account: AccountId, rev: i64, body: &Rendered) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(body).map_err(|e| Error::Form(e.to_string()))?;
    keys.seal(&place(account, rev), &plain)
}

fn ticket(callback_id: &str) -> String {
    format!(";{callback_id};")
}

/// The number of a chat's next wish. It rises, and it counts nothing: each hour begins at a number of its own, drawn by
/// chance, so that a row does not tell how many screens somebody saw (that somebody finished a questionnaire, say).
pub fn next_rev(last: i64, now: At, chance: &Chance) -> i64 {
    const BITS: u32 = 20;
    let hour = (now.whole_hour().0 / 3_600_000).max(0) << BITS;
    let drawn = i64::try_from(chance.below(1 << (BITS - 1))).unwrap_or(0);
    if last < hour { hour + drawn } else { last + 1 }
}

/// Writes a wish over whatever the chat's row held.
///
/// # Errors
/// The database's own.
pub async fn wish(tx: &mut Tx, keys: &Keys, wish: &Wish, now: At) -> Result<()> {
    exec!(
        tx,
        "INSERT INTO screens (account_id, message_id, wanted_rev, shown_rev, body, is_sealed, callback_ids, written_at, \
           previous_id, previous_is_private) \
         VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (account_id) DO UPDATE SET message_id = excluded.message_id, wanted_rev = excluded.wanted_rev, \
         body = excluded.body, is_sealed = excluded.is_sealed, written_at = excluded.written_at, \
         previous_id = excluded.previous_id, previous_is_private = excluded.previous_is_private, \
         callback_ids = CASE WHEN screens.callback_ids IS NULL THEN excluded.callback_ids \
           WHEN excluded.callback_ids IS NULL THEN screens.callback_ids \
           ELSE screens.callback_ids || excluded.callback_ids END",
        wish.account,
        wish.message_id,
        wish.rev,
        store_body(keys, wish.account, wish.rev, &wish.body)?,
        wish.is_private,
        wish.callback_id.as_deref().map(ticket),
        now.whole_hour(),
        wish.previous.map(|p| p.message_id),
        wish.previous.is_some_and(|p| p.is_private)
    )?;
    Ok(())
}

/// What the sender did for a chat since the last time it told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// The wish that is shown now; 0: none.
    pub rev: i64,
    /// The number of a newly sent message.
    pub message_id: Option<i64>,
    /// A press whose spinner was stopped.
    pub callback_id: Option<String>,
}

/// How many chats one statement tells about.
pub const DONE_AT_ONCE: usize = 32;

static DONE: LazyLock<String> = LazyLock::new(|| {
    let rows: Vec<String> = (0..DONE_AT_ONCE)
        .map(|i| {
            let n = i * 4;
            format!(
                "(CAST(${} AS BIGINT), CAST(${} AS BIGINT), CAST(${} AS BIGINT), CAST(${} AS TEXT))",
                n + 1,
                n + 2,
                n + 3,
                n + 4
            )
        })
        .collect();
    format!(
        "WITH v (account, rev, message, pressed) AS (VALUES {}) UPDATE screens SET \
         shown_rev = CASE WHEN v.rev > screens.shown_rev THEN v.rev ELSE screens.shown_rev END, \
         body = CASE WHEN v.rev = screens.wanted_rev THEN NULL ELSE screens.body END, \
         message_id = CASE WHEN v.rev = screens.wanted_rev AND v.message > 0 THEN v.message ELSE screens.message_id END, \
         callback_ids = NULLIF(REPLACE(screens.callback_ids, v.pressed, ''), '') \
         FROM v WHERE screens.account_id = v.account",
        rows.join(", ")
    )
});

/// Notes what was shown and answered in one chat.
///
/// # Errors
/// The database's own.
pub async fn done_in_chat(tx: &mut Tx, account: AccountId, d: &Done) -> Result<()> {
    exec!(
        tx,
        "UPDATE screens SET shown_rev = CASE WHEN $2 > shown_rev THEN $2 ELSE shown_rev END, \
         body = CASE WHEN $2 = wanted_rev THEN NULL ELSE body END, \
         message_id = CASE WHEN $2 = wanted_rev AND $3 > 0 THEN $3 ELSE message_id END, \
         callback_ids = NULLIF(REPLACE(callback_ids, $4, ''), '') WHERE account_id = $1",
        account,
        d.rev,
        d.message_id.unwrap_or(0),
        d.callback_id.as_deref().map_or_else(|| "-".to_owned(), ticket)
    )?;
    Ok(())
}

/// Notes what was shown and answered, up to [`DONE_AT_ONCE`] chats in one statement.
///
/// # Errors
/// The database's own.
pub async fn done(tx: &mut Tx, all: &HashMap<AccountId, Done>) -> Result<()> {
    let mut values: Vec<[String; 4]> = all
        .iter()
        .take(DONE_AT_ONCE)
        .map(|(account, d)| {
            [
                account.to_string(),
                d.rev.to_string(),
                d.message_id.unwrap_or(0).to_string(),
                d.callback_id.as_deref().map_or_else(|| "-".to_owned(), ticket),
            ]
        })
        .collect();
    values.resize_with(DONE_AT_ONCE, || ["-1".into(), "0".into(), "0".into(), "-".into()]);
    tx.statements += 1;
    // Only numbers of placeholders are put into the text: it is the same text for ever.
    let sql = AssertSqlSafe(DONE.as_str());
    match &mut tx.conn {
        Conn::Lite(c) => {
            values.iter().flatten().fold(sqlx::query(sql), |q, v| q.bind(v.as_str())).execute(&mut **c).await.map(drop)
        }
        Conn::Pg(c) => {
            values.iter().flatten().fold(sqlx::query(sql), |q, v| q.bind(v.as_str())).execute(&mut **c).await.map(drop)
        }
    }?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: AccountId,
    external_id: Address,
    language: String,
    message_id: Option<i64>,
    wanted_rev: i64,
    shown_rev: i64,
    body: Option<Vec<u8>>,
    is_sealed: bool,
    callback_ids: Option<String>,
    previous_id: Option<i64>,
    previous_is_private: bool,
}

/// What was wanted but not shown, and presses not answered, when the process ended.
#[derive(Debug)]
pub struct Left {
    /// To be shown again.
    pub wishes: Vec<Wish>,
    /// To be answered: account and press.
    pub presses: Vec<(AccountId, Address, String)>,
}

/// Finds what a restart must make good.
///
/// # Errors
/// The database's own. A body that no key opens is left out: the person's next press shows a fresh screen.
pub async fn left(tx: &mut Tx, keys: &Keys) -> Result<Left> {
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "SELECT s.account_id, a.external_id, a.language, s.message_id, s.wanted_rev, s.shown_rev, s.body, s.is_sealed, s.callback_ids, \
         s.previous_id, s.previous_is_private \
         FROM screens s JOIN accounts a ON a.id = s.account_id \
         WHERE s.shown_rev < s.wanted_rev OR s.callback_ids IS NOT NULL"
    )?;
    let mut left = Left { wishes: Vec::new(), presses: Vec::new() };
    for row in rows {
        let (account, address) = (row.account_id, row.external_id);
        let pressed = row.callback_ids.as_deref().unwrap_or_default();
        left.presses.extend(pressed.split(';').filter(|c| !c.is_empty()).map(|c| (account, address, c.to_owned())));
        left.wishes.extend(row.wish(keys));
    }
    Ok(left)
}

/// Erases private bodies that could not be shown for a day (PRIVACY, section 3).
///
/// # Errors
/// The database's own.
pub async fn forget_private(tx: &mut Tx, before: At) -> Result<u64> {
    exec!(
        tx,
        "UPDATE screens SET body = NULL, shown_rev = wanted_rev WHERE is_sealed AND body IS NOT NULL AND written_at < $1",
        before
    )
}

impl Row {
    fn wish(self, keys: &Keys) -> Option<Wish> {
        let (account, rev) = (self.account_id, self.wanted_rev);
        let body = self.body.filter(|_| self.shown_rev < rev)?;
        let plain = keys.open(&place(account, rev), &body).ok()?;
        let is_private = self.previous_is_private;
        Some(Wish {
            account,
            address: self.external_id,
            language: Language::from_code(&self.language).unwrap_or(Language::Ru),
            message_id: self.message_id,
            previous: self.previous_id.map(|message_id| Previous { message_id, is_private }),
            rev,
            body: serde_json::from_slice(&plain).ok()?,
            is_private: self.is_sealed,
            callback_id: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_wishes_rise_and_count_nothing() {
        let chance = Chance::seeded(1);
        let noon = At(1_758_531_600_000);
        let (a, b) = (next_rev(0, noon, &chance), next_rev(0, noon, &chance));
        assert_ne!(a, b);
        assert_eq!(next_rev(a, noon, &chance), a + 1);
        let later = next_rev(a + 500_000, noon.plus(crate::kernel::time::hours(1)), &chance);
        assert!(later > a + 500_001, "{later}");
    }
}
