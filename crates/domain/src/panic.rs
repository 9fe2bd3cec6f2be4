use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a piece of work said when it panicked. The program's panic hook has told where already.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a defect of this program stopped it: {0}")]
pub struct Panicked(pub String);

/// Does work whose panic must not end whoever waits for it. The work is dropped where it stood: what it had not
/// committed is undone, and its lease runs out.
pub fn caught<F: Future>(work: F) -> impl Future<Output = Result<F::Output, Panicked>> {
    // Boxed before anything is awaited: a future inside a future inside a future soon fills the stack.
    let mut work = Box::pin(work);
    // Nobody looks at the work again after a panic, so nobody sees what it left half done.
    poll_fn(move |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => std::task::Poll::Ready(Err(Panicked(said(panic.as_ref())))),
    })
}

/// The text of a panic, which is a `&str` or a `String` unless somebody threw something else.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a text".to_owned())
}
