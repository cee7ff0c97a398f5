//! Everything the server knows, behind one lock: chats, updates, presses, files, the log of calls.
//!
//! The methods of the Bot API (`methods/`) and the hands of the people (`phone`, `group`) both work on it; neither
//! holds the lock across an await.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;

use serde_json::Value;
use tokio::time::Instant;

use super::Settings;
use super::chats::{Chat, Place, Standing, Stored};
use super::faults::{Faults, Script};
use super::files::Files;
use super::limits::Bucket;
use super::params::Params;
use super::presses::Presses;
use super::queue::Queue;
use super::refusal::Refusal;
use super::types::{Call, CommandSet, Press, User};
use super::webhook::Webhook;
use super::wire::{Author, member, to_json};

/// Violations kept; a bot that makes more has been seen through.
const VIOLATIONS_KEPT: usize = 10_000;
/// Confirmed updates remembered for `redeliver`.
const DONE_KEPT: usize = 4_096;
const DONE_KEPT_LEAN: usize = 64;

/// The state of the server.
pub(super) struct World {
    pub(super) settings: Arc<Settings>,
    pub(super) bot: Arc<Author>,
    pub(super) chats: HashMap<i64, Chat>,
    /// Private chats in the order they came.
    pub(super) order: Vec<i64>,
    pub(super) queue: Queue,
    pub(super) presses: Presses,
    pub(super) files: Files,
    pub(super) menus: Vec<CommandSet>,
    pub(super) webhook: Option<Webhook>,
    pub(super) violations: Vec<String>,
    pub(super) calls: Vec<Call>,
    pub(super) faults: Faults,
    pub(super) script: Script,
    /// Told the chat whenever the bot shows something there: what a benchmark presses next to.
    pub(super) watcher: Option<UnboundedSender<i64>>,
    overall: Bucket,
    made_at: Instant,
    next_message_id: i64,
    /// A phone could see a change.
    pub(super) seen: bool,
    /// The queue changed in a way a waiting poll or the webhook must know.
    pub(super) queued: bool,
}

impl World {
    /// A world without people.
    pub(super) fn new(settings: Arc<Settings>) -> Self {
        let id = settings.token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or(1);
        let mut user = User::new(id, "Учительская");
        user.username = Some(settings.bot_username.clone());
        let rate = f64::from(settings.limits.messages_per_second);
        let record = settings.record;
        Self {
            bot: Arc::new(Author { user, is_bot: true }),
            chats: HashMap::new(),
            order: Vec::new(),
            queue: Queue::new(if record { DONE_KEPT } else { DONE_KEPT_LEAN }),
            presses: Presses::new(record),
            files: Files::new(record),
            menus: Vec::new(),
            webhook: None,
            violations: Vec::new(),
            calls: Vec::new(),
            faults: Faults::default(),
            script: Script::default(),
            watcher: None,
            overall: Bucket::new(rate, rate),
            made_at: Instant::now(),
            next_message_id: 1,
            seen: false,
            queued: false,
            settings,
        }
    }

    /// The world's time, in milliseconds since 1970.
    pub(super) fn now(&self) -> i64 {
        (self.settings.now)()
    }

    /// The bot showed something in a chat.
    pub(super) fn showed(&mut self, chat_id: i64) {
        self.seen = true;
        if let Some(watcher) = &self.watcher {
            // Nobody listens any more: then nobody misses it.
            let _ = watcher.send(chat_id);
        }
    }

    /// Keeps a violation.
    pub(super) fn note(&mut self, violation: impl Into<String>) {
        if self.violations.len() < VIOLATIONS_KEPT {
            self.violations.push(violation.into());
        }
    }

    /// Keeps what a text or a keyboard was warned about.
    pub(super) fn warn(&mut self, method: &str, warnings: Vec<String>) {
        for warning in warnings {
            self.note(format!("{method}: {warning}"));
        }
    }

    /// Writes a call down, if calls are recorded.
    pub(super) fn record(&mut self, method: &str, params: &Params, result: &Result<String, Refusal>, lost: bool) {
        if self.settings.record {
            self.calls.push(Call {
                method: method.to_owned(),
                params: params.recorded(),
                at: self.now(),
                ok: result.is_ok(),
                error: result.as_ref().err().map(|refusal| refusal.description.clone()),
                result: result.as_ref().ok().cloned(),
                lost,
                real_ms: u64::try_from(self.made_at.elapsed().as_millis()).unwrap_or(u64::MAX),
            });
        }
    }

    /// A fresh message id. One counter serves all chats, as for a real bot.
    pub(super) fn message_id(&mut self) -> i64 {
        let id = self.next_message_id;
        self.next_message_id += 1;
        id
    }

    /// Queues an update for the bot; its id, or 0 when the bot did not ask for this kind.
    pub(super) fn push(&mut self, kind: &str, body: &str, press: Option<u64>) -> i64 {
        let now = self.now();
        self.queued = true;
        self.seen = true;
        self.queue.push(kind, body, now, press).unwrap_or(0)
    }

