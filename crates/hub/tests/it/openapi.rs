//! The description of the API for software, made from the code.

use hub::api::ROUTES;
use serde_json::Value;

use crate::testing::TestHub;

const COMMITTED: &str = include_str!("../../../../docs/openapi.json");

#[test]
fn the_committed_document_is_what_the_code_says() {
    let made = format!("{:#}\n", hub::api::openapi());
    assert!(made == COMMITTED, "docs/openapi.json is out of date: run cargo xtask openapi and look at the difference");
}

#[tokio::test]
async fn it_is_served_and_shown_and_names_every_route() {
    let test = TestHub::open().await;
    let served = test.call("GET", "/openapi.json", None, None).await;
    assert_eq!((served.status.as_u16(), served.header("content-type")), (200, "application/json"));
    let document = served.json();
    for (method, path) in ROUTES {
        let operation = &document["paths"][path][method];
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{method} {path}");
        assert!(!operation["security"].as_array().unwrap().is_empty(), "{method} {path} says what it needs");
    }
    let page = test.call("GET", "/api", None, None).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").contains("script-src 'self'"));
    for (_, path) in ROUTES {
        assert!(page.body.contains(path), "{path}");
    }
    // Every reference leads somewhere, in the document and on the page.
    let mut references = Vec::new();
    gather(&document, &mut references);
    assert!(references.len() > 50, "{}", references.len());
    for reference in references {
        if let Some(name) = reference.strip_prefix("#/components/responses/") {
            assert!(document["components"]["responses"][name]["content"].is_object(), "{reference}");
            continue;
        }
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{reference}");
        assert!(page.body.contains(&format!("id=\"{name}\"")), "{name}");
    }
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| gather(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
