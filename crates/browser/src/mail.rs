//! Reading a mail as a mail program shows it: enough for the plain text that the hub sends.

/// A message that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address in `To`.
    pub to: String,
    /// Its text, or that of its first part.
    pub text: String,
}

impl Mail {
    /// The first address in the text that contains some words.
    pub fn link(&self, words: &str) -> Option<&str> {
        self.text.split_whitespace().find(|word| word.starts_with("http") && word.contains(words))
    }
}

/// Reads a message: its recipient and its text, quoted-printable (RFC 2045 section 6.7).
pub fn read(message: &str) -> Mail {
    let message = message.replace("\r\n", "\n");
    let (head, body) = message.split_once("\n\n").unwrap_or((&message, ""));
    let to = head.lines().find_map(|line| line.strip_prefix("To: ")).unwrap_or_default();
    let to = to.rsplit_once('<').map_or(to, |(_, rest)| rest.trim_end_matches('>')).trim().to_owned();
    // The first part stands between its own head and the next boundary.
    let first = match body.trim_start().strip_prefix("--") {
        Some(rest) => {
            let (boundary, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            let (_, text) = rest.split_once("\n\n").unwrap_or(("", rest));
            text.split(&format!("--{boundary}")).next().unwrap_or_default()
        }
        None => body,
    };
    Mail { to, text: printable(first) }
}

fn printable(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((&first, more)) = rest.split_first() {
        let digits = more.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.filter(|_| first == b'=').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_text_is_joined_and_decoded_and_its_links_are_found() {
        let message = "To: Ana <ana@example.com>\r\nSubject: x\r\n\r\nCaf=C3=A9 is o=\r\npen\r\nhttps://hub.example/v/1?a=3D2\r\n";
        let mail = read(message);
        assert_eq!((mail.to.as_str(), mail.link("/v/")), ("ana@example.com", Some("https://hub.example/v/1?a=2")));
        assert!(mail.text.starts_with("Café is open\n"));
        let parts = "To: a@b.be\n\n--=_1\nContent-Type: text/plain\n\nHello\n--=_1\nContent-Type: x\n\nAAAA\n--=_1--\n";
        assert_eq!(read(parts).text.trim(), "Hello");
    }
}
