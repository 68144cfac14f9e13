//! The rules: what each is made of, and the one list of them.

pub mod spelling;

use crate::diagnostic::Report;
use crate::post::Post;

/// A check. It is its own options: the configuration is read straight into it.
///
/// It sees a post, which lends its site, and a report to write in: no files, no network, no other rules.
pub trait Rule: Send + Sync {
    /// Writes what is wrong in `post` into `report`.
    fn check(&self, post: &Post, report: &mut Report);

    /// For rules of house style: takes over what the site's newest posts (`newest`, the newest first) have in common,
    /// so that [`Rule::check`] demands just that, and says what it found. Options that the configuration pins stay.
    fn learn(&mut self, _newest: &[Post]) -> Vec<Habit> {
        Vec::new()
    }

    /// For rules of house style: in how many places of `post` the style could be kept, and in how many it is.
    fn places(&self, _post: &Post) -> Places {
        Places::default()
    }
}

/// Places of a post in which a style could be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    pub kept: usize,
    pub of: usize,
}

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
}

impl Habit {
    /// Whether enough posts keep it for the others to be asked to.
    pub fn holds(&self) -> bool {
        self.of > 0 && self.keeps * 100 >= self.of * usize::from(self.threshold)
    }
}
