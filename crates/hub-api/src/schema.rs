//! What the types of the wire look like, as JSON Schema, so that `openapi.json` is made from them and cannot say
//! anything else. A type is described where it is defined, by [`described!`](crate::described).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{Day, Decimal, Doc, Identifier, Kind, List, Moment, Relation, Resource};

/// The named schemas that others refer to.
#[derive(Debug, Default)]
pub struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    /// A reference to a named schema, which is made when it is named for the first time.
    pub fn named(&mut self, name: &str, make: impl FnOnce(&mut Schemas) -> Value) -> Value {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Value::Null);
            let schema = make(self);
            self.0.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    /// All of them by name.
    pub fn into_map(self) -> Map<String, Value> {
        self.0.into_iter().collect()
    }
}

/// A type whose form on the wire is known.
pub trait Schema {
    /// Whether a field of this type may be left out.
    const OPTIONAL: bool = false;

    /// Its schema; what has a name is put among the others and referred to.
    fn schema(schemas: &mut Schemas) -> Value;
}

/// One field of an object or one word of an enumeration, with its attributes as they stand in the code.
#[doc(hidden)]
pub struct Member {
    pub name: &'static str,
    pub attributes: &'static [&'static str],
    pub optional: bool,
    pub schema: fn(&mut Schemas) -> Value,
}

