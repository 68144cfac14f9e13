//! The cases of fixtures/kramdown, see `regenerate.rb` for their form.

use postlint::kramdown::Options;
use std::path::{Path, PathBuf};

pub struct Case {
    /// File and name.
    pub name: String,
    pub options: Options,
    /// As the file would be on disk.
    pub markdown: String,
    pub tree: String,
}

impl Case {
    pub fn options_have(&self, option: &str) -> bool {
        self.name.split_once('|').is_some_and(|(_, options)| options.split(',').any(|other| other.trim() == option))
    }
}

/// The cases of `file`.
pub fn read(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    let mut in_tree = false;
    for line in text.split_inclusive('\n') {
        if let Some(header) = line.strip_prefix("%%% ") {
            cases.push(Case {
                name: format!("{stem}: {}", header.trim_end()),
                options: Options::default(),
                markdown: String::new(),
                tree: String::new(),
            });
            in_tree = false;
        } else if line == "%%%\n" && !in_tree {
            in_tree = true;
        } else if let Some(case) = cases.last_mut() {
            if in_tree { &mut case.tree } else { &mut case.markdown }.push_str(line);
        }
    }
    cases.iter_mut().for_each(apply_options);
    cases
}

fn apply_options(case: &mut Case) {
    let Some((_, options)) = case.name.split_once('|') else {
        return;
    };
    for option in options.split(',').map(str::trim) {
        let set = &mut case.options;
        match option {
            "crlf" => case.markdown = case.markdown.replace('\n', "\r\n"),
            "no_final_newline" => {
                case.markdown.pop();
            }
            "lines_differ" => {}
            "input: kramdown" => set.gfm = false,
            "hard_wrap" => set.hard_wrap = true,
            "parse_block_html" => set.parse_block_html = true,
            "no_parse_span_html" => set.parse_span_html = false,
            "no_auto_ids" => set.auto_ids = false,
            "no_quirks" => set.paragraph_end = false,
            "no_auto_typographic" => set.no_auto_typographic = true,
            "auto_id_stripping" => set.auto_id_stripping = true,
            other => match other.strip_prefix("auto_id_prefix: ") {
                Some(prefix) => set.auto_id_prefix = prefix.to_owned(),
                None => panic!("{}: no option `{other}`", case.name),
            },
        }
    }
}

/// All files of cases: those in fixtures, or the one that `KRAMDOWN_CASES` names.
pub fn files() -> Vec<PathBuf> {
    if let Some(file) = std::env::var_os("KRAMDOWN_CASES") {
        return vec![file.into()];
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kramdown");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "cases"))
        .collect();
    files.sort();
    files
}
