//! What a rule has to say: diagnostics, their labels and their fixes.

use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad a finding is, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Advice.
    Info,
    /// Should be mended: slips, house style.
    Warning,
    /// The page is broken or differs from what was meant.
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What a fix may change on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Nothing: the page stays the same.
    Layout,
    /// Only the named thing.
    Safe,
    /// Perhaps more than the named thing: never applied unless asked for.
    Unsafe,
}

impl Safety {
    pub fn name(self) -> &'static str {
        match self {
            Safety::Layout => "layout",
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// Puts `text` in the place of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn replace(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }

    pub fn insert(at: u32, text: impl Into<String>) -> Edit {
        Edit { span: Span { start: at, end: at }, text: text.into() }
    }

    pub fn delete(span: Span) -> Edit {
        Edit { span, text: String::new() }
    }
}

/// What a safe fix is about: everything else in the document must stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// What stands where each edit is: words, a URL, the attributes of an element, an entry of the front matter.
    #[default]
    Place,
    /// The markup of the paragraphs, headings and cells that are edited; their other words stay.
    Markup,
    /// The blocks that are edited, with all that is in them: a paragraph becomes a heading or a list, a table a paragraph.
    Block,
}

/// A repair: all of its edits, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an instruction: "write `prove`".
    pub title: String,
    pub safety: Safety,
    pub scope: Scope,
    /// In the order of their spans, which do not overlap.
    pub edits: Vec<Edit>,
    /// Why it was left out when it was to be applied.
    pub refused: Option<String>,
}

/// A second place that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Path of another file, relative to the site's root; `None`: the post itself.
    pub file: Option<String>,
    pub span: Span,
    pub message: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `group/name`.
    pub rule: &'static str,
    pub severity: Severity,
    /// For a finding about the whole document: empty, at its start.
    pub span: Span,
    pub message: String,
    pub labels: Vec<Label>,
    /// Lines that stand below the finding.
    pub notes: Vec<String>,
    /// The first is the one that is shown and applied.
    pub fixes: Vec<Fix>,
    /// Of house style, in a post that is older than it: of these one a rule is reported.
    pub is_history: bool,
}

impl Diagnostic {
    /// Whether it is about the whole of the document in `text`, or of its front matter, at whose first line it stands.
    pub fn is_about_document(&self, text: &str) -> bool {
        let fence = || {
            let text = text.trim_start_matches('\u{feff}');
            let line = text.split('\n').next().unwrap_or_default();
            (line.trim_end() == "---").then_some(line.len() as u32)
        };
        self.span == Span::default() || fence().is_some_and(|end| self.span.start < end)
    }

    /// Says where else to look in the same file.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.labels.push(Label { file: None, span, message: message.into() });
        self
    }

    /// Says where else to look in another file (path relative to the site's root, with `/`).
    pub fn label_in(&mut self, file: impl Into<String>, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.labels.push(Label { file: Some(file.into()), span, message: message.into() });
        self
    }

    pub fn note(&mut self, note: impl Into<String>) -> &mut Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// Offers a repair. `edits` must not overlap.
    pub fn fix(&mut self, safety: Safety, title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> &mut Diagnostic {
        let mut edits = edits.into();
        edits.sort_by_key(|edit| edit.span);
        self.fixes.push(Fix { title: title.into(), safety, scope: Scope::default(), edits, refused: None });
        self
    }

    /// The fix that was offered last changes the markup around its edits too (a space before an attribute list goes, and
    /// what was printed becomes attributes).
    pub fn changes_markup(&mut self) -> &mut Diagnostic {
        if let Some(fix) = self.fixes.last_mut() {
            fix.scope = Scope::Markup;
        }
        self
    }

    /// The fix that was offered last makes other blocks of those around its edits (a table of a paragraph).
    pub fn changes_block(&mut self) -> &mut Diagnostic {
        if let Some(fix) = self.fixes.last_mut() {
            fix.scope = Scope::Block;
        }
        self
    }

    /// Departs from the rule's own severity.
    pub fn severity(&mut self, severity: Severity) -> &mut Diagnostic {
        self.severity = severity;
        self
    }
}

/// What one rule writes its findings about one post in.
#[derive(Debug)]
pub struct Report {
    rule: &'static str,
    severity: Severity,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// An empty report for `rule`, whose findings are of `severity` unless they say otherwise.
    pub fn new(rule: &'static str, severity: Severity) -> Report {
        Report { rule, severity, diagnostics: Vec::new() }
    }

    /// Reports a finding at `span`. The message is a sentence without a final dot; code in it stands in backticks.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.diagnostics.len();
        self.diagnostics.push(Diagnostic {
            rule: self.rule,
            severity: self.severity,
            span,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
            is_history: false,
        });
        &mut self.diagnostics[index]
    }

    /// Reports a finding about the whole document; it stands at the first line.
    pub fn whole(&mut self, message: impl Into<String>) -> &mut Diagnostic {
        self.at(Span::default(), message)
    }

    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
