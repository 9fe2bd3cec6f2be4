//! The consent page: what it shows, and what becomes of the answer.
//!
//! The page lists every account of the chosen organization, those that the application may read already ticked. A
//! choice made earlier is kept unless the person unticks it on a page that showed it; and before an account is lost,
//! the page says so and asks again.

use std::collections::BTreeSet;

use db::DbError;
use domain::{AccountId, InstitutionId, OrganizationId, Timestamp};
use vault::token as tokens;

use super::grant::after;
use super::onboarding;
use crate::audit::{self, Action, Actor};
use crate::integrations;
use crate::people::Right;
use crate::store::account::{self, Account};
use crate::store::application::{self, Application};
use crate::store::integration;
use crate::store::membership;
use crate::store::organization::Organization;
use crate::store::token::{self, Code, ConsentRequest};
use crate::store::usage;
use crate::store::user::User;
use crate::{Hub, people};

/// How long a code lives, in seconds: it travels through one browser and comes straight back.
const CODE_S: i64 = 120;
/// For how long a used or lapsed code is remembered, in seconds, so that its replay is recognised.
const CODE_REMEMBERED_S: i64 = 24 * 3600;

/// What the consent page shows. The form it holds is sent to `POST /oauth2/auth` with the fields `request`,
/// `organization`, `shown` (one for each account on the page), `accounts` (one for each that is ticked), `decision`
/// (`allow` or `deny`) and, to answer [`ConsentPage::lost`], `confirm_removal=yes` with `lost` for each that it names.
#[derive(Debug, Clone)]
pub struct ConsentPage {
    /// The hidden field `request`.
    pub request: String,
    /// The application's name.
    pub application: String,
    /// Where the person goes back to, the host only.
    pub returns_to: String,
    /// What the application asks for: `ai`, `name`, `offline_access`.
    pub scopes: Vec<String>,
    /// Whom the page speaks to.
    pub email: String,
    /// The organizations that the person works for.
    pub organizations: Vec<ConsentOrganization>,
    /// The one that is chosen.
    pub organization: OrganizationId,
    /// Since when the application has access, when it has.
    pub connected_since: Option<Timestamp>,
    /// Every account of the organization.
    pub accounts: Vec<ConsentAccount>,
    /// The bank to begin with when an account is added.
    pub first_bank: Option<InstitutionId>,
    /// Price a month and account in euro cents, 0 for none.
    pub price_minor: i64,
    /// Whether the organization has to say whom to bill before the application reads an account.
    pub billing_missing: bool,
    /// Whether the person works in another organization than the chosen one, so that a page of the dashboard would be
    /// about that one.
    pub elsewhere: bool,
    /// The address of this very page, to come back to after an account was added.
    pub here: String,
    /// The accounts that would be lost by the answer that was just given; empty on the first showing.
    pub lost: Vec<Lost>,
    /// Whether the answer that was just given had no account in it.
    pub nothing_ticked: bool,
}

/// An organization to choose.
#[derive(Debug, Clone)]
pub struct ConsentOrganization {
    /// Its id, the value of the field `organization`.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// The address of this page with that organization chosen.
    pub address: String,
}

/// An account to tick.
#[derive(Debug, Clone)]
pub struct ConsentAccount {
    /// Its id, the value of the fields `shown` and `accounts`.
    pub id: AccountId,
    /// IBAN without blanks, or another number.
    pub reference: String,
    /// ISO 4217.
    pub currency: String,
    /// Its name.
    pub name: Option<String>,
    /// Its institution's name.
    pub institution: String,
    /// Whether the application may read it already.
    pub authorised: bool,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// An account that the application would no longer read.
#[derive(Debug, Clone)]
pub struct Lost {
    /// Its id.
    pub id: AccountId,
    /// Its reference.
    pub reference: String,
    /// Its institution's name.
    pub institution: String,
}

/// The answer that a person gave on the page.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub organization: OrganizationId,
    pub shown: Vec<AccountId>,
    pub ticked: Vec<AccountId>,
    /// The accounts that the page named before the person agreed to lose them.
    pub removal_confirmed: Vec<AccountId>,
}

/// What became of an answer.
pub(super) enum Decided {
    /// The code to take back.
    Code(String),
    /// The page is to be shown again.
    Again,
    /// Somebody answered already, or the person does not work for the organization, or the application is gone.
    Stale,
}

