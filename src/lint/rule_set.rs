//! The rules that are on for some documents, with their options.

use super::selection::Selection;
use crate::config::{Config, Level, Setting};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::rules::file::too_large::LIMIT;
use crate::rules::habit::Habit;
use crate::rules::links::LIVE;
use crate::rules::page::On;
use crate::rules::{Definition, RULES, Rule};
use crate::text::Span;
use serde_yaml::Mapping;

/// A rule that is on.
pub struct ActiveRule {
    pub definition: &'static Definition,
    /// That of its page, or the configured one.
    pub severity: Severity,
    /// The severity that the configuration demands: findings are not worse.
    pub at_most: Option<Severity>,
    /// On by what the site's posts keep, and neither selected nor pinned.
    pub of_house_style: bool,
    /// Where the configuration pins a rule of house style.
    pub pinned_at: Option<Span>,
    /// What the rule learned; `None`: there were not enough posts to learn from.
    pub habits: Option<Vec<Habit>>,
    pub rule: Box<dyn Rule>,
}

impl ActiveRule {
    /// Whether the newest posts keep what the rule asks for.
    pub fn is_learned(&self) -> bool {
        self.habits.as_ref().is_some_and(|habits| habits.iter().any(Habit::holds))
    }
}

/// The rules that are on, in the order of their names.
pub struct RuleSet {
    active: Vec<ActiveRule>,
    /// The largest file that is read, in bytes.
    pub largest_file: u64,
    complete: bool,
}

impl RuleSet {
    /// The rules by the configuration, `overrides` (which of its overrides count) and the selection.
    ///
    /// # Errors
    /// A sentence about options that a rule does not take.
    pub fn new(config: &Config, overrides: &[bool], selection: &Selection) -> Result<RuleSet, String> {
        let mut set = RuleSet { complete: true, ..RuleSet::empty() };
        let is_online = selection.is_online(config);
        for definition in RULES {
            if selection.leaves_out(definition.name) {
                set.complete = false;
                continue;
            }
            // nothing to say, and no suppression of theirs is in vain
            if !is_online && LIVE.contains(&definition.name) {
                continue;
            }
            let (setting, options) = settings(config, overrides, definition);
            if definition.name == "file/too-large"
                && let Some(limit) = options.get("limit").and_then(serde_yaml::Value::as_u64)
            {
                set.largest_file = limit;
            }
            set.active.extend(activate(definition, setting, options, selection)?);
        }
        Ok(set)
    }

    const fn empty() -> RuleSet {
        RuleSet { active: Vec::new(), largest_file: LIMIT, complete: false }
    }

    /// A set without any rule.
    pub fn none() -> &'static RuleSet {
        static NONE: RuleSet = RuleSet::empty();
        &NONE
    }

    pub fn active(&self) -> &[ActiveRule] {
        &self.active
    }

    pub fn active_mut(&mut self) -> &mut [ActiveRule] {
        &mut self.active
    }

    /// Whether the selection left no rule out.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The rule of that name, if it is on.
    pub fn get(&self, name: &str) -> Option<&ActiveRule> {
        self.active.iter().find(|active| active.definition.name == name)
    }

    /// A finding of a rule that the engine itself checks; nothing when the rule is off.
    pub fn engine_finding(&self, rule: &'static str, write: impl FnOnce(&mut Report)) -> Vec<Diagnostic> {
        let Some(active) = self.get(rule) else { return Vec::new() };
        let mut report = Report::new(rule, active.severity);
        write(&mut report);
        report.into_diagnostics()
    }
}

/// What the configuration says of a rule: the last level, and all options, the later ones over the earlier.
#[derive(Default)]
struct Said {
    level: Option<Level>,
    span: Option<Span>,
}

fn settings(config: &Config, overrides: &[bool], definition: &Definition) -> (Said, Mapping) {
    let chosen = config.overrides.iter().zip(overrides).filter(|(_, chosen)| **chosen).map(|(one, _)| &one.rules);
    let mut said = Said::default();
    let mut options = Mapping::new();
    for settings in std::iter::once(&config.rules).chain(chosen) {
        let found = settings.iter().filter(|(rule, _)| rule.name == definition.name).map(|(_, setting)| setting);
        for Setting { level, options: more, span } in found {
            said.level = level.or(said.level);
            said.span = Some(*span);
            options.extend(more.clone());
        }
    }
    (said, options)
}

fn activate(definition: &'static Definition, said: Said, options: Mapping, selection: &Selection) -> Result<Option<ActiveRule>, String> {
    let page = definition.page();
    let configured = said.level.and_then(Level::severity);
    let house_style = page.on == On::HouseStyle;
    // options alone pin a house style; `auto` leaves it to the posts
    let pinned = configured.is_some() || said.level.is_none() && !options.is_empty();
    let on = match said.level {
        Some(Level::Off) => false,
        _ => configured.is_some() || page.on != On::Never,
    };
    if !on && !selection.selects(definition.name) {
        return Ok(None);
    }
    Ok(Some(ActiveRule {
        definition,
        severity: configured.unwrap_or(page.severity),
        at_most: configured,
        of_house_style: house_style && !pinned && !selection.selects(definition.name),
        pinned_at: said.span.filter(|_| house_style && pinned),
        habits: None,
        rule: definition.build(options).map_err(|error| format!("{}: {error}", definition.name))?,
    }))
}
