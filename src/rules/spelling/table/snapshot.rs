//! The table of the rules that come with the program, as the build script leaves it: read in a tenth of the time that it
//! takes to compile them.

use super::frequencies::Frequencies;
use super::{Class, CompiledPattern, CompiledRule, Table, WordId};
use crate::rules::spelling::verbs::Verbs;
use crate::text::packed::PackedMap;
use serde::{Deserialize, Serialize};

/// What of a table the rest follows from.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Snapshot {
    /// One a line, in the order of their numbers, of which the first is 1.
    words: String,
    /// So many of them are common.
    common: u32,
    /// With their names.
    classes: Vec<(String, Class)>,
    patterns: Vec<CompiledPattern>,
    /// Of each pattern the step that it is looked up by.
    anchors: Vec<Option<u8>>,
    rules: Vec<CompiledRule>,
    verbs: Verbs,
}

impl Table {
    /// The table as bytes, which [`Table::read`] reads.
    ///
    /// # Errors
    /// Never, as far as is known: the format has a form for all that is in it.
    pub fn write(self) -> postcard::Result<Vec<u8>> {
        let mut words: Vec<(WordId, String)> = self.ids.texts().map(|(word, id)| (*id, word)).collect();
        words.sort();
        let words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
        let mut anchors = vec![None; self.patterns.len()];
        for anchor in self.anchors.iter().flatten() {
            anchors[anchor.pattern as usize] = Some(anchor.step);
        }
        let mut names = vec![String::new(); self.classes.len()];
        for (name, class) in self.class_names {
            names[class] = name;
        }
        postcard::to_allocvec(&Snapshot {
            words: words.join("\n"),
            common: self.common,
            classes: names.into_iter().zip(self.classes).collect(),
            patterns: self.patterns,
            anchors,
            rules: self.rules,
            verbs: self.verbs,
        })
    }

    /// Reads what [`Table::write`] wrote.
    ///
    /// # Errors
    /// The bytes are something else.
    pub fn read(bytes: &'static [u8]) -> postcard::Result<Table> {
        let snapshot: Snapshot = postcard::from_bytes(bytes)?;
        let count = 1 + snapshot.words.bytes().filter(|byte| *byte == b'\n').count();
        let mut ids = PackedMap::with_capacity(count);
        for (number, word) in (1..).zip(snapshot.words.split('\n')) {
            ids.entry_or(word, WordId(number));
        }
        let lengths = std::iter::once(0).chain(snapshot.words.split('\n').map(str::len)).collect();
        let mut table = Table {
            frequencies: Frequencies::of(&ids),
            ids,
            common: snapshot.common,
            anchors: vec![Vec::new(); 1 + count],
            class_bits: vec![0; 1 + count],
            lengths,
            rules: snapshot.rules,
            verbs: snapshot.verbs,
            ..Table::empty()
        };
        for (name, class) in snapshot.classes {
            table.push_class(name, class);
        }
        for (pattern, anchor) in snapshot.patterns.into_iter().zip(snapshot.anchors) {
            table.push_pattern(pattern, anchor.map(usize::from));
        }
        Ok(table)
    }
}
