//! How the settings become running parties.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use outbound::{ByHost, Door, Limits, Network, Signing};
use vault::Secret;

use crate::clock;
use crate::config::Settings;
use crate::party::{Running, listen};

/// What the simulated banks are given besides their settings.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SandboxArguments {
    /// Statement files whose content the accounts of the first bank hold, instead of generated traffic.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub load: Vec<PathBuf>,
    /// About how many movements the generated accounts hold together.
    #[arg(long, default_value_t = 8_000, value_name = "NUMBER")]
    pub transactions: u32,
}

/// Runs hub and books until it is told to end.
pub async fn serve(settings: &Settings) -> anyhow::Result<()> {
    let mut running = Running::default();
    start_hub(&mut running, settings).await?;
    start_books(&mut running, settings).await?;
    running.until_told().await
}

/// Runs the hub until it is told to end.
pub async fn hub(settings: &Settings) -> anyhow::Result<()> {
    let mut running = Running::default();
    start_hub(&mut running, settings).await?;
    running.until_told().await
}

/// Runs the books until they are told to end.
pub async fn books(settings: &Settings) -> anyhow::Result<()> {
    let mut running = Running::default();
    start_books(&mut running, settings).await?;
    running.until_told().await
}

/// Runs the simulated banks until they are told to end.
pub async fn sandbox(settings: &Settings, arguments: &SandboxArguments) -> anyhow::Result<()> {
    let mut running = Running::default();
    start_sandbox(&mut running, settings, arguments).await?;
    running.until_told().await
}

/// How many synchronizations run at once: enough that a slow bank does not hold up the others.
const HUB_WORKERS: usize = 4;

/// How long the address of a webhook may take to answer; what it answers is not read beyond a mebibyte.
const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(10);

/// Opens the hub and lets it work and answer.
pub async fn start_hub(running: &mut Running, settings: &Settings) -> anyhow::Result<()> {
    // The port first: whoever starts the program twice is told so before a database is touched.
    let listener = listen("hub", &settings.hub.listen).await?;
    let figures = match &settings.hub_metrics_listen {
        Some(address) => Some(listen("hub", address).await?),
        None => None,
    };
    let hub = open_hub(settings).await?;
    if let hub::mail::Way::Folder(folder) = &hub.settings.mail.way {
        tracing::warn!(folder = %folder.display(), "no mail server is set (hub.smtp_url): mail goes to this folder");
    }
    let missing = hub.settings.billing.missing();
    if hub.settings.price_minor > 0 && !missing.is_empty() {
        tracing::warn!("no invoices are drawn up before these settings are given: {}", missing.join(", "));
    }
    let secret = shared_secret(settings)?;
    let back = format!("{}/connect/return", settings.books.url());
    let application = hub
        .ensure_application("Passerelle books", &settings.books_client_id, Some(&secret), &[back])
        .await
        .context("the hub cannot register the books")?;
    tell_books(&hub, application, settings).await?;
    for _ in 0..HUB_WORKERS {
        let worker = hub.clone();
        running.work("hub", move || {
            let hub = worker.clone();
            async move { hub.work_once().await }
        });
    }
    if let Some(listener) = figures {
        running.serve("hub", listener, hub::operator::router(hub.clone()));
    }
    running.serve("hub", listener, hub::router(hub));
    tracing::info!(url = settings.hub.url(), "the hub listens");
    Ok(())
}

/// Opens the hub: to run it, or beside a running one to change something in its database.
pub async fn open_hub(settings: &Settings) -> anyhow::Result<hub::SharedHub> {
    make_data_folder(settings)?;
    let own = hub::Settings {
        database: settings.database(settings.hub_database.as_ref(), "hub"),
        key_file: settings.data.join("hub.keys"),
        public_url: settings.hub.url(),
        sandbox_url: settings.hub_sandbox_url.clone(),
        connect_url: settings.hub_connect_url.clone(),
        custom_url: settings.hub_custom_url.clone(),
        price_minor: settings.hub_price_cents,
        billing: settings.hub_billing.clone(),
        trust_forwarded_proto: settings.hub_trust_forwarded_proto,
        support: settings.hub_support.clone(),
        throttle_seconds: settings.hub_throttle_seconds,
        requests_per_minute: settings.hub_requests_per_minute,
        owners_need_second_factor: settings.hub_owners_need_second_factor,
        bank_lists: true,
        mail: settings.mail(),
    };
    let database = shown(&own.database);
    let doors = hub::Doors {
        banks: door(settings),
        webhooks: Arc::new(Network::new(Limits {
            timeout: WEBHOOK_TIMEOUT,
            body_bytes: 1 << 20,
            allow_private_addresses: settings.hub_webhooks_to_private_addresses,
        })),
    };
    hub::Hub::open_behind(own, clock::environment(), doors).await.map_err(|error| {
        let what = match &error {
            hub::HubError::Database(_) => format!("the hub cannot open its database {database} (setting hub.database)"),
            hub::HubError::Keys(_) | hub::HubError::Catalogue(_) => "the hub cannot start".to_owned(),
        };
        anyhow::Error::from(error).context(what)
    })
}

