//! Undoes what keeps an entity from being read as it is: full-width forms, Markdown escapes, defanging.

use super::endings::{is_file_ending, is_tld};
use crate::model::Span;
use std::ops::Range;

/// How the dots and colons of an entity are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// As they are.
    #[default]
    Plain,
    /// So that nobody clicks on it: `[.]`, `(dot)`, `hxxp`.
    Defanged,
    /// With a Chinese full stop, half a bracket, or a blank in the way: nobody can use it.
    Broken,
}

/// A text with all that undone.
pub(super) struct Folded {
    /// The folded text.
    pub text: String,
    /// For each of its bytes, where the character it comes from begins and ends in the original, and how it was written.
    origin: Vec<(u32, u32, Form)>,
}

#[derive(Clone, Copy)]
struct Cell {
    c: char,
    start: usize,
    end: usize,
    form: Form,
}

impl Folded {
    /// Folds a text.
    pub(super) fn new(text: &str) -> Self {
        let cells = refang(&characters(text));
        let mut folded =
            Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        for cell in cells {
            folded.text.push(cell.c);
            let origin = (cut(cell.start), cut(cell.end), cell.form);
            folded.origin.resize(folded.text.len(), origin);
        }
        folded
    }

    /// Where a stretch of the folded text stands in the original.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let of = |i: usize| self.origin.get(i).copied().unwrap_or_default();
        Span::new(of(range.start).0 as usize, of(range.end.saturating_sub(1)).1 as usize)
    }

    /// How a stretch is written: the worst of its characters.
    pub(super) fn form(&self, range: Range<usize>) -> Form {
        let cells = self.origin.get(range).unwrap_or_default();
        cells.iter().map(|&(_, _, form)| form).max().unwrap_or_default()
    }
}

/// The characters with full-width forms folded to ASCII; Markdown's backslashes are left out.
fn characters(text: &str) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        // `\(` and the like would do as well, but `C:\(x)` is a path; these are what pages are full of.
        if c == '\\' && next.is_some_and(|next| "_.[]*~`#".contains(next)) {
            continue;
        }
        cells.push(Cell { c: ascii(c), start, end: start + c.len_utf8(), form: Form::Plain });
    }
    cells
}

/// Full-width forms as ASCII, but for the comma and the marks that end a sentence; one Chinese full stop for both.
fn ascii(c: char) -> char {
    match c {
        '，' | '；' | '！' | '？' => c,
        '｡' => '。',
        '【' => '[',
        '】' => ']',
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{2010}' | '\u{2011}' => '-',
        '\u{a0}' => ' ',
        c => c,
    }
}

/// What may stand in the brackets of a defanged mark, and what it stands for; with a full stop it is broken.
const MARKS: &[(&str, &str, Form)] = &[
    (".", ".", Form::Defanged),
    ("dot", ".", Form::Defanged),
    ("。", ".", Form::Broken),
    ("点", ".", Form::Defanged),
    ("://", "://", Form::Defanged),
    (":", ":", Form::Defanged),
    ("/", "/", Form::Defanged),
    ("@", "@", Form::Defanged),
    ("at", "@", Form::Defanged),
];

fn refang(cells: &[Cell]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut at = 0;
    while let Some(&cell) = cells.get(at) {
        let rest = cells.get(at..).unwrap_or_default();
        let step = bracketed(&out, rest).or_else(|| broken(&out, rest)).or_else(|| scheme(&out, rest));
        match step {
            Some((length, words, form)) => {
                let end = rest.get(length - 1).map_or(cell.end, |last| last.end);
                out.extend(words.chars().map(|c| Cell { c, start: cell.start, end, form }));
                at += length;
            }
            None => {
                out.push(cell);
                at += 1;
            }
        }
    }
    out
}

/// How many cells a mark takes, what it stands for, and how it is written.
type Step = (usize, &'static str, Form);

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// `[.]`, `(dot)`, `{.}`, `[:]`, `[。]`, between the letters of a name; a blank beside it breaks it.
fn bracketed(before: &[Cell], rest: &[Cell]) -> Option<Step> {
    let blank = usize::from(rest.first()?.c == ' ');
    let open = rest.get(blank)?.c;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        _ => return None,
    };
    let previous = before.last()?.c;
    if !(in_name(previous) || previous == '/') {
        return None;
    }
    let inner = rest.get(blank + 1..)?;
    let &(mark, words, form) = MARKS.iter().find(|(mark, ..)| {
        let length = mark.chars().count();
        starts(inner, mark) && inner.get(length).is_some_and(|cell| cell.c == close)
    })?;
    let length = blank + mark.chars().count() + 2;
    let next = rest.get(length).map_or('\0', |cell| cell.c);
    let spaced = next == ' ' && form != Form::Plain && words == "." && {
        let label = label(rest.get(length + 1..).unwrap_or_default());
        is_tld(&label) && open == '['
    };
    let follows = in_name(next) || (words != "." && next == '/') || (words == "." && "[({".contains(next));
    if blank == 1 && !(words == "." && open == '[' && is_tld(&label(rest.get(length..).unwrap_or_default())))
    {
        return None;
    }
    // `name(at)host` is an address, `(at)` between two words is none; letters must touch on both sides.
    if spaced {
        return Some((length + 1, words, Form::Broken));
    }
    follows.then_some((length, words, if blank == 1 { Form::Broken } else { form }))
}

/// `[。com`, `[.com`, `.]com`, `。com`: what a translator makes of a defanged dot.
fn broken(before: &[Cell], rest: &[Cell]) -> Option<Step> {
    let previous = before.last()?.c;
    let is_stop = |i: usize| rest.get(i).is_some_and(|cell| matches!(cell.c, '.' | '。'));
    let ending = |from: usize| {
        let label = label(rest.get(from..).unwrap_or_default());
        is_tld(&label) || is_file_ending(&label)
    };
    let first = rest.first()?.c;
    if !in_name(previous) {
        return None;
    }
    if matches!(first, '[' | '(') && is_stop(1) && ending(2) {
        return Some((2, ".", Form::Broken));
    }
    if is_stop(0) && rest.get(1).is_some_and(|cell| cell.c == ']') && ending(2) {
        return Some((2, ".", Form::Broken));
    }
    let label = label(rest.get(1..).unwrap_or_default());
    let sure = label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (first == '。' && sure && ending(1)).then_some((1, ".", Form::Broken))
}

/// `hxxp`, `hXXps`, `h**p`.
fn scheme(before: &[Cell], rest: &[Cell]) -> Option<Step> {
    if before.last().is_some_and(|cell| cell.c.is_ascii_alphanumeric()) {
        return None;
    }
    let forms = ["hxxp", "h**p", "h__p"];
    forms.iter().any(|form| starts(rest, form)).then_some((4, "http", Form::Defanged))
}

/// Whether the cells begin with a word, in whatever letter case.
fn starts(cells: &[Cell], word: &str) -> bool {
    let mut cells = cells.iter();
    word.chars().all(|c| cells.next().is_some_and(|cell| cell.c.eq_ignore_ascii_case(&c)))
}

/// The letters and digits that the cells begin with, in lower case.
fn label(cells: &[Cell]) -> String {
    let label = cells.iter().take(25).map(|cell| cell.c);
    label.take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
