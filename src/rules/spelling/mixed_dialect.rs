//! British and American spelling in one post. Which of them is right is the writer's choice.
//!
//! The rule's page is `rules/spelling/mixed-dialect.md`.

use crate::diagnostic::Report;
use crate::post::Post;
use crate::post::prose::words::WordFlags;
use crate::rules::Rule;
use crate::text::Span;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The rule's page is rules/spelling/mixed-dialect.md.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MixedDialect {}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct DialectFile {
    pairs: BTreeMap<String, String>,
    endings: String,
    ize: String,
}

/// What a spelling says of its writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    American,
    /// `organize`: American, or British as some write it.
    Ize,
    British,
    /// `organise`
    Ise,
}

impl Spelling {
    /// Whether nobody writes both.
    fn clashes(self, other: Spelling) -> bool {
        let american = |spelling| matches!(spelling, Spelling::American);
        let british = |spelling| matches!(spelling, Spelling::British | Spelling::Ise);
        let ize = [self, other] == [Spelling::Ize, Spelling::Ise] || [self, other] == [Spelling::Ise, Spelling::Ize];
        american(self) && british(other) || british(self) && american(other) || ize
    }

    fn is_american(self) -> bool {
        matches!(self, Spelling::American | Spelling::Ize)
    }

    fn name(self) -> &'static str {
        if self.is_american() { "American" } else { "British" }
    }
}

static SPELLINGS: LazyLock<FxHashMap<String, Spelling>> = LazyLock::new(|| {
    let file: DialectFile = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/dialects.json"))).unwrap_or_default();
    let mut words = FxHashMap::default();
    for (american, british) in &file.pairs {
        for ending in std::iter::once("").chain(file.endings.split_whitespace()) {
            words.insert(format!("{american}{ending}"), Spelling::American);
            words.insert(format!("{british}{ending}"), Spelling::British);
        }
    }
    for stem in file.ize.split_whitespace() {
        for ending in ["e", "ed", "es", "er", "ers", "ing", "ation", "ations"] {
            words.insert(format!("{stem}iz{ending}"), Spelling::Ize);
            words.insert(format!("{stem}is{ending}"), Spelling::Ise);
        }
    }
    words
});

impl Rule for MixedDialect {
    fn check(&self, post: &Post, report: &mut Report) {
        let uses = uses(post);
        let american = uses.iter().filter(|(spelling, ..)| spelling.is_american()).count();
        // the few are reported; of as many, those that come later
        let first = uses.first().is_some_and(|(spelling, ..)| spelling.is_american());
        let keeps_american = american * 2 > uses.len() || american * 2 == uses.len() && first;
        for (spelling, word, span) in uses.iter().filter(|(spelling, ..)| spelling.is_american() != keeps_american) {
            if let Some((other, example, _)) = uses.iter().find(|(other, ..)| spelling.clashes(*other)) {
                report.at(
                    *span,
                    format!("`{word}` is {} spelling, but this post also has the {} `{example}`", spelling.name(), other.name()),
                );
            }
        }
    }
}

/// The words of the post that tell, in order.
fn uses(post: &Post) -> Vec<(Spelling, String, Span)> {
    let mut uses = Vec::new();
    for run in post.prose().runs.iter().filter(|run| run.language.is_english()) {
        for word in &run.words {
            let names = WordFlags::CAPITALIZED | WordFlags::MIXED_CASE | WordFlags::IN_TOKEN | WordFlags::QUOTED;
            if word.flags.any(names) && (!word.is(WordFlags::SENTENCE_START) || word.is(WordFlags::IN_TOKEN)) {
                continue;
            }
            let text = word.of(run.as_str());
            if let Some(&spelling) = SPELLINGS.get(text.to_ascii_lowercase().as_str()) {
                uses.push((spelling, text.to_owned(), run.span(word.range())));
            }
        }
    }
    uses
}
