//! `/<slug>/login/<consent>`: the bank asks its user. One address, one form at a time; which one follows from where the
//! consent stands, so a stale form or a double click leads to the present step and does no harm.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use url::Url;

use crate::Sandbox;
use crate::access::resource_id;
use crate::bank::{Bank, bank};
use crate::consent::{Consent, Stage};
use crate::journal::{Event, Step};
use crate::ledger::Ledger;
use crate::pages::{self, Complaint};
use crate::problem::Problem;

/// The password of every demo user.
const PASSWORD: &str = "demo";
/// The code on every card reader.
const CODE: &str = "123456";

/// Shows the present step.
pub(crate) async fn show(State(sandbox): State<Sandbox>, Path((slug, id)): Path<(String, String)>) -> Response {
    let Some(bank) = bank(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    sandbox.present(bank, &id, None)
}

/// Takes the present step, or shows it again.
pub(crate) async fn submit(
    State(sandbox): State<Sandbox>,
    Path((slug, id)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let Some(bank) = bank(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    let form = Form::read(&body);
    let Some(consent) = sandbox.consent_at(bank, &id) else { return sandbox.present(bank, &id, None) };
    let outcome = match consent.stage_at(sandbox.now()) {
        // Everything is decided: whoever comes again is sent where the first click was sent.
        Stage::Valid | Stage::Rejected | Stage::Ended(_) => return back(&consent, sandbox.is_valid(&consent)),
        Stage::AwaitingPassword | Stage::AwaitingCode { .. } | Stage::AwaitingChoice if form.action == "refuse" => {
            sandbox.step(&consent, Step::Refused { on: sandbox.today() }).map(|()| None)
        }
        Stage::AwaitingPassword => sandbox.take_password(&consent, &form),
        Stage::AwaitingCode { wrong } => sandbox.take_code(&consent, &form, wrong),
        Stage::AwaitingChoice => sandbox.take_choice(bank, &consent, &form),
    };
    match outcome {
        Err(problem) => problem.into_response(),
        Ok(Some(complaint)) => sandbox.present(bank, &id, Some(&complaint)),
        Ok(None) => match sandbox.consent_at(bank, &id) {
            Some(consent) if sandbox.is_decided(&consent) => back(&consent, sandbox.is_valid(&consent)),
            Some(_) | None => see_other(&format!("/{slug}/login/{id}")),
        },
    }
}

/// The stylesheet.
pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")], pages::STYLE)
        .into_response()
}

/// What a form holds; unknown fields are ignored.
#[derive(Default)]
struct Form {
    user: String,
    password: Option<String>,
    code: Option<String>,
    accounts: Vec<String>,
    action: String,
}

impl Form {
    fn read(body: &[u8]) -> Form {
        let mut form = Form::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            let value = value.into_owned();
            match name.as_ref() {
                "user" => form.user = value,
                "password" => form.password = Some(value),
                "code" => form.code = Some(value),
                "accounts" => form.accounts.push(value),
                "action" => form.action = value,
                _ => {}
            }
        }
        form
    }
}

/// `None` when the step is taken, else what is wrong; a form of another step is no mistake of the user's.
type Taken = Result<Option<String>, Problem>;

impl Sandbox {
    fn take_password(&self, consent: &Consent, form: &Form) -> Taken {
        let Some(password) = &form.password else { return Ok(None) };
        if form.user.trim().is_empty() || password != PASSWORD {
            return Ok(Some("The user id or the password is wrong.".into()));
        }
        self.step(consent, Step::PasswordAccepted).map(|()| None)
    }

    fn take_code(&self, consent: &Consent, form: &Form, wrong_before: u8) -> Taken {
        let Some(code) = &form.code else { return Ok(None) };
        if code.chars().filter(|c| !c.is_whitespace()).eq(CODE.chars()) {
            return self.step(consent, Step::CodeAccepted).map(|()| None);
        }
        self.step(consent, Step::CodeWrong { on: self.today() })?;
        let tries = crate::consent::CODE_TRIES - wrong_before - 1;
        match tries {
            0 => Ok(None),
            1 => Ok(Some("The code is wrong. You can try once more.".into())),
            _ => Ok(Some(format!("The code is wrong. You can try {tries} more times."))),
        }
    }

    fn take_choice(&self, bank: &Bank, consent: &Consent, form: &Form) -> Taken {
        if form.action != "confirm" {
            return Ok(None);
        }
        let offered = self.offered(bank, consent);
        let is_chosen = |ledger: &Arc<Ledger>| form.accounts.contains(&resource_id(consent, ledger));
        let accounts: Vec<String> =
            offered.iter().filter(|ledger| is_chosen(ledger)).map(|ledger| ledger.key.clone()).collect();
        if accounts.is_empty() {
            return Ok(Some("Choose at least one account, or cancel.".into()));
        }
        self.step(consent, Step::Given { accounts, on: self.today() }).map(|()| None)
    }

    /// The accounts that the user can choose: all, or those that the client named.
    fn offered(&self, bank: &Bank, consent: &Consent) -> Vec<Arc<Ledger>> {
        let asked = &consent.request.accounts;
        let is_asked = |ledger: &Arc<Ledger>| {
            asked.is_empty()
                || asked.iter().any(|account| {
                    account.number == ledger.reference.as_str()
                        && account.currency.as_deref().is_none_or(|currency| currency == ledger.currency.code())
                })
        };
        self.world().ledgers(bank).iter().filter(|ledger| is_asked(ledger)).cloned().collect()
    }

    fn step(&self, consent: &Consent, step: Step) -> Result<(), Problem> {
        Ok(self.world().commit(Event::Consent { consent: consent.id.clone(), step })?)
    }

    fn consent_at(&self, bank: &Bank, id: &str) -> Option<Consent> {
        self.world().consents.get(id).filter(|consent| consent.request.bank == bank.slug).cloned()
    }

    fn is_valid(&self, consent: &Consent) -> bool {
        consent.stage_at(self.now()) == Stage::Valid
    }

    fn is_decided(&self, consent: &Consent) -> bool {
        match consent.stage_at(self.now()) {
            Stage::AwaitingPassword | Stage::AwaitingCode { .. } | Stage::AwaitingChoice => false,
            Stage::Valid | Stage::Rejected | Stage::Ended(_) => true,
        }
    }

    /// The page of the present step.
    fn present(&self, bank: &Bank, id: &str, wrong: Complaint<'_>) -> Response {
        let Some(consent) = self.consent_at(bank, id) else {
            return page(StatusCode::NOT_FOUND, &pages::unknown(bank), None);
        };
        let client = client_name(&consent);
        let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let markup = match consent.stage_at(self.now()) {
            Stage::AwaitingPassword => pages::password(bank, &client, wrong),
            Stage::AwaitingCode { .. } => pages::code(bank, wrong),
            Stage::AwaitingChoice => {
                let offered = self.offered(bank, &consent);
                let ids: Vec<String> = offered.iter().map(|ledger| resource_id(&consent, ledger)).collect();
                let accounts = ids.iter().map(String::as_str).zip(offered.iter().map(Arc::as_ref));
                pages::choice(bank, &client, &consent.request, accounts, wrong)
            }
            Stage::Valid => pages::closed(bank, "You have authorised it.", Some(&consent.request.redirect_uri)),
            Stage::Rejected => pages::closed(bank, "It was refused or took too long.", Some(refused_uri(&consent))),
            Stage::Ended(_) => pages::closed(bank, "The authorisation has ended.", None),
        };
        page(status, &markup, Some(&consent))
    }
}

/// Who asks: the host to which the user will return.
fn client_name(consent: &Consent) -> String {
    let url = Url::parse(&consent.request.redirect_uri).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "A service".into())
}

fn refused_uri(consent: &Consent) -> &str {
    consent.request.nok_redirect_uri.as_deref().unwrap_or(&consent.request.redirect_uri)
}

/// Sends the user back, the address unchanged: a client finds its own state in it.
fn back(consent: &Consent, is_valid: bool) -> Response {
    see_other(if is_valid { &consent.request.redirect_uri } else { refused_uri(consent) })
}

fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => Problem::internal("The address to return to cannot be sent.").into_response(),
    }
}

fn page(status: StatusCode, markup: &Markup, consent: Option<&Consent>) -> Response {
    // Browsers apply form-action to the redirect after the form too, so the way back must be allowed.
    let origins = consent.into_iter().flat_map(|consent| {
        [Some(&consent.request.redirect_uri), consent.request.nok_redirect_uri.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|uri| Url::parse(uri).ok())
            .map(|url| url.origin().ascii_serialization())
            .collect::<Vec<_>>()
    });
    let origins: Vec<String> = origins.collect();
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {}; frame-ancestors 'none'; base-uri 'none'",
        origins.join(" ")
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (status, headers, markup.clone().into_string()).into_response()
}
