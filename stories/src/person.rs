//! What a person does at a bank's own pages, in a browser.

use browser::{BrowseError, Browser, Page};
use outbound::Door;

use crate::world::HUB;

/// Logs in at the bank, types the code, ticks every account and confirms. The way back to the hub is not needed: a
/// person whose tab is closed there has given the permission all the same.
pub async fn agree(door: Door, bank_url: &str) -> Result<(), BrowseError> {
    let mut browser = Browser::new(door);
    let page = browser.open(bank_url).await?;
    let mut login = page.form_with("password")?;
    login.press("Continue")?;
    let page = browser.submit(&login).await?;
    let mut code = page.form_with("code")?;
    code.fill("code", "123456")?.press("Continue")?;
    let page = browser.submit(&code).await?;
    let mut choice = page.form_with("accounts")?;
    choice.tick_all("accounts");
    choice.press("Confirm")?;
    back(browser.submit(&choice).await)
}

/// Refuses at the bank.
pub async fn refuse(door: Door, bank_url: &str) -> Result<(), BrowseError> {
    let mut browser = Browser::new(door);
    let page = browser.open(bank_url).await?;
    let mut login = page.form_with("password")?;
    login.press("Cancel")?;
    back(browser.submit(&login).await)
}

/// A hub that cannot be reached on the way back is a lost return, not a failure at the bank.
fn back(page: Result<Page, BrowseError>) -> Result<(), BrowseError> {
    match page {
        Err(BrowseError::NoAnswer { url, .. }) if url.starts_with(HUB) => Ok(()),
        page => page.map(|_| ()),
    }
}
