//! The URL that Jekyll gives a document: styles, templates, placeholders (jekyll `url.rb`, `drops/url_drop.rb`,
//! `page.rb`, `document.rb`).

mod placeholders;

use super::Site;
use super::documents::Document;
use super::file_name::FileName;
use super::header::Header;
use super::url;
use super::value::Value;
use crate::post::DocumentKind;
pub use placeholders::categories_of;
use placeholders::{DocumentPlaceholders, PagePlaceholders};
use std::borrow::Cow;

/// Why a URL is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoUrl {
    #[error("its front matter does not parse")]
    FrontMatter,
    #[error("its permalink is no text")]
    Permalink,
    #[error("its permalink has a placeholder that Jekyll does not know")]
    Placeholder,
    #[error("its date cannot be read, or is the time of the build")]
    Date,
    #[error("its slug or a category is no text")]
    Slug,
}

/// A URL as Jekyll has it: percent-encoded, with a slash in front, without `baseurl`.
pub type Url = Result<String, NoUrl>;

/// The template behind the name of a style, or the template itself (jekyll `configuration.rb`, STYLE_TO_PERMALINK).
fn template_of_style(style: &str) -> &str {
    match style {
        "none" => "/:categories/:title:output_ext",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        template => template,
    }
}

/// `template` with the ending of the site's style (jekyll `utils.rb`, `add_permalink_suffix`).
fn with_suffix(template: &str, style: &str) -> String {
    let suffix = match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        other if other.ends_with('/') => "/",
        other if other.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("{template}{suffix}")
}

impl Site {
    /// The URL of a document, from its name, its front matter and the configuration.
    pub fn url_of(&self, document: &Document) -> Url {
        self.url_with(document, document.front_matter())
    }

    /// The URL of a document with another front matter than the one on disk.
    pub fn url_with(&self, document: &Document, header: &Header) -> Url {
        if !header.known {
            return Err(NoUrl::FrontMatter);
        }
        match document.kind {
            DocumentKind::Page => self.page_url(document.source_path(), header),
            _ => self.document_url(document, header),
        }
    }

    fn document_url(&self, document: &Document, header: &Header) -> Url {
        let permalink = self.document_value(document, header, "permalink");
        let own = own_permalink(permalink.as_ref())?;
        let label = document.collection.as_deref().unwrap_or("posts");
        let template = own.map_or_else(|| self.collection_template(label), Cow::Borrowed);
        let output_ext = self.output_extension(document.file_name(), own);
        let placeholders = DocumentPlaceholders::new(self, document, header, output_ext);
        Ok(url::sanitize(&placeholders.fill(&template)?))
    }

    /// The URL of the page `source_path`.
    pub(super) fn page_url(&self, source_path: &str, header: &Header) -> Url {
        let permalink = header.get("permalink").or_else(|| self.defaults().find(source_path, "pages", "permalink"));
        let own = own_permalink(permalink)?;
        let (folder, name) = source_path.rsplit_once('/').unwrap_or(("", source_path));
        let file_name = FileName::parse(name);
        let ext = url::extname(name);
        let basename = name.strip_suffix(ext).unwrap_or(name).trim_end_matches('.');
        let output_ext = self.output_extension(file_name, own);
        let template = match own {
            Some(permalink) => permalink.to_owned(),
            None if !matches!(output_ext, ".html" | ".xhtml" | ".htm") => "/:path/:basename:output_ext".to_owned(),
            None if basename == "index" => "/:path/".to_owned(),
            None => with_suffix("/:path/:basename", &self.config.permalink),
        };
        let placeholders = PagePlaceholders { folder, basename, output_ext };
        Ok(url::sanitize(&placeholders.fill(&template)))
    }

    /// The URL of a file that Jekyll copies from the folder of a collection (jekyll `static_file.rb`).
    pub(super) fn collection_file_url(&self, label: &str, relative_path: &str) -> Url {
        let ext = url::extname(relative_path);
        let stem = relative_path.strip_suffix(ext).unwrap_or(relative_path).trim_end_matches('.');
        let inner = stem.replacen(&format!("_{label}"), "", 1);
        let basename = stem.rsplit('/').next().unwrap_or(stem);
        let values = [("collection", label), ("path", &inner), ("output_ext", ""), ("name", basename), ("title", "")];
        let filled = values.iter().fold(self.collection_template(label).into_owned(), |filled, (key, value)| {
            filled.replace(&format!(":{key}"), &url::escape_path(value))
        });
        let filled = url::sanitize(&filled);
        Ok(format!("{}{ext}", filled.strip_suffix('/').unwrap_or(&filled)))
    }

    /// The template of a collection's URLs (jekyll `collection.rb`, `url_template`).
    fn collection_template(&self, label: &str) -> Cow<'_, str> {
        let style = &self.config.permalink;
        match self.config.collection(label).and_then(|collection| collection.permalink.as_deref()) {
            Some(template) => Cow::Borrowed(template),
            None if label == "posts" => Cow::Borrowed(template_of_style(style)),
            None => Cow::Owned(with_suffix("/:collection/:path", style)),
        }
    }

    /// The extension of the file that Jekyll writes (jekyll `renderer.rb`, `output_ext`), with its dot.
    fn output_extension<'e>(&self, name: FileName<'e>, permalink: Option<&'e str>) -> &'e str {
        let from_permalink = permalink.filter(|permalink| !permalink.ends_with('/')).map(url::extname);
        if let Some(ext) = from_permalink.filter(|ext| !ext.is_empty()) {
            return ext;
        }
        self.converted_extension(name.ext)
    }

    /// What the converters make of an extension (with its dot).
    pub(super) fn converted_extension<'e>(&self, ext: &'e str) -> &'e str {
        if self.config.is_markdown_extension(ext.strip_prefix('.').unwrap_or(ext)) {
            return ".html";
        }
        let lower = ext.to_lowercase();
        match lower.strip_prefix('.').unwrap_or(&lower) {
            "scss" | "sass" => ".css",
            "coffee" => ".js",
            "textile" if self.config.has_plugin("jekyll-textile-converter") => ".html",
            "adoc" | "asciidoc" | "ad" | "asc" if self.config.has_plugin("jekyll-asciidoc") => ".html",
            _ => ext,
        }
    }

    /// The value of a key of a document as Jekyll has it after reading: front matter over defaults, where an empty
    /// value does not hide a default (jekyll `utils.rb`, `deep_merge_hashes!`).
    pub(super) fn document_value(&self, document: &Document, header: &Header, key: &str) -> Option<Value> {
        let default = || self.default_of(document, key);
        match header.get(key) {
            None | Some(Value::Null) => default(),
            Some(Value::Map(own)) => match default() {
                Some(Value::Map(mut merged)) => {
                    super::value::deep_merge(&mut merged, own);
                    Some(Value::Map(merged))
                }
                _ => Some(Value::Map(own.clone())),
            },
            Some(value) => Some(value.clone()),
        }
    }
}

/// A permalink of the document's own; `nil` and `false` are none.
fn own_permalink(value: Option<&Value>) -> Result<Option<&str>, NoUrl> {
    match value {
        Some(value) if value.is_falsy() => Ok(None),
        Some(Value::String(permalink)) => Ok(Some(permalink)),
        Some(_) => Err(NoUrl::Permalink),
        None => Ok(None),
    }
}
