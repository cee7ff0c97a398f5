//! What the bot reads of Telegram's updates, and how that becomes an [`Incoming`].
//!
//! Everything unknown is skipped, so a newer Bot API never breaks the intake.

use serde::Deserialize;

use crate::bot::incoming::{Incoming, Sender, What};
use crate::kernel::ids::Address;

/// An update; at most one of its parts is there.
#[derive(Debug, Deserialize)]
pub struct Update {
    /// Its number.
    pub update_id: i64,
    message: Option<Message>,
    callback_query: Option<Press>,
    my_chat_member: Option<Membership>,
}

#[derive(Debug, Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    first_name: String,
    last_name: Option<String>,
    language_code: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    message_id: i64,
    chat: Chat,
    from: Option<User>,
    text: Option<String>,
    migrate_to_chat_id: Option<i64>,
    left_chat_member: Option<User>,
}

#[derive(Debug, Deserialize)]
struct Press {
    id: String,
    from: User,
    message: Option<PressedMessage>,
    data: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PressedMessage {
    message_id: i64,
    chat: Chat,
    /// 0 for a message Telegram no longer gives access to.
    date: i64,
}

#[derive(Debug, Deserialize)]
struct Membership {
    chat: Chat,
    from: User,
    new_chat_member: Member,
}

#[derive(Debug, Deserialize)]
struct Member {
    status: String,
}

impl From<User> for Sender {
    fn from(user: User) -> Sender {
        Sender { first_name: user.first_name, last_name: user.last_name, language_tag: user.language_code }
    }
}

impl Update {
    /// The update in our own words; nothing when the bot has nothing to do with it.
    pub fn into_incoming(self, bot_name: &str) -> Option<Incoming> {
        let update_id = self.update_id;
        let (address, is_private, sender, what) = if let Some(press) = self.callback_query {
            press.read()
        } else if let Some(message) = self.message {
            message.read(bot_name)?
        } else {
            self.my_chat_member?.read()
        };
        Some(Incoming { update_id, address, is_private, sender, what })
    }
}

type Parts = (Address, bool, Sender, What);

impl Press {
    fn read(self) -> Parts {
        let is_private = self.message.as_ref().is_none_or(|m| m.chat.kind == "private");
        let chat = self.message.as_ref().map_or(self.from.id, |m| m.chat.id);
        let message_id = self.message.filter(|m| m.date != 0).map(|m| m.message_id);
        let what = What::Press { callback_id: self.id, message_id, data: self.data.unwrap_or_default() };
        (Address(chat), is_private, self.from.into(), what)
    }
}

impl Message {
    fn read(self, bot_name: &str) -> Option<Parts> {
        let is_private = self.chat.kind == "private";
        let is_service = self.migrate_to_chat_id.is_some() || self.left_chat_member.is_some();
        let from = self.from.filter(|u| !u.is_bot)?;
        if is_service || self.chat.kind == "channel" || self.message_id == 0 {
            return None;
        }
        let what = self.text.map_or(What::Other, |text| read_text(text, bot_name));
        if !is_private && !matches!(what, What::Command { .. }) {
            return None;
        }
        Some((Address(self.chat.id), is_private, from.into(), what))
    }
}

/// Tells a command from other text; one meant for another bot is text.
fn read_text(text: String, bot_name: &str) -> What {
    let Some(rest) = text.strip_prefix('/') else { return What::Text(text) };
    let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (name, whom) = word.split_once('@').unwrap_or((word, bot_name));
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !is_name || !whom.eq_ignore_ascii_case(bot_name) {
        return What::Text(text);
    }
    What::Command { name: name.to_ascii_lowercase(), rest: rest.trim().to_owned() }
}

impl Membership {
    fn read(self) -> Parts {
        let has_left = matches!(self.new_chat_member.status.as_str(), "kicked" | "left");
        let what = if has_left { What::Left } else { What::Returned };
        (Address(self.chat.id), self.chat.kind == "private", self.from.into(), what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> What {
        read_text(text.to_owned(), "staff_bot")
    }

    #[test]
    fn commands_are_told_from_text() {
        let command = |name: &str, rest: &str| What::Command { name: name.into(), rest: rest.into() };
        assert_eq!(what("/start s123"), command("start", "s123"));
        assert_eq!(what("/MENU@Staff_Bot"), command("menu", ""));
        assert_eq!(what("/menu@other_bot"), What::Text("/menu@other_bot".into()));
        assert_eq!(what("/ что это"), What::Text("/ что это".into()));
        assert_eq!(what("Анна"), What::Text("Анна".into()));
    }

    #[test]
    fn an_update_of_an_unknown_form_is_skipped_and_keeps_its_number() {
        let update: Update = serde_json::from_str(r#"{"update_id":7,"rich_thing":{"x":1}}"#).unwrap();
        assert_eq!(update.update_id, 7);
        assert!(update.into_incoming("b").is_none());
    }

    #[test]
    fn a_press_under_an_inaccessible_message_is_answered_by_a_new_one() {
        let update: Update = serde_json::from_str(
            r#"{"update_id":1,"callback_query":{"id":"9","from":{"id":5,"is_bot":false,"first_name":"A"},
                "message":{"message_id":3,"date":0,"chat":{"id":5,"type":"private"}},"chat_instance":"1","data":"1m.h"}}"#,
        )
        .unwrap();
        let What::Press { message_id, data, .. } = update.into_incoming("b").unwrap().what else { panic!() };
        assert_eq!((message_id, data.as_str()), (None, "1m.h"));
    }
}
