use proptest::prelude::*;
use web::{Field, FieldErrors, Fields, Language};

#[test]
fn fields_are_read_by_name() {
    let fields: Fields = [("a", " x "), ("b", "1"), ("b", "2"), ("c", "  ")].into_iter().collect();
    assert_eq!((fields.text("a"), fields.exact("a"), fields.text("none")), ("x", " x ", ""));
    assert_eq!(fields.all("b").collect::<Vec<_>>(), ["1", "2"]);
    assert!(fields.has("a") && !fields.has("c") && !fields.has("none"));
}

#[test]
fn errors_gather_field_by_field() {
    let parse = |name: Result<&'static str, &'static str>, age: Result<u8, &'static str>| {
        let mut errors = FieldErrors::new();
        let name = errors.take("name", name);
        let age = errors.take("age", age);
        errors.or(name.zip(age))
    };
    assert_eq!(parse(Ok("a"), Ok(1)), Ok(("a", 1)));
    let errors = parse(Err("name-empty"), Err("age-wrong")).unwrap_err();
    assert_eq!((errors.of("name"), errors.of("age"), errors.len()), (Some("name-empty"), Some("age-wrong"), 2));
    assert!(errors.notice(&crate::locale(Language::En)).into_string().contains("2 fields need"));
    assert_eq!(FieldErrors::new().notice(&crate::locale(Language::En)).into_string(), "");
    let mut late = FieldErrors::new();
    late.add("name", "name-taken");
    assert!(late.or(Some(1)).is_err(), "a note counts even when every field was read");
}

#[test]
fn a_wrong_field_is_tied_to_its_message() {
    let mut errors = FieldErrors::new();
    errors.add("vat", "web-error-400");
    let locale = crate::locale(Language::En);
    let drawn =
        Field::text("vat", "VAT number").hint("With country").errors(&errors).optional().show(&locale).into_string();
    assert!(drawn.contains(r#"<label for="f-vat">"#), "{drawn}");
    assert!(drawn.contains(r#"aria-describedby="f-vat-hint f-vat-wrong""#), "{drawn}");
    assert!(drawn.contains(r#"aria-invalid="true""#) && drawn.contains(r#"id="f-vat-wrong""#), "{drawn}");
    assert!(!drawn.contains(" required"), "{drawn}");
    let right = Field::text("vat", "VAT number").show(&locale).into_string();
    assert!(!right.contains("aria-") && right.contains(" required"), "{right}");
}

proptest! {
    #[test]
    fn no_value_breaks_out_of_its_field(value in ".*") {
        let locale = crate::locale(Language::En);
        let drawn = Field::text("a", value.as_str()).value(&value).show(&locale).into_string();
        prop_assert_eq!(drawn.matches('<').count(), Field::text("a", "").show(&locale).into_string().matches('<').count());
    }
}
