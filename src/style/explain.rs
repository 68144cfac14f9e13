//! What was learned from the newest posts, as a text for people: each habit with its numbers and its exceptions.

use super::HouseStyle;
use crate::rules::RULES;
use crate::rules::habit::Habit;
use std::fmt::Write;

/// How many exceptions are named.
const NAMED: usize = 5;

/// The text.
pub fn text(style: &HouseStyle) -> String {
    let name = |path: &String| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (first, last) = (style.order.last().map(name), style.order.first().map(name));
    let mut text = format!(
        "Learned from the {} newest posts, {} to {}.\n\
         A habit that holds is asked of these posts, of drafts, and of files that are named; `postlint init` asks it of all posts.\n",
        style.posts(),
        first.unwrap_or_default(),
        last.unwrap_or_default(),
    );
    for rule in RULES {
        let habits: Vec<&Habit> = style.habits.iter().filter(|(name, _)| *name == rule.name).map(|(_, habit)| habit).collect();
        let (held, missed): (Vec<&Habit>, Vec<&Habit>) = habits.iter().partition(|habit| habit.holds());
        let missed: Vec<&Habit> = missed.into_iter().filter(|habit| habit.nearly_holds()).collect();
        if held.is_empty() && missed.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}", rule.name);
        held.iter().for_each(|habit| write_habit(&mut text, habit, "holds"));
        missed.iter().for_each(|habit| write_habit(&mut text, habit, &format!("does not hold: {} % would be needed", habit.threshold)));
    }
    text
}

fn write_habit(text: &mut String, habit: &Habit, verdict: &str) {
    let _ = writeln!(text, "  {}: {} of {} ({verdict})", habit.what, habit.keeps, habit.of);
    // of a habit that few keep, the exceptions are the rule
    if habit.exceptions.is_empty() || habit.keeps * 2 < habit.of {
        return;
    }
    for path in habit.exceptions.iter().take(NAMED) {
        let _ = writeln!(text, "    not {path}");
    }
    if let Some(more @ 1..) = habit.exceptions.len().checked_sub(NAMED) {
        let _ = writeln!(text, "    and {more} more");
    }
}
