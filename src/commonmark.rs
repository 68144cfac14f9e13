//! Sites with `markdown: CommonMark` or `CommonMarkGhPages`: the `pulldown-cmark` crate, into the same tree as kramdown's.
//!
//! Jekyll runs cmark-gfm there. There are no attribute lists; headings have no ids but with GitHub's own flavour.

mod autolink;
mod code;
mod link;
mod reader;

use crate::markup::{Hazard, HazardKind, Tree};
use crate::text::Extract;
use crate::unwind::guarded;

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

impl Default for Options {
    /// What GitHub's own flavour has, without footnotes.
    fn default() -> Options {
        Options { tables: true, strikethrough: true, task_lists: true, autolinks: true, footnotes: false }
    }
}

/// Reads `source` as CommonMark. Never fails: where the crate gives up, the document is empty, with a hazard.
pub fn parse<'a>(source: &Extract<'a>, options: Options) -> Tree<'a> {
    guarded(|| reader::read(source, options)).unwrap_or_else(|| {
        let span = source.span(0..source.text().len());
        let mut tree = Tree::new(span);
        tree.hazards.push(Hazard { kind: HazardKind::TooDeep, span });
        tree
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Kind, NodeId};
    use crate::text::Span;

    /// The tree as `name("the file's bytes")`, text left out.
    fn outline(file: &str) -> Vec<String> {
        let options = Options { footnotes: true, ..Options::default() };
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
            outline("\\*see https://a.org/b_c&d\\* &amp;"),
            [
                "Paragraph \"\\\\*see https://a.org/b_c&d\\\\* &amp;\"",
                "Text \"\\\\*\"",
                "link \"https://a.org/b_c&d\" \"https://a.org/b_c&d\" in \"https://a.org/b_c&d\"",
                "Text \"\\\\*\"",
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
}
