//! Verbs and their forms, as word classes and for corrections.

use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// `write`
    Base,
    /// `writes`
    Third,
    /// `wrote`
    Past,
    /// `written`
    Participle,
    /// `writing`
    Gerund,
}

impl Form {
    pub const ALL: [Form; 5] = [Form::Base, Form::Third, Form::Past, Form::Participle, Form::Gerund];

    /// The form of that name.
    pub fn named(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Form::Base => "base",
            Form::Third => "third",
            Form::Past => "past",
            Form::Participle => "participle",
            Form::Gerund => "gerund",
        }
    }

    /// The word class that holds this form of all verbs.
    pub fn class(self) -> &'static str {
        match self {
            Form::Base => "verb",
            Form::Third => "verb-third",
            Form::Past => "verb-past",
            Form::Participle => "verb-participle",
            Form::Gerund => "verb-gerund",
        }
    }
}

/// The verbs of `rules/spelling/verbs.yml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbFile {
    /// Verbs whose forms follow from their spelling.
    pub regular: String,
    /// Verbs that double their last letter: `stop`, `stopped`.
    pub doubling: String,
    /// Past and participle of the others: `write: wrote written`.
    pub irregular: BTreeMap<String, String>,
}

/// All verbs with their forms.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Verbs {
    /// A verb a line, its forms in the order of [`Form::ALL`] with spaces between.
    lines: String,
}

impl Verbs {
    pub fn new(file: &VerbFile) -> Verbs {
        let mut verbs = Verbs::default();
        for base in file.regular.split_whitespace() {
            let past = with_ending(base, "ed", false);
            verbs.add(base, past.clone(), past, false);
        }
        for base in file.doubling.split_whitespace() {
            let past = with_ending(base, "ed", true);
            verbs.add(base, past.clone(), past, true);
        }
        for (base, forms) in &file.irregular {
            let mut forms = forms.split_whitespace();
            let past = forms.next().unwrap_or(base);
            let participle = forms.next().unwrap_or(past);
            let doubles = forms.next().is_some();
            verbs.add(base, past.to_owned(), participle.to_owned(), doubles);
        }
        verbs
    }

    fn add(&mut self, base: &str, past: String, participle: String, doubles: bool) {
        self.lines.push_str(&[base, &third_person(base), &past, &participle, &with_ending(base, "ing", doubles)].join(" "));
        self.lines.push('\n');
    }

    /// The forms of each verb, in the order of [`Form::ALL`].
    pub fn forms(&self) -> impl Iterator<Item = [&str; 5]> {
        self.lines.lines().map(forms_of)
    }

    /// The `form` of the verb that `word` is any form of.
    pub fn form(&self, word: &str, form: Form) -> Option<String> {
        let (lines, word) = (self.lines.as_bytes(), word.to_lowercase());
        let is_end = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|byte| matches!(byte, b' ' | b'\n'));
        let is_whole = |at: &usize| is_end(at.checked_sub(1)) && is_end(Some(at + word.len()));
        let at = memmem::find_iter(lines, &word).find(is_whole)?;
        let start = memchr::memrchr(b'\n', &lines[..at]).map_or(0, |before| before + 1);
        let line = self.lines[start..].lines().next()?;
        Some(forms_of(line)[form as usize].to_owned())
    }
}

fn forms_of(line: &str) -> [&str; 5] {
    let mut forms = line.split(' ');
    std::array::from_fn(|_| forms.next().unwrap_or_default())
}

fn ends_with_consonant_and_y(base: &str) -> bool {
    let mut letters = base.chars().rev();
    letters.next() == Some('y') && letters.next().is_some_and(|letter| !"aeiou".contains(letter))
}

fn third_person(base: &str) -> String {
    match base {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ if ends_with_consonant_and_y(base) => format!("{}ies", &base[..base.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

fn with_ending(base: &str, ending: &str, doubles: bool) -> String {
    if doubles {
        let last = base.chars().next_back().unwrap_or_default();
        return format!("{base}{last}{ending}");
    }
    if ending == "ed" && base.ends_with('e') {
        return format!("{base}d");
    }
    if ending == "ed" && ends_with_consonant_and_y(base) {
        return format!("{}ied", &base[..base.len() - 1]);
    }
    if ending == "ing" && base.ends_with("ie") {
        return format!("{}ying", &base[..base.len() - 2]);
    }
    if ending == "ing" && base.ends_with('e') && !base.ends_with("ee") && !base.ends_with("oe") && base != "be" {
        return format!("{}ing", &base[..base.len() - 1]);
    }
    format!("{base}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms_follow_the_spelling() {
        let file = VerbFile {
            regular: "try use agree tie push play".into(),
            doubling: "stop".into(),
            irregular: [("write".to_owned(), "wrote written".to_owned())].into(),
        };
        let verbs = Verbs::new(&file);
        let form = |word, form| verbs.form(word, form).unwrap_or_default();
        assert_eq!(form("trying", Form::Third), "tries");
        assert_eq!(form("tries", Form::Past), "tried");
        assert_eq!(form("use", Form::Gerund), "using");
        assert_eq!(form("agree", Form::Gerund), "agreeing");
        assert_eq!(form("tie", Form::Gerund), "tying");
        assert_eq!(form("push", Form::Third), "pushes");
        assert_eq!(form("play", Form::Past), "played");
        assert_eq!(form("stop", Form::Participle), "stopped");
        assert_eq!(form("wrote", Form::Participle), "written");
        assert_eq!(verbs.form("blue", Form::Past), None);
    }
}
