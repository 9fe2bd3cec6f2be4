//! Statement files in a folder, for every system that reads camt.053, CODA, MT940, OFX or CSV.
//!
//! Traps: whoever watches a folder takes a file the moment it has its name, so it gets that when it is whole; a file that
//! another program took away is not written again; a file of that name which holds something else is not written over.

use async_trait::async_trait;

use super::statement::{self, EVERY, FORMAT, UNPROVEN};
use super::{About, Batch, Delivered, Desk, FOLDER, Halt, Parcel, Target, Title, folder};

/// The target.
pub(crate) struct StatementFiles;

const ABOUT: About = About {
    title: Title::Words("outgoing-title-files"),
    settings: &[FOLDER, FORMAT, EVERY, UNPROVEN],
    place: None,
    identity: &["folder"],
    batch: Batch::Statements,
};

#[async_trait]
impl Target for StatementFiles {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        folder::check(&desk.folder).await?;
        Ok(desk.folder.display().to_string())
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        put(desk, statement::format_of(desk.values), parcel).await
    }
}

/// Puts the file of a parcel into the target's folder.
pub(super) async fn put(desk: &Desk<'_>, format: &str, parcel: &Parcel) -> Result<Delivered, Halt> {
    let made = match statement::make(desk.values, format, parcel) {
        Ok(made) => made,
        Err(parked) => return Ok(parked),
    };
    let written = folder::add(&desk.folder, &made.name, made.bytes.clone()).await?;
    Ok(statement::delivered(parcel, &made, written))
}
