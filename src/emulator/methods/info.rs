//! `getMe`, `getChat`, `sendChatAction`.

use serde_json::json;

use super::super::chats::Place;
use super::super::params::Kind::{Chat, Int, Text};
use super::super::params::{Param, Params, opt, req};
use super::super::refusal::Refusal;
use super::super::world::World;
use super::common::NO_CHAT;

/// The published parameters of `getChat`.
pub(super) const CHAT: &[Param] = &[req("chat_id", Chat, NO_CHAT)];

const WRONG_ACTION: &str = "wrong parameter action in request";

/// The published parameters of `sendChatAction`.
pub(super) const ACTION: &[Param] = &[
    req("chat_id", Chat, NO_CHAT),
    req("action", Text, WRONG_ACTION),
    opt("business_connection_id", Text),
    opt("message_thread_id", Int),
];

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// Who the bot is.
pub(super) fn me(world: &mut World, _: &Params) -> Result<String, Refusal> {
    let user = &world.bot.user;
    let me = json!({
        "id": user.id,
        "is_bot": true,
        "first_name": user.first_name,
        "username": user.username,
        "can_join_groups": true,
        "can_read_all_group_messages": false,
        "supports_inline_queries": false,
        "can_connect_to_business": false,
        "has_main_web_app": false,
        "has_topics_enabled": false,
    });
    Ok(me.to_string())
}

/// What is known of a chat.
pub(super) fn chat(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let id = params.chat()?;
    let chat = world.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    let gifts = json!({"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
        "premium_subscription": false, "gifts_from_channels": false});
    let mut info: serde_json::Value = serde_json::from_str(&chat.json()).unwrap_or_default();
    info["accent_color_id"] = json!(0);
    info["max_reaction_count"] = json!(11);
    info["accepted_gift_types"] = gifts;
    if matches!(chat.place, Place::Group { .. }) {
        info["permissions"] = json!({"can_send_messages": true});
    }
    Ok(info.to_string())
}

/// "Is typing…"
pub(super) fn action(world: &mut World, params: &Params) -> Result<String, Refusal> {
    if !params.text("action").is_some_and(|action| ACTIONS.contains(&action)) {
        return Err(Refusal::bad(WRONG_ACTION));
    }
    world.reach("sendChatAction", params.chat()?)?;
    Ok("true".to_owned())
}
