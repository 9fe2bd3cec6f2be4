//! The dashboard: what people see of the hub. Handlers extract, authorise, call one function of the rest of the hub, and
//! draw; no rule and no SQL lives here.
//!
//! `visit` says who asks and in which language; `stop` turns what went wrong into a page; each other module is a
//! page or a few that belong together. The words are in `locales/`.

mod account;
mod accounts;
mod audit;
mod bank;
mod billing;
mod clients;
mod country;
mod days;
mod entrance;
mod export;
mod farewell;
mod files;
mod freshness;
mod institutions;
mod integration;
mod integrations;
mod invitation;
mod invoices;
mod known_bank;
mod linking;
mod mandates;
mod notices;
mod organization;
mod overview;
mod password;
mod people;
mod privacy;
mod problems;
mod profile;
mod progress;
mod reauthorization;
mod reference;
mod renewal;
mod report;
pub mod rights;
mod rows;
mod second;
mod security;
mod source;
mod standing;
mod stop;
mod traffic;
mod transactions;
mod unfinished;
mod unread;
mod usage;
mod visit;
mod webhook;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{any, get, post};
use web::Protection;

use crate::words::{MESSAGES, PRODUCT};
use crate::{SharedHub, oauth};

/// The dashboard's routes, protected and with their assets, to be merged with those of the API.
pub fn routes(hub: &SharedHub) -> Router<SharedHub> {
    let cookies = crate::people::cookies(hub);
    let pages = Router::new()
        .merge(entrance_routes())
        .merge(people_routes())
        .merge(linking_routes())
        .merge(account_routes())
        .merge(integration_routes())
        .merge(ledger_routes())
        .route("/app/{*rest}", any(stop::missing))
        .layer(middleware::from_fn_with_state(hub.clone(), stop::draw));
    let shared = oauth::pages().merge(web::assets()).merge(web::languages(cookies.clone(), MESSAGES.clone()));
    let protection = Protection { product: PRODUCT, messages: MESSAGES.clone(), cookies };
    web::protect(pages.merge(shared), protection)
}

fn entrance_routes() -> Router<SharedHub> {
    Router::new()
        .route("/api", get(reference::show))
        .route("/sign-up", get(entrance::show_sign_up).post(entrance::sign_up))
        .route("/sign-up/{token}", get(entrance::show_finish).post(entrance::finish))
        .route("/password", get(password::show).post(password::ask))
        .route("/password/{token}", get(password::show_finish).post(password::finish))
        .route("/invitation/{token}", get(invitation::show).post(invitation::accept))
        .route("/login", get(entrance::show_log_in).post(entrance::log_in))
        .route("/login/second", get(second::show).post(second::answer))
        .route("/login/passkey", post(second::passkey))
        .route("/logout", post(entrance::log_out))
        .route("/app/organizations/new", get(organization::show_new).post(organization::create))
        .route("/app/organizations/switch", post(organization::switch))
        .route("/app/organization", get(organization::show).post(organization::update))
        .route("/app/billing", get(billing::show).post(billing::update))
        .route("/app/billing/usage", get(usage::show))
        .route("/app/billing/invoices", get(invoices::list))
        .route("/app/billing/invoices/{id}/pdf", get(invoices::pdf))
        .route("/app/billing/invoices/{id}/xml", get(invoices::xml))
        .route("/app/billing/debit", get(invoices::show_debit).post(invoices::give))
        .route("/app/billing/debit/end", post(invoices::end))
}

