use domain::{Currency, Date, Money, Timestamp};
use proptest::prelude::*;
use web::Language;

const MINUS: &str = "\u{2212}";

#[test]
fn money_as_each_language_writes_it() {
    let eur = |minor| Money::new(minor, Currency::EUR);
    let say = |language: Language, money| crate::locale(language).money(money);
    assert_eq!(say(Language::En, eur(123_456_789)), "€1,234,567.89");
    assert_eq!(say(Language::En, eur(-5)), format!("{MINUS}€0.05"));
    assert_eq!(say(Language::Fr, eur(-123_456)), format!("{MINUS}1\u{202f}234,56\u{a0}€"));
    assert_eq!(say(Language::Nl, eur(-123_456)), format!("€\u{a0}{MINUS}1.234,56"));
    assert_eq!(say(Language::De, eur(100_000)), "1.000,00\u{a0}€");
    let jpy = Money::new(1_234, Currency::parse("JPY").unwrap());
    assert_eq!(say(Language::En, jpy), "JPY\u{a0}1,234");
    assert_eq!(say(Language::Fr, jpy), "1\u{202f}234\u{a0}JPY");
    let kwd = Money::new(-1_234_567, Currency::parse("KWD").unwrap());
    assert_eq!(say(Language::De, kwd), format!("{MINUS}1.234,567\u{a0}KWD"));
}

#[test]
fn a_movement_tells_its_direction_in_words() {
    let en = crate::locale(Language::En);
    assert_eq!(en.movement(Money::new(100, Currency::EUR)), "+€1.00");
    assert_eq!(en.movement(Money::new(-100, Currency::EUR)), format!("{MINUS}€1.00"));
    let usd = Currency::parse("USD").unwrap();
    assert_eq!(en.movement(Money::new(-100, usd)), format!("{MINUS}USD\u{a0}1.00"));
    assert_eq!(en.movement(Money::new(100, usd)), "+USD\u{a0}1.00");
    assert_eq!(crate::locale(Language::Nl).movement(Money::new(100, usd)), "USD\u{a0}+1.00".replace('.', ","));
    assert_eq!(en.movement(Money::zero(Currency::EUR)), "€0.00");
}

#[test]
fn dates_and_instants() {
    let date = Date::constant(2026, 8, 1);
    let say = |language: Language| crate::locale(language).date(date).replace('\u{a0}', " ");
    assert_eq!(Language::ALL.map(say), ["1 Aug 2026", "1er août 2026", "1 aug 2026", "1. Aug. 2026"]);
    let at: Timestamp = "2026-12-31T23:05:59Z".parse().unwrap();
    assert_eq!(crate::locale(Language::Fr).instant(at).replace('\u{a0}', " "), "31 déc. 2026, 23:05 UTC");
}

#[test]
fn ago_counts_whole_units() {
    let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
    let before = |seconds: i64| Timestamp::from_second(now.as_second() - seconds).unwrap();
    let en = |seconds| crate::locale(Language::En).ago(now, before(seconds));
    assert_eq!(en(-5), "just now");
    assert_eq!(en(59), "just now");
    assert_eq!(en(60), "a minute ago");
    assert_eq!(en(7199), "an hour ago");
    assert_eq!(en(7200), "2 hours ago");
    assert_eq!(en(86_400), "yesterday");
    assert_eq!(en(86_400 * 1200), "1,200 days ago");
    assert_eq!(crate::locale(Language::Fr).ago(now, before(180)), "il y a 3 minutes");
}

#[test]
fn an_iban_is_grouped_and_another_reference_is_left_alone() {
    let en = crate::locale(Language::En);
    assert_eq!(en.iban("BE68539007547034"), "BE68 5390 0754 7034");
    assert_eq!(en.iban("5412 XXXX 0001"), "5412 XXXX 0001");
}

proptest! {
    #[test]
    fn no_digit_is_lost(minor in any::<i64>()) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let money = Money::new(minor, Currency::EUR);
        for language in Language::ALL {
            let shown = crate::locale(language).money(money);
            prop_assert_eq!(digits(&shown), digits(&money.decimal()));
            prop_assert_eq!(shown.contains(MINUS), minor < 0);
            let whole = crate::locale(language).number(minor);
            prop_assert_eq!(digits(&whole), minor.unsigned_abs().to_string());
        }
    }
}
