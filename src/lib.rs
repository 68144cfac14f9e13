#![doc = "A linter for Jekyll blog posts that reads them exactly as Jekyll does."]

pub mod cli;
pub mod commonmark;
pub mod config;
pub mod diagnostic;
pub mod fix;
pub mod html;
pub mod kramdown;
pub mod lint;
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