fn people_routes() -> Router<SharedHub> {
    Router::new()
        .route("/app/people", get(people::list))
        .route("/app/people/invitations", post(people::invite))
        .route("/app/people/invitations/{id}/withdraw", post(people::withdraw))
        .route("/app/people/{user}/role", post(people::set_role))
        .route("/app/people/{user}/remove", post(people::remove))
        .route("/app/notices", get(notices::show).post(notices::add))
        .route("/app/notices/remove", post(notices::remove))
        .route("/app/profile", get(profile::show))
        .route("/app/profile/erase", get(farewell::show).post(farewell::erase))
        .route("/app/profile/password", post(profile::change_password))
        .route("/app/profile/log-out-everywhere", post(profile::log_out_everywhere))
        .route("/app/profile/security", get(security::show))
        .route("/app/profile/totp", get(security::show_totp).post(security::enable_totp))
        .route("/app/profile/totp/off", post(security::disable_totp))
        .route("/app/profile/recovery", post(security::recovery))
        .route("/app/profile/passkeys", post(security::add_passkey))
        .route("/app/profile/passkeys/{credential}/remove", post(security::remove_passkey))
        .route("/app/audit", get(audit::show))
        .route("/app/privacy", get(privacy::show))
        .route("/app/privacy/export", post(privacy::export))
        .route("/app/privacy/erase", get(privacy::confirm_erase).post(privacy::erase))
        .route("/app/clients", get(clients::list))
        .route("/app/clients/links", post(clients::ask))
        .route("/app/clients/links/{id}/withdraw", post(clients::withdraw))
        .route("/app/clients/{mandate}", get(clients::show))
        .route("/app/clients/{mandate}/return", post(clients::give_back))
        .route("/app/clients/{mandate}/integrations", post(clients::integrate))
        .route("/app/clients/{mandate}/accounts/{account}", get(clients::account))
        .route("/app/mandate/{token}", get(mandates::show).post(mandates::give))
        .route("/app/representatives", get(mandates::list))
        .route("/app/representatives/{mandate}", post(mandates::change))
        .route("/app/representatives/{mandate}/end", post(mandates::end))
}

fn linking_routes() -> Router<SharedHub> {
    Router::new()
        .route("/app/link", get(institutions::pick))
        .route("/app/link/return", get(linking::returned))
        .route("/app/link/progress", get(progress::show))
        .route("/app/link/progress/part", get(progress::part))
        .route("/app/link/attempts/{id}", get(linking::attempt).post(linking::choose))
        .route("/app/link/attempts/{id}/part", get(linking::attempt_part))
        .route("/app/banks/{bic}", get(known_bank::show).post(known_bank::wish))
        .route("/app/institutions/{id}/report", get(report::show).post(report::send))
        .route("/app/renewals/{id}", get(reauthorization::show).post(reauthorization::begin))
        .route("/app/link/{institution}", get(linking::consent).post(linking::start))
}

fn account_routes() -> Router<SharedHub> {
    Router::new()
        .route("/app", get(overview::show))
        .route("/app/accounts", get(accounts::list))
        .route("/app/accounts/{id}", get(account::show))
        .route("/app/accounts/{id}/part", get(account::part))
        .route("/app/accounts/{id}/synchronize", post(account::synchronize))
        .route("/app/accounts/{id}/renew", get(renewal::show).post(renewal::renew))
        .route("/app/accounts/{id}/unlink", get(account::confirm_unlink).post(account::unlink))
        .route("/app/accounts/{id}/transactions/{transaction}", get(transactions::one))
        .route("/app/transactions", get(transactions::search))
}

fn integration_routes() -> Router<SharedHub> {
    Router::new()
        .route("/app/integrations", get(integrations::list))
        .route("/app/integrations/new", get(integrations::show_new).post(integrations::create))
        .route("/app/integrations/{id}", get(integration::show).post(integration::set_accounts))
        .route("/app/integrations/{id}/secret", post(integration::renew_secret))
        .route("/app/integrations/{id}/webhook", get(webhook::show).post(webhook::set))
        .route("/app/integrations/{id}/webhook/{event}", post(webhook::send_again))
        .route("/app/integrations/{id}/revoke", get(integration::confirm_revoke).post(integration::revoke))
}

fn ledger_routes() -> Router<SharedHub> {
    Router::new()
        .route("/app/accounts/{id}/proof", get(days::show))
        .route("/app/accounts/{id}/export", get(export::show))
        .route("/app/accounts/{id}/export/file", get(export::file))
        .route("/app/files", get(files::show).post(files::receive).layer(DefaultBodyLimit::max(files::BODY_LIMIT)))
        .route("/app/files/{id}", get(files::one))
        .route("/app/files/{id}/undo", post(files::undo))
        .route("/app/accounts/{id}/raw/{raw}", get(source::raw))
}
