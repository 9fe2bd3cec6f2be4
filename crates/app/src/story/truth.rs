use anyhow::{Context, bail};
use bytes::Bytes;
use http::{Method, Request};
use outbound::Door;
use serde_json::Value;

/// An account as its bank knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// The bank's place in addresses.
    pub bank: String,
    /// The bank's name for people.
    pub bank_name: String,
    /// The account's name on the control surface.
    pub key: String,
    /// Its number, without blanks.
    pub iban: String,
    /// Its currency.
    pub currency: String,
    /// How many movements are booked.
    pub booked: u64,
}

/// The truth that an oracle asks of the simulated banks, over HTTP.
pub struct Truth<'a> {
    door: &'a Door,
    sandbox: &'a str,
}

impl<'a> Truth<'a> {
    /// The truth of the banks at an address.
    pub fn new(door: &'a Door, sandbox: &'a str) -> Truth<'a> {
        Truth { door, sandbox }
    }

    /// Every account of a bank.
    pub async fn accounts(&self, bank: &str) -> anyhow::Result<Vec<BankAccount>> {
        let banks = self.ask(Method::GET, "/control/banks", None).await?;
        let found = banks.as_array().into_iter().flatten().find(|found| found["slug"] == bank);
        let found = found.with_context(|| format!("the sandbox has no bank {bank}"))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let account = |account: &Value| BankAccount {
            bank: bank.to_owned(),
            bank_name: text(&found["name"]),
            key: text(&account["key"]),
            iban: text(&account["reference"]),
            currency: text(&account["currency"]),
            booked: account["booked"].as_u64().unwrap_or_default(),
        };
        Ok(found["accounts"].as_array().into_iter().flatten().map(account).collect())
    }

    /// Opens one more account at a bank, with so many movements on each business day of a history of so many days.
    pub async fn open_account(&self, bank: &str, rows_per_day: u32, history_days: u32) -> anyhow::Result<BankAccount> {
        let new = serde_json::json!({
            "name": "One more", "currency": "EUR", "rows_per_day": rows_per_day, "history_days": history_days,
        });
        self.ask(Method::POST, &format!("/control/{bank}/accounts"), Some(new)).await?;
        self.accounts(bank).await?.pop().with_context(|| format!("{bank} has no account"))
    }

    /// How many movements are booked on some accounts now.
    pub async fn booked(&self, accounts: &[BankAccount]) -> anyhow::Result<u64> {
        let mut sum = 0;
        for account in accounts {
            let now = self.accounts(&account.bank).await?;
            sum += now.iter().find(|known| known.key == account.key).map_or(0, |known| known.booked);
        }
        Ok(sum)
    }

    /// Every booked movement of an account, as the bank would tell it.
    pub async fn rows(&self, account: &BankAccount) -> anyhow::Result<Vec<Value>> {
        let path = format!("/control/{}/accounts/{}/truth", account.bank, account.key);
        let mut truth = self.ask(Method::GET, &path, None).await?;
        let Value::Array(rows) = truth["booked"].take() else { bail!("the truth of {} is no list", account.key) };
        Ok(rows)
    }

    /// Books movements on past days.
    pub async fn book_late(&self, account: &BankAccount, count: u64) -> anyhow::Result<()> {
        let path = format!("/control/{}/accounts/{}/late", account.bank, account.key);
        self.ask(Method::POST, &path, Some(serde_json::json!({ "count": count }))).await.map(drop)
    }

    /// Corrects the text of a booked movement.
    pub async fn correct(&self, account: &BankAccount) -> anyhow::Result<()> {
        let path = format!("/control/{}/accounts/{}/correct", account.bank, account.key);
        self.ask(Method::POST, &path, Some(serde_json::json!({}))).await.map(drop)
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let body = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.sandbox))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(body)?;
        let answer = self.door.fetch(request).await?;
        let status = answer.status();
        if !status.is_success() {
            bail!("the banks answered {status} to {path}: {}", String::from_utf8_lossy(answer.body()));
        }
        serde_json::from_slice(answer.body()).with_context(|| format!("the banks' answer to {path} is no JSON"))
    }
}
