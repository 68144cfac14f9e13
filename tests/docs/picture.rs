//! A picture of what a terminal shows: text with escape sequences in, SVG out.

use std::fmt::Write;

/// Width of a character and height of a line, in the units of the picture.
const CELL: (f64, f64) = (8.4, 19.0);
/// Around the text.
const MARGIN: (f64, f64) = (22.0, 18.0);
/// The bar of the window.
const BAR: f64 = 34.0;

const INK: &str = "#e7e4dc";
const PAPER: &str = "#15171b";

/// How characters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    bold: bool,
    dim: bool,
    underlined: bool,
    colour: Option<&'static str>,
}

impl Look {
    /// Takes over the parameters of "select graphic rendition".
    fn select(&mut self, parameters: &str) {
        for parameter in parameters.split(';') {
            match parameter {
                "" | "0" => *self = Look::default(),
                "1" => self.bold = true,
                "2" => self.dim = true,
                "4" => self.underlined = true,
                "31" => self.colour = Some("#ff8593"),
                "32" => self.colour = Some("#6cc795"),
                "33" => self.colour = Some("#f0b45c"),
                "34" => self.colour = Some("#82b9f2"),
                "35" => self.colour = Some("#d3a3f0"),
                "36" => self.colour = Some("#7fd3d8"),
                other => panic!("the picture knows no {other:?}"),
            }
        }
    }

    fn attributes(self) -> String {
        let weight = if self.bold { " font-weight=\"600\"" } else { "" };
        let opacity = if self.dim { " opacity=\".6\"" } else { "" };
        let line = if self.underlined { " text-decoration=\"underline\"" } else { "" };
        let fill = self.colour.map_or(String::new(), |colour| format!(" fill=\"{colour}\""));
        format!("{fill}{weight}{opacity}{line}")
    }
}

/// Draws `command` and what it prints; `width` in columns.
pub fn draw(command: &str, output: &str, width: usize) -> String {
    let lines: Vec<&str> = output.trim_end().lines().collect();
    let wide = CELL.0.mul_add(width as f64, 2.0 * MARGIN.0);
    let high = CELL.1.mul_add((lines.len() + 2) as f64, BAR + 2.0 * MARGIN.1 - CELL.1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" width=\"{wide:.0}\" height=\"{high:.0}\" \
         role=\"img\" aria-label=\"{command} in a terminal\">\n\
         <rect x=\".5\" y=\".5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"10\" fill=\"{PAPER}\" stroke=\"#30343c\"/>\n",
        wide - 1.0,
        high - 1.0
    );
    for (index, colour) in ["#ff8593", "#f0b45c", "#6cc795"].iter().enumerate() {
        let _ = writeln!(svg, "<circle cx=\"{}\" cy=\"18\" r=\"5.5\" fill=\"{colour}\"/>", 22 + 19 * index);
    }
    let _ = writeln!(
        svg,
        "<g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"14\" fill=\"{INK}\">"
    );
    let mut look = Look::default();
    let prompt = format!("\x1b[32m$\x1b[0m \x1b[1m{command}\x1b[0m");
    for (index, line) in [prompt.as_str(), ""].into_iter().chain(lines).enumerate() {
        let y = CELL.1.mul_add(index as f64, BAR + MARGIN.1);
        draw_line(line, y, &mut look, &mut svg);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Each run of equal looks is placed by its column, so that any font keeps the columns.
fn draw_line(line: &str, y: f64, look: &mut Look, svg: &mut String) {
    let mut column = 0;
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(sequence) = rest.strip_prefix("\x1b[") {
            let (parameters, behind) = sequence.split_once('m').expect("only colours");
            look.select(parameters);
            rest = behind;
            continue;
        }
        let (run, behind) = rest.split_at(rest.find('\x1b').unwrap_or(rest.len()));
        let length = run.chars().count();
        let text = run.trim_end();
        let blank = text.chars().count() - text.trim_start().chars().count();
        let text = text.trim_start();
        if !text.is_empty() {
            let x = CELL.0.mul_add((column + blank) as f64, MARGIN.0);
            let wide = CELL.0 * text.chars().count() as f64;
            // several blanks in a row would be one
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}");
            let attributes = look.attributes();
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{wide:.1}\" lengthAdjust=\"spacingAndGlyphs\"{attributes}>{text}</text>"
            );
        }
        (column, rest) = (column + length, behind);
    }
}
