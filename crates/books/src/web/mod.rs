//! The pages. Each file is one screen or one way through several: a handler reads the request, makes one call into the
//! books, and draws. Every form works without JavaScript.
//!
//! Names of fields are stable, because programs fill them too:
//!
//! | form | fields |
//! |---|---|
//! | `POST /sign-up` | `company`, `email`, `password` |
//! | `POST /login` | `email`, `password`, `next` |
//! | `GET /banks` | `q`, `country` |
//! | `GET /connect` and `POST /connect` | `provider`, `institution`, `purpose` (`connect`, `fetch-accounts`, `update-credentials`), `connection` |
//! | `POST /connections/{id}/accounts` | `journal-<account>`: `new`, `later` or a journal's id; `start-<account>`: a day; `anyway-<account>`; `count` only counts |
//! | `POST /connections/{id}/import`, `/renew` | none |
//! | `POST /connections/{id}/automatic` | `every`: hours, or 0 for never |
//! | `POST /connections/{id}/losses` | `account`, once for each |
//! | `POST /imports/{id}/undo`, `/redo` | none |
//! | `GET /journals/{id}` | `q`, `from`, `to`, `marked`, `below` |
//! | `POST /targets`, `POST /targets/{id}/settings` | `system`, `name`, `journal` once for each, `place-<journal>`, and the target's settings |
//! | `POST /targets/{id}/again`, `/remove`, `/retire`, `/restore` | none |
//! | `POST /journals/new` | `bank`, `reference`, `currency`, `bic` |
//! | `POST /journals/{id}/settings` | `name`, `period` (`none`, `daily`, `weekly`, `monthly`), `start` |
//! | `POST /journals/{id}/files` | `file`, as `multipart/form-data` |
//! | `POST /journals/{id}/check`, `/check/take` | none |
//! | `POST /lines/{id}/aside`, `/back` | none |
//! | `POST /transfers` | `debit`, `credit`, `verdict` (`confirmed`, `dismissed`, `none`) |
//! | `POST /companies`, `POST /companies/turn` | `company` |
//! | `POST /companies/letters` | `on`: `1` for all, `2` for failures only, `0` for none, for the company at work |
//! | `POST /companies/confirm`, `POST /confirm/{pass}` | none |
//! | `POST /password`, `POST /password/{pass}` | `email`; `password` |
//!
//! `GET /connections/{id}/progress` answers an element with `data-refresh` while an import runs, and with
//! `data-import="ended"` once it is over; `GET /journals/{id}/check/progress` does the same with `data-check`.

mod account_row;
mod accounts;
mod banks;
mod check;
mod companies;
mod connect;
mod connection;
mod connections;
mod door;
mod failure;
mod files;
mod found;
mod heard;
mod imports;
mod journal;
mod journals;
mod keep;
mod line;
mod member;
mod new_journal;
mod passes;
mod retire;
mod shape;
mod statement;
mod target;
mod target_files;
mod target_removal;
pub(crate) mod target_trouble;
pub(crate) mod targets;
mod transfers;
pub(crate) mod trouble;

use std::sync::Arc;

use ::web::{Cookies, Language, Messages, MessagesError, Protection};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::Inner;

/// Name of the product in the frame.
const PRODUCT: &str = "Passerelle Books";

/// The message files of the books, one a noun, each in every language; the first language is what a stranger gets.
const WORDS: &[(Language, &str)] = ::web::words![
    "books", "check", "failing", "file", "headless", "journal", "keep", "letter", "link", "odoo", "outgoing", "pass",
    "retire", "span", "stale", "targets", "transfer"
];

pub(crate) fn messages() -> Result<Messages, MessagesError> {
    Messages::load(WORDS)
}

/// What every handler shares.
pub(crate) struct Web {
    books: Arc<Inner>,
    cookies: Cookies,
}

type Shared = Arc<Web>;

