//! `setWebhook`, `deleteWebhook`, `getWebhookInfo`.

use serde_json::json;

use super::super::params::Kind::{Bool, File, Int, List, Text};
use super::super::params::{Param, Params, opt};
use super::super::refusal::Refusal;
use super::super::webhook::Webhook;
use super::super::world::World;
use super::updates;

/// The published parameters of `setWebhook`.
pub(super) const SET: &[Param] = &[
    opt("url", Text),
    opt("certificate", File),
    opt("ip_address", Text),
    opt("max_connections", Int),
    opt("allowed_updates", List),
    opt("drop_pending_updates", Bool),
    opt("secret_token", Text),
];

/// The published parameters of `deleteWebhook`.
pub(super) const DELETE: &[Param] = &[opt("drop_pending_updates", Bool)];

/// Where updates go from now on; an empty URL means back to polling.
pub(super) fn set(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let url = params.text("url").unwrap_or_default();
    let secret = params.text("secret_token").unwrap_or_default();
    if secret.len() > 256 {
        return Err(Refusal::bad("secret token is too long"));
    }
    if !secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return Err(Refusal::bad("secret token contains unallowed characters"));
    }
    if url.is_empty() {
        return delete(world, params);
    }
    let mut webhook = Webhook::new(url, secret).map_err(Refusal::bad)?;
    webhook.most = params.int("max_connections").unwrap_or(40).clamp(1, 100);
    updates::allow(world, params);
    drop_pending(world, params);
    world.webhook = Some(webhook);
    world.queue.poll += 1;
    world.queued = true;
    Ok("true".to_owned())
}

/// Back to polling.
pub(super) fn delete(world: &mut World, params: &Params) -> Result<String, Refusal> {
    drop_pending(world, params);
    world.webhook = None;
    world.queued = true;
    Ok("true".to_owned())
}

fn drop_pending(world: &mut World, params: &Params) {
    if params.flag("drop_pending_updates") {
        world.queue.clear();
        world.seen = true;
    }
}

/// Where updates go, and what went wrong last.
pub(super) fn info(world: &mut World, _: &Params) -> Result<String, Refusal> {
    let mut info = json!({"url": "", "has_custom_certificate": false, "pending_update_count": world.queue.len()});
    if let Some(webhook) = &world.webhook {
        info["url"] = json!(webhook.url);
        info["max_connections"] = json!(webhook.most);
        info["ip_address"] = json!("127.0.0.1");
        if let Some((at, text)) = &webhook.last_error {
            info["last_error_date"] = json!(at);
            info["last_error_message"] = json!(text);
        }
    }
    if !world.queue.allowed().is_empty() {
        info["allowed_updates"] = json!(world.queue.allowed());
    }
    Ok(info.to_string())
}
