//! The constructs in text, one at a time: where the next can start, and what stands there.

use super::characters::is_space;
use super::html_tag::StartTag;
use super::link::LinkToken;
use super::spans::SpanReader;
use std::ops::Range;

/// What the reading of a span depends on beside its place: kramdown's `@stack`, `@tree`, and the parsers in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Context(u8);

impl Context {
    /// Inside emphasis, at any depth.
    pub(super) const EMPHASIS: Context = Context(1);
    pub(super) const STRONG: Context = Context(1 << 1);
    /// Inside a link or an image's text, at any depth.
    pub(super) const LINK: Context = Context(1 << 2);
    /// Directly inside emphasis.
    pub(super) const DIRECTLY_IN_EMPHASIS: Context = Context(1 << 3);
    /// Directly inside an element whose content is not Markdown.
    pub(super) const RAW: Context = Context(1 << 4);
    /// Code spans alone are read (the cells of a table).
    pub(super) const CODE: Context = Context(1 << 5);
    /// Code spans and HTML alone are read (the lines of a table).
    pub(super) const CODE_AND_HTML: Context = Context(1 << 6);

    const OF_THE_PARENT: u8 = Self::DIRECTLY_IN_EMPHASIS.0 | Self::RAW.0 | Self::CODE.0 | Self::CODE_AND_HTML.0;

    pub(super) fn has(self, flag: Context) -> bool {
        self.0 & flag.0 != 0
    }

    pub(super) fn with(self, flag: Context) -> Context {
        Context(self.0 | flag.0)
    }

    /// The context inside an element that stands in this one.
    pub(super) fn inside(self, flag: Context) -> Context {
        Context(self.0 & !Self::OF_THE_PARENT | flag.0)
    }

    /// As a key for what is known of a place.
    pub(super) fn key(self) -> u8 {
        self.0
    }
}

/// A construct. All offsets are bytes of the text that is read; `end` is one past the construct.
#[derive(Debug)]
pub(super) enum Token {
    /// No construct: these bytes are text.
    Text {
        end: usize,
    },
    /// Text that its author hardly meant to be text.
    Suspicious {
        end: usize,
        what: Suspicion,
    },
    /// `\*`
    Escaped {
        end: usize,
    },
    Emphasis {
        strong: bool,
        content: Range<usize>,
        end: usize,
    },
    Code {
        content: Range<usize>,
        end: usize,
    },
    Autolink {
        content: Range<usize>,
        mail: bool,
    },
    HtmlComment {
        content: Range<usize>,
    },
    Html(Box<HtmlToken>),
    Footnote {
        name: Range<usize>,
    },
    Link(Box<LinkToken>),
    /// One or two quotes after `lead` bytes of text.
    Quotes {
        lead: usize,
        first: char,
        second: Option<char>,
        end: usize,
    },
    Math {
        content: Range<usize>,
        end: usize,
    },
    /// An attribute list for the construct before it.
    List {
        content: Range<usize>,
    },
    Extension(Extension),
    Entity(Entity),
    Symbol {
        symbol: &'static str,
        end: usize,
    },
    /// `\<<` or `\>>`: twice this character.
    Guillemets {
        char: char,
        end: usize,
    },
    LineBreak {
        end: usize,
    },
    Strikethrough {
        end: usize,
    },
}

#[derive(Debug)]
pub(super) enum Entity {
    Known {
        char: Option<char>,
        end: usize,
    },
    /// `&nonsense;`: an ampersand, and text.
    Unknown {
        end: usize,
    },
}

#[derive(Debug)]
pub(super) enum Extension {
    Comment {
        content: Range<usize>,
        end: usize,
    },
    Raw {
        content: Range<usize>,
        end: usize,
    },
    Options {
        list: Range<usize>,
        end: usize,
    },
    /// `{::comment /}`
    Nothing {
        end: usize,
    },
}

/// An HTML element in text.
#[derive(Debug)]
pub(super) struct HtmlToken {
    pub tag: StartTag,
    /// The content is Markdown.
    pub parsed: bool,
    pub body: HtmlBody,
}

#[derive(Debug)]
pub(super) enum HtmlBody {
    None,
    /// The content ends before `close`, the end tag.
    Closed {
        close: Range<usize>,
    },
    /// No end tag: all the rest is content.
    Unclosed {
        end: usize,
    },
}

