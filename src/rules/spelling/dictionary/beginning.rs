// The first three letters of a word as a number, in the order of the words. The build script includes this file.

/// What comes before `a`, the letters of ASCII, and what comes after `z`.
const LETTERS: usize = 28;

fn beginning(word: &[u8]) -> usize {
    let letter = |at: usize| match word.get(at) {
        Some(byte @ b'a'..=b'z') => usize::from(byte - b'a') + 1,
        Some(0x80..) => LETTERS - 1,
        _ => 0,
    };
    // the third byte of a word that begins with a wide character says nothing of its place
    let third = if letter(0) == LETTERS - 1 { LETTERS - 1 } else { letter(2) };
    (letter(0) * LETTERS + letter(1)) * LETTERS + third
}
