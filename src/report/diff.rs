//! `--diff`: what `--fix` would do, as a unified diff for `patch -p0` or `git apply -p0` in the site's root.

use super::Style;
use super::visible::visible;
use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Lines around a change.
const CONTEXT: usize = 3;

/// Writes the difference between two versions of the file `path`; nothing where there is none.
///
/// Where it is read on a terminal control characters are shown instead of sent; elsewhere it is byte by byte what
/// `patch` needs, carriage returns included.
///
/// # Errors
///
/// Those of `out`.
pub fn write(path: &str, old: &str, new: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if old == new {
        return Ok(());
    }
    // a line of a patch ends with `\n` and nothing else
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let name = file_name(path);
    writeln!(out, "{}", style.paint(style.bold(), &format!("--- {name}")))?;
    writeln!(out, "{}", style.paint(style.bold(), &format!("+++ {name}")))?;
    for operations in group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT) {
        writeln!(out, "{}", style.paint(style.gutter(), &UnifiedHunkHeader::new(&operations).to_string()))?;
        for operation in operations {
            let (before, after) = (&old[operation.old_range()], &new[operation.new_range()]);
            if let DiffOp::Equal { .. } = operation {
                before.iter().try_for_each(|line| write_line(' ', "", line, style, out))?;
            } else {
                before.iter().try_for_each(|line| write_line('-', style.removed(), line, style, out))?;
                after.iter().try_for_each(|line| write_line('+', style.added(), line, style, out))?;
            }
        }
    }
    Ok(())
}

fn write_line(mark: char, code: &str, line: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let content = line.strip_suffix('\n');
    let shown = content.unwrap_or(line);
    let shown = if style.terminal { visible(shown.strip_suffix('\r').unwrap_or(shown)) } else { Cow::Borrowed(shown) };
    writeln!(out, "{}", style.paint(code, &format!("{mark}{shown}")))?;
    if content.is_none() {
        writeln!(out, "\\ No newline at end of file")?;
    }
    Ok(())
}

/// A path as `git` writes it in a diff: quoted where it holds characters that would break the line, and followed by a
/// tab where it holds a space.
fn file_name(path: &str) -> Cow<'_, str> {
    let plain = |character: char| visible(character.encode_utf8(&mut [0; 4])).chars().eq([character]) && !matches!(character, '"' | '\\');
    if path.chars().all(plain) {
        return if path.contains(' ') { Cow::Owned(format!("{path}\t")) } else { Cow::Borrowed(path) };
    }
    let mut quoted = String::from("\"");
    for character in path.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if !plain(character) => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    // writing to a string does not fail
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}
