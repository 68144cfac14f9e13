//! The engine: which rules run on a document, and what becomes of their findings.

pub mod links;
pub mod project;
pub mod read;
pub mod rule_set;
pub mod run;
pub mod selection;
pub mod session;
pub mod site_rules;

pub use selection::Selection;
pub use session::Session;
pub use site_rules::SiteRules;

use crate::baseline::{Baseline, Seen};
use crate::changed;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::fix;
use crate::post::{DocumentKind, Post};
use crate::site::Site;
use crate::site::comparison::Before;
use crate::style::{self, Standing};
use crate::suppress;
use crate::unwind::caught;
use rule_set::{ActiveRule, RuleSet};
use std::sync::Arc;

/// A document to lint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Relative to the site's root, with `/`; without a site, relative to the current folder.
    pub path: String,
    pub kind: DocumentKind,
    /// Named on the command line, and not only found in a folder.
    pub named: bool,
}

/// Lints the documents of one site under one configuration.
pub struct Linter<'s> {
    pub site: &'s Site,
    pub config: &'s Config,
    pub rules: Arc<SiteRules>,
    /// Findings that are not to be reported again.
    pub baseline: Option<&'s Baseline>,
}

impl Linter<'_> {
    /// The rules for the document `path`.
    pub fn rules_for(&self, path: &str) -> &RuleSet {
        self.rules.of(self.config, path)
    }

    /// The findings in `post` that are to be reported, in the order of the file.
    pub fn check(&self, post: &Post, document: &Document) -> Vec<Diagnostic> {
        let mut diagnostics = self.find(post, document);
        self.filter(document, post.text, &mut diagnostics);
        diagnostics
    }

    /// Takes away what the baseline knows of the findings in the document, what the change that is looked at has nothing to
    /// do with, and all but the first of what is history.
    pub fn filter(&self, document: &Document, text: &str, diagnostics: &mut Vec<Diagnostic>) {
        let path = document.path.as_str();
        if let Some(baseline) = self.baseline {
            baseline.apply(path, text, diagnostics);
        }
        if let Some(comparison) = &self.site.comparison {
            let rules = self.rules_for(path);
            let is_about_change = |rule: &str| rules.get(rule).is_some_and(|active| active.rule.is_about_change());
            changed::apply(comparison, (path, text), &self.seen_before(document), &is_about_change, diagnostics);
        }
        style::reduce_history(diagnostics);
    }

    /// All findings that the old text of the document gives now.
    fn seen_before(&self, document: &Document) -> Seen {
        let before = self.site.comparison.as_ref().and_then(|comparison| comparison.touched.get(&document.path));
        let Some(Before::File { text: Some(text), .. }) = before else { return Seen::default() };
        let found = caught(|| self.find(&Post::parse(&document.path, document.kind, text, self.site), document));
        found.map(|found| Seen::new(text, &found)).unwrap_or_default()
    }

    /// Whether a change is looked at that did not touch the document.
    fn is_untouched(&self, path: &str) -> bool {
        self.site.comparison.as_ref().is_some_and(|comparison| !comparison.touched.contains_key(path))
    }

    /// All findings in `post`, suppressions taken away, in the order of the file.
    pub fn find(&self, post: &Post, document: &Document) -> Vec<Diagnostic> {
        let rules = self.rules_for(post.path);
        let standing = self.rules.house_style.standing(document);
        // what was not read is not judged
        let unread = post.tree.why_unread();
        let mut diagnostics = unread.map_or(Vec::new(), |why| read::unread(rules, why));
        let is_judged = |active: &ActiveRule| unread.is_none() || active.definition.group() == "front-matter";
        let only_change = self.is_untouched(post.path);
        let is_asked = |active: &ActiveRule| is_judged(active) && (!only_change || active.rule.is_about_change());
        for active in rules.active().iter().filter(|active| is_asked(active)) {
            match caught(|| self.check_rule(active, post, standing)) {
                Ok(found) => diagnostics.extend(found),
                Err(panic) => diagnostics.extend(rules.engine_finding("file/unreadable", |report| {
                    read::failed(report, &format!("the rule `{}` failed", active.definition.name), &panic);
                })),
            }
        }
        fix::settle(post, &mut diagnostics);
        suppress::apply(post, rules, &mut diagnostics);
        sort(&mut diagnostics);
        diagnostics
    }

    fn check_rule(&self, active: &ActiveRule, post: &Post, standing: Standing) -> Vec<Diagnostic> {
        let found = |write: &dyn Fn(&mut Report)| {
            let mut report = Report::new(active.definition.name, active.severity);
            write(&mut report);
            report.into_diagnostics()
        };
        let mut diagnostics = match style::is_silent(active, standing) {
            true => Vec::new(),
            false => found(&|report| active.rule.check(post, report)),
        };
        if active.of_house_style {
            diagnostics = style::judge(active, post, standing, diagnostics);
        }
        diagnostics.extend(found(&|report| active.rule.check_always(post, report)));
        if let Some(most) = active.at_most {
            diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = diagnostic.severity.min(most));
        }
        if let Some(span) = active.pinned_at.filter(|_| !diagnostics.is_empty())
            && let Some(file) = style::config_path(self.site, self.config)
        {
            for diagnostic in &mut diagnostics {
                diagnostic.label_in(file.clone(), span, "asked for here");
            }
        }
        diagnostics
    }
}

/// By place, then by rule and message, so that the order depends on nothing else.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
}
