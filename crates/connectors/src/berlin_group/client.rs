//! Talks to a Berlin Group bank: requests out, raw answers back, the bank's error codes turned into what to do.

use bytes::Bytes;
use domain::{Date, SessionId};
use http::{Method, Request, Response};
use serde_json::json;

use super::wire;
use crate::{
    Bank, BankError, BankReply, Call, ConsentEnd, ConsentRequest, ConsentStarted, ConsentState, Profile, RawAnswer,
};

pub(super) async fn begin_consent(bank: &Bank, ask: &ConsentRequest) -> Result<ConsentStarted, BankError> {
    // Empty lists mean that the person chooses the accounts at the bank.
    let body = json!({
        "access": { "accounts": [], "balances": [], "transactions": [] },
        "recurringIndicator": true,
        "validUntil": ask.valid_until.to_string(),
        "frequencyPerDay": 4,
        "combinedServiceIndicator": false,
    });
    let request = Request::builder()
        .method(Method::POST)
        .header("Content-Type", "application/json")
        .header("PSU-IP-Address", ask.psu_ip.to_string())
        .header("TPP-Redirect-Preferred", "true")
        .header("TPP-Redirect-URI", &ask.redirect_url)
        .header("TPP-Nok-Redirect-URI", &ask.refused_url);
    let (answer, reply) = send(bank, request, "/v1/consents", Bytes::from(body.to_string())).await?;
    let created: wire::ConsentCreated = parse(&answer, &reply)?;
    let Some(link) = created.links.sca_redirect else {
        let what = "it offers no redirect to the bank's own login".into();
        return Err(BankError::Broken { what, reply: Box::new(reply) });
    };
    Ok(ConsentStarted { consent: created.consent_id, bank_url: link.href() })
}

pub(super) async fn consent_state(bank: &Bank, consent: &str) -> Result<ConsentState, BankError> {
    let path = format!("/v1/consents/{}", escaped(consent));
    let (answer, reply) = send(bank, Request::builder(), &path, Bytes::new()).await?;
    let consent: wire::Consent = parse(&answer, &reply)?;
    let until = consent.valid_until.as_deref().and_then(|text| text.get(..10)?.parse::<Date>().ok());
    match (consent.consent_status.as_str(), until) {
        ("received" | "partiallyAuthorised", _) => Ok(ConsentState::Waiting),
        ("valid", Some(until)) => Ok(ConsentState::Valid { until }),
        ("valid", None) => Err(BankError::Broken { what: "validUntil is not a date".into(), reply: Box::new(reply) }),
        ("rejected", _) => Ok(ConsentState::Ended(ConsentEnd::Rejected)),
        ("expired", _) => Ok(ConsentState::Ended(ConsentEnd::Expired)),
        ("revokedByPsu", _) => Ok(ConsentState::Ended(ConsentEnd::Revoked)),
        ("terminatedByTpp", _) => Ok(ConsentState::Ended(ConsentEnd::Terminated)),
        // A bank may add codes of its own; none of them lets us read accounts.
        (_, _) => Ok(ConsentState::Ended(ConsentEnd::Invalid)),
    }
}

pub(super) async fn end_consent(bank: &Bank, consent: &str) -> Result<(), BankError> {
    let path = format!("/v1/consents/{}", escaped(consent));
    send(bank, Request::builder().method(Method::DELETE), &path, Bytes::new()).await.map(|_| ())
}

