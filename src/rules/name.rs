//! Names of rules and groups, as people write them in options, configuration and suppressions.

use super::{Definition, RULES};
use crate::suggest::{did_you_mean, nearest};

/// The rule of the name `group/name`.
pub fn find(name: &str) -> Option<&'static Definition> {
    RULES.binary_search_by(|rule| rule.name.cmp(name)).ok().and_then(|index| RULES.get(index))
}

/// The names of the groups, in the order of the list.
pub fn groups() -> Vec<&'static str> {
    let mut groups: Vec<&str> = RULES.iter().map(Definition::group).collect();
    groups.dedup();
    groups
}

/// A name that is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongName {
    #[error("there is no rule `{name}`{}", did_you_mean(*.suggestion))]
    Unknown { name: String, suggestion: Option<&'static str> },
    #[error("`{0}` is a group: name one of its rules (`postlint rules {0}` lists them)")]
    Group(String),
}

impl WrongName {
    fn unknown(name: &str) -> WrongName {
        WrongName::Unknown { name: name.to_owned(), suggestion: suggestion(name) }
    }
}

/// The rule of that name.
///
/// # Errors
/// There is none, or a group has it.
pub fn rule(name: &str) -> Result<&'static Definition, WrongName> {
    find(name).ok_or_else(|| if groups().contains(&name) { WrongName::Group(name.to_owned()) } else { WrongName::unknown(name) })
}

/// The rules that `name` stands for: the rule of that name, or all of the group.
///
/// # Errors
/// There is neither.
pub fn rules(name: &str) -> Result<Vec<&'static Definition>, WrongName> {
    if let Some(rule) = find(name) {
        return Ok(vec![rule]);
    }
    let group: Vec<_> = RULES.iter().filter(|rule| rule.group() == name).collect();
    if group.is_empty() { Err(WrongName::unknown(name)) } else { Ok(group) }
}

fn suggestion(name: &str) -> Option<&'static str> {
    // the group was left out, or is the wrong one
    let bare = name.rsplit('/').next().unwrap_or(name);
    let by_bare_name = || RULES.iter().map(|rule| rule.name).find(|rule| rule.split('/').next_back() == Some(bare));
    nearest(name, RULES.iter().map(|rule| rule.name).chain(groups())).or_else(by_bare_name).or_else(|| {
        let near = nearest(bare, RULES.iter().filter_map(|rule| rule.name.split('/').next_back()))?;
        RULES.iter().map(|rule| rule.name).find(|rule| rule.split('/').next_back() == Some(near))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_names_are_found() {
        assert!(RULES.is_sorted_by_key(|rule| rule.name));
        assert!(RULES.iter().all(|rule| find(rule.name).is_some()));
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_right_one() {
        for wrong in ["style/final-newlin", "final-newline", "styel/final-newline", "links/final-newline", "final-newlines"] {
            assert_eq!(suggestion(wrong), Some("style/final-newline"), "{wrong}");
        }
        assert_eq!(suggestion("stile"), Some("style"));
        assert_eq!(suggestion("no-such-thing-at-all"), None);
    }
}
