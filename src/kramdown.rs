//! kramdown as Jekyll runs it: a Markdown parser that gives every construct its bytes.
//!
//! It mirrors Ruby's kramdown 2.4 with the GFM parser 1.1: one file a construct, named as there. Two passes: blocks
//! (quotes, items and the like are extracted without their markers and read again), then spans, when all definitions
//! of the document are known.

mod abbreviation;
mod attribute_list;
mod autolink;
mod blank_line;
mod block_boundary;
mod blockquote;
mod characters;
mod code_span;
mod codeblock;
mod cursor;
mod definition_list;
mod emphasis;
mod eob;
mod escaped_character;
mod extensions;
mod footnote_definition;
mod footnote_marker;
mod header;
mod header_id;
mod horizontal_rule;
mod html;
pub(crate) mod html_entity;
mod html_span;
mod html_tag;
mod line_break;
mod link;
mod link_definition;
mod list;
mod list_item;
mod math;
mod math_span;
mod paragraph;
mod parser;
mod raw_text;
mod scan;
mod smart_quotes;
mod span_extension;
mod span_memo;
mod span_nodes;
mod span_token;
mod spans;
mod strikethrough;
mod table;
mod table_row;
mod typographic_symbol;
mod update_tree;

pub use html_tag::{is_element, is_span_element};

use crate::markup::{NodeId, Tree};
use crate::text::Extract;
use cursor::Cursor;
use parser::Parser;
use std::rc::Rc;

/// The options of `_config.yml` (`kramdown:`) that change how a document is read. Defaults are Jekyll's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// `input: GFM`, as against `input: kramdown`.
    pub gfm: bool,
    pub auto_ids: bool,
    pub auto_id_prefix: String,
    /// A line end in a paragraph is a hard break (GFM only).
    pub hard_wrap: bool,
    pub parse_block_html: bool,
    pub parse_span_html: bool,
    /// `gfm_quirks: paragraph_end`: much ends a paragraph without a blank line.
    pub paragraph_end: bool,
    /// `gfm_quirks: no_auto_typographic`: no dashes, ellipses and guillemets.
    pub no_auto_typographic: bool,
    /// `auto_id_stripping` (plain kramdown; GFM always strips).
    pub auto_id_stripping: bool,
    /// Names, targets and titles of definitions that every document has.
    pub link_defs: Vec<(String, String, Option<String>)>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            gfm: true,
            auto_ids: true,
            auto_id_prefix: String::new(),
            hard_wrap: false,
            parse_block_html: false,
            parse_span_html: true,
            paragraph_end: true,
            no_auto_typographic: false,
            auto_id_stripping: false,
            link_defs: Vec::new(),
        }
    }
}

/// Reads `source` (a post's body as Liquid leaves it). Never fails: whatever is no construct is text.
pub fn parse<'a>(source: &Extract<'a>, options: &Options) -> Tree<'a> {
    let adapted = update_tree::adapt(source);
    let source = Rc::new(adapted.unwrap_or_else(|| source.clone()));
    let mut parser = Parser::new(&source, options.clone());
    parser.parse_blocks(NodeId::ROOT, &mut Cursor::new(&source));
    parser.update_tree();
    parser.tree
}
