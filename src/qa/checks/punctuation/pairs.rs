//! Quotation marks, brackets and book-title marks, paired within their paragraph.

use super::{around, is_prose};
use crate::model::{Message, Severity};
use crate::qa::{Draft, Paragraph};
use std::ops::Range;

/// An opening mark, its partner, and what they are called.
struct Kind {
    open: &'static [char],
    close: &'static [char],
    en: &'static str,
    zh: &'static str,
}

const KINDS: [Kind; 10] = [
    Kind { open: &['“'], close: &['”'], en: "quotation mark", zh: "引号" },
    Kind { open: &['‘'], close: &['’'], en: "single quotation mark", zh: "单引号" },
    Kind { open: &['（', '('], close: &['）', ')'], en: "bracket", zh: "括号" },
    Kind { open: &['《'], close: &['》'], en: "book-title mark", zh: "书名号" },
    Kind { open: &['〈'], close: &['〉'], en: "book-title mark", zh: "书名号" },
    Kind { open: &['【'], close: &['】'], en: "bracket", zh: "方头括号" },
    Kind { open: &['「'], close: &['」'], en: "quotation mark", zh: "引号" },
    Kind { open: &['『'], close: &['』'], en: "quotation mark", zh: "引号" },
    Kind { open: &['〔'], close: &['〕'], en: "bracket", zh: "括号" },
    Kind { open: &['[', '［'], close: &[']', '］'], en: "square bracket", zh: "方括号" },
];

const QUOTE: usize = 0;
const SINGLE: usize = 1;
const ROUND: usize = 2;

/// A mark of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    at: usize,
    char: char,
    kind: usize,
    opens: bool,
}

/// A mark without its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lone {
    /// It opens and is never closed.
    Open(Mark),
    /// It closes what was never opened.
    Close(Mark),
    /// A closing and an opening mark that changed places.
    Reversed(Mark, Mark),
    /// One is half-width, the other full-width.
    Mixed(Mark, Mark),
    /// They stand within marks of the same kind.
    Nested(Mark, Mark),
}

pub(super) fn drafts(post: &[Paragraph]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut lone: Vec<(usize, Vec<Lone>)> =
        post.iter().enumerate().filter(|(_, p)| is_prose(p)).map(|(n, p)| (n, unpaired(&p.text))).collect();
    for n in 0..lone.len() {
        let Some(((number, open), rest)) = lone.get_mut(n..).and_then(<[_]>::split_first_mut) else { break };
        let running = open.iter().position(|l| matches!(l, Lone::Open(m) if m.kind == QUOTE));
        if let Some(position) = running
            && goes_on(*number, post, rest)
        {
            open.remove(position);
        }
    }
    for (number, lone) in lone {
        let Some(paragraph) = post.get(number) else { continue };
        drafts.extend(lone.iter().filter_map(|lone| draft(paragraph, lone)));
    }
    drafts
}

/// Whether a quotation that paragraph `number` leaves open goes on in the next: that opens it again, as it should, or closes
/// it without.
fn goes_on(number: usize, post: &[Paragraph], rest: &mut [(usize, Vec<Lone>)]) -> bool {
    let Some(next) = post.get(number + 1) else { return false };
    if next.text.starts_with('“') {
        return true;
    }
    let Some((_, lone)) = rest.first_mut().filter(|(n, _)| *n == number + 1) else { return false };
    let closing = lone.iter().position(|l| matches!(l, Lone::Close(m) if m.kind == QUOTE));
    closing.is_some_and(|at| {
        lone.remove(at);
        true
    })
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (at, char) in text.char_indices() {
        let found = KINDS.iter().enumerate().find_map(|(kind, k)| {
            let opens = k.open.contains(&char);
            (opens || k.close.contains(&char)).then_some(Mark { at, char, kind, opens })
        });
        marks.extend(found.filter(|mark| !is_something_else(text, mark)));
    }
    marks
}

/// Apostrophes, and the bracket of `1)` or `a）`.
fn is_something_else(text: &str, mark: &Mark) -> bool {
    let (before, after) = around(text, mark.at, mark.char.len_utf8());
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !crate::text::han::is_han(c));
    match (mark.kind, mark.opens) {
        (SINGLE, _) => {
            latin(before) && (latin(after) || !text.get(..mark.at).is_some_and(|t| t.contains('‘')))
        }
        (ROUND, false) => {
            let head = text.get(..mark.at).unwrap_or("");
            let ordinal = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let open = head.rfind(['(', '（']) > head.rfind([')', '）']);
            let starts = head
                .strip_suffix(ordinal)
                .is_none_or(|h| h.trim_end().is_empty() || h.ends_with(['；', '。', '，', '：', ' ']));
            !open && starts && (1..=2).contains(&ordinal.chars().count())
        }
        _ => false,
    }
}

