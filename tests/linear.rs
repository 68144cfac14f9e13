//! The kramdown parser takes time in proportion to the input, also where Ruby's takes powers of it.

use postlint::kramdown::{self, Options};
use postlint::text::{Extract, Span};
use std::time::{Duration, Instant};

/// Texts that make a parser look far ahead, again and again.
const PATTERNS: &[&str] = &[
    "[", "![", "[a", "![a](", "[a](", "[a](<", "[a](b \"", "[a](b '", "[a][", "[a]: ", "[^a", "[^a]", "[[a]](", "(", "[a](b(", "*a**a ",
    "_a* ", "*a _b ", "**a __b ", "*a **b ", "***a ", "_a __b *c **d ", "*a [b ", "**a ![b ", "*", "_", "*a", "a* ", "* a", "*<b>", "[<b>",
    "![<b>", "<b>*", "<b>", "<b><i>", "<b></i>", "</b>", "<b a=\"", "<b a='", "<b a=\"b\" ", "<foo>", "<kbd>", "<code>`", "<a", "<", "<<",
    "<!--", "<!-- a", "<http://a", "<a@b", "`a", "`` a ` ", "`", "``a`", "{:", "{:a", "{: a=\"b ", "{:a}", "*a*{:.b", "*a*{:.b}", "{::comment}",
    "{::a", "{:/", "{:\\}", "{::a \\}", "$$", "$$a", "$$$", "~~a", "~~a ", "~~ a", "~~a~~", "\"a'", "\"", "'a ", "\"'", "&a", "&#1", "&", "--", "...",
    "\\", "\\*", "\\\\\n", "  \n", "a\\\n", "é_", "é\"", "[a]{:.b}", "![![a](b)](c) ", "[![a](b) *c ", "![a *b ![c _d ", "\"[a](", "*\"", "a-_b",
    "[\\]", "a`*b", "*`_[<b>", "*a <b>*c</b> ", "[a <i>[b</i> ", "~~*a ~~", "<b>~~a", "$$*a", "[a] [b] ", "[a]\n[b]\n", "[a](b\n\"c",
];

/// The same for blocks; each starts a line.
const BLOCK_PATTERNS: &[&str] = &[
    "> ", ">", "- ", "* ", "1. ", "> - ", "- > ", ">\n", "- \n", "- a\n", "- a\n\n", "1. a\n- b\n", "- [ ] a\n", "-|", "- {:.a} ", "```\n", "```\na\n",
    "``` a b\n", "~~~`\n", "~`~`", "````\n```\n", "```a\n\n", "<div>\n", "<div>", "<div></div>", "<div markdown=\"1\">\n", "<p markdown=\"span\">", "<!--\n",
    "<div>\n<!--\n", "<div><?", "<div></p>", "<div>a</div", "<script>", "<script>\n</script", "<a-b>\n", "<div class=a/b>\n", "a  \n<div class=a/b>\n", "</div>\n",
    "</div\n", "<div\n", "<div a=\"\n", "{:\n", "{:a\n", "{:\\}\n", "{:\\}x\n", "{:a}\n", "{:a: \n", "{:a: .b}\n", "a\n{:.b}\n", "{::comment}\n", "{::comment}\na\n{:/}\n",
    "{::comment /}\na\n", "{::options}\n", "{::a}\n", "{:/}\n", "{:|}\na|b\n", "{:`|`}\n", "[^a]: \n", "[^a]: [^a]: ", "[^a]: b\n    ", "[^a]: b\n\n    c\n", "[a]: u\n",
    "[a]: <u\n", "[a]: <u> ", "[a]: u \"t\n", "[a]: u \"t \"x ", "[a]: \n", "[a\n", "[a]:", "a|b\n", "a|b\n\n", "|`a\n", "|<code>", "|<code>a</code>", "|\n", "|a", "|-", "|-\n",
    "|===|\n", "a|b\n|-\n", "\\|", "|<b>\n", "$$\n\n", "$$a\n\n", "\\$$a\n\n", "\\$$a$$\n\n", "$$a$$ b\n\n", ": a\n", "a\n: b\n", "a\n: b\n\n", "a\n\n: b\n\n", ": : ", "*[a]: b\n",
    "*[a\n", "^\n", "^\na\n", "a\n===\n", "a\n-\n", "# a\n", "# a {#b}\n", "#", "# ", "a\n", "a\n\n", "a  \n", "    a\n", "    a\n\n", "    a\nb\n", "\ta\n", " \ta\n", "- a\n\n  b\n",
    "- a\n  - b\n", "***\n", "* * ", "\n", " ", "\t", "a\r\n", "\r", "é\n", "\u{e000}\n", "- a\n^\n", "> a\n\n", "> a\nb\n", "word word word\n",
];

