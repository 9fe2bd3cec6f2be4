//! A pull reader for JSON of any size: it steps into the objects and lists that it is asked to, takes the values inside
//! whole, up to a bound, and holds nothing else.

use std::io::{self, BufRead};

use crate::Encoding;
use crate::input::Utf8Input;

/// One value may be this long: the longest is an entry with as many parts as are kept, each with all its texts.
const LONGEST: usize = 64 * 1024 * 1024;

/// Why a document ends before its end.
#[derive(Debug)]
pub(super) enum Broken {
    /// The input failed.
    Input(io::Error),
    /// It is not what this reader is for.
    Refused(String),
    /// The text is no JSON from here on.
    Json {
        /// Bytes before the place.
        offset: u64,
        /// What was expected, in a sentence.
        rule: &'static str,
    },
}

/// The result of a step.
pub(super) type Step<T> = Result<T, Broken>;

/// A document being read.
pub(super) struct Pull<'a> {
    input: Utf8Input<'a>,
    offset: u64,
    value: Vec<u8>,
    longest: usize,
}

/// An object or a list that is open.
pub(super) struct Inside {
    closes: u8,
    first: bool,
}

/// A value as it stands.
pub(super) enum Taken<'p> {
    /// All of it.
    Whole(&'p [u8]),
    /// It was longer than any that is kept, and was passed over.
    TooLong,
}

