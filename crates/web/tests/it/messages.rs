use std::path::Path;

use web::{Language, Messages, MessagesError, check};

fn own(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../../locales/en/web.ftl"),
        Language::Fr => include_str!("../../locales/fr/web.ftl"),
        Language::Nl => include_str!("../../locales/nl/web.ftl"),
        Language::De => include_str!("../../locales/de/web.ftl"),
    }
}

#[test]
fn all_languages_say_the_same_things() {
    let sources = Language::ALL.map(|language| (language, own(language)));
    assert_eq!(check::differences(&sources), Vec::<String>::new());
}

#[test]
fn code_and_messages_know_each_other() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(check::unmatched(&folder, &[(Language::En, own(Language::En))]), Vec::<String>::new());
}

#[test]
fn the_checks_find_what_is_wrong() {
    let english = "a = A { $x }\nb = { $n ->\n    [one] { $y }\n   *[other] o\n}\n";
    let french = "a = A\nc = C\nb = { $n ->\n    [one] { $y }\n   *[other] o\n}\n";
    let found = check::differences(&[(Language::En, english), (Language::Fr, french)]);
    assert_eq!(found, [r#"a takes {"x"} in en but {} in fr"#, "c is in fr but not in en"]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found = check::unmatched(&folder, &[(Language::En, "never-said = x\n")]);
    assert_eq!(found, ["never-said has a message but is never said"]);
}

#[test]
fn numbers_follow_the_plural_and_the_thousands_of_the_language() {
    let source = "n = { $count ->\n    [one] one { $count }\n   *[other] many { $count } of { $name }\n}\n";
    let messages = Messages::load(&[(Language::En, source), (Language::Fr, source)]).unwrap();
    let say = |language, count: i64| messages.say(language, "n", &[("count", count.into()), ("name", "x".into())]);
    assert_eq!(say(Language::En, 1), "one 1");
    assert_eq!(say(Language::En, 0), "many 0 of x");
    assert_eq!(say(Language::Fr, 0), "one 0", "French counts nothing in the singular");
    assert_eq!(say(Language::En, -12_345), "many \u{2212}12,345 of x");
    assert_eq!(say(Language::Fr, 12_345), "many 12\u{202f}345 of x");
}

#[test]
fn what_is_missing_is_shown_as_its_key() {
    let messages = Messages::load(&[(Language::En, "a = A { $x }")]).unwrap();
    assert_eq!(messages.say(Language::En, "b", &[]), "b");
    assert_eq!(messages.say(Language::De, "a", &[]), "a");
    assert_eq!(messages.say(Language::En, "a", &[]), "A {$x}");
}

#[test]
fn bad_files_are_refused() {
    assert!(matches!(Messages::load(&[(Language::En, "a = { ")]), Err(MessagesError::Syntax { language: "en", .. })));
    let twice = [(Language::Fr, "a = x\n"), (Language::Fr, "a = y\n")];
    assert!(matches!(Messages::load(&twice), Err(MessagesError::Twice { language: "fr", .. })));
    assert!(matches!(Messages::load(&[(Language::En, "web-skip = x\n")]), Err(MessagesError::Twice { .. })));
}
