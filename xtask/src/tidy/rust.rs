//! A light reading of Rust source: its code, its string literals and its paths, without tests.
//!
//! This is not a parser. It knows comments, literals and braces, which is enough to tell whether
//! a word stands in code or in text, and it never fails: source that does not compile gives some
//! answer, and the compiler gives the error.

/// A string literal of the source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Literal {
    /// The line that it starts on, from 1.
    pub(super) line: usize,
    /// What stands between its quotes, escapes as written.
    pub(super) text: String,
}

/// Rust source with comments, literals and test modules told apart from the code.
pub(super) struct Source {
    /// The code: every character of a comment, a literal or a test module is a blank, and line
    /// breaks are where they were.
    pub(super) code: String,
    /// The string literals outside of test modules.
    pub(super) literals: Vec<Literal>,
}

/// Reads source text.
pub(super) fn read(text: &str) -> Source {
    let chars: Vec<char> = text.chars().collect();
    let mut code = chars.clone();
    let mut literals: Vec<(usize, Literal)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        if let Some(end) = comment_end(&chars, at) {
            at = end;
        } else if let Some((open, close, end)) = string_at(&chars, at) {
            let line = 1 + chars[..start].iter().filter(|c| **c == '\n').count();
            literals.push((start, Literal { line, text: chars[open..close].iter().collect() }));
            at = end;
        } else if let Some(end) = char_literal_end(&chars, at) {
            at = end;
        } else {
            at += 1;
            continue;
        }
        blank(&mut code, start, at);
    }
    let tests = blank_test_items(&mut code);
    let outside = |place: usize| !tests.iter().any(|(start, end)| (*start..*end).contains(&place));
    Source {
        code: code.into_iter().collect(),
        literals: literals
            .into_iter()
            .filter(|(place, _)| outside(*place))
            .map(|(_, literal)| literal)
            .collect(),
    }
}

fn blank(code: &mut [char], start: usize, end: usize) {
    for c in &mut code[start..end] {
        if *c != '\n' {
            *c = ' ';
        }
    }
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(offset, c)| chars.get(at + offset) == Some(&c))
}

/// The place of the first `wanted` from `at` on, or the end.
fn find(chars: &[char], at: usize, wanted: impl Fn(usize) -> bool) -> usize {
    (at..chars.len()).find(|place| wanted(*place)).unwrap_or(chars.len())
}

fn comment_end(chars: &[char], at: usize) -> Option<usize> {
    if starts(chars, at, "//") {
        return Some(find(chars, at, |place| chars[place] == '\n'));
    }
    if !starts(chars, at, "/*") {
        return None;
    }
    let mut depth = 0_usize;
    let mut place = at;
    while place < chars.len() {
        if starts(chars, place, "/*") {
            depth += 1;
            place += 2;
        } else if starts(chars, place, "*/") {
            depth -= 1;
            place += 2;
            if depth == 0 {
                break;
            }
        } else {
            place += 1;
        }
    }
    Some(place.min(chars.len()))
}

/// A string literal of any kind that starts here: where its text starts and ends, and where the
/// literal ends.
fn string_at(chars: &[char], at: usize) -> Option<(usize, usize, usize)> {
    if at > 0 && is_word(chars[at - 1]) && chars[at] != '"' {
        return None;
    }
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        let behind = at + prefix.len();
        let hashes = chars[behind.min(chars.len())..].iter().take_while(|c| **c == '#').count();
        let raw = prefix.ends_with('r');
        starts(chars, at, prefix)
            && chars.get(behind + hashes) == Some(&'"')
            && (raw || hashes == 0)
    })?;
    let behind = at + prefix.len();
    let hashes = chars[behind..].iter().take_while(|c| **c == '#').count();
    let open = behind + hashes + 1;
    let close = if prefix.ends_with('r') {
        let closing = format!("\"{}", "#".repeat(hashes));
        find(chars, open, |place| starts(chars, place, &closing))
    } else {
        let mut place = open;
        while place < chars.len() && chars[place] != '"' {
            place += if chars[place] == '\\' { 2 } else { 1 };
        }
        place.min(chars.len())
    };
    Some((open, close, (close + 1 + hashes).min(chars.len())))
}

