//! One chat: who is there, whether the bot may write, and the messages a phone shows.
//!
//! A message keeps its JSON ready (`wire`), since it goes out unchanged in the reply to an edit and again in every
//! press of its buttons.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;
use tokio::time::Instant;

use super::limits::{Bucket, Limits};
use super::markup::Markup;
use super::text::Styled;
use super::types::{Media, Message, Toast};
use super::wire::{Author, WireChat, WireMessage, put, to_json};

/// Messages kept in a chat when nothing is recorded.
const KEPT: usize = 100;
/// Toasts kept in a chat when nothing is recorded.
const KEPT_TOASTS: usize = 20;

/// Whether the bot may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A person who never pressed Start.
    Stranger,
    /// It may.
    Open,
    /// The person blocked the bot.
    Blocked,
    /// The account is gone.
    Deactivated,
    /// A group the bot was never in.
    Outside,
    /// A group that threw the bot out.
    Kicked,
}

/// What kind of chat it is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// A person's chat with the bot.
    Private(Arc<Author>),
    /// A group of people.
    Group { title: String, members: Vec<i64> },
}

/// A message as the server keeps it.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) date: i64,
    pub(super) author: Arc<Author>,
    pub(super) body: Styled,
    pub(super) markup: Markup,
    pub(super) media: Option<Media>,
    /// Further fields of the message object: `photo`, `sticker`, `forward_origin`, …
    pub(super) extra: Vec<(&'static str, Value)>,
    /// The message it answers, as JSON.
    pub(super) reply_to: Option<String>,
    /// The message object without `reply_to`, kept only where there is one: an answer to an answer shows one level.
    pub(super) quoted: Option<String>,
    pub(super) edits: u32,
    pub(super) edited_at: Option<i64>,
    pub(super) silent: bool,
    pub(super) protected: bool,
    /// The message object as JSON; `Chat::refresh` renews it.
    pub(super) wire: String,
}

impl Stored {
    /// A new message without anything in it.
    pub(super) fn new(id: i64, date: i64, author: Arc<Author>, body: Styled) -> Self {
        Self {
            id,
            date,
            author,
            body,
            markup: Markup::Nothing,
            media: None,
            extra: Vec::new(),
            reply_to: None,
            quoted: None,
            edits: 0,
            edited_at: None,
            silent: false,
            protected: false,
            wire: String::new(),
        }
    }

    /// Whether it is a text and nothing else.
    pub(super) fn is_text(&self) -> bool {
        self.media.is_none() && !self.extra.iter().any(|(name, _)| *name != "forward_origin")
    }

    fn seen(&self) -> Message {
        Message {
            id: self.id,
            date: self.date,
            from_bot: self.author.is_bot,
            text: self.body.text.clone(),
            html: self.body.html.clone(),
            keyboard: self.markup.rows().to_vec(),
            media: self.media.clone(),
            edits: self.edits,
            edited_at: self.edited_at,
            silent: self.silent,
            protected: self.protected,
        }
    }
}

/// A chat of the bot.
pub(super) struct Chat {
    pub(super) id: i64,
    pub(super) place: Place,
    pub(super) standing: Standing,
    /// The bot was told 403 and has no reason to try again.
    pub(super) told: bool,
    /// Until when a 429 forbids any call.
    pub(super) held_until: Option<Instant>,
    pub(super) pace: Bucket,
    pub(super) minute: Bucket,
    /// By id, the oldest first.
    messages: VecDeque<Stored>,
    toasts: VecDeque<Toast>,
    /// Presses not answered yet.
    pub(super) spinning: usize,
    everything: bool,
}

impl Chat {
    /// An empty chat; `everything` keeps all its messages.
    pub(super) fn new(id: i64, place: Place, standing: Standing, limits: &Limits, everything: bool) -> Self {
        let group = f64::from(limits.group_per_minute);
        Self {
            id,
            place,
            standing,
            told: false,
            held_until: None,
            pace: Bucket::new(f64::from(limits.chat_per_second), f64::from(limits.chat_burst)),
            minute: Bucket::new(group / 60.0, group),
            messages: VecDeque::new(),
            toasts: VecDeque::new(),
            spinning: 0,
            everything,
        }
    }

