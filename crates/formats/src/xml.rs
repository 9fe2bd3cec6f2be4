//! A pull reader for XML documents of any size: children by name, texts by value, nothing else in memory. Entities
//! other than the five of XML are kept as written; document types are never acted on.

use std::io;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Encoding;
use crate::input::{Input, Utf8Input};
use crate::name::Name;

/// Elements deeper than this are an attack: the deepest path of the ISO 20022 schemas has 17.
const DEEPEST: u32 = 64;
/// One tag or text may be this long; ISO 20022 stops at 500 characters, and supplementary data is unbounded.
const LONGEST: usize = 1024 * 1024;

/// Why a document ends before its end.
#[derive(Debug)]
pub(crate) enum XmlError {
    /// The input failed, or held a value beyond all bounds.
    Input(io::Error),
    /// The text is no XML from here on.
    Broken {
        /// Bytes before the place.
        offset: u64,
        /// What is wrong, in a sentence.
        rule: String,
    },
}

/// The result of a step.
pub(crate) type Step<T> = Result<T, XmlError>;

/// A document being read.
pub(crate) struct Xml<'a> {
    reader: Reader<Utf8Input<'a>>,
    buffer: Vec<u8>,
    attributes: String,
    depth: u32,
    /// The current element had no content: its end is due.
    empty: bool,
    /// The tag with which the recorded text begins.
    recorded: String,
    /// A document type was seen.
    pub(crate) document_type: bool,
    /// The first entity that is not one of XML's own.
    pub(crate) foreign_entity: Option<String>,
}

impl<'a> Xml<'a> {
    /// Starts at the first byte; the XML declaration may name another encoding than UTF-8.
    pub(crate) fn open(input: Input<'a>) -> Xml<'a> {
        let declared = declared_encoding(&input.beginning());
        let mut reader = Reader::from_reader(input.into_utf8(declared));
        reader.config_mut().check_end_names = true;
        reader.config_mut().allow_dangling_amp = true;
        Xml {
            reader,
            buffer: Vec::new(),
            attributes: String::new(),
            depth: 0,
            empty: false,
            recorded: String::new(),
            document_type: false,
            foreign_entity: None,
        }
    }

    /// What the text turned out to be stored in.
    pub(crate) fn encoding(&self) -> Encoding {
        self.reader.get_ref().encoding
    }

    /// Whether there was NUL, which became a blank.
    pub(crate) fn has_nul(&self) -> bool {
        self.reader.get_ref().nul
    }

    /// How many bytes of decoded text have been read.
    pub(crate) fn offset(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next child of the current element, or `None` at its end.
    pub(crate) fn child(&mut self) -> Step<Option<Name>> {
        if self.empty {
            self.leave();
            return Ok(None);
        }
        loop {
            match self.advance(None)? {
                Token::Open(name) => return Ok(Some(name)),
                Token::Close => return Ok(None),
                Token::Text => {}
                Token::End if self.depth == 0 => return Ok(None),
                Token::End => return Err(self.broken("the file ends in the middle")),
            }
        }
    }

    /// The text of the current element, trimmed, `None` when there is none. Elements inside it are passed over.
    pub(crate) fn text(&mut self) -> Step<Option<String>> {
        self.text_or_children(|xml, _| xml.skip())
    }

    /// As [`Xml::text`], for elements that hold a text in some versions and children in others.
    pub(crate) fn text_or_children(
        &mut self,
        mut each: impl FnMut(&mut Self, Name) -> Step<()>,
    ) -> Step<Option<String>> {
        let mut text = String::new();
        if self.empty {
            self.leave();
            return Ok(None);
        }
        loop {
            match self.advance(Some(&mut text))? {
                Token::Open(name) => each(self, name)?,
                Token::Close => break,
                Token::Text => {}
                Token::End => return Err(self.broken("the file ends in the middle")),
            }
        }
        let trimmed = text.trim();
        Ok(if trimmed.is_empty() {
            None
        } else if trimmed.len() == text.len() {
            Some(text)
        } else {
            Some(trimmed.to_owned())
        })
    }

    /// Passes over the current element with all that is in it.
    pub(crate) fn skip(&mut self) -> Step<()> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if self.empty {
                self.leave();
            } else if matches!(self.advance(None)?, Token::End) {
                return Err(self.broken("the file ends in the middle"));
            }
        }
        Ok(())
    }

