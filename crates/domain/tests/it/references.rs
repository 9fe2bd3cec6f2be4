use domain::{StructuredReference, creditor_reference_is_valid, ogm_is_valid, qr_reference_is_valid};
use proptest::prelude::*;

#[test]
fn references_are_told_apart_by_their_check_digits() {
    let ogm = StructuredReference::parse("+++090/9337/55493+++");
    assert_eq!(ogm, StructuredReference::Ogm("090933755493".into()));
    assert_eq!(ogm.printed(), "+++090/9337/55493+++");
    assert_eq!(
        StructuredReference::parse("RF18 5390 0754 7034"),
        StructuredReference::Creditor("RF18539007547034".into())
    );
    let qr = "210000000003139471430009017";
    assert_eq!(StructuredReference::parse(qr), StructuredReference::Qr(qr.into()));
    assert_eq!(StructuredReference::parse("090933755494"), StructuredReference::Other("090933755494".into()));
}

#[test]
fn a_remainder_of_zero_is_written_as_97() {
    assert!(ogm_is_valid("000000009797"));
    assert!(!ogm_is_valid("000000009700"));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = StructuredReference::parse(&text).printed();
        let _ = (creditor_reference_is_valid(&text), qr_reference_is_valid(&text));
    }

    #[test]
    fn one_wrong_digit_is_noticed(number in 1u64..9_999_999_999, place in 0usize..10) {
        let check = if number % 97 == 0 { 97 } else { number % 97 };
        let text = format!("{number:010}{check:02}");
        prop_assert!(ogm_is_valid(&text));
        let mut wrong = text.into_bytes();
        wrong[place] = if wrong[place] == b'9' { b'0' } else { wrong[place] + 1 };
        prop_assert!(!ogm_is_valid(std::str::from_utf8(&wrong).unwrap()));
    }
}