pub(super) async fn get(bank: &Bank, call: &Call, path: &str, accept: &str) -> Result<RawAnswer, BankError> {
    let mut request = Request::builder().header("Consent-ID", &call.consent).header("Accept", accept);
    // Contained if and only if a person asked for this call.
    if let Some(address) = call.psu_ip {
        request = request.header("PSU-IP-Address", address.to_string());
    }
    let (answer, reply) = send(bank, request, path, Bytes::new()).await?;
    let content_type = answer.headers().get("Content-Type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Ok(RawAnswer { content_type: media_type, body: answer.into_body(), received_at: reply.at })
}

/// The path of a booked listing with the balances that frame it.
pub(super) fn listing_path(profile: &Profile, resource_id: &str, from: Date, to: Option<Date>) -> String {
    let status = if profile.pending { "both" } else { "booked" };
    let until = to.map(|to| format!("&dateTo={to}")).unwrap_or_default();
    let size = profile.page_size.map(|size| format!("&itemsPerPage={size}")).unwrap_or_default();
    let account = escaped(resource_id);
    format!("/v1/accounts/{account}/transactions?bookingStatus={status}&dateFrom={from}{until}&withBalance=true{size}")
}

/// A path segment with everything but unreserved characters percent-encoded (RFC 3986).
pub(super) fn escaped(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Resolves a path of ours or a link of the bank's: absolute links stay, `/…` is below the bank's base, and a link
/// that already repeats the base's path is put on the base's host.
fn address(base: &str, path: &str) -> Result<url::Url, url::ParseError> {
    if path.starts_with("http://") || path.starts_with("https://") {
        return url::Url::parse(path);
    }
    let base_url = url::Url::parse(base)?;
    if path.starts_with(base_url.path()) && base_url.path() != "/" {
        return base_url.join(path);
    }
    url::Url::parse(&format!("{}{}{path}", base.trim_end_matches('/'), if path.starts_with('/') { "" } else { "/" }))
}

async fn send(
    bank: &Bank,
    request: http::request::Builder,
    path: &str,
    body: Bytes,
) -> Result<(Response<Bytes>, BankReply), BankError> {
    let mut reply = BankReply {
        request_id: SessionId::new(&bank.environment).to_string(),
        at: bank.environment.now(),
        ..BankReply::default()
    };
    let broken =
        |what: &str, reply: &BankReply| BankError::Broken { what: what.into(), reply: Box::new(reply.clone()) };
    let address = address(&bank.profile.base_url, path).map_err(|_| broken("its link is no address", &reply))?;
    let base = url::Url::parse(&bank.profile.base_url).map_err(|_| broken("its address is wrong", &reply))?;
    if address.origin() != base.origin() {
        // A consent is a secret: it is shown to the bank's own host only.
        return Err(broken("its link leads to another host", &reply));
    }
    reply.request_uri = format!("{}{}", address.origin().ascii_serialization(), address.path());
    let request = request
        .uri(address.as_str())
        .header("X-Request-ID", &reply.request_id)
        .body(body)
        .map_err(|_| broken("a header cannot be sent", &reply))?;
    let answer = bank.door.fetch(request).await.map_err(|error| BankError::from_fetch(error, reply.clone()))?;
    reply.status = Some(answer.status().as_u16());
    reply.at = bank.environment.now();
    if answer.status().is_success() { Ok((answer, reply)) } else { Err(failure(&answer, reply)) }
}

fn parse<'a, T: serde::Deserialize<'a>>(answer: &'a Response<Bytes>, reply: &BankReply) -> Result<T, BankError> {
    serde_json::from_slice(answer.body()).map_err(|error| {
        let mut reply = reply.clone();
        reply.body = shortened(answer.body());
        BankError::Broken { what: error.to_string(), reply: Box::new(reply) }
    })
}

fn shortened(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(2000).collect()
}

/// What to do about a status of 400 or above: by the bank's code first, then by the status (specification, 14.11).
fn failure(answer: &Response<Bytes>, mut reply: BankReply) -> BankError {
    let status = answer.status().as_u16();
    reply.body = shortened(answer.body());
    let message =
        serde_json::from_slice::<wire::Failure>(answer.body()).ok().and_then(|f| f.tpp_messages.into_iter().next());
    reply.code = message.as_ref().and_then(|message| message.code.clone());
    if let Some(text) = message.and_then(|message| message.text) {
        reply.body = text.chars().take(2000).collect();
    }
    let retry_after = answer.headers().get("Retry-After").and_then(|value| value.to_str().ok()?.parse().ok());
    let code = reply.code.clone().unwrap_or_default();
    let reply = Box::new(reply);
    match (code.as_str(), status) {
        ("CONSENT_EXPIRED", _) => BankError::UserMustAct { end: ConsentEnd::Expired, reply },
        ("CONSENT_INVALID" | "CONSENT_UNKNOWN", _) => BankError::UserMustAct { end: ConsentEnd::Invalid, reply },
        ("PERIOD_INVALID", _) => BankError::PeriodTooLong { reply },
        ("ACCESS_EXCEEDED", _) | (_, 429) | (_, 500..=599) | (_, 408) => {
            BankError::Later { after_seconds: retry_after, reply }
        }
        (_, _) => BankError::Refused { reply },
    }
}
