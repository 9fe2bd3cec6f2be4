//! The log, on standard error: as lines for people or as JSON. What is logged never names a person, an account number
//! or a secret; that is a rule for whoever writes a log line, and `vault::Secret` helps to keep it.

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::{LogFormat, Settings};

/// Starts the log. A quiet one shows only what goes wrong, so that a progress display is not torn apart.
pub fn start(settings: &Settings, quiet: bool) {
    let level = if quiet { settings.log_level.min(Level::WARN) } else { settings.log_level };
    // Libraries tell their own story only when they warn.
    let filter = Targets::new()
        .with_default(LevelFilter::WARN.min(LevelFilter::from_level(level)))
        .with_targets(["app", "books", "hub", "sandbox", "web", "connectors", "db"].map(|name| (name, level)));
    let layer = match settings.log_format {
        LogFormat::Text => fmt::layer().with_writer(std::io::stderr).with_target(false).boxed(),
        LogFormat::Json => fmt::layer().json().with_writer(std::io::stderr).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(filter)).init();
}
