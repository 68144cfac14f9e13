//! A rule's page: front matter that the program reads, and text for people.
//!
//! The front matter is read at every start, so it is read by hand, line by line: each field is one line.
//! `tests/pages.rs` sees to it that YAML would say the same.

use crate::diagnostic::{Safety, Severity};

/// When a rule is on without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Always,
    /// Where the site's own posts keep it.
    HouseStyle,
    Never,
}

impl On {
    pub fn name(self) -> &'static str {
        match self {
            On::Always => "always",
            On::HouseStyle => "house-style",
            On::Never => "never",
        }
    }
}

/// What a rule's page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// One sentence without a final dot.
    pub summary: &'static str,
    pub severity: Severity,
    pub on: On,
    /// The safety of the rule's fixes; `None`: it has none.
    pub fix: Option<Safety>,
    /// The Markdown after the front matter.
    pub body: &'static str,
}

/// Where the page of a rule is on the web; `None` until the project has an address.
pub fn url(rule: &str) -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    (!repository.is_empty()).then(|| format!("{repository}/blob/main/rules/{rule}.md"))
}

impl Page {
    /// Reads a page. What a field does not say, or says wrongly, is the mildest; `tests/pages.rs` finds it.
    pub fn parse(text: &'static str) -> Page {
        let text = text.strip_prefix("---\n").unwrap_or(text);
        let (header, body) = text.split_once("\n---\n").unwrap_or(("", text));
        let field = |name: &str| {
            let value = header.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.unwrap_or_default().trim_matches('\'')
        };
        Page {
            summary: field("summary"),
            severity: match field("severity") {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                _ => Severity::Info,
            },
            on: match field("on") {
                "always" => On::Always,
                "house-style" => On::HouseStyle,
                _ => On::Never,
            },
            fix: match field("fix") {
                "layout" => Some(Safety::Layout),
                "safe" => Some(Safety::Safe),
                "unsafe" => Some(Safety::Unsafe),
                _ => None,
            },
            body,
        }
    }
}
