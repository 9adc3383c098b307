//! Mends what tools that save pages as Markdown break.

use super::blocks::{Block, Link};
use regex::Regex;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Saved pages tear a link around a picture and a headline into two paragraphs, which is no Markdown link any
/// more: `[![]()` and `headline](https://…)`. The second is mended to a link.
pub(super) fn split_links(blocks: &mut [Block]) {
    static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?s)^(.*?)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)$"#).ok()
    });
    for block in blocks.iter_mut() {
        if block.images > 0 && block.text == "[" {
            block.text.clear();
            block.links.clear();
        }
        if !block.text.ends_with(')') {
            continue;
        }
        let Some(tail) = TAIL.as_ref().and_then(|r| r.captures(&block.text)) else { continue };
        let (Some(label), Some(url)) = (tail.get(1), tail.get(2)) else { continue };
        if label.as_str().contains('[') {
            continue;
        }
        let (label, url) = (label.as_str().to_owned(), Arc::from(url.as_str()));
        block.links = vec![Link { url, start: 0, end: label.len() }];
        block.text = label;
    }
}

/// A link within code was code within a link before the page was saved: its label.
pub(super) fn linked_code(code: &str) -> &str {
    let label = || code.strip_prefix('[')?.strip_suffix(')')?.split_once("](http").map(|(label, _)| label);
    label().filter(|l| !l.contains(['[', ']'])).unwrap_or(code)
}

/// Takes out markup that Markdown does not see as such: asterisks with a letter on the wrong side
/// (`**·**Shell`), and an image whose address is cut off at the page's end.
pub(super) fn text(block: &mut Block) {
    static STRAY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(\*\*)(?:[^*\s/]|[^*\s/][^*\n]*?[^*\s/])(\*\*)|^(\*\*)[^*\s]").ok());
    static CUT_IMAGE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\[?!\[[^\]\n]*\]\([^)\s]*$").ok());
    let image = CUT_IMAGE.as_ref().filter(|_| block.text.contains("![")).and_then(|r| r.find(&block.text));
    let image = image.map_or(block.text.len()..block.text.len(), |found| found.range());
    let mut cuts: Vec<Range<usize>> = Vec::new();
    if block.text.contains("**") {
        let before = block.text.get(..image.start).unwrap_or("");
        for found in STRAY.iter().flat_map(|r| r.captures_iter(before)) {
            cuts.extend(found.iter().skip(1).flatten().map(|m| m.range()));
        }
    }
    cuts.push(image);
    cut_out(block, &cuts);
}

/// Takes ranges in ascending order out of a block's text, in one pass: a text may hold a million.
fn cut_out(block: &mut Block, cuts: &[Range<usize>]) {
    let mut kept = String::with_capacity(block.text.len());
    // Where each range begins, and how much went before it.
    let mut gone = Vec::with_capacity(cuts.len());
    let (mut from, mut lost) = (0, 0);
    for cut in cuts {
        kept.push_str(block.text.get(from..cut.start).unwrap_or(""));
        gone.push(lost);
        lost += cut.len();
        from = cut.end;
    }
    if lost == 0 {
        return;
    }
    kept.push_str(block.text.get(from..).unwrap_or(""));
    let moved = |at: usize| {
        let behind = cuts.partition_point(|cut| cut.start < at);
        let last = behind.checked_sub(1).and_then(|i| Some((cuts.get(i)?, gone.get(i)?)));
        last.map_or(at, |(cut, gone)| at.saturating_sub(gone + cut.len()).max(cut.start - gone))
    };
    for link in &mut block.links {
        (link.start, link.end) = (moved(link.start), moved(link.end));
    }
    block.text = kept;
}

#[cfg(test)]
mod tests {
    use crate::extract::markdown;

    #[test]
    fn a_million_stray_asterisks_are_cut_in_one_pass() {
        let blocks = markdown::blocks(&"**·**a".repeat(500_000), 0);
        assert_eq!(blocks.iter().map(|b| b.text.len()).sum::<usize>(), 500_000 * "·a".len());
    }
}
