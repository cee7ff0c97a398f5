//! Sends what was committed: screens at once, one call in flight a chat; new messages at the pace the limits allow.
//!
//! Everything here may happen twice after a crash and then does no harm: an edit repeats as "not modified", an
//! answer to a press as "too old".

mod notes;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::time::Instant;

use super::message::{Messenger, Rendered, SendError};
use super::pace::{Claim, Lane, Limits, Pace};
use super::queue::{self, Claimed, Ended};
use super::screens::{self, Done, Previous, Wish};
use crate::kernel::ids::{AccountId, Address};
use crate::kernel::language::Language;
use crate::kernel::time::{At, Clock};
use crate::store::seal::Keys;
use crate::store::{Result, Store, people};

/// How many calls may be under way at once.
const SLOTS: usize = 64;
/// How many of them a mailing may take.
const BULK_SLOTS: usize = 16;

/// What was done in a chat.
type Note = (AccountId, Address, Done);

/// What the sender works with.
pub struct Hands {
    /// Delivers.
    pub messenger: Arc<dyn Messenger>,
    /// The database.
    pub store: Store,
    /// Opens private bodies.
    pub keys: Keys,
    /// Tells the time for what is noted.
    pub clock: Clock,
    /// What is left in the place of a private message that another one replaced, by language.
    pub moved: HashMap<Language, Rendered>,
}

/// The sender. Cheap to clone.
#[derive(Clone)]
pub struct Sender(Arc<Inner>);

struct Inner {
    messenger: Arc<dyn Messenger>,
    store: Store,
    keys: Keys,
    clock: Clock,
    /// What is left in the place of a private message that another one replaced, by language.
    moved: HashMap<Language, Rendered>,
    /// The process's own time, for limits: the playground may move the clock, but not Telegram's patience.
    started: Instant,
    pace: Mutex<Pace>,
    /// Chats with a call under way, and the wish that waits behind it.
    busy: Mutex<HashMap<Address, Option<Wish>>>,
    slots: Semaphore,
    bulk_slots: Semaphore,
    /// Claimed messages that wait for their moment; each claim lasts a minute.
    mail: Arc<Semaphore>,
    done: mpsc::UnboundedSender<Note>,
    outstanding: AtomicUsize,
    calm: Notify,
    /// How many wait for calm, and their call not to keep notes waiting.
    impatient: AtomicUsize,
    hurry: Notify,
    nudge: Notify,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::disallowed_methods, reason = "the pace of sending is real time by its nature")]
async fn pause(span: Duration) {
    tokio::time::sleep(span).await;
}

impl Sender {
    /// A sender and its note-taker; nothing is sent until there is something to say.
    pub fn start(hands: Hands, limits: Limits) -> Sender {
        let Hands { messenger, store, keys, clock, moved } = hands;
        let (done, notes) = mpsc::unbounded_channel();
        let sender = Sender(Arc::new(Inner {
            messenger,
            store,
            keys,
            clock,
            moved,
            started: Instant::now(),
            pace: Mutex::new(Pace::new(limits)),
            busy: Mutex::default(),
            slots: Semaphore::new(SLOTS),
            bulk_slots: Semaphore::new(BULK_SLOTS),
            mail: Arc::new(Semaphore::new(SLOTS)),
            done,
            outstanding: AtomicUsize::new(0),
            calm: Notify::new(),
            impatient: AtomicUsize::new(0),
            hurry: Notify::new(),
            nudge: Notify::new(),
        }));
        tokio::spawn(notes::take_notes(sender.clone(), notes));
        sender
    }

