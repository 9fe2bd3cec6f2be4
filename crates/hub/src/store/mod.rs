//! The hub's tables. One module a noun; each holds the SQL, the private reading of a row, and functions that take the
//! transaction and speak domain types. Every statement on tenant data carries the organization's id.

pub mod account;
pub mod application;
pub mod authorization;
pub mod balance;
pub mod bank_call;
pub mod bank_wish;
pub mod change;
pub mod defect;
pub mod email_link;
pub mod expiry_notice;
pub mod figures;
pub mod idempotent_answer;
pub mod institution_figures;
pub mod integration;
pub mod job;
pub mod mail;
pub mod membership;
pub mod notice_address;
pub mod organization;
pub mod pending;
pub mod problem_report;
pub mod raw;
pub mod read;
pub mod schema;
pub mod search;
pub mod session;
pub mod standing;
pub mod synchronization;
pub mod throttle;
pub mod token;
pub mod transaction;
pub mod user;
pub mod webhook;
pub mod webhook_key;
