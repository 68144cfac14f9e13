//! `defaults:` of `_config.yml`: values for front matter that does not give them (jekyll `frontmatter_defaults.rb`).

use super::config::{DefaultSet, SiteConfig};
use super::files::{Files, Lookup, join};
use super::glob;
use super::value::{Map, Value, deep_merge};

/// Asks for the defaults of documents.
#[derive(Debug, Clone, Copy)]
pub struct Defaults<'a> {
    config: &'a SiteConfig,
    files: &'a Files,
}

impl<'a> Defaults<'a> {
    pub(super) fn new(config: &'a SiteConfig, files: &'a Files) -> Defaults<'a> {
        Defaults { config, files }
    }

    /// The default of one key (jekyll `find`). `path` is what Jekyll calls the relative path, `kind` the label of the
    /// collection (`posts` for drafts too) or `pages`.
    pub fn find(&self, path: &str, kind: &str, key: &str) -> Option<&'a Value> {
        let mut found: Option<(&DefaultSet, &Value)> = None;
        for set in self.matching(path, kind) {
            if let Some(value) = set.values.get(key)
                && found.is_none_or(|(old, _)| has_precedence(old, set))
            {
                found = Some((set, value));
            }
        }
        found.map(|(_, value)| value)
    }

    /// What [`Defaults::all`] has for one key. It is not always what [`Defaults::find`] finds, in Jekyll neither.
    pub fn value(&self, path: &str, kind: &str, key: &str) -> Option<Value> {
        if !self.config.defaults.iter().any(|set| set.values.contains_key(key)) {
            return None;
        }
        let mut merged = Map::default();
        let mut old: Option<&DefaultSet> = None;
        for set in self.matching(path, kind) {
            let wins = old.is_none_or(|old| has_precedence(old, set));
            if wins {
                old = Some(set);
            }
            let Some(value) = set.values.get(key) else { continue };
            let mut one = Map::default();
            one.insert(key.to_owned(), value.clone());
            if wins {
                deep_merge(&mut merged, &one);
            } else {
                deep_merge(&mut one, &merged);
                merged = one;
            }
        }
        merged.swap_remove(key)
    }

    /// All defaults together (jekyll `all`).
    pub fn all(&self, path: &str, kind: &str) -> Map {
        let mut merged = Map::default();
        let mut old: Option<&DefaultSet> = None;
        for set in self.matching(path, kind) {
            if old.is_none_or(|old| has_precedence(old, set)) {
                deep_merge(&mut merged, &set.values);
                old = Some(set);
            } else {
                let mut below = set.values.clone();
                deep_merge(&mut below, &merged);
                merged = below;
            }
        }
        merged
    }

    fn matching(&self, path: &str, kind: &str) -> impl Iterator<Item = &'a DefaultSet> {
        let this = *self;
        let path = sanitize(path).to_owned();
        let kind = kind.to_owned();
        let applies = move |set: &&DefaultSet| {
            set.kind.as_ref().is_none_or(|wanted| *wanted == kind) && set.path.as_ref().is_none_or(|scope| this.covers(scope, &path))
        };
        self.config.defaults.iter().filter(applies)
    }

    /// Whether the path of a scope is the beginning of `path`, as text: `_post` covers `_posts/x.md`.
    fn covers(&self, scope: &str, path: &str) -> bool {
        if scope.is_empty() {
            return true;
        }
        if scope.contains('*') {
            return self.covers_by_glob(scope, path);
        }
        path.starts_with(self.without_collections_dir(scope))
    }

    /// Each hit of the glob on disk is the beginning of a path.
    fn covers_by_glob(&self, scope: &str, path: &str) -> bool {
        let literal = scope.find(['*', '?', '[', '{', '\\']).and_then(|at| scope.get(..at)).unwrap_or(scope);
        if !path.starts_with(literal) && !join(&self.config.collections_dir, path).starts_with(literal) {
            return false;
        }
        let beginnings = path.char_indices().skip(1).map(|(at, _)| at).chain([path.len()]);
        beginnings.filter_map(|at| path.get(..at)).any(|beginning| {
            let in_collections = join(&self.config.collections_dir, beginning);
            [beginning, in_collections.as_str()]
                .into_iter()
                .any(|candidate| glob::is_hit(scope, candidate) && matches!(self.files.lookup(candidate), Lookup::Exact(_)))
        })
    }

    fn without_collections_dir<'p>(&self, path: &'p str) -> &'p str {
        if self.config.collections_dir.is_empty() {
            return path;
        }
        path.strip_prefix(self.config.collections_dir.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
    }
}

/// Whether `new` beats `old`: by the longer path, then by having a type.
fn has_precedence(old: &DefaultSet, new: &DefaultSet) -> bool {
    let length = |set: &DefaultSet| sanitize(set.path.as_deref().unwrap_or_default()).chars().count();
    let (old_length, new_length) = (length(old), length(new));
    if new_length != old_length {
        return new_length > old_length;
    }
    new.kind.is_some() || old.kind.is_none()
}

/// A path without the slash in front; where there is one, also without one at the end.
fn sanitize(path: &str) -> &str {
    match path.strip_prefix('/') {
        Some(rest) if rest.len() > 1 => rest.strip_suffix('/').unwrap_or(rest),
        Some(rest) => rest,
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::text_file::parse_yaml;

    fn layout(defaults: &str, path: &str, kind: &str) -> Option<String> {
        let values = match parse_yaml(defaults) {
            Ok(Value::Map(map)) => map,
            other => panic!("{other:?}"),
        };
        let config = SiteConfig::from_values(values, "_config.yml", defaults, &mut Vec::new());
        let files = Files::default();
        let defaults = Defaults::new(&config, &files);
        let found = defaults.find(path, kind, "layout").and_then(Value::as_str).map(str::to_owned);
        assert_eq!(defaults.all(path, kind).get("layout").and_then(Value::as_str).map(str::to_owned), found);
        assert_eq!(defaults.value(path, kind, "layout").as_ref().and_then(Value::as_str).map(str::to_owned), found);
        found
    }

    #[test]
    fn the_longer_path_wins_then_the_type_then_the_later_one() {
        let defaults = "defaults:
- {scope: {path: '', type: posts}, values: {layout: a}}
- {scope: {path: ''}, values: {layout: b}}
- {scope: {path: _posts/deep}, values: {layout: c}}
- {scope: {path: /_posts}, values: {layout: never}}
- {scope: {path: '', type: post}, values: {layout: d}}
";
        assert_eq!(layout(defaults, "_posts/x.md", "posts").as_deref(), Some("d"));
        assert_eq!(layout(defaults, "_posts/deeper/x.md", "posts").as_deref(), Some("c"));
        assert_eq!(layout(defaults, "x.md", "pages").as_deref(), Some("b"));
    }
}
