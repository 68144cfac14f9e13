//! The facts of a document as a short text for people.

use super::facts::Facts;
use crate::post::Post;
use crate::post::front_matter::Status;
use std::io::{self, Write};

/// Writes the summary of one document.
pub fn write(post: &Post, facts: &Facts, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} ({}, {})", shown(&facts.file), facts.kind, facts.engine)?;
    writeln!(out, "  front matter: {}", front_matter(post, facts))?;
    let counts = [
        count(facts.headings.len(), "heading"),
        count(facts.links.len(), "link"),
        count(facts.images.len(), "image"),
        count(facts.code.len(), "code block"),
        count(facts.paragraphs.len(), "paragraph"),
    ];
    writeln!(out, "  {}", counts.join(", "))?;
    outline(post, facts, out)?;
    writeln!(out)
}

fn front_matter(post: &Post, facts: &Facts) -> String {
    match post.front_matter.status {
        Status::Ok => {
            let keys = facts.front_matter.keys.iter().flatten().map(|(name, _, _)| shown(name));
            format!("lines 1 to {}: {}", closing_line(post), keys.collect::<Vec<_>>().join(", "))
        }
        Status::Empty => "there, but without data".to_owned(),
        Status::Missing => "none".to_owned(),
        Status::Unclosed => "none for Jekyll: a `---` is there, but not as the first line, or nothing closes it".to_owned(),
        Status::NotAMap => {
            let kind = post.front_matter.root.as_ref().map_or("nothing", |root| root.kind_name());
            format!("{kind}, where Jekyll wants keys with values")
        }
        Status::Invalid => {
            let error = post.front_matter.error.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("does not parse: {}", shown(&error))
        }
    }
}

fn closing_line(post: &Post) -> usize {
    post.lines.line_of(post.front_matter.terminator.start)
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Headings with the links and images between them, in the order of their lines.
fn outline(post: &Post, facts: &Facts, out: &mut impl Write) -> io::Result<()> {
    let headings = facts.headings.iter().map(|heading| {
        let id = heading.id.as_ref().map(|id| format!("  #{id}")).unwrap_or_default();
        (heading.line, format!("{} {}{id}", "#".repeat(usize::from(heading.level)), heading.text))
    });
    let links = facts.links.iter().map(|link| (post.lines.line_of(link.span.0), format!("link   {}", link.href)));
    let images = facts.images.iter().map(|image| {
        let alt = image.alt.as_ref().map_or_else(|| "(no alt)".to_owned(), |alt| format!("\"{alt}\""));
        (post.lines.line_of(image.span.0), format!("image  {}  {alt}", image.src))
    });
    let mut lines: Vec<(usize, String)> = headings.chain(links).chain(images).collect();
    lines.sort_by_key(|(line, _)| *line);
    for (line, text) in lines {
        writeln!(out, "  {line:>5}  {}", shown(&text))?;
    }
    Ok(())
}

/// `text` on one line, without control characters: they are for no terminal.
fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
