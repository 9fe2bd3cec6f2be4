//! A movement as the readers find it.

use domain::{Currency, Date, Details, Part};

use crate::place::Place;
use crate::{Exact, nul};

/// The raw text of one movement is kept up to this length: some 8000 records of a batch.
const LONGEST_RAW: usize = 1024 * 1024;

/// What was too much of a movement's text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cut {
    /// Nothing.
    #[default]
    Nothing,
    /// The raw text ends early; what it says was read all the same.
    Raw,
    /// Words were passed over.
    Words,
}

/// A movement as a reader found it, before it is known whether it can be booked.
#[derive(Debug, Default)]
pub(crate) struct Movement {
    /// Where it stands, for defects.
    pub(crate) path: Place,
    /// Signed; `None` when the text could not be read.
    pub(crate) amount: Option<Exact>,
    /// The currency it names, when it names one.
    pub(crate) currency: Option<Currency>,
    /// Whether it only may come.
    pub(crate) pending: bool,
    /// The day it was booked.
    pub(crate) booked_on: Option<Date>,
    /// The day it counts from.
    pub(crate) value_on: Option<Date>,
    /// All the rest.
    pub(crate) details: Details,
    /// Payments inside it.
    pub(crate) parts: Vec<Part>,
    /// Its text.
    pub(crate) raw: String,
    /// Whether that was too much to keep.
    pub(crate) cut: Cut,
}

impl Movement {
    /// Adds a line to its text, as long as there is room; false when there is not, and its raw text is cut.
    pub(crate) fn continue_raw(&mut self, line: &str) -> bool {
        let room = self.raw.len() < LONGEST_RAW;
        if room {
            if !self.raw.is_empty() {
                self.raw.push('\n');
            }
            self.raw.push_str(line);
        } else {
            self.cut = self.cut.max(Cut::Raw);
        }
        room
    }

    /// As [`Movement::continue_raw`], for lines whose words are passed over when there is no room.
    pub(crate) fn continue_words(&mut self, line: &str) -> bool {
        let room = self.continue_raw(line);
        if !room {
            self.cut = Cut::Words;
        }
        room
    }

    /// Frees it and its parts of NUL; true when there was one.
    pub(crate) fn free_of_nul(&mut self) -> bool {
        let own = nul::replace(&mut self.raw) | nul::replace_in(&mut self.details);
        self.parts.iter_mut().fold(own, |found, part| found | nul::replace_in(&mut part.details))
    }
}
