//! Cuts a text into Han characters, words, figures, identifiers and marks.

use super::Kind;
use super::classify;
use super::figure::{Cell, Figure, Suffix};
use crate::text::han::is_han;

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    /// First byte.
    pub start: usize,
    /// Byte after it.
    pub end: usize,
    /// What it is.
    pub lex: Lex,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lex {
    /// A number in figures.
    Figure(Figure),
    /// Figures whose shape alone says what they are: dates, times, versions, `1/3`.
    Ready { kind: Kind, value: f64, weak: bool },
    /// A word of letters.
    Word,
    /// One Han character.
    Han(char),
    /// A punctuation mark or symbol, folded to ASCII if it is full-width.
    Mark(char),
    /// Letters, digits and joints that name something.
    Identifier,
}

/// The tokens of a text.
pub(super) struct Tokens {
    /// The text with ASCII letters in lower case: same length, same offsets.
    lower: String,
    list: Vec<Token>,
}

impl Tokens {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The `i`-th.
    pub(super) fn get(&self, i: usize) -> Option<Token> {
        self.list.get(i).copied()
    }

    /// What the `i`-th is.
    pub(super) fn lex(&self, i: usize) -> Option<Lex> {
        self.list.get(i).map(|token| token.lex)
    }

    /// The `i`-th as a number in figures.
    pub(super) fn figure(&self, i: usize) -> Option<Figure> {
        if let Some(Lex::Figure(figure)) = self.lex(i) { Some(figure) } else { None }
    }

    /// The `i`-th as a Han character.
    pub(super) fn han(&self, i: usize) -> Option<char> {
        if let Some(Lex::Han(c)) = self.lex(i) { Some(c) } else { None }
    }

    /// The `i`-th as a mark.
    pub(super) fn mark(&self, i: usize) -> Option<char> {
        if let Some(Lex::Mark(c)) = self.lex(i) { Some(c) } else { None }
    }

    /// The `i`-th in lower case if it is a word or an identifier (`a.m` is one); empty otherwise.
    pub(super) fn word(&self, i: usize) -> &str {
        match self.get(i) {
            Some(Token { start, end, lex: Lex::Word | Lex::Identifier }) => {
                self.lower.get(start..end).unwrap_or("")
            }
            _ => "",
        }
    }

    /// The word before the `i`-th token, likewise.
    pub(super) fn word_before(&self, i: usize, by: usize) -> &str {
        i.checked_sub(by).map_or("", |at| self.word(at))
    }

    /// The text in lower case up to the `i`-th token.
    pub(super) fn before(&self, i: usize) -> &str {
        let end = self.get(i).map_or(self.lower.len(), |token| token.start);
        self.lower.get(..end).unwrap_or("")
    }

    /// The text in lower case from the `i`-th token on.
    pub(super) fn from(&self, i: usize) -> &str {
        self.get(i).and_then(|token| self.lower.get(token.start..)).unwrap_or("")
    }

    /// Whether the `i`-th token is a number in a footnote mark: `[3]`, `[1, 2, 3]`.
    pub(super) fn in_brackets(&self, i: usize) -> bool {
        let listed = |i: usize| self.figure(i).is_some() || self.mark(i) == Some(',');
        let reach = 8;
        let before = (i.saturating_sub(reach)..i).rev().find(|&i| !listed(i));
        let after = (i + 1..i + reach).find(|&i| !listed(i));
        before.is_some_and(|i| self.mark(i) == Some('[')) && after.is_some_and(|i| self.mark(i) == Some(']'))
    }

    /// Whether the `i`-th token touches the one before it.
    pub(super) fn touches(&self, i: usize) -> bool {
        self.gap(i) == Some(0)
    }

    /// Whether at most one character of white space stands before the `i`-th token.
    pub(super) fn near(&self, i: usize) -> bool {
        // Three bytes hold any single white space character, the ideographic space included.
        self.gap(i).is_some_and(|gap| gap <= 3)
    }

    fn gap(&self, i: usize) -> Option<usize> {
        let before = self.list.get(i.checked_sub(1)?)?;
        Some(self.list.get(i)?.start - before.end)
    }
}

