//! `textDocument/codeAction`: one fix, all fixes (`source.fixAll`), and the comment that takes a finding away.

use super::client::Client;
use super::open_texts::OpenText;
use super::text_edits::{between, workspace_edit};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::fix::{apply, guard};
use crate::lint::run::Repair;
use crate::lint::{Document, Linter, Session};
use crate::markup::NodeId;
use crate::post::Post;
use crate::text::{Span, line_end};
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionTriggerKind, Uri};

/// The kind of the action that repairs all that can be repaired.
pub const FIX_ALL: &str = "source.fixAll.postlint";

/// What is asked for.
pub struct Question<'q> {
    pub uri: &'q Uri,
    pub document: &'q Document,
    pub text: &'q OpenText,
    pub findings: &'q [Diagnostic],
    pub span: Span,
    /// Kinds of actions; without any, all.
    pub only: Option<Vec<CodeActionKind>>,
    /// Somebody asked, and not the editor on its own.
    pub invoked: bool,
}

impl Question<'_> {
    pub fn is_invoked(trigger: Option<CodeActionTriggerKind>) -> bool {
        trigger != Some(CodeActionTriggerKind::AUTOMATIC)
    }

    /// Whether actions of `kind` are asked for: of this kind, or of one that it is part of.
    fn wants(&self, kind: &str) -> bool {
        let is_part_of = |asked: &CodeActionKind| {
            asked.as_str().is_empty() || kind.strip_prefix(asked.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.only.as_ref().is_none_or(|only| only.iter().any(is_part_of))
    }

    fn findings_here(&self) -> Vec<&Diagnostic> {
        let touches = |span: Span| span.start <= self.span.end && self.span.start <= span.end;
        self.findings.iter().filter(|finding| touches(finding.span)).collect()
    }
}

/// The actions, the most likely ones first.
pub fn actions(question: &Question, session: &Session, client: &Client) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    let act = |title: String, kind: &str, edits: &[Edit], preferred: bool| CodeAction {
        title,
        kind: Some(CodeActionKind::from(kind.to_owned())),
        edit: Some(workspace_edit(question.uri, question.text, edits, client)),
        is_preferred: preferred.then_some(true),
        ..CodeAction::default()
    };
    if question.wants("quickfix") {
        let here = question.findings_here();
        let found = session.read(question.document, &question.text.text, |post, linter| {
            let fixes = fixes(&here, post, linter);
            // this lints the text again for each rule, which is for those who asked
            let comments = if question.invoked { suppressions(&here, post, linter, question) } else { Vec::new() };
            (fixes, comments)
        });
        let (fixes, comments) = found.unwrap_or_default();
        actions.extend(fixes.iter().map(|(title, fix)| act(title.clone(), "quickfix", &fix.edits, fix.safety < Safety::Unsafe)));
        actions.extend(comments.into_iter().map(|(title, edit)| act(title, "quickfix", &[edit], false)));
    }
    if question.wants(FIX_ALL) && (question.invoked || question.only.is_some()) {
        let old = &question.text.text;
        let linted = session.lint(question.document, old, Repair { wanted: true, unsafe_fixes: false });
        if let Some(repaired) = linted.repaired.filter(|repaired| repaired.text != *old) {
            let title = match repaired.applied {
                1 => "Repair the one thing that can be repaired".to_owned(),
                count => format!("Repair all {count} things that can be repaired"),
            };
            actions.push(act(title, FIX_ALL, &between(old, &repaired.text), false));
        }
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// The fixes that do no more than they say, with their titles.
fn fixes<'f>(findings: &[&'f Diagnostic], post: &Post, linter: &Linter) -> Vec<(String, &'f Fix)> {
    let places = guard::Places::new(post);
    let harmless = |fix: &&Fix| {
        if !apply::is_sound(post.text, &fix.edits) {
            return false;
        }
        let (text, changes) = apply::apply(post.text, &[fix]);
        let new = Post::parse(post.path, post.kind, &text, linter.site);
        guard::difference(post, &new, &places, &[fix], &changes).is_none()
    };
    let offered = findings.iter().flat_map(|finding| finding.fixes.iter().map(|fix| (finding.rule, fix)));
    offered.filter(|(_, fix)| harmless(fix)).map(|(rule, fix)| (title(rule, fix), fix)).collect()
}

fn title(rule: &str, fix: &Fix) -> String {
    let mut letters = fix.title.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let care = if fix.safety == Safety::Unsafe { ", look at it" } else { "" };
    format!("{first}{} ({rule}{care})", letters.as_str())
}

/// For each rule that found something here: the comment that says that it is meant so.
fn suppressions(findings: &[&Diagnostic], post: &Post, linter: &Linter, question: &Question) -> Vec<(String, Edit)> {
    let mut offered: Vec<(String, Edit)> = Vec::new();
    for finding in findings {
        let (what, edit) = suppression(finding, post);
        let title = format!("{what}: {}", finding.rule);
        if offered.iter().all(|(known, _)| *known != title) && works(&edit, finding.rule, post, linter, question) {
            offered.push((title, edit));
        }
    }
    offered
}

fn suppression(finding: &Diagnostic, post: &Post) -> (&'static str, Edit) {
    let (rule, end) = (finding.rule, line_end(post.text));
    if !post.front_matter.is_present() {
        let start = post.text.len() - post.text.trim_start_matches('\u{feff}').len();
        if finding.span.end as usize <= start {
            return ("Disable in this file", Edit::insert(start as u32, format!("<!-- postlint-disable-file {rule} -->{end}")));
        }
    } else if finding.span.start < post.body.start {
        return ("Disable in the front matter", Edit::insert(post.front_matter.yaml.start, format!("# postlint-disable {rule}{end}")));
    }
    let block = post.tree.children(NodeId::ROOT).map(|block| post.tree.node(block).span).find(|block| block.contains(finding.span.start));
    let line = post.lines.line_of(block.map_or(finding.span.start, |block| block.start));
    let at = post.lines.span(line, post.text).start;
    ("Disable here", Edit::insert(at, format!("<!-- postlint-disable-next-line {rule} -->{end}")))
}

/// Whether the comment takes away what it should, and brings nothing new.
fn works(edit: &Edit, rule: &str, post: &Post, linter: &Linter, question: &Question) -> bool {
    let mut text = post.text.to_owned();
    text.insert_str(edit.span.start as usize, &edit.text);
    let findings = linter.check(&Post::parse(post.path, post.kind, &text, linter.site), question.document);
    let count = |findings: &[Diagnostic]| findings.iter().filter(|finding| finding.rule == rule).count();
    count(&findings) < count(question.findings) && findings.len() < question.findings.len()
}
