//! Short words as numbers: compared and hashed in a step or two.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::Hash;
use std::ops::Range;

/// A text of at most 16 bytes without NUL, in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Packed(u128);

/// The bytes that fit.
const ROOM: usize = 16;

/// For each length the bytes that belong to a text.
static MASKS: [u128; ROOM + 1] = {
    let mut masks = [0; ROOM + 1];
    let mut length = 1;
    while length <= ROOM {
        masks[length] = u128::MAX >> (8 * (ROOM - length));
        length += 1;
    }
    masks
};

impl Packed {
    /// The bytes `range` of `text`; `None` where they do not fit.
    pub fn at(text: &[u8], range: Range<usize>) -> Option<Packed> {
        let mask = MASKS.get(range.len())?;
        // NUL ends a text here
        if *text.get(range.end.checked_sub(1)?)? == 0 {
            return None;
        }
        let number = match text.get(range.start..).and_then(|rest| rest.first_chunk::<ROOM>()) {
            // what stands behind the word is cut off: cheaper than to copy a few bytes
            Some(bytes) => u128::from_le_bytes(*bytes) & mask,
            None => {
                let mut bytes = [0; ROOM];
                bytes[..range.len()].copy_from_slice(text.get(range)?);
                u128::from_le_bytes(bytes)
            }
        };
        (*mask != 0).then_some(Packed(number))
    }

    /// The word of ASCII letters at the start of `bytes`, none but the first of them a capital, and its length; `None`
    /// where there is none, or where it may not end there.
    pub fn plain_word(bytes: &[u8]) -> Option<(Packed, usize)> {
        let number = match bytes.first_chunk::<ROOM>() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => {
                let mut all = [0; ROOM];
                all[..bytes.len()].copy_from_slice(bytes);
                u128::from_le_bytes(all)
            }
        };
        let capital = if (number as u8).is_ascii_uppercase() { 0x20 } else { 0 };
        // most words lie in the first eight bytes
        let length = match first_lowercase(number as u64 | capital) {
            8 => 8 + first_lowercase((number >> 64) as u64),
            length => length,
        };
        // all 16 bytes may be letters of a longer word: then nothing is left over
        let mask = MASKS.get(length).filter(|_| (1..ROOM).contains(&length))?;
        Some((Packed(number & mask), length))
    }

    fn text(self) -> String {
        let bytes = self.0.to_le_bytes();
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(ROOM);
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    }

    pub fn is_ascii(self) -> bool {
        self.0 & (ONES * 0x80) == 0
    }

    /// With small ASCII letters for capital ones.
    pub fn to_ascii_lowercase(self) -> Packed {
        let seven_bits = self.0 & (ONES * 0x7f);
        let from_a = seven_bits + ONES * u128::from(0x80 - b'A');
        let beyond_z = seven_bits + ONES * u128::from(0x7f - b'Z');
        let capitals = (from_a & !beyond_z) & !self.0 & (ONES * 0x80);
        Packed(self.0 | capitals >> 2)
    }
}

/// How many of the bytes, from the lowest on, are small ASCII letters.
fn first_lowercase(number: u64) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let seven_bits = number & (ONES * 0x7f);
    let from_a = seven_bits + ONES * u64::from(0x80 - b'a');
    let beyond_z = seven_bits + ONES * u64::from(0x7f - b'z');
    let others = (!from_a | beyond_z | number) & (ONES * 0x80);
    others.trailing_zeros() as usize / 8
}

/// One in each byte.
const ONES: u128 = u128::MAX / 255;

/// A map from texts, most of them short.
#[derive(Debug, Clone)]
pub struct PackedMap<V> {
    short: FxHashMap<Packed, V>,
    long: FxHashMap<Box<str>, V>,
}