    /// `private`, `group` or `supergroup`, by the id as in Telegram.
    pub(super) fn kind(&self) -> &'static str {
        match self.place {
            Place::Private(_) => "private",
            Place::Group { .. } if self.id <= -1_000_000_000_000 => "supergroup",
            Place::Group { .. } => "group",
        }
    }

    fn wire(&self) -> WireChat<'_> {
        let (title, user) = match &self.place {
            Place::Private(author) => (None, Some(&author.user)),
            Place::Group { title, .. } => (Some(title.as_str()), None),
        };
        WireChat {
            id: self.id,
            kind: self.kind(),
            title,
            username: user.and_then(|user| user.username.as_deref()),
            first_name: user.map(|user| user.first_name.as_str()),
            last_name: user.and_then(|user| user.last_name.as_deref()),
        }
    }

    /// The chat as JSON.
    pub(super) fn json(&self) -> String {
        to_json(&self.wire())
    }

    /// The 403 the bot gets here now.
    pub(super) fn closed(&self) -> Option<String> {
        let kind = self.kind();
        match self.standing {
            Standing::Open => None,
            Standing::Stranger => Some("bot can't initiate conversation with a user".to_owned()),
            Standing::Blocked => Some("bot was blocked by the user".to_owned()),
            Standing::Deactivated => Some("user is deactivated".to_owned()),
            Standing::Outside => Some(format!("bot is not a member of the {kind} chat")),
            Standing::Kicked => Some(format!("bot was kicked from the {kind} chat")),
        }
    }

    /// A string that is the same for every press in this chat.
    pub(super) fn instance(&self) -> i64 {
        self.id.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed()) | 1
    }

    /// Adds a message as the newest one and renders it.
    pub(super) fn add(&mut self, mut message: Stored) -> &Stored {
        self.refresh(&mut message);
        if !self.everything && self.messages.len() >= KEPT {
            self.messages.pop_front();
        }
        self.messages.push_back(message);
        &self.messages[self.messages.len() - 1]
    }

    fn place_of(&self, id: i64) -> Option<usize> {
        self.messages.binary_search_by_key(&id, |message| message.id).ok()
    }

    /// A message that is still there.
    pub(super) fn find(&self, id: i64) -> Option<&Stored> {
        self.place_of(id).map(|place| &self.messages[place])
    }

    /// Changes a message and renders it anew; the JSON of the result.
    pub(super) fn change(&mut self, id: i64, change: impl FnOnce(&mut Stored)) -> Option<&str> {
        let place = self.place_of(id)?;
        let mut message = self.messages.remove(place)?;
        change(&mut message);
        self.refresh(&mut message);
        self.messages.insert(place, message);
        Some(&self.messages[place].wire)
    }

    /// Takes a message away.
    pub(super) fn remove(&mut self, id: i64) {
        if let Some(place) = self.place_of(id) {
            self.messages.remove(place);
        }
    }

    /// What a phone shows, the oldest first.
    pub(super) fn seen(&self) -> Vec<Message> {
        self.messages.iter().map(Stored::seen).collect()
    }

    /// The newest message of the bot.
    pub(super) fn last(&self) -> Option<Message> {
        self.messages.iter().rev().find(|message| message.author.is_bot).map(Stored::seen)
    }

    /// The newest message that has a button, with the data of the first button that `wanted` likes.
    pub(super) fn newest_button(&self, wanted: impl Fn(&str) -> bool) -> Option<(i64, String)> {
        self.messages.iter().rev().find_map(|message| {
            let keys = message.markup.rows().iter().flatten();
            let data = keys.filter(|key| wanted(&key.label)).find_map(|key| key.data.clone())?;
            Some((message.id, data))
        })
    }

    /// The newest message with a button whose data is wanted, and that data.
    pub(super) fn newest_data(&self, wanted: impl Fn(&str) -> bool) -> Option<(i64, String)> {
        self.messages.iter().rev().find_map(|message| {
            let data = message.markup.rows().iter().flatten().filter_map(|key| key.data.as_deref());
            Some((message.id, data.into_iter().find(|data| wanted(data))?.to_owned()))
        })
    }

    /// A toast for this chat's phone.
    pub(super) fn toast(&mut self, toast: Toast) {
        if !self.everything && self.toasts.len() >= KEPT_TOASTS {
            self.toasts.pop_front();
        }
        self.toasts.push_back(toast);
    }

    /// All toasts, the oldest first.
    pub(super) fn toasts(&self) -> Vec<Toast> {
        self.toasts.iter().cloned().collect()
    }

    fn render(&self, message: &Stored) -> String {
        let text = message.is_text();
        let words = Some(message.body.text.as_str()).filter(|words| text || !words.is_empty());
        let styles = message.body.entities.as_slice();
        let mut wire = to_json(&WireMessage {
            message_id: message.id,
            from: message.author.wire(),
            chat: self.wire(),
            date: message.date.div_euclid(1000),
            edit_date: message.edited_at.map(|at| at.div_euclid(1000)),
            has_protected_content: message.protected,
            text: words.filter(|_| text),
            entities: if text { styles } else { &[] },
            caption: words.filter(|_| !text),
            caption_entities: if text { &[] } else { styles },
        });
        if let Some(json) = message.markup.json() {
            put(&mut wire, "reply_markup", json);
        }
        for (name, value) in &message.extra {
            put(&mut wire, name, &value.to_string());
        }
        wire
    }

    fn refresh(&self, message: &mut Stored) {
        message.wire = self.render(message);
        if let Some(json) = &message.reply_to {
            message.quoted = Some(message.wire.clone());
            put(&mut message.wire, "reply_to_message", json);
        }
    }
}
