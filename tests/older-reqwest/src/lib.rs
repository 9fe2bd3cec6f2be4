//! `pontoconnect_rs` asks for reqwest 0.12 with its default features, which bring OpenSSL. What it uses of it is the same
//! in reqwest 0.13, which is in the tree with rustls; so the workspace patches the one into the other (`Cargo.toml`).
//! Only tests depend on it.

pub use newer::*;
