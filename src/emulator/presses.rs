//! The ledger of presses: which button spins, which was answered, and which never will be.
//!
//! Query ids are running numbers, so a press is found without a search; when calls are not recorded only the newest
//! presses are kept.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::types::Press;

/// Added to a press's number to look like a query id of Telegram.
const FIRST_ID: u64 = 4_382_000_000_000_000_000;
/// How many presses are kept when nothing is recorded.
const KEPT: usize = 20_000;

/// A press with what only the server knows.
#[derive(Clone, Debug)]
struct Entry {
    press: Press,
    pressed_at: Instant,
    delivered_at: Option<Instant>,
    /// How many answers are no fault of the bot: one a delivery, one more for each reply that was lost.
    allowance: u32,
    attempts: u32,
}

/// What an answer met.
pub(super) enum Answer {
    /// Taken: the spinner of this chat ends.
    Taken { chat_id: i64 },
    /// Too late, twice, or of no press; with the violation if the bot is to blame.
    Refused(Option<String>),
}

/// All presses, the oldest first.
#[derive(Default)]
pub(super) struct Presses {
    entries: VecDeque<Entry>,
    /// The number of the first entry.
    first: u64,
    everything: bool,
}

impl Presses {
    /// An empty ledger that keeps every press, or only the newest.
    pub(super) fn new(everything: bool) -> Self {
        Self { everything, ..Self::default() }
    }

    /// The number and the query id of the next press.
    pub(super) fn next(&self) -> (u64, String) {
        let number = self.first + self.entries.len() as u64;
        (number, (FIRST_ID + number).to_string())
    }

    /// Writes a press down; a violation if one that falls out of the ledger was never answered.
    pub(super) fn add(&mut self, press: Press, deadline: Duration) -> Option<String> {
        let entry = Entry { press, pressed_at: Instant::now(), delivered_at: None, allowance: 0, attempts: 0 };
        self.entries.push_back(entry);
        if self.everything || self.entries.len() <= KEPT {
            return None;
        }
        self.first += 1;
        self.entries.pop_front().and_then(|oldest| oldest.forgotten(deadline))
    }

    fn find(&mut self, query_id: &str) -> Option<&mut Entry> {
        let number = query_id.parse::<u64>().ok()?.checked_sub(FIRST_ID)?;
        let place = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.entries.get_mut(place)
    }

    /// The update with this press went out.
    pub(super) fn delivered(&mut self, number: u64) {
        let place = number.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) {
            entry.delivered_at.get_or_insert_with(Instant::now);
            entry.allowance += 1;
        }
    }

    /// The reply to an answer was lost, so the bot may try again.
    pub(super) fn excuse(&mut self, query_id: &str) {
        if let Some(entry) = self.find(query_id) {
            entry.allowance += 1;
        }
    }

    /// The bot answers a press.
    pub(super) fn answer(&mut self, query_id: &str, text: &str, deadline: Duration) -> Answer {
        let Some(entry) = self.find(query_id) else {
            return Answer::Refused(None);
        };
        entry.attempts += 1;
        if entry.press.answered.is_some() {
            let twice = entry.attempts > entry.allowance;
            let text = format!("answerCallbackQuery: press {query_id} answered twice");
            return Answer::Refused(twice.then_some(text));
        }
        if entry.pressed_at.elapsed() > deadline {
            return Answer::Refused(None);
        }
        entry.press.answered = Some(text.to_owned());
        Answer::Taken { chat_id: entry.press.chat_id }
    }

    /// Copies of all presses.
    pub(super) fn all(&self) -> Vec<Press> {
        self.entries.iter().map(|entry| entry.press.clone()).collect()
    }

    /// One violation for each press the bot got in time and left spinning.
    pub(super) fn forgotten(&self, deadline: Duration) -> Vec<String> {
        self.entries.iter().filter_map(|entry| entry.forgotten(deadline)).collect()
    }
}

impl Entry {
    fn forgotten(&self, deadline: Duration) -> Option<String> {
        let delivered = self.delivered_at?;
        let in_time = delivered.duration_since(self.pressed_at) <= deadline;
        let over = self.pressed_at.elapsed() > deadline;
        (self.press.answered.is_none() && in_time && over)
            .then(|| format!("press {} of {:?} was never answered", self.press.query_id, self.press.data))
    }
}
