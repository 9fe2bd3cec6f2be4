//! `passerelle application`: the operator registers software that asks organizations for access to their accounts.

use anyhow::Context;
use hub::integrations::Registration;

use crate::config::Settings;
use crate::parties;

/// What the operator says of an application.
#[derive(Debug, Clone, clap::Args)]
pub struct ApplicationArguments {
    /// What the hub knows it by. Registering the same again brings it up to date and keeps its secret.
    #[arg(long, value_name = "ID")]
    pub client_id: String,
    /// What consent pages call it.
    #[arg(long)]
    pub name: String,
    /// Where people may be sent back to, exactly; https, or http on localhost. Repeat it for more.
    #[arg(long = "redirect-uri", value_name = "URL", required = true)]
    pub redirect_uris: Vec<String>,
    /// It runs on people's own machines, so it keeps no secret and must use PKCE.
    #[arg(long, conflicts_with = "new_secret")]
    pub native: bool,
    /// Make another secret; the one before works for another day.
    #[arg(long)]
    pub new_secret: bool,
    /// Where it is told of events; an empty text ends that.
    #[arg(long, value_name = "URL")]
    pub webhook: Option<String>,
}

/// Registers it in the hub's database, whether the hub runs or not, and prints what its makers need to know.
///
/// # Errors
/// A redirect address or webhook address that is not safe, or a database that cannot be opened.
pub async fn register(settings: &Settings, arguments: ApplicationArguments) -> anyhow::Result<()> {
    let hub = parties::open_hub(settings).await?;
    let registration = Registration {
        name: arguments.name,
        client_id: arguments.client_id,
        redirect_uris: arguments.redirect_uris,
        native: arguments.native,
        new_secret: arguments.new_secret,
    };
    let (id, secret) = hub.register_application(&registration).await?;
    println!("client id      {}", registration.client_id);
    match secret {
        Some(secret) => println!("client secret  {}   (shown this once)", secret.expose()),
        None if registration.native => println!("client secret  none: it must use PKCE"),
        None => println!("client secret  as before"),
    }
    if let Some(address) = arguments.webhook {
        hub.set_webhook_address(id, &address).await.context("the webhook's address cannot be used")?;
    }
    Ok(())
}
