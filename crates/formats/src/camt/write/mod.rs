//! Writes camt.053.001.08 (ISO 20022, schema of February 2019), element order as the schema has it.

mod out;

use domain::{Balance, BalanceKind, Date, Details, Entry, Money, Part, Statement, StructuredReference};

use crate::{WriteError, Written};
use out::Out;

/// Writes the statements as one message. Its identification and creation time come from the statements, so that the
/// same statements always give the same bytes.
pub(in crate::camt) fn write(statements: &[Statement]) -> Result<Written, WriteError> {
    let mut out = Out::default();
    out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.text.push_str("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\n<BkToCstmrStmt>\n");
    let first = statements.first();
    let created = statements.iter().filter_map(last_day).max().unwrap_or(Date::constant(1970, 1, 1));
    out.open("GrpHdr");
    out.limited("MsgId", first.and_then(|s| s.id.as_deref()).unwrap_or("NOTPROVIDED"), 35);
    out.plain("CreDtTm", &format!("{created}T00:00:00"));
    out.close("GrpHdr");
    for (index, statement) in statements.iter().enumerate() {
        write_statement(&mut out, statement).map_err(|reason| WriteError::Impossible {
            statement: index + 1,
            format: "camt.053.001.08",
            reason,
        })?;
    }
    out.text.push_str("</BkToCstmrStmt>\n</Document>\n");
    Ok(Written { bytes: out.text.into_bytes(), losses: out.losses })
}

/// The last day that a statement speaks of.
fn last_day(statement: &Statement) -> Option<Date> {
    let balances = [&statement.opening, &statement.closing].into_iter().flatten().map(|balance| balance.date);
    let entries = statement.entries.iter().map(|entry| entry.transaction.booked_on);
    balances.chain(entries).max()
}

fn write_statement(out: &mut Out, statement: &Statement) -> Result<(), String> {
    if statement.opening.is_none() && statement.closing.is_none() && statement.other_balances.is_empty() {
        return Err("camt.053 demands a balance, and this statement has none; csv and json do not".into());
    }
    if statement.account.as_str().is_empty() {
        return Err("camt.053 demands an account, and this statement names none; give one with --account".into());
    }
    out.open("Stmt");
    out.limited("Id", statement.id.as_deref().unwrap_or("NOTPROVIDED"), 35);
    if let Some(pages) = statement.pages {
        out.open("StmtPgntn");
        out.plain("PgNb", &pages.number.to_string());
        out.plain("LastPgInd", if pages.last { "true" } else { "false" });
        out.close("StmtPgntn");
    }
    match statement.number.as_deref() {
        Some(number) if number.len() <= 18 && number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty() => {
            out.plain("ElctrncSeqNb", number);
        }
        Some(number) => out.lose(format!("the statement number '{number}' is no number")),
        None => {}
    }
    if let Some((from, to)) = statement.period {
        out.open("FrToDt");
        out.plain("FrDtTm", &format!("{from}T00:00:00"));
        out.plain("ToDtTm", &format!("{to}T23:59:59"));
        out.close("FrToDt");
    }
    out.open("Acct");
    out.account_id(statement.account.as_str(), matches!(statement.account, domain::AccountReference::Iban(_)));
    out.plain("Ccy", statement.currency.code());
    out.wrapped("Ownr", "Nm", statement.holder.as_deref(), 140);
    if let Some(bic) = statement.servicer_bic.as_deref() {
        out.agent("Svcr", bic);
    }
    out.close("Acct");
    for balance in statement.opening.iter().chain(&statement.closing).chain(&statement.other_balances) {
        write_balance(out, balance);
    }
    for entry in &statement.entries {
        write_entry(out, entry);
    }
    out.close("Stmt");
    Ok(())
}

fn write_balance(out: &mut Out, balance: &Balance) {
    let code = match balance.kind {
        BalanceKind::OpeningBooked => "OPBD",
        BalanceKind::ClosingBooked => "CLBD",
        BalanceKind::InterimBooked => "ITBD",
        BalanceKind::Available => "CLAV",
        BalanceKind::ForwardAvailable => "FWAV",
    };
    out.open("Bal");
    out.open("Tp");
    out.wrapped("CdOrPrtry", "Cd", Some(code), 4);
    out.close("Tp");
    out.amount("Amt", balance.amount);
    out.direction(balance.amount);
    out.wrapped("Dt", "Dt", Some(&balance.date.to_string()), 10);
    out.close("Bal");
}

fn write_entry(out: &mut Out, entry: &Entry) {
    let transaction = &entry.transaction;
    let details = &transaction.details;
    out.open("Ntry");
    out.optional("NtryRef", details.entry_reference.as_deref(), 35);
    out.amount("Amt", transaction.amount);
    out.direction(transaction.amount);
    out.wrapped("Sts", "Cd", Some("BOOK"), 4);
    out.wrapped("BookgDt", "Dt", Some(&transaction.booked_on.to_string()), 10);
    out.wrapped("ValDt", "Dt", transaction.value_on.map(|day| day.to_string()).as_deref(), 10);
    out.optional("AcctSvcrRef", details.bank_id.as_deref(), 35);
    if details.bank_transaction_code.is_some() || details.proprietary_code.is_some() {
        out.bank_transaction_code(details);
    } else {
        out.open("BkTxCd");
        out.wrapped("Prtry", "Cd", Some("NOTPROVIDED"), 35);
        out.close("BkTxCd");
    }
    if entry.parts.is_empty() {
        let payment = payment_of(details, transaction.amount, None);
        if !payment.is_empty() {
            out.open("NtryDtls");
            out.nested("TxDtls", payment, details);
            out.close("NtryDtls");
        }
    } else {
        write_batch(out, entry);
    }
    out.optional("AddtlNtryInf", details.additional_information.as_deref(), 500);
    out.close("Ntry");
}

