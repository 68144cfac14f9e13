//! HTML as a browser reads it, into the tree: `.html` documents, and the HTML inside CommonMark.
//!
//! (HTML inside kramdown is another matter: kramdown has rules of its own.)

mod builder;
mod tokens;

use crate::markup::Tree;
use crate::text::Extract;
pub use builder::Builder;

/// Reads `source` (a document as Liquid leaves it) as HTML. Never fails.
pub fn parse<'a>(source: &Extract<'a>) -> Tree<'a> {
    let all = 0..source.text().len();
    let mut builder = Builder::new(source.span(all.clone()));
    builder.html(source, all);
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Kind;
    use crate::text::Span;

    fn outline(file: &str) -> Vec<String> {
        let tree = parse(&Extract::verbatim(file, Span::new(0, file.len())));
        let element = |id| match &tree.node(id).kind {
            Kind::Html(element) => {
                let attributes = tree.attributes(id).iter().map(|attribute| format!(" {}={}", attribute.name.text, attribute.value.text));
                Some(format!("{}{} {:?}", element.name, attributes.collect::<String>(), tree.node(id).span.of(file)))
            }
            Kind::Comment { content } => Some(format!("comment {:?}", content.of(file))),
            _ => None,
        };
        tree.walk().filter_map(element).collect()
    }

    #[test]
    fn elements_have_their_attributes_and_bytes() {
        assert_eq!(
            outline("<P><a href='x y' target=_blank download>é</a><br></p>"),
            [
                "p \"<P><a href='x y' target=_blank download>é</a><br></p>\"",
                "a href=x y target=_blank download= \"<a href='x y' target=_blank download>é</a>\"",
                "br \"<br>\"",
            ]
        );
    }

    #[test]
    fn scripts_and_comments_hold_no_elements() {
        assert_eq!(
            outline("<script>if (a<b) '<img>'</script><!-- <img> --><li>1<li>2"),
            ["script \"<script>if (a<b) '<img>'</script>\"", "comment \" <img> \"", "li \"<li>1\"", "li \"<li>2\"",]
        );
    }

    #[test]
    fn a_tag_that_never_ends_is_text() {
        assert!(outline("a < b <a href=\"x").is_empty());
    }
}
