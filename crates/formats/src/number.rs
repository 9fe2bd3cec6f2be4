//! Amounts as programs for people write them: blanks, thousands separators, either decimal sign.

use crate::Exact;

/// Reads an amount whose separators are not known beforehand.
///
/// The last of the two signs is the decimal sign when both occur; a sign that occurs several times separates
/// thousands; one single comma or dot is the decimal sign. Thousands stand in groups of three, else the text is no
/// amount: `1.234` is one and a bit, because a bank that groups writes the decimals too.
pub(crate) fn lenient(text: &str) -> Option<Exact> {
    if is_plain(text, |c| matches!(c, b'.' | b',')) {
        return Exact::parse(text);
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}')).collect();
    let dots = bare.matches('.').count();
    let commas = bare.matches(',').count();
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) => Some(','),
        (_, 0) | (0, _) => None,
        _ if bare.rfind('.') > bare.rfind(',') => Some('.'),
        _ => Some(','),
    };
    with_decimal_sign(&bare, decimal)
}

/// Reads an amount whose decimal sign is known (`None`: there are no decimals).
pub(crate) fn with_decimal_sign(text: &str, decimal: Option<char>) -> Option<Exact> {
    if is_plain(text, |c| decimal == Some(char::from(c))) {
        return Exact::parse(text);
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}')).collect();
    let (negative, digits) = match bare.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => match bare.strip_suffix('-') {
            Some(rest) => (true, rest),
            None => (false, bare.strip_prefix('+').unwrap_or(&bare)),
        },
    };
    let (whole, fraction) = match decimal.and_then(|sign| digits.rsplit_once(sign)) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let grouped =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    if !grouped || !plain || digits.is_empty() {
        return None;
    }
    let amount = Exact::parse(&format!("{}.{fraction}", groups.concat()))?;
    Some(if negative { amount.negated() } else { amount })
}

/// Whether the text is what nearly all amounts are: digits with at most one decimal sign among them, and a sign in
/// front at most.
fn is_plain(text: &str, is_decimal: impl Fn(u8) -> bool) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut decimals = 0;
    let digits = digits.bytes().all(|byte| {
        let decimal = is_decimal(byte) && matches!(byte, b'.' | b',');
        decimals += u32::from(decimal);
        decimal || byte.is_ascii_digit()
    });
    digits && decimals <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_people_write_them() {
        for (text, want) in [
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1 234,5", "1234.50"),
            ("+ 1 006.60", "1006.60"),
            ("-2000,00", "-2000.00"),
            ("12,5-", "-12.50"),
            ("1'234.00", "1234.00"),
            ("1.234.567", "1234567.00"),
            ("-.5", "-0.50"),
            ("\u{2212}3", "-3.00"),
        ] {
            assert_eq!(lenient(text).map(|amount| amount.to_string()).as_deref(), Some(want), "{text}");
        }
        for text in ["", "-", "1.23.4", "12,34,5", "1.2,3.4", "abc", "1e3", "--1", "$5"] {
            assert_eq!(lenient(text), None, "{text}");
        }
        assert_eq!(with_decimal_sign("1.234", Some(',')).unwrap().to_string(), "1234.00");
    }
}
