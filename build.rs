//! Compiles the word rules of `rules/spelling/*.yml` (their examples stay behind: the tests read the YAML itself), turns
//! the other files there into JSON, which is read a hundred times faster at start-up, and says where in the lists of words
//! what begins.

// what compiles word rules is a part of the program, which does it for the rules of a site
#[allow(dead_code)]
#[path = "src/text"]
mod text {
    pub mod packed;
}
#[allow(dead_code)]
#[path = "src/rules"]
mod rules {
    pub mod spelling {
        pub mod membership;
        pub mod pattern;
        pub mod source;
        pub mod table;
        pub mod template;
        pub mod verbs;
    }
}

use rules::spelling::source::{WORD_RULES, WordFile};
use rules::spelling::table::{Table, TableError};
use rules::spelling::verbs::Verbs;
use serde_json::Value;
use std::path::Path;
use std::{env, fs};

fn main() {
    let folder = Path::new("rules/spelling");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    let output = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("rules/spelling can be listed")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yml"))
        .collect();
    files.sort();
    let mut word_files = Vec::new();
    let mut verbs = Verbs::default();
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut value: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if value.get("rules").is_some() || value.get("classes").is_some() {
            for rule in value.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut) {
                rule.remove("good");
                rule.remove("bad");
            }
            word_files.push(serde_json::from_value(value).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        } else if path.ends_with("verbs.yml") {
            verbs = Verbs::new(&serde_json::from_value(value).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        } else {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            write(&Path::new(&output).join(format!("{name}.json")), &value);
        }
    }
    let frequent = fs::read_to_string(folder.join("words/frequent.txt")).expect("the frequent words");
    let table = compile(Table::new(verbs, &frequent), word_files).expect("the rules go together").write().expect("a table has a form");
    fs::write(Path::new(&output).join("word-rules.bin"), table).expect("the folder can be written");
    for list in ["common", "rare", "frequent"] {
        let path = folder.join("words").join(format!("{list}.txt"));
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        write_index(list, &text, Path::new(&output));
    }
    let slips = known_slips();
    write_index("slips", &slips, Path::new(&output));
    let path = Path::new(&output).join("slips.txt");
    fs::write(&path, slips).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Adds the rules of all files to a table: first the classes, since a rule may use those of a later file, and of them first
/// those without corrections. These stand beside slips, and only so many classes are quick to look up there.
fn compile(mut table: Table, files: Vec<WordFile>) -> Result<Table, TableError> {
    let mut rules = Vec::new();
    let (mut beside, mut slips) = (Vec::new(), Vec::new());
    for file in files {
        for (name, words) in file.classes {
            let corrects = words.0.iter().any(|(_, right)| right.is_some());
            if corrects { &mut slips } else { &mut beside }.push((name, words));
        }
        rules.extend(file.rules);
    }
    for class in beside.into_iter().chain(slips) {
        table.add(WordFile { classes: [class].into(), rules: Vec::new() }, WORD_RULES)?;
    }
    table.add(WordFile { classes: Default::default(), rules }, WORD_RULES)?;
    Ok(table)
}

/// The misspellings of `typos-dict`, sorted, one a line, each with its corrections behind a tab, abridged, commas between
/// them. The crate's own table takes four times the room, and is moved about whenever the program starts.
fn known_slips() -> String {
    let mut lines: Vec<String> = typos_dict::WORD
        .map
        .entries()
        .filter(|(_, right)| !right.is_empty())
        .map(|(wrong, right)| {
            let wrong = wrong.into_inner().to_lowercase();
            let right: Vec<String> = right.iter().map(|right| abridge(&wrong, right)).collect();
            format!("{wrong}\t{}\n", right.join(","))
        })
        .collect();
    lines.sort_unstable();
    lines.concat()
}

/// Where in a list of words (sorted, one a line) those with each beginning of three letters start: numbers of four bytes,
/// the lowest first, one more than there are beginnings. `dictionary.rs` reads them.
fn write_index(list: &str, text: &str, output: &Path) {
    let mut starts: Vec<u32> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let slot = beginning(line.as_bytes());
        starts.resize(starts.len().max(slot + 1), at as u32);
        at += line.len();
    }
    starts.resize(LETTERS.pow(3) + 1, at as u32);
    let bytes: Vec<u8> = starts.into_iter().flat_map(u32::to_le_bytes).collect();
    let path = output.join(format!("{list}.index"));
    fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

// the same as in `dictionary.rs`
include!("src/rules/spelling/dictionary/beginning.rs");
include!("src/rules/spelling/dictionary/abridged.rs");

fn write(path: &Path, value: &Value) {
    fs::write(path, value.to_string()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
