//! `:86:`, the information to the account holder: one field, many dialects.

use domain::{AccountReference, Bic, Details, Iban, StructuredReference};

/// Reads the lines into the details. What fits no dialect stays as free lines, as sent.
pub(super) fn explain(lines: &[String], details: &mut Details) {
    if lines.iter().all(|line| line.trim().is_empty()) {
        return;
    }
    if let Some((code, separator)) = german_start(&lines[0]) {
        german(&lines.concat(), code, separator, details);
    } else if let Some(fields) = slash_fields(&lines.concat()) {
        slashes(&fields, details);
    } else {
        free(lines, details);
    }
    if details.structured.is_none() {
        details.structured = details.remittance.iter().find_map(|line| structured(line));
    }
}

/// A business transaction code of three digits, and the character that separates the subfields.
fn german_start(line: &str) -> Option<(&str, char)> {
    let (code, rest) = line.split_at_checked(3)?;
    let separator = rest.chars().next().filter(|c| c.is_ascii_punctuation() && !matches!(c, '/' | ',' | '.' | '-'))?;
    let behind = &rest[separator.len_utf8()..];
    let subfield = behind.get(..2)?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (digits(code) && digits(subfield)).then_some((code, separator))
}

/// Keywords of SEPA inside the German subfields (DFÜ agreement, appendix 3), each at the beginning of a subfield.
const SEPA_WORDS: &[&str] = &[
    "EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC", "PURP", "SQTP",
    "ORCR", "ORMR", "DDAT", "BREF", "RREF", "INFO",
];

/// `NNN?00text?10…?20-29 and ?60-63 purpose?30 bank?31 account?32?33 name?34…`, wrapped anywhere.
fn german(text: &str, code: &str, separator: char, details: &mut Details) {
    let swift = details.proprietary_code.take().unwrap_or_default();
    details.proprietary_code = Some(format!("{swift}/{code}"));
    let mut purpose: Vec<&str> = Vec::new();
    let mut name = String::new();
    let (mut bank, mut account) = (None, None);
    for (subfield, value) in subfields(&text[3..], separator) {
        let trimmed = value.trim();
        match subfield {
            0 => details.additional_information = given(trimmed).or(details.additional_information.take()),
            20..=29 | 60..=63 if !trimmed.is_empty() => purpose.push(value.trim_end()),
            30 => bank = given(trimmed),
            31 => account = given(trimmed),
            32 => name = trimmed.to_owned(),
            33 if !trimmed.is_empty() => {
                // A name that fills its 27 characters was cut there; a shorter one ended.
                if !name.is_empty() && name.chars().count() < 27 {
                    name.push(' ');
                }
                name.push_str(trimmed);
            }
            _ => {}
        }
    }
    details.counterparty.bic = bank.filter(|bank| is_bic(bank));
    details.counterparty.account = account.map(normal_account);
    details.counterparty.name = given(name.trim());
    if separator == '>' {
        bank_and_account_first(&mut purpose, details);
    }
    sepa_words(&purpose, details);
}

