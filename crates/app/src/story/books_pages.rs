//! What a person does on the pages of the books.

use super::{BankAccount, Story, Teller, ToldStatement};

impl Story {
    pub(super) async fn enter_books(&mut self) -> anyhow::Result<()> {
        anyhow::bail!("books")
    }
    pub(super) async fn connect(&mut self, _bank: &str) -> anyhow::Result<()> {
        anyhow::bail!("books")
    }
    pub(super) async fn link_accounts(&mut self, _accounts: &[BankAccount]) -> anyhow::Result<()> {
        anyhow::bail!("books")
    }
    pub(super) async fn fetch_and_link(&mut self, _accounts: &[BankAccount]) -> anyhow::Result<()> {
        anyhow::bail!("books")
    }
    pub(super) async fn import(&mut self, _teller: &mut dyn Teller) -> anyhow::Result<()> {
        anyhow::bail!("books")
    }
    pub(super) async fn line_count(&mut self) -> anyhow::Result<u64> {
        anyhow::bail!("books")
    }
    pub(super) async fn statements(&mut self) -> anyhow::Result<Vec<ToldStatement>> {
        anyhow::bail!("books")
    }
}
