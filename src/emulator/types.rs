//! The nouns a test sees: people, messages as a phone shows them, presses, recorded calls.
//!
//! They are plain values, copied out of the world under its lock, so a test may keep them as long as it likes.

use bytes::Bytes;
use serde_json::Value;

/// A person with a Telegram account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// Telegram's id of the person; their private chat with the bot has the same id.
    pub id: i64,
    /// The name every account has.
    pub first_name: String,
    /// The second name, if the account shows one.
    pub last_name: Option<String>,
    /// The public name without `@`.
    pub username: Option<String>,
    /// The language of the person's app, such as `ru`.
    pub language_code: Option<String>,
}

impl User {
    /// A person with an id and a first name and nothing else.
    pub fn new(id: i64, first_name: &str) -> Self {
        Self { id, first_name: first_name.to_owned(), ..Self::default() }
    }
}

/// A message as a phone shows it.
#[derive(Clone, Debug)]
pub struct Message {
    /// The id of the message; rising with time over all chats of the bot.
    pub id: i64,
    /// When it was sent, by the world's clock, in milliseconds since 1970.
    pub date: i64,
    /// Whether the bot wrote it.
    pub from_bot: bool,
    /// The text (of a media message: the caption) without markup.
    pub text: String,
    /// The text as the bot gave it; a person's own text escaped for HTML.
    pub html: String,
    /// The buttons under the message, row by row.
    pub keyboard: Vec<Vec<Key>>,
    /// The picture or file of the message.
    pub media: Option<Media>,
    /// How many times it was changed.
    pub edits: u32,
    /// When it was changed last, by the world's clock, in milliseconds.
    pub edited_at: Option<i64>,
    /// Sent with `disable_notification`.
    pub silent: bool,
    /// Sent with `protect_content`.
    pub protected: bool,
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What stands on the button.
    pub label: String,
    /// What the bot receives when it is pressed.
    pub data: Option<String>,
    /// What opens when it is pressed.
    pub url: Option<String>,
}

/// A picture or a file in a message.
#[derive(Clone, Debug)]
pub struct Media {
    /// `photo`, `document`, `voice`, `sticker`.
    pub kind: String,
    /// The id by which the bot can send or download it again.
    pub file_id: String,
    /// The file's name, empty where Telegram keeps none.
    pub name: String,
    /// The MIME type.
    pub mime: String,
    /// The content.
    pub bytes: Bytes,
}

/// A toast or an alert that answered a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it said.
    pub text: String,
    /// Whether it was a window with an OK button.
    pub alert: bool,
}

/// A press of a button and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The update that carries it.
    pub update_id: i64,
    /// The id the bot answers by.
    pub query_id: String,
    /// Who pressed.
    pub user_id: i64,
    /// In which chat.
    pub chat_id: i64,
    /// Under which message.
    pub message_id: i64,
    /// The button's data.
    pub data: String,
    /// The text of the bot's answer (empty when it said nothing); `None` while the button spins.
    pub answered: Option<String>,
}

/// A call the bot made, kept when `Settings::record` is on.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method in Telegram's own spelling; as the bot wrote it, if there is no such method.
    pub method: String,
    /// The parameters after decoding; an uploaded file as `<file name, N bytes>`.
    pub params: Value,
    /// When, by the world's clock, in milliseconds.
    pub at: i64,
    /// Whether it was done.
    pub ok: bool,
    /// The description of the refusal.
    pub error: Option<String>,
    /// What the bot was given, as JSON; for `getUpdates` the updates.
    pub result: Option<String>,
    /// The reply never reached the bot.
    pub lost: bool,
    /// Milliseconds of real time since the server was made, when the reply was ready.
    pub real_ms: u64,
}

/// One list of commands left by `setMyCommands`.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandSet {
    /// The scope object, such as `{"type":"default"}`.
    pub scope: Value,
    /// The two letters of the language, or nothing for every language.
    pub language: Option<String>,
    /// The commands with their descriptions, in order.
    pub list: Vec<Command>,
}

/// One entry of the command menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Without the slash.
    pub command: String,
    /// What the menu shows beside it.
    pub description: String,
}

/// What else than a plain text a person can send.
#[derive(Clone, Debug)]
pub enum Other {
    /// A sticker.
    Sticker,
    /// A voice message.
    Voice,
    /// A picture, perhaps with words below.
    Photo {
        /// The words below.
        caption: Option<String>,
    },
    /// A file.
    Document {
        /// Its name.
        name: String,
        /// Its content.
        bytes: Bytes,
    },
    /// A place on the map.
    Location,
    /// A contact card.
    Contact,
    /// A text forwarded from somebody else.
    Forward(String),
    /// The person changes the text of an earlier message of theirs: (message id, new text).
    EditedText(i64, String),
}
