//! Banks that are listed at run time. A host runs one protocol for several banks and publishes which, as aggregators and
//! the operators of shared interfaces do; which hosts there are is data, one file each: `profiles/hosts/<host>.host`.
//!
//! Understanding is apart from talking, as everywhere: [`BankHost::ask`] brings the raw answer, [`BankHost::read`] is pure.

use bytes::Bytes;
use domain::{Bic, Defect, Environment, InstitutionId, SessionId};
use http::Request;
use outbound::Door;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::profile::{ProfileError, Slice};
use crate::{BankError, BankReply, InstitutionState, Profile, RawAnswer};

/// Most characters of a bank's name.
const NAME_MAX: usize = 120;

/// A machine that lists the banks it runs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankHost {
    /// A short name, fixed for ever: what was listed is kept under it.
    pub name: String,
    /// The address of its list; `{sandbox}` stands for the sandbox's address.
    pub list: String,
    /// The protocol that all of its banks speak, a name of [`crate::ALL`].
    pub protocol: String,
    /// How far its banks can be relied on until the operator says otherwise.
    pub state: InstitutionState,
    /// A colour for their generated marks.
    pub color: String,
}

/// A bank as a host lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedBank {
    /// ISO 9362.
    pub bic: String,
    /// As people know it.
    pub name: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// Where its interface begins, on the host itself.
    pub address: String,
    /// Longest consent, in days.
    pub consent_days: i32,
    /// How far back a first synchronization may ask, in days.
    pub history_days: i32,
    /// Whether pending transactions are given.
    #[serde(default)]
    pub pending: bool,
}

const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/hosts.rs"));

/// Every host; that of the sandbox only when its address is known.
pub fn hosts(sandbox_url: Option<&str>) -> Result<Vec<BankHost>, ProfileError> {
    let mut hosts = Vec::new();
    for (file, text) in FILES {
        let failed = |problem: String| ProfileError::new(file, problem);
        let mut host: BankHost = toml::from_str(text).map_err(|error| failed(error.to_string()))?;
        if crate::connector(&host.protocol).is_none() {
            return Err(failed(format!("no connector speaks '{}'", host.protocol)));
        }
        match (host.list.contains("{sandbox}"), sandbox_url) {
            (true, None) => continue,
            (true, Some(url)) => host.list = host.list.replace("{sandbox}", url.trim_end_matches('/')),
            (false, _) => {}
        }
        hosts.push(host);
    }
    Ok(hosts)
}

impl BankHost {
    /// Asks for the list.
    pub async fn ask(&self, door: &Door, environment: &Environment) -> Result<RawAnswer, BankError> {
        let mut reply = BankReply {
            request_id: SessionId::new(environment).to_string(),
            request_uri: self.list.clone(),
            at: environment.now(),
            ..BankReply::default()
        };
        let request =
            Request::get(&self.list).header("Accept", "application/json").header("X-Request-ID", &reply.request_id);
        let request = request.body(Bytes::new()).map_err(|error| broken(error.to_string(), &reply))?;
        let answer = door.fetch(request).await.map_err(|error| BankError::from_fetch(error, reply.clone()))?;
        reply.status = Some(answer.status().as_u16());
        if !answer.status().is_success() {
            return Err(BankError::Later { after_seconds: None, reply: Box::new(reply) });
        }
        let content_type = "application/json".to_owned();
        Ok(RawAnswer { content_type, body: answer.into_body(), received_at: environment.now() })
    }

    /// Understands the list. A bank that cannot be understood is a defect beside the others; a list without any bank is
    /// none, so that a host in trouble takes nothing away.
    pub fn read(&self, answer: &RawAnswer) -> Result<(Vec<ListedBank>, Vec<Defect>), BankError> {
        let reply = BankReply { request_uri: self.list.clone(), at: answer.received_at, ..BankReply::default() };
        let said: Value = serde_json::from_slice(&answer.body).map_err(|error| broken(error.to_string(), &reply))?;
        let entries = said.get("institutions").and_then(Value::as_array);
        let entries = entries.ok_or_else(|| broken("it has no list 'institutions'".to_owned(), &reply))?;
        let (mut banks, mut defects) = (Vec::<ListedBank>::new(), Vec::new());
        for (at, entry) in entries.iter().enumerate() {
            match self.bank(entry) {
                Ok(bank) if banks.iter().any(|known| known.bic == bank.bic) => {
                    defects.push(Defect::new(format!("institutions/{at}"), &bank.bic, "this BIC is listed twice"));
                }
                Ok(bank) => banks.push(bank),
                Err(rule) => defects.push(Defect::new(format!("institutions/{at}"), &entry.to_string(), rule)),
            }
        }
        if banks.is_empty() { Err(broken("it lists no bank".to_owned(), &reply)) } else { Ok((banks, defects)) }
    }

