//! `{% highlight %}` blocks are code blocks, although the Markdown engine reads raw HTML there.

use super::liquid::Highlight;
use crate::markup::{CodeBlock, CodeStyle, Kind, NodeId, Tree, Value};
use std::borrow::Cow;

/// Makes a code block of each `<figure>` that stands for one of `highlights`. One that did not become an element of
/// its own (in a code block, in a table) stays what it is.
pub fn mark<'a>(tree: &mut Tree<'a>, highlights: &[Highlight<'a>]) {
    if highlights.is_empty() {
        return;
    }
    let figures: Vec<(NodeId, &Highlight)> = tree
        .walk()
        .filter_map(|id| {
            let node = tree.node(id);
            let Kind::Html(element) = &node.kind else { return None };
            let index = highlights.binary_search_by_key(&node.span.start, |highlight| highlight.span.start).ok()?;
            let highlight = &highlights[index];
            (element.name == "figure" && node.span == highlight.span).then_some((id, highlight))
        })
        .collect();
    for (figure, highlight) in figures {
        while let Some(child) = tree.first_child(figure) {
            tree.detach(child);
        }
        let lang = highlight.lang.map(|lang| Value { text: Cow::Borrowed(lang), span: highlight.lang_span });
        let node = tree.node_mut(figure);
        // the class is one that Jekyll gives
        node.attributes = None;
        node.kind = Kind::CodeBlock(Box::new(CodeBlock { style: CodeStyle::Liquid, lang, content: highlight.content }));
    }
}