/// Why text is suspicious; the ranges are what a person should look at.
#[derive(Debug)]
pub(super) enum Suspicion {
    ListAfterText { list: Range<usize> },
    BlockHtml { name: Range<usize> },
    StrayClosingTag { name: Range<usize> },
    HtmlAsText { tag: Range<usize> },
    UndefinedFootnote { name: Range<usize> },
    UndefinedLink { link: Range<usize>, id: Range<usize> },
    Extension { tag: Range<usize> },
    TooDeep,
}

/// What a construct leaves behind as the last child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaves {
    Text,
    Element,
    /// What was there before.
    Nothing,
}

impl Token {
    pub(super) fn end(&self) -> usize {
        match self {
            Token::Text { end }
            | Token::Suspicious { end, .. }
            | Token::Escaped { end }
            | Token::Emphasis { end, .. }
            | Token::Code { end, .. }
            | Token::Quotes { end, .. }
            | Token::Math { end, .. }
            | Token::Entity(Entity::Known { end, .. } | Entity::Unknown { end })
            | Token::Symbol { end, .. }
            | Token::Guillemets { end, .. }
            | Token::LineBreak { end }
            | Token::Extension(
                Extension::Comment { end, .. } | Extension::Raw { end, .. } | Extension::Options { end, .. } | Extension::Nothing { end },
            )
            | Token::Strikethrough { end } => *end,
            Token::Autolink { content, .. } | Token::Footnote { name: content } | Token::List { content } => content.end + 1,
            Token::HtmlComment { content } => content.end + 3,
            Token::Html(html) => match &html.body {
                HtmlBody::None => html.tag.end,
                HtmlBody::Closed { close } => close.end,
                HtmlBody::Unclosed { end } => *end,
            },
            Token::Link(link) => link.end,
        }
    }

    pub(super) fn leaves(&self) -> Leaves {
        match self {
            Token::Text { .. } | Token::Suspicious { .. } | Token::Escaped { .. } | Token::Entity(Entity::Unknown { .. }) => Leaves::Text,
            Token::List { .. } | Token::Extension(Extension::Options { .. } | Extension::Nothing { .. }) => Leaves::Nothing,
            _ => Leaves::Element,
        }
    }
}

const FULL: u8 = 1;
const BRACKET: u8 = 1 << 1;
const CODE: u8 = 1 << 2;
const HTML: u8 = 1 << 3;

/// The bytes at which, or just after which, a construct can start, by the parsers in use.
static STARTS: [u8; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    let bytes = b"*_`<[\"'${&-.\\~\n>";
    while index < bytes.len() {
        table[bytes[index] as usize] = FULL;
        index += 1;
    }
    table[b']' as usize] = BRACKET;
    table[b'`' as usize] |= CODE;
    table[b'<' as usize] |= HTML;
    table
};

/// Where the first byte stands that starts something for the parsers of `mask`.
fn first_of(bytes: &[u8], mask: u8) -> Option<usize> {
    let is_start = |byte: &u8| STARTS[*byte as usize] & mask != 0;
    // eight at a time, as long as there is nothing
    let chunks = bytes.chunks_exact(8);
    let starts_nothing = |chunk: &&[u8]| chunk.iter().fold(0, |all, byte| all | STARTS[*byte as usize]) & mask == 0;
    let clear = 8 * chunks.take_while(starts_nothing).count();
    bytes[clear..].iter().position(is_start).map(|offset| clear + offset)
}

