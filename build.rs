//! Turns the word rules of `rules/spelling/*.yml` into JSON, which is read a hundred times faster at start-up.
//! Their examples stay behind: the tests read the YAML itself. And says where in the lists of words what begins.

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
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut value: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if value.get("rules").is_some() || value.get("classes").is_some() {
            for rule in value.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut) {
                rule.remove("good");
                rule.remove("bad");
            }
            word_files.push(value);
        } else {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            write(&Path::new(&output).join(format!("{name}.json")), &value);
        }
    }
    write(&Path::new(&output).join("word-rules.json"), &Value::Array(word_files));
    write_indices(&folder.join("words"), Path::new(&output));
}

/// For each list of words (sorted, one a line), where the words that begin with three given letters start: numbers of
/// four bytes, the lowest first, one more than there are beginnings. `dictionary.rs` reads them.
fn write_indices(folder: &Path, output: &Path) {
    for list in ["common", "rare", "frequent"] {
        let path = folder.join(format!("{list}.txt"));
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut starts: Vec<u32> = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let slot = beginning(line);
            starts.resize(starts.len().max(slot + 1), at as u32);
            at += line.len();
        }
        starts.resize(LETTERS.pow(3) + 1, at as u32);
        let bytes: Vec<u8> = starts.into_iter().flat_map(u32::to_le_bytes).collect();
        let path = output.join(format!("{list}.index"));
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

// the same as in `dictionary.rs`
include!("src/rules/spelling/dictionary/beginning.rs");

fn write(path: &Path, value: &Value) {
    fs::write(path, value.to_string()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
