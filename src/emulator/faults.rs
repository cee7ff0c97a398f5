//! Bad weather on demand: a lasting state (`Faults`) and single mishaps for the next calls of one method (`Fault`).

use std::collections::{HashMap, VecDeque};

/// The lasting state of the weather. `Default` is fair.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// Every connection is closed without a reply; nothing is done.
    pub down: bool,
    /// Every call waits so long before it is handled.
    pub delay_ms: u64,
    /// Every sending, editing or deleting call is refused with 429 and this `retry_after` in seconds.
    pub too_many: Option<u64>,
    /// Every call is answered by 502 with an HTML page.
    pub bad_gateway: bool,
    /// Every batch of `getUpdates` is delivered once more after it was confirmed.
    pub duplicates: bool,
    /// Every call but `getUpdates` is done and then its connection closed without a reply.
    pub lose_replies: bool,
}

/// One mishap of one call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Refused with this code and description.
    Status(u16, String),
    /// Refused with 429 and this `retry_after` in seconds.
    RetryAfter(u64),
    /// The connection is closed before anything is done.
    Close,
    /// The work is done, then the connection closed.
    LoseReply,
    /// Nothing is done; the reply is an HTML page with status 200.
    NotJson,
    /// The call is handled this many milliseconds later.
    Delay(u64),
}

/// The mishaps waiting for their calls, by method in lower case.
#[derive(Default)]
pub(super) struct Script {
    waiting: HashMap<String, VecDeque<Fault>>,
}

impl Script {
    /// Plans `fault` for the next `times` calls of `method`.
    pub(super) fn plan(&mut self, method: &str, fault: &Fault, times: u32) {
        let queue = self.waiting.entry(method.to_ascii_lowercase()).or_default();
        queue.extend((0..times).map(|_| fault.clone()));
    }

    /// The mishap of this call, if one is planned.
    pub(super) fn next(&mut self, method: &str) -> Option<Fault> {
        if self.waiting.is_empty() {
            return None;
        }
        let key = method.to_ascii_lowercase();
        let queue = self.waiting.get_mut(&key)?;
        let fault = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&key);
        }
        fault
    }
}