    /// An attribute of the element that was opened last, asked for before its content is read.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        if self.attributes.is_empty() {
            return None;
        }
        let tag = BytesStart::from_content(format!("x{}", self.attributes), 1);
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.as_ref() == name)?;
        let value = quick_xml::escape::unescape(&found.value).unwrap_or(std::borrow::Cow::Borrowed(&found.value));
        Some(value.trim().to_owned())
    }

    /// The namespace that the element which was opened last declares, under any prefix.
    pub(crate) fn namespaces(&self) -> Vec<String> {
        let tag = BytesStart::from_content(format!("x{}", self.attributes), 1);
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        attributes
            .flatten()
            .filter(|attribute| attribute.key.as_ref().starts_with("xmlns"))
            .map(|attribute| attribute.value.into_owned())
            .collect()
    }

    /// Keeps what is read from here on, beginning with the tag that was opened last.
    pub(crate) fn record(&mut self, name: &str) {
        let end = if self.empty { "/>" } else { ">" };
        self.recorded = format!("<{name}{}{end}", self.attributes);
        self.reader.get_mut().record();
    }

    /// What was read since [`Xml::record`], and whether that was more than is kept.
    pub(crate) fn recorded(&mut self) -> (String, bool) {
        let mut text = std::mem::take(&mut self.recorded);
        let (rest, cut) = self.reader.get_mut().recorded();
        text.push_str(&rest);
        (text, cut)
    }

    fn leave(&mut self) {
        self.empty = false;
        self.depth -= 1;
    }

    fn broken(&self, rule: &str) -> XmlError {
        XmlError::Broken { offset: self.offset(), rule: rule.to_owned() }
    }

    /// One step: a tag, or text that is appended to `text` when somebody wants it.
    fn advance(&mut self, text: Option<&mut String>) -> Step<Token> {
        self.buffer.clear();
        self.reader.get_mut().allow(LONGEST);
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) if error.kind() != io::ErrorKind::InvalidData => {
                return Err(XmlError::Input(io::Error::new(error.kind(), error.to_string())));
            }
            Err(quick_xml::Error::Io(error)) => return Err(self.broken(&error.to_string())),
            Err(error) => {
                let offset = self.reader.error_position();
                return Err(XmlError::Broken { offset, rule: format!("the XML is broken here: {error}") });
            }
        };
        match event {
            Event::Start(tag) => {
                opened(&tag, &mut self.attributes);
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.broken("elements are nested deeper than any statement has them"));
                }
                Ok(Token::Open(Name::of(tag.local_name().as_ref())))
            }
            Event::Empty(tag) => {
                opened(&tag, &mut self.attributes);
                self.depth += 1;
                self.empty = true;
                Ok(Token::Open(Name::of(tag.local_name().as_ref())))
            }
            Event::End(_) => {
                self.depth -= 1;
                Ok(Token::Close)
            }
            Event::Text(piece) => {
                if let Some(text) = text {
                    text.push_str(&piece);
                }
                Ok(Token::Text)
            }
            Event::CData(piece) => {
                if let Some(text) = text {
                    text.push_str(&piece);
                }
                Ok(Token::Text)
            }
            Event::GeneralRef(entity) => {
                let resolved = resolve(&entity);
                if resolved.is_none() && self.foreign_entity.is_none() {
                    self.foreign_entity = Some(entity.to_string());
                }
                if let Some(text) = text {
                    match resolved {
                        Some(character) => text.push(character),
                        None => text.extend(["&", &entity, ";"]),
                    }
                }
                Ok(Token::Text)
            }
            Event::DocType(_) => {
                self.document_type = true;
                Ok(Token::Text)
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Ok(Token::Text),
            Event::Eof => Ok(Token::End),
        }
    }
}

enum Token {
    Open(Name),
    Close,
    Text,
    End,
}

fn opened(tag: &BytesStart<'_>, attributes: &mut String) {
    attributes.clear();
    attributes.push_str(tag.attributes_raw());
}

fn resolve(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

/// What the XML declaration at the beginning says.
fn declared_encoding(beginning: &[u8]) -> Option<Encoding> {
    let head = String::from_utf8_lossy(&beginning[..beginning.len().min(200)]).into_owned();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    // A document that can be read as bytes this far is not UTF-16, whatever it says.
    Encoding::named(value[1..].split(quote).next()?)
        .filter(|encoding| !matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(document: &str) -> Step<Vec<String>> {
        let mut source = document.as_bytes();
        let mut xml = Xml::open(Input::open(&mut source).unwrap());
        let mut found = Vec::new();
        xml.child()?;
        while let Some(name) = xml.child()? {
            let attribute = xml.attribute("a").unwrap_or_default();
            found.push(format!("{}[{attribute}]={}", name.as_str(), xml.text()?.unwrap_or_default()));
        }
        Ok(found)
    }

    #[test]
    fn reads_children_texts_and_attributes() {
        let found = texts(
            "<?xml version='1.0'?><!-- c --><r xmlns:n='u'><n:x a='1&amp;2'> b&#233;<![CDATA[<&]]>&lt;<y>no</y> </n:x><e/><z a=\"\"></z></r>",
        );
        assert_eq!(found.unwrap(), ["x[1&2]=bé<&<", "e[]=", "z[]="]);
    }

    #[test]
    fn entities_are_never_expanded() {
        let found =
            texts("<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><r><x>&a;&f;</x></r>");
        assert_eq!(found.unwrap(), ["x[]=&a;&f;"]);
    }

    #[test]
    fn what_is_broken_is_said() {
        for (document, rule) in [
            ("<r><x>a</x>", "the file ends in the middle"),
            ("<r><x>a", "the file ends in the middle"),
            ("<r><x>a</y></r>", "the XML is broken here: ill-formed document: expected `</x>`, but `</y>` was found"),
        ] {
            let Err(XmlError::Broken { rule: found, .. }) = texts(document) else { panic!("{document}") };
            assert_eq!(found, rule);
        }
        assert!(texts(&"<a>".repeat(100_000)).is_err(), "nesting is bounded");
        assert!(texts(&format!("<r><x>{}</x></r>", "a".repeat(3_000_000))).is_err(), "a value is bounded");
    }
}
