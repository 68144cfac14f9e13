//! What a site says about its own words: words that are right here, and rules of its own.

use super::source::WordFile;
use super::table::Table;
use super::{WORD_RULES, built_in_table, examples, new_table};
use crate::site::value::Value;
use crate::text::{Lines, Position};
use rustc_hash::FxHashSet;
use thiserror::Error;

/// The words of a site: those that it accepts, and the rules that hold there.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Lower case, straight apostrophes.
    accept: FxHashSet<String>,
    /// With the site's own rules; `None` where it has none.
    own: Option<Table>,
}

impl Vocabulary {
    /// A vocabulary that accepts `words`.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Vocabulary {
        let accept = words.into_iter().flat_map(str::split_whitespace).map(super::pattern::fold).collect();
        Vocabulary { accept, own: None }
    }

    /// Accepts the words of a data file or of a key of the front matter: one text, a list of texts, or the keys of a map.
    pub fn accept_value(&mut self, value: &Value) {
        let mut add = |text: &str| self.accept.extend(text.split_whitespace().map(super::pattern::fold));
        match value {
            Value::List(items) => items.iter().filter_map(Value::as_str).for_each(add),
            Value::Map(map) => map.keys().for_each(|key| add(key)),
            _ => value.as_str().into_iter().for_each(&mut add),
        }
    }

    /// Adds the word rules of a file, whose own sentences have to hold.
    ///
    /// # Errors
    /// The text is no file of word rules, or a `good` sentence has a finding, or a `bad` one has not.
    pub fn add_rules(&mut self, text: &str) -> Result<(), RulesError> {
        let file: WordFile = serde_yaml::from_str(text).map_err(|error| RulesError::of_yaml(&error))?;
        let table = self.own.get_or_insert_with(new_table);
        let failed = |mentions: Option<&str>, message: String| {
            let place = mentions.and_then(|word| text.find(word)).unwrap_or_default();
            RulesError { message, position: Some(Lines::new(text).position(place as u32, text)) }
        };
        table.add(file, WORD_RULES).map_err(|error| failed(error.mentions(), error.to_string()))?;
        let file: WordFile = serde_yaml::from_str(text).map_err(|error| RulesError::of_yaml(&error))?;
        match examples::broken(table, &file.rules) {
            Some((sentence, why)) => Err(failed(sentence.split('\n').next(), why)),
            None => Ok(()),
        }
    }

    /// Whether the site says that `word` is right.
    pub fn accepts(&self, word: &str) -> bool {
        if self.accept.is_empty() {
            return false;
        }
        let folded = super::pattern::fold(word);
        self.accept.contains(&folded)
            || folded.strip_suffix("'s").or(folded.strip_suffix('s')).is_some_and(|stem| self.accept.contains(stem))
    }

    /// The rules that hold here.
    pub fn table(&self) -> &Table {
        self.own.as_ref().unwrap_or_else(|| built_in_table())
    }
}

/// Why a file of word rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct RulesError {
    pub message: String,
    /// In the file; `None` where it is the file as a whole.
    pub position: Option<Position>,
}

impl RulesError {
    fn of_yaml(error: &serde_yaml::Error) -> RulesError {
        let text = error.to_string();
        // serde_yaml says the place in its message, too
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
        let position = error.location().map(|location| Position { line: location.line(), column: location.column() });
        RulesError { message, position }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let error = Vocabulary::default().add_rules(text).expect_err("a broken file");
        let place = error.position.expect("a place");
        format!("{}:{}: {error}", place.line, place.column)
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_place() {
        assert_eq!(error("rules:\n  - find: \"a [b\"\n"), "2:11: rules[0].find: `[` is never closed");
        assert_eq!(
            error("rules:\n  - fnid: a\n"),
            "2:5: rules[0]: unknown field `fnid`, expected one of `rule`, `find`, `replace`, `except-after`, `except-before`, `message`, `unsafe`, `good`, `bad`"
        );
        assert_eq!(error("rules:\n  - find: our <product>\n"), "2:16: there is no word class `<product>`");
        assert_eq!(error("rules:\n  - find: x\n    rule: spelling/none\n"), "3:11: `spelling/none` is no rule that word rules can report");
        assert_eq!(
            error("rules:\n  - find: x y\n    replace: \"{0}\"\n"),
            "3:14: rules[0].replace: `{0}` is no number of a marked word (the first is `{1}`)"
        );
    }

    #[test]
    fn the_sentences_of_a_rule_have_to_hold() {
        let rule = "rules:\n  - find: '[acme=ACME] cloud'\n";
        assert_eq!(error(&format!("{rule}    good: An acme cloud.\n")), "3:11: the good sentence has a finding: `acme` should be `ACME`");
        assert_eq!(
            error(&format!("{rule}    bad: An [acme → ACME] sky.\n")),
            "3:10: the bad sentence has no finding that makes `ACME` of `acme`"
        );
        assert_eq!(error(&format!("{rule}    bad: An acme sky.\n")), "3:10: a bad sentence marks its slip as `[wrong → right]`");
        let good = format!("{rule}    good: An acme sky.\n    bad: An [acme → ACME] cloud.\n");
        assert_eq!(Vocabulary::default().add_rules(&good), Ok(()));
    }

    #[test]
    fn what_the_examples_of_one_file_made_known_is_looked_up_again_for_the_next() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add_rules("rules:\n  - find: '[acme=ACME] cloud'\n    good: A nebula of acme.\n").expect("a good file");
        vocabulary.add_rules("rules:\n  - find: '[nebula=Nebula]'\n    bad: The [nebula → Nebula].\n").expect("another good file");
        let found = crate::rules::spelling::check_text(vocabulary.table(), "A nebula in the acme cloud.", &mut Vec::new());
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn own_rules_hold_beside_the_others() {
        let mut vocabulary = Vocabulary::new(["kubectl", "ksqlDB"]);
        vocabulary.add_rules("rules:\n  - find: '[acme=ACME] cloud'\n").expect("a good file");
        let text = "The acme cloud had to proof that kubectls work.";
        let found = crate::rules::spelling::check_text(vocabulary.table(), text, &mut Vec::new());
        let rights: Vec<_> = found.iter().map(|finding| finding.right.as_deref().unwrap_or_default()).collect();
        assert_eq!(rights, ["ACME", "prove"]);
        assert!(vocabulary.accepts("KSQLDB") && vocabulary.accepts("kubectls") && !vocabulary.accepts("other"));
    }
}
