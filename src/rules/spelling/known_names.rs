//! Names that many know, for those who misspell them.

use super::dictionary::{self, Slip};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct KnownFile {
    known: String,
    others: String,
}

struct Known {
    /// As they are written, with their small letters.
    names: Vec<(String, String)>,
    /// Names of their own, one letter away from a known one.
    others: Vec<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let file: KnownFile = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/known-names.json"))).unwrap_or_default();
    let names = file.known.split_whitespace().map(|name| (name.to_owned(), name.to_lowercase())).collect();
    Known { names, others: file.others.split_whitespace().map(str::to_lowercase).collect() }
});

/// Shorter words are somebody's surname.
const MIN_LENGTH: usize = 5;

/// The name that was meant by an unknown word with a capital: letters that changed places, are missing, or are too many.
pub fn meant(word: &str) -> Option<&'static str> {
    if word.len() < MIN_LENGTH || !word.is_ascii() {
        return None;
    }
    let small = word.to_ascii_lowercase();
    if KNOWN.others.contains(&small) {
        return None;
    }
    let is_near = |(_, name): &&(String, String)| name.as_bytes()[0] == small.as_bytes()[0] && name.len().abs_diff(small.len()) <= 1;
    let is_meant = |(_, name): &&(String, String)| {
        let slip = Slip::between(&small, name);
        // `Dockers` and `Pythony` are made of the name
        let is_made_of_it = slip == Slip::Extra && small.starts_with(name.as_str());
        slip <= Slip::Extra && !is_made_of_it && dictionary::is_one_slip(small.as_bytes(), name.as_bytes())
    };
    let mut found = KNOWN.names.iter().filter(is_near).filter(is_meant);
    let (name, _) = found.next()?;
    found.next().is_none().then_some(name.as_str())
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_slip_leads_to_the_name_and_a_name_of_its_own_does_not() {
        assert_eq!(meant("Ubunutu"), Some("Ubuntu"));
        assert_eq!(meant("Boostrap"), Some("Bootstrap"));
        assert_eq!(meant("Githhub"), Some("GitHub"));
        assert_eq!(meant("Dockers"), None);
        assert_eq!(meant("Januar"), None);
    }
}
