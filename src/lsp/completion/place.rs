//! Where the cursor stands.

use crate::text::Span;

/// The cursor in a text.
#[derive(Debug, Clone, Copy)]
pub struct Place<'t> {
    pub text: &'t str,
    /// In bytes.
    pub offset: usize,
    line_start: usize,
}

impl<'t> Place<'t> {
    pub fn new(text: &'t str, offset: usize) -> Place<'t> {
        let line_start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        Place { text, offset, line_start }
    }

    /// The cursor's line up to the cursor.
    pub fn before(&self) -> &'t str {
        self.text.get(self.line_start..self.offset).unwrap_or_default()
    }

    /// The cursor's line behind the cursor.
    pub fn after(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default().lines().next().unwrap_or_default()
    }

    /// The lines above that of the cursor, the nearest first.
    pub fn above(&self) -> impl Iterator<Item = &'t str> {
        self.text.get(..self.line_start).unwrap_or_default().lines().rev()
    }

    /// The bytes before the cursor that end with it and are as many as `typed` has.
    pub fn typed(&self, typed: &str) -> Span {
        Span::new(self.offset - typed.len(), self.offset)
    }

    /// Whether the cursor stands between the `---` lines, or below a first one that is not closed yet.
    pub fn is_in_front_matter(&self) -> bool {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let opens = text.lines().next().is_some_and(|line| line.trim_end() == "---");
        opens && self.line_start > 0 && !self.above().take(self.above().count() - 1).any(|line| matches!(line.trim_end(), "---" | "..."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_with_its_second_fence() {
        let text = "---\ntitle: x\n\n---\n\nText\n---\n";
        let is_in = |needle: &str| text.rfind(needle).is_some_and(|at| Place::new(text, at).is_in_front_matter());
        assert!(is_in("title"));
        assert!(!is_in("Text"));
        assert!(Place::new("---\nti", 6).is_in_front_matter());
        assert!(!Place::new("---\nti", 2).is_in_front_matter());
        assert!(!Place::new("x\nti", 3).is_in_front_matter());
    }
}
