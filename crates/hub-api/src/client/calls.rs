use bytes::Bytes;
use domain::{AccountId, InstitutionId, SynchronizationId};
use http::Method;
use serde_json::json;

use super::{AccessToken, Client, ClientError, Page};
use crate::discovery::expand;
use crate::{
    Account, AccountLinks, Balance, Change, Doc, Institution, IntegrationAccount, Kind, NewReauthorization,
    NewSynchronization, PageRequest, PendingTransaction, Reauthorization, Resource, Synchronization,
    SynchronizationLinks, Transaction, Userinfo,
};

impl Client {
    /// Institutions. Without a token, every one that the hub offers; `country` narrows.
    pub async fn institutions(
        &self,
        country: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Institution>, ClientError> {
        let list = self.address(self.discovery.links.financial_institutions.as_deref(), "financial-institutions", &[]);
        let filter = country.map(|country| format!("filter[country][eq]={country}"));
        let query = [filter, Some(page.query())].into_iter().flatten().collect::<Vec<_>>().join("&");
        self.page(&with_query(&list, &query), None).await
    }

    /// One institution.
    pub async fn institution(&self, id: InstitutionId) -> Result<Resource<Institution>, ClientError> {
        let template = self.discovery.links.financial_institutions.as_deref();
        let address = self.address(
            template,
            "financial-institutions/{financialInstitutionId}",
            &[("financialInstitutionId", &id.to_string())],
        );
        self.one(&address, None).await
    }

    /// The organization behind the token.
    pub async fn userinfo(&self, token: &AccessToken) -> Result<Userinfo, ClientError> {
        let address = self.address(self.discovery.links.userinfo.as_deref(), "userinfo", &[]);
        let request = self.request(Method::GET, &address, Some(token), None)?;
        self.send(request).await
    }

    /// Accounts of the integration.
    pub async fn accounts(&self, token: &AccessToken, page: &PageRequest) -> Result<Page<Account>, ClientError> {
        let list = self.address(self.discovery.links.accounts.as_deref(), "accounts", &[]);
        self.page(&with_query(&list, &page.query()), Some(token)).await
    }

    /// One account.
    pub async fn account(&self, token: &AccessToken, id: AccountId) -> Result<Resource<Account>, ClientError> {
        let template = self.discovery.links.accounts.as_deref();
        let address = self.address(template, "accounts/{accountId}", &[("accountId", &id.to_string())]);
        self.one(&address, Some(token)).await
    }

    /// Takes an account out of the integration. Its history stays in the hub.
    pub async fn revoke_account(&self, token: &AccessToken, id: AccountId) -> Result<(), ClientError> {
        let template = self.discovery.links.accounts.as_deref();
        let address = self.address(template, "accounts/{accountId}", &[("accountId", &id.to_string())]);
        let request = self.request(Method::DELETE, &address, Some(token), None)?;
        self.answer(request).await.map(|_| ())
    }

    /// Booked movements, newest stored first.
    pub async fn transactions(
        &self,
        token: &AccessToken,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<Transaction>, ClientError> {
        let links = |links: &AccountLinks| links.transactions.clone();
        self.of_account(token, account, links, "transactions", page).await
    }

    /// Announced movements.
    pub async fn pending_transactions(
        &self,
        token: &AccessToken,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<PendingTransaction>, ClientError> {
        let links = |links: &AccountLinks| links.pending_transactions.clone();
        self.of_account(token, account, links, "pending-transactions", page).await
    }

    /// What happened to an account's transactions since a cursor, oldest first. Only when
    /// [`Client::has_changes`].
    pub async fn changes(
        &self,
        token: &AccessToken,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<Change>, ClientError> {
        self.of_account(token, account, |links| links.changes.clone(), "changes", page).await
    }

    /// What the bank asserted about an account's balances since a cursor, oldest first. Only when
    /// [`Client::has_balances`].
    pub async fn balances(
        &self,
        token: &AccessToken,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<Balance>, ClientError> {
        self.of_account(token, account, |links| links.balances.clone(), "balances", page).await
    }

    /// Asks for a synchronization.
    pub async fn synchronize(
        &self,
        token: &AccessToken,
        new: &NewSynchronization,
    ) -> Result<Resource<Synchronization>, ClientError> {
        let address = self.address(self.discovery.links.synchronizations.as_deref(), "synchronizations", &[]);
        self.post(&address, token, Synchronization::TYPE, new).await
    }

    /// How far a synchronization is.
    pub async fn synchronization(
        &self,
        token: &AccessToken,
        id: SynchronizationId,
    ) -> Result<Resource<Synchronization>, ClientError> {
        let template = self.discovery.links.synchronizations.as_deref();
        let values = [("synchronizationId", id.to_string())];
        let address = self.address(template, "synchronizations/{synchronizationId}", &[(values[0].0, &values[0].1)]);
        self.one(&address, Some(token)).await
    }

    /// Booked movements that a synchronization created or changed.
    pub async fn updated_transactions(
        &self,
        token: &AccessToken,
        id: SynchronizationId,
        page: &PageRequest,
    ) -> Result<Page<Transaction>, ClientError> {
        let links = self.discovery.links.synchronization.as_ref();
        let template = links.and_then(|links: &SynchronizationLinks| links.updated_transactions.as_deref());
        let fallback = "synchronizations/{synchronizationId}/updated-transactions";
        let address = self.address(template, fallback, &[("synchronizationId", &id.to_string())]);
        self.page(&with_query(&address, &page.query()), Some(token)).await
    }

    /// Asks for the page on which the account holder renews the authorization; it is in `links.redirect`.
    pub async fn reauthorize(
        &self,
        token: &AccessToken,
        account: AccountId,
        redirect_uri: &str,
    ) -> Result<Resource<Reauthorization>, ClientError> {
        let links = self.discovery.links.account.as_ref();
        let template = links.and_then(|links| links.reauthorization_requests.as_deref());
        let fallback = "accounts/{accountId}/reauthorization-requests";
        let address = self.address(template, fallback, &[("accountId", &account.to_string())]);
        let new = NewReauthorization { redirect_uri: redirect_uri.to_owned() };
        self.post(&address, token, Reauthorization::TYPE, &new).await
    }

    /// Every account of every customer of the application; needs the application's own token.
    pub async fn integration_accounts(
        &self,
        token: &AccessToken,
        page: &PageRequest,
    ) -> Result<Page<IntegrationAccount>, ClientError> {
        let template = self.discovery.links.integration_accounts.as_deref();
        let list = self.address(template, "integration-accounts", &[]);
        self.page(&with_query(&list, &page.query()), Some(token)).await
    }

    async fn of_account<K: Kind>(
        &self,
        token: &AccessToken,
        account: AccountId,
        link: impl Fn(&AccountLinks) -> Option<String>,
        name: &str,
        page: &PageRequest,
    ) -> Result<Page<K>, ClientError> {
        let template = self.discovery.links.account.as_ref().and_then(link);
        let fallback = format!("accounts/{{accountId}}/{name}");
        let address = self.address(template.as_deref(), &fallback, &[("accountId", &account.to_string())]);
        self.page(&with_query(&address, &page.query()), Some(token)).await
    }

    async fn one<K: Kind>(&self, address: &str, token: Option<&AccessToken>) -> Result<Resource<K>, ClientError> {
        let request = self.request(Method::GET, address, token, None)?;
        let document: Doc<Resource<K>> = self.send(request).await?;
        Ok(document.data)
    }

    async fn post<K: Kind>(
        &self,
        address: &str,
        token: &AccessToken,
        kind: &str,
        attributes: &impl serde::Serialize,
    ) -> Result<Resource<K>, ClientError> {
        let body = json!({"data": {"type": kind, "attributes": attributes}});
        let request = self.request(Method::POST, address, Some(token), Some(Bytes::from(body.to_string())))?;
        let document: Doc<Resource<K>> = self.send(request).await?;
        Ok(document.data)
    }

    /// An address from the discovery document, or from the base where the document does not have it.
    fn address(&self, template: Option<&str>, fallback: &str, values: &[(&str, &str)]) -> String {
        let base = self.base.as_str().trim_end_matches('/');
        template.map_or_else(|| expand(&format!("{base}/{fallback}"), values), |template| expand(template, values))
    }
}

fn with_query(address: &str, query: &str) -> String {
    match (query.is_empty(), address.contains('?')) {
        (true, _) => address.to_owned(),
        (false, true) => format!("{address}&{query}"),
        (false, false) => format!("{address}?{query}"),
    }
}
