//! Checks for tests: that all languages say the same things, and that code and message files know each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::Language;
use crate::messages::OWN;

/// What differs between the languages of one set of messages: keys or arguments that one has and another has not. A
/// language may have several files. Empty when all is well.
pub fn differences(sources: &[(Language, &str)]) -> Vec<String> {
    let mut read: Vec<(&str, BTreeMap<_, _>)> = Vec::new();
    for (language, source) in sources {
        match read.iter_mut().find(|(code, _)| *code == language.code()) {
            Some((_, keys)) => keys.extend(signatures(source)),
            None => read.push((language.code(), signatures(source))),
        }
    }
    let Some(((first_code, first), others)) = read.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for (code, other) in others {
        for key in first.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
            match (first.get(key), other.get(key)) {
                (Some(_), None) => found.push(format!("{key} is in {first_code} but not in {code}")),
                (None, Some(_)) => found.push(format!("{key} is in {code} but not in {first_code}")),
                (Some(one), Some(two)) if one != two => {
                    found.push(format!("{key} takes {one:?} in {first_code} but {two:?} in {code}"));
                }
                _ => {}
            }
        }
    }
    found
}

/// Keys that the Rust files below a folder say and no message file has, and keys that no file says. A key is *said* when
/// it stands as a whole string literal in the code; a literal counts as a key when a file has it, or when it is the
/// first argument of `say` or `say_with`. The files are those of the first language.
pub fn unmatched(folder: &Path, sources: &[(Language, &str)]) -> Vec<String> {
    let files = sources.iter().filter(|(language, _)| Some(language) == sources.first().map(|(first, _)| first));
    let defined: BTreeSet<String> = files.flat_map(|(_, source)| signatures(source).into_keys()).collect();
    let own: BTreeSet<String> = signatures(OWN[0].1).into_keys().collect();
    let (mut literals, mut said) = (BTreeSet::new(), BTreeSet::new());
    for text in rust_files(folder) {
        collect_literals(&text, &mut literals, &mut said);
    }
    let missing = said.iter().filter(|key| !defined.contains(*key) && !own.contains(*key));
    let unused = defined.iter().filter(|key| !literals.contains(*key));
    missing
        .map(|key| format!("{key} is said but has no message"))
        .chain(unused.map(|key| format!("{key} has a message but is never said")))
        .collect()
}

fn rust_files(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder to check exists") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            texts.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            texts.push(code.join("\n"));
        }
    }
    texts
}

fn collect_literals(text: &str, literals: &mut BTreeSet<String>, said: &mut BTreeSet<String>) {
    // Good enough for keys, which hold no quotes and no escapes: every stretch between two quotes is looked at.
    let mut before = "";
    for piece in text.split('"') {
        let is_key = !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if is_key {
            literals.insert(piece.to_owned());
            let call = before.trim_end();
            if call.ends_with(".say(") || call.ends_with(".say_with(") {
                said.insert(piece.to_owned());
            }
        }
        before = piece;
    }
}

/// Each key with the names of the values that its message takes.
fn signatures(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(source).expect("a message file is Fluent");
    let mut found = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut names = BTreeSet::new();
            if let Some(pattern) = &message.value {
                from_pattern(pattern, &mut names);
            }
            found.insert(message.id.name.to_owned(), names);
        }
    }
    found
}

fn from_pattern(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            from_expression(expression, names);
        }
    }
}

fn from_expression(expression: &Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => from_inline(inline, names),
        Expression::Select { selector, variants } => {
            from_inline(selector, names);
            for variant in variants {
                from_pattern(&variant.value, names);
            }
        }
    }
}

fn from_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => from_expression(expression, names),
        InlineExpression::FunctionReference { arguments, .. } => from_arguments(arguments, names),
        InlineExpression::TermReference { arguments: Some(arguments), .. } => from_arguments(arguments, names),
        InlineExpression::TermReference { arguments: None, .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn from_arguments(arguments: &CallArguments<&str>, names: &mut BTreeSet<String>) {
    for inline in &arguments.positional {
        from_inline(inline, names);
    }
    for named in &arguments.named {
        from_inline(&named.value, names);
    }
}
