//! The blocks that a page is made of: HTML and Markdown become the same ones.

use crate::model::Source;
pub(super) use crate::text::letters::count as letters;
use crate::text::letters::is_alphanumeric;
use std::sync::Arc;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum BlockKind {
    Paragraph,
    Heading,
    ListItem,
    Quote,
    Caption,
    Code,
    TableCell,
    /// A line across the page; it has no text.
    Rule,
}

/// How a block is set as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Emphasis {
    None,
    Strong,
    Italic,
}

/// A link; `start..end` are the bytes of the block's text that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Shared by the blocks that one link covers.
    pub url: Arc<str>,
    pub start: usize,
    pub end: usize,
}

/// A block: text with its inline markup, entities and escapes undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub kind: BlockKind,
    /// `\n` where the source breaks a line without meaning it.
    pub text: String,
    pub links: Vec<Link>,
    /// How many images stand in it.
    pub images: usize,
    /// Of a heading, 1–6.
    pub level: u8,
    pub emphasis: Emphasis,
    /// Whether it continues the block before, from which a meant line break parts it.
    pub continues: bool,
    pub source: Source,
}

impl Block {
    /// Whether it holds images and nothing else.
    pub fn is_image(&self) -> bool {
        self.text.is_empty() && self.images > 0
    }

    /// How many letters and digits its text has.
    pub fn letters(&self) -> usize {
        letters(&self.text)
    }

    /// Whether nearly all of its text is links, as in a menu.
    pub fn is_linklike(&self) -> bool {
        let linked: usize =
            self.links.iter().map(|l| letters(self.text.get(l.start..l.end).unwrap_or(""))).sum();
        !self.links.is_empty() && linked * 5 >= self.letters() * 4
    }

    /// Its text on one line: a line break of the source is a blank, and nothing where Chinese goes on.
    pub fn flat(&self) -> String {
        if self.kind == BlockKind::Code { self.text.clone() } else { flatten(&self.text) }
    }
}

/// Whether a character belongs to Chinese typesetting, which needs no blank at a line's end.
fn is_wide(c: char) -> bool {
    crate::text::han::is_han(c)
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF5E}' | '“' | '”' | '—')
}

/// `text` on one line, runs of blanks made one.
pub(super) fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let Some(first) = lines.next() else { return out };
    out.push_str(first);
    for line in lines {
        let joined = out.ends_with(is_wide) && line.starts_with(is_wide);
        if !joined {
            out.push(' ');
        }
        out.push_str(line);
    }
    if out.contains("  ") || out.contains('\t') {
        return out.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    }
    out
}

/// Whether blanks of the source count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    Kept,
    Collapsed,
}

/// How many blocks a page may have: the longest articles have some thousand.
pub(super) const MAX_BLOCKS: usize = 50_000;

/// In bytes: browsers and servers take no longer address, so that what is longer is no link.
pub(super) const LONGEST_URL: usize = 8192;

/// Gathers a block's inline content.
#[derive(Debug, Default)]
pub(super) struct Gather {
    text: String,
    links: Vec<Link>,
    open: Vec<(Arc<str>, usize)>,
    images: usize,
    strong: usize,
    italic: usize,
    set_strong: usize,
    set_italic: usize,
}

