//! English sentences: the candidates of [UAX 29](https://www.unicode.org/reports/tr29/), and rules on top.
//!
//! UAX 29 alone breaks behind `Dr.`, `vs.` and `1.`, and misses a sentence that begins with a number, a quotation
//! or a name such as `iPhone`. The rules here add the latter, and drop what stands
//!
//! * in a quotation or a bracket that is still open: `"One. Two," she said.` and `(See below. Or above.)` are wholes;
//! * behind an abbreviation, an initial or the number of a list item, unless a word follows that opens a sentence
//!   (`in the U.S. The firm …`);
//! * before a small letter (`"Why?" he asked`), or before the rest of an attribution (`… works." - Acme Labs`);
//! * inside a word (`v1.2`, `mcp.json`, `.NET`, `evil[.]com`).

use super::abbreviations::{self, SHOUTING_NAMES, Stop};
use super::cuts::{self, is_blank};
use super::nesting::Nesting;
use super::speech;
use crate::model::Span;
use crate::text::han::is_han;
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// Cuts English text into sentences that tile it.
///
/// ```
/// let text = "It works with .NET. So does Dr. Who.";
/// let spans = duizhao::segment::english::split(text);
/// let sentences: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
/// assert_eq!(sentences, ["It works with .NET. ", "So does Dr. Who."]);
/// ```
pub fn split(text: &str) -> Vec<Span> {
    let nesting = Nesting::english(text);
    let mut cuts = Vec::new();
    let mut start = 0;
    for at in candidates(text) {
        let place = Place::new(text, start, at);
        if cuts::breaks_line(place.gap, place.next) || (!open_at(&nesting, &place) && ends(&place)) {
            cuts.push(at);
            start = at;
        }
    }
    cuts::tile(text, &cuts)
}

/// A place that may be the end of a sentence.
struct Place<'t> {
    /// The sentence up to here, with its stop, without the marks that close behind it.
    body: &'t str,
    /// Quotation marks and brackets that close behind the stop.
    closers: &'t str,
    /// The blanks behind.
    gap: &'t str,
    /// What follows.
    next: &'t str,
    /// Where the gap begins.
    end: usize,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, start: usize, at: usize) -> Self {
        let (before, next) = text.split_at_checked(at).unwrap_or((text, ""));
        let sentence = before.get(start..).unwrap_or("");
        let content = sentence.trim_end_matches(is_blank);
        let (_, gap) = sentence.split_at_checked(content.len()).unwrap_or((sentence, ""));
        let body = without_closers(content);
        let (_, closers) = content.split_at_checked(body.len()).unwrap_or((content, ""));
        Self { body, closers, gap, next, end: start + content.len() }
    }
}

