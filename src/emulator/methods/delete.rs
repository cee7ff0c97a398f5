//! `deleteMessage`: own messages anywhere, other people's in a private chat, both for 48 hours.

use super::super::chats::Place;
use super::super::params::Kind::{Chat, Int};
use super::super::params::{Param, Params, req};
use super::super::refusal::Refusal;
use super::super::world::World;
use super::common::{NO_CHAT, NO_MESSAGE};

const TWO_DAYS_MS: i64 = 48 * 3600 * 1000;

/// The published parameters.
pub(super) const PARAMS: &[Param] = &[req("chat_id", Chat, NO_CHAT), req("message_id", Int, NO_MESSAGE)];

/// Takes a message away.
pub(super) fn message(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let now = world.now();
    let chat = world.reach("deleteMessage", params.chat()?)?;
    let message = params.int("message_id").and_then(|id| chat.find(id));
    let message = message.ok_or_else(|| Refusal::bad("message to delete not found"))?;
    let group = matches!(chat.place, Place::Group { .. });
    if group && !message.author.is_bot {
        return Err(Refusal::bad("message can't be deleted"));
    }
    if now - message.date > TWO_DAYS_MS {
        return Err(Refusal::bad("message can't be deleted for everyone"));
    }
    let id = message.id;
    chat.remove(id);
    world.seen = true;
    Ok("true".to_owned())
}
