//! Tables (GitHub's extension): the first row is the head, all others are the body.

use super::reader::{Reader, children, range};
use crate::markup::Kind;
use markdown::mdast::{Node, Table};
use std::ops::Range;

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, table: &Table, whole: Range<usize>) {
        self.enter(Kind::Table, whole);
        let (head, body) = table.children.split_at(table.children.len().min(1));
        for (kind, rows) in [(Kind::TableHead, head), (Kind::TableBody, body)] {
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
            self.enter(kind, range(first).start..range(last).end);
            rows.iter().for_each(|row| self.row(row, table.align.len()));
            self.builder.leave();
        }
        self.builder.leave();
    }

    /// A row; of what it has more than the head, nothing is printed.
    fn row(&mut self, row: &Node, columns: usize) {
        self.enter(Kind::Row, range(row));
        for cell in children(row).iter().take(columns) {
            let content = self.cell(range(cell));
            self.enter(Kind::Cell, content);
            self.children(cell);
            self.builder.leave();
        }
        self.builder.leave();
    }

    /// What stands between the bars, one or both of which the crate takes for a part of the cell `whole`.
    fn cell(&self, whole: Range<usize>) -> Range<usize> {
        let text = &self.source.text()[whole.clone()];
        let content = text.strip_prefix('|').unwrap_or(text);
        let start = whole.end - content.len();
        let is_closed = content.trim_end().ends_with('|') && !content.trim_end().ends_with("\\|");
        start..if is_closed { start + content.trim_end().len() - 1 } else { whole.end }
    }
}
