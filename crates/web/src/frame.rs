use axum::http::HeaderMap;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::parts::notice;
use crate::{Cookies, Flash, Icon, Locale, asset};

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it leads; it is current when the page's address begins with it.
    pub href: String,
    /// Its drawing.
    pub icon: Icon,
    /// Its words.
    pub label: String,
}

/// The menu of who is logged in.
#[derive(Debug, Clone)]
pub struct Menu {
    /// The organization or company at work.
    pub organization: String,
    /// The person, usually an e-mail address.
    pub person: String,
    /// (address, words) of its entries.
    pub entries: Vec<(String, String)>,
    /// Where the form of "log out" is sent.
    pub log_out: String,
}

/// Everything around a page: the product, the navigation, the user's menu, the language switch and the flash message.
pub struct Frame {
    /// Name of the product, as in the title of the window.
    pub product: String,
    /// Where the product's name leads.
    pub home: String,
    /// The navigation; empty for strangers.
    pub navigation: Vec<Entry>,
    /// The user's menu; none for strangers.
    pub menu: Option<Menu>,
    /// The address of the page that is being shown, with its query.
    pub here: String,
    /// The reader's language.
    pub locale: Locale,
    /// The address of the navigation's entry that is current, where the page's own address does not begin with it.
    pub section: Option<String>,
    /// What every page says above its own content, as long as it holds.
    pub banner: Option<Markup>,
    /// A sentence from the page before.
    pub flash: Option<Flash>,
    /// The party's cookies, to take the flash away once it was shown.
    pub cookies: Cookies,
}

/// What stands inside the frame.
pub struct Page {
    title: String,
    narrow: bool,
    refresh_seconds: Option<u32>,
    main: Markup,
}

impl Page {
    /// A page with the title of its window and its content, which begins with a heading (see [`crate::heading`]).
    pub fn new(title: impl Into<String>, main: Markup) -> Page {
        Page { title: title.into(), narrow: false, refresh_seconds: None, main }
    }

    /// In one narrow column: for forms and for reading.
    pub fn narrow(mut self) -> Page {
        self.narrow = true;
        self
    }

    /// Reloads itself where there is no JavaScript (see `data-refresh` in the script for where there is).
    pub fn refresh(mut self, seconds: u32) -> Page {
        self.refresh_seconds = Some(seconds);
        self
    }
}

impl Frame {
    /// A frame for a stranger: no navigation, no menu.
    pub fn stranger(product: &str, home: &str, here: &str, locale: Locale, cookies: Cookies) -> Frame {
        Frame {
            product: product.to_owned(),
            home: home.to_owned(),
            navigation: Vec::new(),
            menu: None,
            here: here.to_owned(),
            locale,
            section: None,
            banner: None,
            flash: None,
            cookies,
        }
    }

    /// Takes the flash message that the request carries.
    pub fn with_flash(mut self, headers: &HeaderMap) -> Frame {
        self.flash = Flash::of(&self.cookies, headers);
        self
    }

    /// The answer: the whole page, and the flash cookie removed when it was shown.
    pub fn show(&self, page: Page) -> Response {
        let mut response = self.draw(&page).into_response();
        if self.flash.is_some() {
            response.headers_mut().append(header::SET_COOKIE, Flash::clear(&self.cookies));
        }
        response
    }

    /// The whole page as text.
    pub fn draw(&self, page: &Page) -> Markup {
        let locale = &self.locale;
        html! {
            (DOCTYPE)
            html lang=(locale.language.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (page.title) " · " (self.product) }
                    link rel="icon" href=(asset("icon.svg")) type="image/svg+xml";
                    link rel="stylesheet" href=(asset("passerelle.css"));
                    script src=(asset("passerelle.js")) defer {}
                    @if let Some(seconds) = page.refresh_seconds {
                        noscript { meta http-equiv="refresh" content=(seconds); }
                    }
                }
                body {
                    a.skip href="#main" { (locale.say("web-skip")) }
                    (self.bar())
                    main.page.narrow[page.narrow] #main tabindex="-1" {
                        @if let Some(banner) = &self.banner { div role="alert" { (banner) } }
                        @if let Some(flash) = &self.flash { div role="status" { (notice(flash.tone, html! { p { (flash.text) } })) } }
                        (page.main)
                    }
                    footer.foot { span { (self.product) } (self.languages()) }
                }
            }
        }
    }

    fn bar(&self) -> Markup {
        let locale = &self.locale;
        html! {
            header.bar {
                div.bar-inner {
                    a.brand href=(self.home) { (Icon::Bridge) (self.product) }
                    @if !self.navigation.is_empty() {
                        nav.nav aria-label=(locale.say("web-navigation")) {
                            @for entry in &self.navigation {
                                a href=(entry.href) aria-current=[self.is_current(entry).then_some("page")] {
                                    (entry.icon) span { (entry.label) }
                                }
                            }
                        }
                    }
                    div.bar-end { @if let Some(menu) = &self.menu { (user_menu(menu, locale)) } }
                }
            }
        }
    }

    /// The entry with the longest address that the page's address begins with; home only where it is the page itself.
    fn is_current(&self, entry: &Entry) -> bool {
        let path = self.section.as_deref().unwrap_or(&self.here).split(['?', '#']).next().unwrap_or_default();
        let below = |href: &str| path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        let inside = |href: &str| path == href || (href != self.home && below(href));
        let longest = self.navigation.iter().filter(|known| inside(&known.href)).map(|known| known.href.len()).max();
        inside(&entry.href) && longest == Some(entry.href.len())
    }

    fn languages(&self) -> Markup {
        let locale = &self.locale;
        html! {
            nav.languages aria-label=(locale.say("web-language")) {
                @for language in locale.languages() {
                    a href={ "/language?to=" (language.code()) "&back=" (query_value(&self.here)) } lang=(language.code())
                        hreflang=(language.code()) title=(language.name())
                        aria-current=[(*language == locale.language).then_some("true")] { (language.code()) }
                }
            }
        }
    }
}

fn user_menu(menu: &Menu, locale: &Locale) -> Markup {
    html! {
        details.menu {
            summary { (Icon::Person) span.unseen { (locale.say("web-menu")) ": " } span.menu-name { (menu.organization) } (Icon::Down) }
            div.menu-panel {
                div.menu-who { strong { (menu.organization) } small { (menu.person) } }
                @for (href, label) in &menu.entries { a href=(href) { (label) } }
                form method="post" action=(menu.log_out) { button type="submit" { (locale.say("web-log-out")) } }
            }
        }
    }
}

/// A text as the value of a query parameter.
fn query_value(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
