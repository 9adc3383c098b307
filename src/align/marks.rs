//! What the marks of a line tell: the end of a sentence, an item of a list, a picture's credit.

/// Whether the last character, closing quotes and brackets aside, ends a sentence.
pub(super) fn is_ended(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’」』）)]】》*_".contains(c);
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；'])
}

/// Whether a line begins with a bullet or an ordinal.
pub(super) fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['(', '（', '[']).trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < text.len() && rest.starts_with(['.', '、', ')', '）', ']', '．']);
    numbered
        || text.starts_with(['·', '•', '*', '-', '–', '▪', '◦', '●', '○', '■', '➤'])
        || text.starts_with(|c| ('①'..='⑳').contains(&c))
}
