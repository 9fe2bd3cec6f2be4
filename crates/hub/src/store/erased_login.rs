//! What goes with a login. Rows of organizations that merely name the id of who did something stay: nobody knows any more
//! whose id that was.

use db::{DbError, Tx};

use super::user::{User, email_key};

/// By the person's id.
const BY_ID: [&str; 7] = [
    "DELETE FROM sessions WHERE user_id = $1",
    "DELETE FROM passkeys WHERE user_id = $1",
    "DELETE FROM recovery_codes WHERE user_id = $1",
    "DELETE FROM challenges WHERE user_id = $1",
    "DELETE FROM consent_requests WHERE user_id = $1",
    "DELETE FROM memberships WHERE user_id = $1",
    "DELETE FROM throttles WHERE scope IN ('second:' || $1, 'present:' || $1)",
];

/// By the person's address in small letters, of whatever organization. Letters about invoices that wait to be sent are the
/// organization's.
const BY_ADDRESS: [&str; 6] = [
    "DELETE FROM email_links WHERE email_key = $1",
    "DELETE FROM invitations WHERE LOWER(email) = $1",
    "DELETE FROM notice_addresses WHERE LOWER(email) = $1",
    "DELETE FROM bank_wishes WHERE LOWER(email) = $1",
    "DELETE FROM mails WHERE LOWER(recipient) = $1 \
     AND NOT (state IN ('waiting', 'sending') AND mail_key LIKE 'invoice%')",
    "DELETE FROM throttles WHERE scope IN ('login:' || $1, 'mail:' || $1)",
];

/// Erases a login with everything that is the person's alone. What people reported about banks stays under another name.
pub async fn erase(tx: &mut Tx, user: &User, pseudonym: &str) -> Result<(), DbError> {
    let (id, address): (String, String) = (user.id.to_string(), email_key(&user.email));
    for sql in BY_ID {
        tx.run(sql, &[(&id).into()]).await?;
    }
    for sql in BY_ADDRESS {
        tx.run(sql, &[(&address).into()]).await?;
    }
    let sql = "UPDATE problem_reports SET email = $2 WHERE LOWER(email) = $1";
    tx.run(sql, &[address.into(), pseudonym.into()]).await?;
    tx.run("DELETE FROM users WHERE id = $1", &[id.into()]).await.map(|_| ())
}
