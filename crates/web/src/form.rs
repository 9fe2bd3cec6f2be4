use maud::{Markup, html};
use serde::Deserialize;

use crate::parts::notice;
use crate::{Locale, Tone, Value};

/// What a form sent, as `axum::Form<Fields>` or `axum::extract::Query<Fields>` read it. Names may repeat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a name without blanks around it; the empty text when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value exactly as it was sent: for passwords.
    pub fn exact(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value of a name, such as those of ticked boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a name was sent with a value: a ticked box.
    pub fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Fields {
        Fields(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

/// What is wrong with a form, field by field, as keys of messages. Parsing a form is
/// `fn parse(&Fields) -> Result<Valid, FieldErrors>`: take each field with [`FieldErrors::take`], then end with
/// [`FieldErrors::or`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<Wrong>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    field: String,
    key: &'static str,
    values: Vec<(&'static str, Value)>,
}

impl FieldErrors {
    /// Nothing wrong yet.
    pub fn new() -> FieldErrors {
        FieldErrors::default()
    }

    /// Notes that a field is wrong; the key is that of its message.
    pub fn add(&mut self, field: &str, key: &'static str) {
        self.add_with(field, key, Vec::new());
    }

    /// The same with values for the message, such as the most characters allowed.
    pub fn add_with(&mut self, field: &str, key: &'static str, values: Vec<(&'static str, Value)>) {
        self.0.push(Wrong { field: field.to_owned(), key, values });
    }

    /// The value of a field, or a note of what is wrong with it.
    pub fn take<T>(&mut self, field: &'static str, parsed: Result<T, &'static str>) -> Option<T> {
        parsed.map_err(|key| self.add(field, key)).ok()
    }

    /// The valid form, unless something is wrong. The form is `None` only when a note was made.
    pub fn or<T>(self, valid: Option<T>) -> Result<T, FieldErrors> {
        match valid {
            Some(valid) if self.0.is_empty() => Ok(valid),
            _ => Err(self),
        }
    }

    /// The key of what is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.key)
    }

    /// What is wrong with a field, said in the reader's language.
    pub fn said(&self, field: &str, locale: &Locale) -> Option<String> {
        let wrong = self.0.iter().find(|wrong| wrong.field == field)?;
        Some(locale.say_with(wrong.key, &wrong.values))
    }

    /// What stands above a form that has to be mended: how many fields are wrong. Nothing when none is.
    pub fn notice(&self, locale: &Locale) -> Markup {
        let words = || locale.say_with("web-form-wrong", &[("count", self.0.len().into())]);
        html! { @if !self.0.is_empty() { div role="alert" { (notice(Tone::Bad, html! { p { (words()) } })) } } }
    }

    /// How many fields are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One labelled field of a form with its hint and what is wrong with it.
///
/// ```ignore
/// (Field::text("email", locale.say("login-email")).kind("email").value(fields.text("email")).complete("username")
///     .errors(&errors).show(&locale))
/// ```
pub struct Field<'a> {
    name: &'a str,
    label: String,
    kind: &'a str,
    value: &'a str,
    hint: Option<String>,
    errors: Option<&'a FieldErrors>,
    complete: &'a str,
    mode: Option<&'a str>,
    required: bool,
    mentioned: bool,
    focus: bool,
    class: Option<&'a str>,
    options: Option<&'a [(String, String)]>,
    lines: Option<u8>,
}

impl<'a> Field<'a> {
    /// A required line of text.
    pub fn text(name: &'a str, label: impl Into<String>) -> Field<'a> {
        Field {
            name,
            label: label.into(),
            kind: "text",
            value: "",
            hint: None,
            errors: None,
            complete: "off",
            mode: None,
            required: true,
            mentioned: true,
            focus: false,
            class: None,
            options: None,
            lines: None,
        }
    }

    /// A required choice of (value, shown text).
    pub fn choice(name: &'a str, label: impl Into<String>, options: &'a [(String, String)]) -> Field<'a> {
        Field { options: Some(options), ..Field::text(name, label) }
    }

    /// The HTML input type: `email`, `password`, `search`, `date`, …
    pub fn kind(mut self, kind: &'a str) -> Field<'a> {
        self.kind = kind;
        self
    }

    /// What stands in it.
    pub fn value(mut self, value: &'a str) -> Field<'a> {
        self.value = value;
        self
    }

    /// A sentence under the label.
    pub fn hint(mut self, hint: impl Into<String>) -> Field<'a> {
        self.hint = Some(hint.into());
        self
    }

    /// Shows what is wrong with it, if anything is.
    pub fn errors(mut self, errors: &'a FieldErrors) -> Field<'a> {
        self.errors = Some(errors);
        self
    }

    /// What the browser may fill in (`autocomplete`): `username`, `new-password`, `organization`, …
    pub fn complete(mut self, complete: &'a str) -> Field<'a> {
        self.complete = complete;
        self
    }

    /// The keyboard of a phone (`inputmode`): `numeric`, …
    pub fn mode(mut self, mode: &'a str) -> Field<'a> {
        self.mode = Some(mode);
        self
    }

    /// May be left empty; the label says so.
    pub fn optional(mut self) -> Field<'a> {
        self.required = false;
        self
    }

    /// Belongs to a search: it may be left empty, and the label need not say so.
    pub fn filter(mut self) -> Field<'a> {
        self.required = false;
        self.mentioned = false;
        self
    }

    /// The cursor starts here.
    pub fn focus(mut self) -> Field<'a> {
        self.focus = true;
        self
    }

    /// Several lines of text, and how many are seen at once.
    pub fn lines(mut self, lines: u8) -> Field<'a> {
        self.lines = Some(lines);
        self
    }

    /// A class of the stylesheet for the input, such as `digits`.
    pub fn class(mut self, class: &'a str) -> Field<'a> {
        self.class = Some(class);
        self
    }

    /// Draws it.
    pub fn show(&self, locale: &Locale) -> Markup {
        let id = format!("f-{}", self.name);
        let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
        let wrong = self.errors.and_then(|errors| errors.said(self.name, locale));
        let described = [self.hint.as_ref().map(|_| hint_id.as_str()), wrong.as_ref().map(|_| wrong_id.as_str())];
        let described: Vec<&str> = described.into_iter().flatten().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let invalid = wrong.as_ref().map(|_| "true");
        html! {
            div.field {
                label for=(id) { (self.label) @if !self.required && self.mentioned { span.optional { " · " (locale.say("web-optional")) } } }
                @if let Some(options) = self.options {
                    select id=(id) name=(self.name) required[self.required] autofocus[self.focus] autocomplete=(self.complete)
                        aria-describedby=[&described] aria-invalid=[invalid] {
                        @for (value, text) in options { option value=(value) selected[value == self.value] { (text) } }
                    }
                } @else if let Some(lines) = self.lines {
                    textarea id=(id) name=(self.name) rows=(lines) required[self.required] class=[self.class]
                        autofocus[self.focus] aria-describedby=[&described] aria-invalid=[invalid] { (self.value) }
                } @else {
                    input id=(id) name=(self.name) type=(self.kind) value=(self.value) required[self.required]
                        class=[self.class] autofocus[self.focus] autocomplete=(self.complete) inputmode=[self.mode]
                        aria-describedby=[&described] aria-invalid=[invalid];
                }
                @if let Some(hint) = &self.hint { p.hint id=(hint_id) { (hint) } }
                @if let Some(wrong) = &wrong { p.wrong id=(wrong_id) { (wrong) } }
            }
        }
    }
}
