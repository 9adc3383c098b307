//! Markdown to blocks.

use super::blocks::{Blanks, Block, BlockKind, Gather, MAX_BLOCKS};
use super::{html, mend};
use crate::model::{Source, Span};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListDelimType, ListType, NodeValue, Sourcepos};
use comrak::{Arena, Node, Options};

/// The blocks of a Markdown text; their sources are bytes of the page, `offset` bytes before the text.
/// They end with the first that is too many.
pub(super) fn blocks(text: &str, offset: usize) -> Vec<Block> {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &options());
    let mut reader = Reader::new(text, offset);
    for edge in root.traverse() {
        if reader.blocks.len() > MAX_BLOCKS {
            return reader.blocks;
        }
        match edge {
            NodeEdge::Start(node) => reader.start(node),
            NodeEdge::End(node) => reader.end(node),
        }
    }
    let mut blocks = reader.blocks;
    mend::split_links(&mut blocks);
    blocks.iter_mut().filter(|b| b.kind != BlockKind::Code).for_each(mend::text);
    blocks.retain(|b| b.kind == BlockKind::Rule || b.images > 0 || !b.text.is_empty());
    blocks
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    // A line under a paragraph parts articles in saved pages; it never makes a heading of it.
    options.parse.ignore_setext = true;
    options
}