/// A batch: what the entry itself has a place for, then its payments.
fn write_batch(out: &mut Out, entry: &Entry) {
    let details = &entry.transaction.details;
    if let Some(original) = details.original_amount {
        out.original(original, entry.transaction.amount, details.exchange_rate.as_deref());
    }
    if let Some(fee) = details.fee {
        out.open("Chrgs");
        out.amount("TtlChrgsAndTaxAmt", fee);
        out.close("Chrgs");
    }
    out.card(details.card_reference.as_deref());
    let inside =
        Details { original_amount: None, exchange_rate: None, fee: None, card_reference: None, ..details.clone() };
    if !payment_of(&inside, entry.transaction.amount, None).is_empty() {
        out.lose("the counterparty, references and texts of a batch stand in its payments only".to_owned());
    }
    out.open("NtryDtls");
    for part in &entry.parts {
        write_part(out, part, entry.transaction.amount);
    }
    out.close("NtryDtls");
}

/// A part has what an entry has one level up: its amount, its reference, its codes and its information.
fn write_part(out: &mut Out, part: &Part, entry: Money) {
    let sign = part.amount.unwrap_or(entry);
    let payment = payment_of(&part.details, sign, Some(part));
    out.nested("TxDtls", payment, &part.details);
}

/// The elements of `TxDtls` in the schema's order.
fn payment_of(details: &Details, sign: Money, part: Option<&Part>) -> Out {
    let mut out = Out::default();
    let mut refs = Out::default();
    if part.is_some() {
        refs.optional("AcctSvcrRef", details.bank_id.as_deref(), 35);
    }
    refs.optional("EndToEndId", details.end_to_end_id.as_deref(), 35);
    refs.optional("MndtId", details.mandate_id.as_deref(), 35);
    out.around("Refs", refs);
    if let Some(amount) = part.and_then(|part| part.amount) {
        out.amount("Amt", amount);
        out.direction(amount);
    }
    if let Some(original) = details.original_amount {
        out.original(original, sign, details.exchange_rate.as_deref());
    }
    if part.is_some() && (details.bank_transaction_code.is_some() || details.proprietary_code.is_some()) {
        out.bank_transaction_code(details);
    }
    if let Some(fee) = details.fee {
        out.open("Chrgs");
        out.amount("TtlChrgsAndTaxAmt", fee);
        out.close("Chrgs");
    }
    write_parties(&mut out, details, sign);
    out.wrapped("Purp", "Cd", details.purpose_code.as_deref(), 4);
    write_remittance(&mut out, details);
    out.card(details.card_reference.as_deref());
    if part.is_some() {
        out.optional("AddtlTxInf", details.additional_information.as_deref(), 500);
    }
    out
}

fn write_parties(out: &mut Out, details: &Details, sign: Money) {
    let party = &details.counterparty;
    let (role, account, agent) =
        if sign.is_debit() { ("Cdtr", "CdtrAcct", "CdtrAgt") } else { ("Dbtr", "DbtrAcct", "DbtrAgt") };
    let mut sides = Out::default();
    let mut creditor = Out::default();
    if role == "Cdtr" {
        creditor.optional("Nm", party.name.as_deref(), 140);
    } else if party.name.is_some() {
        sides.open(role);
        sides.wrapped("Pty", "Nm", party.name.as_deref(), 140);
        sides.close(role);
    }
    if let Some(number) = party.account.as_deref().filter(|_| role == "Dbtr") {
        sides.account(account, number);
    }
    if let Some(id) = details.creditor_id.as_deref() {
        creditor.open("Id");
        creditor.open("PrvtId");
        creditor.open("Othr");
        creditor.optional("Id", Some(id), 35);
        creditor.wrapped("SchmeNm", "Prtry", Some("SEPA"), 35);
        creditor.close("Othr");
        creditor.close("PrvtId");
        creditor.close("Id");
    }
    if !creditor.is_empty() {
        sides.open("Cdtr");
        sides.around("Pty", creditor);
        sides.close("Cdtr");
    }
    if let Some(number) = party.account.as_deref().filter(|_| role == "Cdtr") {
        sides.account(account, number);
    }
    out.around("RltdPties", sides);
    if let Some(bic) = party.bic.as_deref() {
        out.open("RltdAgts");
        out.agent(agent, bic);
        out.close("RltdAgts");
    }
}

fn write_remittance(out: &mut Out, details: &Details) {
    let mut remittance = Out::default();
    for line in &details.remittance {
        remittance.pieces("Ustrd", line, 140);
    }
    if let Some(reference) = &details.structured {
        let kind = match reference {
            StructuredReference::Ogm(_) => ("Prtry", "BBA"),
            StructuredReference::Creditor(_) => ("Cd", "SCOR"),
            StructuredReference::Qr(_) => ("Prtry", "QRR"),
            StructuredReference::Other(_) => ("Prtry", "OTHER"),
        };
        remittance.open("Strd");
        remittance.open("CdtrRefInf");
        remittance.open("Tp");
        remittance.wrapped("CdOrPrtry", kind.0, Some(kind.1), 35);
        remittance.close("Tp");
        remittance.optional("Ref", Some(reference.as_str()), 35);
        remittance.close("CdtrRefInf");
        remittance.close("Strd");
    }
    out.around("RmtInf", remittance);
}
