//! What stands for `:title`, `:year`, `:categories` and the like.

use super::super::Site;
use super::super::date::{self, Parsed};
use super::super::documents::Document;
use super::super::header::Header;
use super::super::slugify::{Mode, slugify};
use super::super::url::{escape_path, last_part};
use super::super::value::Value;
use super::NoUrl;
use crate::post::DocumentKind;
use jiff::Zoned;
use memchr::memchr;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The placeholders of posts and documents of collections (jekyll `drops/url_drop.rb`).
pub struct DocumentPlaceholders<'a> {
    site: &'a Site,
    document: &'a Document,
    header: &'a Header,
    output_ext: &'a str,
    date: OnceCell<Option<Zoned>>,
}

impl<'a> DocumentPlaceholders<'a> {
    pub fn new(site: &'a Site, document: &'a Document, header: &'a Header, output_ext: &'a str) -> DocumentPlaceholders<'a> {
        DocumentPlaceholders { site, document, header, output_ext, date: OnceCell::new() }
    }

    /// The template with its placeholders filled in (jekyll `url.rb`, `generate_url_from_drop`).
    pub fn fill(&self, template: &str) -> Result<String, NoUrl> {
        let mut filled = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(colon) = memchr(b':', rest.as_bytes()) {
            let (before, after) = rest.split_at(colon);
            filled.push_str(before);
            let length = after.bytes().skip(1).take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
            let (key, next) = after.split_at(1 + length);
            rest = next;
            match key.get(1..).unwrap_or_default() {
                "" => filled.push(':'),
                // of `:month_` the underscore is not part of the name
                name => {
                    let known = name.strip_suffix('_').unwrap_or(name);
                    filled.push_str(&escape_path(&self.value(known)?));
                    filled.push_str(&name[known.len()..]);
                }
            }
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn value(&self, name: &str) -> Result<Cow<'a, str>, NoUrl> {
        let text = match name {
            "output_ext" => return Ok(Cow::Borrowed(self.output_ext)),
            "path" => self.path(),
            "collection" => return Ok(Cow::Borrowed(self.document.collection.as_deref().unwrap_or_default())),
            "name" => slugify(self.basename(), Mode::Default, false),
            "title" => slugify(&self.slug()?, Mode::Pretty, true),
            "slug" => slugify(&self.slug()?, Mode::Default, false),
            "categories" => unique(self.categories()?.iter().map(|category| category.to_lowercase())).join("/"),
            "slugified_categories" => unique(self.categories()?.iter().map(|category| slugify(category, Mode::Default, false))).join("/"),
            _ => self.date_part(name)?,
        };
        Ok(Cow::Owned(text))
    }

    fn date_part(&self, name: &str) -> Result<String, NoUrl> {
        let format = match name {
            "year" => "%Y",
            "month" => "%m",
            "day" => "%d",
            "hour" => "%H",
            "minute" => "%M",
            "second" => "%S",
            "i_day" => "%-d",
            "i_month" => "%-m",
            "short_month" => "%b",
            "long_month" => "%B",
            "short_year" => "%y",
            "w_year" => "%G",
            "week" => "%V",
            "w_day" => "%u",
            "short_day" => "%a",
            "long_day" => "%A",
            "y_day" => "%j",
            _ => return Err(NoUrl::Placeholder),
        };
        let date = self.date.get_or_init(|| self.site.date_with(self.document, self.header).time().cloned());
        let date = date.as_ref().ok_or(NoUrl::Date)?;
        // the three that most URLs have are written without the general machinery
        Ok(match format {
            "%Y" if (1000..=9999).contains(&date.year()) => date.year().to_string(),
            "%m" => two_digits(date.month()),
            "%d" => two_digits(date.day()),
            _ => date.strftime(format).to_string(),
        })
    }

    /// The path inside the collection without its extension (jekyll `document.rb`, `cleaned_relative_path`).
    fn path(&self) -> String {
        let path = self.document.relative_path(&self.site.config);
        let stem = path.strip_suffix(self.document.file_name().ext).unwrap_or(path);
        let folder = format!("_{}", self.document.collection.as_deref().unwrap_or("posts"));
        stem.replacen(&folder, "", 1).trim_end_matches('.').to_owned()
    }

    /// The file's name without its extension.
    fn basename(&self) -> &str {
        let name = last_part(&self.document.path);
        name.strip_suffix(self.document.file_name().ext).unwrap_or(name)
    }

    fn slug(&self) -> Result<Cow<'a, str>, NoUrl> {
        match self.site.document_value(self.document, self.header, "slug") {
            Some(Value::String(slug)) => Ok(Cow::Owned(slug)),
            Some(value) if !value.is_falsy() => Err(NoUrl::Slug),
            _ => Ok(Cow::Borrowed(self.document.file_name().slug)),
        }
    }

    fn categories(&self) -> Result<Vec<String>, NoUrl> {
        categories_of(self.site, self.document, self.header).ok_or(NoUrl::Slug)
    }
}

