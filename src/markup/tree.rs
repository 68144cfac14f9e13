//! The arena of nodes, and the ways through it.

use super::{Attribute, Attributes, Hazard, HazardKind, Kind, Unread};
use crate::text::Span;
use std::borrow::Cow;

/// A node of a [`Tree`], by its place in the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// About so many bytes of a post make a node.
const BYTES_A_NODE: usize = 64;

const NONE: u32 = u32::MAX;

impl NodeId {
    /// The document itself.
    pub const ROOT: NodeId = NodeId(0);

    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn some(raw: u32) -> Option<NodeId> {
        (raw != NONE).then_some(NodeId(raw))
    }
}

/// One node of the tree.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    pub kind: Kind<'a>,
    /// All bytes of the construct: markers, and the attribute lists after a span element, are not part of it.
    pub span: Span,
    pub attributes: Option<Box<Attributes<'a>>>,
    parent: u32,
    first_child: u32,
    last_child: u32,
    previous: u32,
    next: u32,
}

impl<'a> Node<'a> {
    /// A node that hangs nowhere.
    fn new(kind: Kind<'a>, span: Span) -> Node<'a> {
        Node { kind, span, attributes: None, parent: NONE, first_child: NONE, last_child: NONE, previous: NONE, next: NONE }
    }
}

/// A document as its Markdown engine reads it.
#[derive(Debug, Clone)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// All nodes in document order, once the tree is complete; empty before.
    order: Vec<NodeId>,
    /// In the order in which the parser met them.
    pub hazards: Vec<Hazard>,
}

impl<'a> Tree<'a> {
    /// A tree that holds the document node alone.
    pub fn new(span: Span) -> Tree<'a> {
        let mut nodes = Vec::with_capacity(1 + span.len() / BYTES_A_NODE);
        nodes.push(Node::new(Kind::Document, span));
        Tree { nodes, order: Vec::new(), hazards: Vec::new() }
    }

    /// The tree is complete: the many walks that follow go along a list.
    pub fn complete(&mut self) {
        self.order = self.in_order();
    }

    fn in_order(&self) -> Vec<NodeId> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut at = NodeId::ROOT;
        loop {
            order.push(at);
            let mut node = self.node(at);
            if let Some(child) = NodeId::some(node.first_child) {
                at = child;
                continue;
            }
            while node.next == NONE {
                let Some(parent) = NodeId::some(node.parent) else { return order };
                node = self.node(parent);
            }
            at = NodeId(node.next);
        }
    }

    /// The tree of a document that was not read.
    pub fn unread(span: Span, why: Unread) -> Tree<'a> {
        let hazard = Hazard { kind: HazardKind::Unread(why), span };
        Tree { hazards: vec![hazard], ..Tree::new(span) }
    }

    /// Why the document was not read, where it was not.
    pub fn why_unread(&self) -> Option<&Unread> {
        self.hazards.iter().find_map(|hazard| match &hazard.kind {
            HazardKind::Unread(why) => Some(why),
            _ => None,
        })
    }

    /// Adds a node that hangs nowhere yet.
    pub fn add(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node::new(kind, span));
        id
    }

    /// Makes `child`, which hangs nowhere, the last child of `parent`.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = self.nodes[parent.index()].last_child;
        let node = &mut self.nodes[child.index()];
        node.parent = parent.0;
        node.previous = last;
        node.next = NONE;
        match NodeId::some(last) {
            Some(last) => self.nodes[last.index()].next = child.0,
            None => self.nodes[parent.index()].first_child = child.0,
        }
        self.nodes[parent.index()].last_child = child.0;
    }

    /// Adds a node as the last child of `parent`.
    pub fn push(&mut self, parent: NodeId, kind: Kind<'a>, span: Span) -> NodeId {
        let id = self.add(kind, span);
        self.append(parent, id);
        id
    }

    /// Takes `node` with all below it out of its place; it can be appended elsewhere.
    pub fn detach(&mut self, node: NodeId) {
        let Node { parent, previous, next, .. } = self.nodes[node.index()];
        match NodeId::some(previous) {
            Some(previous) => self.nodes[previous.index()].next = next,
            None => {
                if let Some(parent) = NodeId::some(parent) {
                    self.nodes[parent.index()].first_child = next;
                }
            }
        }
        match NodeId::some(next) {
            Some(next) => self.nodes[next.index()].previous = previous,
            None => {
                if let Some(parent) = NodeId::some(parent) {
                    self.nodes[parent.index()].last_child = previous;
                }
            }
        }
        let node = &mut self.nodes[node.index()];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts `node`, which hangs nowhere, before `sibling`.
    pub fn insert_before(&mut self, sibling: NodeId, node: NodeId) {
        let Node { parent, previous, .. } = self.nodes[sibling.index()];
        {
            let node = &mut self.nodes[node.index()];
            (node.parent, node.previous, node.next) = (parent, previous, sibling.0);
        }
        match NodeId::some(previous) {
            Some(previous) => self.nodes[previous.index()].next = node.0,
            None => {
                if let Some(parent) = NodeId::some(parent) {
                    self.nodes[parent.index()].first_child = node.0;
                }
            }
        }
        self.nodes[sibling.index()].previous = node.0;
    }

    pub fn node(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.index()]
    }

    pub fn node_mut(&mut self, id: NodeId) -> &mut Node<'a> {
        &mut self.nodes[id.index()]
    }

    /// How many nodes were made (those that hang nowhere included).
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the document node.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).parent)
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).first_child)
    }

    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).last_child)
    }

    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).next)
    }

    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        NodeId::some(self.node(id).previous)
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |&child| self.next(child))
    }

    /// The nodes above `id`, the nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&node| self.parent(node))
    }

    /// `root` and all nodes below it, parents before children, in document order.
    pub fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = Some(root);
        std::iter::from_fn(move || {
            let current = at?;
            at = self.first_child(current).or_else(|| {
                let mut node = current;
                loop {
                    if node == root {
                        return None;
                    }
                    if let Some(next) = self.next(node) {
                        return Some(next);
                    }
                    node = self.parent(node)?;
                }
            });
            Some(current)
        })
    }

    /// All nodes of the document, parents before children, in document order.
    pub fn walk(&self) -> impl Iterator<Item = NodeId> + '_ {
        let order = match self.order.as_slice() {
            [] => Cow::Owned(self.in_order()),
            order => Cow::Borrowed(order),
        };
        (0..order.len()).map(move |index| order[index])
    }

    /// All nodes that were made, in that order; some may hang nowhere.
    pub fn made(&self) -> impl Iterator<Item = NodeId> + 'static {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The attributes of a node, as they end up on the page.
    pub fn attributes(&self, id: NodeId) -> &[Attribute<'a>] {
        self.node(id).attributes.as_deref().map_or(&[], |attributes| &attributes.all)
    }

    /// The value of the attribute `name` of a node.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&Attribute<'a>> {
        self.node(id).attributes.as_deref().and_then(|attributes| attributes.get(name))
    }
}
