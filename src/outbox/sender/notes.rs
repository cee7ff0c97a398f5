//! Noting what was shown and answered, so that a restart does not show it again.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::super::screens::{self, Done};
use super::{Note, Sender};
use crate::kernel::ids::{AccountId, Address};
use crate::store::Result;

/// How long a note may wait for others. Notes are no news: what is not noted is shown again after a restart, to no
/// effect. So they share a commit instead of taking a place before people's taps.
const NOTES_WAIT: Duration = Duration::from_millis(100);

/// Collects what was done and notes it in the database, many chats in one statement.
pub(super) async fn take_notes(sender: Sender, mut notes: mpsc::UnboundedReceiver<Note>) {
    while let Some(first) = notes.recv().await {
        let mut rounds = vec![HashMap::new()];
        let mut count = 0;
        let mut next = Some(first);
        let end = Instant::now() + NOTES_WAIT;
        let mut addresses = HashMap::new();
        while let Some((account, address, done)) = next.take() {
            addresses.insert(account, address);
            put(&mut rounds, account, done);
            count += 1;
            next = match notes.try_recv() {
                Ok(note) => Some(note),
                Err(_) => sender.next_note(&mut notes, end, count).await,
            };
        }
        if let Err(e) = sender.write_down(rounds, &addresses).await {
            tracing::error!("what was shown could not be noted; a restart shows it again: {e}");
        }
        sender.end(count);
    }
}

/// Puts a note into the first round that has room for it: a round has one note of each kind a chat.
fn put(rounds: &mut Vec<HashMap<AccountId, Done>>, account: AccountId, done: Done) {
    let mut note = Some((account, done));
    for round in rounds.iter_mut() {
        let Some((account, done)) = note.take() else { return };
        let has_room = round.len() < screens::DONE_AT_ONCE || round.contains_key(&account);
        note = if has_room { merge(round, account, done) } else { Some((account, done)) };
    }
    if let Some((account, done)) = note {
        rounds.push(HashMap::from([(account, done)]));
    }
}

/// Puts a note to the others; gives it back if the chat already has an answered press in this round.
fn merge(all: &mut HashMap<AccountId, Done>, account: AccountId, done: Done) -> Option<(AccountId, Done)> {
    let known = all.entry(account).or_default();
    if known.callback_id.is_some() && done.callback_id.is_some() {
        return Some((account, done));
    }
    if done.rev >= known.rev && done.rev > 0 {
        known.rev = done.rev;
        known.message_id = done.message_id.or(known.message_id);
    }
    known.callback_id = known.callback_id.take().or(done.callback_id);
    None
}

impl Sender {
    /// SQLite takes all notes at once. PostgreSQL takes those of a chat in the lane of its turns: rows locked here in
    /// another order than there would have two transactions wait for each other for a second.
    async fn write_down(
        &self,
        rounds: Vec<HashMap<AccountId, Done>>,
        addresses: &HashMap<AccountId, Address>,
    ) -> Result<()> {
        let store = &self.0.store;
        if store.has_one_writer() {
            return store
                .transact(move |tx| {
                    let rounds = rounds.clone();
                    Box::pin(async move {
                        for round in &rounds {
                            screens::done(tx, round).await?;
                        }
                        Ok(())
                    })
                })
                .await;
        }
        let one = |(account, done): (AccountId, Done)| {
            let key = addresses.get(&account).map_or(0, |a| a.0);
            store.transact_for(key, move |tx| {
                let done = done.clone();
                Box::pin(async move { screens::done_in_chat(tx, account, &done).await })
            })
        };
        futures_util::future::try_join_all(rounds.into_iter().flatten().map(one)).await.map(drop)
    }

    /// The next note of a round, until the round is over: its time is up, or somebody waits for calm and there is
    /// nothing under way but `count` notes.
    async fn next_note(&self, notes: &mut mpsc::UnboundedReceiver<Note>, end: Instant, count: usize) -> Option<Note> {
        loop {
            let is_last = self.0.outstanding.load(Ordering::Acquire) == count;
            if is_last && self.0.impatient.load(Ordering::Acquire) > 0 {
                return notes.try_recv().ok();
            }
            tokio::select! {
                note = notes.recv() => return note,
                () = self.0.hurry.notified() => {}
                () = tokio::time::sleep_until(end) => return None,
            }
        }
    }
}
