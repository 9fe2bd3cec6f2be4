use domain::{Currency, Money, MoneyError, Proof};
use proptest::prelude::*;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

#[test]
fn reads_what_is_exact_and_refuses_the_rest() {
    let read = |text: &str| Money::parse(text, Currency::EUR);
    assert_eq!(read("12.30"), Ok(eur(1230)));
    assert_eq!(read(" -0.05 "), Ok(eur(-5)));
    assert_eq!(read("+7"), Ok(eur(700)));
    assert_eq!(read(".5"), Ok(eur(50)));
    assert_eq!(read("5."), Ok(eur(500)));
    assert_eq!(read("1.23000"), Ok(eur(123)));
    assert_eq!(read("1.234"), Err(MoneyError::TooPrecise("1.234".into(), Currency::EUR)));
    for text in ["", "-", ".", "1,50", "1 000", "1e3", "NaN", "--1", "12.3.4", "١"] {
        assert!(matches!(read(text), Err(MoneyError::NotANumber(_))), "{text:?}");
    }
    assert_eq!(read("92233720368547758.08"), Err(MoneyError::TooLarge));
    assert_eq!(read("-92233720368547758.08"), Err(MoneyError::TooLarge));
    assert_eq!(read("-10000000000000.00"), Ok(eur(-Money::LARGEST_MINOR)));
    assert_eq!(read("10000000000000.01"), Err(MoneyError::TooLarge), "no statement means ten thousand billion");
}

#[test]
fn the_currency_decides_the_decimals() {
    let yen = Currency::parse("jpy").unwrap();
    assert_eq!(Money::parse("1500", yen).unwrap().decimal(), "1500");
    assert!(Money::parse("15.5", yen).is_err());
    let dinar = Currency::parse("KWD").unwrap();
    assert_eq!(Money::parse("1.005", dinar).unwrap().minor(), 1005);
    assert!(Currency::parse("EURO").is_err());
    assert!(Currency::parse("E1R").is_err());
}

#[test]
fn currencies_never_mix_and_sums_never_wrap() {
    let usd = Money::new(1, Currency::parse("USD").unwrap());
    assert!(matches!(eur(1).checked_add(usd), Err(MoneyError::Mixed(..))));
    assert_eq!(eur(i64::MAX).checked_add(eur(1)), Err(MoneyError::TooLarge));
    assert_eq!(eur(i64::MIN).checked_neg(), Err(MoneyError::TooLarge));
}

#[test]
fn a_proof_needs_both_balances_and_names_the_difference() {
    assert_eq!(Proof::of(Some(eur(100)), [eur(50), eur(-30)], Some(eur(120))), Proof::Proven);
    assert_eq!(Proof::of(Some(eur(100)), [eur(50)], Some(eur(120))), Proof::Broken(eur(-30)));
    assert_eq!(Proof::of(None, [eur(50)], Some(eur(120))), Proof::Unproven);
    assert_eq!(Proof::of(Some(eur(i64::MAX)), [eur(1)], Some(eur(0))), Proof::Unproven);
    assert_eq!(Proof::Broken(eur(-30)).to_string(), "broken(-0.30)");
}

proptest! {
    #[test]
    fn decimal_text_reads_back(minor in -Money::LARGEST_MINOR..=Money::LARGEST_MINOR, code in "[A-Z]{3}") {
        let money = Money::new(minor, Currency::parse(&code).unwrap());
        prop_assert_eq!(Money::parse(&money.decimal(), money.currency()), Ok(money));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = Money::parse(&text, Currency::EUR);
    }

    #[test]
    fn stored_json_reads_back(minor in any::<i64>()) {
        let money = eur(minor);
        let text = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), money);
    }
}
