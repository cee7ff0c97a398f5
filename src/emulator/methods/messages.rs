//! `sendMessage`.

use super::super::params::Kind::{Bool, Chat, Int, List, Object, Text};
use super::super::params::{Param, Params, req};
use super::super::refusal::Refusal;
use super::super::text;
use super::super::world::World;
use super::common::{NO_CHAT, check_preview, deliver};
use super::may;

/// The published parameters.
pub(super) const SEND: &[Param] = &[
    req("chat_id", Chat, NO_CHAT),
    req("text", Text, "message text is empty"),
    may("business_connection_id", Text),
    may("message_thread_id", Int),
    may("direct_messages_topic_id", Int),
    may("ephemeral_message_parameters", Object),
    may("parse_mode", Text),
    may("entities", List),
    may("link_preview_options", Object),
    may("disable_notification", Bool),
    may("protect_content", Bool),
    may("allow_paid_broadcast", Bool),
    may("message_effect_id", Text),
    may("suggested_post_parameters", Object),
    may("reply_parameters", Object),
    may("reply_markup", Object),
];

/// Sends a text.
pub(super) fn send(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let body = text::message(params, "message is too long")?;
    check_preview(params)?;
    deliver(world, "sendMessage", params, body, |_| None)
}
