//! The hub from outside: its service in process, a database of its own for each test, a clock that only the test moves.
//! With `PASSERELLE_TEST_POSTGRES=postgres://USER@HOST:PORT/DATABASE` each test makes its database on that server.

#![expect(clippy::unwrap_used, reason = "what is not as a test expects fails the test")]

mod apart;
mod api;
mod attacks;
mod audit;
mod billing;
mod bulk;
mod clients;
mod dashboard;
mod edges;
mod entrance;
mod farewell;
mod files;
mod idempotency;
mod institutions;
mod invoices;
mod isolation;
mod lapses;
mod ledger;
mod logs;
mod mail;
mod mandates;
mod notices;
mod oauth;
mod offers;
mod onboarding;
mod openapi;
mod operator;
mod overtaken;
mod paging;
mod people;
mod pontoconnect;
mod privacy;
mod refusals;
mod renewal;
mod repeated;
mod roles;
mod sandbox;
mod scheduler;
mod schemas;
mod second_factor;
mod synchronization;
mod testing;
mod unfinished;
mod webhooks;
