//! The rules that found something; choosing one leaves its findings alone on the page.

use super::masthead::worst;
use super::text::{count, escape, message};
use super::{State, class};
use crate::diagnostic::Diagnostic;
use crate::rules::name;
use std::cmp::Reverse;
use std::io::{self, Write};

/// The styles by which a chosen rule hides the others.
pub fn filters(state: &State) -> String {
    (0..state.rules.len())
        .map(|number| format!("body:has(#r{number}:checked) :is(.post:not(.r{number}),.finding:not(.r{number})){{display:none}}\n"))
        .collect()
}

/// Writes the list, the worst rules first, then the most frequent.
pub fn write(state: &State, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<(&str, &[&Diagnostic])> = state.rules.iter().map(|(rule, findings)| (*rule, findings.as_slice())).collect();
    rules.sort_by_key(|(rule, findings)| (Reverse(worst(findings.iter().copied())), Reverse(findings.len()), *rule));
    let most = rules.iter().map(|(_, findings)| findings.len()).max().unwrap_or(1);
    let all: usize = rules.iter().map(|(_, findings)| findings.len()).sum();
    writeln!(out, "<nav class=rules aria-label=Rules><h2>{}</h2>\n<div class=list>", count(rules.len(), "rule", "rules"))?;
    writeln!(out, "<label class=rule><input type=radio name=rule id=all checked><b>all</b><span class=n>{all}</span></label>")?;
    for (rule, findings) in rules {
        let number = state.number(rule);
        let width = (findings.len() * 100).div_ceil(most);
        let class = class(worst(findings.iter().copied()));
        let summary = name::find(rule).map_or(String::new(), |rule| message(rule.page().summary));
        let (group, bare) = rule.split_once('/').unwrap_or(("", rule));
        writeln!(
            out,
            "<label class=\"rule {class}\"><input type=radio name=rule id=r{number}><b><i>{}/</i>{}</b><span class=n>{}</span>\
             <span class=bar style=\"--w:{width}%\"></span><small>{summary}</small></label>",
            escape(group),
            escape(bare),
            findings.len()
        )?;
    }
    writeln!(out, "</div></nav>")
}
