//! Delivers rendered messages: the `Messenger` of the outbox over Telegram's methods.

use futures_util::future::BoxFuture;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use teloxide::requests::Payload;

use super::client::Telegram;
use super::failure::classify;
use crate::kernel::ids::Address;
use crate::outbox::message::{Key, Messenger, Rendered, SendError};

#[derive(Serialize)]
struct Keyboard {
    inline_keyboard: Vec<Vec<WireKey>>,
}

#[derive(Serialize)]
struct WireKey {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Keyboard {
    fn of(keys: &[Vec<Key>]) -> Option<Keyboard> {
        let wire = |k: &Key| WireKey { text: k.label.clone(), callback_data: k.data.clone(), url: k.url.clone() };
        let rows: Vec<Vec<WireKey>> = keys.iter().map(|row| row.iter().map(wire).collect()).collect();
        (!rows.is_empty()).then_some(Keyboard { inline_keyboard: rows })
    }
}

#[derive(Serialize)]
struct LinkPreview {
    is_disabled: bool,
}

const NO_PREVIEW: LinkPreview = LinkPreview { is_disabled: true };

#[derive(Serialize)]
struct SendMessage {
    chat_id: i64,
    text: String,
    parse_mode: &'static str,
    link_preview_options: LinkPreview,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    disable_notification: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Keyboard>,
}

/// All that is read of a sent message.
#[derive(Deserialize)]
pub struct Sent {
    message_id: i64,
}

impl Payload for SendMessage {
    type Output = Sent;
    const NAME: &'static str = "SendMessage";
}

#[derive(Serialize)]
struct EditMessageText {
    chat_id: i64,
    message_id: i64,
    text: String,
    parse_mode: &'static str,
    link_preview_options: LinkPreview,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Keyboard>,
}

impl Payload for EditMessageText {
    type Output = IgnoredAny;
    const NAME: &'static str = "EditMessageText";
}

#[derive(Serialize)]
struct EditMessageReplyMarkup {
    chat_id: i64,
    message_id: i64,
}

impl Payload for EditMessageReplyMarkup {
    type Output = IgnoredAny;
    const NAME: &'static str = "EditMessageReplyMarkup";
}

#[derive(Serialize)]
struct AnswerCallbackQuery {
    callback_query_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Payload for AnswerCallbackQuery {
    type Output = IgnoredAny;
    const NAME: &'static str = "AnswerCallbackQuery";
}

impl Telegram {
    async fn done<P>(&self, payload: P) -> Result<(), SendError>
    where
        P: Payload<Output = IgnoredAny> + Serialize + Send + 'static,
    {
        match self.call(payload).await {
            Ok(_) => Ok(()),
            Err(e) => classify(&e).map_or(Ok(()), Err),
        }
    }
}

impl Messenger for Telegram {
    fn send<'a>(
        &'a self,
        to: Address,
        message: &'a Rendered,
        is_silent: bool,
    ) -> BoxFuture<'a, Result<i64, SendError>> {
        Box::pin(async move {
            let payload = SendMessage {
                chat_id: to.0,
                text: message.html.clone(),
                parse_mode: "HTML",
                link_preview_options: NO_PREVIEW,
                disable_notification: is_silent,
                reply_markup: Keyboard::of(&message.keys),
            };
            match self.call(payload).await {
                Ok(sent) => Ok(sent.message_id),
                Err(e) => Err(classify(&e).unwrap_or(SendError::Unclear("not modified".into()))),
            }
        })
    }

    fn edit<'a>(&'a self, to: Address, message_id: i64, message: &'a Rendered) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(self.done(EditMessageText {
            chat_id: to.0,
            message_id,
            text: message.html.clone(),
            parse_mode: "HTML",
            link_preview_options: NO_PREVIEW,
            reply_markup: Keyboard::of(&message.keys),
        }))
    }

    fn strip(&self, to: Address, message_id: i64) -> BoxFuture<'_, Result<(), SendError>> {
        Box::pin(self.done(EditMessageReplyMarkup { chat_id: to.0, message_id }))
    }

    fn answer<'a>(&'a self, callback_id: &'a str, words: Option<&'a str>) -> BoxFuture<'a, Result<(), SendError>> {
        let text = words.map(|w| w.chars().take(200).collect());
        Box::pin(self.done(AnswerCallbackQuery { callback_query_id: callback_id.to_owned(), text }))
    }
}
