//! A page taken apart: its blocks and what its head says.

use super::blocks::{self, Block, BlockKind, Emphasis, MAX_BLOCKS};
use super::{html, markdown};
use crate::error::{Error, Result};
use crate::model::{Media, Page, Source, Span};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, HashSet};

/// A page taken apart.
pub(super) struct Document {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What an HTML page's head says: `title`, `canonical`, and `<meta>` by property or name.
    head: BTreeMap<String, String>,
    dom: Option<Html>,
}

impl Document {
    /// Takes a page apart.
    ///
    /// # Errors
    ///
    /// If it is HTML that is nested beyond what any browser shows, or falls into too many blocks.
    pub fn parse(page: &Page) -> Result<Self> {
        if page.media != Media::Html {
            let read = if page.media == Media::Markdown { markdown::blocks } else { plain };
            let blocks = read(page.body(), page.body_start);
            if blocks.len() > MAX_BLOCKS {
                return Err(too_many_blocks());
            }
            return Ok(Self { blocks, head: BTreeMap::new(), dom: None });
        }
        let dom = html::parse(page.body()).ok_or_else(|| {
            Error::input("the page's markup is nested beyond what any browser shows")
                .because("too-deeply-nested")
                .remedy("save the article's text by itself")
        })?;
        let blocks = html::blocks(&dom, None, &HashSet::new()).ok_or_else(too_many_blocks)?;
        Ok(Self { blocks, head: head(&dom), dom: Some(dom) })
    }

    /// Whether the page is HTML, so that selectors can be used.
    pub fn is_html(&self) -> bool {
        self.dom.is_some()
    }

    /// Whether a reading view may be made of the page: writing HTML looks through the rest of a text again for each
    /// `&`, `<` and `>` in it, so that the page must not be made of them.
    pub fn is_viewable(&self) -> bool {
        const MOST: usize = 100_000_000_000;
        let texts = self.dom.iter().flat_map(|dom| dom.tree.values()).filter_map(|node| node.as_text());
        texts.map(|t| t.matches(['&', '<', '>', '\u{A0}']).count().saturating_mul(t.len())).sum::<usize>()
            <= MOST
    }

    /// What the page's head says under one of `keys`, the first that it has.
    pub fn head(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.head.get(*key)).map(String::as_str)
    }

    /// The blocks within the first of `selectors` that holds text, leaving out what `without` selects.
    pub fn select(&self, selectors: &[&str], without: &str) -> Option<Vec<Block>> {
        let dom = self.dom.as_ref()?;
        let without = html::matching(dom, without);
        selectors.iter().find_map(|selector| {
            let within = html::matching(dom, selector);
            let found = html::blocks(dom, Some(&within), &without)?;
            found.iter().any(|b| b.letters() > 0).then_some(found)
        })
    }

    /// The first block of text within the first of `selectors` that has one.
    pub fn first(&self, selectors: &[&str]) -> Option<Block> {
        self.select(selectors, "script")?.into_iter().find(|b| b.letters() > 0)
    }
}

fn too_many_blocks() -> Error {
    Error::input(format!(
        "the page falls into more than {MAX_BLOCKS} paragraphs, or they are nested too deeply"
    ))
    .because("too-many-blocks")
    .remedy("save the article's text by itself, a page for each article")
}

/// Plain text: blank lines part paragraphs; a short first line that ends no sentence is the title.
fn plain(text: &str, offset: usize) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n').chain(std::iter::once("\n")) {
        let is_blank = line.trim().is_empty();
        if let Some(from) = start.filter(|_| is_blank) {
            let content = text.get(from..at.min(text.len())).unwrap_or("");
            found.push(paragraph(
                content.trim(),
                Span::new(from + offset, from + content.trim_end().len() + offset),
            ));
            if found.len() > MAX_BLOCKS {
                return found;
            }
            start = None;
        } else if !is_blank && start.is_none() {
            start = Some(at + line.len() - line.trim_start().len());
        }
        at += line.len();
    }
    let is_title =
        |b: &Block| b.text.chars().count() <= 120 && !b.text.contains('\n') && !ends_sentence(&b.text);
    if let Some(first) = found.first_mut().filter(|b| is_title(b)) {
        (first.kind, first.level) = (BlockKind::Heading, 1);
    }
    found
}

