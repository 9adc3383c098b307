//! HTML to blocks.

use super::blocks::{Blanks, Block, BlockKind, Emphasis, Gather, MAX_BLOCKS};
use super::markup_guard;
use crate::model::Source;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node, Selector};
use std::collections::{HashMap, HashSet};

/// Elements whose content is no text of the page.
const UNSEEN: [&str; 15] = [
    "script", "style", "noscript", "template", "svg", "iframe", "head", "textarea", "select", "button",
    "object", "embed", "canvas", "audio", "video",
];

const BLOCK_ELEMENTS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Tags that mean something within a line; any other in Markdown is what it says, such as `<path>`.
const INLINE_ELEMENTS: [&str; 37] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "div", "em",
    "figure", "font", "i", "iframe", "img", "ins", "kbd", "mark", "p", "q", "s", "samp", "section", "small",
    "span", "strike", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// In bytes, how long the paths of a page's blocks may be together: ten times what a book of a page needs.
const MAX_PATHS: usize = 64 << 20;

/// Parses a page; nothing if its markup is made to exhaust whoever reads it.
pub(super) fn parse(text: &str) -> Option<Html> {
    markup_guard::is_harmless(text).then(|| Html::parse_document(text))
}

/// The blocks of a piece of HTML within Markdown, up to the first that is too many. Their paths are empty.
pub(super) fn fragment(text: &str) -> Vec<Block> {
    let mut reader = Reader { is_fragment: true, ..Reader::default() };
    if let Some(dom) = parse(text) {
        reader.read(&dom, None, &HashSet::new());
    }
    reader.blocks
}

/// What a tag within a line of Markdown is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum InlineTag {
    Break,
    Markup,
    Literal,
}

pub(super) fn inline_tag(tag: &str) -> InlineTag {
    let inner = tag.trim_start_matches(['<', '/']);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner.get(..end).unwrap_or("").to_ascii_lowercase();
    match name.as_str() {
        "br" => InlineTag::Break,
        _ if tag.starts_with("<!--") || INLINE_ELEMENTS.contains(&name.as_str()) => InlineTag::Markup,
        _ => InlineTag::Literal,
    }
}

/// The blocks of a page, in order: all of them, or those within one of the elements `within`; what is in
/// one of `without` is left out. Nothing if they are too many.
pub(super) fn blocks(
    dom: &Html,
    within: Option<&HashSet<NodeId>>,
    without: &HashSet<NodeId>,
) -> Option<Vec<Block>> {
    let mut reader = Reader::default();
    reader.read(dom, within, without).then_some(reader.blocks)
}

/// The ids of the elements that match a selector.
pub(super) fn matching(dom: &Html, selector: &str) -> HashSet<NodeId> {
    Selector::parse(selector).map_or_else(|_| HashSet::new(), |s| dom.select(&s).map(|e| e.id()).collect())
}

/// An open element.
#[derive(Default)]
struct Frame {
    /// How long the path was before it.
    path: usize,
    /// How many children of each name it has had.
    children: HashMap<String, u32>,
    kind: Option<BlockKind>,
    level: u8,
    /// The number of the next item, in an ordered list.
    number: Option<u32>,
    is_block: bool,
    is_inside: bool,
    is_link: bool,
    is_strong: bool,
    is_italic: bool,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    gather: Gather,
    frames: Vec<Frame>,
    path: String,
    inside: usize,
    continues: bool,
    /// The number of a list item that has had no text yet.
    number: Option<String>,
    /// Whether nobody asks for the paths.
    is_fragment: bool,
    /// How long the paths of all blocks are together.
    paths: usize,
}

impl Reader {
    /// Reads a page; `false` if it was too much.
    fn read(&mut self, dom: &Html, within: Option<&HashSet<NodeId>>, without: &HashSet<NodeId>) -> bool {
        self.inside = usize::from(within.is_none());
        let root = dom.tree.root();
        let mut node = root;
        while !self.is_full() {
            let enters = self.open(node, within, without);
            if let Some(child) = node.first_child().filter(|_| enters) {
                node = child;
                continue;
            }
            self.close(node);
            loop {
                if node.id() == root.id() {
                    return !self.is_full();
                }
                if let Some(sibling) = node.next_sibling() {
                    node = sibling;
                    break;
                }
                let Some(parent) = node.parent() else { return !self.is_full() };
                node = parent;
                self.close(node);
            }
        }
        false
    }

