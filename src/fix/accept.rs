//! Finds the fixes that do harm, when all of a round together did.

use super::Reader;
use super::apply::{self, Candidate};
use super::guard::{self, Part, Places};
use crate::diagnostic::Fix;
use crate::post::Post;

/// How many bytes may be parsed in the search, and how often at least.
const MOST_BYTES: usize = 32 << 20;
const LEAST_TRIALS: usize = 24;

/// Which fixes of a round are applied.
#[derive(Debug)]
pub struct Verdict {
    /// Indices into the candidates.
    pub accepted: Vec<usize>,
    /// Indices into the candidates, with the reason as a sentence for people.
    pub refused: Vec<(usize, String)>,
}

struct Search<'s, 't> {
    reader: &'s dyn Reader,
    post: &'s Post<'t>,
    places: &'s Places,
    candidates: &'s [Candidate<'s>],
    trials: usize,
}

impl Verdict {
    /// Searches `candidates`, of which it is known that they cannot all be applied together.
    ///
    /// The first fixes of the list that go together are found by halving; the one after them is refused; and so on. A
    /// fix that only clashes with another one has its turn in the next round.
    pub fn find(reader: &dyn Reader, post: &Post, places: &Places, candidates: &[Candidate]) -> Verdict {
        let trials = LEAST_TRIALS.max(MOST_BYTES / post.text.len().max(1));
        let mut search = Search { reader, post, places, candidates, trials };
        let mut alive: Vec<usize> = (0..candidates.len()).collect();
        let mut refused = Vec::new();
        // so many of the first ones are known to go together
        let mut good = 0;
        while good < alive.len() {
            match search.first_harmful(&alive, good) {
                Found::None => good = alive.len(),
                Found::At(index, part) => {
                    good = index;
                    refused.push((alive.remove(index), format!("the fix was left out: it would {}", part.harm())));
                }
                Found::GaveUp => {
                    let rest = alive.drain(good..);
                    refused.extend(rest.map(|index| (index, "the fix was left out: too many others of this file had to be".to_owned())));
                }
            }
        }
        refused.sort_by_key(|&(index, _)| index);
        Verdict { accepted: alive, refused }
    }
}

enum Found {
    None,
    At(usize, Part),
    GaveUp,
}

impl<'s> Search<'s, '_> {
    /// The first of `alive` that does harm together with those before it; the first `good` ones do none.
    fn first_harmful(&mut self, alive: &[usize], good: usize) -> Found {
        let (mut good, mut bad, mut harm) = (good, alive.len(), None);
        match self.harm(alive) {
            Ok(None) => return Found::None,
            Ok(Some(part)) => harm = harm.or(Some(part)),
            Err(OutOfTrials) => return Found::GaveUp,
        }
        while bad - good > 1 {
            let middle = good + (bad - good) / 2;
            match self.harm(alive.get(..middle).unwrap_or_default()) {
                Ok(None) => good = middle,
                Ok(Some(part)) => (bad, harm) = (middle, Some(part)),
                Err(OutOfTrials) => return Found::GaveUp,
            }
        }
        Found::At(good, harm.unwrap_or(Part::Structure))
    }

    /// What goes wrong when these are applied together.
    fn harm(&mut self, indices: &[usize]) -> Result<Option<Part>, OutOfTrials> {
        self.trials = self.trials.checked_sub(1).ok_or(OutOfTrials)?;
        let fixes = self.fixes(indices);
        let (text, changes) = apply::apply(self.post.text, &fixes);
        let new = self.reader.parse(&text);
        Ok(guard::difference(self.post, &new, self.places, &fixes, &changes))
    }

    fn fixes(&self, indices: &[usize]) -> Vec<&'s Fix> {
        indices.iter().filter_map(|&index| Some(self.candidates.get(index)?.fix)).collect()
    }
}

struct OutOfTrials;
