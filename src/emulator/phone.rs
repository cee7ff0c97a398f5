//! A phone: one person's private chat with the bot, as fingers use it and eyes see it.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::json;

use super::Shared;
use super::chats::{Chat, Place, Standing, Stored};
use super::text::Styled;
use super::types::{Message, Other, Toast, User};
use super::wire::Author;
use super::world::World;

/// A picture of one dot, for photos that people send.
const DOT: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55,
];

/// The private chat of one person. Clones show the same chat.
#[derive(Clone)]
pub struct Phone {
    shared: Arc<Shared>,
    author: Arc<Author>,
}

impl Phone {
    /// The phone of a person, who is created if the id is new.
    pub(super) fn create(shared: &Arc<Shared>, user: User) -> Self {
        shared.with(|world| {
            let id = user.id;
            if !world.chats.contains_key(&id) {
                let place = Place::Private(Arc::new(Author { user: user.clone(), is_bot: false }));
                let settings = &world.settings;
                let chat = Chat::new(id, place, Standing::Stranger, &settings.limits, settings.record);
                world.chats.insert(id, chat);
                world.order.push(id);
                world.seen = true;
            }
        });
        let author = Arc::new(Author { user, is_bot: false });
        Self::find(shared, author.user.id).unwrap_or(Self { shared: Arc::clone(shared), author })
    }

    /// The phone of a known person.
    pub(super) fn find(shared: &Arc<Shared>, id: i64) -> Option<Self> {
        let author = shared.with(|world| match &world.chats.get(&id)?.place {
            Place::Private(author) => Some(Arc::clone(author)),
            Place::Group { .. } => None,
        })?;
        Some(Self { shared: Arc::clone(shared), author })
    }

    /// The person's id, which is also the chat's.
    pub fn id(&self) -> i64 {
        self.author.user.id
    }

    /// The person.
    pub fn user(&self) -> User {
        self.author.user.clone()
    }

    fn look<T: Default>(&self, look: impl FnOnce(&Chat) -> T) -> T {
        self.shared.with(|world| world.chats.get(&self.id()).map(look).unwrap_or_default())
    }

    /// Opens the chat if it was closed by this person, and makes an empty message of theirs.
    fn compose(&self, world: &mut World, body: Styled) -> Stored {
        let standing = world.chats.get(&self.id()).map(|chat| chat.standing);
        match standing {
            Some(Standing::Blocked) => world.turn(self.id(), &self.author, Standing::Open),
            Some(Standing::Stranger) => {
                if let Some(chat) = world.chats.get_mut(&self.id()) {
                    chat.standing = Standing::Open;
                }
            }
            _ => {}
        }
        let (id, now) = (world.message_id(), world.now());
        Stored::new(id, now, Arc::clone(&self.author), body)
    }

    /// Presses Start, perhaps with the payload of a link; unblocks the bot first. Returns the update's id.
    pub fn start(&self, payload: Option<&str>) -> i64 {
        match payload {
            Some(payload) => self.send(&format!("/start {payload}")),
            None => self.send("/start"),
        }
    }

    /// Sends a text; a person who blocked the bot unblocks it by that. Returns the update's id.
    pub fn send(&self, text: &str) -> i64 {
        self.shared.with(|world| {
            let message = self.compose(world, Styled::own(text));
            world.say(self.id(), message, "message")
        })
    }

    /// Sends something else than a text. Returns the update's id.
    pub fn send_other(&self, what: Other) -> i64 {
        self.shared.with(|world| {
            let other = match what {
                Other::EditedText(id, text) => return self.rewrite(world, id, &text),
                other => other,
            };
            let (words, file) = match &other {
                Other::Photo { caption } => (caption.as_deref().unwrap_or_default(), Some(("photo", "", DOT.into()))),
                Other::Document { name, bytes } => ("", Some(("document", name.as_str(), bytes.clone()))),
                Other::Sticker => ("", Some(("sticker", "", Bytes::from_static(b"sticker")))),
                Other::Voice => ("", Some(("voice", "", Bytes::from_static(b"voice")))),
                Other::Forward(text) => (text.as_str(), None),
                _ => ("", None),
            };
            let mut message = self.compose(world, Styled::own(words));
            if let Some((kind, name, bytes)) = file {
                let file = world.files.add(kind, name, bytes);
                message.extra.push(file.field());
                message.media = Some(file.media.clone());
            }
            let user = &self.author.user;
            let date = message.date.div_euclid(1000);
            match other {
                Other::Location => message.extra.push(("location", json!({"latitude": 55.75, "longitude": 37.62}))),
                Other::Contact => {
                    let card =
                        json!({"phone_number": "+70000000000", "first_name": user.first_name, "user_id": user.id});
                    message.extra.push(("contact", card));
                }
                Other::Forward(_) => {
                    let origin = json!({"type": "hidden_user", "sender_user_name": "Коллега", "date": date});
                    message.extra.push(("forward_origin", origin));
                }
                _ => {}
            }
            world.say(self.id(), message, "message")
        })
    }