    fn is_full(&self) -> bool {
        self.blocks.len() > MAX_BLOCKS || self.paths > MAX_PATHS
    }

    /// Enters a node; `false` if its content is to be passed over.
    fn open(
        &mut self,
        node: NodeRef<'_, Node>,
        within: Option<&HashSet<NodeId>>,
        without: &HashSet<NodeId>,
    ) -> bool {
        let element = match node.value() {
            Node::Text(text) => {
                self.text(text);
                return false;
            }
            Node::Element(element) => element,
            _ => return true,
        };
        let name = element.name();
        let is_block = BLOCK_ELEMENTS.contains(&name);
        let is_inside = within.is_some_and(|set| set.contains(&node.id()));
        if is_block || is_inside || name == "br" {
            self.flush();
            self.continues = name == "br";
        }
        let path = self.step(name);
        self.inside += usize::from(is_inside);
        let hidden = element.attr("hidden").is_some()
            || element.attr("style").is_some_and(|s| s.replace(' ', "").contains("display:none"));
        let mut frame = Frame { path, is_inside, is_block, ..Frame::default() };
        (frame.kind, frame.level) = kind_of(name);
        match name {
            "hr" => self.rule(),
            "img" => self.gather.image(),
            "a" => {
                frame.is_link = true;
                self.gather.open_link(element.attr("href").unwrap_or("").trim());
            }
            "b" | "strong" => frame.is_strong = true,
            "i" | "em" | "cite" => frame.is_italic = true,
            "ol" => {
                frame.number = Some(element.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1))
            }
            "li" => self.number(),
            _ => {}
        }
        self.gather_emphasis(&frame, true);
        self.frames.push(frame);
        !(hidden || UNSEEN.contains(&name) || without.contains(&node.id()))
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        if !node.value().is_element() {
            return;
        }
        if self.frames.last().is_some_and(|f| f.is_block || f.is_inside) {
            self.flush();
            self.continues = false;
        }
        let Some(frame) = self.frames.pop() else { return };
        if frame.is_link {
            self.gather.close_link();
        }
        self.gather_emphasis(&frame, false);
        self.inside -= usize::from(frame.is_inside);
        self.path.truncate(frame.path);
    }

    fn gather_emphasis(&mut self, frame: &Frame, opens: bool) {
        if frame.is_strong {
            self.gather.strong(opens);
        }
        if frame.is_italic {
            self.gather.italic(opens);
        }
    }

    /// Appends a step to the path; gives how long the path was.
    fn step(&mut self, name: &str) -> usize {
        let before = self.path.len();
        if self.is_fragment {
            return before;
        }
        let nth = self.frames.last_mut().map_or(1, |parent| {
            let count = parent.children.entry(name.to_owned()).or_insert(0);
            *count += 1;
            *count
        });
        if before > 0 {
            self.path.push('/');
        }
        self.path.push_str(name);
        if !matches!(name, "html" | "head" | "body") {
            self.path.push_str(&format!("[{nth}]"));
        }
        before
    }

    fn text(&mut self, text: &str) {
        if self.inside == 0 {
            return;
        }
        if let Some(number) = self.number.take_if(|_| !text.trim().is_empty()) {
            self.gather.push(&number, Blanks::Kept);
        }
        let is_code = self.frames.iter().rev().any(|f| f.kind == Some(BlockKind::Code));
        self.gather.push(text, if is_code { Blanks::Kept } else { Blanks::Collapsed });
    }

    /// The number of a list item goes before its text, as it does in Markdown.
    fn number(&mut self) {
        let Some(number) = self.frames.last_mut().and_then(|f| f.number.as_mut()) else { return };
        self.number = Some(format!("{number}. "));
        *number = number.saturating_add(1);
    }

    fn rule(&mut self) {
        self.flush();
        if self.inside > 0 {
            self.paths += self.path.len();
            let source = Source::Node(self.path.clone());
            self.blocks.push(Block {
                kind: BlockKind::Rule,
                text: String::new(),
                links: Vec::new(),
                images: 0,
                level: 0,
                emphasis: Emphasis::None,
                continues: false,
                source,
            });
        }
    }

    fn flush(&mut self) {
        let around = self.frames.iter().rev().find(|f| f.kind.is_some());
        let (kind, level) =
            around.map_or((BlockKind::Paragraph, 0), |f| (f.kind.unwrap_or(BlockKind::Paragraph), f.level));
        // The path of the innermost block element, not of a `<span>` within it.
        let inline = self.frames.iter().rev().take_while(|f| !f.is_block).last().map(|f| f.path);
        let path = self.path.get(..inline.unwrap_or(self.path.len())).unwrap_or("");
        let Some(mut block) = self.gather.take(kind, || Source::Node(path.to_owned())) else { return };
        if self.inside == 0 {
            return;
        }
        self.paths += path.len();
        block.level = level;
        block.continues = self.continues;
        self.blocks.push(block);
    }
}

