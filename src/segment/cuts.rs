//! What the segmenters share: from places to cut to spans, lines and list items.

use crate::model::Span;

/// Whether `c` shows nothing: blanks, and the zero-width characters that web pages leave behind.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The first place from `at` on that is not blank.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start_matches(is_blank).len())
}

/// `span` without the blanks at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = span.slice(text);
    let left = inner.trim_start_matches(is_blank);
    let start = span.start() + inner.len() - left.len();
    Span::new(start, start + left.trim_end_matches(is_blank).len())
}

/// Spans that tile `text`, from ascending places to cut it at.
///
/// What holds no letter or digit (a stray quotation mark, an emoji) is no sentence: it goes to the one before it, at
/// the beginning to the one behind it.
pub(super) fn tile(text: &str, cuts: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let (mut start, mut behind) = (0, 0);
    for &end in cuts.iter().chain([&text.len()]).filter(|&&end| end > 0) {
        let wordless = !text.get(behind..end).unwrap_or("").contains(char::is_alphanumeric);
        behind = end;
        match spans.last_mut() {
            Some(before) if wordless => *before = Span::new(before.start(), end),
            None if wordless && end < text.len() => continue,
            _ => spans.push(Span::new(start, end)),
        }
        start = end;
    }
    spans
}

/// Tiles `text` with the parts between its blank lines.
pub(super) fn blocks(text: &str) -> Vec<Span> {
    let mut cuts = Vec::new();
    let mut at = 0;
    let mut blank_before = false;
    for line in text.split_inclusive('\n') {
        let blank = line.chars().all(is_blank);
        if blank_before && !blank {
            cuts.push(at);
        }
        blank_before = blank && at > 0;
        at += line.len();
    }
    tile(text, &cuts)
}

/// Whether the blanks `gap` before `next` end a sentence by themselves: a blank line does, a line break only before
/// the next item of a list, since saved pages are wrapped anywhere.
pub(super) fn breaks_line(gap: &str, next: &str) -> bool {
    match gap.matches(['\n', '\u{2029}']).count() {
        0 => false,
        1 => gap.contains('\u{2029}') || is_list_item(next),
        _ => true,
    }
}

/// Whether a line begins as an item of a list does: `* …`, `· …`, `- …`, `1. …`, `2、…`, `(3) …`, `（三）…`.
fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '·' | '●' | '▪') => true,
        Some('*' | '-' | '–' | '+') => chars.next().is_some_and(is_blank),
        Some('(' | '（') => {
            let inner = chars.as_str().trim_start_matches(is_numeral);
            inner.len() < chars.as_str().len() && inner.starts_with([')', '）'])
        }
        Some(c) if is_numeral(c) => {
            let rest = chars.as_str().trim_start_matches(is_numeral);
            let digits = line.len() - rest.len();
            digits <= 9 && (rest.starts_with(['、', '）']) || starts_with_stop_and_blank(rest))
        }
        _ => false,
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// `.` or `)` that no digit follows: `2.4` at the beginning of a line is a number.
fn starts_with_stop_and_blank(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('.' | ')' | '．')) && !chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether `next` is a remark in brackets that ends the paragraph, or its line, and is no sentence: `(CVSS 9.8)`,
/// `（完）`. It belongs to the sentence before.
pub(super) fn is_aside(next: &str) -> bool {
    let close = match next.chars().next() {
        Some('(') => ')',
        Some('（') => '）',
        Some('[') => ']',
        _ => return false,
    };
    let Some((end, _)) = next.char_indices().take(LONGEST_ASIDE).find(|&(_, c)| c == close) else {
        return false;
    };
    let (inner, rest) = next.split_at_checked(end).unwrap_or((next, ""));
    let rest = rest.trim_start_matches(close).trim_start_matches(|c| is_blank(c) && c != '\n');
    !inner.ends_with(['.', '!', '?', '…', '。', '！', '？']) && (rest.is_empty() || rest.starts_with('\n'))
}

/// In characters.
const LONGEST_ASIDE: usize = 40;

/// Whether a sentence that so far reads `sentence` (its stop included) is only the number of what follows:
/// `1.`, `2.1.`, `（3）.`, `b.`, `iv.`, `Step 4.`, `图5.`
pub(super) fn is_ordinal(sentence: &str) -> bool {
    if sentence.len() > LONGEST_ORDINAL {
        return false;
    }
    let core = sentence.trim_matches(|c: char| !c.is_alphanumeric());
    let core = CHINESE_LABELS.iter().find_map(|label| core.strip_prefix(label)).unwrap_or(core);
    let core = match core.trim_start_matches(is_blank).rsplit_once(is_blank) {
        Some((word, number)) if LABELS.contains(&word.to_lowercase().as_str()) => {
            return number.chars().all(|c| c.is_ascii_digit());
        }
        Some(_) => return false,
        None => core.trim_start_matches(is_blank),
    };
    let number =
        core.split('.').all(|part| matches!(part.len(), 1..=2) && part.bytes().all(|b| b.is_ascii_digit()));
    let mut letters = core.chars();
    let letter = letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next().is_none();
    let roman = matches!(core.len(), 2..=4) && core.chars().all(|c| "ivxIVX".contains(c));
    number || letter || roman
}

const LONGEST_ORDINAL: usize = 32;

/// Words that make a heading with a number: `Step 1.`
const LABELS: [&str; 9] = ["step", "stage", "phase", "part", "tip", "option", "chapter", "section", "figure"];

const CHINESE_LABELS: [&str; 5] = ["图", "表", "步骤", "阶段", "附录"];

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
        spans.iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn what_has_no_word_is_no_sentence() {
        let text = "“ 好。 ” 行。 🎉";
        let cuts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
        assert_eq!(pieces(text, &tile(text, &cuts)), ["“ 好。 ” ", "行。 🎉"]);
        assert_eq!(tile("", &[]), []);
        assert_eq!(tile("…", &[]).len(), 1);
    }

    #[test]
    fn a_line_break_ends_a_sentence_only_before_a_list_item_or_a_blank_line() {
        assert!(
            breaks_line("\n", "* next")
                && breaks_line("\n  ", "2. next")
                && breaks_line("\n", "（三）下一步")
        );
        assert!(breaks_line("\n\n", "next"));
        assert!(!breaks_line("\n", "next") && !breaks_line("\n", "2.4 GHz") && !breaks_line("\n", "*bold*"));
        assert!(!breaks_line("\n", "2024 年") && !breaks_line(" ", "* next"));
    }

    #[test]
    fn a_remark_in_brackets_at_the_end_is_no_sentence() {
        assert!(is_aside("(CVSS 9.8)") && is_aside("（完） ") && is_aside("[VirusTotal]\n* next"));
        assert!(
            !is_aside("(See below.)") && !is_aside("(By the way) it works.") && !is_aside("（见下文。）")
        );
    }

    #[test]
    fn a_number_alone_is_no_sentence() {
        for ordinal in ["1.", " * 12.", "2.1.", "b.", "（3）.", "iv.", "Step 4.", "**3.**", "图5.", "步骤 2."]
        {
            assert!(is_ordinal(ordinal), "{ordinal}");
        }
        for sentence in ["2024.", "Go.", "It was 4.", "漏洞.", "", "mix it."] {
            assert!(!is_ordinal(sentence), "{sentence}");
        }
    }
}
