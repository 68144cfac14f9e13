use postlint::cli::inspect::{self, Format};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut format = Format::Text;
    let mut paths = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "inspect" | "--format" | "text" => {}
            "json" => format = Format::Json,
            path => paths.push(PathBuf::from(path)),
        }
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let printed = inspect::run(&paths, format, &mut out, &mut |sentence| eprintln!("postlint: {sentence}"));
    match printed.and_then(|all_read| out.flush().map(|()| all_read)) {
        Ok(true) => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}
