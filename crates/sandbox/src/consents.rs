//! `/v1/consents`: asking for a consent, reading it, ending it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::Span;
use url::Url;

use crate::Sandbox;
use crate::accounts::reference;
use crate::call::{Call, text};
use crate::consent::{AskedAccount, Consent, ConsentRequest, Ending, Stage, day_of};
use crate::journal::{Event, Step};
use crate::problem::Problem;
use crate::wire::{
    Access, AccountRef, AskedRef, ConsentCreated, ConsentInformation, ConsentLinks, ConsentStatus, Consents,
    GrantedAccess, Href,
};

/// The most accesses without the user in a day (Delegated Regulation (EU) 2018/389, Article 36(5)).
const MOST_PER_DAY: u32 = 4;

/// Asks for a consent.
pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let request = read_request(&sandbox, &call, &headers, &body)?;
        let id = sandbox.new_consent_id();
        let step = Step::Asked { at: sandbox.now(), request };
        sandbox.world().commit(Event::Consent { consent: id.clone(), step })?;
        let path = format!("/v1/consents/{id}");
        let own = call.link(&path);
        let created = ConsentCreated {
            consent_status: "received",
            links: ConsentLinks {
                sca_redirect: Href { href: call.absolute(&format!("/login/{id}")) },
                status: Href { href: format!("{own}/status") },
                own: Href { href: own.clone() },
            },
            consent_id: id,
        };
        let mut answer = (StatusCode::CREATED, axum::Json(created)).into_response();
        let approach = (HeaderName::from_static("aspsp-sca-approach"), HeaderValue::from_static("REDIRECT"));
        answer.headers_mut().extend([approach]);
        if let Ok(location) = HeaderValue::from_str(&call.absolute(&path)) {
            answer.headers_mut().insert(header::LOCATION, location);
        }
        Ok(answer)
    };
    answer().unwrap_or_else(Problem::into_response)
}

/// What was asked and granted.
pub(crate) async fn read(
    State(sandbox): State<Sandbox>,
    Path((slug, id)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let consent = sandbox.consent(&call, &id)?;
        let accounts: Vec<AccountRef> = {
            let world = sandbox.world();
            consent.accounts.iter().filter_map(|key| world.ledger(&slug, key)).map(|ledger| reference(ledger)).collect()
        };
        let request = &consent.request;
        Ok(axum::Json(ConsentInformation {
            access: GrantedAccess {
                balances: request.may_read_balances.then(|| accounts.clone()),
                transactions: request.may_read_transactions.then(|| accounts.clone()),
                accounts,
            },
            recurring_indicator: request.recurring,
            valid_until: request.valid_until,
            frequency_per_day: request.frequency_per_day,
            last_action_date: consent.last_action_on,
            consent_status: consent.status_at(sandbox.now()),
        })
        .into_response())
    };
    answer().unwrap_or_else(Problem::into_response)
}

/// Where it stands.
pub(crate) async fn status(
    State(sandbox): State<Sandbox>,
    Path((slug, id)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let consent = sandbox.consent(&call, &id)?;
        Ok(axum::Json(ConsentStatus { consent_status: consent.status_at(sandbox.now()) }).into_response())
    };
    answer().unwrap_or_else(Problem::into_response)
}

