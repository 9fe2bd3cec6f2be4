use axum::http::{HeaderMap, HeaderValue, header};
use web::{Cookies, Language};

const OFFERED: [Language; 2] = [Language::En, Language::Fr];

fn preferring(accepted: &str) -> Language {
    let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_str(accepted).unwrap())]);
    Language::choose(&headers, &Cookies::new("hub", false), &OFFERED)
}

#[test]
fn the_browser_is_asked_for_its_preference() {
    assert_eq!(preferring("fr-BE,fr;q=0.9,en;q=0.8"), Language::Fr);
    assert_eq!(preferring("en;q=0.3, fr;q=0.35"), Language::Fr);
    assert_eq!(preferring("fr;q=0, en;q=0.1"), Language::En);
    assert_eq!(preferring("nl,de;q=0.9,fr;q=0.1"), Language::Fr, "what is not offered is passed over");
    for odd in ["", "*", "xx", "fr;q=9", "fr;q=-1", "fr;level=1", ";;,,", "fr;q=é"] {
        let value = HeaderValue::from_bytes(odd.as_bytes()).unwrap();
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, value)]);
        assert_eq!(Language::choose(&headers, &Cookies::new("hub", false), &OFFERED), Language::En, "{odd}");
    }
}

#[test]
fn the_choice_of_the_reader_comes_first() {
    let mut headers = crate::with_cookie("passerelle-hub-language=fr");
    headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
    assert_eq!(Language::choose(&headers, &Cookies::new("hub", false), &OFFERED), Language::Fr);
    let unoffered = crate::with_cookie("passerelle-hub-language=de");
    assert_eq!(Language::choose(&unoffered, &Cookies::new("hub", false), &OFFERED), Language::En);
}
