//! Where mail goes: to a server over SMTP, encrypted, or into a folder, one `.eml` file a message.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, address::Envelope};
use url::Url;
use vault::Secret;

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How mail is sent.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Who it comes from: `Passerelle <hub@example.org>`.
    pub sender: String,
    /// Where it goes.
    pub way: Way,
}

impl MailSettings {
    /// Mail into a folder, from an address that cannot be answered: for tests, demos, and hubs without a mail server.
    pub fn folder(folder: impl Into<PathBuf>) -> MailSettings {
        MailSettings {
            sender: "Passerelle <no-reply@localhost.localdomain>".to_owned(),
            way: Way::Folder(folder.into()),
        }
    }
}

/// Where mail goes.
#[derive(Debug, Clone)]
pub enum Way {
    /// Into a folder, which is made when it is missing.
    Folder(PathBuf),
    /// To a mail server.
    Smtp(SmtpServer),
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The login there, if it asks for one.
    pub login: Option<(String, Secret<String>)>,
}

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS; a server that does not offer it gets nothing.
    StartTls,
    /// None: only for a server on this very machine.
    Loopback,
}

impl SmtpServer {
    /// Reads `smtps://USER:PASSWORD@HOST[:465]` (TLS) or `smtp://USER:PASSWORD@HOST[:587]` (STARTTLS, demanded); a
    /// server on this machine (`smtp://localhost:25`) may go without.
    ///
    /// # Errors
    /// A sentence that says what to write.
    pub fn parse(text: &str) -> Result<SmtpServer, String> {
        let wrong =
            || "this is not a mail server: write smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST".to_owned();
        let url = Url::parse(text).map_err(|_| wrong())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?.to_owned();
        let here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        let (security, usual) = match url.scheme() {
            "smtps" => (Security::Tls, 465),
            "smtp" if here => (Security::Loopback, 25),
            "smtp" => (Security::StartTls, 587),
            _ => return Err(wrong()),
        };
        let login = match (decoded(url.username()), url.password().and_then(decoded)) {
            (Some(user), Some(password)) if !user.is_empty() => Some((user, Secret::new(password))),
            (Some(user), None) if user.is_empty() => None,
            _ => return Err(wrong()),
        };
        Ok(SmtpServer { host, port: url.port().unwrap_or(usual), security, login })
    }
}

/// Percent-decoded, as parts of an address are.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, more)) = rest.split_first() {
        rest = more;
        if first == b'%' {
            let digits = std::str::from_utf8(more.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = more.get(2..)?;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// How handing over went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Sent,
    /// It was not taken, but may be later.
    Later(String),
    /// It was refused for good.
    Refused(String),
    /// The message was on its way and no answer came: it may have been taken.
    Unknown(String),
}

impl Way {
    /// Whether handing the same message over twice leaves one message.
    pub fn repeatable(&self) -> bool {
        match self {
            Way::Folder(_) => true,
            Way::Smtp(_) => false,
        }
    }

    /// Hands a message over. `name` is the same whenever the same message is.
    pub async fn send(&self, name: &str, sender: &str, recipient: &str, message: &[u8]) -> Outcome {
        match self {
            Way::Folder(folder) => match into_folder(folder, name, message).await {
                Ok(()) => Outcome::Sent,
                Err(error) => Outcome::Later(format!("the mail folder cannot be written: {error}")),
            },
            Way::Smtp(server) => server.send(sender, recipient, message).await,
        }
    }
}

/// Written beside its place and moved there, so that nobody reads half a message.
async fn into_folder(folder: &Path, name: &str, message: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let draft = folder.join(format!(".{name}.draft"));
    tokio::fs::write(&draft, message).await?;
    tokio::fs::rename(&draft, folder.join(format!("{name}.eml"))).await
}

impl SmtpServer {
    async fn send(&self, sender: &str, recipient: &str, message: &[u8]) -> Outcome {
        let envelope = match envelope(sender, recipient) {
            Ok(envelope) => envelope,
            Err(problem) => return Outcome::Refused(problem),
        };
        // Until here nothing of the message was said, so any failure may be tried again.
        let mut connection = match self.connect().await {
            Ok(connection) => connection,
            Err(problem) => return Outcome::Later(problem),
        };
        let sent = tokio::time::timeout(PATIENCE * 3, connection.send(&envelope, message)).await;
        let outcome = match sent {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => judged(&error),
            Err(_) => Outcome::Unknown("the mail server did not answer in time".to_owned()),
        };
        if outcome == Outcome::Sent {
            // Courtesy; the message is theirs already.
            let _ = tokio::time::timeout(Duration::from_secs(2), connection.quit()).await;
        }
        outcome
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        match tokio::time::timeout(PATIENCE, self.handshake()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(problem)) => Err(problem),
            Err(_) => Err("the mail server does not answer".to_owned()),
        }
    }

    async fn handshake(&self) -> Result<AsyncSmtpConnection, String> {
        let said = |error: Error| format!("the mail server cannot be used: {error}");
        let hello = ClientId::default();
        let tls = TlsParameters::new(self.host.clone()).map_err(said)?;
        let at = (self.host.trim_matches(['[', ']']), self.port);
        let first = (self.security == Security::Tls).then(|| tls.clone());
        let connect = AsyncSmtpConnection::connect_tokio1(at, Some(PATIENCE), &hello, first, None);
        let mut connection = connect.await.map_err(said)?;
        if self.security == Security::StartTls {
            if !connection.can_starttls() {
                return Err("the mail server offers no encryption (STARTTLS), so nothing is sent to it".to_owned());
            }
            connection.starttls(tls, &hello).await.map_err(said)?;
        }
        if let Some((user, password)) = &self.login {
            let login = Credentials::new(user.clone(), password.expose().clone());
            connection.auth(DEFAULT_MECHANISMS, &login).await.map_err(said)?;
        }
        Ok(connection)
    }
}

/// An answer of the server is an answer; anything else leaves the question open.
fn judged(error: &Error) -> Outcome {
    let said = format!("the mail server said: {error}");
    if error.is_permanent() {
        Outcome::Refused(said)
    } else if error.is_transient() || error.is_client() {
        Outcome::Later(said)
    } else {
        Outcome::Unknown(said)
    }
}

fn envelope(sender: &str, recipient: &str) -> Result<Envelope, String> {
    let sender: lettre::message::Mailbox = sender.parse().map_err(|error| format!("no sender: {error}"))?;
    let recipient: Address = recipient.parse().map_err(|error| format!("no recipient: {error}"))?;
    Envelope::new(Some(sender.email), vec![recipient]).map_err(|error| format!("no envelope: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_read_and_encryption_is_the_rule() {
        let server = SmtpServer::parse("smtps://hub%40example.org:p%3Aw@mail.example.org").unwrap();
        assert_eq!((server.host.as_str(), server.port, server.security), ("mail.example.org", 465, Security::Tls));
        let (user, password) = server.login.unwrap();
        assert_eq!((user.as_str(), password.expose().as_str()), ("hub@example.org", "p:w"));
        assert_eq!(SmtpServer::parse("smtp://mail.example.org").unwrap().security, Security::StartTls);
        assert_eq!(SmtpServer::parse("smtp://localhost:2525").unwrap().security, Security::Loopback);
        for bad in ["mail.example.org", "https://mail.example.org", "smtp://user@mail.example.org", "smtp://u:%zz@h"] {
            assert!(SmtpServer::parse(bad).is_err(), "{bad}");
        }
    }
}
