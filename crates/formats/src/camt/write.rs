//! Writes camt.053.001.08 (ISO 20022, schema of February 2019), element order as the schema has it.

use std::fmt::Write;

use domain::{Balance, BalanceKind, Date, Details, Entry, Money, Part, Statement, StructuredReference};

use crate::{WriteError, Written};

/// Writes the statements as one message. Its identification and creation time come from the statements, so that the
/// same statements always give the same bytes.
pub(super) fn write(statements: &[Statement]) -> Result<Written, WriteError> {
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
    let payment = payment_of(details, transaction.amount, None);
    if !payment.is_empty() || !entry.parts.is_empty() {
        out.open("NtryDtls");
        if entry.parts.is_empty() {
            out.nested("TxDtls", payment, details);
        } else {
            for part in &entry.parts {
                write_part(out, part, transaction.amount);
            }
        }
        out.close("NtryDtls");
    }
    out.optional("AddtlNtryInf", details.additional_information.as_deref(), 500);
    out.close("Ntry");
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
        out.open("AmtDtls");
        out.open("InstdAmt");
        out.amount("Amt", original);
        out.exchange(original, sign, details.exchange_rate.as_deref());
        out.close("InstdAmt");
        out.close("AmtDtls");
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
    if let Some(card) = details.card_reference.as_deref() {
        out.open("CardTx");
        out.open("Card");
        out.optional("MskdPAN", Some(card), 30);
        out.close("Card");
        out.close("CardTx");
    }
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

/// A piece of XML with what it could not carry.
#[derive(Default)]
struct Out {
    text: String,
    losses: Vec<String>,
}

impl Out {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn lose(&mut self, loss: String) {
        if self.losses.len() < 100 && !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    fn open(&mut self, name: &str) {
        self.text.extend(["<", name, ">"]);
    }

    fn close(&mut self, name: &str) {
        self.text.extend(["</", name, ">\n"]);
    }

    /// A text that needs no escaping.
    fn plain(&mut self, name: &str, text: &str) {
        self.text.extend(["<", name, ">", text, "</", name, ">\n"]);
    }

    fn optional(&mut self, name: &str, text: Option<&str>, longest: usize) {
        if let Some(text) = text {
            self.limited(name, text, longest);
        }
    }

    /// A text of bounded length, escaped; characters that XML cannot hold become blanks.
    fn limited(&mut self, name: &str, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.lose(format!("a text was cut to the {longest} characters of {name}"));
        }
        self.open(name);
        for character in text.chars().take(longest) {
            self.escape(name, character);
        }
        self.close(name);
    }

    fn escape(&mut self, name: &str, character: char) {
        match character {
            '&' => self.text.push_str("&amp;"),
            '<' => self.text.push_str("&lt;"),
            '>' => self.text.push_str("&gt;"),
            // A carriage return that stands as itself is read back as a line feed (XML 1.0, section 2.11).
            '\r' => self.text.push_str("&#13;"),
            '\n' | '\t' => self.text.push(character),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
                self.lose(format!("{name} held a character that XML cannot hold"));
                self.text.push(' ');
            }
            c => self.text.push(c),
        }
    }

    /// A text that repeats its element when it is too long for one.
    fn pieces(&mut self, name: &str, text: &str, longest: usize) {
        let characters: Vec<char> = text.chars().collect();
        if characters.len() > longest {
            self.lose(format!("a line was broken into several {name} of {longest} characters"));
        }
        for piece in characters.chunks(longest) {
            self.limited(name, &piece.iter().collect::<String>(), longest);
        }
    }

    /// An element around one other, left out when there is no text.
    fn wrapped(&mut self, outer: &str, inner: &str, text: Option<&str>, longest: usize) {
        if text.is_some() {
            self.open(outer);
            self.optional(inner, text, longest);
            self.close(outer);
        }
    }

    /// An element around others, left out when there are none.
    fn around(&mut self, name: &str, inner: Out) {
        if !inner.is_empty() {
            self.open(name);
            self.text.push_str(&inner.text);
            self.close(name);
        }
        for loss in inner.losses {
            self.lose(loss);
        }
    }

    /// A payment; one that has nothing to say still has to stand there as a part.
    fn nested(&mut self, name: &str, inner: Out, details: &Details) {
        if inner.is_empty() && *details == Details::default() {
            self.plain(name, "");
        } else {
            self.around(name, inner);
        }
    }

    fn amount(&mut self, name: &str, amount: Money) {
        let text = amount.decimal();
        let unsigned = text.trim_start_matches('-');
        let _ = writeln!(self.text, "<{name} Ccy=\"{}\">{unsigned}</{name}>", amount.currency());
    }

    fn direction(&mut self, amount: Money) {
        self.plain("CdtDbtInd", if amount.is_debit() { "DBIT" } else { "CRDT" });
    }

    fn account(&mut self, name: &str, number: &str) {
        self.open(name);
        self.account_id(number, domain::Iban::parse(number).is_ok());
        self.close(name);
    }

    fn account_id(&mut self, number: &str, is_iban: bool) {
        self.open("Id");
        if is_iban {
            self.optional("IBAN", Some(number), 34);
        } else {
            self.wrapped("Othr", "Id", Some(number), 34);
        }
        self.close("Id");
    }

    fn agent(&mut self, name: &str, bic: &str) {
        if domain::Bic::parse(bic).is_err() {
            self.lose(format!("'{bic}' is no BIC"));
            return;
        }
        self.open(name);
        self.wrapped("FinInstnId", "BICFI", Some(bic), 11);
        self.close(name);
    }

    fn bank_transaction_code(&mut self, details: &Details) {
        self.open("BkTxCd");
        if let Some(code) = details.bank_transaction_code.as_deref() {
            let mut parts = code.splitn(3, '-');
            let mut next = || parts.next().unwrap_or("OTHR");
            let (domain, family, sub_family) = (next(), next(), next());
            self.open("Domn");
            self.optional("Cd", Some(domain), 4);
            self.open("Fmly");
            self.optional("Cd", Some(family), 4);
            self.optional("SubFmlyCd", Some(sub_family), 4);
            self.close("Fmly");
            self.close("Domn");
        }
        self.wrapped("Prtry", "Cd", details.proprietary_code.as_deref(), 35);
        self.close("BkTxCd");
    }

    /// The rate, when it is a number that the schema takes (at most 11 digits, 10 of them decimals).
    fn exchange(&mut self, original: Money, booked: Money, rate: Option<&str>) {
        let Some(rate) = rate else { return };
        let digits = rate.bytes().filter(u8::is_ascii_digit).count();
        let number = digits > 0 && digits <= 11 && rate.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !number {
            return self.lose(format!("the exchange rate '{rate}' is no plain number"));
        }
        self.open("CcyXchg");
        self.plain("SrcCcy", original.currency().code());
        self.plain("TrgtCcy", booked.currency().code());
        self.plain("XchgRate", rate);
        self.close("CcyXchg");
    }
}
