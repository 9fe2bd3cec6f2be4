use http::{Method, StatusCode};
use url::Url;

use crate::html::{Piece, pieces};
use crate::{BrowseError, Control, Form, Kind};

/// What a browser shows after all redirects.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// Its status.
    pub status: StatusCode,
    /// Its source.
    pub html: String,
}

impl Page {
    /// A page as it came.
    pub(super) fn new(url: Url, status: StatusCode, html: String) -> Page {
        Page { url, status, html }
    }

    /// The text as a person reads it, with single blanks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in pieces(&self.html) {
            match piece {
                Piece::Text(part) => text.push_str(&part),
                Piece::Open(..) | Piece::Close(_) => text.push(' '),
            }
        }
        squeezed(&text)
    }

    /// The text without any blanks, in which account numbers and amounts are found however they are grouped.
    pub fn dense_text(&self) -> String {
        self.text().chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// Every value of an attribute, in the order of the page: `data-copy` is what the page offers to copy.
    pub fn attributes(&self, name: &str) -> Vec<String> {
        let value = |piece| match piece {
            Piece::Open(_, attributes) => attribute(&attributes, name).map(str::to_owned),
            Piece::Close(_) | Piece::Text(_) => None,
        };
        pieces(&self.html).into_iter().filter_map(value).collect()
    }

    /// The attributes of every element that has one of a name.
    pub fn elements_with(&self, name: &str) -> Vec<Vec<(String, String)>> {
        let found = |piece| match piece {
            Piece::Open(_, attributes) => attribute(&attributes, name).is_some().then_some(attributes),
            Piece::Close(_) | Piece::Text(_) => None,
        };
        pieces(&self.html).into_iter().filter_map(found).collect()
    }

    /// Where the first link goes whose text contains some words.
    pub fn link(&self, words: &str) -> Result<Url, BrowseError> {
        let found = self.links().into_iter().find(|(text, _)| text.contains(words)).map(|(_, url)| url);
        found.ok_or_else(|| self.lacks(&format!("link '{words}'")))
    }

    /// All links with their texts.
    pub fn links(&self) -> Vec<(String, Url)> {
        let mut links = Vec::new();
        let mut open: Option<(String, String)> = None;
        for piece in pieces(&self.html) {
            match piece {
                Piece::Open(name, attributes) if name == "a" => {
                    open = attribute(&attributes, "href").map(|href| (href.to_owned(), String::new()));
                }
                Piece::Close(name) if name == "a" => {
                    let closed =
                        open.take().and_then(|(href, text)| Some((squeezed(&text), self.url.join(&href).ok()?)));
                    links.extend(closed);
                }
                Piece::Text(part) => {
                    if let Some((_, text)) = &mut open {
                        text.push_str(&part);
                    }
                }
                Piece::Open(..) | Piece::Close(_) => {}
            }
        }
        links
    }

    /// The one form whose address contains a text.
    pub fn form(&self, action: &str) -> Result<Form, BrowseError> {
        let found = self.forms().into_iter().find(|form| form.action.as_str().contains(action));
        found.ok_or_else(|| self.lacks(&format!("form to '{action}'")))
    }

    /// The one form that has a field of a name.
    pub fn form_with(&self, field: &str) -> Result<Form, BrowseError> {
        let found = self.forms().into_iter().find(|form| form.controls.iter().any(|control| control.name == field));
        found.ok_or_else(|| self.lacks(&format!("form with a field '{field}'")))
    }

    /// The first form with a button whose label contains some words, the button pressed.
    pub fn form_to_press(&self, words: &str) -> Result<Form, BrowseError> {
        let found = self.forms().into_iter().find_map(|mut form| form.press(words).is_ok().then_some(form));
        found.ok_or_else(|| self.lacks(&format!("button '{words}'")))
    }

    /// All forms.
    pub fn forms(&self) -> Vec<Form> {
        let mut reader = Reader::default();
        for piece in pieces(&self.html) {
            reader.read(self, piece);
        }
        reader.forms
    }

    /// That something is missing here, with the beginning of what the page says instead.
    pub fn lacks(&self, wanted: &str) -> BrowseError {
        missing(self, wanted, &self.text())
    }
}

