//! Takes updates in by webhook: Telegram posts them, and hears 200 only when the update is on disk.
//!
//! For a server with a public HTTPS address (a proxy in front takes care of TLS). The webhook is set at each start and
//! never removed at a stop, so that several replicas can come and go.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use teloxide::requests::Payload;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::intake::{ALLOWED, Intake};
use super::wire::Update;

/// The largest update Telegram sends is well below this.
const LARGEST: usize = 1 << 20;

#[derive(Serialize)]
struct SetWebhook {
    url: String,
    secret_token: String,
    max_connections: u8,
    allowed_updates: [&'static str; 3],
}

impl Payload for SetWebhook {
    type Output = IgnoredAny;
    const NAME: &'static str = "SetWebhook";
}

/// The secret Telegram shows with each update: the same for every replica, and nothing one can tell the token by.
fn secret(token: &SecretString) -> String {
    let hash = Sha256::digest(format!("webhook:{}", token.expose_secret()));
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

struct Door {
    intake: Intake,
    secret: String,
}

/// Sets the webhook and serves it until told to stop; updates under way are finished.
pub async fn run(
    intake: Intake,
    listener: TcpListener,
    url: String,
    token: SecretString,
    mut stop: watch::Receiver<bool>,
) {
    let secret = secret(&token);
    let watchdog = intake.watch_spinners();
    let payload =
        || SetWebhook { url: url.clone(), secret_token: secret.clone(), max_connections: 40, allowed_updates: ALLOWED };
    let mut patience = Duration::from_secs(1);
    while let Err(e) = intake.telegram().call(payload()).await {
        tracing::error!("the webhook could not be set: {e}. The bot goes on trying.");
        if tokio::time::timeout(patience, stop.changed()).await.is_ok() {
            return;
        }
        patience = (patience * 2).min(Duration::from_secs(60));
    }
    let door = Arc::new(Door { intake, secret });
    let router = Router::new().fallback(post(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(door);
    let served = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _ = stop.wait_for(|stopped| *stopped).await;
    });
    if let Err(e) = served.await {
        tracing::error!("the webhook's port closed: {e}");
    }
    watchdog.abort();
}

async fn take(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let shown = headers.get("x-telegram-bot-api-secret-token").map(|v| v.as_bytes()).unwrap_or_default();
    // Hashes are compared, so that the time it takes tells nothing about the secret.
    if Sha256::digest(shown) != Sha256::digest(door.secret.as_bytes()) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(update) = serde_json::from_slice::<Update>(&body) else {
        // Told 200, or Telegram would bring the same unreadable thing for ever.
        tracing::error!("an update could not be read and was left out");
        return StatusCode::OK;
    };
    if door.intake.take_one(update).await { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
