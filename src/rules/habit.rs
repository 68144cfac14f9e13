//! What the newest posts have in common, and how `.postlint.yml` demands it.

use super::Places;

/// One thing that the site's newest posts have in common, or nearly: "`target=_blank` 24/30".
#[derive(Debug, Clone, PartialEq)]
pub struct Habit {
    /// What is kept, short: `tags`, `target=_blank`, `one sentence per line`.
    pub what: String,
    /// In how many posts it is kept.
    pub keeps: usize,
    /// In how many posts it could be.
    pub of: usize,
    /// The share from which on it is demanded, in percent.
    pub threshold: u8,
    /// Paths of posts that do not keep it, the newest first.
    pub exceptions: Vec<String>,
    pub pin: Pin,
}

/// How the configuration demands a habit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pin {
    /// By the rule's severity alone.
    Severity,
    /// By the value of an option.
    Value(&'static str, String),
    /// By an item in the list of an option.
    Item(&'static str, String),
    /// By an entry in the map of an option: the option, the key, the value.
    Entry(&'static str, String, String),
    /// By an item in one of the lists of an option: the option, the key of the list, the item.
    ItemOf(&'static str, String, String),
}

impl Habit {
    /// The fewest posts from which something can be learned.
    pub const FEWEST: usize = 5;

    /// A habit of which nothing is counted yet.
    pub fn new(what: impl Into<String>, threshold: u8, pin: Pin) -> Habit {
        Habit { what: what.into(), keeps: 0, of: 0, threshold, exceptions: Vec::new(), pin }
    }

    /// Counts a post in which it could be kept.
    pub fn count(&mut self, path: &str, kept: bool) {
        self.of += 1;
        if kept {
            self.keeps += 1;
        } else {
            self.exceptions.push(path.to_owned());
        }
    }

    /// Counts posts by their paths and places: one keeps the habit in all of its places, and is left out if it has none.
    /// Nothing, where no post has any.
    pub fn of_places<'p>(mut self, posts: impl Iterator<Item = (&'p str, Places)>) -> Vec<Habit> {
        for (path, places) in posts.filter(|(_, places)| places.of > 0) {
            self.count(path, places.kept == places.of);
        }
        if self.of == 0 { Vec::new() } else { vec![self] }
    }

    /// Whether enough posts keep it for the others to be asked to.
    pub fn holds(&self) -> bool {
        self.of >= Habit::FEWEST && self.keeps * 100 >= self.of * usize::from(self.threshold)
    }

    /// Whether it does not hold, but so many posts keep it that it is worth a word.
    pub fn nearly_holds(&self) -> bool {
        !self.holds() && self.of >= Habit::FEWEST && self.keeps * 4 >= self.of
    }
}
