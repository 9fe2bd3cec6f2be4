//! `openapi.json` to read: every operation with what it takes and gives, and every schema that they name. Drawn here,
//! because a reader's browser loads nothing from another host and runs no script for it.

use std::sync::LazyLock;

use axum::response::Response;
use maud::{Markup, html};
use serde_json::{Value, json};
use web::{Locale, Page, heading};

use super::visit::Visitor;
use crate::api;

static DOCUMENT: LazyLock<Value> = LazyLock::new(api::openapi);

/// `GET /api`.
pub async fn show(visitor: Visitor) -> Response {
    let locale = &visitor.locale;
    let document = &*DOCUMENT;
    let title = locale.say("reference-title");
    let file = html! { a.button href="/openapi.json" { "openapi.json" } };
    let main = html! {
        (heading(&title, &locale.say("reference-lead"), file))
        p.soft { (document["info"]["description"].as_str().unwrap_or_default()) }
        section.section {
            h2 { (locale.say("reference-operations")) }
            div.stack {
                @for (path, operations) in entries(&document["paths"]) {
                    @for (method, operation) in entries(operations) { (one(path, method, operation, locale)) }
                }
            }
        }
        section.section {
            h2 { (locale.say("reference-schemas")) }
            div.stack { @for (name, schema) in entries(&document["components"]["schemas"]) { (named(name, schema, locale)) } }
        }
    };
    visitor.frame().show(Page::new(title, main))
}

fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn items(array: &Value) -> impl Iterator<Item = &Value> {
    array.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn one(path: &str, method: &str, operation: &Value, locale: &Locale) -> Markup {
    let parameters: Vec<&Value> = items(&operation["parameters"]).collect();
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    html! {
        details.card #(text(&operation["operationId"])) {
            summary { strong { (method.to_uppercase()) " " code { (path) } } " " span.soft { (text(&operation["summary"])) } }
            dl.facts {
                dt { (locale.say("reference-token")) }
                dd { @for (place, way) in items(&operation["security"]).enumerate() {
                    @if place > 0 { " · " }
                    @match entries(way).next() { Some((name, _)) => code { (name) }, None => (locale.say("reference-no-token")), }
                } }
                @if !body.is_null() { dt { (locale.say("reference-body")) } dd { (schema(body)) } }
                @for (status, answer) in entries(&operation["responses"]).filter(|(status, _)| !is_refusal(status)) {
                    dt { (status) } dd { (schema(&answer["content"]["application/json"]["schema"])) }
                }
                dt { (locale.say("reference-otherwise")) } dd { (refusals(&operation["responses"])) }
            }
            @if !parameters.is_empty() {
                table.cards {
                    thead { tr { th { (locale.say("reference-parameter")) } th { (locale.say("reference-type")) } th { (locale.say("reference-meaning")) } } }
                    tbody { @for known in parameters {
                        tr { td { code { (text(&known["name"])) } } td { (schema(&known["schema"])) } td { (text(&known["description"])) } }
                    } }
                }
            }
        }
    }
}

fn named(name: &str, described: &Value, locale: &Locale) -> Markup {
    let required: Vec<&str> = items(&described["required"]).map(text).collect();
    let properties: Vec<(&String, &Value)> = entries(&described["properties"]).collect();
    html! {
        details.card #(name) {
            summary { strong { (name) } }
            p { (text(&described["description"])) }
            @if properties.is_empty() { p { (schema(described)) } } @else {
                table.cards {
                    thead { tr { th { (locale.say("reference-field")) } th { (locale.say("reference-type")) } th { (locale.say("reference-meaning")) } } }
                    tbody { @for (field, described) in properties {
                        tr {
                            td { code { (field) } @if !required.contains(&field.as_str()) { " " small.soft { (locale.say("reference-optional")) } } }
                            td { (schema(described)) }
                            td { (text(&described["description"])) }
                        }
                    } }
                }
            }
        }
    }
}

fn is_refusal(status: &str) -> bool {
    status.starts_with(['4', '5'])
}

/// The refusals in one line: all of them have one form.
fn refusals(responses: &Value) -> Markup {
    let all = entries(responses).map(|(status, _)| status.as_str()).filter(|status| is_refusal(status));
    let form = json!({ "$ref": "#/components/schemas/ErrorDocument" });
    html! { (all.collect::<Vec<_>>().join(", ")) ": " (schema(&form)) }
}

/// A schema in one line: a link to a named one, else its type.
fn schema(described: &Value) -> Markup {
    if let Some(reference) = described["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return html! { a href={ "#" (name) } { (name) } };
    }
    if described["type"] == "array" {
        return html! { "[" (schema(&described["items"])) "]" };
    }
    let fields: Vec<(&String, &Value)> = entries(&described["properties"]).collect();
    if !fields.is_empty() {
        return html! { "{ " @for (place, (name, value)) in fields.into_iter().enumerate() {
            @if place > 0 { ", " } code { (name) } ": " (schema(value))
        } " }" };
    }
    let words: Vec<&str> = items(&described["enum"]).map(text).collect();
    if !words.is_empty() {
        return html! { code { (words.join(" | ")) } };
    }
    html! { (text(&described["type"])) @if let Some(format) = described["format"].as_str() { " (" (format) ")" } }
}
