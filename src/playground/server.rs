//! The routes of the page and the stream that tells it when to look again.
//!
//! One page, its files from memory, its state as JSON, changes as POST. The stream carries only "something changed":
//! the page fetches the whole state then, so a lost or joined event loses nothing.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::response::Html;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router, middleware};
use futures_util::stream::{self, Stream};
use tokio::net::TcpListener;

use super::room::Room;
use super::{Stage, acts, assets, files, guard, transcript, view};

/// The most a person may hand to the bot, in bytes: Telegram gives bots files up to 20 MB.
const UPLOAD_MAX: usize = 20 * 1024 * 1024;

/// Serves the page until the future is dropped.
///
/// # Errors
/// What the listener reports.
pub async fn serve(stage: Stage, listener: TcpListener) -> std::io::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Without it small answers wait for one another; the page works either way.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router(stage)).await
}

/// All routes, behind the guard against pages of other sites.
pub fn router(stage: Stage) -> Router {
    let room = Arc::new(Room::new(stage));
    let acts = Router::new()
        .route("/api/press", post(acts::press))
        .route("/api/send", post(acts::send))
        .route("/api/start", post(acts::start))
        .route("/api/other", post(acts::other))
        .route("/api/upload", post(acts::upload).layer(DefaultBodyLimit::max(UPLOAD_MAX)))
        .route("/api/block", post(acts::block))
        .route("/api/phone", post(acts::add_phone))
        .route("/api/clock", post(acts::move_clock))
        .route("/api/faults", post(acts::set_faults));
    Router::new()
        .route("/", get(page))
        .route("/api/state", get(state))
        .route("/api/events", get(events))
        .route("/api/file/{id}", get(files::file))
        .route("/api/transcript", get(transcript::download))
        .merge(acts)
        .with_state(room)
        .merge(assets::routes())
        .layer(middleware::from_fn(guard::guard))
}

async fn page(State(room): State<Arc<Room>>) -> Html<String> {
    let next_job = (room.stage.next_job)().await;
    Html(assets::page(&view::table(&room, next_job)))
}

async fn state(State(room): State<Arc<Room>>) -> Json<view::Table> {
    let next_job = (room.stage.next_job)().await;
    Json(view::table(&room, next_job))
}

/// One event at once, then one after each change; changes that come together are one event.
async fn events(State(room): State<Arc<Room>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let phones = room.stage.emulator.revision();
    let table = room.bell();
    let changes = stream::unfold((phones, table, true), |(mut phones, mut table, first)| async move {
        if !first {
            let alive = tokio::select! {
                changed = phones.changed() => changed,
                changed = table.changed() => changed,
            };
            alive.ok()?;
        }
        let mark = format!("{}.{}", *phones.borrow_and_update(), *table.borrow_and_update());
        Some((Ok(Event::default().data(mark)), (phones, table, false)))
    });
    Sse::new(changes).keep_alive(KeepAlive::default())
}
