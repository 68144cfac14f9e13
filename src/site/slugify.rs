//! Slugs as Jekyll makes them (jekyll `utils.rb`, `slugify`).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// What is kept of a text; `latin`, which needs a table of transliterations, is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only white space becomes a hyphen.
    Raw,
    /// Letters, marks and decimal digits are kept.
    Default,
    /// As `Default`, and `._~!$&'()+,;=@`.
    Pretty,
    /// `a-z`, `A-Z`, `0-9` are kept.
    Ascii,
}

impl Mode {
    fn keeps(self, c: char) -> bool {
        match self {
            Mode::Raw => !matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c'),
            Mode::Ascii => c.is_ascii_alphanumeric(),
            Mode::Default => is_word(c),
            Mode::Pretty => is_word(c) || "._~!$&'()+,;=@".contains(c),
        }
    }
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let is_letter = matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark);
    is_letter || c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
}

/// Makes a slug: what `mode` does not keep becomes one hyphen a run, a hyphen at either end is cut.
pub fn slugify(text: &str, mode: Mode, cased: bool) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut in_gap = false;
    for c in text.chars() {
        let keep = mode.keeps(c);
        if keep {
            slug.push(c);
        } else if !in_gap {
            slug.push('-');
        }
        in_gap = !keep;
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    let slug = slug.strip_suffix('-').unwrap_or(slug);
    if cased { slug.to_owned() } else { slug.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Results of Jekyll 4.3.1.
    #[test]
    fn slugs_are_those_of_jekyll() {
        for (mode, text, expected) in [
            (Mode::Default, "The _config.yml file", "the-config-yml-file"),
            (Mode::Pretty, "The _config.yml file", "the-_config.yml-file"),
            (Mode::Raw, "The _config.yml  file", "the-_config.yml-file"),
            (Mode::Ascii, "Été à 5€", "t-5"),
            (Mode::Default, "Été 你好 ½ ٣", "été-你好-٣"),
            (Mode::Default, "--a--", "a"),
            (Mode::Default, "!?", ""),
        ] {
            assert_eq!(slugify(text, mode, false), expected, "{text}");
        }
        assert_eq!(slugify("Foo Bar", Mode::Pretty, true), "Foo-Bar");
    }
}
