//! Sites with `markdown: CommonMark` or `CommonMarkGhPages`: the `markdown` crate, into the same tree as kramdown's.
//!
//! Jekyll runs cmark-gfm there. There are no attribute lists; headings have no ids but with GitHub's own flavour.

mod code;
mod cost;
mod lines;
mod link;
mod list;
mod reader;
mod rows;
mod spans;
mod table;
mod text;

use crate::markup::{Tree, Unread};
use crate::site::config::SiteConfig;
use crate::site::value::Value;
use crate::text::Extract;
use crate::unwind::caught_on_stack;
use cost::Cost;

/// Extensions of cmark-gfm (`commonmark: {options: […], extensions: […]}` in `_config.yml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    pub tables: bool,
    pub strikethrough: bool,
    pub task_lists: bool,
    /// Bare URLs are links.
    pub autolinks: bool,
    pub footnotes: bool,
}

impl Options {
    /// What GitHub's own flavour has, without footnotes.
    pub const GITHUB: Options = Options { tables: true, strikethrough: true, task_lists: true, autolinks: true, footnotes: false };

    /// What a site asks for: `commonmark: {extensions: [table, …], options: [FOOTNOTES, …]}`. Without a list of
    /// extensions there are none, but with GitHub's own flavour.
    pub fn of(config: &SiteConfig) -> Options {
        let listed = |key: &str| match config.values.get("commonmark").and_then(Value::as_map).and_then(|map| map.get(key)) {
            Some(Value::List(names)) => Some(names.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase).collect::<Vec<_>>()),
            _ => None,
        };
        let footnotes = listed("options").is_some_and(|options| options.iter().any(|option| option == "footnotes"));
        match listed("extensions") {
            None if config.markdown == "CommonMarkGhPages" => Options { footnotes, ..Options::GITHUB },
            extensions => {
                let extensions = extensions.unwrap_or_default();
                let has = |name: &str| extensions.iter().any(|extension| extension == name);
                Options {
                    tables: has("table"),
                    strikethrough: has("strikethrough"),
                    task_lists: has("tasklist"),
                    autolinks: has("autolink"),
                    footnotes,
                }
            }
        }
    }
}

