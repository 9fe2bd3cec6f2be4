//! The facade against both engines: the same statements, the same answers. PostgreSQL takes part when
//! `PASSERELLE_TEST_POSTGRES` names a server; `./test` starts one.

#![expect(clippy::unwrap_used, reason = "what is not as a test expects fails the test")]

use std::sync::atomic::{AtomicU32, Ordering};

use db::{Db, DbError, Migration, rows};
use serde_json::json;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    sql: "CREATE TABLE sample (organization_id TEXT NOT NULL, id TEXT NOT NULL, minor BIGINT, flag BOOLEAN, raw BLOB,
          PRIMARY KEY (organization_id, id));
          CREATE INDEX sample_minor ON sample (organization_id, minor)",
}];

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A fresh database on each engine that is there.
async fn databases() -> Vec<(String, Db)> {
    let name = format!("facade_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let path = std::env::temp_dir().join(format!("{name}.db"));
    // Another process with this number may have left one behind.
    let _ = std::fs::remove_file(&path);
    let mut addresses = vec![format!("sqlite:{}", path.display())];
    if let Ok(server) = std::env::var("PASSERELLE_TEST_POSTGRES") {
        let administration = Db::open(&server).await.unwrap();
        administration.create_database(&name).await.unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        addresses.push(format!("{base}/{name}"));
    }
    let mut databases = Vec::new();
    for address in addresses {
        let db = Db::open(&address).await.unwrap();
        db.migrate(SCHEMA).await.unwrap();
        databases.push((address, db));
    }
    databases
}

async fn insert(db: &Db, values: &[serde_json::Value]) -> Result<u64, DbError> {
    db::write!(db, tx => {
        let sql = "INSERT INTO sample (organization_id, id, minor) SELECT r.value->>0, r.value->>1, \
             CAST(r.value->>2 AS BIGINT) FROM json_each($1) AS r WHERE true ON CONFLICT DO NOTHING";
        tx.run(sql, &[rows(values)]).await
    })
}

async fn sum(db: &Db) -> i64 {
    let mut tx = db.read().await.unwrap();
    let sql = "SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) AS s FROM sample";
    tx.one(sql, &[]).await.unwrap().int("s").unwrap()
}

#[tokio::test]
async fn bulk_rows_go_in_once() {
    for (address, db) in databases().await {
        let values = [json!(["o", "a", 5]), json!(["o", "b", -6]), json!(["o", "c", null])];
        assert_eq!(insert(&db, &values).await.unwrap(), 3, "{address}");
        assert_eq!(insert(&db, &values).await.unwrap(), 0, "{address}");
        assert_eq!(sum(&db).await, -1);
    }
}

#[tokio::test]
async fn every_type_comes_back() {
    for (address, db) in databases().await {
        let mut tx = db.begin().await.unwrap();
        let sql = "INSERT INTO sample (organization_id, id, minor, flag, raw) VALUES ($1, $2, $3, $4, $5)";
        let raw = vec![0u8, 255, 7];
        tx.run(sql, &["o".into(), "é'\"".into(), i64::MIN.into(), true.into(), raw.clone().into()]).await.unwrap();
        let nothing: [db::Arg; 5] =
            ["o".into(), "z".into(), None::<i64>.into(), db::Arg::Bool(None), None::<Vec<u8>>.into()];
        tx.run(sql, &nothing).await.unwrap();
        let found = tx.all("SELECT * FROM sample ORDER BY id DESC", &[]).await.unwrap();
        assert_eq!(found[0].text("id").unwrap(), "é'\"", "{address}");
        assert_eq!(found[0].int("minor").unwrap(), i64::MIN);
        assert!(found[0].bool("flag").unwrap());
        assert_eq!(found[0].blob("raw").unwrap(), raw);
        assert_eq!(found[1].optional_int("minor").unwrap(), None);
        assert!(found[1].is_null("raw").unwrap());
        assert!(matches!(found[1].int("minor"), Err(DbError::Column { .. })));
        assert!(matches!(found[1].int("id"), Err(DbError::Column { .. })));
    }
}

#[tokio::test]
async fn what_fails_leaves_nothing() {
    for (address, db) in databases().await {
        let outcome = db::write!(db, tx => {
            tx.run("INSERT INTO sample (organization_id, id, minor) VALUES ('o', 'a', 1)", &[]).await?;
            Err::<(), DbError>(DbError::Constraint("a reason of our own".into()))
        });
        assert!(outcome.is_err(), "{address}");
        assert_eq!(sum(&db).await, 0);
        let twice = db::write!(db, tx => {
            let sql = "INSERT INTO sample (organization_id, id) VALUES ('o', 'a')";
            tx.run(sql, &[]).await?;
            tx.run(sql, &[]).await
        });
        assert!(matches!(twice, Err(DbError::Constraint(_))), "{address}: {twice:?}");
    }
}

#[tokio::test]
async fn writers_side_by_side_lose_nothing() {
    for (_, db) in databases().await {
        insert(&db, &[json!(["o", "n", 0])]).await.unwrap();
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let db = db.clone();
            tasks.push(tokio::spawn(async move {
                for _ in 0..10 {
                    let done: Result<u64, DbError> = db::write!(db, tx => {
                        let now = tx.one("SELECT minor FROM sample WHERE id = 'n' /*for update*/", &[]).await?;
                        let next = now.int("minor")? + 1;
                        tx.run("UPDATE sample SET minor = $1 WHERE id = 'n'", &[next.into()]).await
                    });
                    done.unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(sum(&db).await, 80);
    }
}

#[tokio::test]
async fn migrations_run_once_and_a_newer_database_is_refused() {
    for (address, db) in databases().await {
        let (one, two) = tokio::join!(db.migrate(SCHEMA), db.migrate(SCHEMA));
        one.unwrap();
        two.unwrap();
        insert(&db, &[json!(["o", "kept", 3])]).await.unwrap();
        db.migrate(SCHEMA).await.unwrap();
        assert_eq!(sum(&db).await, 3);
        // A lower number that lands later is applied, in whatever order they are listed.
        const GAP: &[Migration] = &[
            Migration { number: 1, sql: SCHEMA[0].sql },
            Migration { number: 7, sql: "CREATE TABLE seventh (id TEXT PRIMARY KEY)" },
            Migration { number: 4, sql: "CREATE TABLE fourth (id TEXT PRIMARY KEY)" },
        ];
        db.migrate(&GAP[..2]).await.unwrap();
        db.migrate(GAP).await.unwrap();
        db.migrate(GAP).await.unwrap();
        for sql in ["SELECT COUNT(*) AS n FROM seventh", "SELECT COUNT(*) AS n FROM fourth"] {
            assert_eq!(db.read().await.unwrap().one(sql, &[]).await.unwrap().int("n").unwrap(), 0);
        }
        let newer = db.migrate(SCHEMA).await;
        assert!(matches!(newer, Err(DbError::TooNew { found: 7, known: 1 })), "{address}: {newer:?}");
        let older = db.migrate(&[]).await;
        assert!(matches!(older, Err(DbError::TooNew { found: 7, known: 0 })), "{address}: {older:?}");
    }
}

#[tokio::test]
async fn an_address_of_neither_engine_is_named() {
    let refused = Db::open("mysql://nowhere").await.err().unwrap();
    assert!(refused.to_string().contains("sqlite:PATH or postgres://"), "{refused}");
}
