//! What can go wrong in the store, sorted by what a caller does about it.

/// A store's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store could not do something. `Display` is one plain sentence for the log or the console.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine refused a statement or the connection.
    #[error("{}", plain(.0))]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("{0}")]
    Migration(String),
    /// The file, its folder or its lock.
    #[error("{0}")]
    Place(String),
    /// A sealed value does not open: the key is another one, or the value was changed.
    #[error("a sealed value does not open with the keys at hand")]
    Sealed,
    /// A stored value has a form this version does not know.
    #[error("a stored value cannot be read: {0}")]
    Form(String),
    /// The code asked for something impossible; a bug, logged with its reference.
    #[error("{0}")]
    Bug(String),
    /// A part of the code panicked; its work was undone.
    #[error("a panic: {0}")]
    Panic(String),
    /// The commit was lost, together with others that waited for it.
    #[error("{0}")]
    Lost(std::sync::Arc<Error>),
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
}

impl Error {
    /// The database's own code: SQLite's number or PostgreSQL's SQLSTATE.
    fn code(&self) -> Option<String> {
        match self {
            Error::Sql(sqlx::Error::Database(e)) => e.code().map(|c| c.into_owned()),
            Error::Lost(e) => e.code(),
            _ => None,
        }
    }

    /// SQLite's primary result code, if it is one.
    fn lite(&self) -> Option<i32> {
        let code: i32 = self.code()?.parse().ok()?;
        Some(code & 0xff)
    }

    /// The surrounding transaction can no longer be trusted: full or failing disk, busy, damaged, connection gone.
    pub fn is_fatal_to_batch(&self) -> bool {
        // 5 busy, 6 locked, 8 read-only, 10 I/O, 11 corrupt, 13 full, 14 cannot open, 26 not a database.
        self.is_connection_lost() || self.lite().is_some_and(|c| [5, 6, 8, 10, 11, 13, 14, 26].contains(&c))
    }

    /// PostgreSQL asks to run the transaction again (serialisation failure, deadlock).
    pub fn is_retry(&self) -> bool {
        matches!(self.code().as_deref(), Some("40001" | "40P01"))
    }

    /// The connection itself is gone.
    pub fn is_connection_lost(&self) -> bool {
        match self {
            Error::Sql(
                sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed,
            ) => true,
            Error::Lost(e) => e.is_connection_lost(),
            // 57P01..57P03: the server is shutting down or starting.
            _ => self.code().is_some_and(|c| c.starts_with("57P") || c.starts_with("08")),
        }
    }
}

/// One sentence that says what happened and what to do.
fn plain(e: &sqlx::Error) -> String {
    let sqlx::Error::Database(db) = e else {
        return match e {
            sqlx::Error::Io(io) => {
                format!("The database cannot be reached ({io}). Check that it runs and DATABASE_URL is right.")
            }
            other => format!("The database gave an unexpected answer: {other}."),
        };
    };
    let lite = db.code().and_then(|c| c.parse::<i32>().ok()).map(|c| c & 0xff);
    match (lite, db.code().as_deref()) {
        (Some(5 | 6), _) => "The database file is in use by another process. Stop it and start again.".into(),
        (Some(8), _) => "The database file is read-only. Give the bot the right to write to it and its folder.".into(),
        (Some(10), _) => "The disk does not read or write the database file. Check the disk.".into(),
        (Some(11 | 26), _) => {
            "The database file is damaged or is not a database. Restore the last copy (docs/operating.md).".into()
        }
        (Some(13), _) => "The disk is full. Free some space; nothing was lost.".into(),
        (Some(14), _) => "The database file cannot be opened. Check that its folder exists and may be written.".into(),
        (_, Some("28P01" | "28000")) => "PostgreSQL refused the name or password in DATABASE_URL.".into(),
        (_, Some("3D000")) => "The PostgreSQL database named in DATABASE_URL does not exist. Create it first.".into(),
        _ => format!("The database refused a statement: {}", db.message()),
    }
}