fn paragraph(text: &str, span: Span) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        text: text.to_owned(),
        links: Vec::new(),
        images: 0,
        level: 0,
        emphasis: Emphasis::None,
        continues: false,
        source: Source::Bytes(span),
    }
}

/// Whether a text ends as sentences do, closing quotes and brackets left aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches(['”', '’', '"', '\'', ')', '）', '」', '』'])
        .ends_with(['.', '!', '?', '。', '！', '？', '…'])
}

fn head(dom: &Html) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut add = |key: &str, value: &str| {
        let value = blocks::flatten(value);
        if !value.is_empty() {
            found.entry(key.to_ascii_lowercase()).or_insert(value);
        }
    };
    let Ok(selector) = Selector::parse("head title, link[rel~=canonical], meta[content]") else {
        return found;
    };
    for element in dom.select(&selector) {
        match element.value().name() {
            "title" => add("title", &element.text().collect::<String>()),
            "link" => add("canonical", element.attr("href").unwrap_or("")),
            _ => {
                let key = element
                    .attr("property")
                    .or_else(|| element.attr("name"))
                    .or_else(|| element.attr("itemprop"));
                add(key.unwrap_or(""), element.attr("content").unwrap_or(""));
            }
        }
    }
    found.remove("");
    found
}

/// Undoes character references (`&quot;`) in a line of front matter.
pub(super) fn unescape(line: &str) -> String {
    if !line.contains('&') {
        return line.to_owned();
    }
    let fragment = Html::parse_fragment(&line.replace('<', "&lt;"));
    fragment.root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_falls_into_paragraphs_with_their_bytes() {
        let text = "A title\r\n\r\n  First line\r\nsecond line.\r\n\r\n\r\nLast.";
        let blocks = plain(text, 10);
        let texts: Vec<_> = blocks.iter().map(Block::flat).collect();
        assert_eq!(texts, ["A title", "First line second line.", "Last."]);
        assert_eq!(blocks[0].kind, BlockKind::Heading);
        let Source::Bytes(span) = blocks[1].source else { unreachable!() };
        assert_eq!(&text[span.start() - 10..span.end() - 10], "First line\r\nsecond line.");
    }

    #[test]
    fn a_page_that_falls_into_too_many_blocks_is_refused() {
        for (media, block) in [
            (Media::PlainText, "x\n\n"),
            (Media::Markdown, "x\n\n"),
            (Media::Markdown, "* x\n"),
            (Media::Markdown, "<br>x"),
            (Media::Html, "<p>x"),
        ] {
            let text = block.repeat(MAX_BLOCKS + 1);
            let page = Page {
                id: "x".to_owned(),
                origin: Default::default(),
                media,
                text,
                body_start: 0,
                front_matter: Default::default(),
            };
            let error = Document::parse(&page).err().unwrap();
            assert_eq!((error.reason(), error.remedy_text().is_some()), (Some("too-many-blocks"), true));
        }
    }

    #[test]
    fn no_reading_view_is_made_of_a_page_of_ampersands() {
        let viewable = |count: usize| {
            let page = Page {
                id: "x".to_owned(),
                origin: Default::default(),
                media: Media::Html,
                text: format!("<p>{}", "&amp;".repeat(count)),
                body_start: 0,
                front_matter: Default::default(),
            };
            Document::parse(&page).unwrap().is_viewable()
        };
        assert!(viewable(1_000) && !viewable(1_000_000));
    }

    #[test]
    fn character_references_are_undone_and_tags_are_not_read() {
        assert_eq!(unescape("&quot;甲&quot; &lt;b> <b> &#39;"), "\"甲\" <b> <b> '");
    }
}
