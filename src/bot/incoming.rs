//! An update in our own words; the `telegram` room translates into it.

use crate::kernel::ids::Address;

/// What the messenger tells about the one who wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sender {
    /// First name as set there.
    pub first_name: String,
    /// Last name as set there.
    pub last_name: Option<String>,
    /// The language of their app.
    pub language_tag: Option<String>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A text that is not a command.
    Text(String),
    /// `/name rest`.
    Command {
        /// Without the slash and without `@bot`.
        name: String,
        /// What follows, trimmed: a deep link's payload for `/start`.
        rest: String,
    },
    /// A press on a button.
    Press {
        /// To be answered, or the spinner turns on.
        callback_id: String,
        /// The message the button stands under, if it is still known.
        message_id: Option<i64>,
        /// The payload, as hostile as anything from outside.
        data: String,
    },
    /// A sticker, a voice, a photo: something the bot does not read.
    Other,
    /// The person blocked the bot or left.
    Left,
    /// The person let the bot in again.
    Returned,
}

impl What {
    /// A word for the log and the failed mark; never content.
    pub fn kind(&self) -> &'static str {
        match self {
            What::Text(_) => "text",
            What::Command { .. } => "command",
            What::Press { .. } => "press",
            What::Other => "other",
            What::Left => "left",
            What::Returned => "returned",
        }
    }
}

/// One update.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The messenger's number of it: equal numbers are the same update.
    pub update_id: i64,
    /// The chat it came from.
    pub address: Address,
    /// Whether that is a talk with one person.
    pub is_private: bool,
    /// Who wrote.
    pub sender: Sender,
    /// What happened.
    pub what: What,
}
