//! Takes updates in by long polling and confirms a batch only when each of its updates is on disk.
//!
//! No offset is stored: a start polls from nothing, and what was handled before is known by its number. A watchdog
//! stops the spinner of a press that waits for its turn longer than two seconds.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::IgnoredAny;
use teloxide::RequestError;
use teloxide::requests::Payload;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use super::client::Telegram;
use super::wire::Update;
use crate::bot::engine::{Answered, Engine, Handled};
use crate::bot::incoming::{Incoming, What};
use crate::outbox::message::Messenger;

/// Telegram holds a poll open this long when there is nothing; shorter than the client's patience.
const HOLD_SECONDS: u32 = 10;
/// A press that waits longer gets an empty answer.
const SPINNER_PATIENCE: Duration = Duration::from_secs(2);

#[derive(Serialize, Clone)]
struct GetUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: u8,
    timeout: u32,
    allowed_updates: [&'static str; 3],
}

impl Payload for GetUpdates {
    type Output = Vec<Update>;
    const NAME: &'static str = "GetUpdates";
}

#[derive(Serialize)]
struct DeleteWebhook {}

impl Payload for DeleteWebhook {
    type Output = IgnoredAny;
    const NAME: &'static str = "DeleteWebhook";
}

/// Presses on their way, oldest first.
type Waiting = Arc<Mutex<VecDeque<(Instant, String, Answered)>>>;

/// The intake: one task polls, one watches the spinners.
pub struct Intake {
    telegram: Telegram,
    engine: Engine,
    bot_name: String,
    waiting: Waiting,
    /// Updates taken in and not yet on disk, for those who wait for calm.
    under_way: watch::Sender<usize>,
}

#[expect(clippy::disallowed_methods, reason = "backing off from a server in trouble is real time by its nature")]
async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}

impl Intake {
    /// Joins the parts; nothing is asked yet.
    pub fn new(telegram: Telegram, engine: Engine, bot_name: String) -> Intake {
        Intake { telegram, engine, bot_name, waiting: Waiting::default(), under_way: watch::Sender::new(0) }
    }

    /// How many updates are taken in and not yet on disk.
    pub fn under_way(&self) -> watch::Receiver<usize> {
        self.under_way.subscribe()
    }

    /// Polls until told to stop; then the last batch is finished and confirmed.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let watchdog = tokio::spawn(watch_spinners(self.telegram.clone(), self.waiting.clone()));
        let mut offset = None;
        let mut trouble = Trouble::default();
        while !*stop.borrow() {
            let poll = self.poll(offset, HOLD_SECONDS);
            let updates = tokio::select! {
                updates = poll => updates,
                _ = stop.changed() => break,
            };
            match updates {
                Ok(updates) => {
                    trouble.is_over();
                    if let Some(next) = self.take_in(updates).await {
                        offset = Some(next);
                    }
                }
                Err(e) => {
                    let wait = trouble.back_off(&e);
                    if is_webhook_set(&e) {
                        let _ = self.telegram.call(DeleteWebhook {}).await;
                    }
                    tokio::select! {
                        () = pause(wait) => {}
                        _ = stop.changed() => break,
                    }
                }
            }
        }
        if offset.is_some() {
            let _ = tokio::time::timeout(Duration::from_secs(3), self.confirm(offset)).await;
        }
        watchdog.abort();
    }

    async fn poll(&self, offset: Option<i64>, timeout: u32) -> Result<Vec<Update>, RequestError> {
        let allowed_updates = ["message", "callback_query", "my_chat_member"];
        self.telegram.call(GetUpdates { offset, limit: 100, timeout, allowed_updates }).await
    }

    /// Confirms what was handled without taking more in than the batch asked for: the updates come again.
    async fn confirm(&self, offset: Option<i64>) {
        let allowed_updates = ["message", "callback_query", "my_chat_member"];
        let _ = self.telegram.call(GetUpdates { offset, limit: 1, timeout: 0, allowed_updates }).await;
    }

    /// Handles a batch; the offset that confirms it, once all of it is on disk.
    async fn take_in(&self, updates: Vec<Update>) -> Option<i64> {
        let next = updates.last()?.update_id + 1;
        let mut open: Vec<(Incoming, oneshot::Receiver<Handled>)> = Vec::with_capacity(updates.len());
        self.under_way.send_modify(|n| *n += 1);
        for update in updates {
            if let Some(incoming) = update.into_incoming(&self.bot_name) {
                let handled = self.begin(incoming.clone());
                open.push((incoming, handled));
            }
        }
        let mut tries = 0;
        while !open.is_empty() {
            open = self.settle(open, tries).await;
            tries += 1;
        }
        self.under_way.send_modify(|n| *n -= 1);
        Some(next)
    }

    fn begin(&self, incoming: Incoming) -> oneshot::Receiver<Handled> {
        let answered = Answered::default();
        if let What::Press { callback_id, .. } = &incoming.what {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            while waiting.front().is_some_and(|(.., done)| done.load(Ordering::Acquire)) {
                waiting.pop_front();
            }
            waiting.push_back((Instant::now(), callback_id.clone(), answered.clone()));
        }
        self.engine.handle(incoming, answered)
    }

    /// Waits for turns; those that were lost begin again after a pause, for as long as the disk needs.
    async fn settle(
        &self,
        open: Vec<(Incoming, oneshot::Receiver<Handled>)>,
        tries: u32,
    ) -> Vec<(Incoming, oneshot::Receiver<Handled>)> {
        let mut again = Vec::new();
        for (incoming, handled) in open {
            match handled.await {
                Ok(Handled::Kept) => {}
                Ok(Handled::Lost(why)) => {
                    tracing::error!(
                        update = incoming.update_id,
                        "nothing of this update could be kept; it is tried again. {why}"
                    );
                    again.push(incoming);
                }
                // The store was closed while the bot stops: unconfirmed, so it comes again after the next start.
                Err(_) => std::future::pending().await,
            }
        }
        if !again.is_empty() {
            pause(Duration::from_millis(500 << tries.min(6))).await;
        }
        again.into_iter().map(|incoming| (incoming.clone(), self.begin(incoming))).collect()
    }
}