pub(crate) fn router(books: Arc<Inner>) -> Router {
    let cookies = Cookies::new("books", books.settings.public_url.starts_with("https:"));
    let messages = books.messages.clone();
    let shared: Shared = Arc::new(Web { books, cookies: cookies.clone() });
    let pages = Router::new()
        .route("/", get(journals::home))
        .route("/sign-up", get(door::sign_up_form).post(door::sign_up))
        .route("/login", get(door::log_in_form).post(door::log_in))
        .route("/logout", post(door::log_out))
        .route("/companies", get(companies::list).post(companies::add))
        .route("/companies/turn", post(companies::turn))
        .route("/companies/letters", post(companies::letters))
        .route("/companies/confirm", post(passes::ask_again))
        .route("/confirm/{pass}", get(passes::confirm_form).post(passes::confirm))
        .route("/password", get(passes::forgot_form).post(passes::forgot))
        .route("/password/{pass}", get(passes::password_form).post(passes::password))
        .route("/journals", get(journals::list))
        .route("/journals/new", get(new_journal::form).post(new_journal::add))
        .route("/journals/{id}", get(journal::show))
        .route("/journals/{id}/settings", get(shape::show).post(shape::save))
        .route(
            "/journals/{id}/files",
            get(files::show).post(files::take).layer(DefaultBodyLimit::max(files::MOST_BYTES)),
        )
        .route("/journals/{id}/check", get(check::show).post(check::begin))
        .route("/journals/{id}/check/progress", get(check::progress))
        .route("/journals/{id}/check/take", post(check::take))
        .route("/journals/{id}/unlink", post(journal::unlink))
        .route("/journals/{id}/statements/{month}", get(statement::show))
        .route("/lines/{id}", get(line::show))
        .route("/lines/{id}/aside", post(check::aside))
        .route("/lines/{id}/back", post(check::back))
        .route("/transfers", get(transfers::list).post(transfers::judge))
        .route("/imports/{id}/undo", post(files::undo))
        .route("/imports/{id}/redo", post(files::redo))
        .route("/banks", get(banks::search))
        .route("/connect", get(connect::before).post(connect::leave))
        .route("/connect/return", get(connect::back))
        .route("/connect/discard", post(connect::discard))
        .route("/targets", get(targets::list).post(targets::create))
        .route("/targets/add", get(targets::add))
        .route("/targets/{id}", get(target::show))
        .route("/targets/{id}/settings", get(targets::settings).post(targets::change))
        .route("/targets/{id}/again", post(target::again))
        .route("/targets/{id}/retire", get(retire::ask).post(retire::retire))
        .route("/targets/{id}/restore", post(retire::restore))
        .route("/targets/{id}/remove", get(target_removal::ask).post(target_removal::remove))
        .route("/connections", get(connections::list))
        .route("/connections/{id}", get(connection::show))
        .route("/connections/{id}/progress", get(connection::progress))
        .route("/connections/{id}/import", post(connection::import))
        .route("/connections/{id}/imports", get(imports::list))
        .route("/connections/{id}/renew", post(connection::renew))
        .route("/connections/{id}/renewed", get(connection::renewed))
        .route("/connections/{id}/automatic", post(connection::automatic))
        .route("/connections/{id}/accounts", get(accounts::show).post(accounts::link))
        .route("/connections/{id}/losses", post(accounts::confirm))
        .route("/webhooks/{provider}", post(heard::hear))
        .fallback(failure::no_page)
        .layer(from_fn_with_state(shared.clone(), failure::draw))
        .with_state(shared)
        .merge(::web::assets())
        .merge(::web::languages(cookies.clone(), messages.clone()));
    ::web::protect(pages, Protection { product: PRODUCT, messages, cookies })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_languages_say_the_same() {
        assert_eq!(::web::check::differences(WORDS), Vec::<String>::new());
    }

    #[test]
    fn code_and_messages_know_each_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert_eq!(::web::check::unmatched(&folder, WORDS), Vec::<String>::new());
    }
}
