//! What a page could not do, drawn in the reader's language.

use ::web::{Frame, Locale, Trouble, error_page};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use db::DbError;

use super::{PRODUCT, Shared};
use crate::BooksError;
use crate::access::Failed;

/// Why a handler has no page.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no such thing for this company.
    NotFound,
    /// The books failed.
    Books(BooksError),
    /// The provider failed or refused while the person waited.
    Provider(crate::Trouble),
    /// The form is stale or was changed; nothing was done.
    Stale,
}

impl From<BooksError> for Failure {
    fn from(error: BooksError) -> Failure {
        Failure::Books(error)
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Failure {
        Failure::Books(error.into())
    }
}

impl From<crate::Trouble> for Failure {
    fn from(trouble: crate::Trouble) -> Failure {
        Failure::Provider(trouble)
    }
}

impl From<Failed> for Failure {
    fn from(failed: Failed) -> Failure {
        match failed {
            Failed::Provider(trouble) => Failure::Provider(trouble),
            Failed::Books(error) => Failure::Books(error),
        }
    }
}

/// Travels with an answer that has no page yet.
#[derive(Clone)]
enum Unsaid {
    Status,
    Provider(crate::Trouble),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, unsaid) = match self {
            Failure::NotFound => (StatusCode::NOT_FOUND, Unsaid::Status),
            Failure::Stale => (StatusCode::CONFLICT, Unsaid::Status),
            Failure::Books(error) => {
                tracing::error!(%error, "a page could not be made");
                (StatusCode::INTERNAL_SERVER_ERROR, Unsaid::Status)
            }
            Failure::Provider(trouble) => (StatusCode::BAD_GATEWAY, Unsaid::Provider(trouble)),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(unsaid);
        response
    }
}

pub(super) async fn no_page() -> Failure {
    Failure::NotFound
}

/// Draws the page of an answer that has none.
pub(super) async fn draw(State(web): State<Shared>, request: Request, next: Next) -> Response {
    let locale = Locale::of(request.headers(), &web.cookies, &web.books.messages);
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let response = next.run(request).await;
    let Some(unsaid) = response.extensions().get::<Unsaid>().cloned() else { return response };
    let trouble = match unsaid {
        Unsaid::Status => Trouble::of(response.status()),
        Unsaid::Provider(told) => {
            let (what, advice) = super::trouble::sentences(&told, &locale);
            let page = Trouble::of(response.status()).because(what, advice);
            told.reference.map_or(page.clone(), |reference| page.reference(reference))
        }
    };
    let frame = Frame::stranger(PRODUCT, "/", &here, locale, web.cookies.clone());
    error_page(&frame, &trouble)
}
