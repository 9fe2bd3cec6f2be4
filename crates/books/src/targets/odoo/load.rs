//! The push: `load` with ids of ours, in the context in which Odoo answers what it has and leaves it untouched.

use std::collections::{BTreeMap, HashMap};

use domain::{Date, LineId};
use serde_json::{Value, json};

use super::rows::{Lookups, Row, arguments, sanitized, table, unique_import_id};
use super::wire::{Session, is_busy, short};
use crate::targets::{Facts, Halt, Item, Outcome};

/// With these, rows whose id is known are answered and not touched. Without them the same call would overwrite what the
/// accountant has done.
#[expect(non_snake_case, reason = "a constant that JSON cannot be")]
pub(super) fn MODULE_CONTEXT() -> Value {
    json!({"module": "__passerelle__", "mode": "update", "noupdate": true})
}

/// The ids that a `load` answered; none when it took nothing.
pub(super) fn ids_of(told: &Value) -> Option<Vec<i64>> {
    told["ids"].as_array()?.iter().map(Value::as_i64).collect()
}

/// What a `load` answered. It takes all rows or none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All are there, under these ids.
    Taken(Vec<i64>),
    /// Somebody else wrote at the same time: the same rows again, later.
    Busy(String),
    /// These rows are the reason; with each what is wrong and whether its import id is taken.
    Rows(BTreeMap<usize, (String, bool)>),
    /// It does not say which rows.
    Unclear(String),
}

/// Pure: reads an answer.
pub(super) fn verdict(told: &Value, sent: usize) -> Verdict {
    if let Some(ids) = ids_of(told)
        && ids.len() == sent
    {
        return Verdict::Taken(ids);
    }
    let none = Vec::new();
    let messages = told["messages"].as_array().unwrap_or(&none);
    let text = |message: &Value| short(message["message"].as_str().unwrap_or_default());
    if let Some(busy) = messages.iter().map(text).find(|message| is_busy(message)) {
        return Verdict::Busy(busy);
    }
    let errors: Vec<&Value> = messages.iter().filter(|message| message["type"] != "warning").collect();
    let mut rows = BTreeMap::new();
    for message in &errors[usize::from(blames_the_first_for_all(&errors))..] {
        let Some(row) = row_of(message).filter(|row| *row < sent) else {
            return Verdict::Unclear(text(message));
        };
        let taken = message["field"] == "unique_import_id";
        rows.entry(row).or_insert((text(message), taken));
    }
    if rows.is_empty() {
        Verdict::Unclear("nothing was taken and nothing was said".to_owned())
    } else {
        Verdict::Rows(rows)
    }
}

/// The row that a message is about.
fn row_of(message: &Value) -> Option<usize> {
    let record = message["record"].as_u64().or(message["rows"]["from"].as_u64());
    record.and_then(|row| usize::try_from(row).ok())
}

/// Odoo first tries all rows at once, then each alone. It puts what was said the first time before the rest and gives
/// the first row's place for it, although that row may be a good one. Where that row is to blame itself it is the only
/// one that is named, or is named again when the others are out of the way.
fn blames_the_first_for_all(errors: &[&Value]) -> bool {
    let [first, others @ ..] = errors else { return false };
    row_of(first) == Some(0)
        && first.get("field").is_none()
        && !others.is_empty()
        && others.iter().all(|message| row_of(message) != Some(0))
}

/// One push of lines into a journal.
pub(super) struct Push<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) facts: &'a Facts,
    pub(super) lookups: Lookups,
    pub(super) locked_to: Option<Date>,
    /// Whether the lines may be there already.
    pub(super) again: bool,
}

/// What came of a push.
#[derive(Debug, Default)]
pub(super) struct Pushed {
    pub(super) outcomes: Vec<(LineId, Outcome)>,
    /// Ids of lines that went through, with the day that was sent and whose they are here.
    pub(super) sent: Vec<(i64, Date, LineId)>,
}

