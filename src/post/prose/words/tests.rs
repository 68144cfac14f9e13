//! What words are like, and that the short way finds the same.

use super::*;

fn flags_of(text: &str, word: &str) -> WordFlags {
    let words = read(text, &mut Forms::of_thread());
    words.iter().find(|found| found.of(text) == word).map(|found| found.flags).unwrap_or_else(|| panic!("no `{word}` in {text:?}"))
}

#[test]
fn words_keep_their_apostrophes_and_lose_quotes_and_hyphens() {
    let text = "Don't say 'well-known', it’s \"naïve\": 3rd-party OK'";
    let words = read(text, &mut Forms::of_thread());
    let words: Vec<&str> = words.iter().map(|word| word.of(text)).collect();
    assert_eq!(words, ["Don't", "say", "well", "known", "it’s", "naïve", "3rd", "party", "OK"]);
}

#[test]
fn letters_tell_the_case() {
    assert!(flags_of("The NASA", "NASA").has(WordFlags::ALL_CAPS | WordFlags::CAPITALIZED));
    assert!(!flags_of("And I", "I").has(WordFlags::ALL_CAPS));
    assert!(flags_of("an iPhone", "iPhone").has(WordFlags::MIXED_CASE));
    assert!(!flags_of("an Éclair", "Éclair").any(WordFlags::MIXED_CASE | WordFlags::ALL_CAPS));
    assert!(flags_of("an Éclair", "Éclair").has(WordFlags::CAPITALIZED));
    assert!(flags_of("in v2 now", "v2").has(WordFlags::HAS_DIGIT));
}

#[test]
fn surroundings_tell_names_from_prose() {
    for (text, word) in
        [("call foo_bar now", "bar"), ("in src/main", "src"), ("ask @someone", "someone"), ("on .NET now", "NET"), ("\u{fffc}s", "s")]
    {
        assert!(flags_of(text, word).has(WordFlags::IN_TOKEN), "{text}");
    }
    for (text, word) in [("the end. Next", "end"), ("(so there) now", "there"), ("note: this", "note"), ("50% of it", "of")] {
        assert!(!flags_of(text, word).has(WordFlags::IN_TOKEN), "{text}");
    }
    assert!(flags_of("a well-known way", "known").has(WordFlags::HYPHENATED));
    assert!(!flags_of("a well - known way", "known").has(WordFlags::HYPHENATED));
}

#[test]
fn quotes_count_only_when_they_close() {
    assert!(flags_of("He said \"one two\" three", "two").has(WordFlags::QUOTED));
    assert!(!flags_of("He said \"one two\" three", "three").has(WordFlags::QUOTED));
    assert!(flags_of("„eins“ zwei", "eins").has(WordFlags::QUOTED));
    assert!(!flags_of("a 5\" screen and more", "screen").has(WordFlags::QUOTED));
    assert!(!flags_of("“never closed", "closed").has(WordFlags::QUOTED));
}

proptest::proptest! {
    #[test]
    fn plain_words_are_read_like_any(text in "([A-Za-z]{1,3}|[a-z]{1,18}|[ \n.,:;?!()*|'’\"“”(_/@-]|[ .,]|é|\u{fffc}|1){0,30}") {
        let mut forms = Forms::of_thread();
        let mut reader = Reader::new(&text);
        let any: Vec<Word> = std::iter::from_fn(|| reader.next_any(&mut forms)).collect();
        proptest::prop_assert_eq!(read(&text, &mut forms), any);
    }
}

#[test]
fn sentences_start_after_a_terminator() {
    let text = "One two. Three? \"Four\" five: six; seven";
    let words = read(text, &mut Forms::of_thread());
    let starts: Vec<&str> = words.iter().filter(|word| word.is(WordFlags::SENTENCE_START)).map(|word| word.of(text)).collect();
    assert_eq!(starts, ["One", "Three", "Four", "six"]);
}