/// The subfields of a text that begins with the separator.
fn subfields(text: &str, separator: char) -> impl Iterator<Item = (u8, &str)> {
    let mut starts: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices(separator) {
        let digits = bytes.get(at + 1..at + 3).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
        if digits {
            starts.push(at);
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).filter_map(move |(start, end)| {
        let number = text[start + 1..start + 3].parse().ok()?;
        Some((number, &text[start + 3..end]))
    })
}

/// Triodos puts the other side's BIC and IBAN in front of the text, and its own account into `31`.
fn bank_and_account_first(purpose: &mut Vec<&str>, details: &mut Details) {
    details.counterparty.account = None;
    if purpose.len() >= 2 && is_bic(purpose[0]) && Iban::parse(purpose[1]).is_ok() {
        details.counterparty.bic = given(purpose[0]);
        details.counterparty.account = Some(normal_account(purpose[1].to_owned()));
        purpose.drain(..2);
    }
}

/// Purpose lines with keywords become fields. A keyword stands at the beginning of a line or behind a blank; a line
/// without one continues the field before it, and lines before the first keyword are free text.
fn sepa_words(purpose: &[&str], details: &mut Details) {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in purpose {
        for piece in words_apart(line) {
            let word = piece.split_once('+').and_then(|(word, _)| SEPA_WORDS.iter().find(|known| **known == word));
            match (word, fields.last_mut()) {
                (Some(word), _) => fields.push((word, piece[word.len() + 1..].to_owned())),
                (None, Some((_, value))) => value.push_str(piece),
                (None, None) => details.remittance.push(piece.trim().to_owned()),
            }
        }
    }
    for (word, value) in fields {
        let value = value.trim();
        match word {
            "EREF" => details.end_to_end_id = referred(value),
            "MREF" => details.mandate_id = referred(value),
            "CRED" => details.creditor_id = given(value),
            "KREF" => details.entry_reference = details.entry_reference.take().or(referred(value)),
            "SVWZ" => details.remittance.extend(given(value)),
            "PURP" => details.purpose_code = given(value),
            "IBAN" => details.counterparty.account = Some(normal_account(value.to_owned())),
            "BIC" => details.counterparty.bic = given(value),
            "ABWA" | "ABWE" => details.counterparty.name = details.counterparty.name.take().or(given(value)),
            _ => {}
        }
    }
}

/// A line cut before every keyword that follows a blank or a keyword without a value.
fn words_apart(line: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    for (at, _) in line.match_indices('+') {
        let start = line[..at].rfind([' ', '+']).map_or(0, |before| before + 1);
        if start > 0 && SEPA_WORDS.contains(&&line[start..at]) {
            cuts.push(start);
        }
    }
    cuts.dedup();
    let ends: Vec<usize> = cuts.iter().skip(1).copied().chain([line.len()]).collect();
    cuts.into_iter().zip(ends).map(|(from, to)| &line[from..to]).filter(|piece| !piece.is_empty()).collect()
}

/// Codes of the slash dialects (Dutch banks, `/TRTP/…/IBAN/…`, and the SWIFT usage guidelines).
pub(super) const SLASH_CODES: &[&str] = &[
    "TRTP", "IBAN", "BIC", "NAME", "REMI", "EREF", "MARF", "CSID", "ORDP", "BENM", "ADDR", "ISDT", "CNTP", "PURP",
    "RTRN", "ULTC", "ULTD", "ULTB", "PREF", "CREF", "SVCL", "ID", "OCMT", "EXCH", "CHGS", "INIS", "RTYP", "SUM",
    "IREF", "PDAT", "PROC",
];

/// The text cut at its codes; `None` when it does not begin with one.
fn slash_fields(text: &str) -> Option<Vec<(&'static str, &str)>> {
    let text = text.trim();
    let mut starts: Vec<(usize, &'static str)> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('/').map(|at| at + from) {
        let end = text[at + 1..].find('/').map(|end| at + 1 + end);
        let code = end.and_then(|end| SLASH_CODES.iter().find(|code| **code == &text[at + 1..end]));
        match (code, end) {
            (Some(code), Some(end)) => {
                starts.push((at, code));
                from = end;
            }
            (None, _) | (_, None) => from = at + 1,
        }
    }
    if starts.first()?.0 != 0 {
        return None;
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let value = |at: usize, code: &str, end: usize| text.get(at + code.len() + 2..end).unwrap_or("");
    Some(starts.iter().zip(ends).map(|((at, code), end)| (*code, value(*at, code, end))).collect())
}

fn slashes(fields: &[(&'static str, &str)], details: &mut Details) {
    for (code, value) in fields {
        let value = value.trim_matches(['/', ' ']);
        match *code {
            "IBAN" => details.counterparty.account = given(value).map(normal_account),
            "BIC" => details.counterparty.bic = given(value),
            "NAME" => details.counterparty.name = given(value),
            "CNTP" => counterparty(value, details),
            "REMI" => remittance(value, details),
            "EREF" => details.end_to_end_id = referred(value),
            "MARF" => details.mandate_id = referred(value),
            "CSID" => details.creditor_id = given(value),
            "PURP" => details.purpose_code = given(value.trim_start_matches("CD/")),
            "TRTP" => details.additional_information = given(value),
            "ULTC" | "ULTD" | "ULTB" => {
                let name = given(value.trim_start_matches("NAME/"));
                details.counterparty.name = details.counterparty.name.take().or(name);
            }
            _ => {}
        }
    }
}

/// `iban/bic/name/city/` of ING's `/CNTP/`.
fn counterparty(value: &str, details: &mut Details) {
    let mut parts = value.splitn(4, '/');
    details.counterparty.account = parts.next().and_then(|part| given(part.trim())).map(normal_account);
    details.counterparty.bic = parts.next().and_then(|part| given(part.trim()));
    details.counterparty.name = parts.next().and_then(|part| given(part.trim()));
}

/// `USTD//text`, `STRD/CUR/reference` or just the text.
fn remittance(value: &str, details: &mut Details) {
    if let Some(structured) = value.strip_prefix("STRD/") {
        let reference = structured.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
        details.structured = given(reference).map(|reference| StructuredReference::parse(&reference));
    } else {
        let text = value.strip_prefix("USTD/").unwrap_or(value).trim_matches(['/', ' ']);
        details.remittance.extend(given(text));
    }
}

/// Labels of ABN AMRO's columns and Knab's lines.
const LABELS: &[(&str, Label)] = &[
    ("IBAN: ", Label::Account),
    ("REK: ", Label::Account),
    ("BIC: ", Label::Bic),
    ("NAAM: ", Label::Name),
    ("MACHTIGING: ", Label::Mandate),
    ("INCASSANT: ", Label::Creditor),
];

#[derive(Clone, Copy)]
enum Label {
    Account,
    Bic,
    Name,
    Mandate,
    Creditor,
}

/// Free lines: kept as sent. What labels or a leading account number say of the other side is taken besides.
fn free(lines: &[String], details: &mut Details) {
    let kept = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(str::to_owned);
    details.remittance.extend(kept);
    for line in lines {
        for (label, meaning) in LABELS {
            let Some((_, behind)) = line.split_once(label) else { continue };
            let value = behind.split("  ").next().unwrap_or(behind);
            let value = value.split('/').next().unwrap_or(value).trim();
            match meaning {
                Label::Account => details.counterparty.account = given(value).map(normal_account),
                Label::Bic => details.counterparty.bic = given(value),
                Label::Name => details.counterparty.name = given(value),
                Label::Mandate => details.mandate_id = given(value),
                Label::Creditor => details.creditor_id = given(value),
            }
        }
    }
    // ING begins with the account and the BIC of the other side.
    let mut words = lines[0].split_whitespace();
    if let (Some(account), Some(bic)) = (words.next(), words.next())
        && Iban::parse(account).is_ok()
        && is_bic(bic)
    {
        details.counterparty.account = Some(normal_account(account.to_owned()));
        details.counterparty.bic = Some(bic.to_owned());
    }
}

/// A Belgian structured communication in free text.
fn structured(line: &str) -> Option<StructuredReference> {
    let at = line.find("+++").or_else(|| line.find("***"))?;
    let inner = line.get(at + 3..at + 17)?;
    match StructuredReference::parse(inner) {
        found @ StructuredReference::Ogm(_) => Some(found),
        StructuredReference::Creditor(_) | StructuredReference::Qr(_) | StructuredReference::Other(_) => None,
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A reference that is one.
fn referred(text: &str) -> Option<String> {
    given(text).filter(|text| !matches!(text.as_str(), "NOTPROVIDED" | "NOT PROVIDED" | "NONREF"))
}

/// An IBAN without blanks, else as written.
fn normal_account(text: String) -> String {
    AccountReference::parse(&text).as_str().to_owned()
}

/// A BIC that is written like one: upper case, so that a word of eight letters is less often taken for one.
fn is_bic(text: &str) -> bool {
    Bic::parse(text).is_ok() && !text.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(text: &str) -> Details {
        let mut details = Details { proprietary_code: Some("NTRF".into()), ..Details::default() };
        explain(&text.split('\n').map(str::to_owned).collect::<Vec<_>>(), &mut details);
        details
    }

    #[test]
    fn german_subfields_with_sepa_words_wrapped_inside_a_word() {
        let details = explained(
            "166?00SEPA-GUTSCHRIFT?100599?20EREF+INV 2026-7?21MREF+M-1?22CRED+DE98ZZZ09\n999999999?23SVWZ+rent of?24 March and more?30DEUTDEFF?31DE02120300000000202051?32Erika?33 Muster",
        );
        assert_eq!(details.end_to_end_id.as_deref(), Some("INV 2026-7"));
        assert_eq!(details.creditor_id.as_deref(), Some("DE98ZZZ09999999999"));
        assert_eq!(details.remittance, ["rent of March and more"]);
        assert_eq!(details.counterparty.name.as_deref(), Some("Erika Muster"));
        assert_eq!(details.counterparty.account.as_deref(), Some("DE02120300000000202051"));
        assert_eq!(details.proprietary_code.as_deref(), Some("NTRF/166"));
    }

    #[test]
    fn slash_codes_of_dutch_banks() {
        let details = explained(
            "/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J. DE VR\nIES/REMI/factuur 7/2026/EREF/NOTPROVIDED",
        );
        assert_eq!(details.counterparty.name.as_deref(), Some("J. DE VRIES"));
        assert_eq!(details.remittance, ["factuur 7/2026"]);
        assert_eq!(details.end_to_end_id, None);
        let ing = explained("/EREF/E1//CNTP/NL91ABNA0417164300/ABNANL2A/Bakker///REMI/USTD//tekst/");
        assert_eq!(ing.counterparty.name.as_deref(), Some("Bakker"));
        assert_eq!(ing.remittance, ["tekst"]);
    }

    #[test]
    fn free_text_stays_as_sent() {
        let details = explained("0001234567 VAN J\nIBAN: NL91ABNA0417164300   x\n+++090/9337/55493+++ dank");
        assert_eq!(details.remittance.len(), 3);
        assert_eq!(details.structured.unwrap().printed(), "+++090/9337/55493+++");
        assert_eq!(explained("7/10 of it").remittance, ["7/10 of it"]);
        assert_eq!(explained("NL91ABNA0417164300 ABNANL2A J").counterparty.bic.as_deref(), Some("ABNANL2A"));
    }
}
