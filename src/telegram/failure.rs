//! Sorts Telegram's errors by their description, as the server words them (docs/telegram-notes.md).
//!
//! teloxide's own enum misses several current texts, so the words decide and everything else is "refused".

use std::time::Duration;

use teloxide::RequestError;

use crate::outbox::message::SendError;

/// Texts that say the person cannot be reached, whatever else the sentence says.
const UNREACHABLE: &[&str] = &[
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation",
    "the bot can't send messages to the bot",
    "bot was kicked",
    "bot is not a member",
    "the group chat was deleted",
    "chat not found",
    "user not found",
    "not enough rights",
    "have no rights",
    "CHAT_WRITE_FORBIDDEN",
];

/// Texts that say a message cannot be edited: send a new one.
const GONE: &[&str] = &[
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "MESSAGE_ID_INVALID",
    "message to be replied not found",
];

/// What a failed call means for the sender. `None`: it is as good as done ("not modified").
pub fn classify(error: &RequestError) -> Option<SendError> {
    Some(match error {
        RequestError::RetryAfter(seconds) => SendError::Wait(Duration::from_secs(u64::from(seconds.seconds()))),
        RequestError::Network(e) if e.is_connect() => SendError::Down(plain(e)),
        RequestError::Network(e) => SendError::Unclear(plain(e)),
        RequestError::InvalidJson { .. } => SendError::Unclear("an unreadable reply".into()),
        RequestError::Io(e) => SendError::Down(e.kind().to_string()),
        RequestError::MigrateToChatId(_) => SendError::Unreachable,
        RequestError::Api(e) => return by_words(&e.to_string()),
    })
}

/// The network error without its address, which holds the token.
fn plain(e: &reqwest::Error) -> String {
    if e.is_timeout() {
        "no reply in time".into()
    } else if e.is_connect() {
        "no connection".into()
    } else {
        "the connection broke".into()
    }
}

fn by_words(text: &str) -> Option<SendError> {
    let has = |needles: &[&str]| needles.iter().any(|n| text.contains(n));
    if text.contains("message is not modified") {
        return None;
    }
    Some(if has(UNREACHABLE) {
        SendError::Unreachable
    } else if has(GONE) {
        SendError::Gone
    } else if text.contains("query is too old") || text.contains("query ID is invalid") {
        SendError::Late
    } else if text.starts_with("Internal Server Error") || text.contains("Bad Gateway") {
        SendError::Down(text.to_owned())
    } else {
        SendError::Refused(text.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegrams_words_decide() {
        assert_eq!(by_words("Bad Request: message is not modified: specified new message content …"), None);
        assert_eq!(by_words("Forbidden: bot was blocked by the user"), Some(SendError::Unreachable));
        assert_eq!(by_words("Forbidden: bot can't initiate conversation with a user"), Some(SendError::Unreachable));
        assert_eq!(by_words("Bad Request: message to edit not found"), Some(SendError::Gone));
        assert_eq!(
            by_words("Bad Request: query is too old and response timeout expired or query ID is invalid"),
            Some(SendError::Late)
        );
        assert!(matches!(by_words("Bad Request: BUTTON_DATA_INVALID"), Some(SendError::Refused(_))));
        assert!(matches!(by_words("Internal Server Error: restart"), Some(SendError::Down(_))));
    }
}
