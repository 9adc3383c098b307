//! Menus around an article: runs of links, in which no text is to be found.

use super::blocks::{Block, BlockKind};
use super::document::ends_sentence;
use std::ops::Range;

/// How many links in a row make a menu: lists of links within articles are shorter.
const MENU: usize = 8;

/// Whether a page begins with a menu, so that what surrounds the article was saved along with it.
pub(super) fn is_leading(blocks: &[Block]) -> bool {
    is_present(blocks.get(..blocks.iter().position(is_prose).unwrap_or(blocks.len())).unwrap_or_default())
}

/// Whether a page holds a menu anywhere.
pub(super) fn is_present(blocks: &[Block]) -> bool {
    let mut run = 0;
    for block in blocks.iter().filter(|b| b.kind != BlockKind::TableCell) {
        if block.is_linklike() {
            run += 1;
        } else if block.letters() >= 20 {
            run = 0;
        }
        if run >= MENU {
            return true;
        }
    }
    false
}

/// The stretch of blocks with the most text and the fewest links: the greatest sum over a run
/// (Kadane's algorithm), where prose counts for and menus count against.
pub(super) fn densest(blocks: &[Block]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0i64);
    let (mut start, mut sum) = (0, 0i64);
    for (i, block) in blocks.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum += weight(block);
        if sum > best_sum {
            (best, best_sum) = (start..i + 1, sum);
        }
    }
    best
}

fn is_prose(block: &Block) -> bool {
    block.letters() >= 60 && !block.is_linklike() && ends_sentence(&block.text)
}

fn weight(block: &Block) -> i64 {
    let letters = i64::try_from(block.letters()).unwrap_or(i64::MAX).min(400);
    match block.kind {
        _ if block.is_linklike() => -40,
        BlockKind::Rule | BlockKind::Heading => 0,
        BlockKind::Code | BlockKind::TableCell => 4,
        _ if letters == 0 => 0,
        _ if letters >= 60 || letters >= 12 && ends_sentence(&block.text) => letters,
        _ => -8,
    }
}

#[cfg(test)]
mod tests {
    use super::super::markdown;
    use super::*;

    #[test]
    fn prose_between_menus_is_found() {
        let menu = "* [Home](https://example.com/a)\n".repeat(10);
        let prose =
            "The company said that its servers were taken offline by the attackers last week.\n\n".repeat(3);
        let page = format!(
            "{menu}\n# Title\n\nBy Ann\n\n{prose}\n* [One source](https://example.org/)\n\n{prose}{menu}"
        );
        let blocks = markdown::blocks(&page, 0);
        assert!(is_present(&blocks) && is_leading(&blocks));
        let run = densest(&blocks);
        assert!(blocks[run.start].text.starts_with("The company") && run.len() == 7);
        assert!(!is_present(&markdown::blocks(&prose, 0)));
        let links_behind = markdown::blocks(&format!("{prose}{menu}"), 0);
        assert!(is_present(&links_behind) && !is_leading(&links_behind));
        assert_eq!(densest(&markdown::blocks(&menu, 0)).len(), 0);
    }
}