impl Site {
    /// The date of a document as Jekyll reads it: front matter or default, else the file's name. Drafts and documents
    /// without one have the time of the build, which is [`Parsed::Unknown`].
    pub fn date_of(&self, document: &Document) -> Parsed {
        self.date_with(document, document.front_matter())
    }

    /// Like [`Site::date_of`] with another front matter than the one on disk.
    pub fn date_with(&self, document: &Document, header: &Header) -> Parsed {
        if !header.known {
            return Parsed::Unknown;
        }
        match self.document_value(document, header, "date").filter(|date| !date.is_null()) {
            Some(date) => self.parse_date(&date),
            // `date:` without a value stops the build
            None if header.get("date").is_some() => Parsed::Invalid,
            None => match document.file_name().date {
                Some(date) => date::parse(date, self.zone()),
                None => Parsed::Unknown,
            },
        }
    }

    /// The date for sorting posts: as Jekyll has it, else the one in the file's name.
    pub(in crate::site) fn sorting_date(&self, document: &Document) -> Option<Zoned> {
        let from_name = || document.file_name().date.and_then(|date| date::parse(date, self.zone()).time().cloned());
        self.date_of(document).time().cloned().or_else(from_name)
    }
}

fn two_digits(number: i8) -> String {
    let digit = |number: i8| char::from(b'0' + number.unsigned_abs() % 10);
    let mut digits = String::with_capacity(2);
    digits.push(digit(number / 10));
    digits.push(digit(number));
    digits
}

/// The categories of a document in Jekyll's order: of the folders, of the defaults, of the front matter (jekyll
/// `document.rb`, `merge_categories!` and `populate_categories`). `None` where a value makes Jekyll stop.
pub fn categories_of(site: &Site, document: &Document, header: &Header) -> Option<Vec<String>> {
    if document.kind == DocumentKind::Page {
        return Some(Vec::new());
    }
    let mut categories = document.folder_categories(&site.config);
    for value in [site.default_of(document, "categories"), header.get("categories").cloned()].into_iter().flatten() {
        match &value {
            Value::Null => {}
            Value::String(text) => categories.extend(text.split_whitespace().map(str::to_owned)),
            // a list in the list is printed as Ruby's `inspect` has it
            Value::List(items) => categories.extend(items.iter().map(Value::to_text).collect::<Option<Vec<_>>>()?),
            _ => return None,
        }
    }
    // `category` is one item, spaces included
    if let Some(category) = site.document_value(document, header, "category").filter(|category| !category.is_falsy()) {
        flatten(&category, &mut categories)?;
    }
    Some(unique(categories))
}

fn flatten(value: &Value, into: &mut Vec<String>) -> Option<()> {
    match value {
        Value::List(items) => items.iter().try_for_each(|item| flatten(item, into)),
        scalar => {
            into.push(scalar.to_text()?);
            Some(())
        }
    }
}

fn unique(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}

/// The placeholders of pages (jekyll `page.rb`, `url_placeholders`).
pub struct PagePlaceholders<'a> {
    /// Relative to the source, without a slash in front.
    pub folder: &'a str,
    pub basename: &'a str,
    pub output_ext: &'a str,
}

impl PagePlaceholders<'_> {
    /// The template with its placeholders filled in, one kind after the other; others stay (jekyll `url.rb`,
    /// `generate_url_from_hash`).
    pub fn fill(&self, template: &str) -> String {
        let folder = if self.folder.is_empty() { String::new() } else { format!("/{}", self.folder) };
        [(":path", folder.as_str()), (":basename", self.basename), (":output_ext", self.output_ext)]
            .into_iter()
            .fold(template.to_owned(), |filled, (key, value)| filled.replace(key, &escape_path(value)))
    }
}
