use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, Postgres};

use crate::lane::LaneTx;
use crate::{Arg, DbError, Row};

/// How fine [`Tx::count_steps`] counts.
const STEPS_AT_ONCE: i32 = 100;

/// A database transaction: of the writing kind from [`crate::Db::begin`], or a reading snapshot from
/// [`crate::Db::read`]. Dropping it without [`Tx::commit`] undoes everything.
pub struct Tx {
    pub(crate) engine: EngineTx,
    /// Whether a statement failed because of another transaction, so that [`crate::write!`] may run it again.
    pub(crate) conflict: bool,
}

pub(crate) enum EngineTx {
    Sqlite(LaneTx),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

macro_rules! bound {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql));
        for arg in $args {
            query = match arg.clone() {
                Arg::Int(value) => query.bind(value),
                Arg::Text(value) => query.bind(value),
                Arg::Blob(value) => query.bind(value),
                Arg::Bool(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Tx {
    /// Every row of a query.
    pub async fn all(&mut self, sql: &'static str, args: &[Arg]) -> Result<Vec<Row>, DbError> {
        let rows = match &mut self.engine {
            EngineTx::Sqlite(tx) => {
                let rows = bound!(sql, args).fetch_all(tx.connection()).await;
                rows.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            EngineTx::Postgres(tx) => {
                let rows = bound!(postgres_text(sql), args).fetch_all(&mut **tx).await;
                rows.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        };
        self.noted(rows)
    }

    /// The first row of a query, when there is one.
    pub async fn optional(&mut self, sql: &'static str, args: &[Arg]) -> Result<Option<Row>, DbError> {
        let row = match &mut self.engine {
            EngineTx::Sqlite(tx) => {
                bound!(sql, args).fetch_optional(tx.connection()).await.map(|row| row.map(Row::Sqlite))
            }
            EngineTx::Postgres(tx) => {
                bound!(postgres_text(sql), args).fetch_optional(&mut **tx).await.map(|row| row.map(Row::Postgres))
            }
        };
        self.noted(row)
    }

    /// The only row of a query that always has one, such as a count.
    pub async fn one(&mut self, sql: &'static str, args: &[Arg]) -> Result<Row, DbError> {
        self.optional(sql, args).await?.ok_or(DbError::Driver(sqlx::Error::RowNotFound))
    }

    /// Runs a statement and tells how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, args: &[Arg]) -> Result<u64, DbError> {
        let touched = match &mut self.engine {
            EngineTx::Sqlite(tx) => bound!(sql, args).execute(tx.connection()).await.map(|done| done.rows_affected()),
            EngineTx::Postgres(tx) => {
                bound!(postgres_text(sql), args).execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        };
        self.noted(touched)
    }

    /// Makes everything done in this transaction durable.
    pub async fn commit(self) -> Result<(), DbError> {
        match self.engine {
            EngineTx::Sqlite(tx) => tx.commit().await?,
            EngineTx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Counts from here on the steps that SQLite takes on this connection, so that a test can hold the work of a bulk
    /// statement against the number of its rows. `None` on PostgreSQL, which counts no steps.
    #[doc(hidden)]
    pub async fn count_steps(&mut self) -> Result<Option<Arc<AtomicU64>>, DbError> {
        let EngineTx::Sqlite(tx) = &mut self.engine else { return Ok(None) };
        let steps = Arc::new(AtomicU64::new(0));
        let counted = steps.clone();
        let mut handle = tx.connection().lock_handle().await?;
        handle.set_progress_handler(STEPS_AT_ONCE, move || {
            counted.fetch_add(STEPS_AT_ONCE as u64, Ordering::SeqCst);
            true
        });
        Ok(Some(steps))
    }

    fn noted<T>(&mut self, outcome: Result<T, sqlx::Error>) -> Result<T, DbError> {
        outcome.map_err(|error| {
            let error = DbError::from(error);
            self.conflict |= matches!(error, DbError::Conflict);
            error
        })
    }
}

/// The text with its two locking comments expanded. Statements without one, nearly all, are not copied.
fn postgres_text(sql: &'static str) -> std::borrow::Cow<'static, str> {
    if sql.contains("/*") {
        sql.replace("/*skip locked*/", "FOR UPDATE SKIP LOCKED").replace("/*for update*/", "FOR UPDATE").into()
    } else {
        sql.into()
    }
}
