//! How a paragraph ends.

use super::Fault;
use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Draft, Paragraph};
use crate::text::han::is_han;

/// A paragraph of fewer Han characters may be a caption or a heading that was not marked as one.
const LEAST: usize = 25;

/// What is wrong with a body paragraph's end.
pub(super) fn fault(paragraph: &Paragraph) -> Option<Draft> {
    let line = paragraph.lines.last()?;
    let text = line.text(paragraph).trim_end();
    let core = text.trim_end_matches(['”', '’', '）', '」', '』', '》', '】', ')', '"', ']', '*']);
    let last = core.chars().next_back()?;
    let range = core.len() - last.len_utf8()..core.len();
    let is_body = matches!(paragraph.kind, ParagraphKind::Body | ParagraphKind::Lead | ParagraphKind::Quote);
    if !is_body || "。！？…：；.!?:;".contains(last) {
        return None;
    }
    if matches!(last, '，' | '、' | ',') {
        let message = Message::new(
            "The paragraph ends with a comma or pause mark; something may be missing.",
            "段落以逗号或顿号结尾，可能有缺漏。",
        );
        return Some(Fault::new(range, Severity::Minor, "", message).draft(line));
    }
    let long = paragraph.text.chars().filter(|&c| is_han(c)).count() >= LEAST;
    let clauses = paragraph.text.contains(['，', '。']);
    let listed = paragraph.text.starts_with(['·', '•', '-', '*', '–']) || starts_with_number(&paragraph.text);
    if !long || !clauses || listed || !(is_han(last) || text.len() > core.len()) {
        return None;
    }
    let message = Message::new("The paragraph ends without a full stop.", "段落末尾缺少句末标点。");
    Some(Fault::new(range, Severity::Info, "no stop", message).draft(line))
}

fn starts_with_number(text: &str) -> bool {
    let rest = text.trim_start_matches(['(', '（']).trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', '、', ')', '）', ' '])
}
