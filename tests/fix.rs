//! The fix engine: what is applied, what is refused, and that it comes to an end.

use postlint::diagnostic::{Diagnostic, Edit, Report, Safety, Severity};
use postlint::fix::{self, Ending, Reader, Repaired};
use postlint::post::{DocumentKind, Post};
use postlint::site::Site;
use postlint::text::Span;

#[path = "fix/random.rs"]
mod random;
#[cfg(unix)]
#[path = "fix/writing.rs"]
mod writing;

/// Reads posts without a site and checks them with one function.
struct Checker<F> {
    site: Site,
    check: F,
}

impl<F: Fn(&Post) -> Vec<Diagnostic>> Reader for Checker<F> {
    fn parse<'t>(&'t self, text: &'t str) -> Post<'t> {
        Post::parse("_posts/2024-01-01-x.md", DocumentKind::Post, text, &self.site)
    }

    fn lint(&self, post: &Post) -> Vec<Diagnostic> {
        let mut diagnostics = (self.check)(post);
        fix::settle(post, &mut diagnostics);
        diagnostics
    }
}

fn repair(text: &str, check: impl Fn(&Post) -> Vec<Diagnostic>) -> Repaired {
    fix::repair(&Checker { site: Site::none(), check }, text, false)
}

/// A rule that replaces `from` by `to` wherever it stands; the edit leaves out what both have in common.
fn replacing(rule: &'static str, safety: Safety, from: &str, to: &str) -> impl Fn(&Post) -> Vec<Diagnostic> {
    let common = from.chars().zip(to.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let tail = |text: &str| text[common..].to_owned();
    let (from, old, new) = (from.to_owned(), tail(from), tail(to));
    move |post| {
        let mut report = Report::new(rule, Severity::Warning);
        for (at, _) in post.text.match_indices(&from) {
            let span = Span::new(at + common, at + common + old.len());
            report.at(span, "found").fix(safety, "replace it", [Edit::replace(span, new.clone())]);
        }
        report.into_diagnostics()
    }
}

/// The text after replacing `from` by `to`, or the reason why that was refused.
fn replaced(text: &str, safety: Safety, from: &str, to: &str) -> Result<String, String> {
    let repaired = repair(text, replacing("a/b", safety, from, to));
    match repaired.diagnostics.iter().find_map(|diagnostic| diagnostic.fixes[0].refused.clone()) {
        Some(why) => {
            assert_eq!(repaired.text, text, "refused, but changed");
            Err(why)
        }
        None => Ok(repaired.text),
    }
}

#[track_caller]
fn accepts(safety: Safety, text: &str, from: &str, to: &str) {
    assert_eq!(replaced(text, safety, from, to), Ok(text.replace(from, to)), "{text:?}");
}

#[track_caller]
fn refuses(safety: Safety, text: &str, from: &str, to: &str, reason: &str) {
    let refusal = replaced(text, safety, from, to);
    assert!(refusal.as_ref().is_err_and(|why| why.contains(reason)), "{text:?}: {refusal:?}");
}

#[test]
fn layout_moves_words_to_new_lines() {
    for text in [
        "One here. Two there.\n",
        "- One here. Two there.\n- more\n",
        "> One here. Two there.\n",
        "---\ntitle: x\n---\n\nOne here. Two there.\n\n* * *\n",
        "\u{feff}---\ntitle: x\n---\nOne here. Two there.\n",
    ] {
        let indent = if text.starts_with('-') && !text.starts_with("---") { "\n  " } else { "\n" };
        let line = if text.starts_with('>') { "\n> ".to_owned() } else { indent.to_owned() };
        accepts(Safety::Layout, text, "here. Two", &format!("here.{line}Two"));
    }
}

#[test]
fn layout_takes_blanks_away() {
    accepts(Safety::Layout, "word \nnext\n", " \n", "\n");
    accepts(Safety::Layout, "one\n\n\n\ntwo\n", "\n\n\n\n", "\n\n");
    accepts(Safety::Layout, "---\ntitle: x  \n---\none\n", "x  ", "x");
    accepts(Safety::Layout, "# One\ntext  and\n", "  and", " and");
}

#[test]
fn layout_adds_the_last_line_end() {
    let missing = |post: &Post| {
        let mut report = Report::new("a/b", Severity::Info);
        if !post.text.ends_with('\n') {
            let end = post.text.len() as u32;
            report.at(Span { start: end, end }, "x").fix(Safety::Layout, "x", [Edit::insert(end, "\n")]);
        }
        report.into_diagnostics()
    };
    for (text, expected) in [
        ("text", "text\n"),
        ("one\r\ntwo", "one\r\ntwo\r\n"),
        ("- item\n- item", "- item\n- item\n"),
        ("    code", "    code\n"),
        ("```\ncode\n```", "```\ncode\n```\n"),
        ("one | two\n----|----\n1 | 2", "one | two\n----|----\n1 | 2\n"),
    ] {
        assert_eq!(repair(text, missing).text, expected);
    }
}

#[test]
fn a_new_line_that_begins_a_block_is_refused() {
    for marker in ["- x", "* x", "+ x", "2019. It was", "# Heading", "> quote", "---", "==="] {
        let text = format!("Some words here. {marker}\nand more\n");
        refuses(Safety::Layout, &text, &format!("here. {marker}"), &format!("here.\n{marker}"), "something else on the page");
    }
}

#[test]
fn a_new_line_that_begins_code_is_refused() {
    for fence in ["```", "~~~"] {
        let text = format!("Some words here. {fence}\nmore\n{fence}\n");
        refuses(Safety::Layout, &text, &format!("here. {fence}"), &format!("here.\n{fence}"), "something else on the page");
    }
}

#[test]
fn a_row_of_a_table_is_a_line_of_its_own() {
    refuses(Safety::Layout, "a | b. c\n", "b. c", "b.\nc", "something else");
    refuses(Safety::Layout, "One. two\n\na | b\n", "One. two\n", "One. two", "something else");
    refuses(Safety::Layout, "a | b\n:-- | :--\nc | d\n", "-- | :", "-- |\n:", "something else");
    accepts(Safety::Layout, "a | b\n:-- | :--\nc | d\n", "| :--\n", "| :-----\n");
    accepts(Safety::Layout, "Some words. | a | b |\nand more\n", "words. |", "words.\n|");
}

#[test]
fn a_new_line_before_an_underline_is_refused() {
    refuses(Safety::Layout, "One. Two\n---\n", "One. Two", "One.\nTwo", "something else");
    refuses(Safety::Layout, "One. Two\n\n---\n", "Two\n\n---", "Two\n---", "something else");
}

#[test]
fn code_stays_as_it_is() {
    refuses(Safety::Layout, "    code  \n    more\n", "code  ", "code", "change code");
    refuses(Safety::Layout, "```\ncode  \n```\n", "code  ", "code", "change code");
    refuses(Safety::Layout, "```\na\n\n\nb\n```\n", "\n\n\n", "\n\n", "change code");
    refuses(Safety::Layout, "```\na b\n```\n", "b\n", "b\n\n", "change code");
    refuses(Safety::Safe, "```\nteh\n```\n", "teh", "the", "change code");
}

#[test]
fn words_are_corrected_where_they_stand() {
    accepts(Safety::Safe, "I had to proof it.\n", "proof", "prove");
    accepts(Safety::Safe, "the the cat\n", "the the", "the");
    accepts(Safety::Safe, "one ,two\n", " ,", ", ");
    accepts(Safety::Safe, "> a teh b\n> teh c\n", "teh", "the");
    accepts(Safety::Safe, "\u{feff}a teh\r\nb teh\r\n", "teh", "the");
}

#[test]
fn a_correction_that_makes_a_block_is_refused() {
    refuses(Safety::Safe, "one\ntwo\n", "\ntwo", "\n- two", "something else");
    refuses(Safety::Safe, "one\ntwo\n", "\ntwo", "\n\ntwo", "something else");
}

#[test]
fn layout_may_not_change_words() {
    refuses(Safety::Layout, "a teh b\n", "teh", "the", "change other words");
    refuses(Safety::Layout, "well known\n", "well known", "wellknown", "change other words");
    refuses(Safety::Layout, "日本。日本\n", "。日", "。\n日", "change other words");
}

#[test]
fn hard_breaks_stay() {
    refuses(Safety::Layout, "one  \ntwo\n", "one  ", "one", "something else");
    refuses(Safety::Layout, "one\\\\\ntwo\n", "\\\\\n", "\\\\ ", "something else");
    refuses(Safety::Layout, "one.   two\n", "  two", "  \ntwo", "something else");
    accepts(Safety::Layout, "one  \n", "one  ", "one");
}

#[test]
fn attribute_lists_stay_with_their_elements() {
    refuses(Safety::Layout, "a [b](c){:.d}\n", "){", ")\n{", "");
    refuses(Safety::Layout, "a [b](c)\n{:.d}\n", ")\n{", "){", "");
    refuses(Safety::Layout, "one\n\n{: .x}\ntwo\n", "\n\n{", "\n{", "");
    accepts(Safety::Layout, "One. [b](c){:.d} two\n", "One. [", "One.\n[");
}

#[test]
fn attributes_of_the_edited_element_may_change() {
    accepts(Safety::Safe, "A [b](https://c.d) e.\n", ".d) ", ".d){:target=\"_blank\"} ");
    accepts(Safety::Safe, "A [b](c){:.d} e.\n", ".d}", ".d target=\"_blank\"}");
    accepts(Safety::Safe, "A <a href=\"b\">c</a>.\n", "\"b\">", "\"b\" rel=\"noopener\">");
    accepts(Safety::Safe, "A [b](c){:target=\"blank\"} e.\n", "=\"blank", "=\"_blank");
    refuses(Safety::Safe, "A [b](c){:.d} e.\n", ".d}", ".d} f", "");
    // the list no longer ends, so it is printed
    refuses(Safety::Safe, "A [b](c){:.d} e.\n", ".d}", ".d target", "");
    accepts(Safety::Safe, "A [b][c].\n\n[c]: https://d.e\n\nf\n", ".e\n\n", ".e\n{:target=\"_blank\"}\n\n");
}

#[test]
fn a_url_changes_alone() {
    accepts(Safety::Safe, "![a](/img/B.PNG \"t\")\n", "B.PNG", "b.png");
    accepts(Safety::Safe, "<img src=\"/img/B.PNG\" alt=\"x\">\n", "B.PNG", "b.png");
    accepts(Safety::Safe, "![a]({{ '/img/B.PNG' | relative_url }})\n", "B.PNG", "b.png");
    refuses(Safety::Safe, "![a](/img/B.PNG)\n", "B.PNG", "b).png", "");
    refuses(Safety::Safe, "![a](/img/B.PNG)\n", "B.PNG", "b.png \"t\"", "");
    accepts(Safety::Safe, "![a teh](b.png)\n", "teh", "the");
}

#[test]
fn corrected_words_make_no_markup() {
    refuses(Safety::Safe, "a teh b* c\n", "teh", "*the", "");
    refuses(Safety::Safe, "a teh b\n", "teh", "`the`", "");
    refuses(Safety::Safe, "a teh b\n", "teh", "<b>the</b>", "");
    accepts(Safety::Safe, "**teh** b\n", "teh", "the");
    accepts(Safety::Safe, "it's teh \"x\" -- y\n", "teh", "the");
}

#[test]
fn lines_are_not_split_where_that_would_show() {
    refuses(Safety::Layout, "`a b`\nand $$x y$$ z\n", "x y", "x\ny", "");
    refuses(Safety::Layout, "# One two\n", "One two", "One\ntwo", "");
    refuses(Safety::Layout, "<pre>a b</pre>\n", "a b", "a\nb", "");
    refuses(Safety::Layout, "[a](b \"c d\")\n", "c d", "c\nd", "");
    accepts(Safety::Layout, "*One. Two* and [x. y](z).\n", ". ", ".\n");
}

#[test]
fn markup_may_change_where_a_rule_says_so() {
    let check = |post: &Post| {
        let mut report = Report::new("a/b", Severity::Warning);
        for (at, _) in post.text.match_indices(") {:") {
            let gap = Span::new(at + 1, at + 2);
            report.at(gap, "x").fix(Safety::Safe, "x", [Edit::delete(gap)]).changes_markup();
        }
        report.into_diagnostics()
    };
    let repaired = repair("A [b](c) {:target=\"_blank\" rel=\"x\"} d.\n", check);
    assert_eq!((repaired.text.as_str(), repaired.refused), ("A [b](c){:target=\"_blank\" rel=\"x\"} d.\n", 0));
}

#[test]
fn values_of_the_front_matter_stay_apart() {
    accepts(Safety::Layout, "---\ntitle: 'x'\n---\n", "'x'", "\"x\"");
    accepts(Safety::Safe, "---\ntitel: x\nlayout: post\n---\n", "titel", "title");
    refuses(Safety::Layout, "---\nnumber: '1'\n---\n", "'1'", "1", "front matter");
    // the new value swallows the next entry
    refuses(Safety::Safe, "---\ntitle: x\nlayout: post\n---\n", "title: x\n", "title:\n  ", "front matter");
    refuses(Safety::Safe, "---\ntitle: x\n---\nbody\n", "title: x", "title: \"x", "front matter");
}

#[test]
fn front_matter_that_does_not_parse_can_be_mended() {
    accepts(Safety::Safe, "---\ntitle: a: b\nlayout: post\n---\nbody\n", "title: a: b", "title: \"a: b\"");
}

#[test]
fn corrections_that_break_links_from_elsewhere_are_unsafe() {
    let text = "---\ntags: [teh]\ntitle: teh\n---\n\n# One teh two\n\n# Two teh three {#id}\n\nteh\n";
    let check = replacing("a/b", Safety::Safe, "teh", "the");
    let repaired = repair(text, &check);
    assert_eq!(repaired.text, "---\ntags: [teh]\ntitle: the\n---\n\n# One teh two\n\n# Two the three {#id}\n\nthe\n");
    assert_eq!((repaired.applied, repaired.refused), (3, 0));
    assert!(repaired.diagnostics.iter().all(|diagnostic| diagnostic.fixes[0].safety == Safety::Unsafe));
    let all = fix::repair(&Checker { site: Site::none(), check }, text, true);
    assert_eq!(all.text, text.replace("teh", "the"));
}

#[test]
fn one_harmful_fix_does_not_keep_the_others_away() {
    let mut text = String::new();
    for number in 0..40 {
        text.push_str(if number % 13 == 5 { "Words here. - no list\n\n" } else { "Words here. Two of them\n\n" });
    }
    let repaired = repair(&text, replacing("a/b", Safety::Layout, "here. ", "here.\n"));
    assert_eq!(repaired.text, text.replace("here. T", "here.\nT"));
    assert_eq!((repaired.applied, repaired.refused, repaired.ending), (37, 3, Ending::Settled));
    for diagnostic in &repaired.diagnostics {
        assert!(diagnostic.notes[0].starts_with("the fix was left out: it would turn"), "{:?}", diagnostic.notes);
    }
}

#[test]
fn rules_that_undo_one_another_change_nothing() {
    let (there, back) = (replacing("a/there", Safety::Safe, "foo", "bar"), replacing("a/back", Safety::Safe, "bar", "foo"));
    let other = replacing("a/other", Safety::Safe, "one", "two");
    let check = |post: &Post| [there(post), back(post), other(post)].concat();
    let repaired = repair("foo one\nbar\n", check);
    assert_eq!((repaired.text.as_str(), repaired.applied, repaired.refused), ("foo two\nbar\n", 1, 2));
    assert_eq!(repaired.ending, Ending::Settled);
    assert_eq!(repaired.diagnostics[0].notes, ["the fix was left out: `a/back` would undo it"]);
}

#[test]
fn rules_in_a_circle_are_named_and_change_nothing() {
    let rules = [("a/1", "foo", "bar"), ("a/2", "bar", "baz"), ("a/3", "baz", "foo")];
    let rules = rules.map(|(rule, from, to)| replacing(rule, Safety::Safe, from, to));
    let repaired = repair("foo\n", |post| rules.iter().flat_map(|rule| rule(post)).collect());
    assert_eq!((repaired.text.as_str(), repaired.applied), ("foo\n", 0));
    assert_eq!(repaired.ending, Ending::GoesInCircles(vec!["a/1", "a/2", "a/3"]));
}

#[test]
fn a_fix_that_makes_a_finding_is_left_out() {
    let repeated = |post: &Post| {
        let mut report = Report::new("a/repeated", Severity::Warning);
        for (at, found) in post.text.match_indices("the the") {
            report.at(Span::new(at, at + found.len()), "twice");
        }
        report.into_diagnostics()
    };
    let spelling = replacing("a/spelling", Safety::Safe, "teh", "the");
    let repaired = repair("teh the cat\nteh dog\n", |post| [spelling(post), repeated(post)].concat());
    assert_eq!((repaired.text.as_str(), repaired.applied, repaired.refused), ("teh the cat\nthe dog\n", 1, 1));
    assert_eq!(repaired.diagnostics[0].notes, ["the fix was left out: `a/repeated` would find fault with it"]);
}

#[test]
fn a_circle_leaves_what_was_repaired_before_it() {
    let first = replacing("a/first", Safety::Safe, "one", "foo");
    let (there, back) = (replacing("a/there", Safety::Safe, "foo", "bar"), replacing("a/back", Safety::Safe, "bar", "foo"));
    let check = |post: &Post| [first(post), there(post), back(post)].concat();
    let repaired = repair("one\n", check);
    assert_eq!((repaired.text.as_str(), repaired.applied), ("foo\n", 1));
    assert_eq!(repair(&repaired.text, check).text, repaired.text);
}

#[test]
fn a_fix_without_end_is_given_up() {
    let repaired = repair("x\n", replacing("a/b", Safety::Safe, "x\n", "xx\n"));
    assert_eq!((repaired.ending, repaired.applied), (Ending::TooManyRounds, fix::MOST_ROUNDS));
}

#[test]
fn a_fix_that_uncovers_another_is_followed() {
    let (first, second) = (replacing("a/a", Safety::Safe, "abc", "abd"), replacing("a/b", Safety::Safe, "abd", "fin"));
    let repaired = repair("abc\n", |post| [first(post), second(post)].concat());
    assert_eq!((repaired.text.as_str(), repaired.applied, repaired.ending), ("fin\n", 2, Ending::Settled));
}
