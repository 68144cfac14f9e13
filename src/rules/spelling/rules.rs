//! The spelling rules by name. All of them report what [`Post::slips`] found; what each one finds is data, or in the file
//! of its name.

use crate::diagnostic::{Edit, Report, Safety};
use crate::post::Post;
use crate::rules::Rule;
use schemars::JsonSchema;
use serde::Deserialize;

macro_rules! spelling_rules {
    ($($(#[$docs:meta])* $rule:ident => $name:literal,)*) => {$(
        $(#[$docs])*
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $rule {}

        impl Rule for $rule {
            fn check(&self, post: &Post, report: &mut Report) {
                write_slips($name, post, report);
            }
        }
    )*};
}

spelling_rules! {
    /// rules/spelling/abbreviation.md
    Abbreviation => "spelling/abbreviation",
    /// rules/spelling/article.md
    Article => "spelling/article",
    /// rules/spelling/casing.md
    Casing => "spelling/casing",
    /// rules/spelling/confused-word.md
    ConfusedWord => "spelling/confused-word",
    /// rules/spelling/contraction.md
    Contraction => "spelling/contraction",
    /// rules/spelling/grammar.md
    Grammar => "spelling/grammar",
    /// rules/spelling/inconsistent-name.md
    InconsistentName => "spelling/inconsistent-name",
    /// rules/spelling/joined-word.md
    JoinedWord => "spelling/joined-word",
    /// rules/spelling/leftover.md
    Leftover => "spelling/leftover",
    /// rules/spelling/missing-space.md
    MissingSpace => "spelling/missing-space",
    /// rules/spelling/misspelling.md
    Misspelling => "spelling/misspelling",
    /// rules/spelling/non-native.md
    NonNative => "spelling/non-native",
    /// rules/spelling/own-word.md
    OwnWord => "spelling/own-word",
    /// rules/spelling/possessive.md
    Possessive => "spelling/possessive",
    /// rules/spelling/repeated-punctuation.md
    RepeatedPunctuation => "spelling/repeated-punctuation",
    /// rules/spelling/repeated-space.md
    RepeatedSpace => "spelling/repeated-space",
    /// rules/spelling/repeated-word.md
    RepeatedWord => "spelling/repeated-word",
    /// rules/spelling/space-before-punctuation.md
    SpaceBeforePunctuation => "spelling/space-before-punctuation",
    /// rules/spelling/verb-noun.md
    VerbNoun => "spelling/verb-noun",
}

fn write_slips(name: &str, post: &Post, report: &mut Report) {
    for slip in post.slips().iter().filter(|slip| slip.rule == name) {
        let diagnostic = report.at(slip.span, &slip.message);
        if let Some(right) = &slip.right {
            let safety = if slip.certain { Safety::Safe } else { Safety::Unsafe };
            diagnostic.fix(safety, format!("write `{right}`"), [Edit::replace(slip.span, right)]);
        }
    }
}
