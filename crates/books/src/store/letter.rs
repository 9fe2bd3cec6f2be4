//! Letters on their way. What one says is sealed, and forgotten once it was handed over.

use db::{DbError, Row, Tx};
use domain::{CompanyId, MailId, Timestamp, UserId};

use super::instant;

/// A letter that may be handed over.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Whose affair it is.
    pub company: CompanyId,
    /// Id.
    pub id: MailId,
    /// Who gets it.
    pub recipient: String,
    /// The whole message, sealed.
    pub sealed_message: Option<String>,
    /// Whether a process has begun to hand it over and has not said how that went.
    pub sending: bool,
    /// How often it was tried.
    pub tries: i64,
    /// Since when it waits.
    pub created_at: Timestamp,
}

/// How a letter ended, or that it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is tried again.
    Waiting,
    /// The next server has it.
    Sent,
    /// It was refused for good, or nobody took it for three days.
    Failed,
    /// It was handed over and nobody heard the answer. It is not sent again.
    Uncertain,
}

impl Fate {
    fn as_str(self) -> &'static str {
        match self {
            Fate::Waiting => "waiting",
            Fate::Sent => "sent",
            Fate::Failed => "failed",
            Fate::Uncertain => "uncertain",
        }
    }
}

/// Somebody who is written to.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The person.
    pub person: UserId,
    /// Address.
    pub email: String,
    /// `en`, `fr`, …
    pub language: String,
}

/// Where a sealed message belongs.
pub fn place(company: CompanyId, id: MailId) -> String {
    format!("letter:sealed_message:{company}:{id}")
}

/// Writes a letter, unless one with its key was written before. Answers whether it is new.
pub async fn add(
    tx: &mut Tx,
    company: CompanyId,
    id: MailId,
    (key, recipient): (&str, &str),
    sealed_message: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let added = tx
        .run(
            "INSERT INTO letter (company_id, id, letter_key, recipient, sealed_message, state, tries, next_try_at, \
             leased_until, created_at) VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, 0, $6) ON CONFLICT DO NOTHING",
            &[
                company.to_string().into(),
                id.to_string().into(),
                key.into(),
                recipient.into(),
                sealed_message.into(),
                now.as_microsecond().into(),
            ],
        )
        .await?;
    Ok(added == 1)
}

/// The letters whose time has come and that no process has, over all companies.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Letter>, DbError> {
    let sql = "SELECT company_id, id, recipient, sealed_message, state, tries, created_at FROM letter \
               WHERE state IN ('waiting', 'sending') AND next_try_at <= $1 AND leased_until <= $1 \
               ORDER BY next_try_at LIMIT 20";
    tx.all(sql, &[now.as_microsecond().into()]).await?.iter().map(letter).collect()
}

