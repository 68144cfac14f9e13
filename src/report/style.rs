//! What the output can show: colours, links, a width.

use crate::diagnostic::Severity;
use std::env;
use std::io::{self, IsTerminal};

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    Always,
    Never,
}

/// What the output can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    /// OSC 8 links.
    pub hyperlinks: bool,
    /// Somebody reads it on a terminal.
    pub terminal: bool,
    /// In columns.
    pub width: usize,
}

const WIDTH_WITHOUT_TERMINAL: usize = 100;
const NARROWEST: usize = 40;

impl Style {
    /// No colours, no links, 100 columns.
    pub fn plain() -> Style {
        Style { color: false, hyperlinks: false, terminal: false, width: WIDTH_WITHOUT_TERMINAL }
    }

    /// For standard output, by the option `--color` and the environment (`NO_COLOR`, `CLICOLOR_FORCE`, `FORCE_COLOR`, `TERM`).
    pub fn of_stdout(choice: ColorChoice) -> Style {
        let terminal = io::stdout().is_terminal();
        let width = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        Style::new(choice, terminal, width, &|name| env::var(name).ok())
    }

    fn new(choice: ColorChoice, terminal: bool, width: Option<usize>, variable: &dyn Fn(&str) -> Option<String>) -> Style {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let forced = |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
        let dumb = variable("TERM").is_some_and(|term| term == "dumb");
        let color = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            // https://no-color.org: set to anything
            ColorChoice::Auto if set("NO_COLOR") => false,
            ColorChoice::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
            ColorChoice::Auto => terminal && !dumb,
        };
        let width = width.or_else(|| variable("COLUMNS")?.parse().ok()).unwrap_or(WIDTH_WITHOUT_TERMINAL);
        let hyperlinks = color && terminal && knows_links(variable);
        Style { color, hyperlinks, terminal, width: width.max(NARROWEST) }
    }

    /// `text` in the colours of `code` (parameters of the escape sequence "select graphic rendition").
    pub fn paint(&self, code: &str, text: &str) -> String {
        if self.color && !code.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// `text` as a link, where links can be shown.
    pub fn link(&self, url: Option<&str>, text: &str) -> String {
        match url {
            Some(url) if self.hyperlinks => format!("\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"),
            _ => text.to_owned(),
        }
    }

    pub fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        }
    }

    pub fn dim(&self) -> &'static str {
        "2"
    }

    pub fn bold(&self) -> &'static str {
        "1"
    }

    pub fn second_label(&self) -> &'static str {
        "35"
    }

    pub fn gutter(&self) -> &'static str {
        "34"
    }

    pub fn removed(&self) -> &'static str {
        "31"
    }

    pub fn added(&self) -> &'static str {
        "32"
    }

    pub fn good(&self) -> &'static str {
        "1;32"
    }
}

/// Terminals that are known to show OSC 8 links; others print them as rubbish, or not at all.
fn knows_links(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, values: &[&str]| variable(name).is_some_and(|value| values.contains(&value.as_str()));
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return forced != "0";
    }
    is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "tmux"])
        || is("TERM", &["xterm-kitty", "xterm-ghostty", "alacritty", "foot"])
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "KITTY_WINDOW_ID"].into_iter().any(set)
        // GNOME's terminal and its kin, from VTE 0.50 on
        || variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).is_some_and(|version| version >= 5000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(choice: ColorChoice, terminal: bool, variables: &[(&str, &str)]) -> Style {
        let variable = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Style::new(choice, terminal, None, &variable)
    }

    #[test]
    fn colours_are_for_terminals_unless_asked_for() {
        assert!(style(ColorChoice::Auto, true, &[]).color);
        assert!(!style(ColorChoice::Auto, false, &[]).color);
        assert!(!style(ColorChoice::Auto, true, &[("NO_COLOR", "1")]).color);
        assert!(style(ColorChoice::Auto, true, &[("NO_COLOR", "")]).color);
        assert!(!style(ColorChoice::Auto, true, &[("TERM", "dumb")]).color);
        assert!(style(ColorChoice::Auto, false, &[("CLICOLOR_FORCE", "1")]).color);
        assert!(style(ColorChoice::Always, false, &[("NO_COLOR", "1")]).color);
        assert!(!style(ColorChoice::Never, true, &[("FORCE_COLOR", "1")]).color);
    }

    #[test]
    fn links_need_a_terminal_that_shows_them() {
        assert!(!style(ColorChoice::Auto, true, &[("TERM", "xterm-256color")]).hyperlinks);
        assert!(style(ColorChoice::Auto, true, &[("VTE_VERSION", "6800")]).hyperlinks);
        assert!(!style(ColorChoice::Always, false, &[("VTE_VERSION", "6800")]).hyperlinks);
    }
}