impl<V> Default for PackedMap<V> {
    fn default() -> PackedMap<V> {
        PackedMap { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<V> PackedMap<V> {
    /// With room for so many texts.
    pub fn with_capacity(capacity: usize) -> PackedMap<V> {
        let short = FxHashMap::with_capacity_and_hasher(capacity, FxBuildHasher);
        PackedMap { short, long: FxHashMap::default() }
    }

    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of the bytes `range` of `text`, which begin and end at characters.
    pub fn get_at(&self, text: &str, range: Range<usize>) -> Option<&V> {
        match Packed::at(text.as_bytes(), range.clone()) {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(text.get(range)?),
        }
    }

    /// The value of a text that is packed already.
    pub fn get_packed(&self, packed: Packed) -> Option<&V> {
        self.short.get(&packed)
    }

    pub fn get(&self, text: &str) -> Option<&V> {
        self.get_at(text, 0..text.len())
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.short.values_mut().chain(self.long.values_mut())
    }

    /// All texts with their values, in no particular order.
    pub fn texts(&self) -> impl Iterator<Item = (String, &V)> {
        let short = self.short.iter().map(|(packed, value)| (packed.text(), value));
        short.chain(self.long.iter().map(|(text, value)| (text.to_string(), value)))
    }

    /// The same texts with other values.
    pub fn map<W>(self, mut value: impl FnMut(V) -> W) -> PackedMap<W> {
        let short = self.short.into_iter().map(|(text, old)| (text, value(old))).collect();
        PackedMap { short, long: self.long.into_iter().map(|(text, old)| (text, value(old))).collect() }
    }

    /// The value of a text that is packed already, made where there is none.
    pub fn entry_packed(&mut self, packed: Packed, value: V) -> &mut V {
        self.short.entry(packed).or_insert(value)
    }

    /// The value of `text`, made where there is none.
    pub fn entry_or(&mut self, text: &str, value: V) -> &mut V {
        self.entry_at(text, 0..text.len(), value)
    }

    /// The value of the bytes `range` of `text`, made where there is none.
    pub fn entry_at(&mut self, text: &str, range: Range<usize>, value: V) -> &mut V {
        match Packed::at(text.as_bytes(), range.clone()) {
            Some(packed) => self.short.entry(packed).or_insert(value),
            None => self.long.entry(text[range].into()).or_insert(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_wherever_it_stands() {
        let text = "Harbour harbour, x harbour";
        let first = Packed::at(text.as_bytes(), 8..15);
        assert_eq!(first, Packed::at(text.as_bytes(), 19..26));
        assert_eq!(first, Packed::at(b"harbour", 0..7));
        assert_eq!(Packed::at(text.as_bytes(), 0..7).map(Packed::to_ascii_lowercase), first);
        assert_ne!(first, Packed::at(text.as_bytes(), 8..14));
    }

    #[test]
    fn a_plain_word_ends_before_anything_else() {
        let word = |text: &str| Packed::plain_word(text.as_bytes()).map(|(packed, length)| (Some(packed), length));
        let pack = |text: &str| Packed::at(text.as_bytes(), 0..text.len());
        for (text, first) in [
            ("zebra, a word and", "zebra"),
            ("A`bcdefghijklmnop", "A"),
            ("ZebRa and some more", "Zeb"),
            ("abcdefghijklmno{p", "abcdefghijklmno"),
        ] {
            assert_eq!(word(text), Some((pack(first), first.len())), "{text}");
        }
        assert_eq!(word("naïve and more of it"), Some((pack("na"), 2)));
        assert_eq!(word("Zebra"), Some((pack("Zebra"), 5)));
        for text in ["'tis and more of it", "abcdefghijklmnopq r", "éa and more of it"] {
            assert_eq!(word(text), None, "{text}");
        }
    }

    #[test]
    fn only_ascii_capitals_become_small() {
        for text in ["@AZ[`az{", "ÄÉ-Z", "0123456789ABCDEF", "\u{7f}Z\u{80}"] {
            let lower = text.to_ascii_lowercase();
            let pack = |text: &str| Packed::at(text.as_bytes(), 0..text.len());
            assert_eq!(pack(text).map(Packed::to_ascii_lowercase), pack(&lower), "{text}");
        }
    }

    #[test]
    fn long_texts_and_nul_go_the_other_way() {
        let mut map = PackedMap::default();
        for (value, text) in ["", "a", "a\0", "a\0\0", "0123456789abcdef", "0123456789abcdefg"].into_iter().enumerate() {
            map.entry_or(text, value);
        }
        for (value, text) in ["", "a", "a\0", "a\0\0", "0123456789abcdef", "0123456789abcdefg"].into_iter().enumerate() {
            assert_eq!(map.get(text), Some(&value), "{text:?}");
        }
        assert_eq!(map.len(), 6);
    }
}
