//! The methods of the Bot API, one file a family; each family has the published table of its parameters.
//!
//! `close`, `logOut` and whatever else is not in the list is refused as unknown.

mod callbacks;
mod commands;
mod common;
mod delete;
mod edits;
mod files;
mod info;
mod media;
mod messages;
pub(super) mod updates;
mod webhooks;

use super::params::{Param, Params};
use super::refusal::Refusal;
use super::world::World;

/// How a method works.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// At once, under the world's lock; the result is JSON.
    Now(fn(&mut World, &Params) -> Result<String, Refusal>),
    /// `getUpdates`, which waits.
    Poll,
}

/// One method.
pub(super) struct Method {
    /// Telegram's spelling; the path may use any case.
    pub(super) name: &'static str,
    /// The published parameters.
    pub(super) params: &'static [Param],
    /// What it does.
    pub(super) run: Run,
}

impl Method {
    const fn new(
        name: &'static str,
        params: &'static [Param],
        run: fn(&mut World, &Params) -> Result<String, Refusal>,
    ) -> Self {
        Self { name, params, run: Run::Now(run) }
    }

    /// Whether it sends, edits or deletes, so that `Faults::too_many` stops it.
    pub(super) fn reaches_chats(&self) -> bool {
        ["send", "edit", "deleteMessage"].iter().any(|head| self.name.starts_with(head))
            && self.name != "sendChatAction"
    }
}

const NONE: &[Param] = &[];

/// The most called first: the list is searched from the start.
const METHODS: &[Method] = &[
    Method::new("editMessageText", edits::TEXT, edits::text),
    Method::new("answerCallbackQuery", callbacks::ANSWER, callbacks::answer),
    Method { name: "getUpdates", params: updates::PARAMS, run: Run::Poll },
    Method::new("sendMessage", messages::SEND, messages::send),
    Method::new("deleteMessage", delete::PARAMS, delete::message),
    Method::new("editMessageReplyMarkup", edits::MARKUP, edits::markup),
    Method::new("editMessageCaption", edits::CAPTION, edits::caption),
    Method::new("editMessageMedia", media::EDIT, media::edit),
    Method::new("sendPhoto", media::PHOTO, media::photo),
    Method::new("sendDocument", media::DOCUMENT, media::document),
    Method::new("sendChatAction", info::ACTION, info::action),
    Method::new("getMe", NONE, info::me),
    Method::new("getChat", info::CHAT, info::chat),
    Method::new("getFile", files::PARAMS, files::get),
    Method::new("setMyCommands", commands::SET, commands::set),
    Method::new("getMyCommands", commands::SCOPE, commands::get),
    Method::new("deleteMyCommands", commands::SCOPE, commands::delete),
    Method::new("setWebhook", webhooks::SET, webhooks::set),
    Method::new("deleteWebhook", webhooks::DELETE, webhooks::delete),
    Method::new("getWebhookInfo", NONE, webhooks::info),
];

/// The method of this name in any case.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name.eq_ignore_ascii_case(name))
}
