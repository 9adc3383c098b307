//! Punctuation of the Chinese text, by GB/T 15834-2011.

mod ending;
mod pairs;
mod sequence;
#[cfg(test)]
mod tests;
mod width;

use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Check, Doc, Draft, Line, Paragraph, View, paragraphs};
use crate::text::han::is_han;
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "punctuation",
    category: "Fluency/Punctuation",
    doc: Doc {
        what: "Punctuation of the Chinese text that GB/T 15834-2011 does not allow: half-width marks between Han characters, quotation marks, brackets and book-title marks that are not paired within their paragraph, doubled and misplaced marks.",
        why: "A quotation that never closes leaves open who says what; the rest makes the post look unedited.",
        known_problems: "Titles, headings and captions need no full stop and get none. Pause marks before 和 or 等 and a missing stop are info only, since usage differs. A quotation that runs over several paragraphs is right if every paragraph opens it again.",
        example: "zh: 瓦尔莫兰表示：“我们已修复该漏洞,并通知了客户。\nsaid: The quotation mark “ is never closed in this paragraph; the comma is half-width.",
    },
    fidelity: false,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let post = paragraphs(view);
    let mut drafts = Vec::new();
    for paragraph in post.iter().filter(|p| is_prose(p)) {
        for line in &paragraph.lines {
            let text = line.text(paragraph);
            let faults = [width::faults(text), sequence::faults(text)].concat();
            drafts.extend(faults.into_iter().map(|fault| fault.draft(line)));
        }
        drafts.extend(ending::fault(paragraph));
    }
    drafts.extend(pairs::drafts(&post));
    drafts
}

/// Whether rules for Chinese prose hold: no code, and some Han.
fn is_prose(paragraph: &Paragraph) -> bool {
    paragraph.kind != ParagraphKind::Code && paragraph.text.chars().any(is_han)
}

/// Something wrong in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    range: Range<usize>,
    severity: Severity,
    message: Message,
    suggestion: Option<String>,
    cause: &'static str,
}

impl Fault {
    fn new(range: Range<usize>, severity: Severity, cause: &'static str, message: Message) -> Self {
        Self { range, severity, message, suggestion: None, cause }
    }

    fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    fn draft(self, line: &Line) -> Draft {
        let range = line.in_unit(self.range);
        let mut draft = Draft::new(line.unit, self.severity, self.message).zh(range).cause(self.cause);
        draft.suggestion = self.suggestion;
        draft
    }
}

/// Whether `c` is a mark of Chinese punctuation.
fn is_chinese_mark(c: char) -> bool {
    "，。、；：？！…—“”‘’（）《》〈〉【】「」『』〔〕".contains(c)
}

/// The characters around a byte: the one before it, and the one behind `length` bytes.
fn around(text: &str, at: usize, length: usize) -> (Option<char>, Option<char>) {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + length..).and_then(|t| t.chars().next());
    (before, after)
}
