//! Which quotation or bracket a place in a text stands in.

use crate::model::Span;
use crate::text::han::is_han;

/// Brackets further apart than this, in bytes, are taken for two that lost their partners: broken indicators such as
/// `evil[。com` leave the like behind, and a false pair would swallow every sentence in between.
const LONGEST_BRACKET: usize = 600;

/// How many open marks are looked through for a partner: enough for any prose, and a bound on hostile text.
const DEEPEST: usize = 32;

/// The quotations and bracketed stretches of a text. What is opened but never closed does not count.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    quotes: Vec<Span>,
    brackets: Vec<Span>,
    closing: Vec<usize>,
}

impl Nesting {
    /// Pairs quotation marks by English habit: a straight one opens behind a blank and before a word. Single ones
    /// count only if they close behind punctuation, for anything else may be an apostrophe.
    pub(super) fn english(text: &str) -> Self {
        let mut pairs = Pairs::default();
        for (at, c) in text.char_indices() {
            let single = matches!(c, '\'' | '‘' | '’');
            match c {
                '"' | '\'' if opens(text, at, c) => pairs.open_quote(at, c),
                '“' | '„' | '‘' => pairs.open_quote(at, c),
                '"' | '”' => pairs.close_quote(at, c, |open| matches!(open, '"' | '“' | '„')),
                '\'' | '’' if behind_punctuation(text, at) => {
                    pairs.close_quote(at, c, |open| matches!(open, '\'' | '‘'));
                }
                _ if single => {}
                _ => pairs.bracket(at, c),
            }
        }
        pairs.finish()
    }

    /// Pairs quotation marks by Chinese habit: straight ones alternate, and so do curly ones where a text turns
    /// them the wrong way round (`”这样“`, `“这样“`).
    pub(super) fn chinese(text: &str) -> Self {
        let mut pairs = Pairs::default();
        let curly = text.chars().filter(|c| matches!(c, '“' | '”'));
        let turned = curly.clone().next() == Some('”') || !curly.clone().any(|c| c == '”');
        let mut inside = (false, false);
        for (at, c) in text.char_indices() {
            match c {
                '"' | '＂' => alternate(&mut pairs, &mut inside.0, at, '"'),
                '“' | '”' if turned => alternate(&mut pairs, &mut inside.1, at, '“'),
                '‘' | '’' if in_latin_word(text, at, c) => {}
                '“' | '‘' | '「' | '『' => pairs.open_quote(at, c),
                '”' | '’' | '」' | '』' => pairs.close_quote(at, c, |open| partner(open) == Some(c)),
                _ => pairs.bracket(at, c),
            }
        }
        pairs.finish()
    }

    /// The outermost quotation around the place `at`, its marks included.
    pub(super) fn quote(&self, at: usize) -> Option<Span> {
        around(&self.quotes, at)
    }

    /// The outermost bracketed stretch around the place `at`, its brackets included.
    pub(super) fn bracket(&self, at: usize) -> Option<Span> {
        around(&self.brackets, at)
    }

    /// Whether the character at `at` closes a quotation, whichever way it is turned.
    pub(super) fn closes(&self, at: usize) -> bool {
        self.closing.binary_search(&at).is_ok()
    }
}

/// The closing mark for an opening one.
fn partner(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '［' => '］',
        '{' => '}',
        '【' => '】',
        '《' => '》',
        '〈' => '〉',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

fn around(spans: &[Span], at: usize) -> Option<Span> {
    let index = spans.partition_point(|span| span.start() < at);
    spans.get(index.checked_sub(1)?).copied().filter(|span| at < span.end())
}

fn alternate(pairs: &mut Pairs, inside: &mut bool, at: usize, mark: char) {
    if *inside {
        pairs.close_quote(at, mark, |open| open == mark);
    } else {
        pairs.open_quote(at, mark);
    }
    *inside = !*inside;
}

fn neighbours(text: &str, at: usize, c: char) -> (Option<char>, Option<char>) {
    let before = text.get(..at).and_then(|left| left.chars().next_back());
    let after = text.get(at + c.len_utf8()..).and_then(|right| right.chars().next());
    (before, after)
}

fn opens(text: &str, at: usize, c: char) -> bool {
    let (before, after) = neighbours(text, at, c);
    before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '“' | '"' | '—' | '–' | '*' | '_'))
        && after.is_some_and(|a| !a.is_whitespace())
}

