//! What people prove besides their password: the seed of an authenticator app, recovery codes, passkeys, and the
//! questions that are open.

use db::{DbError, Row, Tx};
use domain::{Timestamp, UserId};

use super::read;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What the authenticator knows it by, base64url.
    pub credential_id: String,
    /// Whose.
    pub user_id: UserId,
    /// What its owner calls it.
    pub name: String,
    /// Its public key (COSE), base64url.
    pub public_key: String,
    /// How often it has signed.
    pub sign_count: i64,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was used last.
    pub used_at: Option<Timestamp>,
}

/// The sealed seed of a person's authenticator app, if there is one.
pub async fn totp_seed(tx: &mut Tx, user: UserId) -> Result<Option<String>, DbError> {
    let row = tx.optional("SELECT sealed_totp_seed FROM users WHERE id = $1", &[user.to_string().into()]).await?;
    row.map_or(Ok(None), |row| row.optional_text("sealed_totp_seed"))
}

/// Sets or removes the seed. The step is that of the password that proved it, which is used up.
pub async fn set_totp_seed(tx: &mut Tx, user: UserId, sealed: Option<&str>, step: i64) -> Result<(), DbError> {
    let args = [user.to_string().into(), sealed.map(str::to_owned).into(), step.into()];
    tx.run("UPDATE users SET sealed_totp_seed = $2, totp_step = $3 WHERE id = $1", &args).await.map(|_| ())
}

/// Uses up the password of a step; false when that one, or a later one, was used before.
pub async fn use_step(tx: &mut Tx, user: UserId, step: i64) -> Result<bool, DbError> {
    let args = [user.to_string().into(), step.into()];
    Ok(tx.run("UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_step < $2", &args).await? == 1)
}

/// Puts new recovery codes, by their hashes, in place of all earlier ones.
pub async fn set_recovery_codes(tx: &mut Tx, user: UserId, hashes: &[String]) -> Result<(), DbError> {
    tx.run("DELETE FROM recovery_codes WHERE user_id = $1", &[user.to_string().into()]).await?;
    for hash in hashes {
        let args = [user.to_string().into(), hash.into()];
        tx.run("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)", &args).await?;
    }
    Ok(())
}

/// Uses up a recovery code; false when there is none such.
pub async fn use_recovery_code(tx: &mut Tx, user: UserId, hash: &str) -> Result<bool, DbError> {
    let args = [user.to_string().into(), hash.into()];
    Ok(tx.run("DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2", &args).await? == 1)
}

/// How many recovery codes a person has left.
pub async fn recovery_codes(tx: &mut Tx, user: UserId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = $1";
    tx.one(sql, &[user.to_string().into()]).await?.int("n")
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT credential_id, user_id, name, public_key, sign_count, created_at, used_at FROM passkeys ",
            $tail
        )
    };
}

/// A person's passkeys, the oldest first.
pub async fn passkeys(tx: &mut Tx, user: UserId) -> Result<Vec<Passkey>, DbError> {
    let sql = select!("WHERE user_id = $1 ORDER BY created_at, credential_id");
    tx.all(sql, &[user.to_string().into()]).await?.iter().map(passkey).collect()
}

/// A passkey by what its authenticator knows it by, held until the end of the transaction.
pub async fn lock_passkey(tx: &mut Tx, credential_id: &str) -> Result<Option<Passkey>, DbError> {
    let sql = select!("WHERE credential_id = $1 /*for update*/");
    tx.optional(sql, &[credential_id.into()]).await?.as_ref().map(passkey).transpose()
}

/// Adds a passkey; false when it is known already.
pub async fn insert_passkey(tx: &mut Tx, passkey: &Passkey) -> Result<bool, DbError> {
    let sql = "INSERT INTO passkeys (credential_id, user_id, name, public_key, sign_count, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING";
    let args = [
        (&passkey.credential_id).into(),
        passkey.user_id.to_string().into(),
        (&passkey.name).into(),
        (&passkey.public_key).into(),
        passkey.sign_count.into(),
        passkey.created_at.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Notes that a passkey was used.
pub async fn used_passkey(tx: &mut Tx, credential_id: &str, sign_count: i64, at: Timestamp) -> Result<(), DbError> {
    let args = [credential_id.into(), sign_count.into(), at.as_microsecond().into()];
    let sql = "UPDATE passkeys SET sign_count = $2, used_at = $3 WHERE credential_id = $1";
    tx.run(sql, &args).await.map(|_| ())
}

/// Removes a passkey of a person; false when it is not theirs.
pub async fn delete_passkey(tx: &mut Tx, user: UserId, credential_id: &str) -> Result<bool, DbError> {
    let args = [user.to_string().into(), credential_id.into()];
    Ok(tx.run("DELETE FROM passkeys WHERE user_id = $1 AND credential_id = $2", &args).await? == 1)
}

/// Whether a person proves more than a password: by an app or a passkey.
pub async fn has(tx: &mut Tx, user: UserId) -> Result<bool, DbError> {
    Ok(totp_seed(tx, user).await?.is_some() || !passkeys(tx, user).await?.is_empty())
}

/// Removes everything besides the password: for somebody who lost it all.
pub async fn reset(tx: &mut Tx, user: UserId) -> Result<(), DbError> {
    set_totp_seed(tx, user, None, 0).await?;
    set_recovery_codes(tx, user, &[]).await?;
    tx.run("DELETE FROM passkeys WHERE user_id = $1", &[user.to_string().into()]).await.map(|_| ())
}

/// Remembers a question by its hash, and forgets those that lapsed before now.
pub async fn open_challenge(
    tx: &mut Tx,
    hash: &str,
    purpose: &str,
    user: Option<UserId>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    tx.run("DELETE FROM challenges WHERE expires_at < $1", &[now.as_microsecond().into()]).await?;
    let sql = "INSERT INTO challenges (challenge_hash, purpose, user_id, expires_at) VALUES ($1, $2, $3, $4)";
    let user = user.map(|user| user.to_string());
    let args = [hash.into(), purpose.into(), user.into(), expires_at.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// The person that an open question was asked, without using it up.
pub async fn challenged(tx: &mut Tx, hash: &str, purpose: &str, now: Timestamp) -> Result<Option<UserId>, DbError> {
    let args = [hash.into(), purpose.into(), now.as_microsecond().into()];
    let sql = "SELECT user_id FROM challenges WHERE challenge_hash = $1 AND purpose = $2 AND expires_at > $3";
    tx.optional(sql, &args).await?.map_or(Ok(None), |row| row.optional_parse("user_id"))
}

/// Uses a question up; false when it is not open for this purpose and person.
pub async fn answer_challenge(
    tx: &mut Tx,
    hash: &str,
    purpose: &str,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let user = user.map(|user| user.to_string()).unwrap_or_default();
    let args = [hash.into(), purpose.into(), user.into(), now.as_microsecond().into()];
    let sql = "DELETE FROM challenges WHERE challenge_hash = $1 AND purpose = $2 AND COALESCE(user_id, '') = $3 \
               AND expires_at > $4";
    Ok(tx.run(sql, &args).await? == 1)
}

fn passkey(row: &Row) -> Result<Passkey, DbError> {
    Ok(Passkey {
        credential_id: row.text("credential_id")?,
        user_id: row.parse("user_id")?,
        name: row.text("name")?,
        public_key: row.text("public_key")?,
        sign_count: row.int("sign_count")?,
        created_at: read::instant(row, "created_at")?,
        used_at: read::optional_instant(row, "used_at")?,
    })
}
