//! Updates waiting for the bot: kept until an offset (or a webhook's 200) confirms them, dropped when too old.
//!
//! A callback lives 150 s, everything else 24 h, by the world's clock. Nothing here looks at the whole queue on a
//! common path: pushing and confirming work at the ends, and old entries are swept only once one is due.

use std::collections::VecDeque;

/// The largest reply of `getUpdates`, in bytes.
const BATCH_BYTES: usize = 4 << 20;
const DAY_MS: i64 = 24 * 3600 * 1000;
const CALLBACK_MS: i64 = 150 * 1000;

/// What the server sends unless it is told otherwise: all but these.
const QUIET: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// One update on its way.
#[derive(Clone, Debug)]
pub(super) struct Update {
    /// `update_id`.
    pub(super) id: i64,
    /// The whole update as JSON.
    pub(super) json: String,
    /// The press it carries.
    pub(super) press: Option<u64>,
    expires: i64,
    /// Handed out at least once.
    sent: bool,
}

/// The queue and its history.
pub(super) struct Queue {
    next_id: i64,
    waiting: VecDeque<Update>,
    /// Confirmed ones that go out once more.
    again: VecDeque<Update>,
    /// Confirmed ones, the newest last, so that they can be redelivered.
    done: VecDeque<Update>,
    keep_done: usize,
    next_expiry: i64,
    allowed: Vec<String>,
    /// The number of the newest poll; an older one must end.
    pub(super) poll: u64,
}

impl Queue {
    /// An empty queue that remembers `keep_done` confirmed updates.
    pub(super) fn new(keep_done: usize) -> Self {
        Self {
            next_id: 700_000_001,
            waiting: VecDeque::new(),
            again: VecDeque::new(),
            done: VecDeque::new(),
            keep_done,
            next_expiry: i64::MAX,
            allowed: Vec::new(),
            poll: 0,
        }
    }

    /// The id of the next update.
    pub(super) fn next_id(&self) -> i64 {
        self.next_id
    }

    /// Updates queued, or delivered but not confirmed.
    pub(super) fn len(&self) -> usize {
        self.waiting.len() + self.again.len()
    }

    /// Remembers which kinds the bot wants; an empty list means the default.
    pub(super) fn allow(&mut self, kinds: Vec<String>) {
        self.allowed = kinds;
    }

    /// The kinds asked for.
    pub(super) fn allowed(&self) -> &[String] {
        &self.allowed
    }

    fn wants(&self, kind: &str) -> bool {
        if self.allowed.is_empty() { !QUIET.contains(&kind) } else { self.allowed.iter().any(|name| name == kind) }
    }

    /// Queues an update `{"update_id":…, "<kind>": <body>}`; `None` when the bot does not want this kind.
    pub(super) fn push(&mut self, kind: &str, body: &str, now: i64, press: Option<u64>) -> Option<i64> {
        let id = self.next_id;
        self.next_id += 1;
        if !self.wants(kind) {
            return None;
        }
        let json = format!("{{\"update_id\":{id},\"{kind}\":{body}}}");
        self.push_whole(id, json, now, press);
        Some(id)
    }

    /// Queues an update of any form; `json` carries the id already.
    pub(super) fn push_raw(&mut self, json: String, now: i64) {
        let id = self.next_id;
        self.next_id += 1;
        self.push_whole(id, json, now, None);
    }

    fn push_whole(&mut self, id: i64, json: String, now: i64, press: Option<u64>) {
        let expires = now + if press.is_some() { CALLBACK_MS } else { DAY_MS };
        self.next_expiry = self.next_expiry.min(expires);
        self.waiting.push_back(Update { id, json, press, expires, sent: false });
    }

    /// Forgets what `offset` confirms: below a positive one, all but the last few for a negative one. With `twice`
    /// what was delivered once goes out a second time.
    pub(super) fn confirm(&mut self, offset: i64, twice: bool) {
        self.again.retain(|update| !(update.sent && (offset == 0 || update.id < offset)));
        let from = match offset {
            0 => return,
            1.. => offset,
            _ => {
                let last = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
                let skip = self.waiting.len().saturating_sub(last);
                self.waiting.get(skip).map_or(self.next_id, |update| update.id)
            }
        };
        while let Some(mut update) = self.waiting.pop_front_if(|update| update.id < from) {
            if twice && update.sent {
                update.sent = false;
                self.again.push_back(update.clone());
            }
            self.remember(update);
        }
    }

    fn remember(&mut self, update: Update) {
        if self.done.len() >= self.keep_done {
            self.done.pop_front();
        }
        self.done.push_back(update);
    }

    /// Queues a confirmed update once more; false if it is not remembered.
    pub(super) fn redeliver(&mut self, id: i64) -> bool {
        let Some(update) = self.done.iter().rev().find(|update| update.id == id) else {
            return false;
        };
        self.again.push_back(Update { sent: false, ..update.clone() });
        true
    }

    /// The next batch as a JSON array, or nothing; the presses it carries go to `delivered`.
    pub(super) fn batch(&mut self, limit: usize, now: i64, delivered: &mut Vec<u64>) -> Option<String> {
        self.sweep(now);
        let mut json = String::from("[");
        let all = self.again.iter_mut().chain(self.waiting.iter_mut());
        for update in all.take(limit) {
            if json.len() + update.json.len() > BATCH_BYTES {
                break;
            }
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&update.json);
            update.sent = true;
            delivered.extend(update.press);
        }
        json.push(']');
        (json.len() > 2).then_some(json)
    }

    /// The oldest update, for a webhook.
    pub(super) fn first(&mut self, now: i64) -> Option<Update> {
        self.sweep(now);
        let update = self.again.front_mut().or(self.waiting.front_mut())?;
        update.sent = true;
        Some(update.clone())
    }

    /// A webhook took this update.
    pub(super) fn taken(&mut self, id: i64, twice: bool) {
        if self.again.pop_front_if(|update| update.id == id).is_none()
            && self.waiting.front().is_some_and(|update| update.id == id)
        {
            self.confirm(id + 1, twice);
        }
    }

    /// Drops everything that waits.
    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.again.clear();
    }

    fn sweep(&mut self, now: i64) {
        if now < self.next_expiry {
            return;
        }
        self.waiting.retain(|update| update.expires > now);
        self.next_expiry = self.waiting.iter().map(|update| update.expires).min().unwrap_or(i64::MAX);
    }
}
