//! The connection that an address names, of the company at work.

use domain::ConnectionId;

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use crate::store::connection::{self, Connection};

/// The connection; a page that is not found when the company has none of that id.
pub(super) async fn connection(web: &Shared, member: &Member, id: &str) -> Result<Connection, Failure> {
    let id = ConnectionId::parse(id).map_err(|_| Failure::NotFound)?;
    connection::find(&mut web.books.db.read().await?, member.company(), id).await?.ok_or(Failure::NotFound)
}
