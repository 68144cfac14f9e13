//! All that makes up a page, in its order, as a few numbers.

mod front_matter;
mod stream;
mod word_places;

use super::Permits;
use crate::post::Post;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use stream::Stream;

/// What a document is made of, for the explanation of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    FrontMatter,
    Structure,
    Ids,
    Code,
    Urls,
    Attributes,
    Liquid,
    Text,
}

impl Part {
    const ALL: [Part; 8] =
        [Part::FrontMatter, Part::Structure, Part::Ids, Part::Code, Part::Urls, Part::Attributes, Part::Liquid, Part::Text];

    /// What happens to the page when this part differs, as the rest of "it would …".
    pub fn harm(self) -> &'static str {
        match self {
            Part::FrontMatter => "change other values of the front matter",
            Part::Structure => "turn a part of the text into something else on the page (a list, a heading, a table, …)",
            Part::Ids => "change the id of a heading, and so break links to it",
            Part::Code => "change code or other text that is shown as it stands",
            Part::Urls => "change the target of a link or an image",
            Part::Attributes => "change the attributes of another element",
            Part::Liquid => "change a Liquid tag",
            Part::Text => "change other words",
        }
    }
}

/// The page that a document makes, soft line breaks and the width of white space left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    whole: u64,
    parts: [u64; Part::ALL.len()],
}

impl Fingerprint {
    /// The fingerprint of `post`, without that which may differ by `permits`.
    pub fn of(post: &Post, permits: &Permits) -> Fingerprint {
        let mut sink = Sink::default();
        front_matter::write(post, permits, &mut sink);
        Stream::new(post, permits, &mut sink).write();
        sink.finish()
    }

    /// What differs; the worst when it is several parts.
    pub fn difference(&self, other: &Fingerprint) -> Option<Part> {
        if self.whole == other.whole {
            return None;
        }
        let differs = Part::ALL.into_iter().zip(self.parts.iter().zip(&other.parts)).find(|(_, (a, b))| a != b);
        // the same parts in another order: something moved
        Some(differs.map_or(Part::Structure, |(part, _)| part))
    }
}

/// Takes the things of a page in, one after the other.
#[derive(Default)]
struct Sink {
    whole: FxHasher,
    parts: [FxHasher; Part::ALL.len()],
}

impl Sink {
    fn add(&mut self, part: Part, thing: impl Hash) {
        let mut hasher = FxHasher::default();
        thing.hash(&mut hasher);
        self.add_hash(part, hasher.finish());
    }

    fn add_hash(&mut self, part: Part, hash: u64) {
        self.whole.write_u8(part as u8);
        self.whole.write_u64(hash);
        self.parts[part as usize].write_u64(hash);
    }

    fn finish(self) -> Fingerprint {
        Fingerprint { whole: self.whole.finish(), parts: self.parts.map(|part| part.finish()) }
    }
}
