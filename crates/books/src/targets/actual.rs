//! Actual Budget, which has no interface for programs of others, by the file that its import takes: OFX. Its import knows
//! a movement again by the id that the file gives it, so a file that is imported twice changes nothing.

use async_trait::async_trait;

use super::statement::{EVERY, UNPROVEN};
use super::{About, Batch, Delivered, Desk, FOLDER, Halt, Parcel, Target, Title, folder, statement_files};

/// The target.
pub(crate) struct Actual;

const ABOUT: About = About {
    title: Title::Name("Actual Budget"),
    settings: &[FOLDER, EVERY, UNPROVEN],
    place: None,
    identity: &["folder"],
    batch: Batch::Statements,
};

#[async_trait]
impl Target for Actual {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        folder::check(&desk.folder).await?;
        Ok(desk.folder.display().to_string())
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        statement_files::put(desk, "ofx", parcel).await
    }
}
