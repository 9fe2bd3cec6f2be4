//! SEPA direct debits: a file of collections as pain.008.001.08 (ISO 20022, as the EPC's core scheme uses it). Pure.

use std::fmt::Write;

use domain::{Currency, Date, Money, Timestamp};

use super::ubl::escaped;

/// Whether a mandate is used for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sequence {
    /// For the first time.
    First,
    /// Again.
    Recurrent,
}

impl Sequence {
    /// The code of the standard.
    pub fn code(self) -> &'static str {
        match self {
            Sequence::First => "FRST",
            Sequence::Recurrent => "RCUR",
        }
    }
}

/// Who collects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creditor {
    /// Name.
    pub name: String,
    /// The account that is paid to.
    pub iban: String,
    /// The BIC of its bank.
    pub bic: Option<String>,
    /// SEPA creditor identifier.
    pub id: String,
}

/// One collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The number of the invoice, which the payer's statement will show.
    pub invoice: String,
    /// How much, in euro cents.
    pub minor: i64,
    /// The mandate.
    pub mandate: String,
    /// When it was signed.
    pub signed_on: Date,
    /// Whose account it is.
    pub debtor: String,
    /// The account.
    pub iban: String,
    /// First or again.
    pub sequence: Sequence,
}

/// The file: one group a sequence, all collected on one day.
pub fn write(creditor: &Creditor, id: &str, made_at: Timestamp, collect_on: Date, all: &[Collection]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.008.001.08\">\n<CstmrDrctDbtInitn>\n",
    );
    let at = made_at.to_string();
    let seconds = at.get(..19).unwrap_or(&at);
    let _ = writeln!(
        out,
        "<GrpHdr><MsgId>{id}</MsgId><CreDtTm>{seconds}</CreDtTm>{}<InitgPty><Nm>{}</Nm></InitgPty></GrpHdr>",
        sums(all.iter()),
        latin(&creditor.name)
    );
    for sequence in [Sequence::First, Sequence::Recurrent] {
        if all.iter().any(|one| one.sequence == sequence) {
            group(&mut out, creditor, id, collect_on, sequence, all);
        }
    }
    out.push_str("</CstmrDrctDbtInitn>\n</Document>\n");
    out
}

fn group(out: &mut String, creditor: &Creditor, id: &str, on: Date, sequence: Sequence, all: &[Collection]) {
    let own = || all.iter().filter(|one| one.sequence == sequence);
    let code = sequence.code();
    let _ = write!(
        out,
        "<PmtInf>\n<PmtInfId>{id}-{code}</PmtInfId><PmtMtd>DD</PmtMtd>{}\n\
         <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>{code}</SeqTp></PmtTpInf>\n\
         <ReqdColltnDt>{on}</ReqdColltnDt>\n<Cdtr><Nm>{}</Nm></Cdtr>\n<CdtrAcct><Id><IBAN>{}</IBAN></Id></CdtrAcct>\n\
         <CdtrAgt>{}</CdtrAgt>\n<ChrgBr>SLEV</ChrgBr>\n<CdtrSchmeId><Id><PrvtId><Othr><Id>{}</Id>\
         <SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id></CdtrSchmeId>\n",
        sums(own()),
        latin(&creditor.name),
        escaped(&creditor.iban),
        agent(creditor.bic.as_deref()),
        escaped(&creditor.id),
    );
    for one in own() {
        let _ = write!(
            out,
            "<DrctDbtTxInf>\n<PmtId><EndToEndId>{invoice}</EndToEndId></PmtId><InstdAmt Ccy=\"EUR\">{}</InstdAmt>\n\
             <DrctDbtTx><MndtRltdInf><MndtId>{}</MndtId><DtOfSgntr>{}</DtOfSgntr></MndtRltdInf></DrctDbtTx>\n\
             <DbtrAgt>{}</DbtrAgt>\n<Dbtr><Nm>{}</Nm></Dbtr>\n<DbtrAcct><Id><IBAN>{}</IBAN></Id></DbtrAcct>\n\
             <RmtInf><Ustrd>{invoice}</Ustrd></RmtInf>\n</DrctDbtTxInf>\n",
            decimal(one.minor),
            latin(&one.mandate),
            one.signed_on,
            agent(None),
            latin(&one.debtor),
            escaped(&one.iban),
            invoice = latin(&one.invoice),
        );
    }
    out.push_str("</PmtInf>\n");
}

fn sums<'a>(all: impl Iterator<Item = &'a Collection>) -> String {
    let (count, sum) = all.fold((0, 0), |(count, sum), one| (count + 1, sum + one.minor));
    format!("<NbOfTxs>{count}</NbOfTxs><CtrlSum>{}</CtrlSum>", decimal(sum))
}

fn agent(bic: Option<&str>) -> String {
    match bic {
        Some(bic) => format!("<FinInstnId><BICFI>{}</BICFI></FinInstnId>", escaped(bic)),
        // Inside the SEPA area the IBAN is enough.
        None => "<FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId>".to_owned(),
    }
}

fn decimal(minor: i64) -> String {
    Money::new(minor, Currency::EUR).decimal()
}

/// The letters that every bank of the scheme takes, at most seventy.
fn latin(text: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '-' | '?' | ':' | '(' | ')' | '.' | ',' | '\'' | '+' | ' ' => c,
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        'ß' => 's',
        _ => '.',
    };
    text.chars().map(plain).take(70).collect()
}
