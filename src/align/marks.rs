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

/// Whether a line credits a picture: `Source: X`, `Image: X`, `来源：X`, with few words.
pub(super) fn is_credit(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = head.to_lowercase();
    let named = ["source", "image", "photo", "credit", "来源", "图源", "图片来源"].iter().any(|w| {
        lower
            .strip_prefix(w)
            .is_some_and(|rest| rest.trim_start_matches("s").trim_start().starts_with([':', '：']))
    });
    named && text.chars().count() <= 80
}