    /// The chat a call names, if the bot may write there now.
    pub(super) fn reach(&mut self, method: &str, id: i64) -> Result<&mut Chat, Refusal> {
        self.check_hold(method, id);
        let chat = self.chats.get_mut(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
        let Some(closed) = chat.closed() else {
            return Ok(chat);
        };
        let mut refusal = Refusal::forbidden(&closed);
        if chat.standing == Standing::Blocked {
            if chat.told {
                refusal = refusal.noting(format!("{method}: chat {id} blocked the bot and it knew"));
            }
            chat.told = true;
        }
        Err(refusal)
    }

    /// Notes a call into a chat that is still held by a 429.
    fn check_hold(&mut self, method: &str, id: i64) {
        let Some(chat) = self.chats.get_mut(&id) else {
            return;
        };
        match chat.held_until {
            Some(until) if Instant::now() < until => {
                self.note(format!("{method}: chat {id} called within its retry_after"));
            }
            Some(_) => chat.held_until = None,
            None => {}
        }
    }

    /// A 429 that forbids calls into this chat for a while.
    pub(super) fn hold(&mut self, id: Option<i64>, seconds: u64) -> Refusal {
        if let Some(chat) = id.and_then(|id| self.chats.get_mut(&id)) {
            let until = Instant::now() + std::time::Duration::from_secs(seconds);
            chat.held_until = Some(chat.held_until.map_or(until, |held| held.max(until)));
        }
        Refusal::too_many(seconds)
    }

    /// Spends one new message of the rates, or refuses with 429.
    pub(super) fn spend(&mut self, id: i64) -> Result<(), Refusal> {
        let now = Instant::now();
        let Some(chat) = self.chats.get_mut(&id) else {
            return Ok(());
        };
        let group = matches!(chat.place, Place::Group { .. });
        let minute = if group { chat.minute.wait(now) } else { 0 };
        let wait = self.overall.wait(now).max(chat.pace.wait(now)).max(minute);
        if wait > 0 {
            return Err(self.hold(Some(id), wait));
        }
        self.overall.take();
        chat.pace.take();
        if group {
            chat.minute.take();
        }
        Ok(())
    }

    /// Adds a message of a person and tells the bot of it as an update of `kind`; the update's id.
    pub(super) fn say(&mut self, chat_id: i64, message: Stored, kind: &str) -> i64 {
        let Some(chat) = self.chats.get_mut(&chat_id) else {
            return 0;
        };
        let body = chat.add(message).wire.clone();
        self.push(kind, &body, None)
    }

    /// A press of a button, true or pretended; the update's id.
    pub(super) fn press(&mut self, chat_id: i64, who: &Author, message_id: i64, data: &str) -> i64 {
        let Some(chat) = self.chats.get_mut(&chat_id) else {
            return 0;
        };
        let (number, query_id) = self.presses.next();
        // A message that is gone comes as an InaccessibleMessage: chat, id and a zero date.
        let message = chat.find(message_id).map_or_else(
            || format!("{{\"chat\":{},\"message_id\":{message_id},\"date\":0}}", chat.json()),
            |message| message.wire.clone(),
        );
        let (instance, data_json) = (chat.instance(), to_json(&data));
        let body = format!(
            "{{\"id\":\"{query_id}\",\"from\":{},\"message\":{message},\"chat_instance\":\"{instance}\",\"data\":{data_json}}}",
            who.json()
        );
        let update_id = self.push("callback_query", &body, Some(number));
        if update_id != 0 {
            if let Some(chat) = self.chats.get_mut(&chat_id) {
                chat.spinning += 1;
            }
            let (user_id, data) = (who.user.id, data.to_owned());
            let press = Press { update_id, query_id, user_id, chat_id, message_id, data, answered: None };
            let forgotten = self.presses.add(press, self.settings.limits.callback_deadline);
            if let Some(violation) = forgotten {
                self.note(violation);
            }
        }
        update_id
    }

    /// Changes where the bot stands in a chat and tells it by `my_chat_member`.
    pub(super) fn turn(&mut self, chat_id: i64, who: &Author, standing: Standing) {
        let word = |standing: Standing| match standing {
            Standing::Open => "member",
            Standing::Outside | Standing::Stranger => "left",
            _ => "kicked",
        };
        let Some(chat) = self.chats.get_mut(&chat_id) else {
            return;
        };
        let (old, new) = (word(chat.standing), word(standing));
        chat.standing = standing;
        chat.told = false;
        let chat_json = chat.json();
        let (old, new) = (member(&self.bot, old), member(&self.bot, new));
        let date = self.now().div_euclid(1000);
        let body = format!(
            "{{\"chat\":{chat_json},\"from\":{},\"date\":{date},\"old_chat_member\":{old},\"new_chat_member\":{new}}}",
            who.json()
        );
        self.push("my_chat_member", &body, None);
    }

    /// Queues an update of any form with the next id.
    pub(super) fn push_raw(&mut self, update: &Value) {
        // The id goes first, as in Telegram; some libraries read the rest in one pass.
        let mut json = format!("{{\"update_id\":{}", self.queue.next_id());
        for (name, value) in update.as_object().into_iter().flatten() {
            if name != "update_id" {
                json.push_str(&format!(",{}:{value}", to_json(name)));
            }
        }
        json.push('}');
        let now = self.now();
        self.queue.push_raw(json, now);
        self.queued = true;
        self.seen = true;
    }
}