    fn time(&self) -> At {
        At(i64::try_from(self.0.started.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    fn begin(&self) {
        self.0.outstanding.fetch_add(1, Ordering::AcqRel);
    }

    fn end(&self, count: usize) {
        if self.0.outstanding.fetch_sub(count, Ordering::AcqRel) == count {
            self.0.calm.notify_waiters();
        } else if self.0.impatient.load(Ordering::Acquire) > 0 {
            self.0.hurry.notify_one();
        }
    }

    /// Whether nothing is being sent or noted.
    pub fn is_calm(&self) -> bool {
        self.0.outstanding.load(Ordering::Acquire) == 0
    }

    /// Waits until nothing is being sent or noted.
    pub async fn calm(&self) {
        self.0.impatient.fetch_add(1, Ordering::AcqRel);
        loop {
            let calm = self.0.calm.notified();
            if self.is_calm() {
                break;
            }
            self.0.hurry.notify_one();
            calm.await;
        }
        self.0.impatient.fetch_sub(1, Ordering::AcqRel);
    }

    /// Shows a committed wish. A newer wish for the same chat replaces one that still waits.
    pub fn show(&self, wish: Wish) {
        let address = wish.address;
        {
            let mut busy = lock(&self.0.busy);
            if let Some(waiting) = busy.get_mut(&address) {
                let previous = waiting.as_ref().and_then(|w| w.previous).or(wish.previous);
                *waiting = Some(Wish { previous, ..wish });
                return;
            }
            busy.insert(address, None);
        }
        self.begin();
        let sender = self.clone();
        tokio::spawn(async move {
            sender.serve_chat(wish).await;
            sender.end(1);
        });
    }

    /// Stops a button's spinner; not tried again after ten seconds, when it is too late anyway.
    pub fn answer(&self, whose: Option<(AccountId, Address)>, callback_id: String, words: Option<String>) {
        self.begin();
        let sender = self.clone();
        tokio::spawn(async move {
            let deadline = Instant::now() + Duration::from_secs(10);
            loop {
                let slot = sender.0.slots.acquire().await;
                let answered = sender.0.messenger.answer(&callback_id, words.as_deref()).await;
                drop(slot);
                match answered {
                    Err(SendError::Wait(span)) if Instant::now() + span < deadline => pause(span).await,
                    Err(SendError::Down(_) | SendError::Unclear(_)) if Instant::now() < deadline => {
                        pause(Duration::from_millis(500)).await;
                    }
                    _ => break,
                }
            }
            if let Some((account, address)) = whose {
                sender.note(account, address, Done { callback_id: Some(callback_id), ..Done::default() });
            }
            sender.end(1);
        });
    }

    fn note(&self, account: AccountId, address: Address, done: Done) {
        self.begin();
        if self.0.done.send((account, address, done)).is_err() {
            self.end(1);
        }
    }

    async fn serve_chat(&self, first: Wish) {
        let mut next = Some(first);
        let mut live: Option<Previous> = None;
        while let Some(mut wish) = next {
            if wish.message_id.is_none() {
                wish.previous = live.or(wish.previous);
            }
            let shown = self.show_one(&wish).await;
            live = shown.map(|message_id| Previous { message_id, is_private: wish.is_private }).or(live);
            let mut busy = lock(&self.0.busy);
            next = busy.get_mut(&wish.address).and_then(Option::take);
            if next.is_none() {
                busy.remove(&wish.address);
            }
        }
    }

    /// Whether a newer wish makes this one not worth another try.
    fn is_overtaken(&self, wish: &Wish) -> bool {
        lock(&self.0.busy).get(&wish.address).is_some_and(Option::is_some)
    }

    /// Shows one wish, as long as it takes; the number of the message it stands in.
    async fn show_one(&self, wish: &Wish) -> Option<i64> {
        let mut target = wish.message_id;
        let mut unclear = 0;
        let mut patience = Duration::from_secs(1);
        loop {
            if let Some(wait) = self.held(wish.address) {
                pause(wait).await;
            }
            match self.call(wish, target).await {
                Ok(message_id) => {
                    self.shown(wish, target.is_none().then_some(message_id));
                    self.strip_previous(wish, message_id).await;
                    return Some(message_id);
                }
                Err(SendError::Gone) if target.is_some() => target = None,
                Err(SendError::Wait(span)) => self.told_to_wait(wish.address, span),
                Err(SendError::Unclear(_)) if unclear == 0 => unclear += 1,
                Err(SendError::Down(why)) => {
                    tracing::warn!("Telegram is out of reach ({why}); the screen is shown as soon as it answers");
                    pause(patience).await;
                    patience = (patience * 2).min(Duration::from_secs(30));
                }
                Err(SendError::Unreachable) => {
                    self.unreachable(wish.account).await;
                    self.shown(wish, None);
                    return None;
                }
                Err(e) => {
                    tracing::error!("a screen could not be shown: {e}");
                    self.shown(wish, None);
                    return None;
                }
            }
            if self.is_overtaken(wish) && target.is_some() {
                return None;
            }
        }
    }

    async fn call(&self, wish: &Wish, target: Option<i64>) -> Result<i64, SendError> {
        if let Some(id) = target {
            let _slot = self.0.slots.acquire().await;
            return self.0.messenger.edit(wish.address, id, &wish.body).await.map(|()| id);
        }
        self.take_turn(wish.address, Lane::Reply).await;
        let _slot = self.0.slots.acquire().await;
        self.0.messenger.send(wish.address, &wish.body, false).await
    }

    fn shown(&self, wish: &Wish, message_id: Option<i64>) {
        self.note(wish.account, wish.address, Done { rev: wish.rev, message_id, callback_id: None });
    }

    async fn strip_previous(&self, wish: &Wish, live: i64) {
        let Some(old) = wish.previous.filter(|old| old.message_id != live) else { return };
        let _slot = self.0.slots.acquire().await;
        let moved = self.0.moved.get(&wish.language).filter(|_| old.is_private);
        let gone = match moved {
            Some(words) => self.0.messenger.edit(wish.address, old.message_id, words).await,
            None => self.0.messenger.strip(wish.address, old.message_id).await,
        };
        if let Err(e) = gone {
            tracing::debug!("an old message stayed as it was: {e}");
        }
    }

    fn held(&self, to: Address) -> Option<Duration> {
        lock(&self.0.pace).held(self.time(), to)
    }

    fn told_to_wait(&self, to: Address, span: Duration) {
        tracing::warn!(seconds = span.as_secs(), "Telegram asks to wait");
        lock(&self.0.pace).told_to_wait(self.time(), to, span);
    }

    /// Books the next moment a new message may go to this chat, and waits for it.
    async fn take_turn(&self, to: Address, lane: Lane) {
        loop {
            let now = self.time();
            let claim = lock(&self.0.pace).claim(now, to, lane);
            let (Claim::Go(at) | Claim::AskAt(at)) = claim;
            if at > now {
                pause(at.since(now)).await;
            }
            if matches!(claim, Claim::Go(_)) {
                return;
            }
        }
    }

    async fn unreachable(&self, account: AccountId) {
        let now = self.0.clock.now();
        let noted = self.0.store.transact(move |tx| Box::pin(people::set_reachable(tx, account, Some(now)))).await;
        if let Err(e) = noted {
            tracing::error!("an unreachable account could not be noted: {e}");
        }
    }

    /// Something new stands in the queue.
    pub fn nudge(&self) {
        self.0.nudge.notify_one();
    }

    /// Shows and answers what the last process left undone.
    ///
    /// # Errors
    /// The database's own.
    pub async fn resume(&self) -> Result<()> {
        let keys = self.0.keys.clone();
        let left = self.0.store.read(|tx| Box::pin(async move { screens::left(tx, &keys).await })).await?;
        for (account, address, callback_id) in left.presses {
            self.answer(Some((account, address)), callback_id, None);
        }
        for wish in left.wishes {
            self.show(wish);
        }
        Ok(())
    }

    /// Sends due messages of the queue until there are none left just now; how many it took on.
    ///
    /// # Errors
    /// The database's own.
    pub async fn deliver_due(&self) -> Result<usize> {
        let mut taken = 0;
        loop {
            let (keys, now) = (self.0.keys.clone(), self.0.clock.now());
            let claimed = self
                .0
                .store
                .transact(move |tx| {
                    let keys = keys.clone();
                    Box::pin(async move { queue::claim(tx, &keys, now, 20).await })
                })
                .await?;
            if claimed.is_empty() {
                return Ok(taken);
            }
            taken += claimed.len();
            for message in claimed {
                // A permit is never refused: the semaphore lives as long as the sender and is not closed.
                let place = self.0.mail.clone().acquire_owned().await.ok();
                self.begin();
                let sender = self.clone();
                tokio::spawn(async move {
                    sender.take_turn(message.address, message.lane).await;
                    sender.deliver(message).await;
                    drop(place);
                    sender.end(1);
                });
            }
        }
    }

    async fn deliver(&self, message: Claimed) {
        let is_bulk = message.lane == Lane::Bulk;
        let _bulk = if is_bulk { self.0.bulk_slots.acquire().await.ok() } else { None };
        let Some(body) = &message.body else { return self.finish(&message, Ended::Refused).await };
        let result = {
            let _slot = self.0.slots.acquire().await;
            self.0.messenger.send(message.address, body, is_bulk).await
        };
        match result {
            Ok(_) => self.finish(&message, Ended::Sent).await,
            Err(SendError::Unreachable | SendError::Gone) => {
                if let Some(account) = message.account {
                    self.unreachable(account).await;
                }
                self.finish(&message, Ended::Unreachable).await;
            }
            Err(SendError::Wait(span)) => {
                self.told_to_wait(message.address, span);
                self.postpone(&message, span).await;
            }
            Err(SendError::Unclear(_)) if message.attempts == 0 => {
                self.postpone(&message, Duration::from_secs(3)).await
            }
            Err(SendError::Down(_)) => self.postpone(&message, Duration::from_secs(10)).await,
            Err(e) => {
                tracing::error!("a message was refused: {e}");
                self.finish(&message, Ended::Refused).await;
            }
        }
    }

    async fn finish(&self, message: &Claimed, how: Ended) {
        let (id, now) = (message.id, self.0.clock.now());
        if let Err(e) = self.0.store.transact(move |tx| Box::pin(queue::ended(tx, id, how, now))).await {
            tracing::error!("the end of a message could not be noted: {e}");
        }
    }

    async fn postpone(&self, message: &Claimed, span: Duration) {
        let (id, due) = (message.id, self.0.clock.now().plus(span));
        if let Err(e) = self.0.store.transact(move |tx| Box::pin(queue::postpone(tx, id, due))).await {
            tracing::error!("a message could not be postponed: {e}");
        }
    }

    /// Delivers for ever: when nudged, and each half second for what has become due.
    pub async fn run(self) {
        loop {
            if let Err(e) = self.deliver_due().await {
                tracing::error!("the queue of messages could not be read: {e}");
                pause(Duration::from_secs(2)).await;
            }
            let _ = tokio::time::timeout(Duration::from_millis(500), self.0.nudge.notified()).await;
        }
    }
}
