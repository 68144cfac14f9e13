//! What the script of a text says of its language.

use super::Language;

/// How many letters there are of which script; roughly, by lead bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Scripts {
    pub(super) latin: u32,
    cyrillic: u32,
    greek: u32,
    hebrew: u32,
    arabic: u32,
    indic: u32,
    thai: u32,
    kana: u32,
    han: u32,
    hangul: u32,
}

impl Scripts {
    /// Those of a text.
    pub(super) fn of(bytes: &[u8]) -> Scripts {
        let mut scripts = Scripts { latin: latin_letters(bytes), ..Scripts::default() };
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
            scripts.count(&rest[at..]);
            rest = &rest[at + 1..];
        }
        scripts
    }

    /// Counts the character whose first bytes these are; the later bytes of a character count nothing.
    fn count(&mut self, bytes: &[u8]) {
        let second = bytes.get(1).copied().unwrap_or(0);
        match (bytes[0], second) {
            (0xc3..=0xc9, _) => self.latin += 1,
            (0xce | 0xcf, _) => self.greek += 1,
            (0xd0..=0xd4, _) => self.cyrillic += 1,
            (0xd6 | 0xd7, _) => self.hebrew += 1,
            (0xd8..=0xdb, _) => self.arabic += 1,
            (0xe0, 0xa4..=0xb7) => self.indic += 1,
            (0xe0, 0xb8..=0xb9) => self.thai += 1,
            (0xe1, 0xb8..=0xbb) => self.latin += 1,
            (0xe3, 0x81..=0x83) => self.kana += 1,
            (0xe3, 0x90..=0xbf) | (0xe4..=0xe9, _) => self.han += 1,
            (0xea, 0xb0..) | (0xeb | 0xec, _) | (0xed, ..0x9f) => self.hangul += 1,
            _ => {}
        }
    }

    pub(super) fn add(&mut self, other: &Scripts) {
        self.latin += other.latin;
        self.cyrillic += other.cyrillic;
        self.greek += other.greek;
        self.hebrew += other.hebrew;
        self.arabic += other.arabic;
        self.indic += other.indic;
        self.thai += other.thai;
        self.kana += other.kana;
        self.han += other.han;
        self.hangul += other.hangul;
    }

    /// The language, where the script says it. Technical prose is full of Latin names, and a Chinese character is worth a
    /// word of some letters.
    pub(super) fn language(&self) -> Option<Language> {
        let east_asian = self.han + self.kana + self.hangul;
        if east_asian * 4 > self.latin && east_asian > 1 {
            let code = match () {
                () if self.kana * 8 > east_asian => b"ja",
                () if self.hangul * 2 > east_asian => b"ko",
                () => b"zh",
            };
            return Some(Language::code_of(code));
        }
        let scripts = [(self.greek, b"el"), (self.hebrew, b"he"), (self.arabic, b"ar"), (self.indic, b"hi"), (self.thai, b"th")];
        let (letters, code) = scripts.into_iter().max_by_key(|&(letters, _)| letters)?;
        (letters > 3 && letters > self.latin.max(self.cyrillic)).then(|| Language::code_of(code))
    }
}

/// How many letters of ASCII there are.
fn latin_letters(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte.is_ascii_alphabetic())).sum()
}

/// Whether the letters do not tell the two apart.
pub(super) fn shares_script(a: Language, b: Language) -> bool {
    const SHARED: [[&str; 6]; 3] =
        [["zh", "yue", "cmn", "ja", "", ""], ["ar", "fa", "ur", "ps", "ckb", "ug"], ["hi", "mr", "ne", "bn", "ta", "te"]];
    let both = |codes: &[&str; 6]| [a, b].iter().all(|language| language.code().is_some_and(|code| codes.contains(&code)));
    SHARED.iter().any(both)
}
