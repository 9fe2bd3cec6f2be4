use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, SqlSafeStr, Sqlite};
use sqlx_core::transaction::TransactionManager;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a transaction waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

type Manager = <Sqlite as sqlx::Database>::TransactionManager;

/// The connections to one SQLite file that are used in turns: one that writes, or a few that read.
///
/// Beside a pool made for servers this leaves out what a file does not need: no task that brings each connection back,
/// no asking whether it is still there. Each of these is a round trip to the connection's thread.
#[derive(Clone)]
pub(crate) struct Lane(Arc<Shared>);

struct Shared {
    options: SqliteConnectOptions,
    width: u32,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Lane {
    /// A lane of at most so many connections, opened when they are needed.
    pub(crate) fn new(options: SqliteConnectOptions, width: u32) -> Lane {
        let places = Arc::new(Semaphore::new(width as usize));
        Lane(Arc::new(Shared { options, width, places, idle: Mutex::default() }))
    }

    /// Waits for a connection and begins a transaction on it.
    pub(crate) async fn begin(&self, statement: &'static str) -> Result<LaneTx, sqlx::Error> {
        let place = tokio::time::timeout(PATIENCE, self.0.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.0.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => SqliteConnection::connect_with(&self.0.options).await?,
        };
        let mut tx = LaneTx { connection: Some(connection), lane: self.clone(), open: true, place };
        if let Err(error) = Manager::begin(tx.connection(), Some(statement.into_sql_str())).await {
            // Whatever is wrong with this connection, nobody shall meet it again.
            tx.connection = None;
            return Err(error);
        }
        Ok(tx)
    }

    /// Waits for the transactions that are open and closes every connection; no other begins afterwards.
    pub(crate) async fn close(&self) {
        let all = self.0.places.acquire_many(self.0.width).await;
        self.0.places.close();
        drop(all);
        let idle = std::mem::take(&mut *self.0.idle());
        for connection in idle {
            // The file is whole in any case: what was committed is in its log.
            let _ = connection.close().await;
        }
    }
}

impl Shared {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().expect("nobody panics while holding this lock")
    }
}

/// An open transaction on a connection of a lane. Dropped, it is rolled back and the connection goes back.
pub(crate) struct LaneTx {
    connection: Option<SqliteConnection>,
    lane: Lane,
    open: bool,
    place: OwnedSemaphorePermit,
}

impl LaneTx {
    /// The connection, to run a statement on.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        self.connection.as_mut().expect("a connection leaves its transaction only when that is dropped")
    }

    /// Makes everything done in this transaction durable.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        Manager::commit(self.connection()).await?;
        self.open = false;
        Ok(())
    }
}

impl Drop for LaneTx {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if self.open {
            // Asked for here, done before anything else that this connection is asked for.
            Manager::start_rollback(&mut connection);
        }
        debug_assert!(self.place.num_permits() == 1, "a transaction has one place");
        self.lane.0.idle().push(connection);
    }
}
