//! Firefly III, over its REST interface with a personal access token.
//!
//! Traps: its own check for duplicates compares the whole row, also against rows that a person deleted, so any change of a
//! text would be a new row; our key stands in `external_id`, and what is there is read before anything is sent. An amount
//! has no sign: the type says which way it goes. An amount of zero is refused, and parked.

mod wire;

use std::collections::HashMap;

use async_trait::async_trait;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{About, Batch, Delivered, Desk, Facts, Halt, Item, Kind, Outcome, Parcel, Setting, Target, Title};
use wire::{Fault, Firefly as Api};

/// The target.
pub(crate) struct Firefly;

/// Lines are sent one by one; so many before what became of them is written down.
const MOST_LINES: i64 = 50;

const ABOUT: About = About {
    title: Title::Name("Firefly III"),
    settings: &[
        Setting { name: "address", label: "targets-address", hint: None, kind: Kind::Address, required: true },
        Setting {
            name: "key",
            label: "outgoing-token",
            hint: Some("outgoing-token-hint"),
            kind: Kind::Secret,
            required: true,
        },
        Setting {
            name: "only_existing",
            label: "outgoing-only-existing",
            hint: None,
            kind: Kind::Switch,
            required: false,
        },
    ],
    place: Some("outgoing-place-number"),
    identity: &["address"],
    batch: Batch::Lines(MOST_LINES),
};

#[async_trait]
impl Target for Firefly {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt> {
        let api = Api(desk);
        let about = api.get("/about", &[]).await?;
        let version = about["data"]["version"].as_str().unwrap_or("?").to_owned();
        let accounts = api.all("/accounts", &[("type", "asset")]).await?.len();
        Ok(format!("Firefly III {version}, {accounts} asset accounts"))
    }

    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt> {
        let (api, facts) = (Api(desk), &parcel.journal);
        let account = account(&api, facts, !desk.values.on("only_existing")).await?;
        let there = held(&api, &account, &parcel.lines).await?;
        let mut delivered = Delivered { memory: Some(account.clone()), ..Delivered::default() };
        for item in &parcel.lines {
            let outcome = match there.get(&item.key) {
                Some(id) => Outcome::Exists(Some(id.clone())),
                None => send(&api, &account, item).await?,
            };
            delivered.outcomes.push((item.id, outcome));
        }
        Ok(delivered)
    }
}

/// The number of the asset account of a journal there, made when it may be.
async fn account(api: &Api<'_>, facts: &Facts, may_create: bool) -> Result<String, Halt> {
    let accounts = api.all("/accounts", &[("type", "asset")]).await?;
    let text = |account: &Value, name: &str| account["attributes"][name].as_str().unwrap_or_default().to_owned();
    let id = |account: &Value| account["id"].as_str().unwrap_or_default().to_owned();
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_ascii_alphanumeric()).collect() };
    let chosen: Vec<&Value> = match facts.place.as_ref().or(facts.memory.as_ref()) {
        Some(number) => accounts.iter().filter(|account| id(account) == *number).collect(),
        None => {
            let own = bare(&facts.reference);
            let numbered = |account: &&Value| {
                [text(account, "iban"), text(account, "account_number")].iter().any(|number| bare(number) == own)
            };
            accounts.iter().filter(numbered).collect()
        }
    };
    let currency = facts.currency.code().to_string();
    match chosen.as_slice() {
        [one] if text(one, "currency_code") == currency => Ok(id(one)),
        [one] => Err(Halt::journal("journal-currency", format!("{}: {}", id(one), text(one, "currency_code")))),
        // An account there has one currency; of several with this number one may be ours.
        several if several.len() > 1 => {
            let mut fitting = several.iter().filter(|account| text(account, "currency_code") == currency);
            match (fitting.next(), fitting.next()) {
                (Some(one), None) => Ok(id(one)),
                _ => Err(Halt::journal("journal-several", facts.reference.clone())),
            }
        }
        _ if facts.place.is_some() || !may_create => Err(Halt::journal("journal-missing", facts.reference.clone())),
        _ => {
            let mut new = json!({"name": facts.name, "type": "asset", "account_role": "defaultAsset",
                "currency_code": currency});
            let field = if domain::Iban::parse(&facts.reference).is_ok() { "iban" } else { "account_number" };
            new[field] = json!(facts.reference);
            let told = api.post("/accounts", &new).await?;
            Ok(told["data"]["id"].as_str().unwrap_or_default().to_owned())
        }
    }
}

