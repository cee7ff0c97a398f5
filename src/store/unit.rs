//! A unit of work: what is committed whole or not at all.

use std::panic::AssertUnwindSafe;

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
    /// Called once, at the very end.
    fn done(self: Box<Self>, ending: Ending);
}

/// Runs `attempt` and turns a panic into an error.
pub(super) async fn attempt(unit: &mut dyn Unit, tx: &mut Tx) -> Result<()> {
    AssertUnwindSafe(unit.attempt(tx)).catch_unwind().await.unwrap_or_else(|panic| Err(Error::Panic(words(&*panic))))
}

/// Runs `failed` and turns a panic into an error.
pub(super) async fn failed(unit: &mut dyn Unit, tx: &mut Tx, why: &Error) -> Result<()> {
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

/// A closure as a unit, for jobs and start-up.
pub(super) struct Closure<T, F> {
    work: F,
    value: Option<Result<T>>,
    reply: Option<oneshot::Sender<Result<T>>>,
}

impl<T, F> Closure<T, F> {
    pub(super) fn new(work: F, reply: oneshot::Sender<Result<T>>) -> Closure<T, F> {
        Closure { work, value: None, reply: Some(reply) }
    }
}

impl<T, F> Unit for Closure<T, F>
where
    T: Send + 'static,
    F: for<'a> FnMut(&'a mut Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
{
    fn key(&self) -> i64 {
        0
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
