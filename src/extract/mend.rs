//! Mends what tools that save pages as Markdown break.

use super::blocks::{Block, Link};
use regex::Regex;
use std::sync::LazyLock;

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
        let Some(tail) = TAIL.as_ref().and_then(|r| r.captures(&block.text)) else { continue };
        let (Some(label), Some(url)) = (tail.get(1), tail.get(2)) else { continue };
        if label.as_str().contains('[') {
            continue;
        }
        let (label, url) = (label.as_str().to_owned(), url.as_str().to_owned());
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
    static STRAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let pair = r"(\*\*)(?:[^*\s/]|[^*\s/][^*\n]*?[^*\s/])(\*\*)";
        let cut_image = r"(\[?!\[[^\]\n]*\]\([^)\s]*)$";
        Regex::new(&format!(r"{pair}|^(\*\*)[^*\s]|{cut_image}")).ok()
    });
    let Some(stray) = STRAY.as_ref().filter(|_| block.text.contains("**") || block.text.contains("!["))
    else {
        return;
    };
    let groups =
        |found: regex::Captures<'_>| found.iter().skip(1).flatten().map(|m| m.range()).collect::<Vec<_>>();
    let cuts: Vec<_> = stray.captures_iter(&block.text).flat_map(groups).collect();
    for cut in cuts.into_iter().rev() {
        let (start, length) = (cut.start, cut.len());
        block.text.replace_range(cut, "");
        for link in &mut block.links {
            let moved = |at: usize| if at > start { at.saturating_sub(length).max(start) } else { at };
            (link.start, link.end) = (moved(link.start), moved(link.end));
        }
    }
}