/// Opens the books and lets them work and answer.
pub async fn start_books(running: &mut Running, settings: &Settings) -> anyhow::Result<()> {
    let listener = listen("books", &settings.books.listen).await?;
    let books = open_books(settings).await?;
    for note in books.apply(&settings.books_plan).await? {
        tracing::warn!(note, "the settings file describes what is not so yet");
    }
    let worker = books.clone();
    running.work("books", move || {
        let books = worker.clone();
        async move { books.beat().await.map(|()| false) }
    });
    let worker = books.clone();
    running.work("books", move || {
        let books = worker.clone();
        async move { books.write_once().await }
    });
    let worker = books.clone();
    running.work("books", move || {
        let books = worker.clone();
        async move { books.work_once().await }
    });
    let worker = books.clone();
    running.work("books", move || {
        let books = worker.clone();
        async move { books.deliver_once().await }
    });
    running.serve("books", listener, books.router());
    tracing::info!(url = settings.books.url(), "the books listen");
    Ok(())
}

/// Opens the books: to run them, or beside running ones to do something with them.
pub async fn open_books(settings: &Settings) -> anyhow::Result<books::Books> {
    make_data_folder(settings)?;
    let own = books::Settings {
        database: settings.database(settings.books_database.as_ref(), "books"),
        key_file: settings.data.join("books.keys"),
        files: settings.books_files.clone().unwrap_or_else(|| settings.data.join("files")),
        public_url: settings.books.url(),
        mail: settings.books_mail(),
        providers: providers(settings)?,
    };
    let database = shown(&own.database);
    books::Books::open(own, clock::environment(), books_door(settings)).await.map_err(|error| {
        let what = if matches!(error, books::BooksError::Database(_)) {
            format!("the books cannot open their database {database} (setting books.database)")
        } else {
            "the books cannot start".to_owned()
        };
        anyhow::Error::from(error).context(what)
    })
}

/// Everybody who reaches banks for the books: the hub of these settings first.
fn providers(settings: &Settings) -> anyhow::Result<Vec<books::Provider>> {
    let own = if settings.books_use_hub { Some(own_hub(settings)?) } else { None };
    let others = settings.books_providers.iter().map(|entry| books::Provider {
        name: entry.name.clone(),
        base_url: entry.base_url.clone(),
        authorize_url: entry.authorize_url.clone(),
        token_url: entry.token_url.clone(),
        client_id: entry.client_id.clone(),
        client_secret: entry.client_secret.clone(),
    });
    Ok(own.into_iter().chain(others).collect())
}

/// Lets the hub tell the books what happens, where it can reach them.
async fn tell_books(hub: &hub::Hub, application: domain::ApplicationId, settings: &Settings) -> anyhow::Result<()> {
    let books = settings.books.url();
    let here = ["http://localhost", "http://127.0.0.1", "http://[::1]"].iter().any(|start| books.starts_with(start));
    if here && !settings.hub_webhooks_to_private_addresses {
        tracing::info!("the books are on this machine and are not told of events: they ask every few hours");
        return Ok(());
    }
    let slug = own_hub(settings)?.slug();
    match hub.set_webhook_address(application, &format!("{books}/webhooks/{slug}")).await {
        Err(hub::webhooks::WebhookError::Address) => {
            tracing::warn!(
                books,
                "the books have no https address and are not told of events: they ask every few hours"
            );
            Ok(())
        }
        told => told.with_context(|| format!("the hub cannot tell the books at {books}")),
    }
}

/// The hub of these settings as the books know it.
fn own_hub(settings: &Settings) -> anyhow::Result<books::Provider> {
    let hub = settings.books_hub_url.clone().unwrap_or_else(|| settings.hub.url());
    Ok(books::Provider {
        name: "Passerelle hub".to_owned(),
        base_url: format!("{hub}/ponto-connect"),
        authorize_url: Some(format!("{hub}/oauth2/auth")),
        token_url: format!("{hub}/ponto-connect/oauth2/token"),
        client_id: settings.books_client_id.clone(),
        client_secret: shared_secret(settings)?,
    })
}

