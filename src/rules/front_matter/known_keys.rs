//! The front-matter keys that Jekyll and widespread plugins read (`rules/front-matter/known-keys.yml`).

use crate::diagnostic::Severity;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// A kind of value, coarse enough to be certain about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A string or a number.
    Text,
    String,
    /// `true` or `false`.
    Flag,
    List,
    Date,
    Map,
    /// An empty value.
    Nothing,
    Any,
}

/// What is known of a key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownKey {
    pub kinds: Vec<Kind>,
    /// How bad an empty value is; `None`: nobody minds.
    pub empty: Option<Severity>,
}

/// All known keys.
pub fn all() -> &'static FxHashMap<String, KnownKey> {
    static KEYS: OnceLock<FxHashMap<String, KnownKey>> = OnceLock::new();
    KEYS.get_or_init(|| serde_yaml::from_str(include_str!("../../../rules/front-matter/known-keys.yml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_known_keys_can_be_read() {
        let keys: Result<super::FxHashMap<String, super::KnownKey>, _> =
            serde_yaml::from_str(include_str!("../../../rules/front-matter/known-keys.yml"));
        assert!(keys.is_ok_and(|keys| keys.contains_key("layout")));
    }
}
