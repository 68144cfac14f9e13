//! Takes what codespan draws, in our colours and with a header of our own.

use crate::diagnostic::Diagnostic;
use crate::report::Style;
use crate::report::excerpt::line::columns;
use crate::report::visible::visible;
use codespan_reporting::diagnostic::{LabelStyle, Severity};
use codespan_reporting::term::WriteStyle;
use std::{fmt, io};

/// Columns by which the second line of a message is indented.
const INDENT: usize = 2;

/// A page in the making.
pub(super) struct Painter<'s> {
    style: &'s Style,
    page: Vec<u8>,
    /// codespan is writing its header, which has neither our severities nor links.
    in_header: bool,
}

impl<'s> Painter<'s> {
    pub fn new(style: &'s Style) -> Painter<'s> {
        Painter { style, page: Vec::new(), in_header: false }
    }

    /// `warning[spelling/confused-word]: message`, the rule's name linked to `page`.
    pub fn header(&mut self, diagnostic: &Diagnostic, page: Option<&str>) {
        let style = self.style;
        let (severity, rule) = (diagnostic.severity, diagnostic.rule);
        let label = style.paint(style.severity(severity), &format!("{}[{}]", severity.name(), style.link(page, rule)));
        let taken = severity.name().len() + rule.len() + "[]: ".len();
        let message = visible(&diagnostic.message);
        let lines = wrap(&message, style.width.saturating_sub(taken), style.width - INDENT);
        for (index, line) in lines.iter().enumerate() {
            let line = style.paint(style.bold(), line);
            let line = if index == 0 { format!("{label}: {line}\n") } else { format!("{:INDENT$}{line}\n", "") };
            self.page.extend_from_slice(line.as_bytes());
        }
    }

    /// Where a finding stands that has no excerpt; `more`: excerpts of other files follow.
    pub fn locus(&mut self, digits: usize, place: &str, more: bool) {
        let gutter = |border: &str| self.style.paint(self.style.gutter(), border);
        let mut lines = format!("{:digits$} {} {place}\n", "", gutter("┌─"));
        if more {
            lines.push_str(&format!("{:digits$} {}\n", "", gutter("│")));
        }
        self.page.extend_from_slice(lines.as_bytes());
    }

    /// All that was drawn, without the blank lines at its end.
    pub fn finish(self) -> String {
        let mut text = String::from_utf8_lossy(&self.page).into_owned();
        text.truncate(text.trim_end_matches('\n').len());
        text.push('\n');
        text
    }

    fn begin(&mut self, code: &str) -> io::Result<()> {
        if self.style.color && !self.in_header {
            self.page.extend_from_slice(format!("\x1b[{code}m").as_bytes());
        }
        Ok(())
    }
}

impl io::Write for Painter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let shown = if self.in_header {
            // the header ends with its line
            let end = memchr::memchr(b'\n', bytes);
            self.in_header = end.is_none();
            end.map_or(&[][..], |end| &bytes[end + 1..])
        } else {
            bytes
        };
        self.page.extend_from_slice(shown);
        Ok(bytes.len())
    }

    /// codespan writes character by character.
    fn write_fmt(&mut self, text: fmt::Arguments) -> io::Result<()> {
        if self.in_header {
            return self.write_all(text.to_string().as_bytes());
        }
        // writing to memory does not fail
        fmt::write(&mut Page(&mut self.page), text).map_err(io::Error::other)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A page as text.
struct Page<'p>(&'p mut Vec<u8>);

impl fmt::Write for Page<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

impl WriteStyle for Painter<'_> {
    fn set_header(&mut self, _severity: Severity) -> io::Result<()> {
        self.in_header = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.begin(self.style.gutter())
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.begin(self.style.gutter())
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.begin(self.style.gutter())
    }

    fn set_label(&mut self, severity: Severity, label_style: LabelStyle) -> io::Result<()> {
        let severity = match severity {
            _ if label_style == LabelStyle::Secondary => return self.begin(self.style.second_label()),
            Severity::Error | Severity::Bug => crate::diagnostic::Severity::Error,
            Severity::Warning => crate::diagnostic::Severity::Warning,
            Severity::Note | Severity::Help => crate::diagnostic::Severity::Info,
        };
        self.begin(self.style.severity(severity))
    }

    fn reset(&mut self) -> io::Result<()> {
        self.begin("0")
    }
}

/// `text` in lines of at most `width` columns, the first of at most `first`; a longer word stands alone.
pub(super) fn wrap(text: &str, first: usize, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let room = if lines.len() == 1 { first } else { width };
        let columns = columns(word);
        match lines.last_mut() {
            Some(line) if used == 0 && line.is_empty() => line.push_str(word),
            Some(line) if used + 1 + columns <= room => {
                line.push(' ');
                line.push_str(word);
                used += 1;
            }
            _ => {
                lines.push(word.to_owned());
                used = 0;
            }
        }
        used += columns;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_not_broken() {
        assert_eq!(wrap("one two three four", 7, 10), ["one two", "three four"]);
        assert_eq!(wrap("extraordinary x", 5, 5), ["extraordinary", "x"]);
        assert_eq!(wrap("", 5, 5), [""]);
        assert_eq!(wrap("漢字 漢字 漢字", 9, 9), ["漢字 漢字", "漢字"]);
    }
}
