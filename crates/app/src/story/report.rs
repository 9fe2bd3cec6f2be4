use std::collections::BTreeMap;
use std::str::FromStr;

use serde_json::{Number, Value, json};

use super::Lacking;

/// A statement as the books show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldStatement {
    /// The account's number.
    pub iban: String,
    /// The account's currency.
    pub currency: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The bank's opening balance, as a decimal; none when the bank gave none.
    pub opening: Option<String>,
    /// The bank's closing balance.
    pub closing: Option<String>,
    /// `proven`, `unproven` or `broken(difference)`.
    pub proof: String,
}

/// How the story ended: what each party said over HTTP.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Booked movements of the authorised accounts, as the banks count them.
    pub bank_transactions: u64,
    /// Transactions that the hub serves.
    pub hub_transactions: u64,
    /// Lines in the journals of the books.
    pub book_lines: u64,
    /// Lines that the books wrote into a plain-text ledger.
    pub ledger_lines: u64,
    /// Accounts that the company authorised for the books.
    pub accounts_authorized: u64,
    /// Accounts that are linked to a journal.
    pub accounts_linked: u64,
    /// Every statement of the books.
    pub statements: Vec<ToldStatement>,
    /// Whether the first bank holds the content of statement files.
    pub from_files: bool,
    /// How many lines the two later synchronizations brought.
    pub resync_new_lines: [u64; 2],
    /// How many movements were booked late, which is what the first of them should be.
    pub late_bookings: u64,
    /// What a bank said that could not be understood.
    pub defects: u64,
    /// The movements of the banks that the hub does not serve.
    pub lacking: Vec<Lacking>,
    /// Address of the hub.
    pub hub_url: String,
    /// Address of the books.
    pub books_url: String,
    /// Address of the simulated banks.
    pub sandbox_url: String,
    /// Client id of the custom integration.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The login of hub and books.
    pub email: String,
    /// Its password.
    pub password: String,
    /// How long each phase took, in milliseconds.
    pub millis: BTreeMap<String, u64>,
}

impl Report {
    /// Adds how long a phase took.
    pub fn took(&mut self, phase: &str, millis: u64) {
        self.millis.insert(phase.to_owned(), millis);
    }

    /// Whether everything came out as it must: nothing lost, nothing doubled, every statement proven. Files may lack a
    /// balance or contradict themselves, so with them the proofs are told and not demanded.
    pub fn holds(&self) -> bool {
        self.bank_transactions == self.hub_transactions
            && self.hub_transactions == self.book_lines
            && self.book_lines == self.ledger_lines
            && (self.from_files || !self.statements.is_empty())
            && (self.from_files || self.statements.iter().all(|statement| statement.proof == "proven"))
            && self.resync_new_lines == [self.late_bookings, 0]
    }

    /// The end of the story in a few sentences; where it is not the right one, with what is known of why.
    pub fn verdict(&self) -> String {
        let proven = self.statements.iter().filter(|statement| statement.proof == "proven").count();
        let counts = format!(
            "The banks hold {} movements, the hub {}, the books {}, their ledger {}. {proven} of {} statements are proven \
             to the cent.",
            self.bank_transactions,
            self.hub_transactions,
            self.book_lines,
            self.ledger_lines,
            self.statements.len()
        );
        if self.holds() {
            return counts;
        }
        let mut told = format!("{counts} That is not how the story should end.");
        if self.defects > 0 {
            told += &format!(
                " {} of what the banks said could not be understood: the page of its account tells what and why.",
                self.defects
            );
        }
        if let Some(first) = self.lacking.first() {
            told += &format!(" The hub lacks {} of the banks' movements, the first: {first}.", self.lacking.len());
        }
        if self.lacking.iter().any(|one| one.older) {
            told += " A movement that is older than all that the hub has of its account may lie further back than the \
                     hub asks a bank.";
        }
        told
    }

    /// The report for programs.
    pub fn as_json(&self) -> Value {
        let statement = |told: &ToldStatement| {
            json!({"iban": told.iban, "currency": told.currency, "from": told.from, "to": told.to,
                   "opening": told.opening, "closing": told.closing, "proof": told.proof})
        };
        let seconds: serde_json::Map<String, Value> =
            self.millis.iter().map(|(phase, millis)| (phase.clone(), seconds(*millis))).collect();
        json!({
            "bank_transactions": self.bank_transactions,
            "hub_transactions": self.hub_transactions,
            "book_lines": self.book_lines,
            "ledger_lines": self.ledger_lines,
            "accounts_authorized": self.accounts_authorized,
            "accounts_linked": self.accounts_linked,
            "statements": self.statements.iter().map(statement).collect::<Vec<_>>(),
            "resync_new_lines": self.resync_new_lines,
            "defects": self.defects,
            "lacking": self.lacking.iter().map(Lacking::as_json).collect::<Vec<_>>(),
            "hub_url": self.hub_url,
            "books_url": self.books_url,
            "sandbox_url": self.sandbox_url,
            "custom_integration":
                {"client_id": self.client_id, "client_secret": self.client_secret, "base_url": self.hub_url},
            "login": {"email": self.email, "password": self.password},
            "seconds": seconds,
        })
    }
}

/// Milliseconds as an exact decimal number of seconds.
fn seconds(millis: u64) -> Value {
    let text = format!("{}.{:03}", millis / 1000, millis % 1000);
    Value::Number(Number::from_str(&text).expect("digits, a point and digits are a JSON number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_exact() {
        assert_eq!(seconds(61_005).to_string(), "61.005");
    }

    #[test]
    fn a_story_holds_only_when_nothing_is_lost_or_unproven() {
        let told = ToldStatement {
            iban: "BE68539007547034".into(),
            currency: "EUR".into(),
            from: "2026-10-01".into(),
            to: "2026-10-31".into(),
            opening: Some("1.00".into()),
            closing: Some("2.00".into()),
            proof: "proven".into(),
        };
        let good = Report {
            bank_transactions: 3,
            hub_transactions: 3,
            book_lines: 3,
            ledger_lines: 3,
            statements: vec![told.clone()],
            resync_new_lines: [1, 0],
            late_bookings: 1,
            ..Report::default()
        };
        assert!(good.holds());
        assert!(!Report { book_lines: 2, ..good.clone() }.holds());
        assert!(!Report { ledger_lines: 2, ..good.clone() }.holds());
        assert!(!Report { resync_new_lines: [1, 1], ..good.clone() }.holds());
        let lacking = Lacking {
            iban: "BE68539007547034".into(),
            booked_on: "0001-01-01".into(),
            amount: "5.00 EUR".into(),
            older: true,
        };
        let odd = Report { hub_transactions: 2, defects: 1, lacking: vec![lacking], ..good.clone() };
        let verdict = odd.verdict();
        for why in ["1 of what the banks said", "5.00 EUR of 0001-01-01 on BE68539007547034", "further back"] {
            assert!(verdict.contains(why), "{verdict}");
        }
        let unproven = ToldStatement { proof: "unproven".into(), ..told };
        assert!(!Report { statements: vec![unproven], ..good }.holds());
    }
}
