//! Functions that fit on a screen.

use crate::sources::{Finding, Source, hold, rust, sees};

const LONGEST_FUNCTION_LINES: usize = 70;

/// Files whose functions are tables, with the reason.
const TABLES: [(&str, &str); 1] = [("frontend/src/ui/icon/paths.rs", "one arm for each icon, nothing to follow")];

/// Functions longer than a screen, told at the line where they begin.
fn long_functions(source: &Source) -> Vec<Finding> {
    if TABLES.iter().any(|(path, _)| source.path == *path) {
        return Vec::new();
    }
    let code = source.code();
    let lines: Vec<&str> = code.lines().collect();
    let starts = (0..lines.len()).filter(|at| begins_function(lines[*at]));
    let measured = starts.map(|at| (at, length(&lines[at..])));
    measured
        .filter(|(_, length)| *length > LONGEST_FUNCTION_LINES)
        .map(|(at, length)| source.finding(at + 1, format!("a function of {length} lines; at most {LONGEST_FUNCTION_LINES}")))
        .collect()
}

fn begins_function(line: &str) -> bool {
    let words =
        line.split_whitespace().skip_while(|word| word.starts_with("pub") || ["const", "async", "unsafe", "default"].contains(word));
    words.take(1).any(|word| word == "fn")
}

/// Lines until the braces of a body close; one where there is no body.
fn length(lines: &[&str]) -> usize {
    let (mut braces, mut brackets, mut opened) = (0, 0, false);
    for (at, line) in lines.iter().enumerate() {
        for letter in line.chars() {
            match letter {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                '{' => {
                    braces += 1;
                    opened = true;
                }
                '}' => braces -= 1,
                ';' if !opened && brackets == 0 => return 1,
                _ => {}
            }
        }
        if opened && braces == 0 {
            return at + 1;
        }
    }
    lines.len()
}

#[test]
fn functions_fit_on_a_screen() {
    hold(long_functions, rust());
}

#[test]
fn a_long_function_is_seen() {
    let body = "    work();\n".repeat(LONGEST_FUNCTION_LINES);
    let planted =
        Source::planted("shared/src/long.rs", &format!("trait T {{\n    fn short(&self);\n}}\n\npub async fn long() {{\n{body}}}\n"));
    sees(long_functions, &planted, &[5]);
}
