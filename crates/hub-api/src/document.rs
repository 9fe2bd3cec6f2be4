use std::fmt::Debug;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{ErrorItem, Moment, Synchronization};

/// What every part of a resource can do.
pub trait Part: Serialize + DeserializeOwned + Clone + Debug + PartialEq + Eq + Send + Sync + 'static {}

impl<T: Serialize + DeserializeOwned + Clone + Debug + PartialEq + Eq + Send + Sync + 'static> Part for T {}

crate::described! {
    /// Where a resource has no relationships, or nothing in `meta`.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Nothing {}
}

/// A kind of resource: its attributes are the implementing type.
pub trait Kind: Part {
    /// The `type` on the wire.
    const TYPE: &'static str;
    /// Its id.
    type Id: Part;
    /// Its relationships; written even when empty, because clients read into it unasked.
    type Relationships: Part + Default;
    /// Its `meta`.
    type Meta: Part;
}

/// One resource: `{"type", "id", "attributes", "relationships"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Resource<K: Kind> {
    /// The `type`. Written from [`Kind::TYPE`], not enforced when read.
    #[serde(rename = "type", default)]
    kind: TypeName<K>,
    /// The id.
    pub id: K::Id,
    /// The attributes.
    pub attributes: K,
    /// The relationships.
    #[serde(default)]
    pub relationships: K::Relationships,
    /// Facts about the resource that are not its own.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub meta: Option<K::Meta>,
    /// Addresses that belong to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<ResourceLinks>,
}

fn none<T>() -> Option<T> {
    None
}

impl<K: Kind> Resource<K> {
    /// A resource without meta and links.
    pub fn new(id: K::Id, attributes: K, relationships: K::Relationships) -> Resource<K> {
        Resource { kind: TypeName(PhantomData), id, attributes, relationships, meta: None, links: None }
    }

    /// The same with `meta`.
    pub fn with_meta(mut self, meta: K::Meta) -> Resource<K> {
        self.meta = Some(meta);
        self
    }

    /// The same with the page to which the user's browser is to be sent.
    pub fn with_redirect(mut self, redirect: String) -> Resource<K> {
        self.links = Some(ResourceLinks { redirect: Some(redirect) });
        self
    }
}

crate::described! {
    /// Addresses that belong to one resource.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct ResourceLinks {
        /// Where to send the user's browser.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub redirect: Option<String>,
    }
}

#[derive(Debug, PartialEq, Eq)]
struct TypeName<K>(PhantomData<K>);

impl<K> Clone for TypeName<K> {
    fn clone(&self) -> TypeName<K> {
        TypeName(PhantomData)
    }
}

impl<K> Default for TypeName<K> {
    fn default() -> TypeName<K> {
        TypeName(PhantomData)
    }
}

impl<K: Kind> Serialize for TypeName<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(K::TYPE)
    }
}

impl<'de, K: Kind> Deserialize<'de> for TypeName<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TypeName<K>, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| TypeName(PhantomData))
    }
}

/// `{"type", "id"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier<I> {
    /// The type of the resource.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: I,
}

crate::described! {
    /// `{"related": URL}`, with the type of what is there.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Related {
        /// Where it is.
        pub related: String,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub meta: Option<Reference>,
    }
}

crate::described! {
    /// The type of what a link leads to.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Reference {
        /// The type.
        #[serde(rename = "type")]
        pub kind: String,
    }
}

/// A relationship: to one resource by its id, to several by their address, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "I: Serialize", deserialize = "I: Deserialize<'de>"))]
pub struct Relation<I> {
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Related>,
    /// Which it is.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub data: Option<Identifier<I>>,
}

impl<I> Relation<I> {
    /// One resource, by type and id.
    pub fn to(kind: &str, id: I) -> Relation<I> {
        Relation { links: None, data: Some(Identifier { kind: kind.to_owned(), id }) }
    }

    /// The same with its address.
    pub fn at(mut self, address: String) -> Relation<I> {
        self.links = Some(Related { related: address, meta: None });
        self
    }

    /// Several resources of a type, by their address.
    pub fn list(address: String, kind: &str) -> Relation<I> {
        let meta = Some(Reference { kind: kind.to_owned() });
        Relation { links: Some(Related { related: address, meta }), data: None }
    }
}

/// A document of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct Doc<T> {
    /// The resource.
    pub data: T,
}

/// A document of many resources, newest first unless the resource says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct List<T> {
    /// Paging and freshness.
    #[serde(default)]
    pub meta: ListMeta,
    /// First, next and previous page.
    #[serde(default)]
    pub links: ListLinks,
    /// The resources.
    pub data: Vec<T>,
}

crate::described! {
    /// `meta` of a list.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct ListMeta {
        /// When the account was last synchronized with its bank.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub synchronized_at: Option<Moment>,
        /// Where this page stands.
        pub paging: Paging,
        /// The account's latest synchronization, with its errors.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub latest_synchronization: Option<Box<Resource<Synchronization>>>,
    }
}

crate::described! {
    /// `meta.paging`.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct Paging {
        /// How many resources a page holds at most.
        pub limit: u32,
        /// The id of the first row, when rows come before it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub before: Option<String>,
        /// The id of the last row, when rows come after it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub after: Option<String>,
    }
}

crate::described! {
    /// `links` of a list; absent where there is no such page.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct ListLinks {
        /// The first page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub first: Option<String>,
        /// The page that follows in the list's order (older rows, where the newest come first).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
        /// The page before, adjacent to this one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub prev: Option<String>,
    }
}

impl<T> List<T> {
    /// Adds when the account was last synchronized, and with which outcome.
    pub fn with_freshness(
        mut self,
        synchronized_at: Option<Moment>,
        latest_synchronization: Option<Resource<Synchronization>>,
    ) -> List<T> {
        self.meta.synchronized_at = synchronized_at;
        self.meta.latest_synchronization = latest_synchronization.map(Box::new);
        self
    }

    /// The errors of the account's latest synchronization, none when it went well.
    pub fn latest_errors(&self) -> &[ErrorItem] {
        self.meta.latest_synchronization.as_ref().map_or(&[], |latest| &latest.attributes.errors)
    }
}
