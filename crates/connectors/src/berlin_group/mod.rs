//! Berlin Group NextGenPSD2 XS2A 1.3: account information with the redirect approach.
//!
//! Traps of this family of banks: the return of the person proves nothing (the consent's status does); a bank may
//! shorten a consent; paging links may be absolute, relative or on another path and are followed as they are; the
//! ids of movements may be absent, repeated, renumbered or new each time; `remittanceInformationStructured` is a text
//! in some versions and an object in others; amounts are texts, sometimes numbers; one IBAN may have several
//! resources, one a currency. Embedded and decoupled authentication are not used: no bank password passes through us.

mod client;
mod normalise;
mod wire;

use async_trait::async_trait;
use domain::Currency;

use crate::{
    AccountsPage, Bank, BankError, Call, Connector, ConsentRequest, ConsentStarted, ConsentState, PageAsk, RawAnswer,
    TransactionsPage,
};

/// The protocol.
pub struct BerlinGroup;

#[async_trait]
impl Connector for BerlinGroup {
    async fn begin_consent(&self, bank: &Bank, ask: &ConsentRequest) -> Result<ConsentStarted, BankError> {
        client::begin_consent(bank, ask).await
    }

    async fn consent_state(&self, bank: &Bank, consent: &str) -> Result<ConsentState, BankError> {
        client::consent_state(bank, consent).await
    }

    async fn end_consent(&self, bank: &Bank, consent: &str) -> Result<(), BankError> {
        client::end_consent(bank, consent).await
    }

    async fn accounts(&self, bank: &Bank, call: &Call) -> Result<RawAnswer, BankError> {
        client::get(bank, call, "/v1/accounts", "application/json").await
    }

    async fn balances(&self, bank: &Bank, call: &Call, resource_id: &str) -> Result<RawAnswer, BankError> {
        let path = format!("/v1/accounts/{}/balances", client::escaped(resource_id));
        client::get(bank, call, &path, "application/json").await
    }

    async fn transactions(
        &self,
        bank: &Bank,
        call: &Call,
        resource_id: &str,
        page: &PageAsk,
    ) -> Result<RawAnswer, BankError> {
        let path = match page {
            PageAsk::First { from, to } => client::listing_path(&bank.profile, resource_id, *from, *to),
            PageAsk::Next(link) => link.clone(),
        };
        client::get(bank, call, &path, &bank.profile.accept).await
    }

    fn read_accounts(&self, answer: &RawAnswer) -> Result<AccountsPage, BankError> {
        normalise::accounts(answer)
    }

    fn read_balances(&self, answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError> {
        normalise::balances(answer, currency)
    }

    fn read_transactions(&self, answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError> {
        normalise::transactions(answer, currency)
    }
}
