//! What a mail says, and the message that it becomes (RFC 5322): plain text in UTF-8, because every program shows it,
//! nothing in it can spy on its reader, and a link is seen before it is followed.

use std::time::SystemTime;

use domain::{MailId, Timestamp};
use lettre::Message;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};

/// A file beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type: `application/pdf`.
    pub media_type: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// A letter to one person, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    to: String,
    subject: String,
    paragraphs: Vec<String>,
    attachments: Vec<Attachment>,
}

impl Letter {
    /// An empty letter to an address.
    pub fn new(to: &str, subject: impl Into<String>) -> Letter {
        // A line break in a subject would begin another header.
        let subject = subject.into().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Letter { to: to.to_owned(), subject, paragraphs: Vec::new(), attachments: Vec::new() }
    }

    /// With a paragraph.
    #[must_use]
    pub fn text(mut self, paragraph: impl Into<String>) -> Letter {
        self.paragraphs.push(paragraph.into());
        self
    }

    /// With a link on a line of its own, under the words that say where it leads.
    #[must_use]
    pub fn link(self, words: impl Into<String>, address: impl std::fmt::Display) -> Letter {
        let words = words.into();
        self.text(format!("{words}\n{address}"))
    }

    /// With a file.
    #[must_use]
    pub fn attach(mut self, attachment: Attachment) -> Letter {
        self.attachments.push(attachment);
        self
    }

    /// Who gets it.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// What it is about.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The bytes to send, or why there are none. `signature` is the last line: the address of the party that writes.
    ///
    /// # Errors
    /// A sentence about a sender, recipient or file that cannot be used.
    pub fn message(&self, id: MailId, sender: &str, signature: &str, at: Timestamp) -> Result<Vec<u8>, String> {
        let from: Mailbox = sender.parse().map_err(|error| format!("the sender cannot be used: {error}"))?;
        let to: Mailbox = self.to.parse().map_err(|error| format!("the recipient cannot be used: {error}"))?;
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let headers = Message::builder()
            .message_id(Some(format!("<{id}@{}>", from.email.domain())))
            .date(SystemTime::from(at))
            .from(from)
            .to(to)
            .subject(&self.subject)
            .raw_header(automatic);
        let text = format!("{}\n\n-- \n{}\n", self.paragraphs.join("\n\n"), signature);
        let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(printable(text)?);
        let message = if self.attachments.is_empty() {
            headers.singlepart(text)
        } else {
            // A boundary of our own, so that the same letter is the same bytes.
            let mut parts = MultiPart::mixed().boundary(format!("=_{id}")).singlepart(text);
            for attachment in &self.attachments {
                parts = parts.singlepart(file(attachment)?);
            }
            headers.multipart(parts)
        };
        message.map(|message| message.formatted()).map_err(|error| format!("the message cannot be made: {error}"))
    }
}

/// Quoted-printable always: whoever looks at the file of a mail can read it.
fn printable(text: String) -> Result<Body, String> {
    Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| "the text cannot be encoded".to_owned())
}

fn file(attachment: &Attachment) -> Result<SinglePart, String> {
    let kind = ContentType::parse(&attachment.media_type).map_err(|error| format!("no media type: {error}"))?;
    let body = Body::new_with_encoding(attachment.content.clone(), ContentTransferEncoding::Base64)
        .map_err(|_| "the attachment cannot be encoded".to_owned())?;
    Ok(SinglePart::builder().header(kind).header(ContentDisposition::attachment(&attachment.name)).body(body))
}
