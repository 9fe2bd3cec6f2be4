//! What `load` cannot carry: the bank's details of a line, and the one entry that brings the opening balance into the
//! general ledger. Both only where a person asked for them.

use std::collections::HashMap;

use domain::{Date, LineId, ToSpan};
use serde_json::{Map, Value, json};

use super::account_key;
use super::wire::{Fault, Session};
use crate::statements::BookStatement;
use crate::targets::{Facts, Halt, Item};

impl Session<'_> {
    /// The statement that has this reference, made before and not written down here.
    pub(super) async fn checkpoint_of(&self, reference: &str) -> Result<Option<i64>, Fault> {
        let domain = json!([["reference", "=", reference], ["company_id", "=", self.company]]);
        let arguments = [("domain", domain), ("fields", json!(["reference"]))];
        let found = self.call("account.bank.statement", "search_read", None, &arguments).await?;
        Ok(found[0]["id"].as_i64())
    }

    /// Whether all these lines are there and in no statement. A person who took one out, or put one into a statement
    /// of their own, has decided otherwise about that month.
    pub(super) async fn are_free(&self, remotes: &[String]) -> Result<bool, Fault> {
        let ids: Vec<i64> = remotes.iter().filter_map(|remote| remote.parse().ok()).collect();
        let arguments =
            [("domain", json!([["id", "in", ids], ["statement_id", "=", false]])), ("fields", json!(["id"]))];
        let free = self.call("account.bank.statement.line", "search_read", None, &arguments).await?;
        Ok(free.as_array().is_some_and(|rows| rows.len() == remotes.len()))
    }

    /// Writes what else the bank says of lines that are there. A line is worth more than its details: what Odoo does
    /// not take of them is left out, and only what may pass is tried again.
    pub(super) async fn tell_details(&self, sent: &[(i64, Date, LineId)], lines: &[Item]) -> Result<(), Halt> {
        let items: HashMap<LineId, &Item> = lines.iter().map(|item| (item.id, item)).collect();
        for (id, _, line) in sent {
            let Some(item) = items.get(line) else { continue };
            let vals = [("vals", json!({ "transaction_details": details(item) }))];
            match self.call("account.bank.statement.line", "write", Some(&[*id]), &vals).await {
                Ok(_) => {}
                Err(fault) if fault.passes() => return Err(fault.into()),
                Err(fault) => {
                    tracing::info!(said = fault.sentence(), "Odoo does not take the details of a line");
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Books the bank's balance before the first line against an account of the person's choice, once: an entry is
    /// looked for by its reference first, because `create` knows no ids of ours. Answers that reference.
    pub(super) async fn opening_entry(
        &self,
        facts: &Facts,
        statement: &BookStatement,
        counterpart: &str,
        locked_to: Option<Date>,
    ) -> Result<Option<String>, Halt> {
        let journal = facts.place.as_deref().or(facts.memory.as_deref()).and_then(|id| id.parse::<i64>().ok());
        let (Some(journal), Some(opening)) = (journal, statement.opening) else { return Ok(None) };
        let account: i64 = counterpart
            .parse()
            .map_err(|_| Halt::journal("other", format!("'{counterpart}' is not the id of an account")))?;
        let reference = format!("passerelle:opening:{}", account_key(facts));
        let domain = json!([["journal_id", "=", journal], ["ref", "=", reference]]);
        let arguments = [("domain", domain), ("fields", json!(["id"]))];
        let there = self.call("account.bank.statement.line", "search_read", None, &arguments).await?;
        if there.as_array().is_some_and(|rows| !rows.is_empty()) {
            return Ok(Some(reference));
        }
        let on = statement.from.checked_sub(1.day()).unwrap_or(statement.from);
        if let Some(lock) = locked_to.filter(|lock| on <= *lock) {
            return Err(Halt::journal("opening-locked", format!("{on}, locked to {lock}")));
        }
        let amount: Value = serde_json::from_str(&opening.decimal()).unwrap_or(Value::Null);
        let vals = json!([{
            "journal_id": journal,
            "date": on.to_string(),
            "payment_ref": "Opening balance",
            "amount": amount,
            "ref": &reference,
            "counterpart_account_id": account,
        }]);
        let made = self.call("account.bank.statement.line", "create", None, &[("vals_list", vals)]).await;
        made.map(|_| Some(reference)).map_err(|fault: Fault| {
            if fault.passes() { fault.into() } else { Halt::journal("other", fault.sentence()) }
        })
    }
}

/// What the bank says of a line besides the fields that Odoo has.
fn details(item: &Item) -> Map<String, Value> {
    let told = [
        ("transaction_id", Some(json!(item.remote))),
        ("value_date", item.value_on.map(|on| json!(on))),
        ("structured_reference", item.structured.as_ref().map(|text| json!(text))),
        ("end_to_end_id", item.end_to_end_id.as_ref().map(|text| json!(text))),
        ("bank_transaction_code", item.code.as_ref().map(|text| json!(text))),
        ("communication", (!item.remittance.is_empty()).then(|| json!(item.remittance))),
        ("original_amount", item.original.map(|money| json!(money.decimal()))),
        ("original_currency", item.original.map(|money| json!(money.currency().code()))),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}
