//! Latin words as names are made of them.

use crate::text::letters;
use std::ops::Range;

/// A Latin word in either text.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Its bytes.
    pub range: Range<usize>,
    /// Itself in lower case.
    pub key: String,
    /// How it is written.
    pub shape: Shape,
    /// Whether what stands around it without a blank makes it part of an address, a path, a file name or code.
    pub technical: bool,
    /// Whether it begins a sentence, a quotation, or what follows a colon.
    pub starts: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No capital: `mirror`.
    Lower,
    /// One capital, at its beginning: `Mirror`.
    Capital,
    /// Capitals (and digits) only, or with a plural's `s`: `DVR`, `VPNs`, `C2`.
    Acronym,
    /// Capitals and small letters mixed: `iMirror`, `PoC`.
    Mixed,
}

/// The Latin words of a text, in order; numbers by themselves among them.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_latin(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let end = at + suffix(text.get(at..).unwrap_or_default());
                found.extend(token(text, from..end));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Letters of the Latin script, and ASCII digits.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{C0}'..='\u{24F}' if c != '×' && c != '÷')
}

/// The length of the marks that belong to the word before them: of `C++`, `C#`.
fn suffix(rest: &str) -> usize {
    let marks = if rest.starts_with("++") { 2 } else { usize::from(rest.starts_with('#')) };
    let next = rest.get(marks..).and_then(|rest| rest.chars().next());
    if next.is_some_and(|c| c.is_ascii_alphanumeric()) { 0 } else { marks }
}

fn token(text: &str, range: Range<usize>) -> Option<Token> {
    let word = text.get(range.clone())?;
    let chunk = chunk(text, &range);
    Some(Token {
        key: word.to_lowercase(),
        shape: shape(word),
        technical: is_technical(text, chunk, &range),
        starts: starts(text.get(..range.start)?, text.get(range.end..)?),
        range,
    })
}

fn shape(word: &str) -> Shape {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let first = letters.first().is_some_and(|c| c.is_uppercase());
    let plural = letters.len() > 2 && capitals + 1 == letters.len() && letters.last() == Some(&'s');
    match capitals {
        0 => Shape::Lower,
        n if n == letters.len() || plural => Shape::Acronym,
        1 if first && word.chars().next().is_some_and(char::is_uppercase) => Shape::Capital,
        _ => Shape::Mixed,
    }
}

/// The stretch of ASCII without blanks around a word, brackets and quotes at its ends left out.
fn chunk<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let inside =
        |c: &char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '(' | ')' | ',' | ';' | '<' | '>' | '*');
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let left: usize = before.chars().rev().take_while(inside).map(char::len_utf8).sum();
    let right: usize = after.chars().take_while(inside).map(char::len_utf8).sum();
    text.get(range.start - left..range.end + right).unwrap_or_default()
}

/// How a dot is written that is to be no link, where it holds no mark that is code anyway.
const DEFANGED: [&str; 3] = ["(.)", "(dot)", "（.）"];

fn is_technical(text: &str, chunk: &str, range: &Range<usize>) -> bool {
    let (before, after) = (text.get(..range.start), text.get(range.end..));
    let name_end = after.map(|t| t.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-'));
    if DEFANGED
        .iter()
        .any(|dot| before.is_some_and(|t| t.ends_with(dot)) || name_end.is_some_and(|t| t.starts_with(dot)))
    {
        return true;
    }
    let chunk = chunk.trim_end_matches(['.', ':', '!', '?', ']', '\\']);
    if chunk.contains(['\\', '_', '@', '=', '$', '%', '~', '[', '{', '`']) || chunk.contains("://") {
        // Markdown escapes a mark that would be code without the escape, too.
        return true;
    }
    if let Some((host, _)) = chunk.split_once('/') {
        let slashes = chunk.matches('/').count();
        return host.contains('.') || host.is_empty() || slashes > 2 || chunk.contains("/.");
    }
    let dot_before = text.get(..range.start).is_some_and(|t| t.ends_with('.')) && chunk.len() > range.len();
    match chunk.rsplit_once('.') {
        Some((_, end)) => {
            let small = !end.is_empty() && end.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            small
                && (chunk.contains(|c: char| c.is_ascii_alphabetic()))
                && !(dot_before && chunk.starts_with('.'))
        }
        None => false,
    }
}

fn starts(before: &str, behind: &str) -> bool {
    // A word that is quoted by itself is named, not said.
    let alone = behind.trim_start_matches([',', '.']).starts_with(['”', '"', '’', '\'']);
    let quoted = !alone && before.ends_with(['“', '"', '‘', '(', '*']) || before.ends_with(" '");
    let rest = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '\'' | '(' | '*' | '[' | '”')
    });
    quoted
        || rest.ends_with(['.', '!', '?', ':', ';', '•', '–', '—'])
        || !rest.chars().any(letters::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_shapes_and_places() {
        let text = "用Qakfox和iQuill、DVRs，c++ 写 C#。";
        let found: Vec<(&str, Shape)> =
            tokens(text).iter().map(|t| (&text[t.range.clone()], t.shape)).collect();
        let expected = [
            ("Qakfox", Shape::Capital),
            ("iQuill", Shape::Mixed),
            ("DVRs", Shape::Acronym),
            ("c++", Shape::Lower),
            ("C#", Shape::Acronym),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_paths_and_code_are_no_names() {
        for (text, technical) in [
            ("见 quill.example.com 。", true),
            ("见 hxxps://Quill[.]example", true),
            ("见Quill-mail(.)example", true),
            ("运行 setup.exe", true),
            ("路径 /opt/Quill/bin", true),
            ("用 Quill_Agent", true),
            ("用 TCP/IP 与 Quill", false),
            ("It uses Quill.", false),
            ("Quill.Run", false),
            ("U.S. and 3.5", false),
        ] {
            assert_eq!(tokens(text).iter().any(|t| t.technical), technical, "{text}");
        }
    }

    #[test]
    fn sentences_begin_behind_marks_and_quotes() {
        let text = "Alpha said. Beta \"Gamma delta";
        let found: Vec<bool> = tokens(text).iter().map(|t| t.starts).collect();
        assert_eq!(found, [true, false, true, true, false]);
        let text = "known as \"Varlet,\" and";
        assert!(tokens(text).iter().skip(1).all(|t| !t.starts));
    }
}
