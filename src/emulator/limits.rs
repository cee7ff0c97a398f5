//! Telegram's rates as token buckets, and the sizes it takes.
//!
//! Rates run on real time (`tokio::time`): a bot that is too fast is too fast by the wall clock, whatever the
//! world's clock says. The numbers are those of Telegram's FAQ for bots; they are settings, since a benchmark
//! wants none.

use std::time::Duration;

use tokio::time::Instant;

/// What the server takes before it refuses. `Default` is Telegram's.
#[derive(Clone, Debug)]
pub struct Limits {
    /// New messages a second over all chats, which is also the largest burst.
    pub messages_per_second: u32,
    /// New messages a second to one chat.
    pub chat_per_second: u32,
    /// How many new messages one chat takes at once.
    pub chat_burst: u32,
    /// New messages a minute to one group.
    pub group_per_minute: u32,
    /// How long after a press it can be answered (real time).
    pub callback_deadline: Duration,
    /// The largest upload, in bytes.
    pub upload_bytes: usize,
    /// The largest photo, in bytes.
    pub photo_bytes: usize,
    /// The largest file a bot can download, in bytes.
    pub download_bytes: usize,
    /// The first pause before a refused webhook delivery is tried again; it doubles up to a minute.
    pub webhook_retry: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            messages_per_second: 30,
            chat_per_second: 1,
            chat_burst: 3,
            group_per_minute: 20,
            callback_deadline: Duration::from_secs(15),
            upload_bytes: 50 << 20,
            photo_bytes: 10 << 20,
            download_bytes: 20 << 20,
            webhook_retry: Duration::from_millis(200),
        }
    }
}

impl Limits {
    /// No rates at all: for a benchmark, where the bot should be the slow part.
    pub fn without_rates() -> Self {
        Self {
            messages_per_second: u32::MAX,
            chat_per_second: u32::MAX,
            chat_burst: u32::MAX,
            group_per_minute: u32::MAX,
            ..Self::default()
        }
    }
}

/// A bucket that fills at a steady rate up to its capacity; a message takes one token.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    tokens: f64,
    filled_at: Instant,
    per_second: f64,
    capacity: f64,
}

impl Bucket {
    /// A full bucket.
    pub(super) fn new(per_second: f64, capacity: f64) -> Self {
        Self { tokens: capacity, filled_at: Instant::now(), per_second, capacity }
    }

    /// Whole seconds until a token is there; 0 when there is one.
    pub(super) fn wait(&mut self, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.filled_at).as_secs_f64();
        self.tokens = (self.tokens + passed * self.per_second).min(self.capacity);
        self.filled_at = now;
        if self.tokens >= 1.0 {
            return 0;
        }
        // At most a few hundred seconds, so the cast keeps the value.
        ((1.0 - self.tokens) / self.per_second).ceil().max(1.0) as u64
    }

    /// Takes one token; call it after `wait` answered 0.
    pub(super) fn take(&mut self) {
        self.tokens -= 1.0;
    }
}
