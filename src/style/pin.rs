//! The house style as a `.postlint.yml`: what is on, each with its evidence, and the near misses commented out.

use super::HouseStyle;
use crate::config::FILE_NAME;
use crate::rules::habit::{Habit, Pin};
use crate::rules::{Definition, RULES};
use std::fmt::Write;

/// How many posts that do not keep a habit are named.
const NAMED: usize = 2;

/// The text of a configuration that demands what the newest posts keep. The same posts give the same text.
pub fn configuration(style: &HouseStyle) -> String {
    let latest = style.latest.as_deref().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let mut text = format!(
        "# {FILE_NAME}: what `postlint` demands of all posts of this site.\n\
         # Written by `postlint init` from the {} newest posts, up to {latest}; the numbers are the posts that keep it.\n\
         # Rules that are not named here go by their own defaults: see `postlint rules`, and `postlint explain RULE`.\n",
        style.posts(),
    );
    let rules: Vec<Block> = RULES.iter().filter_map(|rule| Block::of(rule, style)).collect();
    // a key without anything below it would be no map
    text.push_str(if rules.iter().any(Block::is_on) { "rules:\n" } else { "# rules:\n" });
    for rule in &rules {
        rule.write(&mut text);
    }
    text
}

/// What one rule demands.
struct Block<'s> {
    rule: &'static Definition,
    /// Those that hold, and those that nearly do.
    habits: Vec<&'s Habit>,
}

impl<'s> Block<'s> {
    fn of(rule: &'static Definition, style: &'s HouseStyle) -> Option<Block<'s>> {
        let of_rule = style.habits.iter().filter(|(name, _)| *name == rule.name).map(|(_, habit)| habit);
        let mut habits: Vec<&Habit> = of_rule.filter(|habit| habit.holds() || habit.nearly_holds()).collect();
        // lists stand together, what is on first
        let mut places: Vec<_> = Vec::new();
        for habit in &habits {
            if !places.contains(&place(&habit.pin)) {
                places.push(place(&habit.pin));
            }
        }
        habits.sort_by_key(|habit| (places.iter().position(|other| *other == place(&habit.pin)), !habit.holds()));
        (!habits.is_empty()).then_some(Block { rule, habits })
    }

    fn is_on(&self) -> bool {
        self.habits.iter().any(|habit| habit.holds())
    }

    fn write(&self, text: &mut String) {
        let severity = self.rule.page().severity.name();
        if let [habit] = self.habits[..]
            && habit.pin == Pin::Severity
        {
            let line = format!("  {}: {severity}", self.rule.name);
            write_line(text, habit.holds(), &line, &format!("{}: {}", habit.what, evidence(habit)));
            return;
        }
        write_line(text, self.is_on(), &format!("  {}:", self.rule.name), "");
        write_line(text, self.is_on(), &format!("    severity: {severity}"), "");
        for list in self.habits.chunk_by(|a, b| place(&a.pin) == place(&b.pin)) {
            write_list(text, list);
        }
    }
}

/// Habits that are pinned in one list, or one that is pinned by a value.
fn write_list(text: &mut String, habits: &[&Habit]) {
    let on = habits.iter().any(|habit| habit.holds());
    let Some(first) = habits.first() else { return };
    let indent = match &first.pin {
        Pin::Severity | Pin::Value(..) => "",
        Pin::Item(option, _) => {
            write_line(text, on, &format!("    {option}:"), "");
            "      "
        }
        Pin::ItemOf(option, key, _) => {
            // the option's own line stands above its first list
            if !text.contains(&format!("\n    {option}:")) {
                write_line(text, on, &format!("    {option}:"), "");
            }
            write_line(text, on, &format!("      {}:", scalar(key)), "");
            "        "
        }
    };
    for habit in habits {
        let line = match &habit.pin {
            Pin::Severity => continue,
            Pin::Value(option, value) => format!("    {option}: {}", scalar(value)),
            Pin::Item(_, item) | Pin::ItemOf(_, _, item) => format!("{indent}- {}", scalar(item)),
        };
        write_line(text, habit.holds(), &line, &evidence(habit));
    }
}

/// Where in its rule a habit is pinned.
fn place(pin: &Pin) -> (Option<&'static str>, Option<&str>) {
    match pin {
        Pin::Severity => (None, None),
        Pin::Value(option, _) | Pin::Item(option, _) => (Some(option), None),
        Pin::ItemOf(option, key, _) => (Some(option), Some(key)),
    }
}

fn write_line(text: &mut String, on: bool, line: &str, comment: &str) {
    let off = if on { "" } else { "# " };
    let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
    let _ = writeln!(text, "{off}{line}{comment}");
}

fn evidence(habit: &Habit) -> String {
    let mut evidence = format!("{} of {}", habit.keeps, habit.of);
    let named: Vec<&str> = habit.exceptions.iter().take(NAMED).filter_map(|path| path.rsplit('/').next()).collect();
    if !named.is_empty() {
        let more = habit.exceptions.len() - named.len();
        let _ = write!(evidence, "; not {}", named.join(", "));
        if more > 0 {
            let _ = write!(evidence, " and {more} more");
        }
    }
    evidence
}

/// A value as YAML reads it back: quoted where it must be.
pub fn scalar(text: &str) -> String {
    serde_yaml::to_string(text).map_or_else(|_| text.to_owned(), |yaml| yaml.trim_end().to_owned())
}
