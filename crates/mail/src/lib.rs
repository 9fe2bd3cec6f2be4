//! Mail as hub and books send it: what a letter says, the message that it becomes, and where it goes. Who is written to,
//! when, and that nothing is sent twice, is each party's own affair: this crate keeps nothing.

mod letter;
mod way;

pub use letter::{Attachment, Letter};
pub use way::{MailSettings, Outcome, Security, SmtpServer, Way};
