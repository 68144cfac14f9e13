//! Makes blog posts for measuring: the same ones from the same seed, with what real posts are made of.

/// A small generator of numbers that look random (xorshift), so that the text is the same on every machine.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const SUBJECTS: [&str; 8] =
    ["The crane", "A small team", "The harbour master", "Our queue", "Every ship", "The new cache", "Nobody", "The old pier"];
const VERBS: [&str; 8] = ["moves", "keeps", "measures", "replaces", "reads", "carries", "repairs", "knows"];
const OBJECTS: [&str; 8] = [
    "the containers",
    "a list of names",
    "the tide table",
    "its own log",
    "three berths",
    "the night shift",
    "what was promised",
    "the cargo",
];
const TAILS: [&str; 8] = [
    "before sunrise",
    "without a word",
    "in two days",
    "as it should",
    "again and again",
    "for the first time",
    "when it rains",
    "by hand",
];

fn sentence(numbers: &mut Numbers) -> String {
    let (subject, verb, object, tail) = (numbers.pick(&SUBJECTS), numbers.pick(&VERBS), numbers.pick(&OBJECTS), numbers.pick(&TAILS));
    match numbers.below(8) {
        0 => format!("{subject} *{verb}* {object} {tail}."),
        1 => format!(
            "{subject} {verb} [{object}](https://harbour.example/{}){{:target=\"_blank\" rel=\"noopener noreferrer\"}} {tail}.",
            numbers.below(900)
        ),
        2 => format!("{subject} {verb} `{}` {tail}, and \"{object}\" too.", tail.replace(' ', "_")),
        3 => format!("{subject} {verb} {object} {tail}, as the [log]({{{{ '/logs/{}' | relative_url }}}}) says.", numbers.below(90)),
        _ => format!("{subject} {verb} {object} {tail}."),
    }
}

fn block(numbers: &mut Numbers) -> String {
    let lines = |numbers: &mut Numbers, prefix: &str, count: usize| {
        (0..count).map(|_| format!("{prefix}{}\n", sentence(numbers))).collect::<String>()
    };
    match numbers.below(14) {
        0 => format!("## {} {}\n", numbers.pick(&SUBJECTS), numbers.pick(&VERBS)),
        1 => lines(numbers, "- ", 4),
        2 => lines(numbers, "> ", 2),
        3 => "```rust\nfn berth(ship: &Ship) -> Option<u32> {\n    ship.berth.map(|berth| berth + 1)\n}\n```\n".to_owned(),
        4 => format!("![{}]({{{{ '/img/{}.png' | prepend: site.baseurl }}}})\n", numbers.pick(&OBJECTS), numbers.below(50)),
        5 => format!("| ship | berth |\n|------|------:|\n| Aurora | {} |\n| Boreas | {} |\n", numbers.below(90), numbers.below(90)),
        _ => {
            let count = 2 + numbers.below(4);
            lines(numbers, "", count)
        }
    }
}

/// A post of about `bytes` bytes.
pub fn post(seed: u64, bytes: usize) -> String {
    let mut numbers = Numbers::new(seed);
    let mut text = format!(
        "---\nlayout: post\ntitle: Notes from the harbour, number {seed}\nauthors: [ines]\ntags: [cranes, tides]\nimage: /img/{}.png\n---\n",
        numbers.below(50)
    );
    while text.len() < bytes {
        text.push_str(&block(&mut numbers));
        text.push('\n');
    }
    text
}