fn time(text: &str) -> Duration {
    let start = Instant::now();
    let tree = kramdown::parse(&Extract::verbatim(text, Span::new(0, text.len())), &Options::default());
    std::hint::black_box(tree.len());
    start.elapsed()
}

/// Backticks, one more in each run, or one fewer.
fn runs(size: usize, growing: bool) -> String {
    let count = (1..).take_while(|count| count * (count + 3) / 2 < size).count();
    let run = |length: usize| format!("a{} ", "`".repeat(length));
    if growing { (1..count).map(run).collect() } else { (1..count).rev().map(run).collect() }
}

fn texts(size: usize) -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Vec::new();
    for pattern in PATTERNS {
        let body = format!("x {}", pattern.repeat(size / pattern.len()));
        texts.push((format!("{pattern:?}"), body.clone()));
        texts.push((format!("{pattern:?} and all ends"), format!("{body} ] ] ) ) \" ' }} > --> ` `` $$ ~~ * ** _ __ </b> \n\n[a]: b\n{{:.c}}\n")));
    }
    for pattern in BLOCK_PATTERNS {
        let body = pattern.repeat(size / pattern.len());
        texts.push((format!("blocks {pattern:?}"), body.clone()));
        texts.push((format!("blocks {pattern:?} and all ends"), format!("{body}\n```\n-->\n}}\n?>\n$$\n</script>\n</div>\n{{:/}}\n\na\n")));
    }
    let depth = (1..).take_while(|depth| depth * (depth + 4) < size).count();
    let stairs = |mark: &str| (0..depth).map(|level| format!("{}{mark}a\n", "  ".repeat(level))).collect::<String>();
    texts.push(("stairs of lists".to_owned(), stairs("- ")));
    texts.push(("stairs of quotes".to_owned(), stairs("> ")));
    let lines = |line: &dyn Fn(usize) -> String| (0..size / 12).map(line).collect::<String>();
    texts.push(("abbreviations".to_owned(), lines(&|index| format!("*[a{index}]: b\na{index} "))));
    texts.push(("link definitions".to_owned(), lines(&|index| format!("[a{index}]: b\n"))));
    texts.push(("footnotes".to_owned(), lines(&|index| format!("[^a{index}]: b\n"))));
    texts.push(("headings".to_owned(), lines(&|index| format!("# a{}\n", index % 7))));
    texts.push(("wide and long tables".to_owned(), format!("{}\n{}", "|a".repeat(size / 4), "|a\n".repeat(size / 6))));
    texts.push(("attribute list definitions".to_owned(), lines(&|index| format!("{{:a: b{index}}}\n")) + "a\n{:a}\n"));
    let nested = |open: &str, close: &str| {
        let count = size / (open.len() + close.len());
        format!("x {}a{}", open.repeat(count), close.repeat(count))
    };
    for (open, close) in [("[", "]"), ("![", "]"), ("![", "](b)"), ("[", "](b)"), ("<b>", "</b>"), ("*<b>", "</b>*"), ("(", ")"), ("[a](", ")")] {
        texts.push((format!("{open:?} {close:?} nested"), nested(open, close)));
        texts.push((format!("{open:?} {close:?} nested, a definition"), nested(open, close) + "\n\n[a]: b\n"));
    }
    texts.push(("growing runs of backticks".to_owned(), runs(size, true)));
    texts.push(("shrinking runs of backticks".to_owned(), runs(size, false)));
    texts.push(("classes".to_owned(), format!("*a*{{:{}}}", ".b".repeat(size / 2))));
    let keys: String = (0..size / 10).map(|index| format!(" k{index}=\"v\"")).collect();
    texts.push(("keys".to_owned(), format!("*a*{{:{keys}}} <b{keys}>c</b>")));
    texts
}

#[test]
fn time_is_in_proportion_to_the_text() {
    // a square of this size would take minutes
    for (name, text) in texts(100_000) {
        let taken = time(&text);
        assert!(taken < Duration::from_secs(5), "{name}: {taken:?} for {} bytes", text.len());
    }
}

#[test]
#[ignore = "prints a table: cargo test --release --test linear -- --ignored --nocapture"]
fn times_of_all_texts() {
    let sizes = [10_000, 100_000, 1_000_000];
    for index in 0..texts(10).len() {
        let times: Vec<Duration> = sizes.iter().map(|&size| time(&texts(size)[index].1)).collect();
        let slow = times[2] > 20 * times[1] || times[2] > Duration::from_millis(300);
        println!("{} {:?} {}", if slow { "!!" } else { "  " }, times, texts(10)[index].0);
    }
}
