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

/// The kinds of updates the bot asks for.
pub(super) const ALLOWED: [&str; 3] = ["message", "callback_query", "my_chat_member"];

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

/// An update whose turn has begun.
struct UnderWay {
    incoming: Incoming,
    answered: Answered,
    handled: oneshot::Receiver<Handled>,
}

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
        let watchdog = self.watch_spinners();
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

    /// The client, for the webhook.
    pub(super) fn telegram(&self) -> &Telegram {
        &self.telegram
    }

    /// Starts the task that stops spinners which turn too long.
    pub(super) fn watch_spinners(&self) -> tokio::task::JoinHandle<()> {
        tokio::spawn(watch_spinners(self.telegram.clone(), self.waiting.clone()))
    }

    /// Handles one update of a webhook; whether it is on disk.
    pub(super) async fn take_one(&self, update: Update) -> bool {
        let Some(incoming) = update.into_incoming(&self.bot_name) else { return true };
        self.under_way.send_modify(|n| *n += 1);
        let handled = self.begin(incoming).handled.await;
        self.under_way.send_modify(|n| *n -= 1);
        matches!(handled, Ok(Handled::Kept))
    }

    async fn poll(&self, offset: Option<i64>, timeout: u32) -> Result<Vec<Update>, RequestError> {
        self.telegram.call(GetUpdates { offset, limit: 100, timeout, allowed_updates: ALLOWED }).await
    }

    /// Confirms what was handled without taking more in than the batch asked for: the updates come again.
    async fn confirm(&self, offset: Option<i64>) {
        let _ = self.telegram.call(GetUpdates { offset, limit: 1, timeout: 0, allowed_updates: ALLOWED }).await;
    }

    /// Handles a batch; the offset that confirms it, once all of it is on disk.
    async fn take_in(&self, updates: Vec<Update>) -> Option<i64> {
        let next = updates.last()?.update_id + 1;
        let mut open = Vec::with_capacity(updates.len());
        self.under_way.send_modify(|n| *n += 1);
        for update in updates {
            if let Some(incoming) = update.into_incoming(&self.bot_name) {
                open.push(self.begin(incoming));
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

    fn begin(&self, incoming: Incoming) -> UnderWay {
        let answered = Answered::default();
        if let What::Press { callback_id, .. } = &incoming.what {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            while waiting.front().is_some_and(|(.., done)| done.load(Ordering::Acquire)) {
                waiting.pop_front();
            }
            waiting.push_back((Instant::now(), callback_id.clone(), answered.clone()));
        }
        self.again(incoming, answered)
    }

    fn again(&self, incoming: Incoming, answered: Answered) -> UnderWay {
        let handled = self.engine.handle(incoming.clone(), answered.clone());
        UnderWay { incoming, answered, handled }
    }

    /// Waits for turns; those that were lost begin again after a pause, for as long as the disk needs.
    async fn settle(&self, open: Vec<UnderWay>, tries: u32) -> Vec<UnderWay> {
        let mut again = Vec::new();
        for UnderWay { incoming, answered, handled } in open {
            match handled.await {
                Ok(Handled::Kept) => {}
                Ok(Handled::Lost(why)) => {
                    tracing::error!(
                        update = incoming.update_id,
                        "nothing of this update could be kept; it is tried again. {why}"
                    );
                    again.push((incoming, answered));
                }
                // The store was closed while the bot stops: unconfirmed, so it comes again after the next start.
                Err(_) => std::future::pending().await,
            }
        }
        if !again.is_empty() {
            pause(Duration::from_millis(500 << tries.min(6))).await;
        }
        again.into_iter().map(|(incoming, answered)| self.again(incoming, answered)).collect()
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
            if is_webhook_set(e) {
                tracing::warn!("{}", words(e));
            } else {
                tracing::error!("{}", words(e));
            }
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
