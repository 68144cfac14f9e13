//! The engine: which rules run on a document, and what becomes of their findings.

pub mod project;
pub mod read;
pub mod rule_set;
pub mod run;
pub mod selection;

pub use selection::Selection;

use crate::baseline::{Baseline, Seen};
use crate::changed;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::fix;
use crate::post::{DocumentKind, Post};
use crate::site::Site;
use crate::site::comparison::Before;
use crate::style::{self, HouseStyle, Standing};
use crate::suppress;
use crate::unwind::caught;
use rule_set::{ActiveRule, RuleSet};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

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
    pub house_style: HouseStyle,
    /// One for each combination of overrides that the documents meet.
    sets: FxHashMap<Vec<bool>, RuleSet>,
    /// Findings that are not to be reported again.
    pub baseline: Option<&'s Baseline>,
    /// What stands before a document's path in the patterns of the configuration.
    prefix: String,
}

impl<'s> Linter<'s> {
    /// A linter for documents of `paths`. `newest` are the site's newest posts, the newest first, for rules of house style
    /// to learn from.
    ///
    /// # Errors
    /// A sentence about options that a rule does not take; [`crate::config::read`] has found these before.
    pub fn new<'p>(
        site: &'s Site,
        config: &'s Config,
        selection: &Selection,
        paths: impl Iterator<Item = &'p str>,
        newest: &[Post],
    ) -> Result<Linter<'s>, String> {
        let prefix = config.prefix(site);
        let mut sets: FxHashMap<Vec<bool>, RuleSet> = FxHashMap::default();
        let none = vec![false; config.overrides.len()];
        let mut base = RuleSet::new(config, &none, selection)?;
        let house_style = HouseStyle::learn(&mut base, newest);
        sets.insert(none, base);
        if !config.overrides.is_empty() {
            for path in paths {
                let overrides = config.overrides_of(&format!("{prefix}{path}"));
                if let Entry::Vacant(entry) = sets.entry(overrides) {
                    let mut set = RuleSet::new(config, entry.key(), selection)?;
                    HouseStyle::learn(&mut set, newest);
                    entry.insert(set);
                }
            }
        }
        Ok(Linter { site, config, house_style, sets, baseline: None, prefix })
    }

    /// The rules for the document `path`.
    pub fn rules_for(&self, path: &str) -> &RuleSet {
        let set = match self.config.overrides.len() {
            0 => self.sets.get(&Vec::new()),
            _ => self.sets.get(&self.config.overrides_of(&format!("{}{path}", self.prefix))),
        };
        // a path that was not announced has the rules without overrides
        set.or_else(|| self.sets.get(&vec![false; self.config.overrides.len()])).unwrap_or(RuleSet::none())
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
        let standing = self.house_style.standing(document);
        let mut diagnostics = Vec::new();
        let only_change = self.is_untouched(post.path);
        for active in rules.active().iter().filter(|active| !only_change || active.rule.is_about_change()) {
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
        let mut report = Report::new(active.definition.name, active.severity);
        active.rule.check(post, &mut report);
        let mut diagnostics = report.into_diagnostics();
        if let Some(most) = active.at_most {
            diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = diagnostic.severity.min(most));
        }
        if active.of_house_style {
            return style::judge(active, post, standing, diagnostics);
        }
        if let Some((span, file)) = active.pinned_at.zip(style::config_path(self.site, self.config)) {
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
