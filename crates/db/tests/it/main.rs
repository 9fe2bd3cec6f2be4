//! The facade against both engines: the same statements, the same answers.

use db::{Db, DbError, Migration, rows};

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    sql: "CREATE TABLE sample (organization_id TEXT NOT NULL, id TEXT NOT NULL, minor BIGINT, flag BOOLEAN, raw BLOB,
          PRIMARY KEY (organization_id, id));
          CREATE INDEX sample_minor ON sample (organization_id, minor)",
}];

fn spawned<F: Future<Output = ()> + Send + 'static>(future: F) -> tokio::task::JoinHandle<()> {
    tokio::spawn(future)
}

#[tokio::test]
async fn write_is_send_and_rolls_back() {
    let path = std::env::temp_dir().join(format!("passerelle-db-{}", std::process::id()));
    let db = Db::open(&format!("sqlite:{}", path.display())).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let shared = db.clone();
    spawned(async move {
        let name = String::from("x");
        let outcome = db::write!(shared, tx => {
            let bulk = rows(&[serde_json::json!(["o", &name, 5]), serde_json::json!(["o", "b", 6])]);
            tx.run(
                "INSERT INTO sample (organization_id, id, minor) SELECT r.value->>0, r.value->>1, \
                 CAST(r.value->>2 AS BIGINT) FROM json_each($1) AS r WHERE true ON CONFLICT DO NOTHING",
                &[bulk],
            )
            .await
        });
        assert_eq!(outcome.unwrap(), 2);
    })
    .await
    .unwrap();
    let sum = db.read().await.unwrap().one("SELECT CAST(SUM(minor) AS BIGINT) AS s FROM sample", &[]).await.unwrap();
    assert_eq!(sum.int("s").unwrap(), 11);
}