/// Takes a letter for this process until an instant, and writes down that it is being handed over.
pub async fn take(tx: &mut Tx, letter: &Letter, now: Timestamp, until: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE letter SET state = 'sending', tries = tries + 1, leased_until = $4 \
               WHERE company_id = $1 AND id = $2 AND leased_until <= $3 AND state IN ('waiting', 'sending')";
    let args = [
        letter.company.to_string().into(),
        letter.id.to_string().into(),
        now.as_microsecond().into(),
        until.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Writes down how it went. What is over loses its message.
pub async fn settle(
    tx: &mut Tx,
    letter: &Letter,
    fate: Fate,
    problem: Option<&str>,
    next_try_at: Timestamp,
) -> Result<(), DbError> {
    let kept = if fate == Fate::Waiting { letter.sealed_message.clone() } else { None };
    let args = [
        letter.company.to_string().into(),
        letter.id.to_string().into(),
        fate.as_str().into(),
        problem.map(str::to_owned).into(),
        next_try_at.as_microsecond().into(),
        kept.into(),
    ];
    let sql = "UPDATE letter SET state = $3, problem = $4, next_try_at = $5, sealed_message = $6, leased_until = 0 \
               WHERE company_id = $1 AND id = $2";
    tx.run(sql, &args).await.map(|_| ())
}

/// Which letters of a company a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// None.
    Nothing,
    /// About ends of consents, and about what keeps failing.
    All,
    /// About what keeps failing only: somebody else writes about consents.
    Failures,
}

impl Wish {
    /// As it stands in the database and in forms.
    pub fn number(self) -> i64 {
        match self {
            Wish::Nothing => 0,
            Wish::All => 1,
            Wish::Failures => 2,
        }
    }

    /// The wish of a number.
    pub fn of(number: i64) -> Option<Wish> {
        [Wish::Nothing, Wish::All, Wish::Failures].into_iter().find(|wish| wish.number() == number)
    }
}

/// The people of a company who want letters of a kind, `consents` or what fails, and have confirmed their address.
pub async fn readers(tx: &mut Tx, company: CompanyId, consents: bool) -> Result<Vec<Reader>, DbError> {
    let sql = "SELECT p.id, p.email, p.language FROM person p JOIN membership m ON m.person_id = p.id \
               WHERE m.company_id = $1 AND m.letters IN ($2, $3) AND p.confirmed_at IS NOT NULL ORDER BY p.email";
    let other = if consents { Wish::All } else { Wish::Failures };
    let args = [company.to_string().into(), Wish::All.number().into(), other.number().into()];
    let rows = tx.all(sql, &args).await?;
    let reader =
        |row: &Row| Ok(Reader { person: row.parse("id")?, email: row.text("email")?, language: row.text("language")? });
    rows.iter().map(reader).collect()
}

/// Which letters of a company a person wants.
pub async fn wants(tx: &mut Tx, company: CompanyId, person: UserId) -> Result<Wish, DbError> {
    let sql = "SELECT letters FROM membership WHERE company_id = $1 AND person_id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), person.to_string().into()]).await?;
    row.map_or(Ok(Wish::Nothing), |row| Ok(Wish::of(row.int("letters")?).unwrap_or(Wish::All)))
}

/// Sets which letters of a company a person wants.
pub async fn want(tx: &mut Tx, company: CompanyId, person: UserId, wanted: Wish) -> Result<(), DbError> {
    let sql = "UPDATE membership SET letters = $3 WHERE company_id = $1 AND person_id = $2";
    tx.run(sql, &[company.to_string().into(), person.to_string().into(), wanted.number().into()]).await.map(|_| ())
}

/// Notes the language in which a person reads the pages.
pub async fn reads_in(tx: &mut Tx, person: UserId, language: &str) -> Result<(), DbError> {
    tx.run("UPDATE person SET language = $2 WHERE id = $1", &[person.to_string().into(), language.into()])
        .await
        .map(|_| ())
}

/// The troubles that a company was last told of, and when.
pub async fn told(tx: &mut Tx, company: CompanyId) -> Result<Option<(String, Timestamp)>, DbError> {
    let sql = "SELECT troubles, sent_at FROM digest WHERE company_id = $1";
    let row = tx.optional(sql, &[company.to_string().into()]).await?;
    row.map(|row| Ok((row.text("troubles")?, instant(row.int("sent_at")?)?))).transpose()
}

/// Notes of which troubles a company is told now; none forgets the last ones.
pub async fn tell(tx: &mut Tx, company: CompanyId, troubles: &str, now: Timestamp) -> Result<(), DbError> {
    if troubles.is_empty() {
        return tx.run("DELETE FROM digest WHERE company_id = $1", &[company.to_string().into()]).await.map(|_| ());
    }
    let sql = "INSERT INTO digest (company_id, troubles, sent_at) VALUES ($1, $2, $3) \
               ON CONFLICT (company_id) DO UPDATE SET troubles = EXCLUDED.troubles, sent_at = EXCLUDED.sent_at";
    tx.run(sql, &[company.to_string().into(), troubles.into(), now.as_microsecond().into()]).await.map(|_| ())
}

fn letter(row: &Row) -> Result<Letter, DbError> {
    Ok(Letter {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        recipient: row.text("recipient")?,
        sealed_message: row.optional_text("sealed_message")?,
        sending: row.text("state")? == "sending",
        tries: row.int("tries")?,
        created_at: instant(row.int("created_at")?)?,
    })
}
