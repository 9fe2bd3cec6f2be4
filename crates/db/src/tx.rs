use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, Postgres};
// A task that does nothing but ask SQLite lets others have their turn now and then.
use tokio::task::consume_budget;

use crate::lane::LaneTx;
use crate::{Arg, DbError, Row, sqlite};

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
        match &mut self.engine {
            EngineTx::Sqlite(tx) => {
                consume_budget().await;
                let rows = sqlite::query(tx.connection(), sql, args, usize::MAX)?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            EngineTx::Postgres(tx) => {
                let rows = bound!(postgres_text(sql), args).fetch_all(&mut **tx).await;
                self.noted(rows.map(|rows| rows.into_iter().map(Row::Postgres).collect()))
            }
        }
    }

    /// The first row of a query, when there is one.
    pub async fn optional(&mut self, sql: &'static str, args: &[Arg]) -> Result<Option<Row>, DbError> {
        match &mut self.engine {
            EngineTx::Sqlite(tx) => {
                consume_budget().await;
                Ok(sqlite::query(tx.connection(), sql, args, 1)?.pop().map(Row::Sqlite))
            }
            EngineTx::Postgres(tx) => {
                let row = bound!(postgres_text(sql), args).fetch_optional(&mut **tx).await;
                self.noted(row.map(|row| row.map(Row::Postgres)))
            }
        }
    }

    /// The only row of a query that always has one, such as a count.
    pub async fn one(&mut self, sql: &'static str, args: &[Arg]) -> Result<Row, DbError> {
        self.optional(sql, args).await?.ok_or_else(|| DbError::Driver("a query that always has a row had none".into()))
    }

    /// Runs a statement and tells how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, args: &[Arg]) -> Result<u64, DbError> {
        match &mut self.engine {
            EngineTx::Sqlite(tx) => {
                consume_budget().await;
                Ok(sqlite::run(tx.connection(), sql, args)? as u64)
            }
            EngineTx::Postgres(tx) => {
                let done = bound!(postgres_text(sql), args).execute(&mut **tx).await;
                self.noted(done.map(|done| done.rows_affected()))
            }
        }
    }

    /// Makes everything done in this transaction durable.
    pub async fn commit(self) -> Result<(), DbError> {
        match self.engine {
            EngineTx::Sqlite(tx) => tx.commit()?,
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
        let count = move || {
            counted.fetch_add(STEPS_AT_ONCE as u64, Ordering::SeqCst);
            // The statement goes on.
            false
        };
        tx.connection_mut().progress_handler(STEPS_AT_ONCE, Some(count))?;
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
