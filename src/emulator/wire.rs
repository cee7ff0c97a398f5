//! The objects of the Bot API as they stand in JSON, and the accounts they speak of.

use serde::Serialize;
use serde_json::{Value, json};

use super::entities::Entity;
use super::types::User;

/// Who writes: a person or the bot.
#[derive(Clone, Debug)]
pub(super) struct Author {
    /// The account.
    pub(super) user: User,
    /// Whether it is the bot.
    pub(super) is_bot: bool,
}

/// `User`.
#[derive(Serialize)]
pub(super) struct WireUser<'a> {
    id: i64,
    is_bot: bool,
    first_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_code: Option<&'a str>,
}

impl Author {
    pub(super) fn wire(&self) -> WireUser<'_> {
        WireUser {
            id: self.user.id,
            is_bot: self.is_bot,
            first_name: &self.user.first_name,
            last_name: self.user.last_name.as_deref(),
            username: self.user.username.as_deref(),
            language_code: self.user.language_code.as_deref(),
        }
    }

    /// The account as JSON.
    pub(super) fn json(&self) -> String {
        to_json(&self.wire())
    }
}

/// Plain structs and JSON values cannot fail to serialise, so there is no error to pass on.
pub(super) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// `Chat`.
#[derive(Serialize)]
pub(super) struct WireChat<'a> {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_name: Option<&'a str>,
}

/// `Message`, but for its buttons and media, which are added as they are.
#[derive(Serialize)]
pub(super) struct WireMessage<'a> {
    pub(super) message_id: i64,
    pub(super) from: WireUser<'a>,
    pub(super) chat: WireChat<'a>,
    pub(super) date: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) edit_date: Option<i64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) has_protected_content: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Entity]>::is_empty")]
    pub(super) entities: &'a [Entity],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) caption: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Entity]>::is_empty")]
    pub(super) caption_entities: &'a [Entity],
}

/// Adds a field to a JSON object.
pub(super) fn put(object: &mut String, name: &str, json: &str) {
    object.pop();
    for piece in [",\"", name, "\":", json, "}"] {
        object.push_str(piece);
    }
}

/// A member object of `my_chat_member`.
pub(super) fn member(bot: &Author, status: &str) -> Value {
    let user = serde_json::to_value(bot.wire()).unwrap_or_default();
    match status {
        "kicked" => json!({"user": user, "status": status, "until_date": 0}),
        _ => json!({"user": user, "status": status}),
    }
}
