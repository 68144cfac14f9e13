//! In which language a text is written, as far as rules about words and sentences need to know.
//!
//! What the front matter says counts, unless the text is clearly in another language. Else the text is looked at: its
//! script, and for scripts that many languages share the most frequent words of each (`rules/languages.yml`). Folder names
//! and the site's own language decide where the text does not.

mod scripts;

use super::Run;
use super::words::forms::{ByForm, Forms, Numbering};
use super::words::{self, Word};
use crate::post::Post;
use crate::text::packed::{Packed, PackedMap};
use scripts::{Scripts, shares_script};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language by its ISO 639 code, in lower case, or unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Language([u8; 3]);

impl Language {
    pub const UNKNOWN: Language = Language([0; 3]);
    pub const ENGLISH: Language = Language::code_of(b"en");

    const fn code_of(code: &[u8; 2]) -> Language {
        Language([code[0], code[1], 0])
    }

    /// The language of a tag such as `de`, `pt-BR` or `zh_Hans`: its first part, if that has two or three letters.
    pub fn from_tag(tag: &str) -> Language {
        let primary = tag.trim().split(['-', '_', '.', '@']).next().unwrap_or_default().as_bytes();
        if !(2..=3).contains(&primary.len()) || !primary.iter().all(u8::is_ascii_alphabetic) {
            return match tag.trim().to_ascii_lowercase().as_str() {
                "english" => Language::ENGLISH,
                _ => Language::UNKNOWN,
            };
        }
        let mut code = [0; 3];
        for (to, from) in code.iter_mut().zip(primary) {
            *to = from.to_ascii_lowercase();
        }
        Language(code)
    }

    /// `en`, `nl`; `None` when it is not known.
    pub fn code(&self) -> Option<&str> {
        let length = self.0.iter().position(|&byte| byte == 0).unwrap_or(3);
        std::str::from_utf8(&self.0[..length]).ok().filter(|code| !code.is_empty())
    }

    pub fn is_english(self) -> bool {
        self == Language::ENGLISH
    }

    pub fn is_known(self) -> bool {
        self != Language::UNKNOWN
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.code().unwrap_or("unknown"))
    }
}

/// What says the language before the text is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Declared {
    /// By the document itself.
    pub document: Language,
    /// By its folder or its site: holds where the text does not tell.
    pub surroundings: Language,
}

/// What the document, its folder and its site say.
pub fn declared(post: &Post) -> Declared {
    let keys = ["lang", "language", "locale"];
    let stated = keys.iter().find_map(|key| post.front_matter.get(key).and_then(|value| value.text()));
    let folders = post.path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let folder = folders.rsplit('/').map(Language::from_tag).find(|language| PROFILES.knows(*language));
    let site = keys.iter().find_map(|key| post.site.config.values.get(*key).and_then(|value| value.as_str()));
    let surroundings = folder.or(site.map(Language::from_tag)).unwrap_or_default();
    Declared { document: stated.map(Language::from_tag).unwrap_or_default(), surroundings }
}

/// Gives each run its language, and returns that of the whole.
pub fn assign(runs: &mut [Run], numbering: Numbering, declared: Declared) -> Language {
    let mut known = KNOWN.take();
    known.keep_only(numbering);
    let evidence: Vec<Evidence> = runs.iter().map(|run| Evidence::of(run.text.text(), &run.words, &mut known)).collect();
    KNOWN.set(known);
    let mut all = Evidence::default();
    evidence.iter().for_each(|one| all.add(one));
    let main = match (declared.document.is_known(), all.language()) {
        // a translation may have kept what the front matter of the original says
        (true, _) => all.differs_from(declared.document).unwrap_or(declared.document),
        (false, Some(found)) => found,
        (false, None) => declared.surroundings,
    };
    for (run, evidence) in runs.iter_mut().zip(&evidence) {
        run.language = evidence.differs_from(main).unwrap_or(main);
    }
    main
}

/// The language of a text on its own.
pub fn detect(text: &str) -> Language {
    evidence_of(text).language().unwrap_or_default()
}

/// Whether a sentence is not in English, by more than one of its words.
pub fn is_clearly_foreign(sentence: &str) -> bool {
    let evidence = evidence_of(sentence);
    let clear = evidence.best().is_none_or(|(best, _)| evidence.scores[best] * 2 >= u32::from(WEIGHT) * 3);
    clear && evidence.language().is_some_and(|language| !language.is_english())
}

