//! The public contract of a hub: what its answers look like, how its lists are paged, what its errors are called, and
//! a typed client. The hub builds its answers from these types and the books read with the same ones, so the contract
//! stands in one place.
//!
//! The shapes are those of the Ponto Connect API (JSON:API in spirit), so that software written for it works
//! unchanged. Two resources are ours, and the discovery document says when they are there: [`Change`], the feed of
//! created, updated and removed transactions, and [`Balance`], the balances that the bank asserted.
//!
//! Rules that hold everywhere:
//! - amounts are exact decimals ([`Decimal`]), never floats;
//! - a calendar date travels as midnight UTC ([`Day`]) and comes back as the same day;
//! - what is absent is left out, never written as null;
//! - a reader ignores what it does not know, and one bad record never spoils its page.

mod access;
mod account;
mod client;
mod decimal;
mod discovery;
mod document;
mod error;
mod feed;
mod institution;
mod moment;
mod movement;
mod onboarding;
mod paging;
mod reauthorization;
mod sandbox;
#[doc(hidden)]
pub mod schema;
mod synchronization;
mod usage;
mod userinfo;
mod webhook;

pub use access::{AuthorizationRequest, OAuthError, TokenGrant, TokenResponse};
pub use account::{Account, AccountMeta, AccountRelationships, IntegrationAccount, IntegrationAccountRelationships};
pub use client::{AccessToken, Answer, ApplicationCredentials, Client, ClientError, Item, Page};
pub use decimal::{Decimal, DecimalError};
pub use discovery::{
    AccountLinks, Discovery, DiscoveryLinks, OAuthLinks, OrganizationLinks, SandboxAccountLinks,
    SandboxInstitutionLinks, SandboxLinks, SynchronizationLinks, expand,
};
pub use document::{
    Doc, Identifier, Kind, List, ListLinks, ListMeta, Nothing, Paging, Part, Reference, Related, Relation, Resource,
    ResourceLinks,
};
pub use error::{Code, ErrorDocument, ErrorItem, Source};
pub use feed::{Action, Balance, BalanceType, Change, ChangeRelationships};
pub use institution::{Institution, InstitutionStatus, MaintenanceType};
pub use moment::{Day, Moment};
pub use movement::{MovementRelationships, PendingTransaction, RemittanceType, Transaction};
pub use onboarding::OnboardingDetails;
pub use paging::PageRequest;
pub use reauthorization::{NewReauthorization, Reauthorization};
pub use sandbox::{
    ChangedSandboxTransaction, NewSandboxTransaction, SandboxAccount, SandboxAccountRelationships, SandboxTransaction,
    SandboxTransactionRelationships,
};
pub use schema::{Schema, Schemas};
pub use synchronization::{
    NewSynchronization, Subtype, Synchronization, SynchronizationRelationships, SynchronizationStatus,
};
pub use usage::{EndedIntegration, Usage, UsageDocument, UsageRelationships};
pub use userinfo::Userinfo;
pub use webhook::{EventAttributes, EventKind, EventRelationships, WebhookEvent, WebhookKey, WebhookKeys};
