//! One entry: what moved, and the payments behind it.

use domain::{Part, StructuredReference};

use super::details::{Parties, Payment, bank_transaction_code, charges, exchange, payment};
use super::value::{Amount, chosen_day, direction, given, is_true};
use crate::Exact;
use crate::assembly::{Assembly, Movement};
use crate::movement::Cut;
use crate::xml::{Step, Xml};

/// What an entry says besides its payments.
#[derive(Default)]
struct Facts {
    amount: Amount,
    debit: Option<bool>,
    reversal: bool,
    status: Option<String>,
    information: Option<String>,
}

/// Reads one `Ntry` and hands it on.
pub(super) fn entry(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, path: &str) -> Step<()> {
    xml.record("Ntry");
    let mut facts = Facts::default();
    let mut movement = Movement { path: path.into(), ..Movement::default() };
    // The entry's own words, then those of the payments.
    let mut own = Payment::default();
    let mut payments = Vec::new();
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "NtryRef" => own.details.entry_reference = given(xml.text()?),
            "Amt" => facts.amount = Amount::read(xml)?,
            "CdtDbtInd" => facts.debit = direction(xml)?,
            "RvslInd" => facts.reversal = xml.text()?.is_some_and(|text| is_true(&text)),
            "Sts" => facts.status = status(xml)?,
            "BookgDt" => movement.booked_on = chosen_day(xml, assembly, path, "BookgDt")?,
            "ValDt" => movement.value_on = chosen_day(xml, assembly, path, "ValDt")?,
            "AcctSvcrRef" => own.details.bank_id = given(xml.text()?),
            "BkTxCd" => bank_transaction_code(xml, &mut own.details)?,
            "AmtDtls" => exchange(xml, assembly, path, &mut own)?,
            "Chrgs" => own.charge = charges(xml)?,
            "CardTx" => own.details.card_reference = super::details::card(xml)?,
            "NtryDtls" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "TxDtls" => payments.push(one_payment(xml, assembly, path, payments.len())?),
                        _ => xml.skip()?,
                    }
                }
            }
            "TxDtls" => payments.push(one_payment(xml, assembly, path, payments.len())?),
            "AddtlNtryInf" => facts.information = xml.text()?,
            _ => xml.skip()?,
        }
    }
    let (raw, cut) = xml.recorded();
    movement.raw = raw;
    movement.cut = if cut { Cut::Raw } else { Cut::Nothing };
    finish(assembly, movement, facts, own, payments);
    Ok(())
}

fn one_payment(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, path: &str, before: usize) -> Step<Payment> {
    payment(xml, assembly, path, before + 1)
}

/// The status: a text until .07, `Cd` or `Prtry` from .08 on.
fn status(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut inner = None;
    let text = xml.text_or_children(|xml, name| {
        if name.as_str() == "Cd" || name.as_str() == "Prtry" {
            inner = xml.text()?;
            return Ok(());
        }
        xml.skip()
    })?;
    Ok(inner.or(text))
}

/// Puts the pieces together once the direction is known.
fn finish(
    assembly: &mut Assembly<'_>,
    mut movement: Movement,
    facts: Facts,
    mut own: Payment,
    mut payments: Vec<Payment>,
) {
    let path = movement.path.clone();
    if facts.amount.value.is_none() {
        assembly.defect(format!("{path}/Amt"), &facts.amount.text, "an amount is a decimal number");
    }
    let debit = match facts.debit {
        Some(debit) => debit,
        None => {
            // Without a direction an amount could be booked the wrong way round.
            if facts.amount.value.is_some() {
                assembly.defect(format!("{path}/CdtDbtInd"), &facts.amount.text, "an entry says CRDT or DBIT");
            }
            movement.amount = None;
            false
        }
    };
    movement.currency = facts.amount.currency;
    if facts.debit.is_some() {
        movement.amount = facts.amount.value.map(|value| signed(value, debit));
    }
    movement.pending = matches!(facts.status.as_deref(), Some("PDNG" | "INFO" | "FUTR"));
    own.details.additional_information = facts.information;
    let currency = facts.amount.currency.or_else(|| assembly.currency());
    if payments.len() == 1
        && let Some(only) = payments.pop()
    {
        let information = own.details.additional_information.take();
        let single = only.merged_over(own, debit, facts.reversal, currency);
        movement.details = single;
        movement.details.additional_information = joined(information, movement.details.additional_information.take());
    } else {
        movement.details = own.settled(debit, facts.reversal, currency);
        let mut total = Some(Exact::ZERO);
        movement.parts = payments
            .into_iter()
            .map(|payment| {
                let debit = payment.debit.unwrap_or(debit);
                let amount = payment.amount.map(|value| signed(value, debit));
                total = total.zip(amount).map(|(total, amount)| total.plus(amount));
                let own_currency = payment.amount_currency.or(currency);
                let amount = amount.zip(own_currency).and_then(|(amount, currency)| amount.money(currency).ok());
                Part { amount, details: payment.settled(debit, facts.reversal, currency) }
            })
            .collect();
        let differs = total.zip(movement.amount).is_some_and(|(total, amount)| total != amount);
        if differs && !movement.parts.is_empty() {
            assembly.warn("the payments of a batch do not add up to its amount; the entry's amount was kept");
        }
    }
    assembly.movement(movement);
}

