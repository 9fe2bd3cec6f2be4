//! Stories: banks, hub and books in one process, on one seed and one clock, over the real wire.
//!
//! A story lives a month: days pass, banks book, correct, delay, repeat and fail, permissions end and are renewed,
//! parties die in the middle of a call and come back. At the end the oracle asks one question: do the books equal the
//! bank, row by row, and did everything hold that must always hold? A failing seed replays exactly.

mod bookkeeper;
mod deadly;
mod month;
mod oracle;
mod person;
mod world;

pub use month::{Told, tell};
pub use world::Engine;
