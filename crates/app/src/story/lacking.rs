//! What the banks have booked and the hub does not serve, row by row.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

use super::{BankAccount, Integration, Story, Truth};

/// A movement of a bank that the hub does not serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The account's number.
    pub iban: String,
    /// Its day.
    pub booked_on: String,
    /// Its amount and the account's currency.
    pub amount: String,
    /// Whether it is older than all that the hub has of the account.
    pub older: bool,
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} on {}", self.amount, self.booked_on, self.iban)
    }
}

impl Lacking {
    pub(super) fn as_json(&self) -> Value {
        json!({"iban": self.iban, "booked_on": self.booked_on, "amount": self.amount})
    }
}

impl Story {
    /// Holds the banks' rows against those of the hub, by day and amount.
    pub(super) async fn lacking(
        &self,
        integration: &Integration,
        accounts: &[BankAccount],
    ) -> anyhow::Result<Vec<Lacking>> {
        let served = integration.transactions(&self.door, &self.places.hub).await?;
        let truth = Truth::new(&self.door, &self.places.sandbox);
        let mut found = Vec::new();
        for account in accounts {
            let is_it = |(iban, currency, _): &&(String, String, Vec<Value>)| {
                (iban, currency) == (&account.iban, &account.currency)
            };
            let rows = served.iter().find(is_it).map_or(&[][..], |(_, _, rows)| rows);
            found.extend(difference(account, &truth.rows(account).await?, rows));
        }
        Ok(found)
    }
}

/// Pure: what of an account the bank tells and the hub does not, oldest first.
fn difference(account: &BankAccount, bank: &[Value], hub: &[Value]) -> Vec<Lacking> {
    let mut had: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in hub {
        let attributes = &row["attributes"];
        let day = text(&attributes["executionDate"]).chars().take(10).collect();
        *had.entry((day, plain(&text(&attributes["amount"])))).or_default() += 1;
    }
    let oldest = had.keys().next().map(|(day, _)| day.clone());
    let mut found = Vec::new();
    for row in bank {
        let key = (text(&row["booked_on"]), plain(&text(&row["amount"])));
        match had.get_mut(&key).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => found.push(Lacking {
                iban: account.iban.clone(),
                older: oldest.as_ref().is_some_and(|oldest| key.0 < *oldest),
                booked_on: key.0,
                amount: format!("{} {}", key.1, account.currency),
            }),
        }
    }
    found.sort_by(|one, other| one.booked_on.cmp(&other.booked_on));
    found
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A decimal without the zeros that say nothing: 12.50 is 12.5.
fn plain(amount: &str) -> String {
    match amount.contains('.') {
        true => amount.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => amount.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_that_the_hub_has_not_is_named_with_its_twins() {
        let account = BankAccount {
            bank: "meuse".into(),
            bank_name: "Banque de la Meuse".into(),
            key: "k".into(),
            iban: "BE68539007547034".into(),
            currency: "EUR".into(),
            booked: 4,
        };
        let bank = |day: &str, amount: &str| json!({"booked_on": day, "amount": amount});
        let hub = |day: &str, amount: Value| json!({"attributes": {"executionDate": format!("{day}T00:00:00.000Z"), "amount": amount}});
        let told = [
            bank("2026-03-02", "-12.50"),
            bank("2026-03-02", "-12.50"),
            bank("0001-01-01", "100.00"),
            bank("2026-03-01", "3.00"),
        ];
        let served = [hub("2026-03-02", json!("-12.5")), hub("2026-03-01", json!(3))];
        let found: Vec<_> =
            difference(&account, &told, &served).iter().map(|one| (one.to_string(), one.older)).collect();
        let want = |text: &str, older| (format!("{text} on BE68539007547034"), older);
        assert_eq!(found, [want("100 EUR of 0001-01-01", true), want("-12.5 EUR of 2026-03-02", false)]);
        assert_eq!(difference(&account, &told[3..], &served), []);
    }
}
