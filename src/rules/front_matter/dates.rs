//! The date of a post: as it is written, and as Jekyll has it.

use crate::post::Post;
use crate::post::yaml::{Data, Node};
use crate::site::date::{self, CivilDate, Parsed};
use crate::site::file_name::FileName;
use crate::site::value::Value;
use jiff::civil::Date;

/// The `date` of a front matter.
pub struct PostDate<'p, 'a> {
    pub value: &'p Node<'a>,
    post: &'p Post<'a>,
}

impl<'p, 'a> PostDate<'p, 'a> {
    /// `None` where the front matter has no `date`, or an empty one.
    pub fn of(post: &'p Post<'a>) -> Option<PostDate<'p, 'a>> {
        let value = post.front_matter.get("date").filter(|value| !super::is_empty(value))?;
        Some(PostDate { value, post })
    }

    /// The day as written; it need not exist. `None` where the form is not read here.
    pub fn written(&self) -> Option<CivilDate> {
        date::written_day(self.value.text().unwrap_or_else(|| self.value.span.of(self.post.text)))
    }

    /// What Jekyll makes of it.
    pub fn parsed(&self) -> Parsed {
        self.post.site.parse_date(&Value::from(self.value))
    }

    /// The day as written, where it exists.
    pub fn day(&self) -> Option<Date> {
        self.written()?.day()
    }

    /// A time without a zone and without quotes, which YAML reads as UTC.
    pub fn is_utc_by_default(&self) -> bool {
        matches!(self.value.data, Data::Time { offset: None, .. })
    }
}

/// The day in the name of the post's file, where it exists.
pub fn of_file_name(post: &Post) -> Option<Date> {
    date::written_day(FileName::parse(post.path).date?)?.day()
}

/// A day for people: `2 March 2023`.
pub fn spoken(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
