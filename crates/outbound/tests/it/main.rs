//! The way out against a host that wants to know who comes.

mod identity;
