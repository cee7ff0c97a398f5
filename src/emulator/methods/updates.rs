//! `getUpdates`: the long poll.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::super::Shared;
use super::super::params::Kind::{Int, List};
use super::super::params::{Param, Params, opt};
use super::super::refusal::Refusal;
use super::super::world::World;

/// The published parameters.
pub(super) const PARAMS: &[Param] =
    &[opt("offset", Int), opt("limit", Int), opt("timeout", Int), opt("allowed_updates", List)];

const BY_WEBHOOK: &str =
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const BY_OTHER: &str = "terminated by other getUpdates request; make sure that only one bot instance is running";
const BY_SET: &str = "terminated by setWebhook request";

/// Remembers the kinds of updates a call asks for; left out means no change.
pub(super) fn allow(world: &mut World, params: &Params) {
    if let Some(kinds) = params.get("allowed_updates").and_then(Value::as_array) {
        let kinds = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        world.queue.allow(kinds);
    }
}

/// Confirms, then waits until something is queued, the time is over, or another poll takes its place.
pub(in super::super) async fn poll(shared: &Arc<Shared>, params: &Params) -> Result<String, Refusal> {
    let limit = params.int("limit").unwrap_or(100).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let seconds = params.int("timeout").unwrap_or(0).clamp(0, 50).unsigned_abs();
    let deadline = Instant::now() + Duration::from_secs(seconds);
    let number = shared.with(|world| begin(world, params))?;
    loop {
        let mut woken = pin!(shared.wake.notified());
        // Listen before looking, so that an update pushed in between is not slept through.
        woken.as_mut().enable();
        if let Some(batch) = shared.with(|world| take(world, number, limit))? {
            return Ok(batch);
        }
        if timeout_at(deadline, woken).await.is_err() {
            return Ok("[]".to_owned());
        }
    }
}

fn begin(world: &mut World, params: &Params) -> Result<u64, Refusal> {
    if world.webhook.is_some() {
        return Err(Refusal::conflict(BY_WEBHOOK));
    }
    allow(world, params);
    let before = world.queue.len();
    let twice = world.faults.duplicates;
    world.queue.confirm(params.int("offset").unwrap_or(0), twice);
    world.seen |= world.queue.len() != before;
    world.queue.poll += 1;
    // An older poll that still waits must learn that it is over.
    world.queued = true;
    Ok(world.queue.poll)
}

fn take(world: &mut World, number: u64, limit: usize) -> Result<Option<String>, Refusal> {
    if world.faults.down {
        // The caller closes the connection.
        return Ok(Some("[]".to_owned()));
    }
    if world.webhook.is_some() {
        return Err(Refusal::conflict(BY_SET));
    }
    if world.queue.poll != number {
        return Err(Refusal::conflict(BY_OTHER));
    }
    let now = world.now();
    let mut delivered = Vec::new();
    let before = world.queue.len();
    let batch = world.queue.batch(limit, now, &mut delivered);
    world.seen |= world.queue.len() != before;
    for press in delivered {
        world.presses.delivered(press);
    }
    Ok(batch)
}