/// Every place that may begin a sentence, ascending: those of UAX 29, and those behind a stop and what closes behind
/// it, if there is a blank or a capital letter.
fn candidates(text: &str) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    let mut reached = 0;
    for (at, _) in text.split_sentence_bound_indices() {
        if at >= reached {
            reached = cuts::skip_blanks(text, at);
            places.insert(reached);
        }
    }
    let mut behind_stop = false;
    let mut blank = false;
    for (at, c) in text.char_indices() {
        if is_blank(c) {
            blank = true;
            continue;
        }
        if behind_stop && (blank || c.is_uppercase()) {
            places.insert(at);
        }
        behind_stop =
            is_stop(c) || (behind_stop && !blank && (is_closer(c) || c.is_ascii_digit() || c == '['));
        blank = false;
    }
    places.remove(&0);
    places.remove(&cuts::skip_blanks(text, 0));
    places.remove(&text.len());
    places
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？' | '｡' | '．')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '*' | '_' | '`' | '」' | '』' | '）' | '】' | '》'
    )
}

/// `content` without what closes behind its stop, notes such as `[3]` included.
fn without_closers(content: &str) -> &str {
    let mut body = content;
    loop {
        let note = body.strip_suffix(']').map(|inner| inner.trim_end_matches(|c: char| c.is_ascii_digit()));
        body = match note.and_then(|inner| inner.strip_suffix('[')) {
            Some(rest) if rest.ends_with(|c| is_stop(c) || is_closer(c)) => rest,
            _ if body.ends_with(is_closer) => body.trim_end_matches(is_closer),
            _ => return body,
        };
    }
}

fn open_at(nesting: &Nesting, place: &Place) -> bool {
    let open = |span: Option<Span>| span.is_some_and(|span| span.end() > place.end);
    open(nesting.quote(place.end)) || open(nesting.bracket(place.end))
}

fn ends(place: &Place) -> bool {
    let Some(stop) = place.body.chars().next_back().filter(|&c| is_stop(c)) else { return false };
    if place.gap.is_empty() {
        return matches!(stop, '。' | '！' | '？' | '｡') || glued(place);
    }
    let quoted = place.closers.contains(['"', '”', '\'', '’']);
    if place.next.starts_with([',', ';', ':', ')', ']', '”', '’', '&'])
        || place.next.starts_with(". ")
        || cuts::is_aside(place.next)
        || (quoted && place.next.starts_with(['-', '–', '—']))
        || (quoted && matches!(stop, '?' | '!') && speech::attributes_english(place.next))
    {
        return false;
    }
    stops(place.body, place.next)
}

/// Whether `body`, a sentence so far with its stop, ends before `next`, the two parted by blanks.
pub(super) fn stops(body: &str, next: &str) -> bool {
    let core = body.trim_end_matches(is_stop);
    let follower = Follower::of(next);
    if !follower.may_open() || cuts::is_ordinal(body) || !core.contains(char::is_alphanumeric) {
        return false;
    }
    let word = last_word(core);
    match body.get(core.len()..) {
        Some(".") => match abbreviations::classify(word) {
            Stop::Word => true,
            Stop::Title => false,
            Stop::Numbered => !follower.is_number(),
            Stop::Date => {
                !follower.is_number() && !abbreviations::is_month(follower.word) && follower.opens()
            }
            Stop::Unsure => follower.opens(),
        },
        Some("!") if SHOUTING_NAMES.contains(&word) => follower.opens(),
        _ => true,
    }
}

/// The word that a stop stands behind, dots inside included.
fn last_word(core: &str) -> &str {
    let inside = |c: char| (c.is_alphanumeric() && !is_han(c)) || matches!(c, '.' | '&' | '\'' | '’');
    core.rsplit(|c| !inside(c)).next().unwrap_or(core).trim_start_matches(['\'', '’'])
}

/// A full stop between two words without a blank, as where a saved page lost a line break: `… was hit.The firm …`.
/// Only between a word in small letters and one that opens a sentence, else it may be a name: `Any.Run`.
fn glued(place: &Place) -> bool {
    let core = place.body.trim_end_matches(is_stop);
    let word = last_word(core);
    let plain = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    let follower = Follower::of(place.next);
    let parted = place.next.get(follower.word.len()..).is_some_and(|rest| rest.starts_with(' '));
    plain && place.next.starts_with(follower.word) && parted && follower.opens()
}

/// How many characters may stand before the first word behind a stop: opening marks, markup.
const FARTHEST: usize = 16;

/// The first word behind a stop.
struct Follower<'t> {
    word: &'t str,
}

impl<'t> Follower<'t> {
    fn of(next: &'t str) -> Self {
        let first = next.char_indices().take(FARTHEST).find(|&(_, c)| c.is_alphanumeric());
        let start = first.and_then(|(at, _)| next.get(at..)).unwrap_or("");
        let end =
            start.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).unwrap_or(start.len());
        Self { word: start.get(..end).unwrap_or("") }
    }

    fn is_number(&self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether it can open a sentence at all: not in small letters, but for names like `iPhone`.
    fn may_open(&self) -> bool {
        let mut letters = self.word.chars();
        match letters.next() {
            Some(c) if c.is_lowercase() => letters.take(4).any(char::is_uppercase),
            Some(_) => true,
            None => false,
        }
    }

    fn opens(&self) -> bool {
        abbreviations::opens_sentence(self.word)
    }
}