pub(super) fn missing(page: &Page, wanted: &str, text: &str) -> BrowseError {
    BrowseError::Missing {
        url: page.url.to_string(),
        status: page.status.as_u16(),
        wanted: wanted.to_owned(),
        text: text.chars().take(600).collect(),
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads forms out of the pieces of a page.
#[derive(Default)]
struct Reader {
    forms: Vec<Form>,
    inside: bool,
    /// The controls, by index, that the label being read belongs to, and its text.
    label: Option<(Option<String>, Vec<usize>, String)>,
    /// Labels that name their control by id, which may come before it.
    labels_by_id: Vec<(String, String)>,
    /// The ids of the controls of the form being read.
    ids: Vec<Option<String>>,
    /// The control whose own text is being read: a button or a list's entry.
    speaking: Option<usize>,
    /// The list being read, by its name.
    list: Option<String>,
}

impl Reader {
    fn read(&mut self, page: &Page, piece: Piece) {
        match piece {
            Piece::Open(name, attributes) => self.open(page, &name, &attributes),
            Piece::Close(name) => self.close(&name),
            Piece::Text(text) => self.text(&text),
        }
    }

    fn open(&mut self, page: &Page, name: &str, attributes: &[(String, String)]) {
        if name == "form" {
            self.begin_form(page, attributes);
        } else if name == "label" {
            self.label = Some((attribute(attributes, "for").map(str::to_owned), Vec::new(), String::new()));
        }
        if !self.inside {
            return;
        }
        let value = attribute(attributes, "value").unwrap_or_default();
        match name {
            "input" => {
                let kind = match attribute(attributes, "type").unwrap_or("text") {
                    "checkbox" => Kind::Tick,
                    "radio" => Kind::Radio,
                    "submit" => Kind::Button,
                    "button" | "reset" | "file" => return,
                    _ => Kind::Field,
                };
                let ticked = matches!(kind, Kind::Tick | Kind::Radio) && attribute(attributes, "checked").is_some();
                let value = if value.is_empty() && kind == Kind::Tick { "on" } else { value };
                self.add(kind, attributes, value, ticked || kind == Kind::Field);
            }
            "textarea" => self.speaking = self.add(Kind::Field, attributes, "", true),
            "select" => self.list = attribute(attributes, "name").map(str::to_owned),
            "option" => {
                let chosen = attribute(attributes, "selected").is_some();
                self.speaking = self.add(Kind::Entry, attributes, value, chosen);
            }
            "button" if !matches!(attribute(attributes, "type"), Some("button" | "reset")) => {
                self.speaking = self.add(Kind::Button, attributes, value, false);
            }
            _ => {}
        }
    }

    fn begin_form(&mut self, page: &Page, attributes: &[(String, String)]) {
        let action = attribute(attributes, "action").unwrap_or_default();
        let post = attribute(attributes, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        self.forms.push(Form {
            page: page.url.clone(),
            method: if post { Method::POST } else { Method::GET },
            action: page.url.join(action).unwrap_or_else(|_| page.url.clone()),
            controls: Vec::new(),
            text: String::new(),
        });
        self.ids.clear();
        self.inside = true;
    }

    fn add(&mut self, kind: Kind, attributes: &[(String, String)], value: &str, chosen: bool) -> Option<usize> {
        if attribute(attributes, "disabled").is_some() {
            return None;
        }
        let form = self.forms.last_mut()?;
        let own = attribute(attributes, "name").map(str::to_owned);
        let name = if kind == Kind::Entry { self.list.clone() } else { own };
        let label = attribute(attributes, "aria-label").unwrap_or_default();
        let label = if label.is_empty() && kind == Kind::Button { value } else { label };
        form.controls.push(Control {
            name: name.unwrap_or_default(),
            kind,
            value: value.to_owned(),
            label: label.to_owned(),
            chosen,
        });
        let index = form.controls.len() - 1;
        self.ids.push(attribute(attributes, "id").map(str::to_owned));
        if let Some((_, controls, _)) = &mut self.label {
            controls.push(index);
        }
        Some(index)
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, label)) = &mut self.label {
            label.push_str(text);
        }
        let Some(form) = self.forms.last_mut().filter(|_| self.inside) else { return };
        form.text.push_str(text);
        if let Some(control) = self.speaking.and_then(|index| form.controls.get_mut(index)) {
            match control.kind {
                Kind::Field => control.value.push_str(text),
                Kind::Entry | Kind::Button | Kind::Tick | Kind::Radio => control.label.push_str(text),
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "label" => self.close_label(),
            "option" | "button" | "textarea" => self.speaking = None,
            "select" => self.close_list(),
            "form" => self.close_form(),
            _ => {}
        }
    }

    fn close_label(&mut self) {
        let Some((target, controls, text)) = self.label.take() else { return };
        let text = squeezed(&text);
        if let Some(form) = self.forms.last_mut().filter(|_| self.inside) {
            for index in controls {
                form.controls[index].label.clone_from(&text);
            }
        }
        self.labels_by_id.extend(target.map(|id| (id, text)));
    }

    /// A list in which nothing is marked shows, and sends, its first entry.
    fn close_list(&mut self) {
        let (Some(name), Some(form)) = (self.list.take(), self.forms.last_mut()) else { return };
        let mut entries =
            form.controls.iter_mut().filter(|control| control.kind == Kind::Entry && control.name == name);
        if entries.by_ref().any(|entry| entry.chosen) {
            return;
        }
        let first = form.controls.iter_mut().find(|control| control.kind == Kind::Entry && control.name == name);
        if let Some(first) = first {
            first.chosen = true;
        }
    }

    fn close_form(&mut self) {
        self.inside = false;
        let Some(form) = self.forms.last_mut() else { return };
        form.text = squeezed(&form.text);
        for (control, id) in form.controls.iter_mut().zip(&self.ids) {
            let by_id = self.labels_by_id.iter().find(|(named, _)| Some(named) == id.as_ref());
            if let Some((_, text)) = by_id {
                control.label.clone_from(text);
            }
            control.label = squeezed(&control.label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        Page::new(Url::parse("http://localhost:8400/app/accounts?x=1").unwrap(), StatusCode::OK, html.to_owned())
    }

    const FORM: &str = "<label for=mail>E-mail</label><form method=post action='../link'>\
        <input type=hidden name=state value='a&amp;b'><input id=mail name=email>\
        <label><input type=checkbox name=accounts value=1> BE68 current</label>\
        <label><input type=checkbox name=accounts value=2 checked> BE12 savings</label>\
        <select name=country><option value=BE>Belgium</option><option value=FR>France</option></select>\
        <button name=go value=yes>Continue</button><button name=go value=no>Cancel</button></form>";

    #[test]
    fn a_form_is_read_filled_in_and_sent() {
        let mut form = page(FORM).form_with("email").unwrap();
        assert_eq!(form.action.as_str(), "http://localhost:8400/link");
        form.fill("email", "a@example.org").unwrap().choose("BE68").unwrap().choose("France").unwrap();
        form.press("Continue").unwrap();
        assert_eq!(form.encoded(), "state=a%26b&email=a%40example.org&accounts=1&accounts=2&country=FR&go=yes");
    }

    #[test]
    fn a_list_sends_its_first_entry_and_labels_are_found_by_id() {
        let form = page(FORM).form("/link").unwrap();
        assert_eq!(form.encoded(), "state=a%26b&email=&accounts=2&country=BE");
        assert_eq!(form.controls[1].label, "E-mail");
    }

    #[test]
    fn what_is_missing_is_told_with_what_the_page_says() {
        let error = page("<h1>Wrong password</h1>").form_with("email").unwrap_err();
        assert!(error.to_string().contains("Wrong password"), "{error}");
        assert!(page(FORM).form("/link").unwrap().fill("nothing", "x").is_err());
    }

    #[test]
    fn links_are_joined_with_the_address_of_the_page() {
        let page = page("<a href='sync?id=1&amp;b=2'><b>Synchronize</b> now</a>");
        assert_eq!(page.link("Synchronize now").unwrap().as_str(), "http://localhost:8400/app/sync?id=1&b=2");
    }
}