impl SpanReader<'_, '_, '_> {
    /// The first place from `at` on where a construct can start; with `brackets`, a closing bracket counts too. The end
    /// of the text when there is none.
    pub(super) fn next_start(&self, at: usize, context: Context, brackets: bool) -> usize {
        let mask = if context.has(Context::RAW) {
            HTML
        } else if context.has(Context::CODE) {
            CODE
        } else if context.has(Context::CODE_AND_HTML) {
            CODE | HTML
        } else if brackets {
            FULL | BRACKET
        } else {
            FULL
        };
        let mut from = at;
        loop {
            let rest = self.bytes.get(from..self.end).unwrap_or_default();
            let Some(offset) = first_of(rest, mask) else { return self.end };
            let found = from + offset;
            if mask & FULL == 0 {
                return found;
            }
            if let Some(start) = self.start_near(at, found, &rest[offset..]) {
                return start;
            }
            from = found + 1;
        }
    }

    /// Where the construct starts that the byte at `found` announces, not before `at`; `rest` begins at `found`.
    fn start_near(&self, at: usize, found: usize, rest: &[u8]) -> Option<usize> {
        let previous = (found > at).then(|| self.bytes[found - 1]);
        match rest {
            // quotes look at the character before them
            [b'"' | b'\'', ..] => Some(match previous {
                Some(b'\\') | None => found,
                Some(_) => self.previous_char(found),
            }),
            [b'<', next, ..] if *next == b'<' && previous == Some(b' ') && self.typographic() => Some(found - 1),
            [b'[', ..] if previous == Some(b'!') => Some(found - 1),
            [b'{', next, ..] => (*next == b':').then_some(found),
            [b'-', b'-', ..] => Some(found),
            [b'.', b'.', b'.', ..] => Some(found),
            [b'~', b'~', ..] => Some(found),
            [b'>', b'>', ..] => Some(if previous == Some(b' ') && self.typographic() { found - 1 } else { found }),
            [b'\n', ..] => (found >= at + 2 && self.bytes[found - 2..found] == *b"  ").then(|| found - 2),
            [b'-' | b'.' | b'~' | b'>' | b'{', ..] => None,
            _ => Some(found),
        }
    }

    /// Where the character before `at` begins.
    pub(super) fn previous_char(&self, at: usize) -> usize {
        let mut start = at.saturating_sub(1);
        while start > self.start && !self.text.is_char_boundary(start) {
            start -= 1;
        }
        start
    }

    fn typographic(&self) -> bool {
        !self.parser.options.no_auto_typographic
    }

    /// Reads what stands at `at`, a place that [`SpanReader::next_start`] gave. `after_element`: the last child is no
    /// text, so that an attribute list here belongs to it.
    pub(super) fn token(&mut self, at: usize, context: Context, after_element: bool) -> Token {
        let byte = self.bytes[at];
        if context.has(Context::RAW) {
            return self.span_html(at, context).unwrap_or(Token::Text { end: at + 1 });
        }
        if context.has(Context::CODE) || context.has(Context::CODE_AND_HTML) {
            let html = if byte == b'<' { self.span_html(at, context) } else { Some(self.code_span(at)) };
            return html.unwrap_or(Token::Text { end: at + 1 });
        }
        let token = match byte {
            b'*' | b'_' => return self.emphasis(at, context),
            b'`' => return self.code_span(at),
            b'<' => self.autolink(at).or_else(|| self.span_html(at, context)),
            b'[' => self.footnote_marker(at).or_else(|| self.link(at, context)),
            b'!' => self.link(at, context),
            b'$' => self.inline_math(at),
            b'{' => self.span_extension(at, after_element),
            b'&' => self.html_entity(at),
            b'\\' => self.typographic_symbol(at).or_else(|| self.line_break(at)).or_else(|| self.escaped_character(at)),
            _ => None,
        };
        let token = token.or_else(|| self.smart_quotes(at));
        let token = token.or_else(|| match byte {
            b'-' | b'.' | b'<' | b'>' => self.typographic_symbol(at),
            b' ' => self.typographic_symbol(at).or_else(|| self.line_break(at)),
            b'~' => self.strikethrough(at),
            _ => None,
        });
        token.or_else(|| self.unread_tag(at)).unwrap_or_else(|| Token::Text { end: self.next_char(at) })
    }

    /// One past the character at `at`.
    pub(super) fn next_char(&self, at: usize) -> usize {
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        at + length
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        if at < self.end { self.bytes.get(at).copied() } else { None }
    }

    /// The bytes from `at` on.
    pub(super) fn rest(&self, at: usize) -> &[u8] {
        self.bytes.get(at..self.end).unwrap_or_default()
    }

    pub(super) fn space_at(&self, at: usize) -> bool {
        self.byte(at).is_some_and(is_space)
    }

    /// Whether the byte before `at` is white space; not at the start of the text.
    pub(super) fn space_before(&self, at: usize) -> bool {
        at > self.start && is_space(self.bytes[at - 1])
    }
}
