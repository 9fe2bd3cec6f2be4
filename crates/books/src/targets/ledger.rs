//! ledger-cli. Traps: with `--pedantic` commodities, accounts and tags must be declared; balances are checked in the
//! order of the file, so nothing else may touch the account between its lines.

use async_trait::async_trait;

use super::plain_text::{self, sheet};
use super::{About, Batch, Delivered, Desk, FOLDER, Halt, Parcel, Target, Title, hledger};

/// The target.
pub(crate) struct Ledger;

const ABOUT: About = About {
    title: Title::Name("ledger"),
    settings: &[FOLDER],
    place: Some("targets-place-account"),
    identity: &["folder"],
    batch: Batch::Journal,
};

/// What [`plain_text::facts`] may tell of a line.
const TAGS: [&str; 6] =
    ["passerelle-id", "partner-account", "reference", "end-to-end-id", "value-date", "original-amount"];

#[async_trait]
impl Target for Ledger {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        plain_text::check(desk).await
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        let Some(whole) = &parcel.whole else { return Ok(Delivered::default()) };
        let sheet = sheet(&parcel.journal, whole);
        let mut declared: Vec<String> = TAGS.iter().map(|tag| format!("tag {tag}")).collect();
        declared.push(format!("commodity {}", sheet.commodity()));
        let text = hledger::render(&sheet, &declared);
        plain_text::deliver(desk, parcel, "ledger", text).await
    }
}
