//! The rules: what each is made of, and the one list of them.
//!
//! A rule is one file `src/rules/<group>/<rule>.rs`, named in `src/rules/<group>.rs`; one page
//! `rules/<group>/<rule>.md`; and one line in the list below. The page is part of the program: `postlint explain` prints
//! it, the rule takes its severity from it, and `tests/pages.rs` runs its examples.

pub mod attributes;
pub mod file;
pub mod front_matter;
pub mod habit;
pub mod images;
pub mod invisible;
pub mod kramdown;
pub mod links;
pub mod liquid;
pub mod name;
pub mod page;
pub mod site;
pub mod spelling;
pub mod style;
pub mod suppression;

use crate::diagnostic::Report;
use crate::post::Post;
use habit::Habit;
use page::Page;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

/// Makes the list; a rule without its page does not compile.
macro_rules! rules {
    ($($name:literal => $rule:ty,)*) => {
        /// All rules, in the order of their names.
        pub static RULES: &[Definition] = &[$(Definition {
            name: $name,
            page: include_str!(concat!("../rules/", $name, ".md")),
            build: build::<$rule>,
            schema: schema::<$rule>,
        },)*];
    };
}

rules! {
    "file/not-utf8" => file::not_utf8::NotUtf8,
    "file/too-large" => file::too_large::TooLarge,
    "file/unreadable" => file::unreadable::Unreadable,
    "front-matter/comment-in-value" => front_matter::comment_in_value::CommentInValue,
    "front-matter/curly-quotes" => front_matter::curly_quotes::CurlyQuotes,
    "front-matter/date-mismatch" => front_matter::date_mismatch::DateMismatch,
    "front-matter/duplicate-key" => front_matter::duplicate_key::DuplicateKey,
    "front-matter/empty-value" => front_matter::empty_value::EmptyValue,
    "front-matter/future-date" => front_matter::future_date::FutureDate,
    "front-matter/incomplete-reference" => front_matter::incomplete_reference::IncompleteReference,
    "front-matter/invalid-date" => front_matter::invalid_date::InvalidDate,
    "front-matter/invisible-character" => front_matter::invisible_character::InvisibleCharacter,
    "front-matter/key-order" => front_matter::key_order::KeyOrder,
    "front-matter/list-as-text" => front_matter::list_as_text::ListAsText,
    "front-matter/missing" => front_matter::missing::Missing,
    "front-matter/missing-key" => front_matter::missing_key::MissingKey,
    "front-matter/misspelt-key" => front_matter::misspelt_key::MisspeltKey,
    "front-matter/placeholder" => front_matter::placeholder::Placeholder,
    "front-matter/reinterpreted-value" => front_matter::reinterpreted_value::ReinterpretedValue,
    "front-matter/schema" => front_matter::schema::Schema,
    "front-matter/syntax" => front_matter::syntax::Syntax,
    "front-matter/time-zone" => front_matter::time_zone::TimeZone,
    "front-matter/too-long" => front_matter::too_long::TooLong,
    "front-matter/unclosed" => front_matter::unclosed::Unclosed,
    "front-matter/unknown-layout" => front_matter::unknown_layout::UnknownLayout,
    "front-matter/unknown-reference" => front_matter::unknown_reference::UnknownReference,
    "front-matter/unusual-tag" => front_matter::unusual_tag::UnusualTag,
    "front-matter/wrong-type" => front_matter::wrong_type::WrongType,
    "images/alt-is-file-name" => images::alt_is_file_name::AltIsFileName,
    "images/broken-path" => images::broken_path::BrokenPath,
    "images/hot-linked" => images::hot_linked::HotLinked,
    "images/iframe-title" => images::iframe_title::IframeTitle,
    "images/letter-case" => images::letter_case::LetterCase,
    "images/missing-alt" => images::missing_alt::MissingAlt,
    "images/not-published" => images::not_published::NotPublished,
    "images/post-image-size" => images::post_image_size::PostImageSize,
    "images/required-attributes" => images::required_attributes::RequiredAttributes,
    "images/required-wrapper" => images::required_wrapper::RequiredWrapper,
    "images/too-large" => images::too_large::TooLarge,
    "images/wrong-format" => images::wrong_format::WrongFormat,
    "kramdown/accidental-list" => kramdown::accidental_list::AccidentalList,
    "kramdown/accidental-table" => kramdown::accidental_table::AccidentalTable,
    "kramdown/attribute-list-as-text" => kramdown::attribute_list_as_text::AttributeListAsText,
    "kramdown/attribute-list-ignored" => kramdown::attribute_list_ignored::AttributeListIgnored,
    "kramdown/duplicate-definition" => kramdown::duplicate_definition::DuplicateDefinition,
    "kramdown/duplicate-id" => kramdown::duplicate_id::DuplicateId,
    "kramdown/fence-as-text" => kramdown::fence_as_text::FenceAsText,
    "kramdown/heading-as-text" => kramdown::heading_as_text::HeadingAsText,
    "kramdown/html-as-text" => kramdown::html_as_text::HtmlAsText,
    "kramdown/link-as-text" => kramdown::link_as_text::LinkAsText,
    "kramdown/list-as-text" => kramdown::list_as_text::ListAsText,
    "kramdown/table-as-text" => kramdown::table_as_text::TableAsText,
    "kramdown/unclosed-extension" => kramdown::unclosed_extension::UnclosedExtension,
    "kramdown/unclosed-html" => kramdown::unclosed_html::UnclosedHtml,
    "kramdown/undefined-attribute-list" => kramdown::undefined_attribute_list::UndefinedAttributeList,
    "kramdown/undefined-footnote" => kramdown::undefined_footnote::UndefinedFootnote,
    "kramdown/undefined-reference" => kramdown::undefined_reference::UndefinedReference,
    "links/absolute-internal" => links::absolute_internal::AbsoluteInternal,
    "links/bare-url" => links::bare_url::BareUrl,
    "links/broken-anchor" => links::broken_anchor::BrokenAnchor,
    "links/broken-internal" => links::broken_internal::BrokenInternal,
    "links/credentials" => links::credentials::Credentials,
    "links/dead" => links::dead::Dead,
    "links/empty-url" => links::empty_url::EmptyUrl,
    "links/external-attributes" => links::external_attributes::ExternalAttributes,
    "links/former-url" => links::former_url::FormerUrl,
    "links/incomplete-toc" => links::incomplete_toc::IncompleteToc,
    "links/insecure-http" => links::insecure_http::InsecureHttp,
    "links/invalid-target" => links::invalid_target::InvalidTarget,
    "links/local-host" => links::local_host::LocalHost,
    "links/misplaced-attributes" => links::misplaced_attributes::MisplacedAttributes,
    "links/missing-baseurl" => links::missing_baseurl::MissingBaseurl,
    "links/missing-scheme" => links::missing_scheme::MissingScheme,
    "links/moved" => links::moved::Moved,
    "links/redirector" => links::redirector::Redirector,
    "links/trailing-punctuation" => links::trailing_punctuation::TrailingPunctuation,
    "links/uncertain" => links::uncertain::Uncertain,
    "liquid/in-code" => liquid::in_code::InCode,
    "liquid/missing-include" => liquid::missing_include::MissingInclude,
    "liquid/missing-target" => liquid::missing_target::MissingTarget,
    "liquid/syntax" => liquid::syntax::Syntax,
    "liquid/unknown-tag" => liquid::unknown_tag::UnknownTag,
    "site/backdated-post" => site::backdated_post::BackdatedPost,
    "site/changed-url" => site::changed_url::ChangedUrl,
    "site/deleted-target" => site::deleted_target::DeletedTarget,
    "site/duplicate-description" => site::duplicate_description::DuplicateDescription,
    "site/duplicate-title" => site::duplicate_title::DuplicateTitle,
    "site/duplicate-url" => site::duplicate_url::DuplicateUrl,
    "site/empty-slug" => site::empty_slug::EmptySlug,
    "site/ignored-post" => site::ignored_post::IgnoredPost,
    "site/impossible-date" => site::impossible_date::ImpossibleDate,
    "site/space-in-name" => site::space_in_name::SpaceInName,
    "site/unrendered-post" => site::unrendered_post::UnrenderedPost,
    "spelling/abbreviation" => spelling::rules::Abbreviation,
    "spelling/article" => spelling::rules::Article,
    "spelling/casing" => spelling::rules::Casing,
    "spelling/confused-word" => spelling::rules::ConfusedWord,
    "spelling/contraction" => spelling::rules::Contraction,
    "spelling/grammar" => spelling::rules::Grammar,
    "spelling/inconsistent-name" => spelling::rules::InconsistentName,
    "spelling/joined-word" => spelling::rules::JoinedWord,
    "spelling/leftover" => spelling::rules::Leftover,
    "spelling/missing-space" => spelling::rules::MissingSpace,
    "spelling/misspelling" => spelling::rules::Misspelling,
    "spelling/mixed-dialect" => spelling::mixed_dialect::MixedDialect,
    "spelling/non-native" => spelling::rules::NonNative,
    "spelling/own-word" => spelling::rules::OwnWord,
    "spelling/possessive" => spelling::rules::Possessive,
    "spelling/repeated-punctuation" => spelling::rules::RepeatedPunctuation,
    "spelling/repeated-space" => spelling::rules::RepeatedSpace,
    "spelling/repeated-word" => spelling::rules::RepeatedWord,
    "spelling/space-before-punctuation" => spelling::rules::SpaceBeforePunctuation,
    "spelling/verb-noun" => spelling::rules::VerbNoun,
    "style/blank-lines" => style::blank_lines::BlankLines,
    "style/final-newline" => style::final_newline::FinalNewline,
    "style/invisible-character" => style::invisible_character::InvisibleCharacter,
    "style/level-one-heading" => style::level_one_heading::LevelOneHeading,
    "style/one-sentence-per-line" => style::one_sentence_per_line::OneSentencePerLine,
    "style/repeated-title" => style::repeated_title::RepeatedTitle,
    "style/trailing-space" => style::trailing_space::TrailingSpace,
    "suppression/unknown" => suppression::unknown::Unknown,
    "suppression/unused" => suppression::unused::Unused,
}