fn evidence_of(text: &str) -> Evidence {
    let mut forms = Forms::of_thread();
    let words = words::read(text, &mut forms);
    let mut known = KNOWN.take();
    known.keep_only(forms.numbering());
    let evidence = Evidence::of(text, &words, &mut known);
    KNOWN.set(known);
    evidence
}

/// What a form says of the language: the index of its shares in [`Profiles::shares`], the first of which are nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said(u16);

impl Said {
    const NOTHING: Said = Said(0);
    /// It is no word: a number.
    const NO_WORD: Said = Said(u16::MAX);
}

thread_local! {
    /// What this thread knows of the forms that it has met.
    static KNOWN: RefCell<ByForm<Said>> = RefCell::default();
}

/// What a word says for each language: in 16 bits each, which is enough for the words of a run, so that one addition does
/// four.
type Shares = [u64; LANES];

const LANES: usize = LANGUAGES / 4;

/// That of the language `index`.
fn share(shares: &Shares, index: usize) -> u32 {
    u32::from((shares[index / 4] >> (16 * (index % 4))) as u16)
}

/// The codes of `rules/languages.yml`, and what each word says for which of them.
struct Profiles {
    codes: Vec<Language>,
    /// Indices of `shares`: many words are used by the same languages.
    words: PackedMap<u16>,
    shares: Vec<Shares>,
}

impl Profiles {
    fn knows(&self, language: Language) -> bool {
        const BY_SCRIPT: [&str; 10] = ["zh", "ja", "ko", "ar", "fa", "he", "hi", "th", "el", "bn"];
        self.codes.contains(&language) || language.code().is_some_and(|code| BY_SCRIPT.contains(&code))
    }

    fn said_by(&self, word: &str) -> Said {
        let bytes = word.as_bytes();
        if !bytes.iter().any(|byte| byte.is_ascii_alphabetic()) && !word.contains(char::is_alphabetic) {
            return Said::NO_WORD;
        }
        let index = match Packed::at(bytes, 0..bytes.len()).filter(|packed| packed.is_ascii()) {
            Some(packed) => self.words.get_packed(packed.to_ascii_lowercase()),
            None => self.words.get(&word.to_ascii_lowercase().replace('’', "'")),
        };
        index.map_or(Said::NOTHING, |index| Said(*index))
    }
}

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let table: BTreeMap<&'static str, &'static str> =
        serde_yaml::from_str(include_str!("../../../rules/languages.yml")).unwrap_or_default();
    let mut users: PackedMap<u32> = PackedMap::default();
    let mut codes = Vec::new();
    for (code, list) in table.into_iter().take(LANGUAGES) {
        for word in list.split_whitespace() {
            *users.entry_or(word, 0) |= 1 << codes.len();
        }
        codes.push(Language::from_tag(code));
    }
    let mut sets: Vec<u32> = users.values_mut().map(|users| *users).chain([0]).collect();
    sets.sort_unstable();
    sets.dedup();
    let words = users.map(|users| sets.binary_search(&users).unwrap_or_default() as u16);
    Profiles { codes, words, shares: sets.into_iter().map(shares_of).collect() }
});

/// What a word says that the languages of the bits `users` use.
fn shares_of(users: u32) -> Shares {
    let weight = u64::from(WEIGHT) / u64::from(users.count_ones().max(1));
    let is_user = |index: usize| users >> index & 1 == 1;
    std::array::from_fn(|lane| (0..4).filter(|at| is_user(4 * lane + at)).map(|at| weight << (16 * at)).sum())
}

/// How many languages the table may hold.
const LANGUAGES: usize = 32;
/// A word's weight is shared out among the languages that use it; this divides by all small numbers.
const WEIGHT: u16 = 60;
/// More words of one run tell nothing new.
const MAX_WORDS: u32 = 80;
/// Fewer words do not speak against the language of the rest.
const MIN_WORDS: u32 = 11;

/// What speaks for which language.
#[derive(Debug, Clone, Default)]
struct Evidence {
    words: u32,
    scores: [u32; LANGUAGES],
    scripts: Scripts,
}

