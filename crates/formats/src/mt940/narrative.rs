//! `:86:`, the information to the account holder: one field, many dialects.

use domain::{AccountReference, Bic, Details, Iban, StructuredReference};

/// Reads the lines into the details. What fits no dialect stays as free lines, as sent. `joined` is room for the text
/// without its line ends; what it held is lost.
pub(super) fn explain(text: &str, joined: &mut String, details: &mut Details) {
    if text.trim().is_empty() {
        return;
    }
    let (first, whole) = match memchr::memchr(b'\n', text.as_bytes()) {
        None => (text, text),
        Some(end) => {
            joined.clear();
            let mut from = 0;
            for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
                joined.push_str(&text[from..end]);
                from = end + 1;
            }
            joined.push_str(&text[from..]);
            (&text[..end], joined.as_str())
        }
    };
    if let Some((code, separator)) = german_start(first) {
        german(whole, code, separator, details);
    } else if let Some(fields) = SlashFields::of(whole) {
        slashes(fields, details);
    } else {
        free(text, details);
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
    let (mut bank, mut own) = (None, None);
    for (subfield, value) in subfields(&text[3..], separator) {
        let trimmed = value.trim();
        match subfield {
            0 => details.additional_information = given(trimmed).or(details.additional_information.take()),
            20..=29 | 60..=63 if !trimmed.is_empty() => purpose.push(value.trim_end()),
            30 => bank = given(trimmed).filter(|bank| is_bic(bank)),
            31 => own = account(trimmed),
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
    details.counterparty.bic = bank;
    details.counterparty.account = own;
    details.counterparty.name = given(name.trim());
    if separator == '>' {
        bank_and_account_first(&mut purpose, details);
    }
    sepa_words(&purpose, details);
}

/// The subfields of a text that begins with the separator.
fn subfields(text: &str, separator: char) -> impl Iterator<Item = (u8, &str)> {
    let begins = move |text: &str| -> Option<u8> {
        match text.as_bytes() {
            [a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() => Some((a - b'0') * 10 + (b - b'0')),
            _ => None,
        }
    };
    // The next separator that begins a subfield.
    let next = move |text: &str| {
        text.match_indices(separator)
            .map(|(at, found)| (at, at + found.len()))
            .find(|(_, end)| begins(&text[*end..]).is_some())
    };
    let mut rest = next(text).map_or("", |(at, _)| &text[at..]);
    std::iter::from_fn(move || {
        let behind = rest.strip_prefix(separator)?;
        let number = begins(behind)?;
        let value = &behind[2..];
        let end = next(value).map_or(value.len(), |(at, _)| at);
        rest = &value[end..];
        Some((number, &value[..end]))
    })
}

/// Triodos puts the other side's BIC and IBAN in front of the text, and its own account into `31`.
fn bank_and_account_first(purpose: &mut Vec<&str>, details: &mut Details) {
    details.counterparty.account = None;
    if purpose.len() >= 2 && is_bic(purpose[0]) && Iban::parse(purpose[1]).is_ok() {
        details.counterparty.bic = given(purpose[0]);
        details.counterparty.account = account(purpose[1]);
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
            "IBAN" => details.counterparty.account = account(value),
            "BIC" => details.counterparty.bic = given(value),
            "ABWA" | "ABWE" => details.counterparty.name = details.counterparty.name.take().or(given(value)),
            _ => {}
        }
    }
}

/// A line cut before every keyword that follows a blank or a keyword without a value.
fn words_apart(line: &str) -> impl Iterator<Item = &str> {
    let next = |line: &str| {
        line.match_indices('+').find_map(|(at, _)| {
            let start = line[..at].rfind([' ', '+']).map_or(0, |before| before + 1);
            (start > 0 && SEPA_WORDS.contains(&&line[start..at])).then_some(start)
        })
    };
    let mut rest = line;
    std::iter::from_fn(move || {
        let (piece, behind) = rest.split_at(next(rest).unwrap_or(rest.len()));
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Codes of the slash dialects (Dutch banks, `/TRTP/…/IBAN/…`, and the SWIFT usage guidelines).
pub(super) const SLASH_CODES: &[&str] = &[
    "TRTP", "IBAN", "BIC", "NAME", "REMI", "EREF", "MARF", "CSID", "ORDP", "BENM", "ADDR", "ISDT", "CNTP", "PURP",
    "RTRN", "ULTC", "ULTD", "ULTB", "PREF", "CREF", "SVCL", "ID", "OCMT", "EXCH", "CHGS", "INIS", "RTYP", "SUM",
    "IREF", "PDAT", "PROC",
];
/// Letters of the longest of them.
const LONGEST_CODE: usize = 4;

/// A text cut at its codes.
struct SlashFields<'t> {
    code: &'static str,
    /// What follows the code, all later fields included.
    rest: Option<&'t str>,
}

impl<'t> SlashFields<'t> {
    /// `None` when the text does not begin with a code.
    fn of(text: &'t str) -> Option<SlashFields<'t>> {
        let text = text.trim();
        let (at, code, behind) = next_code(text)?;
        (at == 0).then_some(SlashFields { code, rest: Some(&text[behind..]) })
    }
}

impl<'t> Iterator for SlashFields<'t> {
    type Item = (&'static str, &'t str);

    fn next(&mut self) -> Option<(&'static str, &'t str)> {
        let rest = self.rest.take()?;
        let code = self.code;
        // The slash that ends a code may begin the next one: `/ULTC//NAME/x`.
        let Some((at, next, behind)) = next_code(rest) else {
            return Some((code, rest.strip_prefix('/').unwrap_or(rest)));
        };
        self.code = next;
        self.rest = Some(&rest[behind..]);
        let value = &rest[..at];
        Some((code, value.strip_prefix('/').unwrap_or(value)))
    }
}

/// The first `/CODE/` of a text: where it begins, the code, and where its second slash stands.
fn next_code(text: &str) -> Option<(usize, &'static str, usize)> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'/', bytes).find_map(|at| {
        let behind = &bytes[at + 1..];
        let length = behind.iter().take(LONGEST_CODE + 1).position(|byte| *byte == b'/')?;
        Some((at, known_code(&behind[..length])?, at + 1 + length))
    })
}

/// The code that these bytes spell. Written out, because a search through [`SLASH_CODES`] took a tenth of the time.
fn known_code(bytes: &[u8]) -> Option<&'static str> {
    let place = match bytes {
        b"TRTP" => 0,
        b"IBAN" => 1,
        b"BIC" => 2,
        b"NAME" => 3,
        b"REMI" => 4,
        b"EREF" => 5,
        b"MARF" => 6,
        b"CSID" => 7,
        b"ORDP" => 8,
        b"BENM" => 9,
        b"ADDR" => 10,
        b"ISDT" => 11,
        b"CNTP" => 12,
        b"PURP" => 13,
        b"RTRN" => 14,
        b"ULTC" => 15,
        b"ULTD" => 16,
        b"ULTB" => 17,
        b"PREF" => 18,
        b"CREF" => 19,
        b"SVCL" => 20,
        b"ID" => 21,
        b"OCMT" => 22,
        b"EXCH" => 23,
        b"CHGS" => 24,
        b"INIS" => 25,
        b"RTYP" => 26,
        b"SUM" => 27,
        b"IREF" => 28,
        b"PDAT" => 29,
        b"PROC" => 30,
        _ => return None,
    };
    SLASH_CODES.get(place).copied()
}

fn slashes(fields: SlashFields<'_>, details: &mut Details) {
    for (code, value) in fields {
        let value = bare(value);
        match code {
            "IBAN" => details.counterparty.account = account(value),
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

/// Without slashes and blanks around it.
fn bare(value: &str) -> &str {
    let padding = |byte: &u8| matches!(byte, b'/' | b' ');
    let from = value.bytes().position(|byte| !padding(&byte)).unwrap_or(value.len());
    let to = value.as_bytes().iter().rposition(|byte| !padding(byte)).map_or(from, |last| last + 1);
    &value[from..to]
}

/// `iban/bic/name/city/` of ING's `/CNTP/`.
fn counterparty(value: &str, details: &mut Details) {
    let mut parts = value.splitn(4, '/');
    details.counterparty.account = parts.next().and_then(|part| account(part.trim()));
    details.counterparty.bic = parts.next().and_then(|part| given(part.trim()));
    details.counterparty.name = parts.next().and_then(|part| given(part.trim()));
}

/// `USTD//text`, `STRD/CUR/reference` or just the text.
fn remittance(value: &str, details: &mut Details) {
    if let Some(structured) = value.strip_prefix("STRD/") {
        let reference = structured.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
        details.structured = given(reference).map(|reference| StructuredReference::parse(&reference));
    } else {
        let text = value.strip_prefix("USTD/").unwrap_or(value);
        details.remittance.extend(given(bare(text)));
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
fn free(text: &str, details: &mut Details) {
    let kept = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    details.remittance.extend(kept);
    for line in text.split('\n') {
        for (label, meaning) in LABELS {
            let Some((_, behind)) = line.split_once(label) else { continue };
            let value = behind.split("  ").next().unwrap_or(behind);
            let value = value.split('/').next().unwrap_or(value).trim();
            match meaning {
                Label::Account => details.counterparty.account = account(value),
                Label::Bic => details.counterparty.bic = given(value),
                Label::Name => details.counterparty.name = given(value),
                Label::Mandate => details.mandate_id = given(value),
                Label::Creditor => details.creditor_id = given(value),
            }
        }
    }
    // ING begins with the account and the BIC of the other side.
    let mut words = text.split('\n').next().unwrap_or_default().split_whitespace();
    if let (Some(number), Some(bic)) = (words.next(), words.next())
        && is_bic(bic)
        && Iban::parse(number).is_ok()
    {
        details.counterparty.account = account(number);
        details.counterparty.bic = Some(bic.to_owned());
    }
}

/// A Belgian structured communication in free text.
fn structured(line: &str) -> Option<StructuredReference> {
    memchr::memchr2(b'+', b'*', line.as_bytes())?;
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

/// An account number: an IBAN without blanks, else as written.
fn account(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| AccountReference::parse(text).into_string())
}

/// A BIC that is written like one: upper case, so that a word of eight letters is less often taken for one.
fn is_bic(text: &str) -> bool {
    matches!(text.len(), 8 | 11)
        && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && Bic::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(text: &str) -> Details {
        let mut details = Details { proprietary_code: Some("NTRF".into()), ..Details::default() };
        explain(text, &mut String::new(), &mut details);
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
    fn every_slash_code_is_known() {
        for code in SLASH_CODES {
            assert_eq!(known_code(code.as_bytes()), Some(*code));
            assert!(code.len() <= LONGEST_CODE);
        }
        assert_eq!(known_code(b"XXXX"), None);
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
