//! Statement files handed to a server by SFTP, through the system's own `sftp` program: OpenSSH is on every server, and
//! nothing that we could build in is as well kept.
//!
//! Traps: a server is believed by its key and by nothing else, so the key is a setting; whoever watches the folder takes a
//! file the moment it has its name, so it is sent under another name and renamed by a call that never replaces a file; a
//! connection that broke may have left the file whole, so what is there is looked at first.

mod session;

use async_trait::async_trait;

use super::statement::{self, EVERY, FORMAT, UNPROVEN};
use super::{About, Batch, Delivered, Desk, Halt, Kind, Parcel, Setting, Target, Title};
use session::Session;

/// The target.
pub(crate) struct Sftp;

const fn setting(name: &'static str, label: &'static str, hint: Option<&'static str>, required: bool) -> Setting {
    Setting { name, label, hint, kind: Kind::Text, required }
}

const ABOUT: About = About {
    title: Title::Words("outgoing-title-sftp"),
    settings: &[
        setting("host", "outgoing-host", None, true),
        setting("port", "outgoing-port", Some("outgoing-port-hint"), false),
        setting("login", "outgoing-login", None, true),
        Setting { kind: Kind::Secret, ..setting("key", "outgoing-key", Some("outgoing-key-hint"), true) },
        setting("host_key", "outgoing-host-key", Some("outgoing-host-key-hint"), true),
        setting("directory", "outgoing-directory", Some("outgoing-directory-hint"), false),
        FORMAT,
        EVERY,
        UNPROVEN,
    ],
    place: None,
    identity: &["host", "port", "login", "directory"],
    batch: Batch::Statements,
};

#[async_trait]
impl Target for Sftp {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        let session = Session::open(desk).await?;
        session.probe().await?;
        Ok(session.place())
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        let made = match statement::make(desk.values, statement::format_of(desk.values), parcel) {
            Ok(made) => made,
            Err(parked) => return Ok(parked),
        };
        let session = Session::open(desk).await?;
        let written = match session.held(&made.name).await? {
            Some(held) if held == made.bytes => false,
            Some(_) => return Err(Halt::journal("file-taken", format!("{}/{}", session.place(), made.name))),
            None => {
                session.send(&made.name, &made.bytes).await?;
                true
            }
        };
        Ok(statement::delivered(parcel, &made, written))
    }
}