/// What is there of these lines, by our key: everything of their days is read, and compared here.
async fn held(api: &Api<'_>, account: &str, lines: &[Item]) -> Result<HashMap<String, String>, Halt> {
    let days = lines.iter().map(|item| item.booked_on);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Ok(HashMap::new()) };
    let (first, last) = (first.to_string(), last.to_string());
    let path = format!("/accounts/{account}/transactions");
    let groups = api.all(&path, &[("start", &first), ("end", &last)]).await?;
    let mut there = HashMap::new();
    for group in groups {
        let id = group["id"].as_str().unwrap_or_default();
        for split in group["attributes"]["transactions"].as_array().into_iter().flatten() {
            if let Some(key) = split["external_id"].as_str() {
                there.insert(key.to_owned(), id.to_owned());
            }
        }
    }
    Ok(there)
}

async fn send(api: &Api<'_>, account: &str, item: &Item) -> Result<Outcome, Halt> {
    let body = json!({
        "error_if_duplicate_hash": true,
        "apply_rules": true,
        "fire_webhooks": true,
        "transactions": [row(account, item)],
    });
    match api.post("/transactions", &body).await {
        Ok(told) => Ok(Outcome::Created(told["data"]["id"].as_str().map(str::to_owned))),
        Err(fault @ Fault::Status(StatusCode::UNPROCESSABLE_ENTITY, _)) => {
            Ok(Outcome::Parked { reason: "refused", detail: fault.sentence(), retries: false })
        }
        Err(fault) => Err(fault.into()),
    }
}

/// One line as a withdrawal or a deposit.
fn row(account: &str, item: &Item) -> Value {
    let out = item.amount.minor() < 0;
    let (own, other) = if out { ("source", "destination") } else { ("destination", "source") };
    let bare = |text: String| text.trim_start_matches('-').to_owned();
    let words = [&item.label, item.partner_name.as_ref().unwrap_or(&item.key)];
    let description = words.into_iter().find(|text| !text.trim().is_empty()).unwrap_or(&item.key);
    let mut row = Map::new();
    row.insert("type".into(), json!(if out { "withdrawal" } else { "deposit" }));
    row.insert("date".into(), json!(item.booked_on.to_string()));
    row.insert("amount".into(), json!(bare(item.amount.decimal())));
    row.insert("currency_code".into(), json!(item.amount.currency().code().to_string()));
    row.insert("description".into(), json!(short(description, 1000)));
    row.insert(format!("{own}_id"), json!(account));
    row.insert("external_id".into(), json!(item.key));
    let mut given = |name: String, value: Option<String>| {
        if let Some(value) = value {
            row.insert(name, json!(value));
        }
    };
    given(format!("{other}_name"), item.partner_name.as_deref().map(|name| short(name, 255)));
    given(format!("{other}_iban"), item.partner_account.clone().filter(|iban| domain::Iban::parse(iban).is_ok()));
    given("process_date".into(), item.value_on.map(|day| day.to_string()));
    given("internal_reference".into(), item.structured.clone());
    given("sepa_ct_id".into(), item.end_to_end_id.clone());
    given("notes".into(), Some(item.remittance.join("\n")).filter(|text| !text.is_empty()));
    if let Some(original) = item.original.filter(|original| original.minor() != 0) {
        given("foreign_amount".into(), Some(bare(original.decimal())));
        given("foreign_currency_code".into(), Some(original.currency().code().to_string()));
    }
    Value::Object(row)
}

fn short(text: &str, most: usize) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}
