//! Blocks to paragraphs: what each is within the article.

use super::blocks::{Block, BlockKind, Emphasis};
use super::document::ends_sentence;
use crate::model::{ParagraphKind, Source};
use crate::text::han;

/// A paragraph before the article's text is put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: ParagraphKind,
    pub text: String,
    pub source: Source,
    /// Whether a rule stands before it.
    pub after_rule: bool,
}

/// The paragraphs of a body. Images and rules go; what stands right below an image may be its caption.
pub(super) fn of_body(body: &[Block]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut after_image, mut after_rule) = (false, false);
    for (i, block) in body.iter().enumerate() {
        if block.kind == BlockKind::Rule || block.text.is_empty() {
            after_rule |= block.kind == BlockKind::Rule;
            after_image = block.images > 0 || after_image && block.kind != BlockKind::Rule;
            continue;
        }
        let mut text = block.flat();
        let below_image = after_image || block.images > 0;
        let kind = kind_of(block, &mut text, below_image, body.get(i + 1));
        after_image = kind == ParagraphKind::Caption && below_image;
        let has_meaning = block.letters() > 0 || matches!(block.kind, BlockKind::Code | BlockKind::TableCell);
        if has_meaning && !text.is_empty() {
            pieces.push(Piece { kind, text, source: block.source.clone(), after_rule });
            after_rule = false;
        }
    }
    pieces
}

/// What a block is; takes a bullet written as text off it.
fn kind_of(block: &Block, text: &mut String, below_image: bool, next: Option<&Block>) -> ParagraphKind {
    match block.kind {
        BlockKind::Heading => return ParagraphKind::Heading,
        BlockKind::ListItem => return ParagraphKind::ListItem,
        BlockKind::Quote => return ParagraphKind::Quote,
        BlockKind::Caption => return ParagraphKind::Caption,
        BlockKind::Code => return ParagraphKind::Code,
        BlockKind::TableCell => return ParagraphKind::TableCell,
        BlockKind::Paragraph | BlockKind::Rule => {}
    }
    if let Some(item) = without_bullet(text) {
        *text = item.to_owned();
        return ParagraphKind::ListItem;
    }
    let is_short = text.chars().count() <= if han::share(text) > 0.2 { 60 } else { 150 };
    let is_open = is_short && !ends_sentence(text);
    let could_be_caption =
        is_open && !text.ends_with([':', '：', ',', '，', ';', '；']) && !starts_numbered(text);
    let is_credit = is_short && is_credit(text);
    let is_credited = next.is_some_and(|n| n.continues && is_credit_line(n));
    if is_credit && (below_image || block.continues || block.emphasis == Emphasis::Italic) || is_credited {
        ParagraphKind::Caption
    } else if block.emphasis == Emphasis::Strong && is_open {
        ParagraphKind::Heading
    } else if below_image && could_be_caption {
        ParagraphKind::Caption
    } else {
        ParagraphKind::Body
    }
}

/// Whether a line is a numbered point of a list that was written as text.
fn starts_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', '、', '．', ')', '）'])
}

fn is_credit_line(block: &Block) -> bool {
    block.text.chars().count() <= 150 && is_credit(&block.text)
}

/// Whether a line says whose picture it is.
fn is_credit(text: &str) -> bool {
    let lower =
        text.get(..text.len().min(16)).map_or_else(|| text.chars().take(5).collect(), str::to_lowercase);
    ["source:", "source :", "image:", "credit:", "来源：", "来源:", "图片来源", "图源"]
        .iter()
        .any(|s| lower.starts_with(s))
}

/// The text behind a bullet that was written as a character.
fn without_bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['·', '•', '●', '▪', '■', '◆', '○', '‣', '➢'])?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::markdown;
    use super::*;
    use ParagraphKind::{Body, Caption, Code, Heading, ListItem, Quote, TableCell};

    fn kinds(text: &str) -> Vec<(ParagraphKind, String)> {
        of_body(&markdown::blocks(text, 0)).into_iter().map(|p| (p.kind, p.text)).collect()
    }

    fn pairs(expected: &[(ParagraphKind, &str)]) -> Vec<(ParagraphKind, String)> {
        expected.iter().map(|(k, t)| (*k, (*t).to_owned())).collect()
    }

    #[test]
    fn english_captions_and_credits() {
        let text = "Text.\n\n![x](i.png)\n\n**The panel**  \n_Source: Example Labs_\n\nMore text.\n\n## Next\n\n> Quoted.\n";
        let expected = [
            (Body, "Text."),
            (Caption, "The panel"),
            (Caption, "Source: Example Labs"),
            (Body, "More text."),
            (Heading, "Next"),
            (Quote, "Quoted."),
        ];
        assert_eq!(kinds(text), pairs(&expected));
    }

    #[test]
    fn chinese_captions_headings_and_bullets() {
        let text = "![](i.png)\n\n被盗数据的样本\n\n正文在这里。\n\n**如何防范**\n\n**·** 更新系统\n\n![](j.png)\n\n这是一句完整的话。\n\n……\n";
        let expected = [
            (Caption, "被盗数据的样本"),
            (Body, "正文在这里。"),
            (Heading, "如何防范"),
            (ListItem, "更新系统"),
            (Body, "这是一句完整的话。"),
        ];
        assert_eq!(kinds(text), pairs(&expected));
    }

    #[test]
    fn code_and_tables() {
        let text = "```\nx = 1\ny = 2\n```\n\n| a | b |\n| --- | --- |\n| 1 | × |\n";
        let expected =
            [(Code, "x = 1\ny = 2"), (TableCell, "a"), (TableCell, "b"), (TableCell, "1"), (TableCell, "×")];
        assert_eq!(kinds(text), pairs(&expected));
    }

    #[test]
    fn a_rule_is_remembered() {
        let pieces = of_body(&markdown::blocks("a.\n\n---\n\nb.\n\nc.", 0));
        assert_eq!(pieces.iter().map(|p| p.after_rule).collect::<Vec<_>>(), [false, true, false]);
    }
}