/// Everything that the page is made of, read at once.
pub(super) struct Situation {
    pub application: Application,
    pub organizations: Vec<Organization>,
    pub accounts: Vec<Account>,
    pub authorised: BTreeSet<AccountId>,
    pub connected_since: Option<Timestamp>,
    /// The bank that the application wants to begin with.
    pub first_bank: Option<InstitutionId>,
    /// What each account costs the chosen organization a month: nothing where the application's maker pays.
    pub price_minor: i64,
    /// Whether that organization has to say whom to bill first.
    pub billing_missing: bool,
}

/// Reads what the page needs. `None` when the application is gone or the person does not work for the organization.
pub(super) async fn situation(
    hub: &Hub,
    request: &ConsentRequest,
    chosen: OrganizationId,
) -> Result<Option<Situation>, DbError> {
    let mut tx = hub.db.read().await?;
    let Some(application) = application::get(&mut tx, request.application_id).await? else { return Ok(None) };
    let organizations = people::having(&mut tx, request.user_id, Right::Share).await?;
    if organizations.iter().all(|organization| organization.id != chosen) {
        return Ok(None);
    }
    let accounts = account::list(&mut tx, chosen).await?;
    let live = integration::of_application(&mut tx, chosen, application.id).await?;
    let authorised = match &live {
        None => BTreeSet::new(),
        Some(live) => {
            let held = integration::accounts_of(&mut tx, chosen, live.id).await?;
            held.into_iter().map(|account| account.account_id).collect()
        }
    };
    let connected_since = live.map(|live| live.created_at);
    let told = onboarding::of_request(&mut tx, hub, request).await?;
    let first_bank = told.and_then(|told| told.initial_financial_institution_id);
    let payer = usage::payer(&mut tx, application.id).await?;
    let price_minor = if payer.is_none_or(|payer| payer == chosen) { hub.settings.price_minor } else { 0 };
    let billing_missing = integrations::needs_billing(hub, &mut tx, chosen, application.id).await?;
    Ok(Some(Situation {
        application,
        organizations,
        accounts,
        authorised,
        connected_since,
        first_bank,
        price_minor,
        billing_missing,
    }))
}

/// The page in a situation. With an answer, the ticks are those of the answer.
pub(super) fn page(
    hub: &Hub,
    who: &people::LoggedIn,
    name: &str,
    request: &ConsentRequest,
    situation: &Situation,
    chosen: OrganizationId,
    answer: Option<&Answer>,
) -> ConsentPage {
    let institution = |account: &Account| {
        hub.institution(account.institution).map_or_else(|| account.institution.to_string(), |known| known.name.clone())
    };
    let ticked = |id: AccountId| match answer {
        Some(answer) => answer.ticked.contains(&id),
        None => situation.authorised.contains(&id),
    };
    let accounts = situation.accounts.iter().map(|account| ConsentAccount {
        id: account.id,
        reference: account.reference.clone(),
        currency: account.currency.code().to_owned(),
        name: account.name.clone(),
        institution: institution(account),
        authorised: situation.authorised.contains(&account.id),
        ticked: ticked(account.id),
    });
    let lost_ids = answer.map(|answer| removed(&situation.authorised, answer)).unwrap_or_default();
    let lost = situation.accounts.iter().filter(|account| lost_ids.contains(&account.id)).map(|account| Lost {
        id: account.id,
        reference: account.reference.clone(),
        institution: institution(account),
    });
    let address = |id: OrganizationId| format!("{}&organization={id}", here(&situation.application, request));
    let organizations = situation.organizations.iter();
    ConsentPage {
        request: name.to_owned(),
        application: situation.application.name.clone(),
        returns_to: url::Url::parse(&request.redirect_uri)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default(),
        scopes: request.scope.split(' ').map(str::to_owned).collect(),
        email: who.user.email.clone(),
        organizations: organizations
            .map(|known| ConsentOrganization { id: known.id, name: known.name.clone(), address: address(known.id) })
            .collect(),
        organization: chosen,
        connected_since: situation.connected_since,
        accounts: accounts.collect(),
        first_bank: situation.first_bank,
        price_minor: situation.price_minor,
        billing_missing: situation.billing_missing,
        elsewhere: who.session.organization_id.map_or(situation.organizations.len() > 1, |at| at != chosen),
        here: address(chosen),
        lost: lost.collect(),
        nothing_ticked: answer.is_some_and(|answer| wanted(&situation.authorised, answer).is_empty()),
    }
}

