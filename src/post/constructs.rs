//! The nodes that several rules ask for, by what they are: one walk of the tree finds them all.

use crate::markup::{Kind, NodeId, Tree};

/// The constructs of a document, each kind in document order.
#[derive(Debug, Default)]
pub struct Constructs {
    /// With their levels; those of HTML (`<h2>`) too.
    pub headings: Vec<(NodeId, u8)>,
    pub paragraphs: Vec<NodeId>,
    pub lists: Vec<NodeId>,
    /// What may lead or point somewhere: links, images and elements of HTML.
    pub linking: Vec<NodeId>,
    /// Code blocks and code spans, maths, comments, and what is printed as it is.
    pub verbatim: Vec<NodeId>,
    /// What has attributes, of its own tag, of an attribute list, or the id of a heading (`{#id}`).
    pub attributed: Vec<NodeId>,
}

impl Constructs {
    pub(super) fn of(tree: &Tree) -> Constructs {
        let mut found = Constructs::default();
        for id in tree.walk() {
            let node = tree.node(id);
            match &node.kind {
                Kind::Heading(heading) => found.headings.push((id, heading.level)),
                Kind::Paragraph { .. } => found.paragraphs.push(id),
                Kind::List { .. } => found.lists.push(id),
                Kind::Link(_) | Kind::Image(_) => found.linking.push(id),
                Kind::Html(element) => {
                    found.linking.push(id);
                    if let [b'h', level @ b'1'..=b'6'] = element.name.as_bytes() {
                        found.headings.push((id, level - b'0'));
                    }
                }
                Kind::CodeBlock(_) | Kind::CodeSpan { .. } | Kind::MathBlock { .. } | Kind::MathSpan { .. } => found.verbatim.push(id),
                Kind::Comment { .. } | Kind::Raw { .. } => found.verbatim.push(id),
                _ => {}
            }
            let has_own_id = matches!(&node.kind, Kind::Heading(heading) if heading.explicit_id.is_some());
            if node.attributes.is_some() || has_own_id {
                found.attributed.push(id);
            }
        }
        found
    }
}
