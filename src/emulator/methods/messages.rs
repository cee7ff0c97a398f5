//! `sendMessage`.

use super::super::params::Kind::{Bool, Chat, Int, List, Object, Text};
use super::super::params::{Param, Params, opt, req};
use super::super::refusal::Refusal;
use super::super::text;
use super::super::world::World;
use super::common::{NO_CHAT, check_preview, deliver};

/// The published parameters.
pub(super) const SEND: &[Param] = &[
    req("chat_id", Chat, NO_CHAT),
    req("text", Text, "message text is empty"),
    opt("business_connection_id", Text),
    opt("message_thread_id", Int),
    opt("direct_messages_topic_id", Int),
    opt("ephemeral_message_parameters", Object),
    opt("parse_mode", Text),
    opt("entities", List),
    opt("link_preview_options", Object),
    opt("disable_notification", Bool),
    opt("protect_content", Bool),
    opt("allow_paid_broadcast", Bool),
    opt("message_effect_id", Text),
    opt("suggested_post_parameters", Object),
    opt("reply_parameters", Object),
    opt("reply_markup", Object),
];

/// Sends a text.
pub(super) fn send(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let body = text::message(params, "message is too long")?;
    check_preview(params)?;
    deliver(world, "sendMessage", params, body, |_| None)
}