/// Cuts `text` into tokens; white space is left out.
pub(super) fn lex(text: &str) -> Tokens {
    let mut list: Vec<Token> = Vec::new();
    let mut run: Vec<Cell> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            at = end;
        } else if is_han(c) {
            list.push(Token { start: at, end, lex: Lex::Han(c) });
            at = end;
        } else if in_word(c) {
            read_run(text, at, &mut run);
            let money = list.last().is_some_and(|t| t.end == at && is_currency(t.lex));
            classify::run(&run, money, &mut list);
            at = list.last().map_or(end, |token| token.end).max(end);
            at = absorb(text, at, &mut list);
        } else {
            list.push(Token { start: at, end, lex: Lex::Mark(fold(c)) });
            at = end;
        }
    }
    Tokens { lower: text.to_ascii_lowercase(), list }
}

fn is_currency(lex: Lex) -> bool {
    matches!(lex, Lex::Mark('$' | '€' | '£' | '¥' | '₹' | '₩' | '₽' | '₿'))
}

/// Takes the percent or plus sign at `at` into the figure that ends there; gives where to go on.
fn absorb(text: &str, at: usize, list: &mut [Token]) -> usize {
    let Some(Token { end, lex: Lex::Figure(figure), .. }) = list.last_mut() else { return at };
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at };
    match fold(c) {
        '%' if figure.suffix == Suffix::None => figure.suffix = Suffix::Percent,
        '‰' if figure.suffix == Suffix::None => {
            figure.value /= 10.0;
            figure.suffix = Suffix::Percent;
        }
        '+' => figure.plus = true,
        _ => return at,
    }
    *end = at + c.len_utf8();
    *end
}

/// Reads the run of letters, digits and joints that begins at `from` into `run`.
fn read_run(text: &str, from: usize, run: &mut Vec<Cell>) {
    run.clear();
    let mut letters = false;
    let mut chars = text.get(from..).unwrap_or("").char_indices().peekable();
    let mut skip_to = 0;
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let folded = fold(c);
        let start = from + offset;
        if start < skip_to || in_word(c) {
            letters |= folded.is_alphabetic();
        } else if let Some(length) = defanged(text.get(start..).unwrap_or("")) {
            skip_to = start + length;
            letters = true;
        } else if !joins(run.last().map(|cell| cell.c), folded, next, letters) {
            break;
        }
        run.push(Cell { start, end: start + c.len_utf8(), c: folded });
    }
}

/// The length of a dot or colon put in brackets so that an address cannot be clicked, with the backslashes
/// of Markdown if they are still there.
fn defanged(rest: &str) -> Option<usize> {
    let form = ["[.]", "[:]", "(.)", "{.}", "[dot]", "[://]", r"\[.\]", r"\[:\]"]
        .into_iter()
        .find(|form| rest.starts_with(form))?;
    rest.get(form.len()..)?.chars().next().filter(|&c| in_word(c) || c == '/')?;
    Some(form.len())
}

/// Whether `c` holds the run together between `before` and `next`; `letters` says the run has some.
fn joins(before: Option<char>, c: char, next: Option<char>, letters: bool) -> bool {
    let (Some(before), Some(next)) = (before, next.map(fold)) else { return false };
    let digits = before.is_ascii_digit() && next.is_ascii_digit();
    match c {
        '.' | '_' | '@' | '#' | '+' | '-' => in_word(next),
        '/' | '\\' | '=' | '&' | '?' => {
            in_word(next) || matches!(next, '/' | '\\' | '?' | '=' | '.' | '-' | '_')
        }
        '%' => letters && in_word(next),
        ',' => digits,
        ':' => digits || (letters && next == '/') || (letters && next.is_ascii_digit()),
        '\'' => before.is_alphabetic() && next.is_alphabetic(),
        _ => false,
    }
}

/// Whether `c` belongs to words and numbers: a letter or digit of any script but Han.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Full-width forms (U+FF01–FF5E) and the dashes and quotes of running text as their ASCII likes.
///
/// The full-width comma and colon separate clauses; only the colon of a time is also met between digits.
fn fold(c: char) -> char {
    match c {
        '，' => '，',
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{2010}' | '\u{2011}' => '-',
        '’' => '\'',
        c => c,
    }
}