/// The end of a character literal that starts here; a lifetime is none.
fn char_literal_end(chars: &[char], at: usize) -> Option<usize> {
    if chars[at] != '\'' {
        return None;
    }
    if chars.get(at + 1) == Some(&'\\') {
        let close = find(chars, at + 3, |place| chars[place] == '\'');
        return Some((close + 1).min(chars.len()));
    }
    (chars.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

/// Blanks every item that is compiled for tests only, and says where they were.
fn blank_test_items(code: &mut [char]) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if !starts(code, at, "#[cfg(test)]") {
            at += 1;
            continue;
        }
        let head = find(code, at, |place| code[place] == '{' || code[place] == ';');
        let end = if code.get(head) == Some(&'{') { brace_end(code, head) } else { head };
        blank(code, at, end);
        ranges.push((at, end));
        at = end;
    }
    ranges
}

fn brace_end(code: &[char], open: usize) -> usize {
    let mut depth = 0_usize;
    for (place, c) in code.iter().enumerate().skip(open) {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return place + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every word of the code with its line: names and keywords.
pub(super) fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.split('\n').enumerate().flat_map(|(at, line)| {
        let words = line.split(|c| !is_word(c)).filter(|word| !word.is_empty());
        words.map(move |word| (at + 1, word))
    })
}

/// Every path of the code with its line, groups spelled out: `use std::{fs, io::Read}` gives
/// `std::fs` and `std::io::Read`.
pub(super) fn paths(code: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if is_word(chars[at]) { at = path(&chars, at, "", &mut found) } else { at += 1 }
    }
    found
        .into_iter()
        .map(|(place, path)| (1 + chars[..place].iter().filter(|c| **c == '\n').count(), path))
        .collect()
}

/// Reads one path, or one member of a group; gives the place behind it.
fn path(chars: &[char], at: usize, prefix: &str, found: &mut Vec<(usize, String)>) -> usize {
    let mut place = at;
    let mut path = prefix.to_owned();
    loop {
        let end = find(chars, place, |place| !is_word(chars[place]));
        let word: String = chars[place..end].iter().collect();
        if word != "self" || path.is_empty() {
            path = if path.is_empty() { word } else { format!("{path}::{word}") };
        }
        if !starts(chars, end, "::") {
            found.push((at, path));
            return end;
        }
        place = end + 2;
        match chars.get(place) {
            Some('{') => return group(chars, place + 1, &path, found),
            Some(c) if is_word(*c) => {}
            _ => {
                found.push((at, path));
                return place;
            }
        }
    }
}

fn group(chars: &[char], at: usize, prefix: &str, found: &mut Vec<(usize, String)>) -> usize {
    let mut place = at;
    while place < chars.len() && chars[place] != '}' {
        place = if is_word(chars[place]) { path(chars, place, prefix, found) } else { place + 1 };
    }
    place + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        read(text).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn literals_are_told_from_code_and_comments() {
        let text = r####"
// "not this" /* nor
let a = "one \" two"; /* "nor /* this */ either" */
let b = r#"raw " text"#; let c = b"bytes"; let r#type = 'x'; let d: &'static str = "'";
let e = '"'; let f = '\''; let g = "last";
"####;
        assert_eq!(literals(text), [r#"one \" two"#, "raw \" text", "bytes", "'", "last"]);
        let code = read(text).code;
        assert!(code.contains("let g =") && code.contains("'static") && !code.contains("either"));
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn what_only_tests_compile_is_left_out() {
        let text = "fn a() { b(\"kept\") }\n#[cfg(test)]\nmod tests {\n fn c() { d(\"gone\") }\n}\n\
                    fn e() {}\n#[cfg(test)]\nmod more;\nfn f() {}\n";
        assert_eq!(literals(text), ["kept"]);
        let words: Vec<String> =
            words(&read(text).code).map(|(line, word)| format!("{line}{word}")).collect();
        assert_eq!(words, ["1fn", "1a", "1b", "6fn", "6e", "9fn", "9f"]);
    }

    #[test]
    fn groups_of_a_use_are_spelled_out() {
        let code =
            "use std::{\n    fs,\n    io::{self, Read as R},\n};\nstd::env::var(x::<u8>::new)";
        let found: Vec<String> =
            paths(code).into_iter().map(|(line, path)| format!("{line} {path}")).collect();
        for wanted in ["2 std::fs", "3 std::io", "3 std::io::Read", "5 std::env::var"] {
            assert!(found.iter().any(|path| path == wanted), "{wanted} in {found:?}");
        }
    }

    #[test]
    fn source_that_is_cut_short_gives_an_answer() {
        let text = "#[cfg(test)]\nmod a { \"b\\\" /* c */ 'd' r#\"e\"# '\\n' use f::{g::{h} }";
        let cuts = text.char_indices().map(|(at, _)| &text[..at]);
        for cut in cuts {
            paths(&read(cut).code);
        }
    }
}