/// Stops spinners that turn too long. The turn's own answer is then left out.
async fn watch_spinners(telegram: Telegram, waiting: Waiting) {
    loop {
        pause(Duration::from_millis(250)).await;
        let now = Instant::now();
        let mut late = Vec::new();
        {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            while let Some((since, id, done)) = waiting.front() {
                if !done.load(Ordering::Acquire) {
                    if now.duration_since(*since) < SPINNER_PATIENCE {
                        break;
                    }
                    if !done.swap(true, Ordering::AcqRel) {
                        late.push(id.clone());
                    }
                }
                waiting.pop_front();
            }
        }
        for id in late {
            let telegram = telegram.clone();
            tokio::spawn(async move {
                let _ = telegram.answer(&id, None).await;
            });
        }
    }
}

fn is_webhook_set(e: &RequestError) -> bool {
    matches!(e, RequestError::Api(e) if e.to_string().contains("webhook is active"))
}

/// Says plainly, once a minute at most, what keeps the bot from its updates.
#[derive(Default)]
struct Trouble {
    count: u32,
    said: Option<Instant>,
}

impl Trouble {
    fn is_over(&mut self) {
        if self.count > 0 {
            tracing::info!("Telegram answers again");
        }
        *self = Trouble::default();
    }

    fn back_off(&mut self, e: &RequestError) -> Duration {
        self.count += 1;
        if self.said.is_none_or(|at| at.elapsed() > Duration::from_secs(60)) {
            self.said = Some(Instant::now());
            tracing::error!("{}", words(e));
        }
        match e {
            RequestError::RetryAfter(seconds) => Duration::from_secs(u64::from(seconds.seconds())),
            RequestError::Api(_) => Duration::from_secs(u64::from(self.count.min(5)) * 3),
            _ => Duration::from_millis(500 << self.count.min(6)).min(Duration::from_secs(30)),
        }
    }
}

fn words(e: &RequestError) -> String {
    match e {
        RequestError::Api(e) if e.to_string().contains("terminated by other getUpdates") => {
            "Another copy of the bot runs with the same token, and they take turns in losing updates. Stop one of them; this one goes on trying.".into()
        }
        RequestError::Api(e) if e.to_string().contains("webhook is active") => {
            "A webhook was set for this bot; it is removed, because this copy polls.".into()
        }
        RequestError::Api(e) if e.to_string().contains("Unauthorized") => {
            "Telegram no longer accepts the bot's token. Put the current one into TELOXIDE_TOKEN and start again.".into()
        }
        RequestError::Api(e) => format!("Telegram refuses to give updates ({e}). The bot goes on trying."),
        RequestError::RetryAfter(s) => format!("Telegram asks to wait {} s before the next updates.", s.seconds()),
        _ => "The Bot API server is out of reach. The bot goes on trying; check the network, TELOXIDE_API_URL and TELOXIDE_PROXY.".into(),
    }
}