fn unpaired(text: &str) -> Vec<Lone> {
    let mut open: Vec<Mark> = Vec::new();
    let mut lone: Vec<Lone> = Vec::new();
    for mark in marks(text) {
        if mark.opens {
            open.push(mark);
        } else if let Some(partner) = open.iter().rposition(|m| m.kind == mark.kind) {
            lone.extend(open.drain(partner + 1..).map(Lone::Open));
            let opening = open.pop();
            let mixed = opening.filter(|o| o.char.is_ascii() != mark.char.is_ascii());
            lone.extend(mixed.map(|opening| Lone::Mixed(opening, mark)));
            let nested = opening.filter(|_| mark.kind <= SINGLE && open.iter().any(|m| m.kind == mark.kind));
            lone.extend(nested.map(|opening| Lone::Nested(opening, mark)));
        } else {
            lone.push(Lone::Close(mark));
        }
    }
    // Where the outer mark is never closed, the inner ones stand in no other.
    let unclosed: Vec<Mark> = open;
    lone.retain(|l| !matches!(l, Lone::Nested(inner, _) if unclosed.iter().any(|m| m.kind == inner.kind && m.at < inner.at)));
    lone.extend(unclosed.into_iter().map(Lone::Open));
    lone.sort_by_key(|l| match l {
        Lone::Open(m) | Lone::Close(m) | Lone::Reversed(m, _) | Lone::Mixed(m, _) | Lone::Nested(m, _) => {
            m.at
        }
    });
    reversed(lone)
}

/// `”…“` is one fault, not two.
fn reversed(lone: Vec<Lone>) -> Vec<Lone> {
    let mut result: Vec<Lone> = Vec::new();
    for next in lone {
        match (result.last(), next) {
            (Some(&Lone::Close(first)), Lone::Open(second))
                if first.kind == second.kind && first.kind <= SINGLE =>
            {
                result.pop();
                result.push(Lone::Reversed(first, second));
            }
            _ => result.push(next),
        }
    }
    result
}

fn draft(paragraph: &Paragraph, lone: &Lone) -> Option<Draft> {
    let severity = Severity::Minor;
    let name = |mark: &Mark| KINDS.get(mark.kind).map_or(("mark", "标点"), |k| (k.en, k.zh));
    let (place, message) = match lone {
        Lone::Open(mark) => {
            let ((en, zh), c) = (name(mark), mark.char);
            let message = Message::new(
                format!("The {en} {c} is never closed in this paragraph."),
                format!("本段中{zh}的前半 {c} 没有配对的后半。"),
            );
            (ahead(&paragraph.text, mark), message)
        }
        Lone::Close(mark) => {
            let ((en, zh), c) = (name(mark), mark.char);
            let message = Message::new(
                format!("The {en} {c} closes what was never opened in this paragraph."),
                format!("本段中{zh}的后半 {c} 没有配对的前半。"),
            );
            (behind(paragraph, mark), message)
        }
        Lone::Reversed(first, second) => {
            let message = Message::new(
                format!("The quotation marks are reversed: {}…{}.", first.char, second.char),
                format!("引号前后颠倒：{}……{}。", first.char, second.char),
            );
            (first.at..second.at + second.char.len_utf8(), message)
        }
        Lone::Nested(first, second) => {
            let message = Message::new(
                "Quotation marks within quotation marks of the same kind; the inner ones should be ‘ and ’.",
                "引号内又用同样的引号；内层应为单引号‘’。",
            );
            (first.at..second.at + second.char.len_utf8(), message)
        }
        Lone::Mixed(first, second) => {
            let message = Message::new(
                format!(
                    "{} is closed by {}: one is half-width, the other full-width.",
                    first.char, second.char
                ),
                format!("“{}”与“{}”全半角不一致。", first.char, second.char),
            );
            (first.at..second.at + second.char.len_utf8(), message)
        }
    };
    let cause = paragraph.text.get(place.clone()).unwrap_or("").to_owned();
    let (unit, range) = paragraph.place(place)?;
    let draft = Draft::new(unit, severity, message).zh(range);
    Some(match lone {
        Lone::Mixed(..) => draft.cause("mixed width"),
        Lone::Nested(..) => draft.cause("nested quotes"),
        _ => draft.cause(cause),
    })
}

/// What a mark that is never closed opens: up to the next mark of a pair, or the sentence's end, which is where
/// [`Paragraph::place`] cuts.
fn ahead(text: &str, mark: &Mark) -> Range<usize> {
    let start = mark.at + mark.char.len_utf8();
    let next = text.get(start..).and_then(|rest| rest.find(|c| is_of_kind(c, mark.kind)));
    mark.at..next.map_or(text.len(), |n| start + n)
}

/// What a mark that was never opened closes: from the last mark of its kind in its sentence, or from where that begins.
fn behind(paragraph: &Paragraph, mark: &Mark) -> Range<usize> {
    let line = paragraph.lines.iter().find(|line| line.range.contains(&mark.at));
    let from = line.map_or(mark.at, |line| line.range.start);
    let last = paragraph.text.get(from..mark.at).and_then(|t| {
        t.char_indices().rfind(|(_, c)| is_of_kind(*c, mark.kind)).map(|(at, c)| at + c.len_utf8())
    });
    from + last.unwrap_or(0)..mark.at + mark.char.len_utf8()
}

fn is_of_kind(c: char, kind: usize) -> bool {
    KINDS.get(kind).is_some_and(|k| k.open.contains(&c) || k.close.contains(&c))
}