struct Reader<'a> {
    blocks: Vec<Block>,
    gather: Gather,
    text: &'a str,
    offset: usize,
    line_starts: Vec<usize>,
    /// What surrounds: list items and quotes, the innermost last.
    around: Vec<BlockKind>,
    /// The number that the next block of an ordered list begins with, and where it stands.
    number: Option<(String, usize)>,
    /// Where the number of the current block stands.
    numbered_from: Option<usize>,
    heading: u8,
    in_image: usize,
    /// The inline nodes since the last line break: first and last byte.
    inline: Option<(usize, usize)>,
    continues: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        Self {
            blocks: Vec::new(),
            gather: Gather::default(),
            text,
            offset,
            line_starts: line_starts(text),
            around: Vec::new(),
            number: None,
            numbered_from: None,
            heading: 0,
            in_image: 0,
            inline: None,
            continues: false,
        }
    }

    fn start(&mut self, node: Node<'_>) {
        let data = node.data();
        match &data.value {
            NodeValue::BlockQuote => self.around.push(BlockKind::Quote),
            NodeValue::Item(list) => {
                self.around.push(BlockKind::ListItem);
                self.number = (list.list_type == ListType::Ordered).then(|| {
                    let sign = if list.delimiter == ListDelimType::Paren { ')' } else { '.' };
                    (format!("{}{sign} ", list.start), self.span(data.sourcepos).start())
                });
            }
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell => {
                self.heading = if let NodeValue::Heading(h) = &data.value { h.level } else { 0 };
                (self.continues, self.inline, self.numbered_from) = (false, None, None);
                if let Some((number, at)) = self.number.take() {
                    self.gather.push(&number, Blanks::Kept);
                    self.numbered_from = Some(at);
                }
            }
            NodeValue::CodeBlock(code) => self.code(&code.literal, code.fenced, data.sourcepos),
            NodeValue::HtmlBlock(html) => self.html(&html.literal, data.sourcepos),
            NodeValue::ThematicBreak => {
                let source = self.source(data.sourcepos);
                self.blocks.push(rule(source));
            }
            value => self.inline(value, data.sourcepos),
        }
    }

    fn inline(&mut self, value: &NodeValue, place: Sourcepos) {
        let leaf = match value {
            NodeValue::Text(text) => Some(text.as_ref()),
            NodeValue::Code(code) => Some(mend::linked_code(&code.literal)),
            NodeValue::HtmlInline(tag) => match html::inline_tag(tag) {
                html::InlineTag::Break => {
                    self.line_break(place);
                    None
                }
                html::InlineTag::Markup => None,
                html::InlineTag::Literal => Some(tag.as_str()),
            },
            NodeValue::SoftBreak => Some("\n"),
            NodeValue::LineBreak => {
                self.line_break(place);
                None
            }
            NodeValue::Strong => {
                self.gather.strong(true);
                None
            }
            NodeValue::Emph => {
                self.gather.italic(true);
                None
            }
            NodeValue::Link(link) => {
                self.gather.open_link(&link.url);
                None
            }
            NodeValue::Image(_) => {
                self.gather.image();
                self.in_image += 1;
                None
            }
            _ => None,
        };
        if let Some(leaf) = leaf.filter(|_| self.in_image == 0) {
            let span = self.span(place);
            let (start, _) = self.inline.unwrap_or((span.start(), 0));
            self.inline = Some((start.min(span.start()), span.end()));
            self.gather.push(leaf, Blanks::Kept);
        }
    }

    fn end(&mut self, node: Node<'_>) {
        let data = node.data();
        match &data.value {
            NodeValue::BlockQuote => {
                self.around.pop();
            }
            NodeValue::Item(_) => {
                self.around.pop();
                self.number = None;
            }
            NodeValue::Paragraph | NodeValue::Heading(_) => self.finish(None, data.sourcepos, self.continues),
            NodeValue::TableCell => self.finish(Some(BlockKind::TableCell), data.sourcepos, self.continues),
            NodeValue::Strong => self.gather.strong(false),
            NodeValue::Emph => self.gather.italic(false),
            NodeValue::Link(_) => self.gather.close_link(),
            NodeValue::Image(_) => self.in_image = self.in_image.saturating_sub(1),
            _ => {}
        }
    }

    /// A meant line break: what stands before and behind are two blocks.
    fn line_break(&mut self, place: Sourcepos) {
        self.finish(None, place, true);
        (self.continues, self.inline) = (true, None);
    }

    /// Ends a block, or a piece of one, whose place is then that of its inline nodes.
    fn finish(&mut self, kind: Option<BlockKind>, place: Sourcepos, is_piece: bool) {
        let span = match self.inline {
            Some((start, end)) if is_piece && start < end => Span::new(start, end),
            _ => self.span(place),
        };
        let span = Span::new(self.numbered_from.take().unwrap_or(span.start()).min(span.start()), span.end());
        let kind = kind.unwrap_or_else(|| match self.heading {
            0 => self.around.last().copied().unwrap_or(BlockKind::Paragraph),
            _ => BlockKind::Heading,
        });
        if let Some(mut block) = self.gather.take(kind, || Source::Bytes(span)) {
            block.level = self.heading;
            block.continues = self.continues;
            self.blocks.push(block);
        }
    }

    fn code(&mut self, literal: &str, fenced: bool, place: Sourcepos) {
        // Chinese prose that happens to be indented is prose.
        let prose = !fenced && crate::text::han::share(literal) > 0.3;
        let kind = if prose { BlockKind::Paragraph } else { BlockKind::Code };
        let source = self.source(place);
        self.gather.push(literal, Blanks::Kept);
        self.blocks.extend(self.gather.take(kind, || source));
    }

    fn html(&mut self, literal: &str, place: Sourcepos) {
        let source = self.source(place);
        for mut block in html::fragment(literal) {
            block.source = source.clone();
            self.blocks.push(block);
        }
    }

    fn source(&self, place: Sourcepos) -> Source {
        Source::Bytes(self.span(place))
    }

    /// Bytes of the page, from 1-based lines and byte columns, the last one included.
    fn span(&self, place: Sourcepos) -> Span {
        let at = |line: usize, column: usize| {
            let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
            (start + column).min(self.text.len())
        };
        let mut start = at(place.start.line, place.start.column.saturating_sub(1));
        let mut end = at(place.end.line, place.end.column).max(start);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start + self.offset, end + self.offset)
    }
}

fn rule(source: Source) -> Block {
    Block {
        kind: BlockKind::Rule,
        text: String::new(),
        links: Vec::new(),
        images: 0,
        level: 0,
        emphasis: super::blocks::Emphasis::None,
        continues: false,
        source,
    }
}