/// The request as an address of this host, so that the way can be walked again from its beginning.
fn here(application: &Application, request: &ConsentRequest) -> String {
    let method = request.code_challenge.as_ref().map(|_| "S256");
    let onboarding = request.onboarding_details.map(|id| id.to_string());
    super::redirect::with_params(
        "/oauth2/auth",
        &[
            ("response_type", Some("code")),
            ("client_id", Some(&application.client_id)),
            ("redirect_uri", Some(&request.redirect_uri)),
            ("scope", Some(&request.scope)),
            ("state", request.state.as_deref()),
            ("code_challenge", request.code_challenge.as_deref()),
            ("code_challenge_method", method),
            ("onboarding_details_id", onboarding.as_deref()),
        ],
    )
}

/// The accounts that an answer takes away: shown on the page, authorised before, and not ticked.
fn removed(authorised: &BTreeSet<AccountId>, answer: &Answer) -> BTreeSet<AccountId> {
    let unticked = answer.shown.iter().filter(|id| !answer.ticked.contains(id));
    unticked.filter(|id| authorised.contains(id)).copied().collect()
}

/// The accounts that the application may read after an answer: those ticked, and those of before that the person did
/// not untick.
fn wanted(authorised: &BTreeSet<AccountId>, answer: &Answer) -> Vec<AccountId> {
    let removed = removed(authorised, answer);
    let kept = authorised.iter().filter(|id| !removed.contains(id));
    let all: BTreeSet<AccountId> = kept.chain(&answer.ticked).copied().collect();
    all.into_iter().collect()
}

/// Carries out an answer that allows. The request is used up, the integration opened or changed, and the code made,
/// all together or not at all.
pub(super) async fn allow(
    hub: &Hub,
    user: &User,
    name: &str,
    request: &ConsentRequest,
    answer: &Answer,
) -> Result<Decided, DbError> {
    let now = hub.environment.now();
    let (code, code_hash) = tokens::new(&hub.environment);
    let (family, _) = tokens::new(&hub.environment);
    db::write!(hub.db, tx => {
        let chosen = answer.organization;
        if membership::role(&mut tx, chosen, user.id).await?.is_none_or(|role| !role.may(Right::Share)) {
            return Ok(Decided::Stale);
        }
        let live = integration::of_application(&mut tx, chosen, request.application_id).await?;
        let held = match &live {
            None => Vec::new(),
            Some(live) => integration::accounts_of(&mut tx, chosen, live.id).await?,
        };
        let authorised: BTreeSet<AccountId> = held.iter().map(|account| account.account_id).collect();
        let own: BTreeSet<AccountId> = account::list(&mut tx, chosen).await?.iter().map(|own| own.id).collect();
        let mut wanted = wanted(&authorised, answer);
        wanted.retain(|id| own.contains(id));
        let unnamed = removed(&authorised, answer).iter().any(|id| !answer.removal_confirmed.contains(id));
        let more = wanted.iter().any(|id| !authorised.contains(id));
        let unbilled = more && integrations::needs_billing(hub, &mut tx, chosen, request.application_id).await?;
        if wanted.is_empty() || unnamed || unbilled {
            return Ok(Decided::Again);
        }
        if !token::finish_request(&mut tx, &tokens::hash(name)).await? {
            return Ok(Decided::Stale);
        }
        let scope = &request.scope;
        let id = integrations::authorize(&mut tx, hub, chosen, request.application_id, scope, &wanted).await?;
        onboarding::name_customer(&mut tx, hub, request, chosen, id).await?;
        if let Some(application) = application::get(&mut tx, request.application_id).await? {
            audit::note(&mut tx, hub, chosen, &Actor::person(user), Action::Shared, &application.name).await?;
        }
        let kept = Code {
            family: family.expose().clone(),
            application_id: request.application_id,
            organization_id: chosen,
            integration_id: id,
            redirect_uri: request.redirect_uri.clone(),
            scope: scope.clone(),
            code_challenge: request.code_challenge.clone(),
            expires_at: after(now, CODE_S),
            used_at: None,
        };
        token::insert_code(&mut tx, &code_hash, &kept, after(now, -CODE_REMEMBERED_S)).await?;
        Ok(Decided::Code(code.expose().clone()))
    })
}

/// The organization that a person most likely means: the one asked for, else the one they work in, else the first.
/// `None` when there is none in which they may share accounts, or they ask for one that is not such.
pub(super) async fn chosen_organization(
    hub: &Hub,
    who: &people::LoggedIn,
    asked: Option<OrganizationId>,
) -> Result<Option<OrganizationId>, DbError> {
    let known = people::organizations_with(hub, who.user.id, Right::Share).await?;
    let wanted = asked.or(who.session.organization_id);
    let found = known.iter().find(|organization| Some(organization.id) == wanted);
    Ok(found.or_else(|| known.first().filter(|_| asked.is_none())).map(|organization| organization.id))
}
