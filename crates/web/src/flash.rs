use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Cookies;

const COOKIE: &str = "flash";
const SECONDS: i64 = 60;

/// How a message is meant; shown by colour and by icon, said by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, proven, all right.
    Good,
    /// Failed, broken, needs an act.
    Bad,
    /// To be known before going on.
    Care,
    /// Information.
    Plain,
}

impl Tone {
    /// The class of the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Bad => "bad",
            Tone::Care => "care",
            Tone::Plain => "plain",
        }
    }
}

/// A sentence for the next page, carried over a redirect in a cookie of one minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence, already in the reader's language.
    pub text: String,
}

impl Flash {
    /// Something was done.
    pub fn good(text: impl Into<String>) -> Flash {
        Flash { tone: Tone::Good, text: text.into() }
    }

    /// Something failed.
    pub fn bad(text: impl Into<String>) -> Flash {
        Flash { tone: Tone::Bad, text: text.into() }
    }

    /// Something is to be known.
    pub fn care(text: impl Into<String>) -> Flash {
        Flash { tone: Tone::Care, text: text.into() }
    }

    /// The cookie that carries it.
    pub fn cookie(&self, cookies: &Cookies) -> HeaderValue {
        let kept: String = self.text.chars().take(600).collect();
        let value = format!("{}.{}", self.tone.class(), URL_SAFE_NO_PAD.encode(kept));
        cookies.set(COOKIE, &value, Some(SECONDS))
    }

    /// What the request carries, if anything.
    pub fn of(cookies: &Cookies, headers: &HeaderMap) -> Option<Flash> {
        let value = cookies.get(headers, COOKIE)?;
        let (tone, text) = value.split_once('.')?;
        let tones = [Tone::Good, Tone::Bad, Tone::Care, Tone::Plain];
        let tone = tones.into_iter().find(|known| known.class() == tone)?;
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        Some(Flash { tone, text })
    }

    /// The cookie that removes it once it was shown.
    pub fn clear(cookies: &Cookies) -> HeaderValue {
        cookies.clear(COOKIE)
    }
}
