//! Form and check digits of the VAT numbers of further member states, by the algorithms that the member states give in
//! the VIES documentation. Of Bulgaria, Cyprus, Latvia and of people in Czechia the form only.

/// How the numbers of a country are read.
pub(super) struct Rule {
    pub(super) form: fn(&str) -> bool,
    pub(super) check: fn(&str) -> bool,
    pub(super) example: &'static str,
}

/// Whether a text is so many digits.
pub(super) fn digits(body: &str, count: usize) -> bool {
    body.len() == count && body.bytes().all(|b| b.is_ascii_digit())
}

/// How numbers of a member state are read; `None` for other countries.
pub(super) fn rule_of(prefix: &str) -> Option<Rule> {
    let rule = |form, check, example| Some(Rule { form, check, example });
    match prefix {
        "AT" => rule(|b| b.strip_prefix('U').is_some_and(|n| digits(n, 8)), austria, "ATU13585627"),
        "BG" => rule(|b| digits(b, 9) || digits(b, 10), |_| true, "BG175074752"),
        "CY" => rule(|b| b.len() == 9 && digits(&b[..8], 8) && letters(&b[8..]), |_| true, "CY10259033P"),
        "CZ" => rule(|b| (8..=10).contains(&b.len()) && digits(b, b.len()), czechia, "CZ25123891"),
        "DK" => rule(|b| digits(b, 8), |b| sum(b, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11), "DK13585628"),
        "EE" => rule(|b| digits(b, 9), |b| sum(b, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10), "EE100931558"),
        "EL" => rule(|b| digits(b, 9), greece, "EL094259216"),
        "ES" => rule(spanish_form, spain, "ESA08663619"),
        "FI" => rule(|b| digits(b, 8), |b| sum(b, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11), "FI20774740"),
        "GB" | "XI" => rule(|b| digits(b, 9) || digits(b, 12), britain, "GB980780684"),
        "HR" => rule(|b| digits(b, 11), croatia, "HR33392005961"),
        "HU" => rule(|b| digits(b, 8), |b| sum(b, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10), "HU12892312"),
        "IE" => rule(irish_form, ireland, "IE6433435F"),
        "IT" => rule(|b| digits(b, 11), luhn, "IT00743110157"),
        "LT" => rule(|b| digits(b, 9) || digits(b, 12), lithuania, "LT119511515"),
        "LV" => rule(|b| digits(b, 11), |_| true, "LV40003521600"),
        "MT" => rule(|b| digits(b, 8), |b| sum(b, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37), "MT11679112"),
        "PL" => rule(|b| digits(b, 10), |b| sum(b, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(b), "PL8567346215"),
        "PT" => rule(|b| digits(b, 9) && !b.starts_with('0'), portugal, "PT501964843"),
        "RO" => rule(|b| (2..=10).contains(&b.len()) && digits(b, b.len()), romania, "RO18547290"),
        "SE" => rule(|b| digits(b, 12), |b| luhn(&b[..10]), "SE123456789701"),
        "SI" => rule(|b| digits(b, 8) && !b.starts_with('0'), slovenia, "SI50223054"),
        "SK" => rule(|b| digits(b, 10), |b| b.parse::<u64>().is_ok_and(|n| n.is_multiple_of(11)), "SK2022749619"),
        _ => None,
    }
}

fn letters(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_uppercase())
}

fn digit(b: u8) -> u64 {
    u64::from(b - b'0')
}

/// The digits, each times its weight.
fn sum(body: &str, weights: &[u64]) -> u64 {
    body.bytes().zip(weights).map(|(b, weight)| digit(b) * weight).sum()
}

fn last(body: &str) -> u64 {
    digit(body.as_bytes()[body.len() - 1])
}

/// Every second digit from the right counts double, as the sum of its digits.
fn luhn_sum(body: &str, doubled: usize) -> u64 {
    let twice = |n: u64| 2 * n / 10 + 2 * n % 10;
    let weighed = |(place, b): (usize, u8)| if place % 2 == doubled { twice(digit(b)) } else { digit(b) };
    body.bytes().rev().enumerate().map(weighed).sum()
}

fn luhn(body: &str) -> bool {
    luhn_sum(body, 1).is_multiple_of(10)
}

fn austria(body: &str) -> bool {
    (luhn_sum(&body[1..8], 1) + 4 + last(body)).is_multiple_of(10)
}

