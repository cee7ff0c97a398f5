//! What several methods share: the wording of missing parameters, replies, the way of a new message into a chat.

use std::sync::Arc;

use serde_json::Value;

use super::super::chats::Stored;
use super::super::files::StoredFile;
use super::super::markup;
use super::super::params::Params;
use super::super::refusal::Refusal;
use super::super::text::Checked;
use super::super::world::World;

/// `chat_id` is missing.
pub(super) const NO_CHAT: &str = "chat_id is empty";
/// `message_id` is missing.
pub(super) const NO_MESSAGE: &str = "message identifier is not specified";

/// Refuses fields of a nested object that the published type does not have.
pub(super) fn only(value: Option<&Value>, what: &str, known: &[&str]) -> Result<(), Refusal> {
    let Some(fields) = value.and_then(Value::as_object) else {
        return Ok(());
    };
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Refusal::strict(format!("unknown field `{name}` of {what}"))),
        None => Ok(()),
    }
}

/// Checks `link_preview_options`.
pub(super) fn check_preview(params: &Params) -> Result<(), Refusal> {
    let known = ["is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"];
    only(params.get("link_preview_options"), "link_preview_options", &known)
}

/// The message a new one answers, as JSON.
fn reply_to(world: &World, chat_id: i64, params: &Params) -> Result<Option<String>, Refusal> {
    let Some(reply) = params.get("reply_parameters") else {
        return Ok(None);
    };
    let known = [
        "message_id",
        "chat_id",
        "ephemeral_message_id",
        "allow_sending_without_reply",
        "quote",
        "quote_parse_mode",
        "quote_entities",
        "quote_position",
        "checklist_task_id",
        "poll_option_id",
    ];
    only(Some(reply), "reply_parameters", &known)?;
    let target = reply.get("message_id").and_then(Value::as_i64);
    let Some(target) = target else {
        return Err(Refusal::bad(NO_MESSAGE));
    };
    let found = world.chats.get(&chat_id).and_then(|chat| chat.find(target));
    match found {
        // The quoted message comes without the one it answered itself.
        Some(message) => Ok(Some(message.quoted.clone().unwrap_or_else(|| message.wire.clone()))),
        None if reply.get("allow_sending_without_reply").and_then(Value::as_bool) == Some(true) => Ok(None),
        None => Err(Refusal::bad("message to be replied not found")),
    }
}

/// Sends a new message of the bot: keyboard, chat, rates, then into the chat. The result is the message. The file is
/// kept only once nothing can refuse the call any more.
pub(super) fn deliver(
    world: &mut World,
    method: &str,
    params: &Params,
    body: Checked,
    file: impl FnOnce(&mut World) -> Option<Arc<StoredFile>>,
) -> Result<String, Refusal> {
    let mut warnings = body.warnings;
    let keyboard = markup::parse(params.get("reply_markup"), &mut warnings)?;
    let chat_id = params.chat()?;
    world.reach(method, chat_id)?;
    let reply_to = reply_to(world, chat_id, params)?;
    if params.get("message_effect_id").is_some() && chat_id < 0 {
        return Err(Refusal::strict(format!("{method}: message_effect_id outside a private chat")));
    }
    world.spend(chat_id)?;
    world.warn(method, warnings);
    let (id, now) = (world.message_id(), world.now());
    let mut message = Stored::new(id, now, Arc::clone(&world.bot), body.styled);
    message.markup = keyboard;
    message.reply_to = reply_to;
    message.silent = params.flag("disable_notification");
    message.protected = params.flag("protect_content");
    if let Some(file) = file(world) {
        message.extra.push(file.field());
        message.media = Some(file.media.clone());
    }
    let chat = world.chats.get_mut(&chat_id).ok_or_else(|| Refusal::bad("chat not found"))?;
    let wire = chat.add(message).wire.clone();
    world.showed(chat_id);
    Ok(wire)
}