    fn bank(&self, entry: &Value) -> Result<ListedBank, String> {
        let mut bank: ListedBank = serde_json::from_value(entry.clone()).map_err(|error| error.to_string())?;
        Bic::parse(&bank.bic).map_err(|error| error.to_string())?;
        if bank.bic.get(4..6) != Some(bank.country.as_str()) {
            return Err("the country is not that of the BIC".to_owned());
        }
        let length = bank.name.trim().chars().count();
        if length == 0 || length > NAME_MAX || bank.name.chars().any(char::is_control) {
            return Err(format!("a name has 1 to {NAME_MAX} characters"));
        }
        if !(1..=180).contains(&bank.consent_days) || !(1..=36_525).contains(&bank.history_days) {
            return Err("a consent lasts 1 to 180 days, a history 1 to 36525".to_owned());
        }
        // Consents are secrets: they are shown to the host only.
        let list = Url::parse(&self.list).map_err(|error| error.to_string())?;
        let address = list.join(&bank.address).map_err(|error| error.to_string())?;
        if address.origin() != list.origin() {
            return Err("the address leads to another host".to_owned());
        }
        bank.address = address.as_str().trim_end_matches('/').to_owned();
        Ok(bank)
    }

    /// The profile of a listed bank under our id of it.
    pub fn profile(&self, id: InstitutionId, bank: &ListedBank) -> Profile {
        Profile {
            id,
            name: bank.name.clone(),
            bic: bank.bic.clone(),
            country: bank.country.clone(),
            state: self.state,
            maintained_by: None,
            replaced_by: None,
            protocol: self.protocol.clone(),
            base_url: bank.address.clone(),
            consent_days: bank.consent_days,
            history_days: bank.history_days,
            asked_days: None,
            slice: Slice::default(),
            slice_days: crate::profile::a_year(),
            pending: bank.pending,
            accept: crate::profile::json(),
            page_size: None,
            color: self.color.clone(),
        }
    }
}

fn broken(what: String, reply: &BankReply) -> BankError {
    BankError::Broken { what, reply: Box::new(reply.clone()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> Result<(Vec<ListedBank>, Vec<Defect>), BankError> {
        let host = &hosts(Some("http://localhost:8600/")).unwrap()[0];
        let body = Bytes::copy_from_slice(list.as_bytes());
        let at = "2026-03-02T12:00:00Z".parse().unwrap();
        host.read(&RawAnswer { content_type: "application/json".to_owned(), body, received_at: at })
    }

    const GOOD: &str = r#"{"bic": "SAMBBEBB", "name": "Caisse", "country": "BE", "address": "/sambre", "consentDays": 90, "historyDays": 365}"#;

    #[test]
    fn a_list_is_read_bank_by_bank() {
        let bad = [
            GOOD.replace("SAMBBEBB", "SAMB"),
            GOOD.replace("\"BE\"", "\"FR\""),
            GOOD.replace("Caisse", ""),
            GOOD.replace("90", "365"),
            GOOD.replace("/sambre", "https://elsewhere.example/sambre"),
            GOOD.to_owned(),
            "{}".to_owned(),
        ];
        let (banks, defects) = read(&format!("{{\"institutions\": [{GOOD}, {}]}}", bad.join(", "))).unwrap();
        assert_eq!(defects.len(), bad.len(), "{defects:?}");
        assert_eq!((banks.len(), banks[0].address.as_str()), (1, "http://localhost:8600/sambre"));
        for nothing in ["{\"institutions\": []}", "[]", "<html>", "{\"institutions\": [{}]}"] {
            assert!(matches!(read(nothing), Err(BankError::Broken { .. })), "{nothing}");
        }
    }

    #[test]
    fn the_host_of_the_sandbox_is_there_with_its_address_only() {
        assert!(hosts(None).unwrap().is_empty());
        assert_eq!(hosts(Some("http://localhost:8600")).unwrap()[0].list, "http://localhost:8600/institutions");
    }
}
