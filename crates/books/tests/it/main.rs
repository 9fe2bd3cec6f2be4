//! The books against a provider written from the contract, and nothing of the hub.
//! `PASSERELLE_TEST_POSTGRES` names a server: then every test runs on PostgreSQL as well, each on its own database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod adversary;
mod crash;
mod desk;
mod files;
mod firefly;
mod flow;
mod headless;
mod imports;
mod letters;
mod odoo;
mod odoo_fake;
mod odoo_more;
mod outgoing;
mod passes;
mod plain_text;
mod provider;
mod pulls;
mod repair;
mod sftp;
mod webhooks;