/// Ends it; doing so twice does no harm.
pub(crate) async fn delete(
    State(sandbox): State<Sandbox>,
    Path((slug, id)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = || {
        let call = Call::of(&slug, &headers, &uri)?;
        let consent = sandbox.consent(&call, &id)?;
        match consent.stage_at(sandbox.now()) {
            Stage::Rejected | Stage::Ended(_) => {}
            Stage::AwaitingPassword | Stage::AwaitingCode { .. } | Stage::AwaitingChoice | Stage::Valid => {
                let step = Step::Ended { ending: Ending::TerminatedByTpp, on: sandbox.today() };
                sandbox.world().commit(Event::Consent { consent: id.clone(), step })?;
            }
        }
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    answer().unwrap_or_else(Problem::into_response)
}

impl Sandbox {
    /// A consent of the bank that is called.
    fn consent(&self, call: &Call, id: &str) -> Result<Consent, Problem> {
        let world = self.world();
        let found = world.consents.get(id).filter(|consent| consent.request.bank == call.bank.slug);
        found.cloned().ok_or_else(Problem::consent_unknown)
    }

    /// An id that cannot be guessed, since whoever knows it can open the login page.
    fn new_consent_id(&self) -> String {
        let bytes: [u8; 16] = self.0.environment.random();
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }
}

fn read_request(sandbox: &Sandbox, call: &Call, headers: &HeaderMap, body: &[u8]) -> Result<ConsentRequest, Problem> {
    if !call.is_attended {
        return Err(Problem::format("PSU-IP-Address is missing: a consent is asked for with the user present."));
    }
    if !text(headers, "content-type").is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(Problem::media_type());
    }
    let asked: Consents = serde_json::from_slice(body)
        .map_err(|error| Problem::format(format!("The body is not a consent request: {error}.")))?;
    let today = day_of(sandbox.now());
    if asked.valid_until < today {
        return Err(Problem::format("validUntil is in the past."));
    }
    if asked.frequency_per_day == 0 || (!asked.recurring_indicator && asked.frequency_per_day != 1) {
        return Err(Problem::format("frequencyPerDay is at least 1, and exactly 1 for a one-off access."));
    }
    let longest = today.saturating_add(Span::new().days(call.bank.consent_days));
    let (accounts, may_read_balances, may_read_transactions) = rights(asked.access)?;
    Ok(ConsentRequest {
        bank: call.bank.slug.to_owned(),
        valid_until: asked.valid_until.min(longest),
        recurring: asked.recurring_indicator,
        frequency_per_day: asked.frequency_per_day.min(MOST_PER_DAY),
        may_read_balances,
        may_read_transactions,
        accounts,
        redirect_uri: redirect(headers, "tpp-redirect-uri")?
            .ok_or_else(|| Problem::format("TPP-Redirect-URI is missing: this bank redirects its users."))?,
        nok_redirect_uri: redirect(headers, "tpp-nok-redirect-uri")?,
    })
}

/// The accounts asked for by number, and whether balances and transactions are asked for.
fn rights(access: Access) -> Result<(Vec<AskedAccount>, bool, bool), Problem> {
    if access.available_accounts.is_some() || access.available_accounts_with_balance.is_some() {
        return Err(Problem::not_supported("This bank does not offer consents on the mere list of accounts."));
    }
    if let Some(scope) = &access.all_psd2 {
        let known = matches!(scope.as_str(), "allAccounts" | "allAccountsWithOwnerName");
        let alone = access.accounts.is_none() && access.balances.is_none() && access.transactions.is_none();
        return match (known, alone) {
            (true, true) => Ok((Vec::new(), true, true)),
            (true, false) => Err(Problem::format("allPsd2 stands alone.")),
            (false, _) => Err(Problem::format("allPsd2 is allAccounts or allAccountsWithOwnerName.")),
        };
    }
    let lists = [&access.accounts, &access.balances, &access.transactions];
    let given: Vec<&Vec<AskedRef>> = lists.into_iter().flatten().collect();
    let filled = given.iter().filter(|list| !list.is_empty()).count();
    if given.is_empty() || (filled > 0 && filled < given.len()) {
        return Err(Problem::format("access names accounts in each of its lists or in none of them."));
    }
    let mut accounts = Vec::new();
    for asked in given.into_iter().flatten() {
        let number = asked.iban.clone().or_else(|| asked.bban.clone());
        let number = number.ok_or_else(|| Problem::format("An account is named by its iban or bban."))?;
        let account = AskedAccount { number, currency: asked.currency.clone() };
        if !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    Ok((accounts, access.balances.is_some(), access.transactions.is_some()))
}

/// An address to which the user's browser can be sent.
fn redirect(headers: &HeaderMap, name: &str) -> Result<Option<String>, Problem> {
    let Some(address) = text(headers, name) else { return Ok(None) };
    match Url::parse(&address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Some(address)),
        Ok(_) | Err(_) => Err(Problem::format(format!("{name} is not an http or https address."))),
    }
}