/// Of legal persons; the nine or ten digits of people are those of their birth.
fn czechia(body: &str) -> bool {
    body.len() != 8 || (11 - sum(body, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == last(body)
}

fn greece(body: &str) -> bool {
    sum(body, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(body)
}

/// ISO 7064, mod 11,10.
/// HM Revenue and Customs: weights and the last two digits, modulus 97, for newer numbers with 55 more. Three more digits
/// name a branch.
fn britain(body: &str) -> bool {
    let sum = sum(body, &[8, 7, 6, 5, 4, 3, 2, 10, 1]);
    sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)
}

fn croatia(body: &str) -> bool {
    let product = body.bytes().take(10).fold(10u64, |product, b| {
        let sum = (digit(b) + product) % 10;
        2 * if sum == 0 { 10 } else { sum } % 11
    });
    (11 - product) % 10 == last(body)
}

/// A letter or digit, seven digits, a letter or digit; a letter at one end at least.
fn spanish_form(body: &str) -> bool {
    let bytes = body.as_bytes();
    body.len() == 9
        && digits(&body[1..8], 7)
        && [bytes[0], bytes[8]].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && (bytes[0].is_ascii_uppercase() || bytes[8].is_ascii_uppercase())
}

fn spain(body: &str) -> bool {
    const OF_PEOPLE: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    const OF_COMPANIES: &[u8] = b"JABCDEFGHI";
    let (first, end) = (body.as_bytes()[0], body.as_bytes()[8]);
    let person = |lead: u64| {
        let number = body[1..8].bytes().fold(lead, |number, b| number * 10 + digit(b));
        OF_PEOPLE.iter().zip(0u64..).any(|(letter, place)| place == number % 23 && *letter == end)
    };
    match first {
        b'0'..=b'9' => person(digit(first)),
        b'X' => person(0),
        b'Y' => person(1),
        b'Z' => person(2),
        b'K' | b'L' | b'M' => person(0),
        _ => {
            let check = (10 - luhn_sum(&body[1..8], 0) % 10) % 10;
            OF_COMPANIES.iter().zip(0u64..).any(|(letter, place)| {
                place == check && (*letter == end || (end.is_ascii_digit() && digit(end) == check))
            })
        }
    }
}

/// Seven digits and one or two letters; in old numbers the second character is a letter or a sign.
fn irish_form(body: &str) -> bool {
    let old = |b: u8| b.is_ascii_uppercase() || matches!(b, b'+' | b'*');
    match body.len() {
        8 | 9 if digits(&body[..7], 7) => letters(&body[7..]),
        8 => digits(&body[..1], 1) && old(body.as_bytes()[1]) && digits(&body[2..7], 5) && letters(&body[7..]),
        _ => false,
    }
}

fn ireland(body: &str) -> bool {
    const LETTERS: &[u8] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let number = if digits(&body[..7], 7) { body[..7].to_owned() } else { format!("0{}{}", &body[2..7], &body[..1]) };
    // W stands for nothing, as in the alphabet of check letters.
    let second = body.as_bytes().get(8).map_or(0, |b| if *b == b'W' { 0 } else { u64::from(b - b'A') + 1 });
    let rest = (sum(&number, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23;
    LETTERS.iter().zip(0u64..).any(|(letter, place)| place == rest && *letter == body.as_bytes()[7])
}

/// Weights from one, over again after nine; when that leaves ten, weights from three.
fn lithuania(body: &str) -> bool {
    let from = |first: u64| {
        let weighed = |(place, b): (u64, u8)| (1 + (place + first) % 9) * digit(b);
        (0u64..).zip(body.bytes().take(body.len() - 1)).map(weighed).sum::<u64>() % 11
    };
    let rest = if from(0) == 10 { from(2) % 10 } else { from(0) };
    rest == last(body)
}

fn portugal(body: &str) -> bool {
    let check = 11 - sum(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if check > 9 { 0 } else { check }) == last(body)
}

/// Weighed from the right, as shorter numbers have no zeros in front.
fn romania(body: &str) -> bool {
    let (number, _) = body.split_at(body.len() - 1);
    10 * sum(&format!("{number:0>9}"), &[7, 5, 3, 2, 1, 7, 5, 3, 2]) % 11 % 10 == last(body)
}

fn slovenia(body: &str) -> bool {
    let check = 11 - sum(body, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    check != 11 && check % 10 == last(body)
}

#[cfg(test)]
mod tests {
    use super::super::vat::VatNumber;

    /// Numbers that companies publish, or that their tax offices give as examples.
    const GOOD: &[&str] = &[
        "ATU13585627",
        "CZ25123891",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "ESA08663619",
        "ESA13585625",
        "ES54362315K",
        "ESX5910266W",
        "FI20774740",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8D79739I",
        "IT00743110157",
        "LT119511515",
        "MT11679112",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
    ];

    #[test]
    fn numbers_of_every_member_state_are_checked() {
        for good in GOOD {
            assert_eq!(VatNumber::parse(good, "BE").map(|n| n.to_string()), Ok((*good).to_owned()));
            // Any other digit at a place in the middle.
            let place = 5;
            let mut bytes = good.as_bytes().to_vec();
            let mut taken = 0;
            for step in 1..10 {
                bytes[place] = b'0' + (good.as_bytes()[place] - b'0' + step) % 10;
                taken += u8::from(VatNumber::parse(&String::from_utf8(bytes.clone()).unwrap(), "BE").is_ok());
            }
            // Eleven remainders share ten digits, so some states miss one.
            assert!(taken <= 1, "{good}");
        }
        for form in ["BG175074752", "CY10259033P", "LV40003521600", "CZ7103192745"] {
            assert!(VatNumber::parse(form, "BE").is_ok(), "{form}");
        }
        for wrong in ["AT13585627", "BG12", "CY102590330", "LV12345678901X", "ES123456789", "IE64334", "ROX1", "PT12"] {
            assert!(VatNumber::parse(wrong, "BE").is_err(), "{wrong}");
        }
    }
}
