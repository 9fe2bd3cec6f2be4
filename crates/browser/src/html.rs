//! Cuts HTML into tags and text. It understands what a page of well-formed HTML holds, no more: quoted and bare
//! attributes, comments, scripts and styles (skipped), and the five named entities besides numeric ones.

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// `<name attribute="value">`; names are in lower case.
    Open(String, Vec<(String, String)>),
    /// `</name>`.
    Close(String),
    /// What stands between tags, with entities resolved.
    Text(String),
}

/// The pieces of a page, in order.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        if start > 0 {
            pieces.push(Piece::Text(resolved(&rest[..start])));
        }
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag_end(rest);
        let tag = rest[1..end].trim_end_matches('/');
        rest = rest.get(end + 1..).unwrap_or("");
        if let Some(name) = tag.strip_prefix('/') {
            pieces.push(Piece::Close(name.trim().to_ascii_lowercase()));
        } else if !tag.starts_with('!') {
            let (name, attributes) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tag, ""));
            let name = name.to_ascii_lowercase();
            if name == "script" || name == "style" {
                let close = format!("</{name}>");
                rest = rest.split_once(close.as_str()).map_or("", |(_, after)| after);
            } else {
                pieces.push(Piece::Open(name, read_attributes(attributes)));
            }
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(resolved(rest)));
    }
    pieces
}

/// Where the tag that begins here ends: the first `>` outside quotes.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (index, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return index,
            None => {}
        }
    }
    text.len()
}

fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'');
            let (raw, tail) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((after, "")),
            };
            value = resolved(raw);
            rest = tail.trim_start();
        }
        if !name.is_empty() {
            attributes.push((name, value));
        }
    }
    attributes
}

/// Text with its entities replaced by what they mean; an unknown entity stays as written.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = rest.find(';').filter(|end| *end <= 10).map(|end| &rest[1..end]);
        match entity.and_then(|name| Some((meaning(name)?, name.len() + 2))) {
            Some((meaning, length)) => {
                out.push(meaning);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn meaning(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        numeric => {
            let digits = numeric.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(name: &str, attributes: &[(&str, &str)]) -> Piece {
        Piece::Open(name.into(), attributes.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect())
    }

    #[test]
    fn tags_text_and_entities_are_told_apart() {
        assert_eq!(
            pieces("<!DOCTYPE html><a HREF=\"/x?a=1&amp;b=2\" hidden>R&eacute;sum&#233; &lt;3</a><!-- <b> -->"),
            [
                open("a", &[("href", "/x?a=1&b=2"), ("hidden", "")]),
                Piece::Text("R&eacute;sumé <3".into()),
                Piece::Close("a".into()),
            ]
        );
    }

    #[test]
    fn a_script_is_skipped_and_a_quoted_bracket_ends_no_tag() {
        assert_eq!(
            pieces("<script>if (a<b) { c() }</script><input value='a>b'/>"),
            [open("input", &[("value", "a>b")])]
        );
    }
}
