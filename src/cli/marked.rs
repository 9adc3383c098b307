//! Text with carets under stretches of it, wrapped to a width; what is far from them is left out.

use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// So many rows are shown of a text without marks, or that is marked as a whole.
const ROWS: usize = 2;

/// So many rows with marks are shown of one text.
const MARKED_ROWS: usize = 4;

/// A row of a text, and the carets under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it says.
    pub text: String,
    /// Blanks and carets; empty if nothing in the row is marked.
    pub carets: String,
}

/// The rows of `text` in `width` columns that hold `marks` (bytes), and `…` for what lies between; all rows if there are only
/// a few.
pub fn rows(text: &str, marks: &[Range<usize>], width: usize) -> Vec<Row> {
    let places = wrapped(text, width.max(8));
    let whole = marks.iter().any(|mark| mark.start == 0 && mark.end >= text.trim_end().len());
    let marks: &[Range<usize>] = if whole { &[] } else { marks };
    let mut shown: Vec<usize> =
        (0..places.len()).filter(|&n| places.get(n).is_some_and(|row| touches(row, marks))).collect();
    shown.truncate(MARKED_ROWS);
    if shown.is_empty() {
        shown = (0..places.len().min(ROWS)).collect();
    }
    if places.len() <= ROWS {
        shown = (0..places.len()).collect();
    }
    let mut rows = Vec::new();
    for (n, &number) in shown.iter().enumerate() {
        let Some(place) = places.get(number) else { continue };
        let gap_before = n == 0 && number > 0;
        let gap_behind = shown.get(n + 1).map_or(number + 1 < places.len(), |&next| next > number + 1);
        rows.push(row(text, place, marks, gap_before, gap_behind));
    }
    rows
}

fn touches(row: &Range<usize>, marks: &[Range<usize>]) -> bool {
    marks.iter().any(|mark| mark.start < row.end && row.start < mark.end.max(mark.start + 1))
}

fn row(text: &str, place: &Range<usize>, marks: &[Range<usize>], before: bool, behind: bool) -> Row {
    let (mut shown, mut carets) = (String::new(), String::new());
    let gap = if before { "…" } else { "" };
    shown.push_str(gap);
    carets.push_str(if before { " " } else { "" });
    for (at, c) in text.get(place.clone()).unwrap_or("").char_indices() {
        let c = visible(c);
        let at = place.start + at;
        let marked = marks.iter().any(|mark| mark.contains(&at));
        let columns = columns(c).max(usize::from(marked && columns(c) == 0 && !carets.ends_with('^')));
        shown.push(c);
        carets.extend(std::iter::repeat_n(if marked { '^' } else { ' ' }, columns));
    }
    shown.truncate(shown.trim_end().len());
    shown.push_str(if behind { "…" } else { "" });
    carets.truncate(carets.trim_end().len());
    Row { text: shown, carets }
}

/// What steers a terminal or shows nothing is made visible.
fn visible(c: char) -> char {
    let steers = c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if steers { '\u{fffd}' } else { c }
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| columns(visible(c))).sum()
}

/// A text for people: what could steer a terminal is made visible.
pub fn visible_text(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// A text in rows of at most `width` columns.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let rows = wrapped(text, width.max(8) + 2);
    rows.into_iter().map(|row| visible_text(text.get(row).unwrap_or("").trim_end())).collect()
}

/// Marks that do not begin a row.
const NOT_FIRST: &str = "，。、；：？！）》”’】」』…—,.;:?!)";

/// Bytes of each row: broken behind blanks and wide characters, before no closing mark; a word that is longer than a row is
/// cut.
pub fn wrapped(text: &str, width: usize) -> Vec<Range<usize>> {
    // The ellipses of what is left out take a column on either side.
    let width = width.saturating_sub(2).max(4);
    let mut rows: Vec<Range<usize>> = Vec::new();
    let (mut start, mut used, mut good) = (0, 0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let wide = columns(visible(c));
        if used + wide > width && at > start {
            let cut = if good > start { good } else { at };
            rows.push(start..cut);
            used = text.get(cut..at).map_or(0, self::width);
            start = cut;
        }
        used += wide;
        let next = chars.peek().map(|(_, next)| *next);
        let closes = next.is_some_and(|next| NOT_FIRST.contains(next));
        let opens = "（《“‘【「『(".contains(c);
        let breaks = c == ' ' || wide == 2 || next.is_some_and(|next| columns(next) == 2);
        if breaks && !closes && !opens {
            good = end;
        }
    }
    if start < text.len() {
        rows.push(start..text.len());
    }
    rows
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[Range<usize>], width: usize) -> Vec<(String, String)> {
        rows(text, marks, width).into_iter().map(|row| (row.text, row.carets)).collect()
    }

    #[test]
    fn carets_stand_under_wide_characters() {
        let text = "使用Grelmo加载器。";
        assert_eq!(shown(text, &[6..12], 40), [(text.to_owned(), "    ^^^^^^".to_owned())]);
        assert_eq!(shown(text, &[12..21], 40)[0].1, "          ^^^^^^");
    }

    #[test]
    fn only_rows_with_marks_are_shown_of_a_long_text() {
        let text = "一二三四五六七八九十".repeat(6);
        let found = shown(&text, &[90..96], 22);
        assert_eq!(found, [("…一二三四五六七八九十…".to_owned(), " ^^^^".to_owned())]);
        // Without marks its beginning is.
        assert_eq!(shown(&text, &[], 22).len(), 2);
        assert!(shown(&text, &[0..text.len()], 22).iter().all(|(_, carets)| carets.is_empty()));
    }

    #[test]
    fn rows_tile_the_text_and_keep_to_their_width() {
        for text in [
            "",
            "a",
            "The quick brown fox jumps over the lazy dog.",
            "瓦尔莫兰公司（Valmorane）遭到入侵，数据外泄。",
            "e\u{301}\u{200b}漏洞\u{202e}x",
            "https://grelmo.example/a/very/long/path/that/never/ends",
        ] {
            for width in [4, 8, 13, 30] {
                let rows = wrapped(text, width);
                let joined: String = rows.iter().map(|row| &text[row.clone()]).collect();
                assert_eq!(joined, text);
                assert!(
                    rows.iter().all(|row| self::width(&text[row.clone()]) <= width.max(8)),
                    "{width}: {rows:?}"
                );
            }
        }
    }

    #[test]
    fn what_shows_nothing_gets_a_sign_and_a_caret() {
        assert_eq!(shown("a\u{200b}b", &[1..4], 20), [("a\u{fffd}b".to_owned(), " ^".to_owned())]);
    }
}
