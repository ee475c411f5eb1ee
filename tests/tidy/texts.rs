//! Texts of the screens stand in `shared/src/words`, where they can be read together and one day translated.

use crate::sources::{Finding, Source, hold, rust, sees};

/// Names that the web platform gives: keys, headers.
const NOT_TEXTS: [&str; 16] = [
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Home",
    "End",
    "Enter",
    "Escape",
    "Tab",
    "PageDown",
    "PageUp",
    "Backspace",
    "Delete",
    "Spacebar",
    "Accept",
    "Content-Type",
];

/// Files with texts of their own, with the reason.
const ALLOWED: [(&str, &str); 0] = [];

/// Strings that begin like a sentence or a name.
fn scattered_texts(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("frontend/src/") || ALLOWED.iter().any(|(path, _)| source.path == *path) {
        return Vec::new();
    }
    let code = source.code_with_strings();
    let end = source.code_without_tests().lines().count();
    let mut findings = Vec::new();
    for (at, line) in code.lines().take(end).enumerate() {
        // What the program says to its makers (`#[expect(reason = …)]`) is no text of the screens.
        if line.trim_start().starts_with("#[") || line.trim_start().starts_with("#![") {
            continue;
        }
        let strings = line.split('"').skip(1).step_by(2);
        for text in strings.filter(|text| begins_like_a_text(text) && !NOT_TEXTS.contains(text)) {
            findings.push(source.finding(at + 1, format!("\"{text}\" is a text: it belongs into shared/src/words")));
        }
    }
    findings
}

fn begins_like_a_text(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_uppercase()) && letters.next().is_some_and(|second| second.is_lowercase())
}

#[test]
fn texts_of_the_screens_stand_together() {
    hold(scattered_texts, rust());
    let planted =
        "let a = html! { <p aria-label=\"Your cart\">{ \"Nothing here yet\" }</p> };\nlet key = \"Enter\";\nlet class = \"brand big\";\n";
    sees(scattered_texts, &Source::planted("frontend/src/orders/cart.rs", planted), &[1, 1]);
}
