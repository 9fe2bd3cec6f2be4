//! The contract as bytes: what a hub writes, what a client makes of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod client;
mod paging;
mod shapes;
