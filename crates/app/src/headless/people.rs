//! `passerelle books invite` and `password`: who sees the pages of companies that the settings file made, and who has
//! forgotten a password where no mail goes out.

use std::process::ExitCode;

use books::{Books, HeadlessError, Invited};
use clap::Args;

use crate::config::Settings;

/// What `invite` is told.
#[derive(Debug, Clone, Args)]
pub struct InviteArguments {
    /// Whom.
    #[arg(value_name = "E-MAIL")]
    email: String,
    /// The company's name or id; not needed where there is one only.
    #[arg(long, value_name = "COMPANY")]
    company: Option<String>,
}

/// What `password` is told.
#[derive(Debug, Clone, Args)]
pub struct PasswordArguments {
    /// Whose.
    #[arg(value_name = "E-MAIL")]
    email: String,
}

pub(super) async fn invite(
    books: &Books,
    settings: &Settings,
    arguments: &InviteArguments,
) -> Result<ExitCode, HeadlessError> {
    // The company may be one that the settings file describes and nobody has made yet.
    for note in books.apply(&settings.books_plan).await? {
        eprintln!("! {note}");
    }
    let (company, invited) = books.invite(&arguments.email, arguments.company.as_deref()).await?;
    match invited {
        Invited::New(address) => {
            println!("Hand this over to {}, who chooses a password there within a week:\n{address}", arguments.email);
        }
        Invited::Joined => {
            println!("{} has a login already, and now finds {} under Companies.", arguments.email, company.name);
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn password(books: &Books, arguments: &PasswordArguments) -> Result<ExitCode, HeadlessError> {
    let address = books.password_address(&arguments.email).await?;
    println!("Hand this over to {}, who chooses a password there within a week:\n{address}", arguments.email);
    Ok(ExitCode::SUCCESS)
}