impl Evidence {
    fn of(text: &str, words: &[Word], known: &mut ByForm<Said>) -> Evidence {
        let profiles = &*PROFILES;
        let mut evidence = Evidence::default();
        let mut scores = Shares::default();
        let mut end = 0;
        for word in words {
            // the letters of `d.w.z.` are no words
            let range = word.range();
            if range.len() == 1 && text.as_bytes().get(range.end) == Some(&b'.') {
                continue;
            }
            let said = known.get(word.form).copied().unwrap_or_else(|| {
                let said = profiles.said_by(word.of(text));
                known.set(word.form, said);
                said
            });
            if said == Said::NO_WORD {
                continue;
            }
            if said != Said::NOTHING
                && let Some(shares) = profiles.shares.get(usize::from(said.0))
            {
                for lane in 0..LANES {
                    scores[lane] += shares[lane];
                }
            }
            end = range.end;
            evidence.words += 1;
            evidence.scripts.latin += range.len() as u32;
            if evidence.words == MAX_WORDS {
                break;
            }
        }
        evidence.scores = std::array::from_fn(|index| share(&scores, index));
        if let Some(read) = text.as_bytes().get(..end).filter(|read| !read.is_ascii()) {
            evidence.scripts = Scripts::of(read);
        }
        evidence
    }

    fn add(&mut self, other: &Evidence) {
        self.words += other.words;
        self.scores.iter_mut().zip(other.scores).for_each(|(to, from)| *to += from);
        self.scripts.add(&other.scripts);
    }

    /// The language, if the text is clear enough.
    fn language(&self) -> Option<Language> {
        if let Some(language) = self.scripts.language() {
            return Some(language);
        }
        let (best, second) = self.best()?;
        let (score, weight) = (self.scores[best], u32::from(WEIGHT));
        // one word that no other language has, and not fewer than one in twelve
        let enough = score >= weight.max(self.words * weight / 12);
        (enough && score * 3 >= second * 4).then(|| PROFILES.codes[best])
    }

    /// The language with the best score, and the second best score.
    fn best(&self) -> Option<(usize, u32)> {
        let (mut best, mut second) = (0, 0);
        for (index, &score) in self.scores.iter().enumerate().skip(1) {
            if score > self.scores[best] {
                second = self.scores[best];
                best = index;
            } else {
                second = second.max(score);
            }
        }
        (self.scores[best] > 0).then_some((best, second))
    }

    /// The language of a run that is clearly not in the language of the rest.
    fn differs_from(&self, main: Language) -> Option<Language> {
        if !main.is_known() {
            return self.language();
        }
        if let Some(found) = self.scripts.language() {
            return (found != main && !shares_script(found, main)).then_some(found);
        }
        if self.words < MIN_WORDS {
            return None;
        }
        let found = self.language().filter(|&found| found != main)?;
        let (best, _) = self.best()?;
        let of_main = PROFILES.codes.iter().position(|&code| code == main).map_or(0, |index| self.scores[index]);
        (self.scores[best] >= self.words * u32::from(WEIGHT) / 5 && of_main * 3 <= self.scores[best]).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_give_their_first_part() {
        assert_eq!(Language::from_tag("pt-BR").code(), Some("pt"));
        assert_eq!(Language::from_tag("zh_Hans").code(), Some("zh"));
        assert!(Language::from_tag("en").is_english());
        assert!(!Language::from_tag("a very long one").is_known());
    }

    #[test]
    fn a_sentence_is_enough_for_common_languages() {
        for (code, text) in [
            ("en", "We wrote a small tool that reads the posts of our site."),
            ("nl", "Wij schreven een klein programma dat de berichten van onze site leest."),
            ("de", "Wir haben ein kleines Programm geschrieben, das die Beiträge unserer Seite liest."),
            ("fr", "Nous avons écrit un petit outil qui lit les billets de notre site."),
            ("es", "Escribimos una pequeña herramienta que lee los artículos de nuestro sitio."),
            ("it", "Abbiamo scritto un piccolo programma che legge gli articoli del nostro sito."),
            ("pl", "Napisaliśmy małe narzędzie, które czyta wpisy na naszej stronie i nie tylko."),
            ("zh", "我们用 Rust 写了一个小工具。"),
            ("ja", "小さなツールを書きました。"),
            ("ru", "Мы написали небольшую программу, и она читает все записи."),
            ("el", "Γράψαμε ένα μικρό εργαλείο."),
        ] {
            assert_eq!(detect(text).code(), Some(code), "{text}");
        }
    }

    #[test]
    fn names_and_numbers_tell_nothing() {
        for text in ["", "Kubernetes 1.28", "Kafka Summit London"] {
            assert_eq!(detect(text), Language::UNKNOWN, "{text}");
        }
    }
}
