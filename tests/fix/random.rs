//! Random texts: repairs come to an end, and never clash.

use super::*;
use proptest::prelude::*;

/// A lint of three kinds that often meet: splits, blanks, words.
fn house(post: &Post) -> Vec<Diagnostic> {
    let mut all = replacing("style/split", Safety::Layout, ". ", ".\n")(post);
    all.extend(replacing("style/space", Safety::Layout, " \n", "\n")(post));
    all.extend(replacing("style/blank", Safety::Layout, "\n\n\n", "\n\n")(post));
    all.extend(replacing("spelling/teh", Safety::Safe, "teh", "the")(post));
    all.extend(replacing("spelling/comma", Safety::Safe, " ,", ",")(post));
    all
}

fn fragments() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("teh"),
        Just("word"),
        Just("One. "),
        Just(". "),
        Just(" ,"),
        Just("  "),
        Just("\n"),
        Just("\n\n"),
        Just("- "),
        Just("2. "),
        Just("# "),
        Just("> "),
        Just("    "),
        Just("```\n"),
        Just("| "),
        Just("---\n"),
        Just("***"),
        Just("*"),
        Just("{: .x}"),
        Just("[a](b)"),
        Just("`c`"),
        Just("<div>"),
        Just("</div>"),
        Just("\\\n"),
        Just(": "),
        Just("é漢👩\u{200d}💻"),
        Just("{% if x %}"),
        Just("{{ y }}"),
        Just("$$"),
        Just("[^1]"),
        Just("[^1]: "),
        Just("[id]: /u \"t\"\n"),
        Just("\""),
        Just("title: x\n"),
    ];
    prop::collection::vec(fragment, 0..40).prop_map(|fragments| fragments.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repairing_twice_is_repairing_once(body in fragments(), front_matter in any::<bool>(), carriage_returns in any::<bool>(), mark in any::<bool>()) {
        let mut text = if front_matter { format!("---\ntitle: x\n---\n{body}") } else { body };
        if carriage_returns {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        let once = repair(&text, house);
        prop_assume!(once.ending != Ending::TooManyRounds);
        let twice = repair(&once.text, house);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert_eq!(twice.applied, 0);
        prop_assert_eq!(once.text.starts_with('\u{feff}'), mark);
        if text.contains("\r\n") {
            prop_assert_eq!(once.text.matches('\n').count(), once.text.matches("\r\n").count());
        }
    }

    #[test]
    fn layout_fixes_alone_leave_the_page_as_it_is(body in fragments()) {
        let layout = |post: &Post| house(post).into_iter().filter(|diagnostic| diagnostic.fixes[0].safety == Safety::Layout).collect();
        let checker = Checker { site: Site::none(), check: layout };
        let repaired = fix::repair(&checker, &body, false);
        let nothing = fix::guard::Permits::default();
        let (old, new) = (checker.parse(&body), checker.parse(&repaired.text));
        let (old, new) = (fix::guard::Fingerprint::of(&old, &nothing), fix::guard::Fingerprint::of(&new, &nothing));
        prop_assert_eq!(old.difference(&new), None);
    }

    #[test]
    fn chosen_edits_never_meet(spans in prop::collection::vec((0usize..30, 0usize..5, "[ab]{0,2}"), 0..12)) {
        let text = "abcdefghijklmnopqrstuvwxyz0123456789";
        let mut report = Report::new("a/b", Severity::Info);
        for pair in spans.chunks(2) {
            let edits: Vec<Edit> = pair.iter().map(|(at, length, new)| Edit::replace(Span::new(*at, at + length), new.clone())).collect();
            report.at(Span::empty(0), "x").fix(Safety::Safe, "x", edits);
        }
        let diagnostics = report.into_diagnostics();
        let chosen = fix::apply::choose(text, &diagnostics, false);
        let mut edits: Vec<&Edit> = chosen.iter().flat_map(|candidate| &candidate.fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        for pair in edits.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?}", pair);
        }
        let fixes: Vec<_> = chosen.iter().map(|candidate| candidate.fix).collect();
        let (new, changes) = fix::apply::apply(text, &fixes);
        prop_assert_eq!(changes.len(), edits.len());
        for (change, edit) in changes.iter().zip(edits) {
            prop_assert_eq!(change.new.of(&new), &edit.text);
        }
    }
}
