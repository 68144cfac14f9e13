//! The rule's page is `rules/style/one-sentence-per-line.md`.

mod new_line;

use crate::diagnostic::{Edit, Report, Safety, Severity};
use crate::markup::Kind;
use crate::post::Post;
use crate::post::prose::sentences::{Boundary, Sentences, Vocabulary, clauses, sentences};
use crate::post::prose::{Context, Run};
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Places, Rule};
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// Lines of prose that hold more than one sentence.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneSentencePerLine {
    /// Also break lines after `;`, `:` and `—`.
    clauses: bool,
    /// Lines with more characters than this get an advice.
    max_length: Option<u32>,
    /// Also find sentences that run over several lines.
    whole_sentences: bool,
    /// Abbreviations after which a sentence goes on.
    abbreviations: Vec<String>,
    /// Names that begin small (`kubectl`) or end in a mark (`Yahoo!`).
    names: Vec<String>,
}

impl Rule for OneSentencePerLine {
    fn check(&self, post: &Post, report: &mut Report) {
        for run in paragraphs(post) {
            let found = sentences(run, self.vocabulary());
            self.report_lines(post, run, &found, report);
            if self.whole_sentences {
                report_wrapped(post, run, &found, report);
            }
            if let Some(most) = self.max_length {
                report_long_lines(post, run, most as usize, report);
            }
        }
    }

    fn learn(&mut self, newest: &[Post]) -> Vec<Habit> {
        let mut habit = Habit::new("one sentence per line", 75, Pin::Severity);
        for post in newest {
            let places = self.places(post);
            if places.of >= 5 {
                // at most one end in ten stands inside a line
                habit.count(post.path, (places.of - places.kept) * 10 <= places.of);
            }
        }
        vec![habit]
    }

    /// The ends of sentences, and those of them that stand at the end of a line.
    fn places(&self, post: &Post) -> Places {
        let mut places = Places::default();
        for run in paragraphs(post) {
            let found = sentences(run, self.vocabulary());
            let inside = found.boundaries.iter().filter(|boundary| !ends_line(post, run, boundary)).count();
            places.of += found.boundaries.len() + usize::from(found.terminated);
            places.kept += found.boundaries.len() - inside + usize::from(found.terminated);
        }
        places
    }
}

impl OneSentencePerLine {
    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { abbreviations: &self.abbreviations, names: &self.names }
    }

    /// One finding for each line with more than one sentence.
    fn report_lines(&self, post: &Post, run: &Run, found: &Sentences, report: &mut Report) {
        let mut boundaries: Vec<(&Boundary, &str)> = found.boundaries.iter().map(|boundary| (boundary, "sentences")).collect();
        let clauses = if self.clauses { clauses(run) } else { Vec::new() };
        boundaries.extend(clauses.iter().map(|boundary| (boundary, "clauses")));
        boundaries.retain(|(boundary, _)| !ends_line(post, run, boundary));
        boundaries.sort_by_key(|(boundary, _)| boundary.gap.start);
        if boundaries.is_empty() {
            return;
        }
        let obstacle = new_line::obstacle(post, run);
        let line_of = |boundary: &Boundary| post.lines.line_of(place(run, boundary).start);
        for line in boundaries.chunk_by(|(a, _), (b, _)| line_of(a) == line_of(b)) {
            report_line(post, run, line, obstacle, report);
        }
    }
}

fn report_line(post: &Post, run: &Run, boundaries: &[(&Boundary, &str)], obstacle: Option<&'static str>, report: &mut Report) {
    let Some((first, what)) = boundaries.first() else { return };
    let message = format!("{} {what} on one line", boundaries.len() + 1);
    let finding = report.at(place(run, first), message);
    let mut edits = Vec::new();
    for (boundary, _) in boundaries {
        match obstacle.map_or_else(|| new_line::at(post, run, boundary), Err) {
            Ok(edit) => edits.push(edit),
            Err(obstacle) if !finding.notes.iter().any(|note| note == obstacle) => {
                finding.note(obstacle);
            }
            Err(_) => {}
        }
    }
    if !edits.is_empty() {
        finding.fix(Safety::Layout, "put each sentence on a line of its own", edits);
    }
}

/// A sentence that goes on after the end of its line.
fn report_wrapped(post: &Post, run: &Run, found: &Sentences, report: &mut Report) {
    let text = run.as_str();
    for newline in memchr::memchr_iter(b'\n', text.as_bytes()) {
        let sentence = text[..newline].trim_end();
        let next = found.boundaries.partition_point(|boundary| boundary.gap.end <= newline);
        let at_boundary = found.boundaries.get(next).is_some_and(|boundary| boundary.gap.start <= newline);
        let source = run.span(newline..newline + 1);
        let before = post.text.get(..source.start as usize).unwrap_or_default().trim_end_matches('\r');
        let hard = before.ends_with("  ") || before.ends_with('\\');
        if !at_boundary && !hard && source.of(post.text) == "\n" && !sentence.ends_with(['.', ':', '?', '!', '…']) {
            let end = before.len();
            report.at(Span::empty(end), "the sentence goes on in the next line");
        }
    }
}

fn report_long_lines(post: &Post, run: &Run, most: usize, report: &mut Report) {
    let span = post.tree.node(run.node).span;
    for line in post.lines.line_of(span.start)..=post.lines.line_of(span.end.saturating_sub(1)) {
        let content = post.lines.content(line, post.text);
        let text = content.of(post.text);
        if text.len() <= most {
            continue;
        }
        if let Some((beyond, _)) = text.char_indices().nth(most) {
            let length = text.chars().count();
            let message = format!("a line of {length} characters, more than {most}");
            report.at(Span::new(content.start as usize + beyond, content.end as usize), message).severity(Severity::Info);
        }
    }
}

/// The runs whose sentences may stand on lines of their own.
fn paragraphs<'p, 'a>(post: &'p Post<'a>) -> impl Iterator<Item = &'p Run<'a>> {
    let is_paragraph = |run: &&Run| run.context == Context::Paragraph && matches!(post.tree.node(run.node).kind, Kind::Paragraph { .. });
    post.prose().runs.iter().filter(is_paragraph)
}

/// Whether the next sentence stands on a line of its own already, or behind a `<br>`.
fn ends_line(post: &Post, run: &Run, boundary: &Boundary) -> bool {
    let gap = &run.as_str()[boundary.gap.clone()];
    gap.contains('\n') || memchr::memchr(b'\n', run.span(boundary.gap.clone()).of(post.text).as_bytes()).is_some()
}

/// Where a boundary is shown: its white space, or the terminator where there is none.
fn place(run: &Run, boundary: &Boundary) -> Span {
    if let Some((_, span)) = run.text.verbatim_parts(boundary.gap.clone()).last() {
        return span;
    }
    let before = run.as_str()[..boundary.gap.start].chars().next_back().map_or(0, char::len_utf8);
    run.span(boundary.gap.start - before..boundary.gap.start)
}

/// The edit that makes a new line of a boundary's white space, or why there can be none.
type NewLine = Result<Edit, &'static str>;
