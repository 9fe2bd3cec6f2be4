//! The pages.
use crate::Inner;
use std::sync::Arc;
pub(crate) fn messages() -> Result<::web::Messages, ::web::MessagesError> {
    ::web::Messages::load(&[])
}
pub(crate) fn router(_books: Arc<Inner>) -> axum::Router {
    axum::Router::new()
}
