//! One payment of an entry (`TxDtls`), and the pieces that entries and payments share.

use domain::{Currency, Details, StructuredReference};

use super::value::{Amount, account_id, bic, direction, given};
use crate::Exact;
use crate::assembly::Assembly;
use crate::xml::{Step, Xml};

/// Name and account of one side.
#[derive(Default)]
pub(super) struct Side {
    pub(super) name: Option<String>,
    pub(super) account: Option<String>,
}

/// Everybody that a payment names, before it is known who of them is the counterparty.
#[derive(Default)]
pub(super) struct Parties {
    pub(super) debtor: Side,
    pub(super) creditor: Side,
    pub(super) ultimate_debtor: Option<String>,
    pub(super) ultimate_creditor: Option<String>,
    pub(super) initiator: Option<String>,
    pub(super) debtor_agent: Option<String>,
    pub(super) creditor_agent: Option<String>,
}

/// One payment as written.
#[derive(Default)]
pub(super) struct Payment {
    pub(super) amount: Option<Exact>,
    pub(super) amount_currency: Option<Currency>,
    pub(super) debit: Option<bool>,
    pub(super) details: Details,
    pub(super) parties: Parties,
    pub(super) returned: bool,
    /// The amount that was ordered, with its currency.
    pub(super) original: Option<(Exact, Currency)>,
    /// Charges, with their currency when it is named.
    pub(super) charge: Option<(Exact, Option<Currency>)>,
}

/// Reads one `TxDtls`, the `number`th of its entry.
pub(super) fn payment(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, path: &str, number: usize) -> Step<Payment> {
    let mut payment = Payment::default();
    let mut transaction_id = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Refs" => transaction_id = references(xml, &mut payment.details)?,
            "Amt" => {
                let amount = Amount::read(xml)?;
                if amount.value.is_none() {
                    assembly.defect(
                        format!("{path}/TxDtls[{number}]/Amt"),
                        &amount.text,
                        "an amount is a decimal number",
                    );
                }
                (payment.amount, payment.amount_currency) = (amount.value, amount.currency);
            }
            "CdtDbtInd" => payment.debit = direction(xml)?,
            "AmtDtls" => exchange(xml, assembly, path, &mut payment)?,
            "BkTxCd" => bank_transaction_code(xml, &mut payment.details)?,
            "Chrgs" => payment.charge = charges(xml)?,
            "RltdPties" => parties(xml, &mut payment)?,
            "RltdAgts" => agents(xml, &mut payment.parties)?,
            "Purp" => payment.details.purpose_code = code(xml)?,
            "RmtInf" => remittance(xml, &mut payment.details)?,
            "RtrInf" => {
                payment.returned = true;
                xml.skip()?;
            }
            "CardTx" => payment.details.card_reference = card(xml)?,
            "AddtlTxInf" => payment.details.additional_information = xml.text()?,
            _ => xml.skip()?,
        }
    }
    if payment.details.bank_id.is_none() {
        payment.details.bank_id = transaction_id;
    }
    Ok(payment)
}

/// `Refs`; answers the `TxId`, which stands in for the bank's own reference.
fn references(xml: &mut Xml<'_>, details: &mut Details) -> Step<Option<String>> {
    let mut transaction_id = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "AcctSvcrRef" => details.bank_id = given(xml.text()?),
            "EndToEndId" => details.end_to_end_id = given(xml.text()?),
            "MndtId" => details.mandate_id = given(xml.text()?),
            "TxId" => transaction_id = given(xml.text()?),
            _ => xml.skip()?,
        }
    }
    Ok(transaction_id)
}

/// `AmtDtls`: the amount that was ordered and how it was converted.
pub(super) fn exchange(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, path: &str, payment: &mut Payment) -> Step<()> {
    while let Some(name) = xml.child()? {
        let instructed = name.as_str() == "InstdAmt";
        let transacted = name.as_str() == "TxAmt";
        if !(instructed || transacted || name.as_str() == "CntrValAmt") {
            xml.skip()?;
            continue;
        }
        while let Some(name) = xml.child()? {
            match name.as_str() {
                "Amt" => {
                    let amount = Amount::read(xml)?;
                    if amount.value.is_none() {
                        assembly.defect(format!("{path}/AmtDtls"), &amount.text, "an amount is a decimal number");
                    }
                    if transacted && payment.amount.is_none() {
                        (payment.amount, payment.amount_currency) = (amount.value, amount.currency);
                    }
                    let better = instructed || payment.original.is_none();
                    if better && let Some(original) = amount.value.zip(amount.currency) {
                        payment.original = Some(original);
                    }
                }
                "CcyXchg" => {
                    while let Some(name) = xml.child()? {
                        match name.as_str() {
                            "XchgRate" => payment.details.exchange_rate = xml.text()?,
                            _ => xml.skip()?,
                        }
                    }
                }
                _ => xml.skip()?,
            }
        }
    }
    Ok(())
}

