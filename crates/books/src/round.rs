//! A round of work for many: what fails for one, or breaks off by a defect of this program, stops none of the others.

use std::future::Future;

use domain::caught;

use crate::BooksError;

/// What a round came to so far.
#[derive(Default)]
pub(crate) struct Round {
    moved: bool,
    failed: Option<BooksError>,
}

impl Round {
    /// Does one piece of the round, which answers whether anything moved. `what` names it in the log.
    pub(crate) fn take(
        &mut self,
        what: impl std::fmt::Display,
        work: impl Future<Output = Result<bool, BooksError>>,
    ) -> impl Future<Output = ()> {
        let work = whole(work);
        async move {
            match work.await {
                Ok(moved) => self.moved |= moved,
                Err(error) => {
                    tracing::error!(%what, %error, "one piece of the work failed; the others go on");
                    self.failed = Some(error);
                }
            }
        }
    }

    /// Whether anything moved, or the last failure: whoever calls waits a while then.
    pub(crate) fn end(self) -> Result<bool, BooksError> {
        self.failed.map_or(Ok(self.moved), Err)
    }
}

/// Does work of which a panic is a failure like another.
pub(crate) fn whole<T>(
    work: impl Future<Output = Result<T, BooksError>>,
) -> impl Future<Output = Result<T, BooksError>> {
    let work = caught(work);
    async move { work.await.unwrap_or_else(|panicked| Err(panicked.into())) }
}