    /// Changes the text of an own message; 0 if there is none of this id.
    fn rewrite(&self, world: &mut World, id: i64, text: &str) -> i64 {
        let now = world.now();
        let Some(chat) = world.chats.get_mut(&self.id()) else {
            return 0;
        };
        if chat.find(id).is_none_or(|message| message.author.is_bot) {
            return 0;
        }
        let json = chat.change(id, |message| {
            message.body = Styled::own(text);
            message.edits += 1;
            message.edited_at = Some(now);
        });
        let Some(json) = json.map(str::to_owned) else {
            return 0;
        };
        world.push("edited_message", &json, None)
    }

    /// Presses a button by its data. Returns the update's id, or why there is no such button now.
    pub fn press(&self, message_id: i64, data: &str) -> Result<i64, String> {
        let found = self.look(|chat| {
            chat.find(message_id).map(|message| {
                let mut keys = message.markup.rows().iter().flatten();
                keys.any(|key| key.data.as_deref() == Some(data))
            })
        });
        match found {
            Some(true) => Ok(self.press_raw(message_id, data)),
            Some(false) => Err(format!("message {message_id} has no button with data {data:?}")),
            None => Err(format!("there is no message {message_id}")),
        }
    }

    /// Sends a press without looking whether there is such a button: a stale keyboard, a hostile app.
    pub fn press_raw(&self, message_id: i64, data: &str) -> i64 {
        self.shared.with(|world| world.press(self.id(), &self.author, message_id, data))
    }

    /// The newest message with a button whose data the test takes, and that data.
    pub fn find_button(&self, wanted: impl Fn(&str) -> bool) -> Option<(i64, String)> {
        self.look(|chat| chat.newest_data(&wanted))
    }

    /// Presses the button with this label in the newest message that has one; if none has exactly this label, the
    /// newest whose label contains it.
    pub fn press_label(&self, label: &str) -> Result<i64, String> {
        let found = self.look(|chat| {
            let exact = chat.newest_button(|text| text == label);
            exact.or_else(|| chat.newest_button(|text| text.contains(label)))
        });
        match found {
            Some((id, data)) => Ok(self.press_raw(id, &data)),
            None => Err(format!("no button {label:?} in sight")),
        }
    }

    /// All messages, the oldest first, without deleted ones. Only the newest 100 unless `Settings::record`.
    pub fn messages(&self) -> Vec<Message> {
        self.look(Chat::seen)
    }

    /// The newest message of the bot.
    pub fn last(&self) -> Option<Message> {
        self.look(Chat::last)
    }

    /// The toasts that answered presses, the oldest first.
    pub fn toasts(&self) -> Vec<Toast> {
        self.look(Chat::toasts)
    }

    /// Presses in this chat that are not answered yet.
    pub fn spinning(&self) -> usize {
        self.look(|chat| chat.spinning)
    }

    /// Blocks the bot: a `my_chat_member` update, then 403 for whatever it sends.
    pub fn block(&self) {
        if !self.is_blocked() {
            self.shared.with(|world| world.turn(self.id(), &self.author, Standing::Blocked));
        }
    }

    /// Lets the bot write again.
    pub fn unblock(&self) {
        if self.is_blocked() {
            self.shared.with(|world| world.turn(self.id(), &self.author, Standing::Open));
        }
    }

    /// Whether the bot is blocked.
    pub fn is_blocked(&self) -> bool {
        self.look(|chat| chat.standing == Standing::Blocked)
    }

    /// The account is deleted: no update, and 403 for whatever the bot sends.
    pub fn deactivate(&self) {
        self.shared.with(|world| {
            world.seen = true;
            if let Some(chat) = world.chats.get_mut(&self.id()) {
                chat.standing = Standing::Deactivated;
            }
        });
    }
}