/// A check. It is its own options: the configuration is read straight into it.
///
/// It sees a post, which lends its site, and a report to write in: no files, no network, no other rules.
pub trait Rule: Send + Sync {
    /// Writes what is wrong in `post` into `report`.
    fn check(&self, post: &Post, report: &mut Report);

    /// For rules of house style: takes over what the site's newest posts (`newest`, the newest first) have in common,
    /// so that [`Rule::check`] demands just that, and says what it found. Options that the configuration pins stay.
    fn learn(&mut self, _newest: &[Post]) -> Vec<Habit> {
        Vec::new()
    }

    /// For rules of house style: writes what is wrong whatever the posts' habits are, such as a post without a title.
    /// [`Rule::check`] leaves it out.
    fn check_always(&self, _post: &Post, _report: &mut Report) {}

    /// For rules of house style: in how many places of `post` the style could be kept, and in how many it is.
    fn places(&self, _post: &Post) -> Places {
        Places::default()
    }

    /// Whether the rule judges what a change does to the site ([`crate::site::comparison`]). It is asked about files, too,
    /// that were not touched, and its findings are never taken for old ones.
    fn is_about_change(&self) -> bool {
        false
    }
}

/// Places of a post in which a style could be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    pub kept: usize,
    pub of: usize,
}

/// One entry of the list of rules.
pub struct Definition {
    /// `group/name`.
    pub name: &'static str,
    page: &'static str,
    build: fn(serde_yaml::Value) -> Result<Box<dyn Rule>, serde_yaml::Error>,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl std::fmt::Debug for Definition {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Definition {
    /// The part of the name before the slash.
    pub fn group(&self) -> &'static str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// What the rule's page says.
    pub fn page(&self) -> Page {
        Page::parse(self.page)
    }

    /// The rule with `options`: a YAML map that may be empty.
    ///
    /// # Errors
    /// An option that the rule does not have, or a value of the wrong type.
    pub fn build(&self, options: serde_yaml::Mapping) -> Result<Box<dyn Rule>, serde_yaml::Error> {
        (self.build)(serde_yaml::Value::Mapping(options))
    }

    /// The JSON Schema of the options.
    pub fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.schema)(generator)
    }
}

fn build<R: Rule + DeserializeOwned + 'static>(options: serde_yaml::Value) -> Result<Box<dyn Rule>, serde_yaml::Error> {
    Ok(Box::new(serde_yaml::from_value::<R>(options)?))
}

fn schema<R: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    R::json_schema(generator)
}
