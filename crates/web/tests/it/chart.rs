use domain::{Currency, Date, Money};
use web::{Language, line_chart};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

const DAYS: [Date; 3] = [Date::constant(2026, 1, 1), Date::constant(2026, 1, 2), Date::constant(2026, 1, 4)];

fn draw(minors: [i64; 3]) -> String {
    let points: Vec<_> = DAYS.into_iter().zip(minors.map(eur)).collect();
    line_chart(&points, "Balance", &crate::locale(Language::En)).into_string()
}

#[test]
fn a_line_goes_in_steps_from_edge_to_edge() {
    // Four days on 720 units, 100 of difference on 176 units below an edge of 2.
    assert!(draw([0, 100, 50]).contains("d=\"M0 178H180V2H540V90H720\""), "{}", draw([0, 100, 50]));
}

#[test]
fn it_says_what_it_shows() {
    let svg = draw([0, 12_345, -50]);
    for words in ["1 Jan 2026", "4 Jan 2026", "€123.45", "−€0.50", "aria-label"] {
        assert!(svg.replace('\u{a0}', " ").contains(words), "{words}: {svg}");
    }
    assert!(svg.contains("rule zero"), "zero is crossed");
    assert!(!svg.contains("style="), "no inline style");
}

#[test]
fn extremes_and_nothing_can_be_drawn() {
    assert!(draw([i64::MIN, i64::MAX, 0]).contains("<path"));
    assert!(draw([7, 7, 7]).contains("M0 90H180V90"));
    let locale = crate::locale(Language::En);
    assert!(!line_chart(&[], "Balance", &locale).into_string().contains("svg"));
    assert!(!line_chart(&[(DAYS[0], eur(1))], "Balance", &locale).into_string().contains("svg"));
}