/// The secret by which the hub recognises the books: as set, or from a file in the data folder that whoever starts
/// first makes. It is written beside its place and linked there, so that nobody reads half of it.
fn shared_secret(settings: &Settings) -> anyhow::Result<Secret<String>> {
    if let Some(secret) = &settings.books_client_secret {
        return Ok(secret.clone());
    }
    let path = settings.data.join("books.secret");
    if !path.exists() {
        let draft = settings.data.join(format!("books.secret.{}", std::process::id()));
        let (secret, _) = vault::token::new(&clock::environment());
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(secret.expose().as_bytes())?;
        let linked = std::fs::hard_link(&draft, &path);
        std::fs::remove_file(&draft)?;
        linked.or_else(|error| if path.exists() { Ok(()) } else { Err(error) })?;
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("the secret between hub and books cannot be read from {}", path.display()))?;
    Ok(Secret::new(text.trim().to_owned()))
}

/// Opens the simulated banks and lets them answer.
pub async fn start_sandbox(
    running: &mut Running,
    settings: &Settings,
    arguments: &SandboxArguments,
) -> anyhow::Result<()> {
    let listener = listen("sandbox", &settings.sandbox.listen).await?;
    make_data_folder(settings)?;
    let own = sandbox::Settings {
        seed: settings.sandbox_seed,
        load: arguments.load.iter().map(read_file).collect::<anyhow::Result<_>>()?,
        journal: Some(settings.data.join("sandbox.journal")),
        transactions: arguments.transactions,
        pause: sandbox::Settings::real_pause(),
        ..sandbox::Settings::default()
    };
    let banks = sandbox::Sandbox::open(own, clock::environment())?;
    running.serve("sandbox", listener, banks.router());
    tracing::info!(url = settings.sandbox.url(), "the simulated banks listen");
    Ok(())
}

fn read_file(path: &PathBuf) -> anyhow::Result<(String, Vec<u8>)> {
    let content =
        std::fs::read(path).with_context(|| format!("the statement file {} cannot be read", path.display()))?;
    Ok((path.display().to_string(), content))
}

/// Makes the data folder and sees that this program may write there, before a database says it in its own words.
fn make_data_folder(settings: &Settings) -> anyhow::Result<()> {
    let folder = &settings.data;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the data folder {} cannot be made (setting data)", folder.display()))?;
    let probe = folder.join(format!(".probe.{}", std::process::id()));
    let tried = OpenOptions::new().write(true).create(true).truncate(true).open(&probe);
    match tried.and_then(|_| std::fs::remove_file(&probe)) {
        Ok(()) => Ok(()),
        Err(error) => {
            anyhow::bail!("the data folder {} cannot be used: {}", folder.display(), unwritable(folder, &error))
        }
    }
}

/// Why a folder cannot be written to, and what to do.
fn unwritable(folder: &Path, error: &std::io::Error) -> String {
    // Linux tells a process who it is by the owner of its own entry there.
    let users = std::fs::metadata(folder).and_then(|folder| Ok((folder.uid(), std::fs::metadata("/proc/self")?.uid())));
    match users {
        Ok((owner, own)) if error.kind() == ErrorKind::PermissionDenied && owner != own => format!(
            "it belongs to the user with number {owner}, and this program runs as number {own}; run it as that user, \
             give the folder to this one, or choose another (setting data)"
        ),
        Ok(_) | Err(_) => {
            format!("{error}; make room or give it the right to be written to, or choose another (setting data)")
        }
    }
}

fn door(settings: &Settings) -> Door {
    Arc::new(Network::new(Limits { allow_private_addresses: settings.allow_private_addresses, ..Limits::default() }))
}

/// The way of the books: providers that know them by a certificate are shown it, and nobody else.
fn books_door(settings: &Settings) -> Door {
    let limits = Limits { allow_private_addresses: settings.allow_private_addresses, ..Limits::default() };
    let mut ways: Vec<(String, Door)> = Vec::new();
    for provider in &settings.books_providers {
        let own: Option<Door> =
            provider.identity.as_ref().map(|identity| Arc::new(Network::known_as(limits, identity)) as Door);
        let way = match (&provider.signer, own) {
            (Some(signer), own) => {
                let (signer, environment) = (signer.clone(), clock::environment());
                let door = own.unwrap_or_else(|| door(settings));
                Arc::new(Signing { door, signer, environment }) as Door
            }
            (None, Some(own)) => own,
            (None, None) => continue,
        };
        ways.extend(provider.places().into_iter().map(|place| (place, way.clone())));
    }
    if ways.is_empty() { door(settings) } else { Arc::new(ByHost { ways, rest: door(settings) }) }
}

/// A database address without the password that it may hold.
fn shown(database: &str) -> String {
    match url::Url::parse(database) {
        Ok(mut url) if url.password().is_some() => {
            // An address that had a password can lose it.
            let _ = url.set_password(None);
            url.to_string()
        }
        Ok(_) | Err(_) => database.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(shown("postgres://hub:secret@db/hub"), "postgres://hub@db/hub");
        assert_eq!(shown("sqlite:data/hub.sqlite"), "sqlite:data/hub.sqlite");
    }
}
