//! Chinese sentences: they end at `。！？`, with the marks that close behind.
//!
//! `；` and `：` end nothing, nor does `……` inside a sentence. Not cut is
//!
//! * inside brackets and the titles of works, nor behind a stop that stands right behind an opening mark;
//! * inside a quotation that is a part of its clause (`以“你好！”为题`), nor between a quotation and the clause that
//!   attributes it (`“没错。”他说。`); between the sentences of other quotations there is a cut;
//! * inside numbers, host and file names, also those that machine translation broke (`evil[。com`);
//! * behind the number of a list item.
//!
//! English sentences inside a Chinese paragraph end by the rules of [`super::english`].

use super::abbreviations::SHOUTING_NAMES;
use super::cuts::{self, is_blank};
use super::nesting::Nesting;
use super::{english, hosts, speech};
use crate::model::Span;
use crate::text::han::is_han;

/// Cuts Chinese text into sentences that tile it.
///
/// ```
/// let text = "“补丁已发布。”他说。请尽快安装！";
/// let spans = duizhao::segment::chinese::split(text);
/// let sentences: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
/// assert_eq!(sentences, ["“补丁已发布。”他说。", "请尽快安装！"]);
/// ```
pub fn split(text: &str) -> Vec<Span> {
    let nesting = Nesting::chinese(text);
    let mut cuts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let after = at + c.len_utf8();
        if is_stop(c) {
            let place = Place::new(text, &nesting, start, at);
            at = place.next_at;
            if place.ends(&nesting) {
                cuts.push(at);
                start = at;
            }
        } else if c == '\n' || c == '\u{2029}' {
            let next = cuts::skip_blanks(text, after);
            if cuts::breaks_line(text.get(at..next).unwrap_or(""), text.get(next..).unwrap_or("")) {
                cuts.push(next);
                start = next;
            }
            at = next;
        } else {
            at = after;
        }
    }
    cuts.retain(|&at| at < text.len());
    cuts::tile(text, &cuts)
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．' | '!' | '?' | '.' | '…' | '⋯' | '‼' | '⁇' | '⁈' | '⁉')
}

fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '（' | '(' | '[' | '［' | '{' | '【' | '《' | '〈' | '"' | '\'')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '」' | '』' | '）' | ')' | ']' | '］' | '}' | '】' | '》' | '〉' | '*' | '_' | '`'
    )
}

/// What kind of stop a run of stops is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `。`, alone or with others.
    Full,
    /// `！`, `？`.
    Loud,
    /// A single half-width `.`.
    Dot,
    /// `……`, `...`.
    Ellipsis,
}

