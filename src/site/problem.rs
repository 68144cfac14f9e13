//! What is wrong with the site itself: a broken `_config.yml`, a loop of links, a data file that does not parse.

use std::fmt;

/// How much a [`Problem`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know; nothing is lost.
    Note,
    /// Something could not be read: what depends on it is unknown.
    Unreadable,
}

/// Something in the site that could not be read as it should be. What depends on it is unknown, not wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub weight: Weight,
    /// The file or folder, relative to the site's root, with `/`.
    pub file: String,
    /// 1-based; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// Sentences without the place: what is wrong, what follows, what to do.
    pub message: String,
}

impl Problem {
    /// Something that could not be read.
    pub fn unreadable(file: impl Into<String>, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem { weight: Weight::Unreadable, file: file.into(), line, message: message.into() }
    }

    /// Something that is only good to know.
    pub fn note(file: impl Into<String>, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem { weight: Weight::Note, file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.file, self.message),
            None => write!(out, "{}: {}", self.file, self.message),
        }
    }
}
