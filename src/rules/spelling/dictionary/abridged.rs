// Corrections as they lie in the list of known misspellings: what they share with the misspelling is not said again. The
// build script includes this file.

/// Stands for no letter; larger numbers are the bytes behind it.
const NO_LETTER: u8 = b'0';

/// `right` as how many letters it has in common with `wrong` at the start and at the end, and what it has in between:
/// `receive` for `recieve` is `32ei`.
#[allow(dead_code)]
fn abridge(wrong: &str, right: &str) -> String {
    let same = |pair: &(u8, u8)| pair.0 == pair.1 && pair.0.is_ascii();
    let start = wrong.bytes().zip(right.bytes()).take_while(same).count();
    let (wrong, right) = (&wrong[start..], &right[start..]);
    let end = wrong.bytes().rev().zip(right.bytes().rev()).take_while(same).count();
    let count = |letters: usize| char::from(NO_LETTER + letters as u8);
    format!("{}{}{}", count(start), count(end), &right[..right.len() - end])
}

/// What [`abridge`] made `code` of.
#[allow(dead_code)]
fn unabridged(wrong: &str, code: &str) -> Option<String> {
    let [start, end, ..] = code.as_bytes() else { return None };
    let count = |byte: u8| Some(usize::from(byte.checked_sub(NO_LETTER)?));
    let end = wrong.len().checked_sub(count(*end)?)?;
    Some(format!("{}{}{}", wrong.get(..count(*start)?)?, code.get(2..)?, wrong.get(end..)?))
}
