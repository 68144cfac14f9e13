//! Comma- and tab-separated values with a line of headers, as Ruby's `CSV.read(…, headers: true)` reads them.

use super::super::text_file::Fault;
use super::super::value::{Map, Value};

/// A list of maps, one a row; fields are text, a missing or empty one without quotes is null.
///
/// # Errors
/// Where a quote is not closed, or stands in the middle of a field, as in Ruby.
pub fn parse(text: &str, separator: char) -> Result<Value, Fault> {
    let mut rows = Rows { text, at: 0, line: 1, separator };
    let Some(headers) = rows.next_row()? else { return Ok(Value::List(Vec::new())) };
    let headers: Vec<String> = headers.into_iter().map(|header| header.unwrap_or_default()).collect();
    let mut list = Vec::new();
    while let Some(row) = rows.next_row()? {
        let mut map = Map::default();
        let mut fields = row.into_iter();
        for header in &headers {
            let field = fields.next().flatten().map_or(Value::Null, Value::String);
            map.entry(header.clone()).or_insert(field);
        }
        list.push(Value::Map(map));
    }
    Ok(Value::List(list))
}

struct Rows<'a> {
    text: &'a str,
    at: usize,
    /// 1-based.
    line: usize,
    separator: char,
}

type Field = Option<String>;

impl Rows<'_> {
    fn next_row(&mut self) -> Result<Option<Vec<Field>>, Fault> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let mut row = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            row.push(if rest.starts_with('"') { Some(self.quoted()?) } else { self.plain()? });
            let rest = &self.text[self.at..];
            if rest.starts_with(self.separator) {
                self.at += self.separator.len_utf8();
                continue;
            }
            let end = ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(end));
            self.at += end.map_or(0, str::len);
            self.line += 1;
            if end.is_none() && !rest.is_empty() {
                return Err(self.fault("there is text after a closing quote"));
            }
            return Ok(Some(row));
        }
    }

    fn plain(&mut self) -> Result<Field, Fault> {
        let rest = &self.text[self.at..];
        let length = rest.find([self.separator, '\n', '\r']).unwrap_or(rest.len());
        let field = &rest[..length];
        if field.contains('"') {
            return Err(self.fault("there is a quote in the middle of a field; put the whole field in quotes and double those inside"));
        }
        self.at += length;
        Ok((!field.is_empty()).then(|| field.to_owned()))
    }

    fn quoted(&mut self) -> Result<String, Fault> {
        let start = self.line;
        let mut field = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find('"') else {
                return Err(Fault::new(Some(start), "a quote is not closed"));
            };
            field.push_str(&rest[..length]);
            self.line += rest[..length].matches('\n').count();
            self.at += length + 1;
            if !self.text[self.at..].starts_with('"') {
                return Ok(field);
            }
            field.push('"');
            self.at += 1;
        }
    }

    fn fault(&self, message: &str) -> Fault {
        Fault::new(Some(self.line), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_maps() {
        let list = parse("name,motto\nAda,\"a, \"\"b\"\"\nc\"\nBob\n", ',');
        let rows = list.as_ref().map(|list| list.items().to_vec()).unwrap_or_default();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].get("motto"), Some(&Value::from("a, \"b\"\nc")));
        assert_eq!(rows[1].get("motto"), Some(&Value::Null));
    }

    #[test]
    fn broken_quotes_are_named() {
        assert_eq!(parse("a\nx\"y\n", ',').err().and_then(|fault| fault.line), Some(2));
        assert_eq!(parse("a\n\"y\n", ',').err().and_then(|fault| fault.line), Some(2));
    }
}
