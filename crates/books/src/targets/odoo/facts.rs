//! What has to be known of an Odoo before anything is sent: the company, its locks, which fields it has, and whether
//! the key may do the work. Fields are looked for, never guessed from a version.

use domain::{Currency, Date};
use serde_json::{Value, json};

use super::wire::{Fault, Session};
use crate::targets::Halt;

/// Groups that let a user create bank lines: of 18 and later, and of 16. 17 is between them.
const NEWER_GROUP: &str = "account.group_account_basic";
const OLDER_GROUP: &str = "account.group_account_user";

/// The company in which lines are booked.
#[derive(Debug, Clone)]
pub(super) struct Company {
    /// Its name.
    pub(super) name: String,
    /// Its currency.
    pub(super) currency: Currency,
    /// The partner that it is, to whom its bank accounts belong.
    pub(super) partner: Option<i64>,
    /// The last day that is locked.
    pub(super) locked_to: Option<Date>,
}

/// What bank lines of this Odoo have besides the usual.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Features {
    /// A module that imports statements is installed: its ids keep us from doubling what it wrote.
    pub(super) unique_import_id: bool,
    /// There is a place for what else the bank says of a line.
    pub(super) transaction_details: bool,
}

impl Session<'_> {
    /// Finds the company: the one of the settings, or that of the key's user.
    pub(super) async fn company(&mut self, wanted: &str) -> Result<Company, Halt> {
        let id = match wanted.parse::<i64>() {
            Ok(id) => id,
            Err(_) => {
                let user =
                    self.call("res.users", "read", Some(&[self.uid]), &[("fields", json!(["company_id"]))]).await?;
                user[0]["company_id"][0].as_i64().ok_or_else(|| Halt::target("company", "the user has no company"))?
            }
        };
        self.company = Some(id);
        let read = self.read_company(id).await;
        read.map_err(|fault| {
            if fault.is("AccessError") || fault.is("MissingError") {
                Halt::target("company", fault.sentence())
            } else {
                fault.into()
            }
        })?
        .ok_or_else(|| Halt::target("company", id.to_string()))
    }

    async fn read_company(&self, id: i64) -> Result<Option<Company>, Fault> {
        let wished = [
            "user_fiscalyear_lock_date",
            "user_hard_lock_date",
            "fiscalyear_lock_date",
            "period_lock_date",
            "hard_lock_date",
            "parent_ids",
        ];
        let arguments = [("allfields", json!(wished)), ("attributes", json!(["type", "readonly"]))];
        let known = self.call("res.company", "fields_get", None, &arguments).await?;
        let mut fields = vec!["name", "currency_id", "partner_id"];
        fields.extend(wished.iter().filter(|field| known.get(**field).is_some()));
        let rows = self.call("res.company", "read", Some(&[id]), &[("fields", json!(fields))]).await?;
        let Some(row) = rows.get(0) else { return Ok(None) };
        // Newer ones work out what holds for this very user, the company's parents included; without a lock they answer
        // the first day that Python knows.
        let for_user = known.get("user_fiscalyear_lock_date").is_some();
        let locks = if for_user { &wished[..2] } else { &wished[2..5] };
        let of_parents = if for_user { None } else { self.locked_by_parents(id, row, locks).await? };
        let currency = row["currency_id"][1].as_str().and_then(|code| Currency::parse(code).ok());
        Ok(currency.map(|currency| Company {
            name: row["name"].as_str().unwrap_or_default().to_owned(),
            currency,
            partner: row["partner_id"][0].as_i64(),
            locked_to: latest(row, locks).max(of_parents),
        }))
    }

    /// Odoo 17 lets a parent company lock its branches and does not say so on the branch. A parent that the key's user
    /// may not read is left out: then the days that are read back after a push tell.
    async fn locked_by_parents(&self, id: i64, row: &Value, locks: &[&str]) -> Result<Option<Date>, Fault> {
        let line: Vec<i64> = row["parent_ids"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        let parents: Vec<i64> = line.iter().copied().filter(|parent| *parent != id).collect();
        if parents.is_empty() {
            return Ok(None);
        }
        let mut fields: Vec<&str> = locks.to_vec();
        fields.retain(|field| row.get(*field).is_some());
        let context = json!({"allowed_company_ids": line});
        let told = self.call_in("res.company", "read", Some(&parents), &[("fields", json!(fields))], context).await;
        match told {
            Ok(rows) => Ok(rows.as_array().into_iter().flatten().filter_map(|row| latest(row, locks)).max()),
            Err(fault) if fault.is("AccessError") => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Which fields bank lines have.
    pub(super) async fn features(&self) -> Result<Features, Halt> {
        let wished =
            ["unique_import_id", "online_transaction_identifier", "transaction_details", "foreign_currency_id"];
        let arguments = [("allfields", json!(wished)), ("attributes", json!(["type", "readonly"]))];
        let known = self.call("account.bank.statement.line", "fields_get", None, &arguments).await?;
        Ok(Features {
            unique_import_id: known.get("unique_import_id").is_some(),
            transaction_details: known.get("transaction_details").is_some(),
        })
    }

    /// Refuses a user who may not create bank lines, naming the group to give.
    pub(super) async fn may_create(&self) -> Result<(), Halt> {
        let groups: &[&str] = match self.major {
            ..=16 => &[OLDER_GROUP],
            17 => &[NEWER_GROUP, OLDER_GROUP],
            18.. => &[NEWER_GROUP],
        };
        for group in groups {
            if self.has_group(group).await? {
                return Ok(());
            }
        }
        Err(self.lacks_group())
    }

    /// What a user without the group is told.
    pub(super) fn lacks_group(&self) -> Halt {
        let newer = format!("\"Technical: Basic\" ({NEWER_GROUP})");
        let older = format!("\"Show Full Accounting Features\" ({OLDER_GROUP})");
        let group = match self.major {
            ..=16 => older,
            17 => format!("{older}, or {newer}"),
            18.. => newer,
        };
        Halt::target("group", group)
    }

    /// A method of a record in newer ones, of the model in older ones.
    async fn has_group(&self, group: &str) -> Result<bool, Fault> {
        let argument = [("group_ext_id", json!(group))];
        let told = match self.call("res.users", "has_group", Some(&[self.uid]), &argument).await {
            Err(fault) if fault.is("TypeError") => self.call("res.users", "has_group", None, &argument).await?,
            told => told?,
        };
        Ok(told == Value::Bool(true))
    }
}

/// The latest of a company's locks.
fn latest(row: &Value, locks: &[&str]) -> Option<Date> {
    locks.iter().filter_map(|field| row[*field].as_str()?.parse::<Date>().ok()).max()
}
