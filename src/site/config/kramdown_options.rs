//! `kramdown:` of `_config.yml` (kramdown `options.rb`, kramdown-parser-gfm `options.rb`).

use super::super::value::Value;
use super::fields::Fields;
use crate::kramdown::Options;

/// The options that change how a document is read.
pub fn read(fields: &mut Fields) -> Options {
    let mut options = Options::default();
    let Some(values) = fields.get("kramdown") else { return options };
    if values.as_map().is_none() {
        fields.problem("kramdown", format!("`kramdown` must be a map, but it is {}; Jekyll's default is used instead", values.describe()));
        return options;
    }
    let flag = |key: &str, default: bool| values.get(key).map_or(default, |value| boolean(value).unwrap_or(default));
    options.gfm = values.get("input").and_then(Value::as_str).is_none_or(|input| input.eq_ignore_ascii_case("gfm"));
    options.auto_ids = flag("auto_ids", options.auto_ids);
    options.hard_wrap = flag("hard_wrap", options.hard_wrap);
    options.parse_block_html = flag("parse_block_html", options.parse_block_html);
    options.parse_span_html = flag("parse_span_html", options.parse_span_html);
    options.auto_id_stripping = flag("auto_id_stripping", options.auto_id_stripping);
    if let Some(prefix) = values.get("auto_id_prefix").and_then(Value::to_text) {
        options.auto_id_prefix = prefix;
    }
    if let Some(quirks) = values.get("gfm_quirks").filter(|quirks| !quirks.is_null()) {
        let names = names(quirks);
        let has = |name: &str| names.iter().any(|quirk| quirk == name);
        options.paragraph_end = has("paragraph_end");
        options.no_auto_typographic = has("no_auto_typographic");
    }
    if let Some(definitions) = values.get("link_defs").and_then(Value::as_map) {
        options.link_defs = definitions.iter().filter_map(|(id, definition)| link_definition(id, definition)).collect();
    }
    options
}

/// Everything but `false` and the empty text is true.
fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(super::super::value::yaml_1_1_bool(text.trim()).unwrap_or(!text.is_empty())),
        other => Some(other.as_bool().unwrap_or(true)),
    }
}

/// Names in a list, or in a text with commas; symbols (`:paragraph_end`) count.
fn names(value: &Value) -> Vec<String> {
    let clean = |name: &str| name.trim().trim_start_matches(':').to_owned();
    match value {
        Value::String(text) => text.split(',').map(clean).collect(),
        other => other.items().iter().filter_map(|item| item.as_str().map(clean)).collect(),
    }
}

/// `id: [url, title]`.
fn link_definition(id: &str, definition: &Value) -> Option<(String, String, Option<String>)> {
    let [url, rest @ ..] = definition.items() else { return None };
    Some((id.to_owned(), url.to_text()?, rest.first().and_then(|title| title.as_str().map(str::to_owned))))
}