/// A run of stops, with what is around it.
struct Place<'t> {
    kind: Kind,
    /// Where the sentence begins.
    start: usize,
    /// Where the stops begin.
    at: usize,
    /// The sentence up to the stops.
    before: &'t str,
    /// The same with the stops.
    body: &'t str,
    /// What closes behind them.
    closers: &'t str,
    /// Where `closers` end.
    end: usize,
    /// The blanks behind.
    gap: &'t str,
    /// What follows.
    next: &'t str,
    /// Where it begins.
    next_at: usize,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, nesting: &Nesting, start: usize, at: usize) -> Self {
        let slice = |from: usize, to: usize| text.get(from..to).unwrap_or("");
        let tail = slice(at, text.len());
        let stops_end = at + stops_len(tail);
        let end = closers_end(text, nesting, stops_end);
        let next_at = cuts::skip_blanks(text, end);
        Self {
            kind: kind(slice(at, stops_end)),
            start,
            at,
            before: slice(start, at),
            body: slice(start, stops_end),
            closers: slice(stops_end, end),
            end,
            gap: slice(end, next_at),
            next: slice(next_at, text.len()),
            next_at,
        }
    }

    fn ends(&self, nesting: &Nesting) -> bool {
        if self.next.is_empty() || cuts::breaks_line(self.gap, self.next) {
            return true;
        }
        let last = self.before.chars().next_back();
        if last.is_some_and(|c| is_opener(c) && !nesting.closes(self.at - c.len_utf8()))
            || self.next.starts_with(['，', '、', '；', '：', ',', ';', ':', '。', '”', '》', '）'])
            || self.in_bracket(nesting)
            || cuts::is_aside(self.next)
            || cuts::is_ordinal(self.body)
        {
            return false;
        }
        let ends = match self.kind {
            Kind::Full => !(self.is_bare() && hosts::splits_name(self.before, self.next)),
            Kind::Loud => self.loud_ends(last),
            Kind::Dot => self.dot_ends(last),
            Kind::Ellipsis => !self.closers.is_empty(),
        };
        ends && self.quotation_ends(nesting)
    }

    /// Nothing between the stop and what follows.
    fn is_bare(&self) -> bool {
        self.closers.is_empty() && self.gap.is_empty()
    }

    /// The sentence from its beginning to `at`, an earlier place in it; empty if `at` lies before.
    fn lead(&self, at: usize) -> &'t str {
        at.checked_sub(self.start).and_then(|len| self.before.get(..len)).unwrap_or("")
    }

    /// Inside a bracket that is still open; or, `！` and `？`, at the end of one in the middle of a sentence.
    fn in_bracket(&self, nesting: &Nesting) -> bool {
        nesting.bracket(self.at).is_some_and(|span| {
            let aside = self.lead(span.start()).contains(char::is_alphanumeric);
            span.end() > self.end || (aside && self.kind != Kind::Full)
        })
    }

    /// `!` and `?` also stand in URLs and in names.
    fn loud_ends(&self, last: Option<char>) -> bool {
        let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        let half_width = self.body.ends_with(['!', '?']);
        let in_url = half_width && self.is_bare() && ascii(last) && ascii(self.next.chars().next());
        let word = self.before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let name = half_width && SHOUTING_NAMES.contains(&word);
        !in_url && !name
    }

    /// A half-width stop ends a Chinese sentence before a blank, Han or a capitalised word; else English rules count.
    fn dot_ends(&self, last: Option<char>) -> bool {
        if !last.is_some_and(|c| is_han(c) || matches!(c, '”' | '）' | '》')) {
            let parted = !self.gap.is_empty() || (!self.closers.is_empty() && self.next.starts_with(is_han));
            return parted && english::stops(self.body, self.next);
        }
        let mut letters = self.next.chars();
        let first = letters.next();
        let capitalised =
            first.is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        !self.is_bare() || capitalised || first.is_some_and(|c| !c.is_ascii_alphanumeric())
    }

    /// Whether no quotation holds the sentence together beyond this place.
    fn quotation_ends(&self, nesting: &Nesting) -> bool {
        let Some(quote) = nesting.quote(self.at) else { return true };
        let embedded = self.embeds(quote);
        if quote.end() > self.end {
            return !embedded || (self.kind == Kind::Full && quote.len() > SHORT_QUOTATION);
        }
        let goes_on = (embedded && self.kind != Kind::Full)
            || self.next.starts_with(['—', '-', '–'])
            || speech::continues_chinese(self.next)
            || speech::attributes_chinese(self.next);
        !goes_on
    }

    /// Whether a quotation is a part of its clause, as in `口号是“快！”`: a word stands right before it, and not one
    /// of speech.
    fn embeds(&self, quote: Span) -> bool {
        let lead = self.lead(quote.start()).trim_end_matches(is_blank);
        lead.ends_with(char::is_alphanumeric) && !lead.ends_with(SPEAKING)
    }
}

/// Where the marks end that close behind stops which end at `at`; a blank may stand before a quotation mark.
fn closers_end(text: &str, nesting: &Nesting, at: usize) -> usize {
    let mut end = at;
    for (offset, c) in text.get(at..).unwrap_or("").char_indices() {
        if nesting.closes(at + offset) || (is_closer(c) && end == at + offset) {
            end = at + offset + c.len_utf8();
        } else if !is_blank(c) || c == '\n' {
            break;
        }
    }
    end
}

/// How long the run of stops is that `tail` begins with. The dot of `。.exe文件` belongs to what follows.
fn stops_len(tail: &str) -> usize {
    let len = tail.find(|c| !is_stop(c)).unwrap_or(tail.len());
    let extension = tail.get(len..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    match tail.get(..len).and_then(|stops| stops.strip_suffix('.')) {
        Some(stops) if extension && stops.ends_with(['。', '！', '？']) => stops.len(),
        _ => len,
    }
}

/// In bytes: a quotation up to thirty Han characters or so inside a clause is a name or a slogan, not a speech.
const SHORT_QUOTATION: usize = 96;

/// What a verb of speech ends with.
const SPEAKING: [char; 12] = ['说', '道', '称', '问', '答', '喊', '写', '示', '出', '释', '告', '叫'];

fn kind(stops: &str) -> Kind {
    if stops.contains(['。', '｡']) {
        Kind::Full
    } else if stops.contains(['！', '？', '!', '?', '‼', '⁇', '⁈', '⁉']) {
        Kind::Loud
    } else if matches!(stops, "." | "．") {
        Kind::Dot
    } else {
        Kind::Ellipsis
    }
}
