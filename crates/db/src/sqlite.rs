//! SQLite, called where it is needed: a statement on a file takes some microseconds, less than handing it to a thread of
//! its own and waiting for that.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags, ToSql};

use crate::Arg;

/// Prepared statements that a connection remembers: more than any party has.
const STATEMENTS: usize = 500;
/// How long opening waits for another process that opens the same file.
const OPENING: Duration = Duration::from_secs(20);
/// How long a statement waits for another process that holds the file, before the caller waits without holding a thread.
const WAIT: Duration = Duration::from_millis(20);

/// Opens a file, made when missing, for writing; or for reading only.
pub(crate) fn connect(path: &Path, writes: bool) -> rusqlite::Result<Connection> {
    let access = if writes {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(OPENING)?;
    if writes {
        connection.pragma_update(None, "journal_mode", "WAL")?;
    }
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(WAIT)?;
    Ok(connection)
}

/// Every row of a query, or the first so many.
pub(crate) fn query(connection: &Connection, sql: &str, args: &[Arg], most: usize) -> rusqlite::Result<Vec<SqliteRow>> {
    let mut statement = bound(connection, sql, args)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    let mut columns: Option<Arc<[String]>> = None;
    while found.len() < most
        && let Some(row) = rows.next()?
    {
        let columns = columns.get_or_insert_with(|| row.as_ref().column_names().map(str::to_owned).collect());
        let values = (0..columns.len()).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?;
        found.push(SqliteRow { columns: columns.clone(), values });
    }
    Ok(found)
}

/// Runs a statement and tells how many rows it touched.
pub(crate) fn run(connection: &Connection, sql: &str, args: &[Arg]) -> rusqlite::Result<usize> {
    bound(connection, sql, args)?.raw_execute()
}

/// A statement with its parameters: `$3` is the third argument, wherever it stands and however often.
fn bound<'c>(connection: &'c Connection, sql: &str, args: &[Arg]) -> rusqlite::Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(sql)?;
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let arg = number.and_then(|number| args.get(number.checked_sub(1)?));
        let arg = arg.ok_or_else(|| rusqlite::Error::InvalidParameterName(format!("{place} of {sql}")))?;
        statement.raw_bind_parameter(place, arg)?;
    }
    Ok(statement)
}

impl ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Arg::Int(value) => value.map(ValueRef::Integer),
            Arg::Text(value) => value.as_ref().map(|text| ValueRef::Text(text.as_bytes())),
            Arg::Blob(value) => value.as_ref().map(|bytes| ValueRef::Blob(bytes)),
            Arg::Bool(value) => value.map(|flag| ValueRef::Integer(i64::from(flag))),
        };
        Ok(ToSqlOutput::Borrowed(value.unwrap_or(ValueRef::Null)))
    }
}

/// A row of SQLite, read out of its statement.
#[derive(Debug)]
pub struct SqliteRow {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

impl SqliteRow {
    /// What stands in a column.
    pub(crate) fn value(&self, column: &str) -> Option<&Value> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.values.get(at)
    }
}

/// A type that a column may have.
pub(crate) trait Stored: Sized {
    /// The type's name in a schema.
    const NAME: &'static str;
    /// The value, when it has this type.
    fn of(value: &Value) -> Option<Self>;
}

macro_rules! stored {
    ($($type:ty, $name:literal, $pattern:pat => $value:expr;)*) => {$(
        impl Stored for $type {
            const NAME: &'static str = $name;
            fn of(value: &Value) -> Option<Self> {
                if let $pattern = value { Some($value) } else { None }
            }
        }
    )*};
}

stored! {
    i64, "BIGINT", Value::Integer(value) => *value;
    String, "TEXT", Value::Text(value) => value.clone();
    Vec<u8>, "BLOB", Value::Blob(value) => value.clone();
    bool, "BOOLEAN", Value::Integer(value) => *value != 0;
}
