//! The consent page as plain HTML, without style: every word of it is here and the field names are those of
//! [`super::ConsentPage`].

use maud::{DOCTYPE, Markup, html};

use super::ConsentPage;

/// The page that asks.
pub(super) fn consent(page: &ConsentPage) -> Markup {
    let title = format!("Let {} read your accounts?", page.application);
    document(
        &title,
        html! {
            p { "You are logged in as " (page.email) ". Afterwards you go back to " (page.returns_to) "." }
            @if page.organizations.len() > 1 {
                ul { @for known in &page.organizations { li {
                    @if known.id == page.organization { strong { (known.name) } } @else { a href=(known.address) { (known.name) } }
                } } }
            }
            @if page.nothing_ticked { p role="alert" { "Tick at least one account, or refuse." } }
            form method="post" action="/oauth2/auth" {
                input type="hidden" name="request" value=(page.request);
                input type="hidden" name="organization" value=(page.organization);
                @if !page.lost.is_empty() {
                    section role="alert" {
                        p { (page.application) " would no longer read:" }
                        ul { @for lost in &page.lost { li { (lost.reference) " (" (lost.institution) ")" } } }
                        label { input type="checkbox" name="confirm_removal" value="yes"; " Yes, take these away" }
                    }
                }
                fieldset {
                    legend { "Accounts" }
                    @for account in &page.accounts {
                        input type="hidden" name="shown" value=(account.id);
                        label {
                            input type="checkbox" name="accounts" value=(account.id) checked[account.ticked];
                            " " (account.reference) " " (account.currency) " " (account.institution)
                            @if let Some(name) = &account.name { " " (name) }
                        }
                    }
                    @if page.accounts.is_empty() { p { "There is no account yet." } }
                }
                button name="decision" value="allow" { "Allow" }
                button name="decision" value="deny" { "Refuse" }
            }
        },
    )
}

/// The page that says why nobody is asked.
pub(super) fn trouble(text: &str) -> Markup {
    document("This does not work", html! { p { (text) } })
}

fn document(title: &str, main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width"; title { (title) } }
            body { main { h1 { (title) } (main) } }
        }
    }
}
