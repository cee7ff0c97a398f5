//! A unit of work: what is committed whole or not at all.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::{Error, Result, Tx};

/// How a unit ended.
#[derive(Debug)]
pub enum Ending {
    /// What `attempt` (or `failed`) wrote is on disk.
    Committed,
    /// Nothing of it is on disk; the reason.
    Lost(std::sync::Arc<Error>),
}

/// Work for the writer. `attempt` may run more than once and must then do the same again from the start.
pub trait Unit: Send {
    /// Units with one key run one after another, in the order they came.
    fn key(&self) -> i64;
    /// The work.
    fn attempt<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Result<()>>;
    /// `attempt` failed and was undone: write what should stay all the same (a failed mark, a kind answer).
    fn failed<'a>(&'a mut self, tx: &'a mut Tx, why: &'a Error) -> BoxFuture<'a, Result<()>>;
    /// Even `failed` failed and was undone: write only the mark without which the work would come again for ever.
    fn give_up<'a>(&'a mut self, tx: &'a mut Tx, why: &'a Error) -> BoxFuture<'a, Result<()>>;
    /// Called once, at the very end.
    fn done(self: Box<Self>, ending: Ending);
}

/// Runs `attempt` and turns a panic into an error.
async fn attempt(unit: &mut dyn Unit, tx: &mut Tx) -> Result<()> {
    AssertUnwindSafe(unit.attempt(tx)).catch_unwind().await.unwrap_or_else(|panic| Err(Error::Panic(words(&*panic))))
}

/// Runs `failed` and turns a panic into an error.
async fn failed(unit: &mut dyn Unit, tx: &mut Tx, why: &Error) -> Result<()> {
    AssertUnwindSafe(unit.failed(tx, why))
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| Err(Error::Panic(words(&*panic))))
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without words".into())
}

/// What writing a batch took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    pub(super) commits: u64,
    pub(super) is_connection_lost: bool,
}

/// Writes a batch in one transaction. If a unit fails or the commit is lost, everything is undone and each unit runs
/// again alone: a failure is rare and costs its batch a second run, where savepoints would cost every unit two
/// statements (docs/decisions/0003). `begin` is the engine's own word.
pub(super) async fn write(tx: &mut Tx, begin: &'static str, mut batch: Vec<Box<dyn Unit>>) -> Written {
    if batch.len() > 1 {
        match together(tx, begin, &mut batch).await {
            Ok(()) => {
                batch.into_iter().for_each(|unit| unit.done(Ending::Committed));
                return Written { commits: 1, is_connection_lost: false };
            }
            Err(_) => drop(tx.control("ROLLBACK").await),
        }
    }
    let mut written = Written::default();
    for mut unit in batch {
        let ending = match alone(tx, begin, &mut *unit).await {
            Ok(()) => Ending::Committed,
            Err(e) => {
                written.is_connection_lost |= e.is_connection_lost();
                Ending::Lost(Arc::new(e))
            }
        };
        written.commits += 1;
        unit.done(ending);
    }
    written
}

async fn together(tx: &mut Tx, begin: &'static str, batch: &mut [Box<dyn Unit>]) -> Result<()> {
    tx.control(begin).await?;
    for unit in batch.iter_mut() {
        attempt(&mut **unit, tx).await?;
    }
    tx.control("COMMIT").await
}

/// One unit in its own transaction; a serialisation failure or deadlock is tried again three times.
async fn alone(tx: &mut Tx, begin: &'static str, unit: &mut dyn Unit) -> Result<()> {
    let mut tries = 0;
    loop {
        match once(tx, begin, unit).await {
            Err(e) if e.is_retry() && tries < 3 => tries += 1,
            other => {
                if matches!(&other, Err(e) if !e.is_connection_lost()) {
                    let _ = tx.control("ROLLBACK").await;
                }
                return other;
            }
        }
        tx.control("ROLLBACK").await?;
    }
}

async fn once(tx: &mut Tx, begin: &'static str, unit: &mut dyn Unit) -> Result<()> {
    tx.control(begin).await?;
    if let Err(why) = attempt(unit, tx).await {
        if why.is_fatal_to_batch() || why.is_retry() {
            return Err(why);
        }
        tx.control("ROLLBACK").await?;
        tx.control(begin).await?;
        if let Err(worse) = failed(unit, tx, &why).await {
            if worse.is_fatal_to_batch() || worse.is_retry() {
                return Err(worse);
            }
            tx.control("ROLLBACK").await?;
            tx.control(begin).await?;
            unit.give_up(tx, &worse).await?;
        }
    }
    tx.control("COMMIT").await
}

/// A closure as a unit, for jobs and start-up.
pub(super) struct Closure<T, F> {
    key: i64,
    work: F,
    value: Option<Result<T>>,
    reply: Option<oneshot::Sender<Result<T>>>,
}

impl<T, F> Closure<T, F> {
    pub(super) fn new(key: i64, work: F, reply: oneshot::Sender<Result<T>>) -> Closure<T, F> {
        Closure { key, work, value: None, reply: Some(reply) }
    }
}

impl<T, F> Unit for Closure<T, F>
where
    T: Send + 'static,
    F: for<'a> FnMut(&'a mut Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
{
    fn key(&self) -> i64 {
        self.key
    }

    fn attempt<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let value = (self.work)(tx).await?;
            self.value = Some(Ok(value));
            Ok(())
        })
    }

    fn failed<'a>(&'a mut self, _tx: &'a mut Tx, why: &'a Error) -> BoxFuture<'a, Result<()>> {
        self.value = Some(Err(Error::Bug(why.to_string())));
        Box::pin(async { Ok(()) })
    }

    fn give_up<'a>(&'a mut self, tx: &'a mut Tx, why: &'a Error) -> BoxFuture<'a, Result<()>> {
        self.failed(tx, why)
    }

    fn done(mut self: Box<Self>, ending: Ending) {
        let value = match (ending, self.value.take()) {
            (Ending::Committed, Some(value)) => value,
            (Ending::Lost(e), _) => Err(Error::Lost(e)),
            (Ending::Committed, None) => Err(Error::Bug("a unit was committed without a value".into())),
        };
        if let Some(reply) = self.reply.take() {
            let _ = reply.send(value);
        }
    }
}
