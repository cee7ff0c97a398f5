//! The four query macros: one SQL text, two drivers.
//!
//! Placeholders are `$1 …` on both engines. Row types are tuples or structs with `sqlx::FromRow`.
//! PostgreSQL gives up a transaction after any error, so nothing here is used to insert and catch.

/// Runs a statement; the number of rows it changed.
#[macro_export]
macro_rules! exec {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let tx: &mut $crate::store::Tx = $tx;
        tx.statements += 1;
        match &mut tx.conn {
            $crate::store::tx::Conn::Lite(c) =>
                sqlx::query($sql)$(.bind($arg))*.execute(&mut **c).await.map(|r| r.rows_affected()),
            $crate::store::tx::Conn::Pg(c) =>
                sqlx::query($sql)$(.bind($arg))*.execute(&mut **c).await.map(|r| r.rows_affected()),
        }.map_err($crate::store::Error::from)
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! fetch_with {
    ($how:ident, $tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let tx: &mut $crate::store::Tx = $tx;
        tx.statements += 1;
        match &mut tx.conn {
            $crate::store::tx::Conn::Lite(c) =>
                sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.$how(&mut **c).await,
            $crate::store::tx::Conn::Pg(c) =>
                sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.$how(&mut **c).await,
        }.map_err($crate::store::Error::from)
    }};
}

/// Exactly one row.
#[macro_export]
macro_rules! fetch_one {
    ($($all:tt)*) => { $crate::fetch_with!(fetch_one, $($all)*) };
}

/// One row or none.
#[macro_export]
macro_rules! fetch_optional {
    ($($all:tt)*) => { $crate::fetch_with!(fetch_optional, $($all)*) };
}

/// All rows.
#[macro_export]
macro_rules! fetch_all {
    ($($all:tt)*) => { $crate::fetch_with!(fetch_all, $($all)*) };
}
