//! PostgreSQL: each unit in a transaction of its own, on one of a few lanes.
//!
//! A unit's key chooses its lane, so units of one person keep their order inside this process; the advisory lock a
//! turn takes keeps it between replicas. A serialisation failure or deadlock is tried again three times.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use tokio::sync::{Notify, mpsc};

use super::{Ending, Error, Result, Tx, Unit, unit};

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
    pub(super) async fn start(url: &str, count: usize) -> Result<Lanes> {
        let mut queues = Vec::new();
        for _ in 0..count.max(1) {
            let tx = Tx::pg(connect(url).await?);
            let (queue, orders) = mpsc::unbounded_channel();
            tokio::spawn(serve(tx, orders, url.to_owned()));
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

async fn serve(mut tx: Tx, mut orders: mpsc::UnboundedReceiver<Order>, url: String) {
    while let Some(order) = orders.recv().await {
        match order {
            Order::Unit(mut unit) => {
                let result = alone(&mut tx, &mut *unit).await;
                if matches!(&result, Err(e) if e.is_connection_lost()) {
                    reconnect(&mut tx, &url).await;
                }
                unit.done(match result {
                    Ok(()) => Ending::Committed,
                    Err(e) => Ending::Lost(Arc::new(e)),
                });
            }
            Order::Close(closed) => {
                orders.close();
                while let Some(Order::Unit(unit)) = orders.recv().await {
                    unit.done(Ending::Lost(Arc::new(Error::Closed)));
                }
                tx.close().await;
                closed.notify_one();
                return;
            }
        }
    }
}

async fn reconnect(tx: &mut Tx, url: &str) {
    if let Ok(c) = connect(url).await {
        *tx = Tx::pg(c);
    }
}

async fn alone(tx: &mut Tx, unit: &mut dyn Unit) -> Result<()> {
    for _ in 0..3 {
        match once(tx, unit).await {
            Err(e) if e.is_retry() => tx.control("ROLLBACK").await?,
            Err(e) => {
                if !e.is_connection_lost() {
                    let _ = tx.control("ROLLBACK").await;
                }
                return Err(e);
            }
            Ok(()) => return Ok(()),
        }
    }
    once(tx, unit).await
}

async fn once(tx: &mut Tx, unit: &mut dyn Unit) -> Result<()> {
    tx.control("BEGIN").await?;
    if let Err(why) = unit::attempt(unit, tx).await {
        if why.is_connection_lost() || why.is_retry() {
            return Err(why);
        }
        tx.control("ROLLBACK; BEGIN").await?;
        unit::failed(unit, tx, &why).await?;
    }
    tx.control("COMMIT").await
}
