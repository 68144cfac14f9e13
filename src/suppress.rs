//! Suppressions: comments in a post that take findings away.
//!
//! `<!-- postlint-disable-next-line RULE, RULE -- why -->` is for the line below it, and for the whole block that begins
//! there (a table, a list, a paragraph); `postlint-disable` is for what follows, up to `postlint-enable`;
//! `postlint-disable-file` for everything. `{::comment}` and, for the front matter, `# postlint-disable RULE` work too.
//! Without a rule they mean all. A comment that stands in code is code.

mod comment;
mod cover;

use crate::diagnostic::{Diagnostic, Edit, Report, Safety};
use crate::lint::rule_set::RuleSet;
use crate::post::Post;
use crate::rules::habit::Habit;
use crate::rules::links::LIVE;
use crate::rules::name::{self, WrongName};
use crate::suggest::{did_you_mean, nearest};
use crate::text::Span;
pub use comment::MARK;
use comment::{Command, Comment, Place};

const UNUSED: &str = "suppression/unused";
const UNKNOWN: &str = "suppression/unknown";

/// What one name in a comment takes away.
struct Suppression {
    /// Which of the comments it stands in.
    comment: usize,
    /// The name; `None`: all rules are meant.
    name: Option<Span>,
    /// `None`: all rules.
    rules: Option<Vec<&'static str>>,
    /// Findings that start here.
    cover: Span,
    /// Goes on until a `postlint-enable`.
    open: bool,
    used: bool,
}

impl Suppression {
    fn takes(&self, diagnostic: &Diagnostic) -> bool {
        self.cover.contains(diagnostic.span.start) && self.rules.as_ref().is_none_or(|rules| rules.contains(&diagnostic.rule))
    }
}

/// Takes away what the comments of `post` suppress, and adds findings about comments that suppress nothing.
pub fn apply(post: &Post, rules: &RuleSet, diagnostics: &mut Vec<Diagnostic>) {
    if memchr::memmem::find(post.text.as_bytes(), MARK.as_bytes()).is_none() {
        return;
    }
    let comments = comment::all(post);
    let mut unknown = Vec::new();
    let mut suppressions = Vec::new();
    for (index, comment) in comments.iter().enumerate() {
        let Some(command) = comment.command else {
            unknown.push((comment.word, unknown_command(comment.word.of(post.text))));
            continue;
        };
        let (names, wrong) = resolve(comment, post.text);
        unknown.extend(wrong.into_iter().map(|(span, error)| (span, error.to_string())));
        if command == Command::Enable {
            end_regions(&mut suppressions, &names, comment.span.start);
            continue;
        }
        let cover = cover::of(post, comment, command);
        let open = command == Command::Disable && comment.place != Place::FrontMatter;
        suppressions.extend(names.into_iter().map(|(name, rules)| Suppression { comment: index, name, rules, cover, open, used: false }));
    }
    diagnostics.retain(|diagnostic| {
        let mut taken = false;
        for suppression in suppressions.iter_mut().filter(|suppression| suppression.takes(diagnostic)) {
            suppression.used = true;
            taken = true;
        }
        !taken
    });
    diagnostics.extend(rules.engine_finding(UNKNOWN, |report| {
        for (span, message) in unknown {
            report.at(span, message);
        }
    }));
    let mut about_comments = rules.engine_finding(UNUSED, |report| report_unused(post, rules, &comments, &suppressions, report));
    about_comments.retain(|diagnostic| !suppressions.iter().any(|one| one.rules.is_some() && one.takes(diagnostic)));
    diagnostics.extend(about_comments);
}

fn unknown_command(word: &str) -> String {
    let known = Command::ALL.map(|(word, _)| word);
    format!("there is no `{word}`{}", did_you_mean(nearest(word, known)))
}

type Named = (Option<Span>, Option<Vec<&'static str>>);

/// The names of a comment with the rules that each stands for, and those that stand for none.
fn resolve(comment: &Comment, text: &str) -> (Vec<Named>, Vec<(Span, WrongName)>) {
    if comment.names.is_empty() {
        return (vec![(None, None)], Vec::new());
    }
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for &span in &comment.names {
        match name::rules(span.of(text)) {
            Ok(rules) => known.push((Some(span), Some(rules.iter().map(|rule| rule.name).collect()))),
            Err(error) => unknown.push((span, error)),
        }
    }
    (known, unknown)
}

/// `postlint-enable` ends the regions that are open for the same rules; without names, all.
fn end_regions(suppressions: &mut [Suppression], names: &[Named], at: u32) {
    for suppression in suppressions.iter_mut().filter(|one| one.open) {
        if names.iter().any(|(_, rules)| rules.is_none() || *rules == suppression.rules) {
            suppression.cover.end = at;
            suppression.open = false;
        }
    }
}

fn report_unused(post: &Post, rules: &RuleSet, comments: &[Comment], suppressions: &[Suppression], report: &mut Report) {
    for group in suppressions.chunk_by(|a, b| a.comment == b.comment) {
        let Some(comment) = group.first().and_then(|one| comments.get(one.comment)) else { continue };
        let unused: Vec<&Suppression> = group.iter().filter(|one| !one.used && is_judged(one, rules)).collect();
        let names = |list: &[&Suppression]| {
            let names: Vec<String> = list.iter().filter_map(|one| Some(format!("`{}`", one.name?.of(post.text)))).collect();
            names.join(", ")
        };
        if unused.is_empty() {
            continue;
        }
        if unused.len() == group.len() && (group.len() == comment.names.len() || comment.names.is_empty()) {
            let message = match comment.names.is_empty() {
                true => "nothing to suppress here".to_owned(),
                false => format!("nothing to suppress here for {}", names(&unused)),
            };
            report.at(comment.span, message).fix(Safety::Safe, "take the comment out", [Edit::delete(comment.lines)]);
            continue;
        }
        for one in &unused {
            let Some(name) = one.name else { continue };
            let message = format!("nothing to suppress here for {}", names(&[one]));
            report.at(name, message).fix(Safety::Safe, "take the name out", [Edit::delete(comment.name_with_comma(name))]);
        }
    }
}

/// Whether the rules were looked for at all, so that nothing found means something.
fn is_judged(suppression: &Suppression, rules: &RuleSet) -> bool {
    let ran = |rule: &&'static str| {
        rules
            .get(rule)
            .is_some_and(|active| !active.of_house_style || active.habits.as_ref().is_none_or(|habits| habits.iter().any(Habit::holds)))
    };
    match &suppression.rules {
        Some(names) if names.iter().all(|name| name.starts_with("suppression/")) => false,
        Some(names) if names.len() == 1 => names.iter().all(ran),
        // what only an online run finds may be what the comment is for
        Some(names) => rules.is_complete() && names.iter().any(ran) && names.iter().all(|name| !LIVE.contains(name) || ran(name)),
        None => rules.is_complete(),
    }
}
