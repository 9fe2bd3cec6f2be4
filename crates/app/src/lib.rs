//! The one program `passerelle`: its commands, its settings, the system's clock, and the story that the demo and the
//! tests play through real HTTP.
//!
//! This is the only crate that knows all parties, and it knows them only by their routers and their settings. What a
//! story knows of them it has read over HTTP, as a person or another program would.

pub mod admin;
pub mod application;
pub mod clock;
pub mod config;
pub mod demo;
pub mod headless;
pub mod logging;
pub mod parties;
pub mod party;
pub mod story;
