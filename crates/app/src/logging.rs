//! The log, on standard error: as lines for people or as JSON. What is logged never names a person, an account number
//! or a secret; that is a rule for whoever writes a log line, and `vault::Secret` helps to keep it.

use std::io::IsTerminal;

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::{LogFormat, Settings};

/// How much a command may say in the log beside what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// As much as the settings say.
    Full,
    /// Warnings, from a command that ends by itself.
    Low,
    /// What fails, under a progress display that everything else would tear apart; and which rows of a file that the
    /// person gave are left out.
    Whisper,
}

/// Starts the log.
pub fn start(settings: &Settings, voice: Voice) {
    let level = settings.log_level.min(match voice {
        Voice::Full => Level::TRACE,
        Voice::Low => Level::WARN,
        Voice::Whisper => Level::ERROR,
    });
    let of_files = settings.log_level.min(if voice == Voice::Whisper { Level::WARN } else { level });
    // Libraries tell their own story only when they warn.
    let filter = Targets::new()
        .with_default(LevelFilter::WARN.min(LevelFilter::from_level(level)))
        .with_targets(["app", "books", "hub", "web", "connectors", "db"].map(|name| (name, level)))
        .with_target("sandbox", of_files);
    // Colours are for a person at a terminal; in a file or a pipe they are rubbish between the words.
    let colours = std::io::stderr().is_terminal();
    let layer = match settings.log_format {
        LogFormat::Text => fmt::layer().with_writer(std::io::stderr).with_ansi(colours).with_target(false).boxed(),
        LogFormat::Json => fmt::layer().json().with_writer(std::io::stderr).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(filter)).init();
}
