//! Makes a correction look like what it replaces.

/// `right` with the case of `found`, and with typographic apostrophes where `curly`.
pub fn like(found: &str, right: &str, curly: bool) -> String {
    let apostrophe = if curly || found.contains('’') { "’" } else { "'" };
    let right = right.replace('\'', apostrophe);
    // `I can` has its capital wherever it stands
    let is_turned_round = found.starts_with("I ") && right.ends_with(" I");
    let capital = found.starts_with(char::is_uppercase) && !is_turned_round;
    let mut characters = right.chars();
    match characters.next() {
        Some(first) if capital && first.is_lowercase() => first.to_uppercase().chain(characters).collect(),
        _ => right,
    }
}

/// `right` with the case of the one word `found`: `Teh` → `The`, `TEH` → `THE`.
pub fn like_word(found: &str, right: &str) -> String {
    let mut letters = found.chars().filter(|character| character.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let mut rest = letters.peekable();
    if first && rest.peek().is_some() && rest.all(char::is_uppercase) { right.to_uppercase() } else { like(found, right, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_takes_over_case_and_apostrophe() {
        assert_eq!(like("Its", "it's", false), "It's");
        assert_eq!(like("its", "it's", true), "it’s");
        assert_eq!(like("it’s", "its", false), "its");
        assert_eq!(like("Setup", "set up", false), "Set up");
        assert_eq!(like("I can", "can I", false), "can I");
        assert_eq!(like_word("TEH", "the"), "THE");
        assert_eq!(like_word("Teh", "the"), "The");
    }
}