/// Reads `source` as CommonMark. Never fails: a document that the crate gives up on, or that would take it too long, has
/// an empty tree that says so.
pub fn parse<'a>(source: &Extract<'a>, options: Options) -> Tree<'a> {
    let cost = Cost::of(source.text());
    let tree = match cost.is_bearable() {
        true => caught_on_stack(cost.stack(), || reader::read(source, options)).flatten().map_err(Unread::Failed),
        false => Err(Unread::TooCostly),
    };
    tree.unwrap_or_else(|why| Tree::unread(source.span(0..source.text().len()), why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Kind, NodeId};
    use crate::text::Span;

    /// The tree as `name("the file's bytes")`, text left out.
    fn outline(file: &str) -> Vec<String> {
        let options = Options { footnotes: true, ..Options::GITHUB };
        let tree = parse(&Extract::verbatim(file, Span::new(0, file.len())), options);
        let describe = |id: NodeId| {
            let node = tree.node(id);
            let name = match &node.kind {
                Kind::Document | Kind::Text { escaped: false, .. } => return None,
                Kind::Link(link) => format!("link {:?} {:?} in", link.url.text, link.url.span.of(file)),
                Kind::Image(image) => format!("image {:?} alt {:?}", image.url.text, image.alt.text),
                Kind::Heading(heading) => format!("h{} {:?}", heading.level, heading.content.of(file)),
                Kind::CodeBlock(code) => {
                    let lang = code.lang.as_ref().map(|lang| lang.text.as_ref());
                    format!("{:?} {lang:?} {:?}", code.style, code.content.of(file))
                }
                Kind::Html(element) => format!("<{}>", element.name),
                Kind::CodeSpan { content } => format!("code {:?}", content.text),
                kind => format!("{kind:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned(),
            };
            Some(format!("{name} {:?}", node.span.of(file)))
        };
        tree.walk().filter_map(describe).collect()
    }

    #[test]
    fn links_have_the_bytes_of_their_targets() {
        assert_eq!(
            outline("[a `]`](</b c> \"t\") [r][] <m@n.o>\n\n[r]: /u\n"),
            [
                "Paragraph \"[a `]`](</b c> \\\"t\\\") [r][] <m@n.o>\"",
                "link \"/b c\" \"/b c\" in \"[a `]`](</b c> \\\"t\\\")\"",
                "code \"]\" \"`]`\"",
                "link \"/u\" \"/u\" in \"[r][]\"",
                "link \"mailto:m@n.o\" \"m@n.o\" in \"<m@n.o>\"",
                "LinkDefinition \"[r]: /u\"",
            ]
        );
    }

    #[test]
    fn bare_urls_may_hold_what_is_markup_elsewhere() {
        assert_eq!(
            outline("\\*see https://a.org/b_c&d* &amp;"),
            [
                "Paragraph \"\\\\*see https://a.org/b_c&d* &amp;\"",
                "Text \"\\\\*\"",
                "link \"https://a.org/b_c&d\" \"https://a.org/b_c&d\" in \"https://a.org/b_c&d\"",
                "Entity \"&amp;\"",
            ]
        );
    }

    #[test]
    fn blocks_nest_and_tight_items_have_a_paragraph() {
        assert_eq!(
            outline("# A b #\n\n> <div>\n> <img src=x>\n> </div>\n\n- ![i *j*](k)\n  ```rb x\n  y\n  ```\n"),
            [
                "h1 \"A b\" \"# A b #\"",
                "BlockQuote \"> <div>\\n> <img src=x>\\n> </div>\"",
                "<div> \"<div>\\n> <img src=x>\\n> </div>\"",
                "<img> \"<img src=x>\"",
                "List \"- ![i *j*](k)\\n  ```rb x\\n  y\\n  ```\"",
                "Item \"- ![i *j*](k)\\n  ```rb x\\n  y\\n  ```\"",
                "Paragraph \"![i *j*](k)\"",
                "image \"k\" alt \"i j\" \"![i *j*](k)\"",
                "Fenced Some(\"rb\") \"y\\n\" \"```rb x\\n  y\\n  ```\"",
            ]
        );
    }

    #[test]
    fn lists_are_loose_by_the_blank_lines_between_their_items() {
        assert_eq!(transparent("- a\n- b\n\n\nc\n"), [true, true, false]);
        assert_eq!(transparent("- a\n\n- b\n"), [false, false]);
        assert_eq!(transparent("- a\n  - b\n\n    c\n- d\n"), [true, false, false, true]);
    }

    /// Whether each paragraph is printed without `<p>`.
    fn transparent(file: &str) -> Vec<bool> {
        let tree = parse(&Extract::verbatim(file, Span::new(0, file.len())), Options::GITHUB);
        let paragraph = |id| match tree.node(id).kind {
            Kind::Paragraph { transparent } => Some(transparent),
            _ => None,
        };
        tree.walk().filter_map(paragraph).collect()
    }

    #[test]
    fn rows_may_begin_with_anything() {
        assert_eq!(
            outline("> item | *b*\n> -|-\n> `e|` |f|g\n> *x*\n"),
            [
                "BlockQuote \"> item | *b*\\n> -|-\\n> `e|` |f|g\\n> *x*\"",
                "Table \"item | *b*\\n> -|-\\n> `e|` |f|g\\n> *x*\"",
                "TableHead \"item | *b*\"",
                "Row \"item | *b*\"",
                "Cell \"item \"",
                "Cell \" *b*\"",
                "Emphasis \"*b*\"",
                "TableBody \"`e|` |f|g\\n> *x*\"",
                "Row \"`e|` |f|g\"",
                "Cell \"`e\"",
                "Cell \"` \"",
                "Row \"*x*\"",
                "Cell \"*x*\"",
                "Emphasis \"*x*\"",
            ]
        );
    }

    #[test]
    fn no_link_stands_in_the_text_of_another() {
        assert_eq!(
            outline("[see https://a.org](/b)"),
            ["Paragraph \"[see https://a.org](/b)\"", "link \"/b\" \"/b\" in \"[see https://a.org](/b)\""]
        );
    }

    #[test]
    fn deep_nesting_does_not_exhaust_the_stack() {
        let emphasis = |times: usize| format!("{}x{}", "*a _b ".repeat(times), "_ *".repeat(times));
        for file in [emphasis(1000), "- ".repeat(300), "> ".repeat(300), "![".repeat(500) + &"](a)".repeat(500)] {
            let tree = parse(&Extract::verbatim(&file, Span::new(0, file.len())), Options::GITHUB);
            assert_eq!(tree.why_unread(), None);
        }
    }

    #[test]
    fn what_would_take_too_long_is_not_read() {
        let file = "[".repeat(200_000);
        let tree = parse(&Extract::verbatim(&file, Span::new(0, file.len())), Options::GITHUB);
        assert_eq!(tree.why_unread(), Some(&Unread::TooCostly));
    }
}
