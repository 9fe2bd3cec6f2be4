//! The journal there that a journal here feeds: by its number, by the account's number, or a new one.
//!
//! Nothing in Odoo keeps two journals from having one account, so a journal is looked for first and created through
//! `load` with an id of ours, which answers the same journal however often it is repeated.

use serde_json::{Value, json};

use super::facts::Company;
use super::load::{MODULE_CONTEXT, ids_of};
use super::rows::sanitized;
use super::wire::{Session, short};
use crate::targets::{Facts, Halt};

/// What a journal's source is called where nothing fills it by itself; files that a person imports begin with
/// [`FILES`]. Whatever else stands there is a feed of some module, and two feeds double every line.
const NO_FEED: [&str; 3] = ["", "undefined", "manual"];
const FILES: &str = "file_import";

impl Session<'_> {
    /// The id of the journal, after looking that it fits.
    pub(super) async fn journal(&self, facts: &Facts, company: &Company, may_create: bool) -> Result<i64, Halt> {
        let known = facts.place.as_deref().or(facts.memory.as_deref());
        let number = sanitized(&facts.reference);
        let mut rows = match known.map(str::parse::<i64>) {
            Some(Ok(id)) => self.journals(json!(["id", "=", id])).await?,
            Some(Err(_)) => return Err(Halt::journal("journal-missing", "the journal's number is not a number")),
            None => self.journals(json!(["bank_account_id.sanitized_acc_number", "=", number])).await?,
        };
        if let ([archived, ..], true) = (rows.as_slice(), rows.iter().all(|row| row["active"] == false)) {
            // Odoo posts nothing in an archived journal.
            let name = archived["name"].as_str().unwrap_or("?");
            return Err(Halt::journal("journal-archived", format!("{} = {name}", archived["id"])));
        }
        rows.retain(|row| row["active"] != false);
        if rows.len() > 1 {
            // One account number may have a journal for each of its currencies.
            let alike = |row: &&Value| currency_of(row, company) == facts.currency.code();
            if let [one] = rows.iter().filter(alike).collect::<Vec<_>>().as_slice() {
                rows = vec![(*one).clone()];
            }
        }
        match rows.as_slice() {
            [] if facts.place.is_none() && may_create => self.new_journal(facts, company, &number).await,
            [] => Err(Halt::journal("journal-missing", format!("{number}; {MANAGER}"))),
            [one] => {
                fits(one, facts, company)?;
                one["id"].as_i64().ok_or_else(|| Halt::target("answer", "a journal without an id"))
            }
            several => {
                let named =
                    several.iter().map(|row| format!("{} = {}", row["id"], row["name"].as_str().unwrap_or("?")));
                Err(Halt::journal("journal-several", named.collect::<Vec<_>>().join(", ")))
            }
        }
    }

    async fn journals(&self, condition: Value) -> Result<Vec<Value>, Halt> {
        let kinds = json!(["type", "in", ["bank", "credit", "cash"]]);
        let domain = json!([kinds, ["company_id", "=", self.company], condition]);
        let fields = json!([
            "name",
            "active",
            "code",
            "type",
            "currency_id",
            "company_id",
            "bank_account_id",
            "default_account_id",
            "suspense_account_id",
            "bank_statements_source"
        ]);
        let arguments = [("domain", domain), ("fields", fields)];
        let context = json!({"active_test": false});
        let found = self.call_in("account.journal", "search_read", None, &arguments, context).await?;
        Ok(found.as_array().cloned().unwrap_or_default())
    }

    async fn new_journal(&self, facts: &Facts, company: &Company, number: &str) -> Result<i64, Halt> {
        // An archived account of the company with this number keeps a new journal from having it; one of somebody else
        // does not.
        let mut domain = vec![json!(["sanitized_acc_number", "=", number]), json!(["active", "=", false])];
        domain.extend(company.partner.map(|partner| json!(["partner_id", "=", partner])));
        let arguments = [("domain", json!(domain)), ("fields", json!(["acc_number", "partner_id"]))];
        let context = json!({"active_test": false});
        let archived = self.call_in("res.partner.bank", "search_read", None, &arguments, context).await?;
        if archived.as_array().is_some_and(|rows| !rows.is_empty()) {
            return Err(Halt::journal("journal-archived", number));
        }
        let mut fields = vec!["id", "name", "type", "bank_acc_number"];
        let mut row = vec![
            format!("jrn-{}", super::account_key(facts)),
            facts.name.clone(),
            "bank".to_owned(),
            number.to_owned(),
        ];
        if facts.currency != company.currency {
            fields.push("currency_id/.id");
            let currency = self.currency(facts.currency.code()).await?;
            let unknown = || Halt::journal("journal-currency", format!("{} is not active there", facts.currency));
            row.push(currency.ok_or_else(unknown)?.to_string());
        }
        let arguments = [("fields", json!(fields)), ("data", json!([row]))];
        let told = self.call_in("account.journal", "load", None, &arguments, MODULE_CONTEXT()).await;
        let missing = |said: String| Halt::journal("journal-missing", format!("{number}; {said}; {MANAGER}"));
        let told =
            told.map_err(|fault| if fault.is("AccessError") { missing(fault.sentence()) } else { fault.into() })?;
        let said = || missing(short(told["messages"][0]["message"].as_str().unwrap_or_default()));
        ids_of(&told).and_then(|ids| ids.first().copied()).ok_or_else(said)
    }

    /// The id of an active currency.
    pub(super) async fn currency(&self, code: &str) -> Result<Option<i64>, Halt> {
        let arguments = [("domain", json!([["name", "=", code]])), ("fields", json!(["name"]))];
        let found = self.call("res.currency", "search_read", None, &arguments).await?;
        Ok(found[0]["id"].as_i64())
    }
}

/// What creating a journal takes.
const MANAGER: &str = "creating one needs the group \"Administrator\" of accounting (account.group_account_manager)";

/// The currency of a journal: none of its own means the company's.
fn currency_of<'a>(row: &'a Value, company: &'a Company) -> &'a str {
    row["currency_id"][1].as_str().unwrap_or(company.currency.code())
}

fn fits(row: &Value, facts: &Facts, company: &Company) -> Result<(), Halt> {
    let name = row["name"].as_str().unwrap_or("?");
    let currency = currency_of(row, company);
    if currency != facts.currency.code() {
        return Err(Halt::journal("journal-currency", format!("{name}: {currency}, here {}", facts.currency)));
    }
    let source = row["bank_statements_source"].as_str().unwrap_or_default();
    if !NO_FEED.contains(&source) && !source.starts_with(FILES) {
        return Err(Halt::journal("journal-fed", format!("{name}: {source}")));
    }
    if row["suspense_account_id"][0].as_i64().is_none() {
        return Err(Halt::journal("journal-suspense", name));
    }
    Ok(())
}
