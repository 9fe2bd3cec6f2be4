//! What a user sees at a bank: three steps and an end, each one page with one form.

use maud::{DOCTYPE, Markup, html};

use crate::bank::Bank;
use crate::consent::ConsentRequest;
use crate::ledger::Ledger;

/// The stylesheet of all banks.
pub(crate) const STYLE: &str = include_str!("bank.css");

/// What is wrong with what was sent, if anything.
pub(crate) type Complaint<'a> = Option<&'a str>;

fn frame(bank: &Bank, title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (bank.name) }
                link rel="stylesheet" href={ "/" (bank.slug) "/assets/bank.css" };
            }
            body class=(bank.accent) {
                header { p { (bank.name) } }
                main { (content) }
            }
        }
    }
}

fn complaint(text: Complaint<'_>) -> Markup {
    html! { @if let Some(text) = text { p .error role="alert" { (text) } } }
}

fn buttons(label: &str, action: &str) -> Markup {
    html! {
        div .buttons {
            button .main type="submit" name="action" value=(action) { (label) }
            button type="submit" name="action" value="refuse" formnovalidate { "Cancel" }
        }
    }
}

/// Who are you?
pub(crate) fn password(bank: &Bank, client: &str, wrong: Complaint<'_>) -> Markup {
    frame(
        bank,
        "Log in",
        html! {
            h1 { "Log in" }
            p { strong { (client) } " asks to read your accounts. Log in to decide." }
            (complaint(wrong))
            form method="post" {
                label { "User id" input type="text" name="user" value="demo" autocomplete="username" required; }
                label {
                    "Password"
                    input type="password" name="password" value="demo" autocomplete="current-password" required;
                }
                p .hint { "This is a simulated bank: user demo, password demo." }
                (buttons("Continue", "continue"))
            }
        },
    )
}

/// Are you there now?
pub(crate) fn code(bank: &Bank, wrong: Complaint<'_>) -> Markup {
    frame(
        bank,
        "One-time code",
        html! {
            h1 { "One-time code" }
            p { "Enter the six digits that your card reader shows." }
            (complaint(wrong))
            form method="post" {
                label {
                    "Code"
                    input type="text" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10"
                        required autofocus;
                }
                p .hint { "This is a simulated bank: the code is 123456." }
                (buttons("Continue", "continue"))
            }
        },
    )
}

/// Which accounts?
pub(crate) fn choice<'a>(
    bank: &Bank,
    client: &str,
    request: &ConsentRequest,
    accounts: impl Iterator<Item = (&'a str, &'a Ledger)>,
    wrong: Complaint<'_>,
) -> Markup {
    frame(
        bank,
        "Choose accounts",
        html! {
            h1 { "Choose accounts" }
            p { strong { (client) } " asks to read, until " strong .day { (request.valid_until.strftime("%-d %B %Y")) } ":" }
            ul {
                li { "the number, name and holder of each account you choose" }
                @if request.may_read_balances { li { "its balances" } }
                @if request.may_read_transactions { li { "its transactions" } }
            }
            p .hint {
                "Up to " (request.frequency_per_day) " times a day without you. It can pay nothing. "
                "You can withdraw this at any time."
            }
            (complaint(wrong))
            form method="post" {
                fieldset {
                    legend { "Accounts" }
                    @for (id, ledger) in accounts { (account(id, ledger)) }
                }
                (buttons("Confirm", "confirm"))
            }
        },
    )
}

fn account(id: &str, ledger: &Ledger) -> Markup {
    let number = match &ledger.reference {
        domain::AccountReference::Iban(iban) => iban.grouped(),
        domain::AccountReference::Other(number) => number.clone(),
    };
    html! {
        label .account {
            input type="checkbox" name="accounts" value=(id) checked;
            span {
                span { (ledger.name) }
                br;
                span .number { (number) }
            }
            span .currency { (ledger.currency) }
        }
    }
}

/// Nothing more to do here.
pub(crate) fn closed(bank: &Bank, text: &str, back: Option<&str>) -> Markup {
    frame(
        bank,
        "Request closed",
        html! {
            h1 { "This request is closed" }
            p { (text) }
            @if let Some(back) = back { p { a href=(back) { "Go back to where you came from" } } }
        },
    )
}

/// The address leads nowhere.
pub(crate) fn unknown(bank: &Bank) -> Markup {
    frame(
        bank,
        "Unknown request",
        html! {
            h1 { "Unknown request" }
            p { "This address belongs to no request. Go back to the software you came from and begin again." }
        },
    )
}
