//! `editMessageText`, `editMessageCaption`, `editMessageReplyMarkup`.

use super::super::chats::Stored;
use super::super::markup::{self, Markup};
use super::super::params::Kind::{Bool, Chat, Int, List, Object, Text};
use super::super::params::{Param, Params, opt, req};
use super::super::refusal::Refusal;
use super::super::text;
use super::super::world::World;
use super::common::{NO_MESSAGE, check_preview};

/// The published parameters of `editMessageText`.
pub(super) const TEXT: &[Param] = &[
    opt("chat_id", Chat),
    opt("message_id", Int),
    req("text", Text, "message text is empty"),
    opt("parse_mode", Text),
    opt("reply_markup", Object),
    opt("business_connection_id", Text),
    opt("inline_message_id", Text),
    opt("entities", List),
    opt("link_preview_options", Object),
    opt("rich_message", Object),
];

/// The published parameters of `editMessageCaption`.
pub(super) const CAPTION: &[Param] = &[
    opt("chat_id", Chat),
    opt("message_id", Int),
    opt("caption", Text),
    opt("parse_mode", Text),
    opt("reply_markup", Object),
    opt("business_connection_id", Text),
    opt("inline_message_id", Text),
    opt("caption_entities", List),
    opt("show_caption_above_media", Bool),
];

/// The published parameters of `editMessageReplyMarkup`.
pub(super) const MARKUP: &[Param] = &[
    opt("chat_id", Chat),
    opt("message_id", Int),
    opt("reply_markup", Object),
    opt("business_connection_id", Text),
    opt("inline_message_id", Text),
];

const SAME: &str = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

/// "Nothing would change."
pub(super) fn same() -> Refusal {
    Refusal::bad(SAME)
}

/// Changes the text of an own text message; without `reply_markup` its buttons go.
pub(super) fn text(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let mut body = text::message(params, "MESSAGE_TOO_LONG")?;
    check_preview(params)?;
    let keyboard = markup::parse_inline(params.get("reply_markup"), &mut body.warnings)?;
    let (chat_id, old) = target(world, "editMessageText", params)?;
    if !old.is_text() {
        return Err(Refusal::bad("there is no text in the message to edit"));
    }
    if old.body.looks_like(&body.styled) && old.markup == keyboard {
        return Err(same());
    }
    let id = old.id;
    world.warn("editMessageText", body.warnings);
    change(world, chat_id, id, |message| {
        message.body = body.styled;
        message.markup = keyboard;
    })
}

/// Changes the words under an own picture or file.
pub(super) fn caption(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let mut body = text::caption(params)?;
    let keyboard = markup::parse_inline(params.get("reply_markup"), &mut body.warnings)?;
    let (chat_id, old) = target(world, "editMessageCaption", params)?;
    if old.media.is_none() {
        return Err(Refusal::bad("there is no caption in the message to edit"));
    }
    if old.body.looks_like(&body.styled) && old.markup == keyboard {
        return Err(same());
    }
    let id = old.id;
    world.warn("editMessageCaption", body.warnings);
    change(world, chat_id, id, |message| {
        message.body = body.styled;
        message.markup = keyboard;
    })
}

/// Changes the buttons of an own message.
pub(super) fn markup(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let mut warnings = Vec::new();
    let keyboard = markup::parse_inline(params.get("reply_markup"), &mut warnings)?;
    let (chat_id, old) = target(world, "editMessageReplyMarkup", params)?;
    if old.markup == keyboard {
        return Err(same());
    }
    let id = old.id;
    world.warn("editMessageReplyMarkup", warnings);
    change(world, chat_id, id, |message| message.markup = keyboard)
}

/// The message an edit means, if the bot may edit it.
pub(super) fn target<'w>(world: &'w mut World, method: &str, params: &Params) -> Result<(i64, &'w Stored), Refusal> {
    if params.get("inline_message_id").is_some() {
        return Err(Refusal::bad("MESSAGE_ID_INVALID").noting(format!("{method}: the bot has no inline messages")));
    }
    let chat_id = params.chat().map_err(|refusal| refusal.noting(format!("{method}: chat_id")))?;
    let id = params.int("message_id");
    let id =
        id.ok_or_else(|| Refusal::bad(NO_MESSAGE).noting(format!("{method}: parameter `message_id` is missing")))?;
    let chat = world.reach(method, chat_id)?;
    let message = chat.find(id).ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if !message.author.is_bot || message.markup == Markup::Reply {
        return Err(Refusal::bad("message can't be edited"));
    }
    Ok((chat_id, message))
}

/// Changes a message and stamps the edit; the result is the message.
pub(super) fn change(
    world: &mut World,
    chat_id: i64,
    id: i64,
    change: impl FnOnce(&mut Stored),
) -> Result<String, Refusal> {
    let now = world.now();
    world.showed(chat_id);
    let json = world.chats.get_mut(&chat_id).and_then(|chat| {
        chat.change(id, |message| {
            change(message);
            message.edits += 1;
            message.edited_at = Some(now);
        })
    });
    json.map(str::to_owned).ok_or_else(|| Refusal::bad("message to edit not found"))
}
