//! What a person does at a bank's own pages, in a browser.

use browser::{Browser, BrowseError, Page};
use outbound::Door;

/// Logs in at the bank, types the code, ticks every account and confirms; ends on the page after the bank's redirect.
/// `returns` false closes the tab right after confirming: the hub never sees the person come back.
pub async fn agree(door: Door, bank_url: &str) -> Result<Page, BrowseError> {
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
    browser.submit(&choice).await
}

/// Refuses at the bank.
pub async fn refuse(door: Door, bank_url: &str) -> Result<Page, BrowseError> {
    let mut browser = Browser::new(door);
    let page = browser.open(bank_url).await?;
    let mut login = page.form_with("password")?;
    login.press("Cancel")?;
    browser.submit(&login).await
}
