use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{DbError, sqlite};

/// How long a transaction waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it waits for another process that writes into the file, and how long between two looks.
const BUSY: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// The connections to one SQLite file that are used in turns: one that writes, or a few that read.
#[derive(Clone)]
pub(crate) struct Lane(Arc<Shared>);

struct Shared {
    path: PathBuf,
    writes: bool,
    width: u32,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

impl Lane {
    /// The lane of the one connection that writes.
    pub(crate) fn writing(path: PathBuf) -> Lane {
        Lane::new(path, true, 1)
    }

    /// A lane of at most so many connections that read, opened when they are needed.
    pub(crate) fn reading(path: PathBuf, width: u32) -> Lane {
        Lane::new(path, false, width)
    }

    fn new(path: PathBuf, writes: bool, width: u32) -> Lane {
        let places = Arc::new(Semaphore::new(width as usize));
        Lane(Arc::new(Shared { path, writes, width, places, idle: Mutex::default() }))
    }

    /// Waits for a connection and begins a transaction on it. One that writes takes its lock at once, so that it never
    /// fails half-way for want of it.
    pub(crate) async fn begin(&self) -> Result<LaneTx, DbError> {
        let place = tokio::time::timeout(PATIENCE, self.0.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| DbError::Driver("every connection is busy for long".into()))?;
        let place = place.map_err(|_| DbError::Driver("the database was closed".into()))?;
        let idle = self.0.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => sqlite::connect(&self.0.path, self.0.writes)?,
        };
        let begin = if self.0.writes { "BEGIN IMMEDIATE" } else { "BEGIN" };
        let tx = LaneTx { connection: Some(connection), lane: self.clone(), place };
        let mut waited = Duration::ZERO;
        loop {
            match sqlite::run(tx.connection(), begin, &[]) {
                Ok(_) => return Ok(tx),
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && waited < BUSY => {
                    waited += LOOK_AGAIN;
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits for the transactions that are open and closes every connection; no other begins afterwards.
    pub(crate) async fn close(&self) {
        let all = self.0.places.acquire_many(self.0.width).await;
        self.0.places.close();
        drop(all);
        // The file is whole in any case: what was committed is in its log.
        drop(std::mem::take(&mut *self.0.idle()));
    }
}

impl Shared {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().expect("nobody panics while holding this lock")
    }
}

/// An open transaction on a connection of a lane. Dropped, it is rolled back and the connection goes back.
pub(crate) struct LaneTx {
    connection: Option<Connection>,
    lane: Lane,
    place: OwnedSemaphorePermit,
}

impl LaneTx {
    /// The connection, to run a statement on.
    pub(crate) fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("a connection leaves its transaction only when that is dropped")
    }

    /// The connection, to set it up.
    pub(crate) fn connection_mut(&mut self) -> &mut Connection {
        self.connection.as_mut().expect("a connection leaves its transaction only when that is dropped")
    }

    /// Makes everything done in this transaction durable.
    pub(crate) fn commit(self) -> rusqlite::Result<()> {
        sqlite::run(self.connection(), "COMMIT", &[]).map(|_| ())
    }
}

impl Drop for LaneTx {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // Some failures end the transaction by themselves.
        let open = !connection.is_autocommit();
        if open && sqlite::run(&connection, "ROLLBACK", &[]).is_err() {
            // Whatever is wrong with this connection, nobody shall meet it again.
            return;
        }
        debug_assert!(self.place.num_permits() == 1, "a transaction has one place");
        self.lane.0.idle().push(connection);
    }
}
