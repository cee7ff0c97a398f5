//! PostgreSQL: a few lanes, each with a connection of its own; units that wait in one lane share a transaction.
//!
//! A unit's key chooses its lane, so units of one person keep their order inside this process; the advisory lock a
//! turn takes keeps it between replicas.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use tokio::sync::{Notify, mpsc};

use super::{Counts, Ending, Error, Result, Tx, Unit, unit};

/// Opens one connection.
///
/// # Errors
/// A malformed URL, or a server that cannot be reached or refuses.
pub async fn connect(url: &str) -> Result<PgConnection> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| {
            Error::Place(
                "DATABASE_URL is not a PostgreSQL address of the form postgres://name:password@host/database.".into(),
            )
        })?
        .statement_cache_capacity(500)
        .application_name("uchitelskaya")
        .disable_statement_logging();
    match tokio::time::timeout(Duration::from_secs(10), options.connect()).await {
        Ok(connection) => Ok(connection?),
        Err(_) => Err(Error::Place("PostgreSQL does not answer. Check that it runs and DATABASE_URL is right.".into())),
    }
}

/// How many waiting units of a lane share a transaction.
const TOGETHER: usize = 32;

enum Order {
    Unit(Box<dyn Unit>),
    Close(Arc<Notify>),
}

/// The lanes units run on.
#[derive(Clone)]
pub struct Lanes {
    queues: Arc<Vec<mpsc::UnboundedSender<Order>>>,
}

impl Lanes {
    pub(super) async fn start(url: &str, count: usize, counts: Arc<Counts>) -> Result<Lanes> {
        let mut queues = Vec::new();
        let connections = (0..count.max(1)).map(|_| connect(url));
        for connection in futures_util::future::try_join_all(connections).await? {
            let tx = Tx::pg(connection);
            let (queue, orders) = mpsc::unbounded_channel();
            tokio::spawn(serve(tx, orders, url.to_owned(), counts.clone()));
            queues.push(queue);
        }
        Ok(Lanes { queues: Arc::new(queues) })
    }

    pub(super) fn send(&self, unit: Box<dyn Unit>) {
        // Chats are numbered densely enough for a plain remainder to spread them.
        let lane = unit.key().unsigned_abs() % self.queues.len() as u64;
        let queue = &self.queues[usize::try_from(lane).unwrap_or(0)];
        if let Err(mpsc::error::SendError(Order::Unit(unit))) = queue.send(Order::Unit(unit)) {
            unit.done(Ending::Lost(Arc::new(Error::Closed)));
        }
    }

    pub(super) async fn close(&self) {
        for queue in self.queues.iter() {
            let closed = Arc::new(Notify::new());
            if queue.send(Order::Close(closed.clone())).is_ok() {
                closed.notified().await;
            }
        }
    }
}

async fn serve(mut tx: Tx, mut orders: mpsc::UnboundedReceiver<Order>, url: String, counts: Arc<Counts>) {
    let mut closing = None;
    while closing.is_none() {
        let mut batch = Vec::new();
        let mut next = orders.recv().await;
        loop {
            match next {
                Some(Order::Unit(unit)) => batch.push(unit),
                Some(Order::Close(closed)) => closing = Some(closed),
                None => return,
            }
            if batch.len() >= TOGETHER || closing.is_some() {
                break;
            }
            match orders.try_recv() {
                Ok(order) => next = Some(order),
                Err(_) => break,
            }
        }
        // One order for everybody who takes several chats' locks in one transaction: no two wait for each other.
        batch.sort_by_key(|unit| unit.key());
        let (units, before) = (batch.len(), tx.statements);
        let written = unit::write(&mut tx, "BEGIN", batch).await;
        counts.add(units, written.commits, tx.statements - before);
        if written.is_connection_lost {
            reconnect(&mut tx, &url).await;
        }
    }
    orders.close();
    while let Some(Order::Unit(unit)) = orders.recv().await {
        unit.done(Ending::Lost(Arc::new(Error::Closed)));
    }
    tx.close().await;
    if let Some(closed) = closing {
        closed.notify_one();
    }
}

async fn reconnect(tx: &mut Tx, url: &str) {
    if let Ok(c) = connect(url).await {
        *tx = Tx::pg(c);
    }
}