impl Push<'_> {
    /// Pushes lines. Those behind the lock stay here: Odoo would take them and move them to another day in silence.
    pub(super) async fn run(&self, lines: &[Item]) -> Result<Pushed, Halt> {
        let mut pushed = Pushed::default();
        let mut rows = Vec::new();
        for item in lines {
            match self.locked_to.filter(|lock| item.booked_on <= *lock) {
                Some(lock) => {
                    let parked = Outcome::Parked { reason: "locked", detail: lock.to_string(), retries: true };
                    pushed.outcomes.push((item.id, parked));
                }
                None => rows.push(Row { item, with_original: true }),
            }
        }
        self.without_known(&mut rows, &mut pushed).await?;
        let (mut singly, mut may_create) = (false, false);
        while !rows.is_empty() {
            let batch = if singly { 1 } else { rows.len() };
            match self.send(&rows[..batch]).await? {
                Verdict::Taken(ids) => {
                    for (row, id) in rows.drain(..batch).zip(ids) {
                        let remote = Some(id.to_string());
                        let outcome = if self.again { Outcome::Exists(remote) } else { Outcome::Created(remote) };
                        pushed.outcomes.push((row.item.id, outcome));
                        pushed.sent.push((id, row.item.booked_on, row.item.id));
                    }
                }
                Verdict::Busy(said) => return Err(Halt::later("busy", said)),
                Verdict::Rows(refused) => {
                    // Odoo names at most ten rows a call, so a right that is missing looks like ten bad rows.
                    if !may_create && refused.values().any(|(_, taken)| !*taken) {
                        self.session.may_create().await?;
                        may_create = true;
                    }
                    self.refuse(&mut rows, &refused, &mut pushed).await?;
                }
                Verdict::Unclear(said) if batch == 1 => {
                    self.session.may_create().await?;
                    let row = rows.remove(0);
                    pushed.outcomes.push((row.item.id, refused(said)));
                }
                // A right that is missing is the same for every row.
                Verdict::Unclear(_) => {
                    self.session.may_create().await?;
                    singly = true;
                }
            }
        }
        Ok(pushed)
    }

    async fn send(&self, rows: &[Row<'_>]) -> Result<Verdict, Halt> {
        let (fields, data) = table(self.facts, &self.lookups, rows);
        let arguments = arguments(&fields, &data);
        let told =
            self.session.call_in("account.bank.statement.line", "load", None, &arguments, MODULE_CONTEXT()).await;
        match told {
            Ok(told) => Ok(verdict(&told, rows.len())),
            Err(fault) if fault.is("AccessError") => {
                self.session.may_create().await?;
                Err(fault.into())
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Sets apart the rows that a call named: lines that are there by another way are delivered, an amount before
    /// conversion that Odoo does not like is left out, and the rest is parked.
    async fn refuse(
        &self,
        rows: &mut Vec<Row<'_>>,
        refused_rows: &BTreeMap<usize, (String, bool)>,
        pushed: &mut Pushed,
    ) -> Result<(), Halt> {
        if refused_rows.values().any(|(_, taken)| *taken) {
            let before = rows.len();
            self.without_known(rows, pushed).await?;
            if rows.len() < before {
                return Ok(());
            }
        }
        for (at, (said, _)) in refused_rows.iter().rev() {
            let Some(row) = rows.get_mut(*at) else { continue };
            if row.with_original && row.item.original.is_some() {
                row.with_original = false;
                continue;
            }
            let row = rows.remove(*at);
            pushed.outcomes.push((row.item.id, refused(said.clone())));
        }
        Ok(())
    }

    /// Takes out the lines that an importing module wrote before us.
    async fn without_known(&self, rows: &mut Vec<Row<'_>>, pushed: &mut Pushed) -> Result<(), Halt> {
        if !self.lookups.unique_import_id || rows.is_empty() {
            return Ok(());
        }
        let id_of = |row: &Row<'_>| unique_import_id(self.facts, self.lookups.journal, row.item);
        let ids: Vec<String> = rows.iter().map(id_of).collect();
        let arguments = [("domain", json!([["unique_import_id", "in", ids]])), ("fields", json!(["unique_import_id"]))];
        let found = self.session.call("account.bank.statement.line", "search_read", None, &arguments).await?;
        let found: HashMap<&str, i64> = found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| Some((row["unique_import_id"].as_str()?, row["id"].as_i64()?)))
            .collect();
        rows.retain(|row| match found.get(id_of(row).as_str()) {
            Some(id) => {
                pushed.outcomes.push((row.item.id, Outcome::Exists(Some(id.to_string()))));
                false
            }
            None => true,
        });
        Ok(())
    }

    /// Reads the lines back and answers those that stand on another day than was sent.
    pub(super) async fn moved(&self, pushed: &Pushed) -> Result<Option<String>, Halt> {
        if pushed.sent.is_empty() {
            return Ok(None);
        }
        let ids: Vec<i64> = pushed.sent.iter().map(|(id, ..)| *id).collect();
        let arguments = [("fields", json!(["date"]))];
        let told = self.session.call("account.bank.statement.line", "read", Some(&ids), &arguments).await?;
        let days: HashMap<i64, &str> = told
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| Some((row["id"].as_i64()?, row["date"].as_str()?)))
            .collect();
        let moved: Vec<String> = pushed
            .sent
            .iter()
            .filter_map(|(id, sent, _)| {
                let there = days.get(id)?;
                (*there != sent.to_string()).then(|| format!("line {id}: {sent} became {there}"))
            })
            .collect();
        let more = if moved.len() > 3 { format!(" and {} more", moved.len() - 3) } else { String::new() };
        Ok((!moved.is_empty()).then(|| format!("{}{more}", moved[..moved.len().min(3)].join(", "))))
    }
}

fn refused(detail: String) -> Outcome {
    Outcome::Parked { reason: "refused", detail, retries: false }
}

impl Session<'_> {
    /// What the rows need that has to be looked up: partners by account, currencies by code.
    pub(super) async fn lookups(&self, journal: i64, unique_import_id: bool, lines: &[Item]) -> Result<Lookups, Halt> {
        let mut lookups = Lookups { journal, unique_import_id, ..Lookups::default() };
        let mut accounts: Vec<String> =
            lines.iter().filter_map(|line| line.partner_account.as_deref()).map(sanitized).collect();
        accounts.retain(|account| !account.is_empty());
        accounts.sort();
        accounts.dedup();
        if !accounts.is_empty() {
            let domain = json!([["sanitized_acc_number", "in", accounts], ["company_id", "in", [false, self.company]]]);
            let arguments = [("domain", domain), ("fields", json!(["sanitized_acc_number", "partner_id"]))];
            let found = self.call("res.partner.bank", "search_read", None, &arguments).await?;
            let mut owners: HashMap<String, Vec<i64>> = HashMap::new();
            for row in found.as_array().into_iter().flatten() {
                let (number, partner) = (row["sanitized_acc_number"].as_str(), row["partner_id"][0].as_i64());
                if let (Some(number), Some(partner)) = (number, partner) {
                    let owners = owners.entry(number.to_owned()).or_default();
                    if !owners.contains(&partner) {
                        owners.push(partner);
                    }
                }
            }
            // Two that share an account are nobody.
            let single =
                owners.into_iter().filter_map(|(number, owners)| Some((number, <[i64; 1]>::try_from(owners).ok()?[0])));
            lookups.partners = single.collect();
        }
        let mut codes: Vec<String> = lines
            .iter()
            .filter_map(|line| line.original.filter(|original| original.currency() != line.amount.currency()))
            .map(|original| original.currency().code().to_owned())
            .collect();
        codes.sort();
        codes.dedup();
        for code in codes {
            if let Some(id) = self.currency(&code).await? {
                lookups.currencies.insert(code, id);
            }
        }
        Ok(lookups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(record: Value, field: &str, text: &str) -> Value {
        json!({"ids": false, "messages": [{"type": "error", "record": record, "field": field, "message": text}]})
    }

    #[test]
    fn an_answer_is_read() {
        assert_eq!(verdict(&json!({"ids": [7, 8], "messages": []}), 2), Verdict::Taken(vec![7, 8]));
        let busy = message(json!(0), "", "could not serialize access due to concurrent update");
        assert!(matches!(verdict(&busy, 2), Verdict::Busy(_)));
        let refused = verdict(&message(json!(1), "amount", "no"), 2);
        assert_eq!(refused, Verdict::Rows(BTreeMap::from([(1, ("no".to_owned(), false))])));
        let taken = verdict(&message(json!(0), "unique_import_id", "already exists"), 2);
        assert_eq!(taken, Verdict::Rows(BTreeMap::from([(0, ("already exists".to_owned(), true))])));
        assert!(matches!(verdict(&message(Value::Null, "", "?"), 2), Verdict::Unclear(_)));
        assert!(matches!(verdict(&message(json!(9), "", "?"), 2), Verdict::Unclear(_)), "no such row was sent");
        assert!(matches!(verdict(&json!({"ids": [7]}), 2), Verdict::Unclear(_)), "one id for two rows");
    }

    #[test]
    fn the_first_row_is_not_blamed_for_what_was_said_of_all() {
        let said = |row: usize, text: &str| json!({"type": "error", "record": row, "rows": {"from": row, "to": row}, "message": text});
        let told = |messages: Vec<Value>| verdict(&json!({"ids": false, "messages": messages, "nextrow": 0}), 4);
        let only = |row: usize, text: &str| Verdict::Rows(BTreeMap::from([(row, (text.to_owned(), false))]));
        assert_eq!(told(vec![said(0, "no"), said(3, "no")]), only(3, "no"));
        assert_eq!(told(vec![said(0, "no")]), only(0, "no"), "it is the only one");
        let stopped = json!({"type": "warning", "message": "Found more than 10 errors"});
        assert_eq!(told(vec![said(0, "all"), said(0, "mine"), stopped]), only(0, "all"), "it is named again");
        let field = json!({"type": "error", "record": 0, "field": "date", "message": "no day"});
        let Verdict::Rows(rows) = told(vec![field, said(2, "no")]) else { panic!() };
        assert_eq!(rows.len(), 2, "what names a field is about its row");
    }
}
