//! Lists and their items.

use super::reader::{Reader, children};
use crate::markup::Kind;
use markdown::mdast::{List, Node};

impl Reader<'_, '_> {
    /// In a tight list the text of the items hangs in paragraphs that are not printed, as in kramdown.
    pub(super) fn list(&mut self, list: &List, node: &Node) {
        let is_loose = self.has_blank_line(&list.children) || list.children.iter().any(|item| self.has_blank_line(children(item)));
        self.enter(Kind::List { ordered: list.ordered }, self.block(node));
        for item in &list.children {
            let task = if let Node::ListItem(item) = item { item.checked } else { None };
            self.enter(Kind::Item { task }, self.block(item));
            for child in children(item) {
                match child {
                    Node::Paragraph(_) => self.parent(Kind::Paragraph { transparent: !is_loose }, child),
                    _ => self.node(child),
                }
            }
            self.builder.leave();
        }
        self.builder.leave();
    }

    /// Whether a blank line stands between two of `blocks`. (The crate's own `spread` counts those after the last, too.)
    fn has_blank_line(&self, blocks: &[Node]) -> bool {
        let mut pairs = blocks.windows(2).map(|pair| self.block(&pair[0]).end..self.block(&pair[1]).start);
        pairs.any(|gap| self.source.text().get(gap).is_some_and(|gap| gap.matches('\n').count() > 1))
    }
}