/// Describes a type where it is defined: its documentation, its fields and the names that serde gives them become its
/// schema.
#[doc(hidden)]
#[macro_export]
macro_rules! described {
    ($(
        $(#[$($attribute:tt)*])*
        pub struct $name:ident {
            $($(#[$($field_attribute:tt)*])* pub $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$($attribute)*])*
        pub struct $name {
            $($(#[$($field_attribute)*])* pub $field: $type,)*
        }

        impl $crate::Schema for $name {
            fn schema(schemas: &mut $crate::Schemas) -> serde_json::Value {
                schemas.named(stringify!($name), |schemas| {
                    $crate::schema::object(schemas, &[$(stringify!($($attribute)*)),*], &[$($crate::schema::Member {
                        name: stringify!($field),
                        attributes: &[$(stringify!($($field_attribute)*)),*],
                        optional: <$type as $crate::Schema>::OPTIONAL,
                        schema: <$type as $crate::Schema>::schema,
                    }),*])
                })
            }
        }
    )*};
}

/// The same for an enumeration of words; one with `Other(String)` is any text.
#[doc(hidden)]
#[macro_export]
macro_rules! described_words {
    (
        $(#[$($attribute:tt)*])*
        pub enum $name:ident {
            $($(#[$($word_attribute:tt)*])* $word:ident $(($other:ty))?,)*
        }
    ) => {
        $(#[$($attribute)*])*
        pub enum $name {
            $($(#[$($word_attribute)*])* $word $(($other))?,)*
        }

        impl $crate::Schema for $name {
            fn schema(schemas: &mut $crate::Schemas) -> serde_json::Value {
                schemas.named(stringify!($name), |_| {
                    $crate::schema::words(&[$(stringify!($($attribute)*)),*], &[$(
                        (stringify!($word), &[$(stringify!($($word_attribute)*)),*] as &[&str]),
                    )*])
                })
            }
        }
    };
}

/// The schema of an object.
#[doc(hidden)]
pub fn object(schemas: &mut Schemas, attributes: &[&str], fields: &[Member]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let name = name_of(field.name, field.attributes, attributes);
        let left_out = field.attributes.iter().any(|attribute| attribute.contains("skip_serializing_if"));
        if !field.optional && !left_out {
            required.push(json!(name));
        }
        properties.insert(name, about((field.schema)(schemas), field.attributes));
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = Value::Array(required);
    }
    about(schema, attributes)
}

/// The schema of an enumeration of words.
#[doc(hidden)]
pub fn words(attributes: &[&str], words: &[(&str, &[&str])]) -> Value {
    let is_open = |own: &[&str]| own.iter().any(|attribute| attribute.contains("untagged"));
    let known: Vec<&(&str, &[&str])> = words.iter().filter(|(_, own)| !is_open(own)).collect();
    let name = |(word, own): &(&str, &[&str])| name_of(&uncapitalised(word), own, attributes);
    let meaning = |word: &(&str, &[&str])| format!("- `{}`: {}", name(word), documentation(word.1));
    let lines: Vec<String> = known.iter().map(|word| meaning(word)).collect();
    let mut schema = json!({ "type": "string" });
    if known.len() == words.len() {
        schema["enum"] = known.iter().map(|word| json!(name(word))).collect();
    }
    schema["description"] = json!(format!("{}\n\n{}", documentation(attributes), lines.join("\n")));
    schema
}

/// `RunningNow` as serde sees it before it renames: `runningNow`, whose lower case is the same word.
fn uncapitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_lowercase() + rest
}

/// The name that serde writes.
fn name_of(name: &str, own: &[&str], of_type: &[&str]) -> String {
    let quoted = |attributes: &[&str], key: &str| {
        attributes.iter().filter(|attribute| attribute.starts_with("serde")).find_map(|attribute| {
            let (_, rest) = attribute.split_once(&format!("{key} = \""))?;
            Some(rest.split_once('"')?.0.to_owned())
        })
    };
    if let Some(own) = quoted(own, "rename") {
        return own;
    }
    match quoted(of_type, "rename_all").as_deref() {
        Some("camelCase") => {
            let mut parts = name.split('_');
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |name, part| name + &part[..1].to_ascii_uppercase() + &part[1..])
        }
        Some("lowercase") => name.to_ascii_lowercase(),
        Some(_) | None => name.to_owned(),
    }
}

/// The documentation among attributes, as one paragraph a blank line.
pub(crate) fn documentation(attributes: &[&str]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let text = attribute.strip_prefix("doc = ")?.trim_start_matches('r').trim_matches(['"', '#']);
        Some(text.trim().replace("\\\"", "\"").replace("\\'", "'"))
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// A schema with what the code says about it. Beside a reference it may stand since JSON Schema 2020-12.
fn about(mut schema: Value, attributes: &[&str]) -> Value {
    let text = documentation(attributes);
    if !text.is_empty() {
        schema["description"] = json!(text);
    }
    schema
}

macro_rules! plain {
    ($($type:ty => $schema:tt,)*) => {$(
        impl Schema for $type {
            fn schema(_: &mut Schemas) -> Value {
                json!($schema)
            }
        }
    )*};
}

plain! {
    String => { "type": "string" },
    bool => { "type": "boolean" },
    u32 => { "type": "integer", "minimum": 0 },
    i64 => { "type": "integer" },
    Value => {},
    Map<String, Value> => { "type": "object" },
    Moment => { "type": "string", "format": "date-time" },
    Day => { "type": "string", "format": "date-time", "description": "A calendar date, as midnight UTC." },
    Decimal => { "type": "number", "description": "An exact decimal." },
    crate::Code => { "type": "string" },
    domain::AccountId => { "type": "string", "format": "uuid" },
    domain::InstitutionId => { "type": "string", "format": "uuid" },
    domain::OrganizationId => { "type": "string", "format": "uuid" },
    domain::TransactionId => { "type": "string", "format": "uuid" },
    domain::PendingTransactionId => { "type": "string", "format": "uuid" },
    domain::SynchronizationId => { "type": "string", "format": "uuid" },
    domain::IntegrationId => { "type": "string", "format": "uuid" },
    domain::OnboardingDetailsId => { "type": "string", "format": "uuid" },
}

impl<T: Schema> Schema for Option<T> {
    const OPTIONAL: bool = true;

    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }
}

impl<T: Schema> Schema for Box<T> {
    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }
}

impl<T: Schema> Schema for Vec<T> {
    fn schema(schemas: &mut Schemas) -> Value {
        json!({ "type": "array", "items": T::schema(schemas) })
    }
}

impl<I: Schema> Schema for Identifier<I> {
    fn schema(schemas: &mut Schemas) -> Value {
        let id = I::schema(schemas);
        let properties = json!({ "type": { "type": "string" }, "id": id });
        json!({ "type": "object", "properties": properties, "required": ["type", "id"] })
    }
}

impl<I: Schema> Schema for Relation<I> {
    fn schema(schemas: &mut Schemas) -> Value {
        let links = crate::Related::schema(schemas);
        let data = Identifier::<I>::schema(schemas);
        json!({ "type": "object", "properties": { "links": links, "data": data } })
    }
}

impl<K> Schema for Resource<K>
where
    K: Kind + Schema,
    K::Id: Schema,
    K::Relationships: Schema,
    K::Meta: Schema,
{
    fn schema(schemas: &mut Schemas) -> Value {
        let name = format!("{}Resource", K::TYPE[..1].to_ascii_uppercase() + &K::TYPE[1..]);
        schemas.named(&name, |schemas| {
            let properties = json!({
                "type": { "type": "string", "const": K::TYPE },
                "id": K::Id::schema(schemas),
                "attributes": K::schema(schemas),
                "relationships": K::Relationships::schema(schemas),
                "meta": K::Meta::schema(schemas),
                "links": crate::ResourceLinks::schema(schemas),
            });
            let required = ["type", "id", "attributes", "relationships"];
            json!({ "type": "object", "properties": properties, "required": required })
        })
    }
}

impl<T: Schema> Schema for Doc<T> {
    fn schema(schemas: &mut Schemas) -> Value {
        json!({ "type": "object", "properties": { "data": T::schema(schemas) }, "required": ["data"] })
    }
}

impl<T: Schema> Schema for List<T> {
    fn schema(schemas: &mut Schemas) -> Value {
        let properties = json!({
            "meta": crate::ListMeta::schema(schemas),
            "links": crate::ListLinks::schema(schemas),
            "data": { "type": "array", "items": T::schema(schemas) },
        });
        json!({ "type": "object", "properties": properties, "required": ["meta", "links", "data"] })
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::json;

    use super::*;

    crate::described! {
        /// A thing.
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Thing {
            /// When it "began".
            pub began_at: Moment,
            /// Its `use`.
            #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
            pub usage: Option<String>,
            /// Its parts.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub parts: Vec<u32>,
        }
    }

    #[test]
    fn a_type_is_described_by_its_own_definition() {
        let mut schemas = Schemas::default();
        assert_eq!(Thing::schema(&mut schemas), json!({ "$ref": "#/components/schemas/Thing" }));
        let properties = json!({
            "beganAt": { "type": "string", "format": "date-time", "description": "When it \"began\"." },
            "use": { "type": "string", "description": "Its `use`." },
            "parts": { "type": "array", "items": { "type": "integer", "minimum": 0 }, "description": "Its parts." },
        });
        let thing = json!({
            "type": "object", "description": "A thing.", "properties": properties, "required": ["beganAt"],
        });
        assert_eq!(schemas.into_map()["Thing"], thing);
        let mut schemas = Schemas::default();
        crate::InstitutionStatus::schema(&mut schemas);
        crate::Subtype::schema(&mut schemas);
        let known = schemas.into_map();
        assert_eq!(known["InstitutionStatus"].get("enum"), None, "other words may come");
        let subtypes = json!(["accountDetails", "accountTransactions", "accountTransactionsWithUnsettled"]);
        assert_eq!(known["Subtype"]["enum"], subtypes);
        let thing = Thing { began_at: Moment("2026-03-01T00:00:00Z".parse().unwrap()), usage: None, parts: vec![] };
        assert_eq!(serde_json::to_value(&thing).unwrap(), json!({ "beganAt": "2026-03-01T00:00:00.000Z" }));
    }
}
