//! SQLite: a file with one writer that shares a commit between waiting units.
//!
//! A commit on a real disk costs one or more milliseconds, a unit some tens of microseconds. So the writer never
//! waits for more work, but takes all that has gathered while the last commit was on its way to the disk.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{Counts, Ending, Error, Result, Tx, Unit, unit};

/// Opens one connection. Readers cannot write.
///
/// # Errors
/// The file cannot be opened, or is not a database.
pub async fn connect(path: &Path, read_only: bool) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(!read_only)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(500)
        .pragma("secure_delete", "ON")
        .pragma("wal_autocheckpoint", "0")
        .pragma("query_only", if read_only { "ON" } else { "OFF" })
        .disable_statement_logging();
    Ok(options.connect().await?)
}

enum Order {
    Unit(Box<dyn Unit>),
    Close(Arc<Notify>),
}

/// Moves what stands in the log into the file, each second, on a connection of its own: done by the writer, it would
/// hold up every tap for as long as the disk needs for pages all over the file.
async fn checkpoints(mut connection: SqliteConnection, mut stop: oneshot::Receiver<()>) {
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            _ = &mut stop => break,
        }
        if let Err(e) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await {
            tracing::warn!("the log of the database could not be moved into its file: {e}");
        }
    }
    if let Err(e) = connection.close().await {
        tracing::debug!("a connection did not close: {e}");
    }
}

/// The one task that writes.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::UnboundedSender<Order>,
}

impl Writer {
    /// Starts the task. It holds `lock`, the file's lock, until it ends.
    pub(super) fn start(tx: Tx, second: SqliteConnection, batch: usize, lock: File, counts: Arc<Counts>) -> Writer {
        let (queue, orders) = mpsc::unbounded_channel();
        let (stop, stopped) = oneshot::channel();
        let checkpoints = (stop, tokio::spawn(checkpoints(second, stopped)));
        tokio::spawn(async move {
            let tx = serve(tx, orders, batch.max(1), &counts).await;
            let (stop, checkpoints) = checkpoints;
            let _ = stop.send(());
            let _ = checkpoints.await;
            if let Some((tx, closed)) = tx {
                tx.close().await;
                drop(lock);
                closed.notify_one();
            }
        });
        Writer { queue }
    }

    pub(super) fn send(&self, unit: Box<dyn Unit>) {
        if let Err(mpsc::error::SendError(Order::Unit(unit))) = self.queue.send(Order::Unit(unit)) {
            unit.done(Ending::Lost(Arc::new(Error::Closed)));
        }
    }

    pub(super) async fn close(&self) {
        let closed = Arc::new(Notify::new());
        if self.queue.send(Order::Close(closed.clone())).is_ok() {
            closed.notified().await;
        }
    }
}

async fn serve(
    mut tx: Tx,
    mut orders: mpsc::UnboundedReceiver<Order>,
    most: usize,
    counts: &Counts,
) -> Option<(Tx, Arc<Notify>)> {
    let mut batch: Vec<Box<dyn Unit>> = Vec::with_capacity(most);
    let mut closing = None;
    while closing.is_none() {
        let mut next = orders.recv().await;
        loop {
            match next {
                Some(Order::Unit(unit)) => batch.push(unit),
                Some(Order::Close(closed)) => closing = Some(closed),
                None => return None,
            }
            if batch.len() >= most || closing.is_some() {
                break;
            }
            match orders.try_recv() {
                Ok(order) => next = Some(order),
                Err(_) => break,
            }
        }
        let (units, before) = (batch.len(), tx.statements);
        let full = std::mem::replace(&mut batch, Vec::with_capacity(most));
        let written = unit::write(&mut tx, "BEGIN IMMEDIATE", full).await;
        counts.add(units, written.commits, tx.statements - before);
    }
    orders.close();
    while let Some(Order::Unit(unit)) = orders.recv().await {
        unit.done(Ending::Lost(Arc::new(Error::Closed)));
    }
    closing.map(|closed| (tx, closed))
}
