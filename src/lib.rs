//! A linter for Jekyll blog posts: it reads them exactly as Jekyll does, judges them, and repairs what can be repaired
//! without changing the page.
//!
//! # The way of the data
//!
//! ```text
//! lint::project ─▶ Site (once) ─┐
//!                               ├─▶ a post, in parallel: lint::read ─▶ Post::parse ─▶ rules ─▶ diagnostics
//! config ───────────────────────┘                                                            │
//!                         style::judge, suppress, baseline, changed ◀───────────────────────┘
//!                                             ├─▶ report
//!                                             └─▶ fix: apply, parse again, guard, write
//! ```
//!
//! Everything flows one way. A rule sees a [`post::Post`], which lends its [`site::Site`], and a [`diagnostic::Report`]
//! to write in; it sees neither files, nor the network, nor other rules, nor the configuration of others.
//!
//! # The map
//!
//! | you look for | it is in |
//! |---|---|
//! | arguments, commands, exit codes | [`cli`], one file a command |
//! | `.postlint.yml`: its types, its errors, its schema | [`config`] |
//! | bytes, lines, columns; text taken out of a file that still knows its bytes | [`text`] |
//! | `_config.yml`, defaults, `_data`, files, URLs, what a link leads to | [`site`] |
//! | a post: front matter, YAML, Liquid, prose, sentences, words | [`post`] |
//! | the tree of a post's markup, whatever engine read it | [`markup`] |
//! | kramdown | [`kramdown`], one file a construct, named as in the Ruby source |
//! | `markdown: CommonMark…` sites; `.html` documents | [`commonmark`]; [`html`] |
//! | what a finding and a fix are made of | [`diagnostic`] |
//! | a rule, and the list of all | [`rules`], one file a rule; its page is `rules/<group>/<rule>.md` |
//! | rules about words | `rules/spelling/*.yml`, compiled by [`rules::spelling`] |
//! | which documents are linted, in which order, with which rules | [`lint`] |
//! | what the site's own posts have in common | [`style`] |
//! | comments that take findings away; findings that are known; what did not change | [`suppress`]; [`baseline`]; [`changed`] |
//! | fixes: applied, guarded, repeated, written | [`fix`] |
//! | how findings are shown | [`report`], one file a format |
//! | live links: asked for once, before the rules run, which then only look up the verdicts | [`web`], [`lint::links`] |
//! | a site that stays in memory: editors, `--watch` | [`lint::session`], [`lsp`], [`watch`] |
//!
//! # Invariants
//!
//! 1. Parsing never fails and never panics, on any bytes; its time and memory grow linearly with the input
//!    (`tests/linear.rs`, `tests/properties.rs`). The file may have 16 MiB; a larger one is one finding.
//! 2. Spans are byte offsets of the file as it is on disk, byte-order mark and carriage returns included, always on
//!    character boundaries (`tests/kramdown.rs`). Columns for people are 1-based and count characters.
//! 3. While rules run only [`site`] touches the disk; only [`web`] touches the network, only when asked, and before that.
//! 4. The order of findings does not depend on threads: two runs on the same files print the same bytes.
//! 5. Nothing is written unless the user asked; a write is atomic, keeps mode, line ends and byte-order mark, and never
//!    goes through a symbolic link ([`fix::write`], `tests/fix.rs`).
//! 6. Text from a post never reaches the terminal raw ([`report::visible`]).
//! 7. A fix is applied only if the document, parsed again, is the same but for what the fix is about ([`fix::guard`]);
//!    applying all fixes twice is applying them once.
//! 8. What cannot be known (because Liquid, a plugin or a theme decides it) is unknown, and is never judged.
//!
//! `.github/CONTRIBUTING.md` says how to add a rule, a kramdown case, a word.

pub mod baseline;
pub mod changed;
pub mod cli;
pub mod commonmark;
pub mod config;
pub mod diagnostic;
pub mod fix;
pub mod html;
pub mod kramdown;
pub mod lint;
pub mod lsp;
pub mod markup;
pub mod post;
pub mod report;
pub mod rules;
pub mod site;
pub mod style;
pub mod suggest;
pub mod suppress;
pub mod text;
mod unwind;
pub mod watch;
pub mod web;
