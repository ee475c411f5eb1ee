//! Just enough of Rust's lexical rules to tell program text from comments and strings.

/// What becomes of the insides of strings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Strings {
    Blank,
    Keep,
}

/// The text with comments (and perhaps strings) made of spaces; line ends stay.
pub fn blank(text: &str, strings: Strings) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, keep) = match token(rest, &out) {
            Token::Comment(length) => (length, false),
            Token::Text(length) => (length, strings == Strings::Keep),
            Token::Other => (first.len_utf8(), true),
        };
        let (piece, after) = rest.split_at(length);
        if keep {
            out.push_str(piece);
        } else {
            out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    out
}

/// What begins at some place, with its length in bytes.
enum Token {
    Comment(usize),
    Text(usize),
    Other,
}

fn token(rest: &str, before: &str) -> Token {
    if rest.starts_with("//") {
        return Token::Comment(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Token::Comment(block_comment(rest));
    }
    if rest.starts_with('"') {
        return Token::Text(quoted(rest, '"'));
    }
    let inside_word = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !inside_word && let Some(length) = raw(rest) {
        return Token::Text(length);
    }
    // A quote starts a character unless it starts a lifetime, which has no quote after its first letter.
    if rest.starts_with('\'') {
        let mut letters = rest.chars().skip(1);
        let (first, second) = (letters.next(), letters.next());
        if first == Some('\\') || second == Some('\'') {
            return Token::Text(quoted(rest, '\''));
        }
    }
    Token::Other
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn raw(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let inside = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - inside.len();
    Some(inside.find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

#[test]
fn comments_and_strings_are_blank_and_the_rest_stays() {
    let text = "let a = \"x // y\"; // z\nlet b = r#\"q\"q\"#; /* c /* d */ e */ let c = '\"'; fn f<'a>() {}";
    let code = blank(text, Strings::Blank);
    assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), "let a = ; let b = ; let c = ; fn f<'a>() {}");
    assert!(blank(text, Strings::Keep).contains("\"x // y\""));
    assert_eq!(code.lines().count(), text.lines().count());
}
