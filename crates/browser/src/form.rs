use http::Method;
use url::{Url, form_urlencoded};

use crate::BrowseError;
use crate::Page;
use crate::page::missing;

/// What a control of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A field whose value is sent as it stands: text, hidden, e-mail, date, text area.
    Field,
    /// A box to tick.
    Tick,
    /// One of several buttons of which one is chosen.
    Radio,
    /// An entry of a list to choose from.
    Entry,
    /// A button that submits; sent only when it is pressed.
    Button,
}

/// Something in a form that may send a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The name under which the value is sent.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The value that it sends.
    pub value: String,
    /// What a person reads beside it.
    pub label: String,
    /// Whether it is ticked, chosen or pressed; a field always is.
    pub chosen: bool,
}

/// A form of a page, to be filled in and submitted.
#[derive(Debug, Clone)]
pub struct Form {
    /// The page it stands on.
    pub page: Url,
    /// GET or POST.
    pub method: Method,
    /// Where it is sent.
    pub action: Url,
    /// Its controls, in the order of the page.
    pub controls: Vec<Control>,
    /// The text of the form, as a person reads it.
    pub text: String,
}

impl Form {
    /// Writes into the field of a name, or chooses the entry or radio button with that value.
    pub fn fill(&mut self, name: &str, value: &str) -> Result<&mut Form, BrowseError> {
        let choices = self.of(name, &[Kind::Radio, Kind::Entry]);
        if !choices.is_empty() {
            let wanted = choices.iter().copied().find(|index| self.controls[*index].value == value);
            let wanted = wanted.ok_or_else(|| self.has_no(&format!("choice '{value}' for {name}")))?;
            choices.iter().for_each(|index| self.controls[*index].chosen = *index == wanted);
            return Ok(self);
        }
        let field = self.of(name, &[Kind::Field]).first().copied();
        let field = field.ok_or_else(|| self.has_no(&format!("field '{name}'")))?;
        value.clone_into(&mut self.controls[field].value);
        Ok(self)
    }

    /// Ticks the box, or chooses the entry or radio button, whose label contains some words.
    pub fn choose(&mut self, words: &str) -> Result<&mut Form, BrowseError> {
        let found = self.controls.iter().position(|control| {
            matches!(control.kind, Kind::Tick | Kind::Radio | Kind::Entry) && control.label.contains(words)
        });
        let found = found.ok_or_else(|| self.has_no(&format!("choice labelled '{words}'")))?;
        if self.controls[found].kind != Kind::Tick {
            let name = self.controls[found].name.clone();
            self.of(&name, &[Kind::Radio, Kind::Entry])
                .into_iter()
                .for_each(|other| self.controls[other].chosen = false);
        }
        self.controls[found].chosen = true;
        Ok(self)
    }

    /// Ticks every box of a name; of all names when it is empty. Returns how many there are.
    pub fn tick_all(&mut self, name: &str) -> usize {
        let boxes = self.controls.iter_mut().filter(|control| control.kind == Kind::Tick);
        boxes.filter(|control| name.is_empty() || control.name == name).map(|control| control.chosen = true).count()
    }

    /// Presses the button whose label contains some words.
    pub fn press(&mut self, words: &str) -> Result<&mut Form, BrowseError> {
        let button = |control: &&mut Control| control.kind == Kind::Button && control.label.contains(words);
        match self.controls.iter_mut().find(button) {
            Some(button) => button.chosen = true,
            None => return Err(self.has_no(&format!("button '{words}'"))),
        }
        Ok(self)
    }

    /// The value that a field holds.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.controls.iter().find(|control| control.name == name).map(|control| control.value.as_str())
    }

    /// What is sent, as `application/x-www-form-urlencoded`.
    pub(super) fn encoded(&self) -> String {
        let sent = self.controls.iter().filter(|control| control.chosen && !control.name.is_empty());
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(sent.map(|control| (control.name.as_str(), control.value.as_str())))
            .finish()
    }

    fn of(&self, name: &str, kinds: &[Kind]) -> Vec<usize> {
        let matching = |control: &Control| control.name == name && kinds.contains(&control.kind);
        (0..self.controls.len()).filter(|index| matching(&self.controls[*index])).collect()
    }

    fn has_no(&self, wanted: &str) -> BrowseError {
        let names: Vec<String> = self
            .controls
            .iter()
            .map(|control| format!("{}={} [{}]", control.name, control.value, control.label))
            .collect();
        let page = Page::new(self.page.clone(), http::StatusCode::OK, String::new());
        missing(&page, wanted, &format!("form to {} with {}", self.action, names.join(", ")))
    }
}
