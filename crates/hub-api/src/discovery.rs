use serde::{Deserialize, Serialize};

crate::described! {
    /// The document at a hub's root: the addresses of everything, as templates such as `…/accounts/{accountId}`. Clients
    /// build every address from it, so a link that is there is a promise.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct Discovery {
        /// The addresses.
        pub links: DiscoveryLinks,
    }
}

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        crate::described! {
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase", default)]
            pub struct $name {
                $($(#[$field_doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
            }
        }
    )*};
}

links! {
    /// `links` of the discovery document.
    DiscoveryLinks {
        /// The organization behind the token.
        userinfo: String,
        /// Accounts, and one of them.
        accounts: String,
        /// What belongs to one account.
        account: AccountLinks,
        /// Institutions, and one of them.
        financial_institutions: String,
        /// Every account of every customer of the application.
        integration_accounts: String,
        /// Tokens.
        oauth2: OAuthLinks,
        /// What is known of a customer who is about to sign up.
        onboarding_details: String,
        /// What belongs to an organization.
        organizations: OrganizationLinks,
        /// Simulated banks.
        sandbox: SandboxLinks,
        /// What a synchronization changed.
        synchronization: SynchronizationLinks,
        /// Synchronizations, and one of them.
        synchronizations: String,
    }
    /// What belongs to one account.
    AccountLinks {
        /// Booked movements.
        transactions: String,
        /// Announced movements.
        pending_transactions: String,
        /// Renewing the authorization.
        reauthorization_requests: String,
        /// Ours: the change feed.
        changes: String,
        /// Ours: the bank's balances.
        balances: String,
    }
    /// Token endpoints.
    OAuthLinks {
        /// Trades a grant for tokens.
        token: String,
        /// Ends a token and, for a refresh token, the integration.
        revoke: String,
    }
    /// What belongs to an organization.
    OrganizationLinks {
        /// What it used of the application in a month.
        usage: String,
        /// Its integration with the application.
        integration: String,
    }
    /// Simulated banks.
    SandboxLinks {
        /// What belongs to one of them.
        financial_institution: SandboxInstitutionLinks,
    }
    /// What belongs to a simulated bank.
    SandboxInstitutionLinks {
        /// Accounts, and one of them.
        financial_institution_accounts: String,
        /// What belongs to one account.
        financial_institution_account: SandboxAccountLinks,
    }
    /// What belongs to an account at a simulated bank.
    SandboxAccountLinks {
        /// Movements, and one of them.
        financial_institution_transactions: String,
    }
    /// What a synchronization changed.
    SynchronizationLinks {
        /// Booked movements.
        updated_transactions: String,
        /// Announced movements.
        updated_pending_transactions: String,
    }
}

impl Discovery {
    /// The document of the face for applications; `base` is `https://HOST/ponto-connect`, without a slash at the end.
    pub fn connect(base: &str) -> Discovery {
        let mut document = Discovery::custom(base);
        document.links.onboarding_details = Some(format!("{base}/onboarding-details"));
        document.links.integration_accounts = Some(format!("{base}/integration-accounts"));
        let organization = format!("{base}/organizations/{{organizationId}}");
        document.links.organizations = Some(OrganizationLinks {
            usage: Some(format!("{organization}/usage/{{month}}")),
            integration: Some(format!("{organization}/integration")),
        });
        document
    }

    /// The document of the face for custom integrations; `base` is `https://HOST`, without a slash at the end.
    pub fn custom(base: &str) -> Discovery {
        let account = format!("{base}/accounts/{{accountId}}");
        let synchronization = format!("{base}/synchronizations/{{synchronizationId}}");
        let of_account = |rest: &str| Some(format!("{account}/{rest}"));
        Discovery {
            links: DiscoveryLinks {
                userinfo: Some(format!("{base}/userinfo")),
                account: Some(AccountLinks {
                    transactions: of_account("transactions/{transactionId}"),
                    pending_transactions: of_account("pending-transactions/{pendingTransactionId}"),
                    reauthorization_requests: of_account("reauthorization-requests"),
                    changes: of_account("changes"),
                    balances: of_account("balances"),
                }),
                accounts: Some(account),
                financial_institutions: Some(format!("{base}/financial-institutions/{{financialInstitutionId}}")),
                integration_accounts: None,
                oauth2: Some(OAuthLinks {
                    token: Some(format!("{base}/oauth2/token")),
                    revoke: Some(format!("{base}/oauth2/revoke")),
                }),
                onboarding_details: None,
                organizations: None,
                sandbox: None,
                synchronization: Some(SynchronizationLinks {
                    updated_transactions: Some(format!("{synchronization}/updated-transactions")),
                    updated_pending_transactions: Some(format!("{synchronization}/updated-pending-transactions")),
                }),
                synchronizations: Some(synchronization),
            },
        }
    }
}

impl Discovery {
    /// The same with the resources of simulated banks, where a hub offers some.
    pub fn with_sandbox(mut self, base: &str) -> Discovery {
        let account = format!(
            "{base}/sandbox/financial-institutions/{{financialInstitutionId}}/financial-institution-accounts/\
             {{financialInstitutionAccountId}}"
        );
        let movement = format!("{account}/financial-institution-transactions/{{financialInstitutionTransactionId}}");
        let of_account = SandboxAccountLinks { financial_institution_transactions: Some(movement) };
        let of_bank = SandboxInstitutionLinks {
            financial_institution_accounts: Some(account),
            financial_institution_account: Some(of_account),
        };
        self.links.sandbox = Some(SandboxLinks { financial_institution: Some(of_bank) });
        self
    }
}

/// Fills a template. A placeholder without a value, which is always the last one, disappears with its slash, so that
/// `…/accounts/{accountId}` is also the address of the list.
pub fn expand(template: &str, values: &[(&str, &str)]) -> String {
    let mut address = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, placeholder)) = rest.split_once('{') {
        let (name, after) = placeholder.split_once('}').unwrap_or((placeholder, ""));
        address.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            address.push_str(value);
        }
        rest = after;
    }
    address.push_str(rest);
    address.trim_end_matches('/').to_owned()
}
