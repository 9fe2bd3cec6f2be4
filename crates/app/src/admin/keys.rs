//! `passerelle hub admin keys …`. Changing the key that encrypts secrets takes four steps, so that no running hub ever
//! meets a secret that it cannot open: add a key, restart the hubs, seal everything again, take the old key away.

use anyhow::bail;
use clap::Subcommand;
use hub::admin::keys::Held;
use hub::{SharedHub, admin};
use vault::Keyring;

use crate::clock;

/// Keys.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Keys {
    /// How many secrets each key of the file seals, the newest key last.
    List,
    /// Add a new key to the key file. Restart every hub, then run `seal-again`.
    Rotate,
    /// Seal every secret with the newest key, beside hubs that know it.
    SealAgain,
    /// Take a key that seals nothing any more out of the file.
    Remove {
        /// The key's id, as `list` shows it.
        id: String,
    },
    /// Make another key for the signatures of webhooks. It is published now and signs from tomorrow on.
    RotateWebhook {
        /// Sign with it at once and forget the others: for a key that is in the wrong hands.
        #[arg(long)]
        at_once: bool,
    },
}

/// Does it.
pub(super) async fn run(hub: &SharedHub, command: Keys) -> anyhow::Result<()> {
    let file = &hub.settings.key_file;
    match command {
        Keys::List => {
            let counts = admin::keys::counted(hub).await?;
            let ids: Vec<&str> = hub.keyring.ids().collect();
            // What no key of the file is called comes first: it is what somebody has to look at.
            let missing = counts.keys().map(String::as_str).filter(|id| !ids.contains(id));
            for id in missing.chain(ids.iter().copied()) {
                let Held { secrets, closed } = counts.get(id).copied().unwrap_or_default();
                let place = if !ids.contains(&id) {
                    "is not in the key file: restore its line from a backup"
                } else if ids.last() == Some(&id) {
                    "seals"
                } else {
                    "opens"
                };
                print!("{id}\t{secrets} secrets\t{place}");
                if closed > 0 && ids.contains(&id) {
                    print!("\tdoes not open {closed} of them: another key of this name sealed them");
                }
                println!();
            }
        }
        Keys::Rotate => {
            let ring = Keyring::rotate(file, clock::environment().entropy.as_ref())?;
            println!("{} was added to {}", ring.ids().last().unwrap_or_default(), file.display());
            println!("restart every hub, then run: passerelle hub admin keys seal-again");
        }
        Keys::SealAgain => {
            let sealed = admin::keys::seal_again(hub).await?;
            println!("{sealed} secrets are sealed with the newest key now");
        }
        Keys::Remove { id } => {
            let counts = admin::keys::counted(hub).await?;
            if let Some(secrets) = counts.get(&id).map(|held| held.secrets).filter(|secrets| *secrets > 0) {
                bail!("{secrets} secrets are sealed with {id}: run 'passerelle hub admin keys seal-again' first");
            }
            if !Keyring::remove(file, &id)? {
                bail!("{id} is not an older key of {}", file.display());
            }
            println!("{id} was taken out of {}", file.display());
        }
        Keys::RotateWebhook { at_once } => {
            let (kid, from) = admin::keys::renew_webhook_key(hub, at_once).await?;
            println!("{kid}\tsigns from {from}");
        }
    }
    Ok(())
}