/// Both texts, the entry's first; the same text once.
fn joined(entry: Option<String>, payment: Option<String>) -> Option<String> {
    match (entry, payment) {
        (Some(entry), Some(payment)) if entry != payment => Some(format!("{entry}\n{payment}")),
        (entry, payment) => entry.or(payment),
    }
}

fn signed(value: Exact, debit: bool) -> Exact {
    if debit { value.negated() } else { value }
}

impl Payment {
    /// The details once the direction is known: who the other side is, and signs.
    pub(super) fn settled(self, debit: bool, reversal: bool, currency: Option<domain::Currency>) -> domain::Details {
        let Payment { mut details, parties, returned, original, charge, .. } = self;
        // A returned or reversed payment quotes the parties of the first one: the roles are swapped.
        details.counterparty = parties.other_side(debit != (returned || reversal));
        if details.structured.is_none() {
            details.structured = details.remittance.iter().find_map(|line| belgian(line));
        }
        if let Some((value, foreign)) = original
            && Some(foreign) != currency
        {
            details.original_amount = signed(value.magnitude(), debit).money(foreign).ok();
        }
        if details.original_amount.is_none() {
            details.exchange_rate = None;
        }
        details.fee = charge.and_then(|(value, own)| value.money(own.or(currency)?).ok());
        details
    }

    /// The only payment of an entry, with what only the entry says.
    fn merged_over(
        mut self,
        entry: Payment,
        debit: bool,
        reversal: bool,
        currency: Option<domain::Currency>,
    ) -> domain::Details {
        if self.original.is_none() {
            self.original = entry.original;
            self.details.exchange_rate = self.details.exchange_rate.or(entry.details.exchange_rate.clone());
        }
        self.charge = self.charge.or(entry.charge);
        let mut details = self.settled(debit, reversal, currency);
        let own = entry.details;
        details.bank_id = own.bank_id.or(details.bank_id);
        details.entry_reference = own.entry_reference;
        details.bank_transaction_code = details.bank_transaction_code.or(own.bank_transaction_code);
        details.proprietary_code = details.proprietary_code.or(own.proprietary_code);
        details.card_reference = details.card_reference.or(own.card_reference);
        details
    }
}

/// A Belgian structured communication that a bank put into free text, `+++090/9337/55493+++`.
fn belgian(line: &str) -> Option<StructuredReference> {
    let line = line.trim();
    let inner =
        line.strip_prefix("+++")?.strip_suffix("+++").or_else(|| line.strip_prefix("***")?.strip_suffix("***"))?;
    match StructuredReference::parse(inner) {
        found @ StructuredReference::Ogm(_) => Some(found),
        StructuredReference::Creditor(_) | StructuredReference::Qr(_) | StructuredReference::Other(_) => None,
    }
}

impl Parties {
    /// The counterparty: who pays us when money comes in, whom we pay when it goes out.
    fn other_side(self, paid_by_us: bool) -> domain::Party {
        let (side, ultimate, agent) = if paid_by_us {
            (self.creditor, self.ultimate_creditor, self.creditor_agent)
        } else {
            (self.debtor, self.ultimate_debtor.or(self.initiator), self.debtor_agent)
        };
        domain::Party { name: side.name.or(ultimate), account: side.account, bic: agent }
    }
}
