use std::collections::BTreeSet;

use crate::open::Engine;
use crate::tx::EngineTx;
use crate::{Db, DbError, Tx};

/// One step of a schema: numbered, forward only, never edited once it has landed. Statements are separated by a
/// semicolon at the end of a line.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3, …
    pub number: i64,
    /// The statements.
    pub sql: &'static str,
}

/// Lets `json_each($1) AS r` mean on PostgreSQL what it means on SQLite: one row a JSON array element, as `r.value`.
const POSTGRES_JSON_EACH: &str = "CREATE OR REPLACE FUNCTION json_each(text) RETURNS TABLE(value jsonb) \
     LANGUAGE sql IMMUTABLE AS 'select jsonb_array_elements($1::jsonb)'";

impl Db {
    /// Brings the schema up to date. Several processes may start at once: each migration is applied once.
    pub async fn migrate(&self, migrations: &'static [Migration]) -> Result<(), DbError> {
        let mut tx = self.begin().await?;
        if matches!(self.0, Engine::Postgres(_)) {
            // One migrating process at a time; the number is arbitrary but ours.
            tx.all("SELECT pg_advisory_xact_lock(5062418)", &[]).await?;
            tx.run(POSTGRES_JSON_EACH, &[]).await?;
        }
        tx.run("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY)", &[]).await?;
        // Compared as sets: work done side by side takes its numbers from ranges, and a lower one may land later.
        let applied = tx.all("SELECT number FROM migration", &[]).await?;
        let applied: BTreeSet<i64> = applied.iter().map(|row| row.int("number")).collect::<Result<_, _>>()?;
        let known: BTreeSet<i64> = migrations.iter().map(|migration| migration.number).collect();
        if let Some(found) = applied.difference(&known).max() {
            return Err(DbError::TooNew { found: *found, known: known.last().copied().unwrap_or(0) });
        }
        for migration in migrations.iter().filter(|migration| !applied.contains(&migration.number)) {
            for statement in migration.sql.split(";\n").map(str::trim).filter(|text| !text.is_empty()) {
                self.define(&mut tx, statement.trim_end_matches(';')).await?;
            }
            tx.run("INSERT INTO migration (number) VALUES ($1)", &[migration.number.into()]).await?;
        }
        tx.commit().await
    }

    async fn define(&self, tx: &mut Tx, statement: &'static str) -> Result<(), DbError> {
        match &mut tx.engine {
            EngineTx::Sqlite(tx) => tx.connection().execute_batch(statement)?,
            EngineTx::Postgres(tx) => {
                let text = statement.replace(" BLOB", " BYTEA");
                sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut **tx).await.map(|_| ())?;
            }
        }
        Ok(())
    }
}
