//! What hub and books both need of the web, knowing neither: the frame of a page and its parts, one stylesheet and
//! script, cookies and sessions, forms, messages and formats of four languages, protection, error pages.
//!
//! A party builds it up like this:
//! ```ignore
//! let messages = Arc::new(Messages::load(&[(Language::En, EN), (Language::Fr, FR)])?);
//! let router = Router::new().merge(pages).merge(web::assets()).merge(web::languages(cookies.clone(), messages.clone()));
//! let router = web::protect(router, Protection { product: "Passerelle", messages, cookies });
//! ```
//! A handler makes a [`Locale`] from the request (`Locale::of`), a [`Frame`] from what it knows of the user, and answers
//! `frame.show(Page::new(title, main))`; after a POST it answers a [`Redirect`], with a [`Flash`] if there is
//! something to say. The tables behind sessions belong to the parties; [`session`] holds the rules.
//!
//! Everything works without JavaScript. Pages name no other host, hold no inline script and no inline style.

mod assets;
mod chart;
mod cookies;
mod error_page;
mod flash;
mod form;
mod format;
mod frame;
mod icon;
mod language;
mod locale;
mod messages;
mod parts;
mod protect;
mod redirect;

pub mod check;
pub mod session;

pub use assets::{asset, assets};
pub use chart::line as line_chart;
pub use cookies::Cookies;
pub use error_page::{Trouble, error_page};
pub use flash::{Flash, Tone};
pub use form::{Field, FieldErrors, Fields};
pub use frame::{Entry, Frame, Menu, Page};
pub use icon::Icon;
pub use language::{Language, languages};
pub use locale::Locale;
pub use messages::{Messages, MessagesError, Value};
pub use parts::{
    Stage, amount, badge, card_figure, empty, heading, heading_under, iban, initials, instant, notice, pages_below,
    progress, proof_badge, show_once, stage_badge, steps,
};
pub use protect::{Protection, protect};
pub use redirect::{Redirect, came_from, with_next};