fn kind_of(name: &str) -> (Option<BlockKind>, u8) {
    let kind = match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name.strip_prefix('h').and_then(|n| n.parse().ok());
            return (Some(BlockKind::Heading), level.unwrap_or(1));
        }
        "li" | "dd" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quote,
        "pre" => BlockKind::Code,
        "td" | "th" => BlockKind::TableCell,
        "figcaption" => BlockKind::Caption,
        _ => return (None, 0),
    };
    (Some(kind), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Block> {
        blocks(&parse(text).unwrap(), None, &HashSet::new()).unwrap()
    }

    fn texts(text: &str) -> Vec<(BlockKind, String)> {
        read(text).into_iter().map(|b| (b.kind, b.text)).collect()
    }

    #[test]
    fn blocks_have_kinds_and_paths() {
        let page = "<div>x</div><div><p>one <b>two</b>&amp;\n three<p>four<br>five</div><ol start=3><li>a<li><p>b</ol>";
        let found: Vec<_> = read(page)
            .into_iter()
            .map(|b| match b.source {
                Source::Node(path) => (path, b.text),
                Source::Bytes(_) => unreachable!(),
            })
            .collect();
        let expected = [
            ("html/body/div[1]", "x"),
            ("html/body/div[2]/p[1]", "one two& three"),
            ("html/body/div[2]/p[2]", "four"),
            ("html/body/div[2]/p[2]", "five"),
            ("html/body/ol[1]/li[1]", "3. a"),
            ("html/body/ol[1]/li[2]/p[1]", "4. b"),
        ];
        let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn scripts_hidden_parts_and_comments_are_not_read() {
        let page =
            "<script>var a='<p>no</p>'</script><p hidden>no<p style='display: none'>no<!-- no --><p>yes";
        assert_eq!(texts(page), [(BlockKind::Paragraph, "yes".to_owned())]);
    }

    #[test]
    fn within_and_without() {
        let dom = parse("<p>a<div class=body>b<div class=ad>c</div>d</div><p>e").unwrap();
        let within = matching(&dom, "div.body");
        let found = blocks(&dom, Some(&within), &matching(&dom, ".ad")).unwrap();
        assert_eq!(found.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), ["b", "d"]);
        let dom = parse("<p>by <a rel=author>Ann</a> today").unwrap();
        let found = blocks(&dom, Some(&matching(&dom, "[rel=author]")), &HashSet::new()).unwrap();
        assert_eq!(found[0].text, "Ann");
    }

    #[test]
    fn too_many_blocks_or_too_long_paths_are_refused() {
        let all = |text: &str| blocks(&parse(text).unwrap(), None, &HashSet::new()).map(|b| b.len());
        assert_eq!(all(&"<p>x".repeat(MAX_BLOCKS)), Some(MAX_BLOCKS));
        assert_eq!(all(&"<p>x".repeat(MAX_BLOCKS + 1)), None);
        assert_eq!(all(&"<hr>".repeat(MAX_BLOCKS + 1)), None);
        assert_eq!(all(&format!("{}{}", "<div>".repeat(500), "<p>x".repeat(30_000))), None);
        assert_eq!(all(&format!("<x-{}>{}", "y".repeat(100_000), "<p>x".repeat(2_000))), None);
        assert_eq!(fragment(&format!("{}{}", "<div>".repeat(500), "<p>x".repeat(30_000))).len(), 30_000);
    }

    #[test]
    fn pre_keeps_its_lines() {
        assert_eq!(texts("<pre>\na\n  b\n</pre>"), [(BlockKind::Code, "a\n  b".to_owned())]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "(</?(div|p|a|b|table|td|li|ol|pre|script|br|img)( hidden)?/?>|\\PC){0,60}") {
            let _ = read(&text);
        }
    }
}