/// Where each line begins; lines end in LF, CRLF or CR, as CommonMark has it.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes
        .iter()
        .enumerate()
        .filter(|&(i, &b)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
    std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::blocks::Emphasis;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        blocks(text, 0).into_iter().map(|b| (b.kind, b.text)).collect()
    }

    fn sources(text: &str) -> Vec<&str> {
        let slice = |b: Block| match b.source {
            Source::Bytes(span) => span.slice(text),
            Source::Node(_) => "",
        };
        blocks(text, 0).into_iter().map(slice).collect()
    }

    #[test]
    fn undoes_markup_escapes_and_entities() {
        let text = "**甲公司。**随后 `a_b` \\_x\\_ &quot;q&quot; [链接](https://example.com/a)";
        assert_eq!(read(text), [(BlockKind::Paragraph, "甲公司。随后 a_b _x_ \"q\" 链接".to_owned())]);
    }

    #[test]
    fn a_meant_line_break_parts_a_caption_from_its_credit() {
        let text = "**The panel of the kit**  \r\n_Source: Example_\r\n";
        let blocks = blocks(text, 0);
        assert_eq!(blocks[0].emphasis, Emphasis::Strong);
        assert_eq!((blocks[1].emphasis, blocks[1].continues), (Emphasis::Italic, true));
        assert_eq!(blocks[1].text, "Source: Example");
        assert!(sources(text)[1].contains("Source: Example") && !sources(text)[1].contains("panel"));
    }

    #[test]
    fn sources_are_the_files_bytes() {
        let text = "# 标题\r\n\r\n第一段。\r\n\r\n1. one\r\n2. two\r\n";
        assert_eq!(sources(text), ["# 标题", "第一段。", "1. one", "2. two"]);
        assert_eq!(read(text)[3], (BlockKind::ListItem, "2. two".to_owned()));
    }

    #[test]
    fn a_rule_under_a_paragraph_makes_no_heading_of_it() {
        let kinds: Vec<_> = read("last words\n---\n\nmore").into_iter().map(|(k, _)| k).collect();
        assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Rule, BlockKind::Paragraph]);
    }

    #[test]
    fn tables_and_torn_links() {
        assert_eq!(read("| a | b |\n| --- | --- |\n| c | d |\n").len(), 4);
        let torn = blocks("* [![x](i.png)\n\n  A headline](https://example.com/h)\n", 0);
        assert!(torn[1].is_linklike());
        assert_eq!(torn[1].text, "A headline");
        assert!(torn[0].is_image());
    }

    #[test]
    fn markup_that_was_not_seen_as_such_goes() {
        for (text, expected) in [
            ("**·**PowerShell 脚本", "·PowerShell 脚本"),
            ("a**-**b [x **·**y](https://example.com/) z", "a-b x ·y z"),
            ("a dog**** said", "a dog**** said"),
            ("**Never closed", "Never closed"),
            ("text ![](https://example.com/cut-of...", "text"),
            ("the `[GetInfo](https://example.com/)` call", "the GetInfo call"),
        ] {
            assert_eq!(read(text)[0].1.trim(), expected);
        }
        assert!(read("![](https://example.com/cut-of...").is_empty());
        let block = &blocks("a**-**b [x **·**y](https://example.com/)", 0)[0];
        assert_eq!(&block.text[block.links[0].start..block.links[0].end], "x ·y");
    }

    #[test]
    fn unknown_tags_are_text() {
        assert_eq!(read("run **x:<path>** now<br>done <b>it</b>")[0].1, "run x:<path> now");
    }

    #[test]
    fn deep_nesting_ends() {
        for text in [">".repeat(100_000), "* ".repeat(50_000), "[".repeat(100_000), "*a ".repeat(50_000)] {
            let _ = blocks(&text, 0);
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_sources_lie_in_the_text(text in "([#>*_`\\[\\]()!|<>&\\\\ \\n\\r-]|\\PC){0,120}") {
            for block in blocks(&text, 0) {
                if let Source::Bytes(span) = block.source {
                    prop_assert!(text.get(span.range()).is_some());
                }
            }
        }
    }
}