impl Gather {
    pub fn push(&mut self, text: &str, blanks: Blanks) {
        for c in text.chars() {
            let c = match c {
                '\u{A0}' => ' ',
                '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\0' => continue,
                c => c,
            };
            if blanks == Blanks::Collapsed && c.is_ascii_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
                continue;
            }
            if (self.strong > 0 || self.italic > 0) && is_alphanumeric(c) {
                self.set_strong += usize::from(self.strong > 0);
                self.set_italic += usize::from(self.italic > 0);
            }
            self.text.push(c);
        }
    }

    pub fn image(&mut self) {
        self.images += 1;
    }

    pub fn open_link(&mut self, url: &str) {
        let url = if url.len() > LONGEST_URL { "" } else { url };
        self.open.push((Arc::from(url), self.text.len()));
    }

    pub fn close_link(&mut self) {
        if let Some((url, start)) = self.open.pop() {
            self.links.push(Link { url, start, end: self.text.len() });
        }
    }

    pub fn strong(&mut self, opens: bool) {
        self.strong = if opens { self.strong + 1 } else { self.strong.saturating_sub(1) };
    }

    pub fn italic(&mut self, opens: bool) {
        self.italic = if opens { self.italic + 1 } else { self.italic.saturating_sub(1) };
    }

    /// The block gathered so far, if there is any text or image in it; what is open stays open.
    pub fn take(&mut self, kind: BlockKind, source: impl FnOnce() -> Source) -> Option<Block> {
        let text = std::mem::take(&mut self.text);
        let mut links = std::mem::take(&mut self.links);
        for (url, start) in &mut self.open {
            links.push(Link { url: Arc::clone(url), start: *start, end: text.len() });
            *start = 0;
        }
        let (images, strong, italic) = (self.images, self.set_strong, self.set_italic);
        (self.images, self.set_strong, self.set_italic) = (0, 0, 0);
        let trimmed = if kind == BlockKind::Code { text.trim_matches('\n') } else { text.trim() };
        if trimmed.is_empty() && images == 0 {
            return None;
        }
        let cut = text.find(trimmed).unwrap_or(0);
        for link in &mut links {
            link.start = link.start.saturating_sub(cut).min(trimmed.len());
            link.end = link.end.saturating_sub(cut).min(trimmed.len());
        }
        let all = letters(trimmed);
        let emphasis = match all {
            0 => Emphasis::None,
            _ if strong == all => Emphasis::Strong,
            _ if italic == all => Emphasis::Italic,
            _ => Emphasis::None,
        };
        let text = trimmed.to_owned();
        Some(Block { kind, text, links, images, level: 0, emphasis, continues: false, source: source() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn source() -> Source {
        Source::Bytes(Span::default())
    }

    #[test]
    fn chinese_lines_join_without_a_blank_and_english_ones_with() {
        assert_eq!(flatten("攻击者\n利用，\n“零日”"), "攻击者利用，“零日”");
        assert_eq!(flatten("the  attackers \n used"), "the attackers used");
        assert_eq!(flatten("使用\nPowerShell"), "使用 PowerShell");
    }

    #[test]
    fn gathers_text_links_and_how_it_is_set() {
        let mut gather = Gather::default();
        gather.push(" ", Blanks::Kept);
        gather.strong(true);
        gather.open_link("https://example.com/");
        gather.push("a\u{A0}b", Blanks::Kept);
        gather.close_link();
        gather.strong(false);
        let block = gather.take(BlockKind::Paragraph, source).unwrap();
        assert_eq!((block.text.as_str(), block.emphasis), ("a b", Emphasis::Strong));
        assert_eq!((block.links[0].start, block.links[0].end), (0, 3));
        assert!(block.is_linklike());
        assert!(gather.take(BlockKind::Paragraph, source).is_none());
    }

    #[test]
    fn the_blocks_under_one_link_share_its_address() {
        let mut gather = Gather::default();
        gather.open_link(&format!("https://example.com/{}", "x".repeat(8000)));
        let mut take = || {
            gather.push("x", Blanks::Kept);
            gather.take(BlockKind::Paragraph, source).unwrap().links.remove(0).url
        };
        let (first, second) = (take(), take());
        assert!(first.len() > 8000 && Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn an_address_that_no_server_takes_is_not_kept() {
        let mut gather = Gather::default();
        gather.open_link(&format!("https://example.com/{}", "x".repeat(100_000)));
        gather.push("x", Blanks::Kept);
        gather.close_link();
        let block = gather.take(BlockKind::Paragraph, source).unwrap();
        assert_eq!((&*block.links[0].url, block.links[0].end), ("", 1));
    }
}
