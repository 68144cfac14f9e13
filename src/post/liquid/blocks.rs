//! Which tag opens what and which closes it (liquid `block.rb`), and what Liquid refuses.

use super::Tag;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// A tag with its end tag; both by their index in [`super::Liquid::tags`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    pub open: usize,
    /// `None`: never closed.
    pub close: Option<usize>,
}

/// Something in a body that stops Jekyll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// `{%` that nothing closes.
    UnterminatedTag,
    /// `{{` that nothing closes, or that a single `}` closes.
    UnterminatedVariable,
    /// A tag without a name.
    UnreadableTag,
    /// A block that is never closed; the span is the opening tag's.
    UnclosedBlock { name: String },
    /// An end tag, or `else` and the like, without its block.
    StrayTag { name: String },
    /// An end tag while another block is open; that one's opening tag is at `open`.
    WrongEnd { name: String, expected: String, open: Span },
    /// `{%- endraw %}`: Liquid takes it for a part of the raw text.
    TrimmedEndraw,
}

/// Blocks of Liquid and Jekyll.
const BLOCKS: [&str; 10] = ["if", "unless", "case", "for", "tablerow", "capture", "ifchanged", "comment", "raw", "highlight"];

/// Where `else` and the like may stand.
fn branch_parents(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "else" => Some(&["if", "unless", "case", "for"]),
        "elsif" => Some(&["if", "unless"]),
        "when" => Some(&["case"]),
        _ => None,
    }
}

/// Finds the blocks of `tags`, in the order of their opening tags.
pub fn structure(tags: &[Tag]) -> (Vec<Block>, Vec<Problem>) {
    let mut structure = Structure { tags, blocks: Vec::new(), open: Vec::new(), others: FxHashMap::default(), problems: Vec::new() };
    for (index, tag) in tags.iter().enumerate() {
        if let Some(name) = tag.name {
            structure.tag(index, name, tag.span);
        }
    }
    structure.finish()
}

struct Structure<'t, 'a> {
    tags: &'t [Tag<'a>],
    blocks: Vec<Block>,
    /// Indices of blocks that are not closed yet.
    open: Vec<usize>,
    /// Tags of plugins by their name: which of them are blocks shows when an end tag turns up.
    others: FxHashMap<&'a str, Vec<usize>>,
    problems: Vec<Problem>,
}

impl<'a> Structure<'_, 'a> {
    fn tag(&mut self, index: usize, name: &'a str, span: Span) {
        if BLOCKS.contains(&name) {
            self.open.push(self.blocks.len());
            self.blocks.push(Block { open: index, close: None });
        } else if let Some(parents) = branch_parents(name) {
            let is_at_home = self.innermost().is_some_and(|parent| parents.contains(&parent));
            if !is_at_home {
                self.problems.push(Problem { kind: ProblemKind::StrayTag { name: name.to_owned() }, span });
            }
        } else if let Some(block) = name.strip_prefix("end").filter(|block| !block.is_empty()) {
            self.end(index, block, span);
        } else {
            self.others.entry(name).or_default().push(index);
        }
    }

    fn innermost(&self) -> Option<&'a str> {
        let block = self.blocks[*self.open.last()?];
        self.tags[block.open].name
    }

    fn end(&mut self, index: usize, name: &'a str, span: Span) {
        if self.innermost() == Some(name) {
            self.close_last(index);
        } else if let Some(open) = self.others.get_mut(name).and_then(Vec::pop) {
            self.blocks.push(Block { open, close: Some(index) });
        } else {
            let end = format!("end{name}");
            let kind = match self.innermost() {
                Some(expected) if BLOCKS.contains(&name) => {
                    let open = self.open.last().map_or(span, |block| self.tags[self.blocks[*block].open].span);
                    ProblemKind::WrongEnd { name: end, expected: format!("end{expected}"), open }
                }
                _ => ProblemKind::StrayTag { name: end },
            };
            self.problems.push(Problem { kind, span });
            self.recover(index, name);
        }
    }

    fn close_last(&mut self, index: usize) {
        if let Some(block) = self.open.pop() {
            self.blocks[block].close = Some(index);
        }
    }

    /// After a wrong end tag: what it means is closed with what stands inside, so that one slip is one problem.
    fn recover(&mut self, index: usize, name: &str) {
        // a few levels are enough, and keep the time linear
        let near = self.open.len().saturating_sub(8);
        if let Some(level) = self.open[near..].iter().rposition(|block| self.tags[self.blocks[*block].open].name == Some(name)) {
            self.open.truncate(near + level + 1);
            self.close_last(index);
        }
    }

    fn finish(mut self) -> (Vec<Block>, Vec<Problem>) {
        for block in self.open {
            let tag = &self.tags[self.blocks[block].open];
            let name = tag.name.unwrap_or_default().to_owned();
            self.problems.push(Problem { kind: ProblemKind::UnclosedBlock { name }, span: tag.span });
        }
        self.blocks.sort_by_key(|block| block.open);
        (self.blocks, self.problems)
    }
}
