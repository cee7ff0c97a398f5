//! A transaction's connection, whichever engine it is on, and how many statements it ran.

use sqlx::{Connection, PgConnection, SqliteConnection};

use super::Result;

/// The connection behind a [`Tx`]; the query macros match on it.
pub enum Conn {
    /// SQLite.
    Lite(Box<SqliteConnection>),
    /// PostgreSQL.
    Pg(Box<PgConnection>),
}

/// What queries run on. The writer decides where its transaction begins and ends.
pub struct Tx {
    /// The connection itself, for the macros of `store::query`.
    pub conn: Conn,
    /// Statements run so far, without the writer's own: a test keeps a tap at six or fewer.
    pub statements: u64,
}

impl Tx {
    pub(super) fn lite(c: SqliteConnection) -> Tx {
        Tx { conn: Conn::Lite(Box::new(c)), statements: 0 }
    }

    pub(super) fn pg(c: PgConnection) -> Tx {
        Tx { conn: Conn::Pg(Box::new(c)), statements: 0 }
    }

    /// Closes the connection and waits until it is. The last one to close a SQLite file folds its log into it.
    pub(super) async fn close(self) {
        let _ = match self.conn {
            Conn::Lite(c) => c.close().await,
            Conn::Pg(c) => c.close().await,
        };
    }

    /// Runs the writer's own words (BEGIN, SAVEPOINT, COMMIT), which no statement count sees.
    pub(super) async fn control(&mut self, sql: &'static str) -> Result<()> {
        match &mut self.conn {
            Conn::Lite(c) => sqlx::raw_sql(sql).execute(&mut **c).await.map(drop)?,
            Conn::Pg(c) => sqlx::raw_sql(sql).execute(&mut **c).await.map(drop)?,
        }
        Ok(())
    }

    /// Whether this is PostgreSQL: only claims and locks may ask.
    pub fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Pg(_))
    }
}