/// `Chrgs`: the total, or the first charge when no total is stated.
pub(super) fn charges(xml: &mut Xml<'_>) -> Step<Option<(Exact, Option<Currency>)>> {
    let (mut total, mut first) = (None, None);
    let taken = |amount: Amount| amount.value.map(|value| (value, amount.currency));
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "TtlChrgsAndTaxAmt" => total = taken(Amount::read(xml)?),
            "Amt" => first = first.or(taken(Amount::read(xml)?)),
            "Rcrd" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "Amt" => first = first.or(taken(Amount::read(xml)?)),
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(total.or(first))
}

/// `BkTxCd`: domain, family and sub-family joined, and the bank's own code beside them.
pub(super) fn bank_transaction_code(xml: &mut Xml<'_>, details: &mut Details) -> Step<()> {
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Domn" => {
                let (mut domain, mut family, mut sub_family) = (None, None, None);
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "Cd" => domain = xml.text()?,
                        "Fmly" => {
                            while let Some(name) = xml.child()? {
                                match name.as_str() {
                                    "Cd" => family = xml.text()?,
                                    "SubFmlyCd" => sub_family = xml.text()?,
                                    _ => xml.skip()?,
                                }
                            }
                        }
                        _ => xml.skip()?,
                    }
                }
                let codes: Vec<String> = [domain, family, sub_family].into_iter().map_while(|code| code).collect();
                details.bank_transaction_code = Some(codes.join("-")).filter(|code| !code.is_empty());
            }
            "Prtry" => details.proprietary_code = given(code(xml)?),
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// The text of `Cd` under the current element.
fn code(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Cd" => found = xml.text()?,
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

fn parties(xml: &mut Xml<'_>, payment: &mut Payment) -> Step<()> {
    let mut creditor_id = None;
    let sides = &mut payment.parties;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Dbtr" => sides.debtor.name = party(xml, &mut None)?,
            "Cdtr" => sides.creditor.name = party(xml, &mut creditor_id)?,
            "UltmtDbtr" => sides.ultimate_debtor = party(xml, &mut None)?,
            "UltmtCdtr" => sides.ultimate_creditor = party(xml, &mut None)?,
            "InitgPty" => sides.initiator = party(xml, &mut None)?,
            "DbtrAcct" => sides.debtor.account = account(xml)?,
            "CdtrAcct" => sides.creditor.account = account(xml)?,
            _ => xml.skip()?,
        }
    }
    payment.details.creditor_id = creditor_id;
    Ok(())
}

/// A party's name, directly or under `Pty`, and its SEPA creditor identifier.
fn party(xml: &mut Xml<'_>, creditor_id: &mut Option<String>) -> Step<Option<String>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Nm" => found = xml.text()?,
            "Pty" => found = party(xml, creditor_id)?,
            "Id" => private_id(xml, creditor_id)?,
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

/// `Id/PrvtId/Othr/Id`, where SEPA keeps the creditor identifier.
fn private_id(xml: &mut Xml<'_>, creditor_id: &mut Option<String>) -> Step<()> {
    while let Some(name) = xml.child()? {
        if name.as_str() != "PrvtId" {
            xml.skip()?;
            continue;
        }
        while let Some(name) = xml.child()? {
            if name.as_str() != "Othr" {
                xml.skip()?;
                continue;
            }
            while let Some(name) = xml.child()? {
                match name.as_str() {
                    "Id" => *creditor_id = xml.text()?.filter(|id| is_creditor_id(id)),
                    _ => xml.skip()?,
                }
            }
        }
    }
    Ok(())
}

/// The form of a SEPA creditor identifier (EPC AT-02): country, two check digits, three characters, national id.
fn is_creditor_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    (8..=35).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
}

fn account(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Id" => found = account_id(xml)?,
            _ => xml.skip()?,
        }
    }
    Ok(found.map(|text| domain::AccountReference::parse(&text).as_str().to_owned()))
}

fn agents(xml: &mut Xml<'_>, parties: &mut Parties) -> Step<()> {
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "DbtrAgt" => parties.debtor_agent = bic(xml)?,
            "CdtrAgt" => parties.creditor_agent = bic(xml)?,
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// `RmtInf`: free lines in their order, and the first structured reference.
fn remittance(xml: &mut Xml<'_>, details: &mut Details) -> Step<()> {
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Ustrd" => details.remittance.extend(xml.text()?),
            "Strd" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "CdtrRefInf" => {
                            while let Some(name) = xml.child()? {
                                match name.as_str() {
                                    "Ref" | "CdtrRef" => {
                                        let reference = xml.text()?.map(|text| StructuredReference::parse(&text));
                                        details.structured = details.structured.take().or(reference);
                                    }
                                    _ => xml.skip()?,
                                }
                            }
                        }
                        "AddtlRmtInf" => details.remittance.extend(xml.text()?),
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// The number of a card; masked ones do not fit the schema's digits and stand in `AddtlCardData`.
pub(super) fn card(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Card" | "PlainCardData" => found = card(xml)?.or(found),
            "PAN" => found = xml.text()?,
            "AddtlCardData" => found = found.or(xml.text()?),
            _ => xml.skip()?,
        }
    }
    Ok(found)
}
