//! The door to account data: is the consent valid, does it cover this, is an access left, does the bank misbehave now?

use std::sync::Arc;

use domain::Date;

use crate::call::Call;
use crate::consent::{Consent, Ending, Stage};
use crate::dice::{code_of, mix, number_of};
use crate::faults::{Fault, Roll};
use crate::journal::{Event, Step};
use crate::ledger::Ledger;
use crate::problem::Problem;
use crate::{Sandbox, consent};

/// What a caller asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Accounts,
    Account,
    Balances,
    Transactions,
}

impl Endpoint {
    fn name(self) -> &'static str {
        match self {
            Endpoint::Accounts => "accounts",
            Endpoint::Account => "account",
            Endpoint::Balances => "balances",
            Endpoint::Transactions => "transactions",
        }
    }

    fn is_covered(self, consent: &Consent) -> bool {
        match self {
            Endpoint::Accounts | Endpoint::Account => true,
            Endpoint::Balances => consent.request.may_read_balances,
            Endpoint::Transactions => consent.request.may_read_transactions,
        }
    }
}

/// A caller who may read.
pub(crate) struct Admitted {
    pub(crate) consent: Consent,
    /// The accounts of the consent with their resource ids.
    pub(crate) accounts: Vec<(String, Arc<Ledger>)>,
    pub(crate) today: Date,
    /// The faults of this call.
    pub(crate) roll: Roll,
}

impl Sandbox {
    /// Lets a caller in, or says why not. A following page of a listing is no new access.
    pub(crate) fn admit(
        &self,
        call: &Call,
        endpoint: Endpoint,
        resource: Option<&str>,
        is_following_page: bool,
    ) -> Result<Admitted, Problem> {
        let id = call.consent.as_deref().ok_or_else(|| Problem::format("Consent-ID is missing."))?;
        let now = self.now();
        let mut world = self.world();
        let consent = world.consents.get(id).filter(|consent| consent.request.bank == call.bank.slug).cloned();
        let consent = consent.ok_or_else(Problem::consent_unknown)?;
        refuse_unless_valid(&consent.stage_at(now))?;
        let accounts: Vec<(String, Arc<Ledger>)> = consent
            .accounts
            .iter()
            .filter_map(|key| world.ledger(call.bank.slug, key))
            .map(|ledger| (resource_id(&consent, ledger), ledger.clone()))
            .collect();
        let key = match resource {
            Some(resource) => match accounts.iter().find(|(id, _)| id == resource) {
                Some((_, ledger)) => ledger.key.clone(),
                None => return Err(Problem::resource_unknown()),
            },
            None => String::new(),
        };
        if !endpoint.is_covered(&consent) {
            return Err(Problem::consent_invalid("The consent does not cover this information."));
        }
        if !call.is_attended && !is_following_page {
            let limit = consent.request.frequency_per_day;
            world.access(id, &key, endpoint.name(), limit, now)?.map_err(Problem::access_exceeded)?;
        }
        let roll = world.roll(call.bank.slug, &key, endpoint.name());
        if roll.has(Fault::ConsentEnded) {
            let step = Step::Ended { ending: Ending::RevokedByPsu, on: consent::day_of(now) };
            world.commit(Event::Consent { consent: id.to_owned(), step })?;
            return Err(Problem::consent_invalid("The consent was withdrawn by the user."));
        }
        if roll.has(Fault::TooManyRequests) {
            return Err(Problem::access_exceeded(3600));
        }
        if roll.has(Fault::ServerError) {
            return Err(Problem::internal("The bank has a technical problem."));
        }
        Ok(Admitted { consent, accounts, today: consent::day_of(now), roll })
    }
}

impl Admitted {
    /// The account of a resource id that [`Sandbox::admit`] has found.
    pub(crate) fn ledger(&self, resource: &str) -> Result<Arc<Ledger>, Problem> {
        let found = self.accounts.iter().find(|(id, _)| id == resource);
        found.map(|(_, ledger)| ledger.clone()).ok_or_else(Problem::resource_unknown)
    }
}

fn refuse_unless_valid(stage: &Stage) -> Result<(), Problem> {
    match stage {
        Stage::Valid => Ok(()),
        Stage::AwaitingPassword | Stage::AwaitingCode { .. } | Stage::AwaitingChoice => {
            Err(Problem::consent_invalid("The user has not authorised the consent yet."))
        }
        Stage::Rejected => Err(Problem::consent_invalid("The user did not authorise the consent.")),
        Stage::Ended(Ending::Expired) => Err(Problem::consent_expired()),
        Stage::Ended(Ending::RevokedByPsu) => Err(Problem::consent_invalid("The consent was withdrawn by the user.")),
        Stage::Ended(Ending::TerminatedByTpp) => Err(Problem::consent_invalid("The consent was terminated.")),
    }
}

/// The id under which a consent's client finds an account. At a bank that mints them anew, another consent knows the same
/// account by another id.
pub(crate) fn resource_id(consent: &Consent, ledger: &Ledger) -> String {
    let own = mix(number_of(&ledger.key) ^ number_of(ledger.bank.bic));
    if ledger.bank.resource_ids_per_consent { code_of(mix(own ^ number_of(&consent.id)), 22) } else { code_of(own, 22) }
}
