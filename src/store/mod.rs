//! The store: one concrete thing over two engines, SQLite (a file, the default) and PostgreSQL.
//!
//! All writing goes through [`Store::write`]: a [`Unit`] of work is committed whole or not at all. On SQLite one
//! writer shares a commit between up to 100 waiting units; on PostgreSQL each unit has its own transaction on one of
//! several lanes. SQL is one text for both engines, run through the macros of `store::query`.

pub mod bulk;
pub mod error;
pub mod inspect;
pub mod lock;
pub mod migrate;
pub mod people;
pub mod postgres;
pub mod query;
pub mod seal;
pub mod sqlite;
pub mod tx;
pub mod unit;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::future::BoxFuture;
use tokio::sync::{Mutex, Semaphore, oneshot};

pub use error::{Error, Result};
pub use tx::Tx;
pub use unit::{Ending, Unit};

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server, by URL.
    Postgres(String),
}

impl Place {
    /// Reads `DATABASE_URL`: `postgres://…`, `sqlite:path` or a bare path.
    pub fn from_url(url: &str) -> Place {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Place::Postgres(url.to_owned());
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        Place::File(path.split('?').next().unwrap_or(path).into())
    }
}

/// What a store was opened with; printed by benchmarks and `check`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many units one SQLite commit may share. 100 keeps a commit under some 10 ms.
    pub batch: usize,
    /// How many PostgreSQL connections turns run on.
    pub lanes: usize,
    /// How many connections serve readers.
    pub readers: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { batch: 100, lanes: 8, readers: 2 }
    }
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    place: Arc<Place>,
    writer: Writer,
    readers: Arc<Readers>,
    counts: Arc<Counts>,
}

/// What the writers did since the start.
#[derive(Debug, Default)]
pub struct Counts {
    /// Units committed.
    pub units: AtomicU64,
    /// Commits they shared.
    pub commits: AtomicU64,
    /// Statements they ran, without the writers' own.
    pub statements: AtomicU64,
}

impl Counts {
    fn add(&self, units: usize, commits: u64, statements: u64) {
        self.units.fetch_add(units as u64, Ordering::Relaxed);
        self.commits.fetch_add(commits, Ordering::Relaxed);
        self.statements.fetch_add(statements, Ordering::Relaxed);
    }
}

#[derive(Clone)]
enum Writer {
    Lite(sqlite::Writer),
    Pg(postgres::Lanes),
}

struct Readers {
    free: Mutex<Vec<Tx>>,
    permits: Semaphore,
}

impl Store {
    /// Opens the database, takes the lock beside a SQLite file, and brings the schema up to date.
    ///
    /// # Errors
    /// Each in one sentence that says what to do: not readable or writable, damaged, newer schema, in use.
    pub async fn open(place: &Place, settings: &Settings) -> Result<Store> {
        let mut free = Vec::new();
        let counts = Arc::new(Counts::default());
        let writer = match place {
            Place::File(path) => {
                let lock = lock::take(path)?;
                migrate::run(place).await?;
                for _ in 0..settings.readers {
                    free.push(Tx::lite(sqlite::connect(path, true).await?));
                }
                Writer::Lite(sqlite::Writer::start(
                    Tx::lite(sqlite::connect(path, false).await?),
                    sqlite::connect(path, false).await?,
                    settings.batch,
                    lock,
                    counts.clone(),
                ))
            }
            Place::Postgres(url) => {
                migrate::run(place).await?;
                for _ in 0..settings.readers {
                    free.push(Tx::pg(postgres::connect(url).await?));
                }
                Writer::Pg(postgres::Lanes::start(url, settings.lanes, counts.clone()).await?)
            }
        };
        let readers = Readers { permits: Semaphore::new(free.len().max(1)), free: Mutex::new(free) };
        Ok(Store { place: Arc::new(place.clone()), writer, readers: Arc::new(readers), counts })
    }

    /// Whether all units pass one writer (SQLite) and so can never wait for each other's rows.
    pub fn has_one_writer(&self) -> bool {
        matches!(*self.place, Place::File(_))
    }

    /// Which engine this is, for logs: `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match *self.place {
            Place::File(_) => "sqlite",
            Place::Postgres(_) => "postgres",
        }
    }

    /// What the writers did since the start.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Hands over a unit of work. Its `done` is called exactly once, after the commit or when it is lost.
    pub fn write(&self, unit: Box<dyn Unit>) {
        match &self.writer {
            Writer::Lite(w) => w.send(unit),
            Writer::Pg(l) => l.send(unit),
        }
    }

    /// Runs a repeatable closure in a transaction and returns its value after the commit.
    ///
    /// # Errors
    /// What the closure returned (everything it wrote is undone), or why the commit was lost.
    pub async fn transact<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnMut(&'a mut Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        self.transact_for(0, work).await
    }

    /// The same in line with the units of one key: a chat's notes behind its turns.
    ///
    /// # Errors
    /// As [`Store::transact`].
    pub async fn transact_for<T, F>(&self, key: i64, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnMut(&'a mut Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        let (reply, wait) = oneshot::channel();
        self.write(Box::new(unit::Closure::new(key, work, reply)));
        wait.await.unwrap_or(Err(Error::Closed))
    }

    /// Reads on a connection of its own; short, and never writes (SQLite refuses it there).
    ///
    /// # Errors
    /// What the closure returned.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<T>>,
    {
        let _permit = self.readers.permits.acquire().await.map_err(|_| Error::Closed)?;
        let mut tx = match self.readers.free.lock().await.pop() {
            Some(tx) => tx,
            None => self.reader().await?,
        };
        let value = work(&mut tx).await;
        let is_lost = matches!(&value, Err(e) if e.is_connection_lost());
        if !is_lost {
            self.readers.free.lock().await.push(tx);
        }
        value
    }

    async fn reader(&self) -> Result<Tx> {
        Ok(match &*self.place {
            Place::File(path) => Tx::lite(sqlite::connect(path, true).await?),
            Place::Postgres(url) => Tx::pg(postgres::connect(url).await?),
        })
    }

    /// Finishes what was handed over and closes. Later writes are lost and told so. The readers go first: then a
    /// SQLite file stands alone, without a log beside it, and may be copied.
    pub async fn close(&self) {
        for reader in std::mem::take(&mut *self.readers.free.lock().await) {
            reader.close().await;
        }
        match &self.writer {
            Writer::Lite(w) => w.close().await,
            Writer::Pg(l) => l.close().await,
        }
    }
}