fn behind_punctuation(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|left| left.chars().next_back());
    before.is_some_and(|b| matches!(b, '.' | ',' | '!' | '?' | '…' | '"' | '”'))
}

fn in_latin_word(text: &str, at: usize, c: char) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
    let (before, after) = neighbours(text, at, c);
    letter(before) && letter(after)
}

/// Marks still open, and pairs found.
#[derive(Default)]
struct Pairs {
    open_quotes: Vec<(usize, char)>,
    open_brackets: Vec<(usize, char)>,
    quotes: Vec<Span>,
    brackets: Vec<Span>,
    closing: Vec<usize>,
}

impl Pairs {
    fn open_quote(&mut self, at: usize, c: char) {
        self.open_quotes.push((at, c));
    }

    fn close_quote(&mut self, at: usize, c: char, fits: impl Fn(char) -> bool) {
        if let Some(start) = take_last(&mut self.open_quotes, fits) {
            self.quotes.push(Span::new(start, at + c.len_utf8()));
            self.closing.push(at);
        }
    }

    fn bracket(&mut self, at: usize, c: char) {
        if partner(c).is_some() {
            self.open_brackets.push((at, c));
            return;
        }
        let open = take_last(&mut self.open_brackets, |open| partner(open) == Some(c));
        if let Some(start) = open.filter(|start| at - start <= LONGEST_BRACKET) {
            self.brackets.push(Span::new(start, at + c.len_utf8()));
        }
    }

    fn finish(self) -> Nesting {
        Nesting { quotes: outermost(self.quotes), brackets: outermost(self.brackets), closing: self.closing }
    }
}

/// Where the last open mark that fits began; it and those opened after it are taken off.
fn take_last(open: &mut Vec<(usize, char)>, fits: impl Fn(char) -> bool) -> Option<usize> {
    let back = open.iter().rev().take(DEEPEST).position(|&(_, mark)| fits(mark))?;
    let depth = open.len() - 1 - back;
    let start = open.get(depth).map(|&(start, _)| start);
    open.truncate(depth);
    start
}

fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    spans.retain(|span| {
        let outer = span.end() > end;
        end = end.max(span.end());
        outer
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote<'t>(nesting: &Nesting, text: &'t str, inside: &str) -> &'t str {
        let at = text.find(inside).unwrap();
        nesting.quote(at).map_or("", |span| span.slice(text))
    }

    #[test]
    fn apostrophes_inches_and_lost_marks_open_nothing() {
        for text in
            ["The users' 15.6\" display. Don't.", "\"A lost mark. Next one.", "'Tis the users' choice. Yes."]
        {
            assert!(Nesting::english(text).quote(text.find(". ").unwrap()).is_none(), "{text}");
        }
    }

    #[test]
    fn the_outermost_quotation_counts() {
        let text = "He said: \"It shows \"Bad Gateway,\" see? Odd.\" Then 'Go. Now.'";
        let nesting = Nesting::english(text);
        assert_eq!(quote(&nesting, text, "see"), "\"It shows \"Bad Gateway,\" see? Odd.\"");
        assert_eq!(quote(&nesting, text, "Now"), "'Go. Now.'");
        assert_eq!(quote(&nesting, text, "Then"), "");
    }

    #[test]
    fn turned_marks_alternate() {
        for text in ["口号是”快。稳。“很好", "口号是“快。稳。“很好", "口号是\"快。稳。\"很好"]
        {
            let nesting = Nesting::chinese(text);
            assert!(quote(&nesting, text, "稳").ends_with(['“', '"']), "{text}");
            let mark = text.char_indices().rev().find(|&(_, c)| matches!(c, '“' | '"')).unwrap();
            assert!(nesting.closes(mark.0), "{text}");
            assert_eq!(quote(&nesting, text, "很"), "");
        }
    }

    #[test]
    fn brackets_that_lost_their_partner_swallow_nothing() {
        let text = format!("evil[。com。{}见[1]", "漏洞。".repeat(100));
        let nesting = Nesting::chinese(&text);
        assert!(nesting.bracket(text.find("洞。漏").unwrap()).is_none());
        assert!(nesting.bracket(text.find('1').unwrap()).is_some());
    }
}
