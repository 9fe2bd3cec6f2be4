use domain::{AccountReference, Bic, Iban, IbanError};
use proptest::prelude::*;

#[test]
fn ibans_are_checked_by_digits_and_length() {
    let iban = Iban::parse("be68 5390 0754 7034").unwrap();
    assert_eq!(iban.as_str(), "BE68539007547034");
    assert_eq!(iban.grouped(), "BE68 5390 0754 7034");
    assert_eq!(iban.country(), "BE");
    assert!(Iban::parse("DE89370400440532013000").is_ok());
    assert!(Iban::parse("FR1420041010050500013M02606").is_ok());
    assert_eq!(Iban::parse("BE69539007547034"), Err(IbanError::CheckDigits));
    assert!(matches!(Iban::parse("BE6853900754703"), Err(IbanError::Length { expected: 16, found: 15, .. })));
    assert!(matches!(Iban::parse("hello"), Err(IbanError::Malformed(_))));
    assert!(matches!(Iban::parse("BÉ68539007547034"), Err(IbanError::Malformed(_))));
}

#[test]
fn an_account_that_is_no_iban_keeps_its_text() {
    assert_eq!(AccountReference::parse(" 1234-5 ").as_str(), "1234-5");
    assert!(matches!(AccountReference::parse("BE68 5390 0754 7034"), AccountReference::Iban(_)));
}

#[test]
fn bics_have_eight_or_eleven_characters() {
    assert_eq!(Bic::parse("kredbebbxxx").unwrap().institution(), "KREDBEBB");
    assert!(Bic::parse("KREDBEB").is_err());
    assert!(Bic::parse("KRED1EBB").is_err());
}

proptest! {
    #[test]
    fn made_ibans_are_valid_and_a_changed_digit_is_not(bban in "[0-9]{12}", place in 4usize..16) {
        let iban = Iban::from_national("BE", &bban).unwrap();
        prop_assert_eq!(Iban::parse(&iban.grouped()).unwrap(), iban.clone());
        let mut text: Vec<u8> = iban.as_str().bytes().collect();
        text[place] = if text[place] == b'9' { b'0' } else { text[place] + 1 };
        prop_assert!(Iban::parse(std::str::from_utf8(&text).unwrap()).is_err());
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = (Iban::parse(&text), Bic::parse(&text));
    }
}
