use std::str::FromStr;
use std::time::Duration;

use rusqlite::ErrorCode;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Connection, PgPool};

use crate::lane::{Lane, LaneTx};
use crate::tx::EngineTx;
use crate::{DbError, Tx};

/// How long a server may let us wait.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many reading transactions SQLite serves at once.
const READERS: u32 = 4;

/// An open database of either engine. Cloning shares it.
#[derive(Clone)]
pub struct Db(pub(crate) Engine);

#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite { write: Lane, read: Lane },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…`.
    pub async fn open(address: &str) -> Result<Db, DbError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(address)?.application_name("passerelle");
            // Once beside the pool, which tries again and again and at last only says that it ran out of time.
            let first = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await;
            match first.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
                Ok(connection) => connection.close().await?,
                Err(error) => return Err(DbError::Unopened(postgres_trouble(&options, &error))),
            }
            let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_with(options).await?;
            return Ok(Db(Engine::Postgres(pool)));
        }
        let path = address.strip_prefix("sqlite:").ok_or_else(|| DbError::Address(address.to_owned()))?;
        let write = Lane::writing(path.into());
        // Made now, so that a path which cannot be opened is said at once.
        drop(write.begin().await.map_err(sqlite_trouble)?);
        let read = Lane::reading(path.into(), READERS);
        Ok(Db(Engine::Sqlite { write, read }))
    }

    /// Begins a writing transaction.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        match &self.0 {
            Engine::Sqlite { write, .. } => Ok(sqlite(write.begin().await?)),
            Engine::Postgres(pool) => Ok(postgres(pool.begin().await?)),
        }
    }

    /// Begins a reading transaction: one consistent view that never waits for a writer.
    pub async fn read(&self) -> Result<Tx, DbError> {
        match &self.0 {
            Engine::Sqlite { read, .. } => Ok(sqlite(read.begin().await?)),
            Engine::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(postgres(pool.begin_with(begin).await?))
            }
        }
    }

    /// Creates a database beside this one, its text ordered by bytes as SQLite's is. PostgreSQL only; on SQLite a
    /// database is made by opening it.
    ///
    /// # Panics
    /// When the name is not made of lower-case letters, digits and underscores.
    pub async fn create_database(&self, name: &str) -> Result<(), DbError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        assert!(name.bytes().all(plain), "a database name is written in lower case, digits and underscores");
        if let Engine::Postgres(pool) = &self.0 {
            let sql =
                format!("CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' ENCODING 'UTF8'");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(pool).await?;
        }
        Ok(())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read().await?.one("SELECT 1 AS one", &[]).await.map(|_| ())
    }

    /// Closes every connection; afterwards the files may be removed.
    pub async fn close(&self) {
        match &self.0 {
            Engine::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

/// Why a file could not be opened, and what to do. What SQLite says otherwise is passed on.
fn sqlite_trouble(error: DbError) -> DbError {
    let DbError::Driver(driver) = &error else { return error };
    let said = match driver.downcast_ref().and_then(rusqlite::Error::sqlite_error_code) {
        Some(ErrorCode::ReadOnly) => "this user may not write to the file: give it to the user that runs this program",
        Some(ErrorCode::CannotOpen) => {
            "the file cannot be opened or made: see that its folder exists, and that the user that runs this program \
             may write there"
        }
        Some(ErrorCode::NotADatabase) => {
            "the file is no SQLite database: restore it from its backup, or name another file"
        }
        Some(_) | None => return error,
    };
    DbError::Unopened(said.to_owned())
}

/// Why a server was not reached, and what to do.
fn postgres_trouble(options: &PgConnectOptions, error: &sqlx::Error) -> String {
    let place = format!("{}:{}", options.get_host(), options.get_port());
    if let Some(said) = error.as_database_error() {
        let remedy = match said.code().unwrap_or_default().as_ref() {
            "28P01" | "28000" => "correct the user and the password in the address",
            "3D000" => "make this database, or correct its name in the address",
            "53300" => "let the server take more connections, or stop a program that holds some",
            _ => "see what the server's own log says",
        };
        return format!("PostgreSQL at {place} refuses: {}; {remedy}", said.message());
    }
    if let sqlx::Error::Io(said) = error {
        format!("no PostgreSQL answers at {place} ({said}): start it, or correct the address")
    } else if matches!(error, sqlx::Error::PoolTimedOut) {
        format!("PostgreSQL at {place} did not answer in time: see whether it runs and can be reached from here")
    } else {
        format!("PostgreSQL at {place} cannot be used: {error}")
    }
}

fn sqlite(tx: LaneTx) -> Tx {
    Tx { engine: EngineTx::Sqlite(tx), conflict: false }
}

fn postgres(tx: sqlx::Transaction<'static, sqlx::Postgres>) -> Tx {
    Tx { engine: EngineTx::Postgres(tx), conflict: false }
}
