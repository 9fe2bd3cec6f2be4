//! What a person does on the pages of a simulated bank.

use anyhow::bail;

use super::{BankAccount, Story};
use browser::{Kind, Page};

impl Story {
    /// Logs in at the bank, types the code, chooses the accounts, and is sent back to where the bank was asked from.
    /// A person who is sent here again finds the step that is left.
    pub(super) async fn agree_at_bank(&mut self, mut page: Page, wanted: &[BankAccount]) -> anyhow::Result<Page> {
        for _ in 0..5 {
            if !page.url.as_str().starts_with(&self.places.sandbox) {
                return Ok(page);
            }
            let mut form = match page.forms().into_iter().next() {
                Some(form) => form,
                // A closed request has a link that leads back.
                None => return Ok(self.browser.follow(&page, "Go back").await?),
            };
            let has = |name: &str| form.controls.iter().any(|control| control.name == name);
            if has("password") {
                form.fill("user", "demo")?.fill("password", "demo")?.press("Continue")?;
            } else if has("code") {
                form.fill("code", "123456")?.press("Continue")?;
            } else {
                for control in form.controls.iter_mut().filter(|control| control.kind == Kind::Tick) {
                    let number: String = control.label.split_whitespace().collect();
                    let is_wanted =
                        |account: &BankAccount| number.contains(&account.iban) && number.ends_with(&account.currency);
                    control.chosen = wanted.iter().any(is_wanted);
                }
                form.press("Confirm")?;
            }
            page = self.browser.submit(&form).await?;
        }
        bail!("the bank does not let the person go: {}", page.text())
    }
}
