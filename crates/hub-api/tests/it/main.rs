//! The contract as bytes: what a hub writes, what a client makes of it.

mod client;
mod paging;
mod shapes;
