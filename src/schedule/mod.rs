//! Work that nobody asks for: jobs by cron expression, in the database, claimed by one process at a time.
//!
//! A job is idempotent, finds its own work and takes it in short pieces. After a downtime a due job runs once, not once
//! for each time it was missed. Days of the week are written as names only (`Mon`): the cron crate counts from Sunday.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use cron::Schedule;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::kernel::chance::Chance;
use crate::kernel::time::{At, Clock, minutes};
use crate::store::seal::Keys;
use crate::store::{Error, Result, Store};
use crate::{exec, fetch_all, fetch_one, fetch_optional};

/// How long a process may keep a job before another one takes it over.
const LEASE: Duration = minutes(10);

/// What a job works with.
#[derive(Clone)]
pub struct Hands {
    /// The database.
    pub store: Store,
    /// Seals and opens.
    pub keys: Keys,
    /// Chance.
    pub chance: Chance,
    /// When it runs.
    pub now: At,
}

/// A job.
#[derive(Clone, Copy)]
pub struct Job {
    /// `feature/what-it-does`.
    pub key: &'static str,
    /// When, in UTC: `sec min hour day month weekday`.
    pub when: &'static str,
    /// What.
    pub run: fn(Hands) -> BoxFuture<'static, Result<()>>,
}

impl Job {
    /// The next time after `now`.
    ///
    /// # Errors
    /// An expression that is not cron: a bug, caught by a house test.
    pub fn next(&self, now: At) -> Result<At> {
        let schedule = Schedule::from_str(self.when).map_err(|e| Error::Bug(format!("the job {}: {e}", self.key)))?;
        schedule
            .after(&now.utc())
            .next()
            .map(|t| At(t.timestamp_millis()))
            .ok_or_else(|| Error::Bug(format!("the job {} never runs", self.key)))
    }
}

/// Runs jobs. Cheap to clone.
#[derive(Clone)]
pub struct Scheduler {
    jobs: Arc<Vec<Job>>,
    store: Store,
    keys: Keys,
    chance: Chance,
    clock: Clock,
    name: Arc<str>,
}

impl Scheduler {
    /// Notes every job in the database; new ones get their first time.
    ///
    /// # Errors
    /// The database's own.
    pub async fn new(jobs: Vec<Job>, store: Store, keys: Keys, chance: Chance, clock: Clock) -> Result<Scheduler> {
        let now = clock.now();
        let firsts = jobs.iter().map(|j| Ok((j.key, j.next(now)?))).collect::<Result<Vec<_>>>()?;
        store
            .transact(move |tx| {
                let firsts = firsts.clone();
                Box::pin(async move {
                    for (key, due) in firsts {
                        exec!(
                            tx,
                            "INSERT INTO jobs (key, due_at, attempt) VALUES ($1, $2, 0) ON CONFLICT (key) DO NOTHING",
                            key,
                            due
                        )?;
                    }
                    Ok(())
                })
            })
            .await?;
        let name = crate::store::seal::hex(&chance.bytes::<8>()).into();
        Ok(Scheduler { jobs: Arc::new(jobs), store, keys, chance, clock, name })
    }

    /// When the next job is due.
    ///
    /// # Errors
    /// The database's own.
    pub async fn next_due(&self) -> Result<Option<At>> {
        let (at,): (Option<At>,) = self
            .store
            .read(|tx| Box::pin(async move { fetch_one!(tx, (Option<At>,), "SELECT MIN(due_at) FROM jobs") }))
            .await?;
        Ok(at)
    }

    /// Runs what is due; how many jobs ran.
    ///
    /// # Errors
    /// The database's own; a job that fails is logged and tried again in a minute.
    pub async fn run_due(&self) -> Result<usize> {
        let now = self.clock.now();
        let due: Vec<(String,)> = self
            .store
            .read(|tx| {
                Box::pin(async move {
                    fetch_all!(
                        tx,
                        (String,),
                        "SELECT key FROM jobs WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until < $1)",
                        now
                    )
                })
            })
            .await?;
        let mut count = 0;
        for (key,) in due {
            let Some(job) = self.jobs.iter().find(|j| j.key == key) else { continue };
            count += usize::from(self.run_one(job, now).await?);
        }
        Ok(count)
    }

    async fn run_one(&self, job: &Job, now: At) -> Result<bool> {
        let (key, name, until) = (job.key, self.name.clone(), now.plus(LEASE));
        let claimed = self
            .store
            .transact(move |tx| {
                let name = name.clone();
                Box::pin(async move {
                    fetch_optional!(
                        tx,
                        (i64,),
                        "UPDATE jobs SET lease_until = $1, leased_by = $2, attempt = attempt + 1 WHERE key = $3 \
                         AND due_at <= $4 AND (lease_until IS NULL OR lease_until < $4) RETURNING attempt",
                        until,
                        name.to_string(),
                        key,
                        now
                    )
                })
            })
            .await?;
        if claimed.is_none() {
            return Ok(false);
        }
        let hands = Hands { store: self.store.clone(), keys: self.keys.clone(), chance: self.chance.clone(), now };
        let next = match (job.run)(hands).await {
            Ok(()) => job.next(now)?,
            Err(e) => {
                tracing::error!(job = key, "a job failed and is tried again in a minute: {e}");
                now.plus(minutes(1))
            }
        };
        self.store
            .transact(move |tx| {
                Box::pin(async move {
                    exec!(
                        tx,
                        "UPDATE jobs SET due_at = $1, lease_until = NULL, leased_by = NULL, attempt = 0 WHERE key = $2",
                        next,
                        key
                    )
                })
            })
            .await?;
        Ok(true)
    }

    /// Looks for due jobs each second until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(e) = self.run_due().await {
                tracing::error!("due jobs could not be read: {e}");
            }
            let _ = tokio::time::timeout(Duration::from_secs(1), stop.changed()).await;
        }
    }
}
