//! The admin port: `/healthz` for a watchdog, `/metrics` in Prometheus' text form. Off unless an address is set.
//!
//! It says how much the bot does and nothing of whom it does it for.

use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::fetch_one;
use crate::outbox::sender::Sender;
use crate::store::Store;

#[derive(Clone)]
struct Looked {
    store: Store,
    sender: Sender,
}

/// Serves until the task is dropped.
pub async fn serve(listener: TcpListener, store: Store, sender: Sender) {
    let router = Router::new()
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .with_state(Looked { store, sender });
    if let Err(e) = axum::serve(listener, router).await {
        tracing::error!("the admin port closed: {e}");
    }
}

/// 200 while the database answers.
async fn health(State(looked): State<Looked>) -> (StatusCode, &'static str) {
    let answer =
        looked.store.read(|tx| Box::pin(async move { fetch_one!(tx, (i64,), "SELECT CAST(1 AS BIGINT)") })).await;
    match answer {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

async fn metrics(State(looked): State<Looked>) -> Result<String, StatusCode> {
    let counts = looked.store.counts();
    let waiting: (i64,) = looked
        .store
        .read(|tx| {
            Box::pin(async move { fetch_one!(tx, (i64,), "SELECT count(*) FROM outbox WHERE state = 'waiting'") })
        })
        .await
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let lines = [
        ("uchitelskaya_units_total", "counter", counts.units.load(Ordering::Relaxed)),
        ("uchitelskaya_commits_total", "counter", counts.commits.load(Ordering::Relaxed)),
        ("uchitelskaya_statements_total", "counter", counts.statements.load(Ordering::Relaxed)),
        ("uchitelskaya_messages_waiting", "gauge", waiting.0.unsigned_abs()),
        ("uchitelskaya_sending", "gauge", u64::from(!looked.sender.is_calm())),
    ];
    Ok(lines.iter().map(|(name, kind, value)| format!("# TYPE {name} {kind}\n{name} {value}\n")).collect())
}