impl<'a> Pull<'a> {
    pub(super) fn open(mut input: Utf8Input<'a>) -> Pull<'a> {
        input.allow(usize::MAX);
        Pull { input, offset: 0, value: Vec::new(), longest: LONGEST }
    }

    /// What the text turned out to be stored in.
    pub(super) fn encoding(&self) -> Encoding {
        self.input.encoding
    }

    /// The first byte of what comes next, blanks passed over; `None` at the end of the file.
    pub(super) fn peek(&mut self) -> Step<Option<u8>> {
        loop {
            let held = self.input.fill_buf().map_err(Broken::Input)?;
            if held.is_empty() {
                return Ok(None);
            }
            let blanks = held.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
            let found = held.get(blanks).copied();
            self.consume(blanks);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Steps into an object.
    pub(super) fn object(&mut self) -> Step<Inside> {
        self.expect(b'{', "an object was expected")?;
        Ok(Inside { closes: b'}', first: true })
    }

    /// Steps into a list.
    pub(super) fn list(&mut self) -> Step<Inside> {
        self.expect(b'[', "a list was expected")?;
        Ok(Inside { closes: b']', first: true })
    }

    /// The name of the next member of an object, or `None` at its end.
    pub(super) fn member(&mut self, object: &mut Inside) -> Step<Option<String>> {
        if !self.item(object)? {
            return Ok(None);
        }
        let rule = "the name of a member was expected";
        let name = match self.take()? {
            Taken::Whole(text) => serde_json::from_slice(text).ok(),
            Taken::TooLong => None,
        };
        let name = name.ok_or(Broken::Json { offset: self.offset, rule })?;
        self.expect(b':', "a colon was expected")?;
        Ok(Some(name))
    }

    /// Whether another item of a list comes; steps behind its end when not.
    pub(super) fn item(&mut self, list: &mut Inside) -> Step<bool> {
        if self.peek()? == Some(list.closes) {
            self.consume(1);
            return Ok(false);
        }
        if !std::mem::replace(&mut list.first, false) {
            self.expect(b',', "a comma or the end was expected")?;
        }
        Ok(true)
    }

    /// The next value as it stands.
    pub(super) fn take(&mut self) -> Step<Taken<'_>> {
        self.value.clear();
        if matches!(self.peek()?, None | Some(b',' | b':' | b'}' | b']')) {
            return Err(self.broken("a value was expected"));
        }
        let mut scan = Scan::default();
        let mut fits = true;
        loop {
            let held = self.input.fill_buf().map_err(Broken::Input)?;
            if held.is_empty() {
                return Err(self.broken("the file ends in the middle"));
            }
            let (length, ended) = scan.over(held);
            fits = fits && self.value.len() + length <= self.longest;
            if fits {
                self.value.extend_from_slice(&held[..length]);
            }
            self.consume(length);
            if ended {
                break;
            }
        }
        if fits {
            return Ok(Taken::Whole(&self.value));
        }
        self.value = Vec::new();
        Ok(Taken::TooLong)
    }

    fn expect(&mut self, byte: u8, rule: &'static str) -> Step<()> {
        match self.peek()? {
            Some(found) if found == byte => {
                self.consume(1);
                Ok(())
            }
            Some(_) => Err(self.broken(rule)),
            None => Err(self.broken("the file ends in the middle")),
        }
    }

    fn consume(&mut self, length: usize) {
        self.input.consume(length);
        self.offset += length as u64;
    }

    fn broken(&self, rule: &'static str) -> Broken {
        Broken::Json { offset: self.offset, rule }
    }
}

/// Looks for the end of one value. What stands inside is checked by whoever reads it.
#[derive(Default)]
struct Scan {
    begun: bool,
    depth: u64,
    quoted: bool,
    escaped: bool,
}

impl Scan {
    /// How many of these bytes belong to the value, and whether it ends with them.
    fn over(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if self.quoted {
                at += self.quoted_part(&bytes[at..]);
                if !self.quoted && self.depth == 0 {
                    return (at, true);
                }
                continue;
            }
            match bytes[at] {
                b'"' => self.quoted = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 1 => self.depth -= 1,
                b'}' | b']' if self.depth == 1 => return (at + 1, true),
                // A bare word or a number ends in front of what cannot belong to it.
                b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 && self.begun => {
                    return (at, true);
                }
                _ => {}
            }
            self.begun = true;
            at += 1;
        }
        (at, false)
    }

    /// Goes on inside a text; how many bytes of it there are here, the closing mark included.
    fn quoted_part(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        if std::mem::replace(&mut self.escaped, false) {
            at = 1;
        }
        while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            at += found + 1;
            if bytes[at - 1] == b'"' {
                self.quoted = false;
                return at;
            }
            if at == bytes.len() {
                self.escaped = true;
                return at;
            }
            at += 1;
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Input;

    /// What a document holds, each value of the outermost object as it stands.
    fn members(text: &str, piece: usize) -> Vec<String> {
        bounded_members(text, piece, LONGEST)
    }

    fn bounded_members(text: &str, piece: usize, longest: usize) -> Vec<String> {
        let mut source = io::BufReader::with_capacity(piece, text.as_bytes());
        let mut json = Pull::open(Input::open(&mut source).unwrap().into_utf8(None));
        json.longest = longest;
        let mut object = json.object().unwrap();
        let mut found = Vec::new();
        loop {
            match json.member(&mut object) {
                Ok(Some(name)) => match json.take() {
                    Ok(Taken::Whole(value)) => found.push(format!("{name}={}", String::from_utf8_lossy(value))),
                    Ok(Taken::TooLong) => found.push(format!("{name} is too long")),
                    Err(error) => return [found, vec![format!("{error:?}")]].concat(),
                },
                Ok(None) => return found,
                Err(error) => return [found, vec![format!("{error:?}")]].concat(),
            }
        }
    }

    #[test]
    fn values_are_taken_as_they_stand() {
        let text = r#" {"a" : {"x":["}\"\\",1]} , "b":-1.5e3,"c":"é\u00e9\\","d":[] , "e":null}"#;
        for piece in [1, 2, 3, 64] {
            let wanted =
                [r#"a={"x":["}\"\\",1]}"#, "b=-1.5e3", r#"c="é\u00e9\\""#, "d=[]", "e=null"].map(str::to_owned);
            assert_eq!(members(text, piece), wanted);
        }
    }

    #[test]
    fn what_is_broken_is_said() {
        for (text, rule) in [
            (r#"{"a":"#, "a value was expected"),
            (r#"{"a":[1"#, "the file ends in the middle"),
            (r#"{"a" 1}"#, "a colon was expected"),
            (r#"{"a":1 "b":2}"#, "a comma or the end was expected"),
            (r#"{"a":1,}"#, "a value was expected"),
            ("{1:2}", "the name of a member was expected"),
        ] {
            assert!(members(text, 64).last().unwrap().contains(rule), "{text}: {:?}", members(text, 64));
        }
    }

    #[test]
    fn a_value_is_bounded() {
        let text = format!(r#"{{"a":"{}","b":1}}"#, "x".repeat(1000));
        assert_eq!(bounded_members(&text, 64, 1000), ["a is too long", "b=1"]);
    }
}
